// A rule of polkit's for one user, as long as a test wants it.
import { rmSync, writeFileSync } from 'node:fs'
import { pause } from '../session/subject.ts'

export interface Rule {
  /** Resolves when polkit has seen it. */
  readonly inForce: Promise<void>
  remove(): void
}

/** From now on the answer to whatever is asked about `user`. */
export const ruleFor = (user: string, result: 'YES' | 'NO' | 'AUTH_ADMIN_KEEP'): Rule => {
  const file = `/etc/polkit-1/rules.d/00-${user}.rules`
  writeFileSync(
    file,
    `polkit.addRule(function(action, subject) { if (subject.user == "${user}") return polkit.Result.${result} })`,
  )
  return { inForce: pause(1000), remove: () => rmSync(file) }
}
