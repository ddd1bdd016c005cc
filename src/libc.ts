// Door: the few system calls that Node does not offer, through koffi: termios, window size in pixels, descriptor flags,
// waiting for a descriptor. After termios(3), ioctl_tty(2), fcntl(2), poll(2).
// It has no opinion: what becomes of a terminal is decided in terminal/ and pty/. Layouts are those of 64-bit Linux.
import { createRequire } from 'node:module'
import { arch } from 'node:process'

/** Window size as TIOCGWINSZ has it: cells, and the text area in pixels (0 where the terminal does not say). */
export interface WindowSize {
  readonly rows: number
  readonly columns: number
  readonly width: number
  readonly height: number
}

/** A struct termios, opaque but for the bits that have a function here. */
export type Termios = Buffer

/** Loaded at the first use, so that what must wait for others (the bus) can be sent off before. */
let loaded: ReturnType<typeof load> | undefined
export const c = () => {
  loaded ??= load()
  return loaded
}

const load = () => {
  const require = createRequire(import.meta.url)
  const koffi = loadKoffi(require)
  const libc = koffi.load(null)
  return {
    address: koffi.address,
    tcgetattr: libc.func('int tcgetattr(int, void *)'),
    tcsetattr: libc.func('int tcsetattr(int, int, void *)'),
    cfmakeraw: libc.func('void cfmakeraw(void *)'),
    ioctl: libc.func('int ioctl(int, unsigned long, ...)'),
    fcntl: libc.func('int fcntl(int, int, ...)'),
    poll: libc.func('int poll(void *, unsigned long, int)'),
    sendmsg: libc.func('long sendmsg(int, void *, int)'),
    pipe2: libc.func('int pipe2(void *, int)'),
    syscall: libc.func('long syscall(long, ...)'),
    signal: libc.func('void *signal(int, intptr_t)'),
    sigemptyset: libc.func('int sigemptyset(void *)'),
    sigmask: libc.func('int pthread_sigmask(int, void *, void *)'),
    kill: libc.func('int kill(int, int)'),
    flock: libc.func('int flock(int, int)'),
    exit: libc.func('void _exit(int)'),
    prctl: libc.func('int prctl(int, ...)'),
    recvmsg: libc.func('long recvmsg(int, void *, int)'),
  }
}

/** The native part alone loads in half the time of the whole; the whole knows more platforms. */
const loadKoffi = (require: NodeJS.Require): typeof import('koffi') => {
  try {
    return require(`@koromix/koffi-linux-${arch}`)
  } catch {
    return require('koffi')
  }
}

const TCSANOW = 0
const TCFLSH = 0x540b
const TCIFLUSH = 0
const TIOCGWINSZ = 0x5413
const TIOCSWINSZ = 0x5414
const FD = { F_SETFD: 2, F_GETFL: 3, F_SETFL: 4, FD_CLOEXEC: 1, O_NONBLOCK: 0o4000 }
const TIOCSTI = 0x5412
const O_CLOEXEC = 0o2000000
const TIOCGPTPEER = 0x5441
/** O_RDWR, O_NOCTTY and O_CLOEXEC. */
const PEER = 0o2000402
const POLLIN = 1
const POLLOUT = 4
const OFLAG = 4
const LFLAG = 12
const CC = 17
const BITS = { OPOST: 1, ISIG: 1, ICANON: 2, ECHO: 8, ECHONL: 0o100, IEXTEN: 0o100000 }

/** The terminal's settings, or undefined where `fd` is no terminal. */
export const getTermios = (fd: number): Termios | undefined => {
  const termios = Buffer.alloc(128)
  return c().tcgetattr(fd, termios) === 0 ? termios : undefined
}

/** Sets them at once, without waiting for output and without flushing input; false where it cannot be done. */
export const setTermios = (fd: number, termios: Termios): boolean => c().tcsetattr(fd, TCSANOW, termios) === 0

