// What can be said of polkit's rules files without running them (polkit(8), "Authorization Rules"): which could decide about an action,
// and whom they name as administrators. They are programs, and polkit does not tell which of them decided: so this is a reading, no more.

export interface RulesFile {
  readonly path: string
  /** Undefined where we may not read it. */
  readonly text: string | undefined
}

/** Directories in the order in which polkit takes files of the same name. */
export const rulesFolders = ['/etc', '/run', '/usr/local/share', '/usr/share'].map(
  (folder) => `${folder}/polkit-1/rules.d`,
)

/** By the files' own names, byte by byte; the sort is stable, so folders keep their order. */
export const inOrder = <File extends { readonly path: string }>(files: readonly File[]): readonly File[] =>
  [...files].sort((one, other) => Buffer.compare(nameOf(one.path), nameOf(other.path)))

const nameOf = (path: string): Buffer => Buffer.from(path.slice(path.lastIndexOf('/') + 1))

/** Whether a rule of a file could decide: it names the action, looks at no action by name, or is about others; or nobody may read it. */
export type Reach = 'named' | 'any' | 'other' | 'unreadable'

export interface Reading {
  readonly path: string
  readonly reach: Reach
  /** Whom it names as administrators, as polkit writes them; undefined where it has no rule about that. */
  readonly admins: readonly string[] | undefined
}

export const readRules = ({ path, text }: RulesFile, action: string): Reading => {
  if (text === undefined) return { path, reach: 'unreadable', admins: undefined }
  const rules = withoutComments(text).split(/(?=\baddRule\b|\baddAdminRule\b)/)
  const reaches = rules
    .filter((rule) => rule.startsWith('addRule'))
    .map((rule) => reachOf(rule.replaceAll('\\', ''), action))
  const admins = rules.filter((rule) => rule.startsWith('addAdminRule'))
  return {
    path,
    reach: reaches.includes('named') ? 'named' : reaches.includes('any') ? 'any' : 'other',
    admins:
      admins.length === 0
        ? undefined
        : admins.flatMap((rule) =>
            [...rule.matchAll(/["'](unix-(?:user|group|netgroup):[^"']*)["']/g)].map(
              ([, name]) => name ?? '',
            ),
          ),
  }
}

const reachOf = (rule: string, action: string): Reach => {
  // Names of actions, and their beginnings, in quotes or at the beginning of a regular expression; files have fewer dots.
  const names = [...rule.matchAll(/["'/]\^?([a-z][\w-]*\.[\w-]+\.[\w.-]*)/gi)].map(([, name]) => name ?? '')
  const word = action.split('.').slice(2).join('.')
  if (rule.includes(word) || names.some((name) => action.startsWith(name))) return 'named'
  // All but those that are named, or as far as can be seen all.
  return names.length === 0 || /!==?\s*["'/]|!\s*\(|!\s*action/.test(rule) ? 'any' : 'other'
}

/** Strings stay whole, so that // in one begins no comment. */
const withoutComments = (text: string): string =>
  text.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g,
    (_, string) => string ?? ' ',
  )
