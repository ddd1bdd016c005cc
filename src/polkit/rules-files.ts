// Door: polkit's rules files, as far as we may read them.
import { readdirSync, readFileSync } from 'node:fs'
import { inOrder, type RulesFile, rulesFolders } from './rules.ts'

export interface FoundRules {
  /** As polkit takes them. */
  readonly files: readonly RulesFile[]
  /** Directories that we may not look into. */
  readonly closed: readonly string[]
}

export const findRules = (): FoundRules => {
  const closed: string[] = []
  const files = rulesFolders.flatMap((folder) => {
    const names = attempt(() => readdirSync(folder))
    if (names === 'forbidden') closed.push(folder)
    return Array.isArray(names)
      ? names.filter((name) => name.endsWith('.rules')).map((name) => `${folder}/${name}`)
      : []
  })
  return {
    closed,
    files: inOrder(
      files.map((path) => {
        const text = attempt(() => readFileSync(path, 'utf8'))
        return { path, text: text === 'missing' || text === 'forbidden' ? undefined : text }
      }),
    ),
  }
}

const attempt = <T>(act: () => T): T | 'missing' | 'forbidden' => {
  try {
    return act()
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'missing' : 'forbidden'
  }
}