/** The same, and what was typed and not read yet is gone. (TCSAFLUSH would wait for output: for ever where ^S has stopped it.) */
export const setTermiosAndFlush = (fd: number, termios: Termios): boolean =>
  setTermios(fd, termios) && c().ioctl(fd, TCFLSH, 'int', TCIFLUSH) === 0

/** A copy in raw mode after cfmakeraw(3): unlike Node's setRawMode it switches OPOST off, too. */
export const rawTermios = (termios: Termios): Termios => {
  const raw = Buffer.from(termios)
  c().cfmakeraw(raw)
  return raw
}

/** The same, but lines are still ended as before: for a terminal that others write to, too. */
export const rawInputTermios = (termios: Termios): Termios => {
  const raw = rawTermios(termios)
  raw.writeUInt32LE(termios.readUInt32LE(OFLAG), OFLAG)
  return raw
}

/** A copy with output post-processing switched off. */
export const transparentTermios = (termios: Termios): Termios => {
  const copy = Buffer.from(termios)
  copy.writeUInt32LE(copy.readUInt32LE(OFLAG) & ~BITS.OPOST, OFLAG)
  return copy
}

/** A copy that does not echo what is typed. */
export const silentTermios = (termios: Termios): Termios => {
  const copy = Buffer.from(termios)
  copy.writeUInt32LE(copy.readUInt32LE(LFLAG) & ~BITS.ECHO, LFLAG)
  return copy
}

/** Whether nothing of what is typed is echoed. */
export const isSilent = (termios: Termios): boolean => (termios.readUInt32LE(LFLAG) & BITS.ECHO) === 0

/** A copy in which every key comes by itself, and unseen; those that make signals do, and lines end as before. */
export const secretTermios = (termios: Termios): Termios => {
  const copy = Buffer.from(termios)
  const off = BITS.ECHO | BITS.ECHONL | BITS.ICANON | BITS.IEXTEN
  copy.writeUInt32LE(((copy.readUInt32LE(LFLAG) & ~off) | BITS.ISIG) >>> 0, LFLAG)
  copy[CC + 6] = 1
  copy[CC + 5] = 0
  return copy
}

/** The special characters for editing a line (termios(3)); 0 is none. */
export const editKeys = (termios: Termios) => ({
  erase: termios[CC + 2] ?? 0,
  kill: termios[CC + 3] ?? 0,
  end: termios[CC + 4] ?? 0,
  word: termios[CC + 14] ?? 0,
})

/** A pipe that no program we start inherits by itself: the end to read from, and the end to write to. */
export const openPipe = (): readonly [number, number] => {
  const ends = Buffer.alloc(8)
  if (c().pipe2(ends, O_CLOEXEC) !== 0) throw new Error('no pipe can be had')
  return [ends.readInt32LE(0), ends.readInt32LE(4)]
}

/** Whether what is typed is echoed, and comes in lines. */
export const isConversing = (termios: Termios): boolean =>
  (termios.readUInt32LE(LFLAG) & (BITS.ICANON | BITS.ECHO)) === (BITS.ICANON | BITS.ECHO)

/** The character that means end of file, while the terminal is in canonical mode; else undefined. */
export const endOfFile = (termios: Termios): number | undefined =>
  termios.readUInt32LE(LFLAG) & BITS.ICANON ? termios[CC + 4] : undefined

/** The character that means a signal, while the terminal makes signals; else undefined. */
export const signalCharacter = (termios: Termios, signal: 'SIGINT' | 'SIGQUIT'): number | undefined =>
  termios.readUInt32LE(LFLAG) & BITS.ISIG ? termios[CC + (signal === 'SIGINT' ? 0 : 1)] : undefined

