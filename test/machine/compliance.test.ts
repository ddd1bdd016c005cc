// The table of compliance.ts, on real sudo and on tint0, side by side: what is the same is shown to be the same, what differs is
// shown to differ as the table says.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { after, describe, test } from 'node:test'
import { endAll, spawnOnPty } from '../pty-process.ts'
import { pause, plainText, tint0 } from '../session/subject.ts'
import { type ComplianceCase, complianceCases } from './compliance.ts'
import { shell } from './left.ts'
import { as, asked, login, prompt } from './login.ts'

const folder = '/tmp/compliance'
mkdirSync(folder, { recursive: true })
shell(`chown alice: ${folder}`)
after(() => {
  endAll()
  rmSync(folder, { recursive: true, force: true })
})

const env = {
  PATH: '/usr/local/bin:/usr/bin:/bin',
  HOME: '/home/alice',
  USER: 'alice',
  LOGNAME: 'alice',
  SHELL: '/bin/bash',
  TERM: 'dumb',
}

interface Run {
  readonly output: string
  readonly said: string
  readonly status: number | null
}

const words = (command: string, program: string) =>
  as('alice', 'bash', '-c', command.replaceAll('$SUDO', program))

const piped = (command: string, program: string, cwd: string): Promise<Run> =>
  new Promise((resolve) => {
    const [file = '', ...args] = words(command, program)
    const child = spawn(file, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
    const text = { output: '', said: '' }
    child.stdout.on('data', (chunk) => {
      text.output += chunk
    })
    child.stderr.on('data', (chunk) => {
      text.said += chunk
    })
    child.on('close', (status) => resolve({ ...text, status }))
  })

const typed = async (
  command: string,
  program: string,
  cwd: string,
  keys: readonly string[],
): Promise<Run> => {
  const terminal = spawnOnPty(words(command, program), { env, cwd })
  const text = () => plainText(terminal.output()).replaceAll('\r', '')
  for (const [at, key] of keys.entries()) {
    const isAsked = () => text().split(/assword for alice: /).length > at + 1 && !terminal.echoes()
    // What is no answer any more is for the command, which says when it reads.
    const isReady = () => /^ready$/m.test(text())
    for (let left = 1200; left > 0 && !isAsked() && !isReady(); left--) await pause(25)
    terminal.write(key)
  }
  const { code } = await terminal.exit
  return { output: text(), said: text(), status: code }
}

/** (What sudo was told for another case must not count.) */
const programs = { sudo: 'sudo -k', tint0: `${tint0} --background= --no-prompt-mark` } as const
const both = <T>(value: T | readonly [T, T]): readonly [T, T] =>
  Array.isArray(value) ? (value as unknown as readonly [T, T]) : [value as T, value as T]

const check = async (one: ComplianceCase, which: keyof typeof programs) => {
  const cwd = `${folder}/${which}`
  mkdirSync(cwd, { recursive: true })
  shell(`chown alice: ${cwd}`)
  const run = one.typed
    ? await typed(one.command, programs[which], cwd, one.typed)
    : await piped(one.command, programs[which], cwd)
  const index = which === 'sudo' ? 0 : 1
  const told = JSON.stringify(run)
  assert.equal(run.status, both(one.status)[index], told)
  if (one.typed) assert.ok(run.output.endsWith(one.output), told)
  else if (which === 'tint0' || !one.difference)
    assert.equal(run.output.replace(/^status \d+\n/, ''), one.output, told)
  // What is refused must not run all the same.
  if (one.typed && which === 'tint0' && run.status !== 0) assert.doesNotMatch(run.output, /^0$/m, told)
  if (one.sorry !== undefined) assert.equal(run.said.split('Sorry, try again.').length - 1, one.sorry, told)
  if (one.says) assert.match(run.said, both<RegExp>(one.says)[index], told)
  assert.doesNotMatch(run.said.replaceAll(/looked in.*/g, ''), /wonderland|Error:/, told)
}

describe('a password, in sudo’s manner', { concurrency: 4 }, () => {
  // Here, for it mostly waits: others run meanwhile.
  test('who does not answer in 25 seconds, which is all that systemd gives polkit, does not notice', {
    timeout: 120_000,
  }, async () => {
    const screen = login('alice', `${tint0} id -u`)
    await asked(screen)
    screen.process.write('wonder')
    await pause(27_000)
    screen.process.write('land\n')
    assert.equal((await screen.process.exit).code, 0)
    const text = plainText(screen.process.output())
    assert.match(text, /^0\r$/m)
    assert.equal(text.split(prompt).length, 3, text)
  })
  for (const one of complianceCases)
    test(`${one.name}${one.difference ? ` (${one.difference})` : ''}`, { timeout: 60_000 }, async () => {
      await check(one, 'sudo')
      await check(one, 'tint0')
    })
})

test('there are more than 30 cases, and each that differs in more than 1 and 126 says why', () => {
  assert.ok(complianceCases.length >= 30)
  for (const { name, status, difference } of complianceCases) {
    const [sudo, ours] = both(status)
    if (sudo !== ours && !(sudo === 1 && ours >= 125 && ours <= 126)) assert.ok(difference, name)
  }
})
