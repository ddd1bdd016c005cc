// The root file system of the test machine: Debian trixie with real systemd, D-Bus, polkit and run0, made by mmdebstrap, kept
// under .cache/ by a hash of what defines it; and the way to such a one, which other roots are made by, too.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const packages = [
  ...[
    'systemd',
    'systemd-sysv',
    'systemd-container',
    'dbus',
    'dbus-user-session',
    'polkitd',
    'pkexec',
    'sudo',
    'libpam-systemd',
    'nodejs',
    'tmux',
    'screen',
    'vim',
    'less',
  ],
  ...['htop', 'passwd', 'procps', 'psmisc', 'util-linux', 'iproute2', 'ncurses-term', 'perl-base', 'zsh'],
  ...['fish', 'bash-completion', 'man-db', 'groff-base', 'mandoc', 'starship'],
]

/** Runs inside, once. alice may become root (group sudo), bob may not; everyone's password is known. */
const setup = `
useradd -m -s /bin/bash -G sudo alice; echo alice:wonderland | chpasswd
useradd -m -s /bin/bash bob; echo bob:builder | chpasswd
mkdir -p /var/lib/systemd/linger && touch /var/lib/systemd/linger/alice
mkdir -p /etc/systemd/journald.conf.d && printf '[Journal]\\nStorage=volatile\\n' >/etc/systemd/journald.conf.d/volatile.conf
echo LANG=C.UTF-8 >/etc/locale.conf; echo tint0test >/etc/hostname; echo 127.0.0.1 tint0test >>/etc/hosts
systemctl mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer console-getty.service systemd-networkd.service systemd-resolved.service systemd-timesyncd.service
sed -i 's/pam_unix.so nullok/pam_unix.so nullok nodelay/' /etc/pam.d/common-auth
`

/** What polkit128.alone.test.ts installs: packages of the next Debian, which lie in the machine as files. Whichever version is there. */
const later: LaterPackages = {
  suite: 'forky',
  packages: ['polkitd', 'pkexec', 'libpolkit-agent-1-0', 'libpolkit-gobject-1-0'],
  folder: '/opt/polkit-128',
}

/** Why no machine can be had here; undefined where one can. */
export const hindrance = (): string | undefined => {
  if (process.getuid?.() !== 0) return 'it takes root to boot a machine'
  if (needed().length > 0 && !existsSync('/usr/bin/apt-get'))
    return `${needed().join(' and ')} missing, and no apt-get`
  return undefined
}

/** The directory of the root file system, built when it is not there. Throws with the log's end. */
export const buildRoot = (): string => {
  const missing = needed()
  if (missing.length > 0) {
    run('apt-get', ['update'])
    run('apt-get', ['install', '-y', '--no-install-recommends', 'mmdebstrap', 'systemd-container'])
  }
  return cachedRoot({ cache: join(checkout, '.cache/machine'), packages, setup, shell: 'sh', later })
}

/** What defines a root file system; `shell` runs its `setup` inside, once. */
export interface RootPlan {
  readonly cache: string
  readonly packages: readonly string[]
  readonly setup: string
  readonly shell: 'sh' | 'bash'
  readonly later?: LaterPackages
}

/** Packages of another suite, for `folder`; nothing of it is installed. */
export interface LaterPackages {
  readonly suite: string
  readonly packages: readonly string[]
  readonly folder: string
}

/** The directory of a root file system of Debian trixie, made by mmdebstrap when `cache` has none for this plan. Throws with the log's end. */
export const cachedRoot = ({ cache, packages, setup, shell, later }: RootPlan): string => {
  const hash = createHash('sha256')
    .update(JSON.stringify([packages, setup, ...(later ? [later] : [])]))
    .digest('hex')
    .slice(0, 12)
  const root = join(cache, `root-${hash}`)
  if (existsSync(root)) return root
  mkdirSync(cache, { recursive: true })
  for (const old of readdirSync(cache))
    if (old.startsWith('root-')) rmSync(join(cache, old), { recursive: true, force: true })
  const fresh = `${root}.new`
  // Both wait for the mirror most of the time.
  const fetched = `${fresh}.later`
  const fetching = later ? fetchOf(later, fetched) : 'true'
  run('sh', [
    ...['-c', 'sh -ec "$0" & "$@" && wait $!', fetching, 'mmdebstrap'],
    '--variant=apt',
    `--include=${packages.join(',')}`,
    `--customize-hook=chroot "$1" ${shell} -ec '${setup.replaceAll("'", `'\\''`)}'`,
    'trixie',
    fresh,
    mirror(),
  ])
  if (later) {
    mkdirSync(dirname(join(fresh, later.folder)), { recursive: true })
    cpSync(join(fetched, 'debs'), join(fresh, later.folder), { recursive: true })
    rmSync(fetched, { recursive: true })
  }
  renameSync(fresh, root)
  return root
}

/** Has apt fetch and verify them, by an index of its own. */
const fetchOf = ({ suite, packages }: LaterPackages, folder: string): string => `
mkdir -p ${folder}/debs ${folder}/lists/partial ${folder}/cache/archives/partial; cd ${folder}/debs
echo 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${mirror()} ${suite} main' >../list
apt() { apt-get -qq -o Dir::Etc::SourceList=${folder}/list -o Dir::Etc::SourceParts=/dev/null -o Dir::Etc::PreferencesParts=/dev/null -o Dir::State::Lists=${folder}/lists -o Dir::State::Status=/dev/null -o Dir::Cache=${folder}/cache -o Acquire::Languages=none -o APT::Sandbox::User=root "$@"; }
apt update; apt download ${packages.join(' ')}
`

const needed = (): string[] =>
  ['mmdebstrap', 'systemd-nspawn'].filter((tool) => !existsSync(`/usr/bin/${tool}`))

const run = (command: string, args: readonly string[]): void => {
  const { status, stderr } = spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) throw new Error(`${command} failed:\n${String(stderr).slice(-2000)}`)
}

/** Where this host gets Debian from: what works for it works for the machine. */
const mirror = (): string => {
  const asked = process.env.TINT0_TEST_MIRROR
  if (asked) return asked
  const lists = [
    '/etc/apt/sources.list',
    ...(existsSync(sources) ? readdirSync(sources).map((name) => join(sources, name)) : []),
  ]
  const text = lists
    .filter((file) => existsSync(file) && /\.(list|sources)$/.test(file))
    .map((file) => readFileSync(file, 'utf8'))
  const found = /^(?:URIs:|deb(?:\s+\[[^\]]*\])?)\s+(\S+\/debian\/?)(?:\s|$)/m.exec(text.join('\n'))
  return found?.[1] ?? 'http://deb.debian.org/debian'
}

const sources = '/etc/apt/sources.list.d'
