// Door: the user's editor, on a copy that nobody else can see; and the question what to do when it is wrong.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { isatty } from 'node:tty'
import { failed } from '../errors.ts'

export interface Draft {
  readonly path: string
  remove(): void
}

/** mkdtemp(3) makes a folder for us alone. */
export const createDraft = (text: string): Draft => {
  const folder = mkdtempSync(join(tmpdir(), 'tint0-config-'))
  const path = join(folder, 'config.toml')
  writeFileSync(path, text, { mode: 0o600 })
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Throws a Tint0Error where nobody can be asked. */
export const checkTerminal = (): void => {
  if (!isatty(0) || !isatty(1))
    throw failed('config edit', 'needs a terminal', 'edit the file itself (see tint0ctl config path)')
}

/** Waits for it. Throws a Tint0Error where it did not end well. As git(1) has it, the shell understands what $VISUAL says. */
export const runEditor = (path: string, env: Readonly<Record<string, string | undefined>>): void => {
  const editor = env.VISUAL || env.EDITOR || 'vi'
  // What the keyboard sends is for the editor; it would end us, too.
  const ignore = () => {}
  process.on('SIGINT', ignore)
  process.on('SIGQUIT', ignore)
  const { status, signal } = spawnSync('/bin/sh', ['-c', `${editor} "$@"`, editor, path], {
    stdio: 'inherit',
    env: Object.fromEntries(
      Object.entries(env).map(([name, value]) => [name.replace(/^TINT0_KEPT_/, ''), value]),
    ),
  })
  process.off('SIGINT', ignore)
  process.off('SIGQUIT', ignore)
  if (status !== 0)
    throw failed(
      editor,
      signal ? `was ended by ${signal}` : `ended with status ${status}`,
      'nothing is changed; set $VISUAL or $EDITOR to another',
    )
}

/** What is typed in answer to a question; undefined where there is none: at the end of the input, or at ^C. */
export const ask = (question: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const answer = (text: string | undefined) => {
      process.off('SIGINT', none)
      process.stdin.off('data', take).off('end', none).pause()
      resolve(text)
    }
    const take = (bytes: Buffer) => answer(bytes.toString('utf8').trim())
    const none = () => answer(undefined)
    process.on('SIGINT', none)
    process.stdin.on('data', take).on('end', none).resume()
    // Last: who reads it may answer at once.
    process.stdout.write(question)
  })