/** The window size, or undefined where `fd` is no terminal. */
export const getWindowSize = (fd: number): WindowSize | undefined => {
  const size = Buffer.alloc(8)
  if (c().ioctl(fd, TIOCGWINSZ, 'void *', size) !== 0) return undefined
  const [rows, columns, width, height] = [0, 2, 4, 6].map((at) => size.readUInt16LE(at)) as [
    number,
    number,
    number,
    number,
  ]
  return { rows, columns, width, height }
}

/** Sets the window size (cells and pixels); the foreground process group gets SIGWINCH if it changed. */
export const setWindowSize = (fd: number, { rows, columns, width, height }: WindowSize): void => {
  const size = Buffer.alloc(8)
  for (const [i, value] of [rows, columns, width, height].entries())
    size.writeUInt16LE(Math.min(value, 0xffff), i * 2)
  c().ioctl(fd, TIOCSWINSZ, 'void *', size)
}

/** The slave of a master, also where its name means nothing to us (another mount namespace); undefined where there is none. */
export const openSlaveOf = (master: number): number | undefined => {
  const slave = c().ioctl(master, TIOCGPTPEER, 'int', PEER)
  return slave < 0 ? undefined : slave
}

/** No program that we start inherits this descriptor. */
export const closeOnExec = (fd: number): void => {
  c().fcntl(fd, FD.F_SETFD, 'int', FD.FD_CLOEXEC)
}

/** Clears O_NONBLOCK, which stands in the open file description and so reaches whoever shares it. */
export const makeBlocking = (fd: number): void => {
  c().fcntl(fd, FD.F_SETFL, 'int', c().fcntl(fd, FD.F_GETFL, 'int', 0) & ~FD.O_NONBLOCK)
}

/** Sets O_NONBLOCK, for what is read until there is nothing. */
export const makeNonBlocking = (fd: number): void => {
  c().fcntl(fd, FD.F_SETFL, 'int', c().fcntl(fd, FD.F_GETFL, 'int', 0) | FD.O_NONBLOCK)
}

/** Waits off the event loop until `fd` can be written to, or `milliseconds` have passed. */
export const untilWritable = (fd: number, milliseconds: number): Promise<void> =>
  polled(fd, POLLOUT, milliseconds)

/** The same for reading. */
export const untilReadable = (fd: number, milliseconds: number): Promise<void> =>
  polled(fd, POLLIN, milliseconds)

/** Whether it can be read, at the latest after that time; nothing else goes on meanwhile. */
export const isReadable = (fd: number, milliseconds: number): boolean =>
  c().poll(pollFor(fd, POLLIN), 1, milliseconds) > 0

/** The same for writing. */
export const isWritable = (fd: number, milliseconds: number): boolean =>
  c().poll(pollFor(fd, POLLOUT), 1, milliseconds) > 0

const pollFor = (fd: number, events: number): Buffer => {
  const pollfd = Buffer.alloc(8)
  pollfd.writeInt32LE(fd, 0)
  pollfd.writeInt16LE(events, 4)
  return pollfd
}

const polled = (fd: number, events: number, milliseconds: number): Promise<void> => {
  const pollfd = pollFor(fd, events)
  return new Promise((resolve) => c().poll.async(pollfd, 1, milliseconds, () => resolve()))
}

/** Puts a byte into the terminal's input, as if it were typed; false where the kernel allows that no more (since 6.2). */
export const typeByte = (fd: number, byte: number): boolean =>
  c().ioctl(fd, TIOCSTI, 'void *', Buffer.from([byte])) === 0

/** Ends this process by _exit(2), if these functions were used at all; returns otherwise. Nothing is flushed, and no handler runs. */
export const exitAtOnce = (status: number): void => {
  loaded?.exit(status)
}

/** LOCK_EX | LOCK_NB. */
const EXCLUSIVE_NOW = 2 | 4

/** Takes the lock of flock(2) on what is open at `fd`, if nobody else has it; it is given back when `fd` is closed. */
export const takesLock = (fd: number): boolean => c().flock(fd, EXCLUSIVE_NOW) === 0
