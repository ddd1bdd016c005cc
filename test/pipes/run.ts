// Runs a pipe case on a terminal of its own, as a shell script with one of the subjects, and says what is wrong.
import { chownSync, fchmodSync, fchownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { idOf, withoutSession } from '../machine/login.ts'
import type { Screen } from '../screen.ts'
import { pause, plainText, running, tint0 } from '../session/subject.ts'
import type { PipeCase, SubjectName } from './case.ts'

export const wordsOf: Readonly<Record<SubjectName, readonly string[]>> = {
  run0: ['/usr/bin/run0'],
  tint0: [tint0, '--backend=system'],
  local: [tint0, '--backend=local'],
}

/** How long a script may take, in milliseconds; several at once share two cores. */
const limit = 30_000

let runs = 0

/** What is wrong; empty where nothing is. */
export const run = async (pipeCase: PipeCase, subject: SubjectName): Promise<string> => {
  const { script, shows, acts, leaves, patience = limit, as = 'root' } = pipeCase
  const id = as === 'root' ? 0 : idOf(as)
  const mark = `9${String(process.pid).padStart(5, '0')}${String(++runs).padStart(4, '0')}`
  const folder = mkdtempSync(join(tmpdir(), 'tint0-pipes-'))
  chownSync(folder, id, id)
  const words = wordsOf[subject].map((word) => `'${word}'`).join(' ')
  const lines = [
    `mark=${mark}; . /src/test/fixtures/children/pipes.sh; cd ${folder}; set -- ${words}; begun`,
    script,
    'ended',
  ]
  const screen = withoutSession(as, lines.join('\n'), {
    background: 'rgb:1010/1010/1010',
    env: { PATH: '/opt/node/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' },
    // As login(1) leaves it.
    before: (slave) => {
      fchownSync(slave, id, tty)
      fchmodSync(slave, 0o620)
    },
  })
  const started = async () => {
    for (let left = 150; left > 0 && !running(`/usr/bin/sleep ${mark}`); left--) await pause(100)
  }
  try {
    await Promise.race([
      Promise.all([acts?.({ screen, started, folder }), pressed(screen, patience)]),
      pause(patience).then(() => Promise.reject(new Error('it hangs'))),
    ])
    const left = leaves?.(folder)
    return judge(shown(screen), shows) || left || ''
  } catch (error) {
    return `${(error as Error).message.split(';')[0]}: ${JSON.stringify(shown(screen))}`
  } finally {
    screen.process.kill()
    screen.process.hangUp()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The group of terminals. */
const tty = 5

/** A key for the shell, when the script is over. */
const pressed = async ({ process }: Screen, patience: number): Promise<void> => {
  // Without an end of the script the shell itself was ended.
  await Promise.race([process.until(/<<key>>\r?\n/, patience), process.exit])
  process.write('k\n')
  await process.exit
}

const shown = ({ process }: Screen): string =>
  plainText(process.output()).replaceAll('\r', '').split('<<begun>>\n').at(-1) ?? ''

const judge = (text: string, shows: string | RegExp): string => {
  const [seen = '', after = ''] = text.split('<<ended>>\n')
  const [changed = '', key = ''] = after.split('<<key>>\n')
  if (typeof shows === 'string' ? seen !== shows : !shows.test(seen))
    return `it showed ${JSON.stringify(seen)}`
  if (changed !== '') return `the terminal: ${changed.trim()}`
  return key === 'k\n<<read k>>\n' ? '' : `the shell read ${JSON.stringify(key)}`
}
