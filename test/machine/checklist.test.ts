// systemd's own checklist for run0, tried on run0 and on tint0, side by side: the table is printed, and tint0 has to pass.
import assert from 'node:assert/strict'
import { execFileSync, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { after, test } from 'node:test'
import { endAll } from '../pty-process.ts'
import { runOnScreen, type Screen } from '../screen.ts'
import { plainText, tint0 } from '../session/subject.ts'
import { type Check, checks, type Place } from './checklist.ts'
import { answerAlways, login, passwords, withoutSession } from './login.ts'
import { ruleFor } from './rule.ts'

const programs = ['run0', tint0] as const

/** As many at once as keep two processors busy while others wait. */
const atOnce = 6

interface Ran {
  readonly status: number
  /** What it printed; at a terminal, all that was shown. */
  readonly output: string
  readonly complaint: string
}

const env = {
  PATH: process.env.PATH,
  HOME: '/root',
  USER: 'root',
  SHELL: '/bin/bash',
  TERM: 'xterm-256color',
}

const statusOf = (code: number | null, signal: NodeJS.Signals | null) =>
  code ?? 128 + (signal ? constants.signals[signal] : 0)

const withPipes = (script: string): Promise<Ran> =>
  new Promise((resolve) => {
    const child = spawn('timeout', ['60', 'bash', '-c', script], {
      env,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [output, complaint] = ['', '']
    child.stdout.on('data', (chunk) => {
      output += chunk
    })
    child.stderr.on('data', (chunk) => {
      complaint += chunk
    })
    child.on('close', (code, signal) =>
      resolve({ status: statusOf(code, signal), output: output.trim(), complaint }),
    )
  })

/** Whoever is asked for a password is given that of alice. */
const atTerminal = async (screen: Screen): Promise<Ran> => {
  const slow = setTimeout(() => screen.process.hangUp(), 60_000)
  answerAlways(screen, passwords.alice)
  const { code, signal } = await screen.process.exit
  clearTimeout(slow)
  const output = plainText(screen.process.output()).replaceAll('\r', '').trim()
  return { status: statusOf(code, signal), output, complaint: output }
}

const background = 'rgb:1010/1010/1010'
const places: Readonly<Record<Place, (script: string) => Promise<Ran>>> = {
  root: withPipes,
  'root at a terminal': (script) => atTerminal(withoutSession('root', script, { background })),
  testuser: (script) =>
    atTerminal(
      runOnScreen(['su', '-', 'testuser', '-s', '/bin/bash', '--session-command', script], {
        env,
        background,
      }),
    ),
  alice: (script) => atTerminal(login('alice', script, { background })),
  bob: (script) => atTerminal(login('bob', script, { background })),
}

const passes = ({ shows, status = 0 }: Check, ran: Ran, place: Place): boolean => {
  const isStatus = status === 'refused' ? ran.status !== 0 : ran.status === status
  if (typeof shows !== 'string') return isStatus && shows.test(ran.output)
  return (
    isStatus && (place === 'root' ? ran.output === shows : `\n${ran.output}`.endsWith(shows && `\n${shows}`))
  )
}

interface Result {
  readonly check: Check
  readonly place: Place
  /** 'yes', or what happened instead, for each program. */
  readonly verdicts: readonly string[]
}

const verdict = (check: Check, ran: Ran, place: Place): string => {
  if (passes(check, ran, place)) return 'yes'
  const said = (ran.complaint.trim() || ran.output).split('\n').at(-1) ?? ''
  return `no: ${ran.status}, ${JSON.stringify(ran.output.slice(-60))}${said && said !== ran.output ? `, ${said.slice(0, 110)}` : ''}`
}

const tryAll = async (rows: readonly (readonly [Check, Place])[], most: number): Promise<Result[]> => {
  const results: Result[] = []
  const left = [...rows.entries()]
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [at, [check, place]] = next
      const verdicts: string[] = []
      for (const program of programs)
        verdicts.push(
          verdict(check, await places[place](`R='${program} --background='; ${check.script}`), place),
        )
      results[at] = { check, place, verdicts }
    }
  }
  await Promise.all(Array.from({ length: most }, work))
  return results
}

execFileSync('sh', ['-c', 'useradd --create-home --shell /bin/zsh testuser; groupadd --force empower'])
const removeRule = await ruleFor('testuser', 'YES')
after(async () => {
  endAll()
  await removeRule()
})

const rows = checks.flatMap((check) => check.places.map((place) => [check, place] as const))
const results = [
  ...(await tryAll(
    rows.filter(([{ alone }]) => !alone),
    atOnce,
  )),
  ...(await tryAll(
    rows.filter(([{ alone }]) => alone),
    1,
  )),
]

const named = ({ check, place }: Result) =>
  `${check.item.padStart(5)}  ${check.claim}${place === 'root' ? '' : `, ${place}`}`
console.log(
  [
    'item   what systemd expects | run0 | tint0',
    ...results.map((result) => [named(result), ...result.verdicts].join(' | ')),
  ].join('\n'),
)

for (const result of results)
  test(named(result).trim(), () => {
    assert.equal(result.verdicts[1], 'yes')
  })

test('run0 passes most of them, so that it is the list that is tried', () => {
  const passed = results.filter(({ verdicts }) => verdicts[0] === 'yes').length
  assert.ok(passed > results.length / 2, `${passed} of ${results.length}`)
})
