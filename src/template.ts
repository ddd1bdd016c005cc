// The parts that a title may be made of: one rule for what is written on the command line, in a file, and in a theme.

const parts: ReadonlySet<string> = new Set(['command', 'user', 'host'])

/** For people who wrote something else. */
export const partNames = '{command}, {user} and {host}'

/** The first thing in braces that stands for nothing. No brace may be in it, or a text of nothing else took forever. */
export const wrongPart = (template: string): string | undefined =>
  [...template.matchAll(/\{([^{}]*)\}/g)].find(([, name]) => !parts.has(name ?? ''))?.[0]
