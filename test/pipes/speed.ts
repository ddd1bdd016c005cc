// A GiB through each kind of pipe, and how long it takes the command: tint0 beside run0, whose bytes pass through nobody.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PipeCase, SubjectName } from './case.ts'
import { run } from './run.ts'

/** Of zeros: holes, which cost no memory. And what the command is timed by, from its own first byte on. */
const prepared = 'truncate -s 1G huge; timed="bash $children/timed.sh took"'

export const floods: readonly Omit<PipeCase, 'leaves'>[] = [
  {
    name: '1 GiB from a file',
    script: `${prepared}; "$@" $timed sh -c 'cat >/dev/null' <huge`,
    shows: '',
  },
  { name: '1 GiB from a pipe', script: `${prepared}; cat huge | "$@" $timed wc -c`, shows: '1073741824\n' },
  { name: '1 GiB into a pipe', script: `${prepared}; "$@" $timed cat huge | wc -c`, shows: '1073741824\n' },
]

/** Most times that it takes longer than with run0; start-up is not in it. */
const bound = 1.5

/** For noise: the fastest of so many rounds counts, and only one is needed where all is well. */
const rounds = 10

/** The times of a flood in seconds, and what is wrong with those of tint0. */
export const race = async (
  flood: Omit<PipeCase, 'leaves'>,
  subjects: readonly SubjectName[],
): Promise<Partial<Record<SubjectName, { readonly seconds: number; readonly trouble: string }>>> => {
  const seconds = {
    run0: Number.POSITIVE_INFINITY,
    tint0: Number.POSITIVE_INFINITY,
    local: Number.POSITIVE_INFINITY,
  }
  const troubles = { run0: '', tint0: '', local: '' }
  const slow = () =>
    subjects.filter((subject) => !troubles[subject] && seconds[subject] > seconds.run0 * bound)
  for (let round = 0; round < rounds && (round === 0 || slow().length > 0); round++)
    for (const subject of round === 0 ? subjects : new Set(['run0' as const, ...slow()])) {
      const leaves = (folder: string): string => {
        seconds[subject] = Math.min(
          seconds[subject],
          Number(readFileSync(join(folder, 'took'), 'utf8')) / 1e6,
        )
        return ''
      }
      troubles[subject] = await run({ ...flood, leaves }, subject)
    }
  for (const subject of slow())
    troubles[subject] = `${(seconds[subject] / seconds.run0).toFixed(2)} times as long`
  return results(subjects, seconds, troubles)
}

const results = (
  subjects: readonly SubjectName[],
  seconds: Readonly<Record<SubjectName, number>>,
  troubles: Readonly<Record<SubjectName, string>>,
) =>
  Object.fromEntries(
    subjects.map((subject) => [subject, { seconds: seconds[subject], trouble: troubles[subject] }]),
  )
