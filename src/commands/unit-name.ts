// The name of a session's unit (systemd.unit(5)). It is the only text of ours that a graphical agent shows, so it tells the command;
// but everybody on the machine can read it, and the journal keeps it, so it holds nothing that may be a secret.
import { baseName } from './program.ts'

/** `command`: what was asked for; nothing where it is the shell at `path`. `id`: what no other session has. */
export const unitName = (path: string, command: readonly string[], id: string): string => {
  const [program, ...words] = command
  const parts =
    program === undefined
      ? ['shell', nameOf(path)]
      : [nameOf(program), ...subcommands(nameOf(program), words)]
  return `tint0-${parts.join('-')}-${id}.service`
}

/** Runs of what a unit's name may hold, without the hyphens and dots that mean something there or in a path. */
const nameOf = (program: string): string =>
  baseName(program)
    .slice(0, longestName)
    .match(/[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*/g)
    ?.join('-') ?? 'command'

/** With all parts a name is below 120 letters; systemd takes 255. */
const longestName = 40
const longestWord = 20
const mostWords = 2

/**
 * The first words as far as they can only be what is to be done, and to what: plain lower-case words. An option ends them, for what
 * follows may be its value; so do a path, a digit, a capital, or `=`, for few secrets have none of these; and a word that speaks of a
 * secret is the last.
 */
const subcommands = (program: string, words: readonly string[]): readonly string[] => {
  const known: string[] = []
  for (const word of words) {
    if (known.length === mostWords || secretive.test(known.at(-1) ?? program)) break
    if (word.length > longestWord || !/^[a-z]+(-[a-z]+)*$/.test(word)) break
    known.push(word)
  }
  return known
}

/** Also what takes any text. */
const secretive = /pass|pw|secret|token|key|cred|auth|login|pin$|crypt|luks|echo|printf|grep|wall|logger/i
