// Where a secret could be left: in what is known of processes, in the journal, and in a process's memory, as a core would have it.
import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'

/** Whether the writable memory of a process holds these bytes. To be asked as root. */
export const memoryHolds = (pid: number, bytes: Buffer): boolean => {
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  const piece = Buffer.alloc(1 << 20)
  try {
    return writableMaps(pid).some(([from, to]) => {
      // What is cut by the end of a piece is found in the next one.
      for (let at = from; at < to; at += piece.length - bytes.length) {
        const length = readAt(memory, piece, at, Math.min(piece.length, to - at))
        if (length === 0) return false
        if (piece.subarray(0, length).includes(bytes)) return true
      }
      return false
    })
  } finally {
    closeSync(memory)
    piece.fill(0)
  }
}

const writableMaps = (pid: number): readonly (readonly [from: number, to: number])[] =>
  [...readFileSync(`/proc/${pid}/maps`, 'utf8').matchAll(/^([0-9a-f]+)-([0-9a-f]+) rw/gm)].map(
    ([, from = '', to = '']) => [Number.parseInt(from, 16), Number.parseInt(to, 16)],
  )

/** 0 where nothing is to be read (a page that is only reserved). */
const readAt = (fd: number, into: Buffer, at: number, length: number): number => {
  try {
    return readSync(fd, into, 0, length, at)
  } catch {
    return 0
  }
}

/** The files `cmdline` and `environ` that hold the text, of all processes but this one; and the journal, since that second. */
export const placesOf = (text: string, since: number): readonly string[] => {
  const found = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => ['cmdline', 'environ'].map((file) => `/proc/${pid}/${file}`))
    .filter((path) => contents(path).includes(text))
  const journal = execFileSync('journalctl', ['--no-pager', '--output=export', `--since=@${since}`], {
    maxBuffer: 2 ** 30,
  })
  return journal.includes(text) ? [...found, 'journal'] : found
}

const contents = (path: string): string => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
