// What systemd's own tests say about run0 (TEST-74-AUX-UTILS.run.sh of v262), as a table that holds for any program of its
// kind. Left out: 31–39, which are about --stdin; of systemd-run's own, 45 and 46 (--working-directory and --same-dir are -D
// and its default, 12 to 19), 57 (what PID 1 mounts for ProtectProc=, whoever asks), 59 (--json, which run0 has not either),
// and of 51 the --expand-environment= (run0 never expands: that is what is asked here).
import { howChecks } from './checklist.how.ts'
import { whoChecks } from './checklist.who.ts'

/** Who tries, and on what; all but `root` at a terminal of their own. */
export type Place = 'root' | 'root at a terminal' | 'testuser' | 'alice' | 'bob'

export interface Check {
  /** The number in the list, where it stands there. */
  readonly item: string
  readonly claim: string
  /** For bash; $R is the program. */
  readonly script: string
  /** All that it prints, without the blanks around; at a terminal, the end of it. */
  readonly shows: string | RegExp
  /** Of the script: 0, if nothing is said; 'refused' is any but 0. */
  readonly status?: number | 'refused'
  readonly places: readonly Place[]
  /** It disturbs what runs beside it. */
  readonly alone?: boolean
}

/** A row; by root, without a terminal, if nothing else is said. */
export const check = (
  item: string,
  claim: string,
  script: string,
  shows: string | RegExp,
  more: Partial<Check> = {},
): Check => ({ item, claim, script, shows, places: ['root'], ...more })

export const at = (...places: Place[]): Pick<Check, 'places'> => ({ places })

export const checks: readonly Check[] = [...whoChecks(), ...howChecks()]
