// Many sessions, one after the other and at once, leave nothing behind: no unit, session, process, terminal, descriptor or file.
// TINT0_RUNS says how many there are in turn (1000 in a thorough run).
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { endAll, type PtyProcess } from '../pty-process.ts'
import { pause, tint0 } from '../session/subject.ts'
import { withoutSession } from './login.ts'

const inTurn = Number(process.env.TINT0_RUNS ?? 30)
const atOnce = 32

after(endAll)

const output = (command: string) => execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim()
const countedIn = (folder: string) => readdirSync(folder).length
const lines = (text: string) => text.split('\n').filter((line) => line !== '')

/** Of the system's bus. */
const busPid = () => output('systemctl show --value --property=MainPID dbus.service')

interface Traces {
  readonly units: readonly string[]
  readonly sessions: readonly string[]
  readonly processes: readonly string[]
  readonly terminals: number
  readonly files: readonly string[]
  /** Of PID 1, of the bus, and of the shell that has started them all. */
  readonly descriptors: readonly number[]
}

/** Our own way to look, and the workers of systemd-userdbd, which come and go. */
const passing = /^(sh -c )?ps -e|^systemd-userwork/

/** systemd 257 leaves one of every unit with LogExtraFields, run0's too. */
const leftBySystemd = /^log-extra-fields:/

const folders = [
  ...['/tmp', '/var/tmp', '/dev/shm', '/root', '/run', '/run/lock', '/run/user'],
  ...['/run/systemd/transient', '/run/systemd/units', '/run/systemd/inhibit'],
].filter((folder) => existsSync(folder))

const tracesOf = (shell: PtyProcess): Traces => ({
  units: lines(output("systemctl list-units --all --no-legend --plain 'tint0-*'")),
  sessions: lines(output("loginctl list-sessions --no-legend | awk '{ print $1, $3, $6 }'")),
  processes: lines(output('ps -e -o args=')).filter((line) => !passing.test(line)),
  terminals: countedIn('/dev/pts'),
  files: folders.flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => !leftBySystemd.test(name))
      .map((name) => `${folder}/${name}`),
  ),
  descriptors: ['1', busPid(), String(shell.pid)].map((pid) => countedIn(`/proc/${pid}/fd`)),
})

/** What is there and was not: each as often as it came. */
const added = (now: readonly string[], then: readonly string[]): readonly string[] => {
  const left = [...then]
  return now.filter((one) => {
    const at = left.indexOf(one)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

/** What was not there before; empty where nothing is. */
const more = (now: Traces, then: Traces) => ({
  units: now.units,
  sessions: added(now.sessions, then.sessions),
  processes: added(now.processes, then.processes),
  terminals: Math.max(0, now.terminals - then.terminals),
  files: added(now.files, then.files),
  descriptors: now.descriptors.map((count, i) => Math.max(0, count - (then.descriptors[i] ?? 0))),
})

const nothing = { units: [], sessions: [], processes: [], terminals: 0, files: [], descriptors: [0, 0, 0] }

let shell: PtyProcess
let then: Traces

let commands = 0

/** Types a command into the shell, and waits for what comes after it. */
const typed = async (command: string): Promise<string> => {
  const number = ++commands
  const from = shell.output().length
  shell.write(`${command}; echo "over:" ${number}\n`)
  await shell.until(new RegExp(`over: ${number}\\r\\n`), 900_000, from)
  return shell.output().subarray(from).toString()
}

before(async () => {
  shell = withoutSession('root', 'PS1=; exec bash --norc -i', { env: { PATH: process.env.PATH } }).process
  // What comes with the first session of all, and stays.
  await typed(`${tint0} true; ${tint0} true </dev/null >/dev/null 2>&1`)
  await pause(3000)
  then = tracesOf(shell)
})

/** Units and sessions are cleared away behind a command's end. */
const nothingLeft = async (): Promise<void> => {
  let found = more(tracesOf(shell), then)
  for (let left = 50; left > 0 && JSON.stringify(found) !== JSON.stringify(nothing); left--) {
    await pause(200)
    found = more(tracesOf(shell), then)
  }
  assert.deepEqual(found, nothing)
}

test(`${inTurn} sessions in turn leave nothing`, { timeout: 1_200_000 }, async (context) => {
  const begun = Date.now()
  const shown = await typed(
    `ok=0; for i in $(seq ${inTurn / 2}); do ${tint0} true && : $((ok++)); ${tint0} true </dev/null 2>&1 | cat && : $((ok++)); done; echo "ok:" $ok`,
  )
  context.diagnostic(`${((Date.now() - begun) / inTurn).toFixed(0)} ms each`)
  assert.match(shown, new RegExp(`ok: ${inTurn}\\r\\n`))
  await nothingLeft()
})

test(`${atOnce} sessions at once leave nothing`, { timeout: 240_000 }, async () => {
  const shown = await typed(
    `for i in $(seq ${atOnce}); do ${tint0} sh -c 'sleep 2; exit 3' </dev/null >/dev/null 2>&1 & done; n=0; for job in $(jobs -p); do wait $job; [ $? = 3 ] && : $((n++)); done; echo "three:" $n`,
  )
  assert.match(shown, new RegExp(`three: ${atOnce}\\r\\n`))
  await nothingLeft()
})
