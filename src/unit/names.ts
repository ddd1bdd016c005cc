// What Linux and systemd number, by name: signals, errors, capabilities, exit statuses and some more. The numbers are those of
// signal(7), errno(3) and capabilities(7) on x86 and ARM, and of systemd.exec(5).
import { integer, small } from './numbers.ts'

type Names = Readonly<Record<string, number>>

const counted = (names: string, first = 0): Names =>
  Object.fromEntries(names.split(/\s+/).map((name, i) => [name, first + i]))

/** Only what a table names itself: "constructor" is in none. */
const own = (names: Names, name: string): number | undefined =>
  Object.hasOwn(names, name) ? names[name] : undefined

const signals = counted(
  `HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ
  VTALRM PROF WINCH IO PWR SYS`,
  1,
)
const realtime = { first: 34, last: 64 }

/** SIGINT, INT, 2, RTMIN+3, RTMAX-2. */
export const signal = (text: string): number | undefined => {
  const [, end, distance] = /^(?:SIG)?RT(MIN(?=\+|$)|MAX(?=-|$))[+-]?(\d*)$/.exec(text) ?? []
  if (end === undefined) return own(signals, text.replace(/^SIG/, '')) ?? small(text, 1, realtime.last)
  const number = end === 'MIN' ? realtime.first + Number(distance) : realtime.last - Number(distance)
  return number >= realtime.first && number <= realtime.last ? number : undefined
}

const errors: Names = {
  ...counted(
    `EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV
    ENODEV ENOTDIR EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS EMLINK EPIPE EDOM ERANGE EDEADLK
    ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP`,
    1,
  ),
  ...counted(
    'ENOMSG EIDRM ECHRNG EL2NSYNC EL3HLT EL3RST ELNRNG EUNATCH ENOCSI EL2HLT EBADE EBADR EXFULL ENOANO EBADRQC EBADSLT',
    42,
  ),
  ...counted(
    `EBFONT ENOSTR ENODATA ETIME ENOSR ENONET ENOPKG EREMOTE ENOLINK EADV ESRMNT ECOMM EPROTO EMULTIHOP EDOTDOT EBADMSG
    EOVERFLOW ENOTUNIQ EBADFD EREMCHG ELIBACC ELIBBAD ELIBSCN ELIBMAX ELIBEXEC EILSEQ ERESTART ESTRPIPE EUSERS ENOTSOCK
    EDESTADDRREQ EMSGSIZE EPROTOTYPE ENOPROTOOPT EPROTONOSUPPORT ESOCKTNOSUPPORT EOPNOTSUPP EPFNOSUPPORT EAFNOSUPPORT
    EADDRINUSE EADDRNOTAVAIL ENETDOWN ENETUNREACH ENETRESET ECONNABORTED ECONNRESET ENOBUFS EISCONN ENOTCONN ESHUTDOWN
    ETOOMANYREFS ETIMEDOUT ECONNREFUSED EHOSTDOWN EHOSTUNREACH EALREADY EINPROGRESS ESTALE EUCLEAN ENOTNAM ENAVAIL EISNAM
    EREMOTEIO EDQUOT ENOMEDIUM EMEDIUMTYPE ECANCELED ENOKEY EKEYEXPIRED EKEYREVOKED EKEYREJECTED EOWNERDEAD
    ENOTRECOVERABLE ERFKILL EHWPOISON`,
    59,
  ),
  ...{ ENOTSUP: 95, EWOULDBLOCK: 11, EDEADLOCK: 35 },
}

/** What a system call may fail with; "kill", which ends the process instead, has a number of its own in systemd. */
export const systemCallError = (text: string): number | undefined =>
  text === 'kill' ? 0x7ffffffe : (own(errors, text) ?? small(text, 0, 4095))

