// A rule of polkit's, as long as a test wants it. polkit says in the journal when it has read its rules: that is waited for, however
// long it takes, and no longer.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { pause } from '../session/subject.ts'

const journal = (...words: string[]): string =>
  execFileSync('journalctl', ['--unit=polkit', '--no-pager', '--quiet', ...words], { encoding: 'utf8' })

/** Resolves when polkit has read its rules anew after `act`, with nothing to complain of; fails after some ten seconds. */
export const reread = async (act: () => void): Promise<void> => {
  // It is started by the first who calls it: then it reads them, too. And what it has said so far must be there.
  execFileSync('systemctl', ['start', 'polkit'])
  execFileSync('journalctl', ['--sync'])
  const [, cursor = ''] = /^-- cursor: (.*)$/m.exec(journal('--lines=0', '--show-cursor')) ?? []
  act()
  const news = () => journal(`--after-cursor=${cursor}`, '--output=cat')
  for (let left = 500; left > 0 && !news().includes('Finished loading'); left--) await pause(20)
  assert.match(news(), /Finished loading/)
  assert.doesNotMatch(news(), /Error (compiling|evaluating|loading)/)
}

/** Puts a file of rules there at once: half a file is never read. */
export const installRules = (file: string, text: string): Promise<void> =>
  reread(() => {
    writeFileSync(`${file}.new`, text)
    renameSync(`${file}.new`, file)
  })

export const removeRules = (file: string): Promise<void> => reread(() => rmSync(file))

/** From now on the answer to whatever is asked about `user`; resolves, when it is in force, to what ends that. */
export const ruleFor = async (
  user: string,
  result: 'YES' | 'NO' | 'AUTH_ADMIN_KEEP',
): Promise<() => Promise<void>> => {
  const file = `/etc/polkit-1/rules.d/00-${user}.rules`
  const text = `polkit.addRule(function(action, subject) { if (subject.user == "${user}") return polkit.Result.${result} })`
  await installRules(file, text)
  return () => removeRules(file)
}

/** That, as long as `act` takes. */
export const ruled = async (
  user: string,
  result: Parameters<typeof ruleFor>[1],
  act: () => Promise<void>,
): Promise<void> => {
  const remove = await ruleFor(user, result)
  try {
    await act()
  } finally {
    await remove()
  }
}