const exitStatuses: Names = {
  ...counted(
    'SUCCESS FAILURE INVALIDARGUMENT NOTIMPLEMENTED NOPERMISSION NOTINSTALLED NOTCONFIGURED NOTRUNNING',
  ),
  ...counted(
    'USAGE DATAERR NOINPUT NOUSER NOHOST UNAVAILABLE SOFTWARE OSERR OSFILE CANTCREAT IOERR TEMPFAIL PROTOCOL NOPERM CONFIG',
    64,
  ),
  ...counted(
    `CHDIR NICE FDS EXEC MEMORY LIMITS OOM_ADJUST SIGNAL_MASK STDIN STDOUT CHROOT IOPRIO TIMERSLACK SECUREBITS SETSCHEDULER
    CPUAFFINITY GROUP USER CAPABILITIES CGROUP SETSID CONFIRM STDERR`,
    200,
  ),
  ...counted(
    `PAM NETWORK NAMESPACE NO_NEW_PRIVILEGES SECCOMP SELINUX_CONTEXT PERSONALITY APPARMOR_PROFILE ADDRESS_FAMILIES
    RUNTIME_DIRECTORY`,
    224,
  ),
  ...counted(
    `CHOWN SMACK_PROCESS_LABEL KEYRING STATE_DIRECTORY CACHE_DIRECTORY LOGS_DIRECTORY CONFIGURATION_DIRECTORY NUMA_POLICY
    CREDENTIALS BPF`,
    235,
  ),
  EXCEPTION: 255,
}

/** Numbers are statuses, not signals. */
export const exitStatus = (text: string): number | undefined => own(exitStatuses, text) ?? small(text, 0, 255)

const capabilities = counted(
  `chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service
  net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot
  sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog
  wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore`,
)

export const capability = (text: string): number | undefined =>
  own(capabilities, text.toLowerCase().replace(/^cap_/, '')) ?? small(text, 0, 62)

/** Bits that are named one by one, in words; undefined for a word that is none of them. */
export const bits = (text: string, of: (word: string) => number | bigint | undefined): bigint | undefined => {
  let sum = 0n
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const bit = of(word)
    if (bit === undefined) return undefined
    sum |= BigInt(bit)
  }
  return sum
}

export const namespaces: Names = {
  ...{ cgroup: 0x02000000, ipc: 0x08000000, net: 0x40000000, mnt: 0x00020000, pid: 0x20000000 },
  ...{ user: 0x10000000, uts: 0x04000000, time: 0x80 },
}
/** Without time, as systemd 257 has it. */
export const allNamespaces = 0x7e020000n

export const secureBits: Names = {
  ...{ noroot: 1, 'noroot-locked': 2, 'no-setuid-fixup': 4, 'no-setuid-fixup-locked': 8 },
  ...{ 'keep-caps': 16, 'keep-caps-locked': 32 },
}

const dumped = counted(
  `private-anonymous shared-anonymous private-file-backed shared-file-backed elf-headers private-huge shared-huge private-dax
  shared-dax`,
)

/** What core(5) writes: names, or hexadecimal digits. */
export const dumpFilters = (text: string): bigint | undefined => bits(text, dumpFilter)

const dumpFilter = (word: string): bigint | undefined => {
  const bit = own(dumped, word)
  if (bit !== undefined) return 1n << BigInt(bit)
  if (word === 'default') return 0x33n
  return word === 'all' ? 0xffffffffn : integer(`0x${word.replace(/^0x/, '')}`)
}

/** One of these names, or a number up to the greatest. */
export const named =
  (names: Names, most = -1) =>
  (text: string): number | undefined =>
    own(names, text) ?? small(text, 0, most)

export const logLevels = counted('emerg alert crit err warning notice info debug')
export const logFacilities: Names = {
  ...counted('kern user mail daemon auth syslog lpr news uucp cron authpriv ftp'),
  ...counted('local0 local1 local2 local3 local4 local5 local6 local7', 16),
}
export const ioClasses = counted('none realtime best-effort idle')
export const schedulers: Names = { other: 0, fifo: 1, rr: 2, batch: 3, idle: 5 }
export const numaPolicies = counted('default preferred bind interleave local')
export const propagations: Names = { '': 0, shared: 1 << 20, slave: 1 << 19, private: 1 << 18 }
export const openFlags: Names = { 'read-only': 1, append: 2, truncate: 4, graceful: 8 }
export const nftSources: Names = { cgroup: 3, user: 4, group: 5 }
export const nftFamilies: Names = { inet: 1, ip: 2, arp: 3, netdev: 5, bridge: 7, ip6: 10 }
