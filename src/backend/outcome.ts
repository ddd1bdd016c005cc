// How a command ended, as an exit status and, where the user cannot know otherwise, in words. Statuses follow sh(1) and
// env(1); the steps are those of systemd.exec(5), "Process Exit Codes". systemd itself prints nothing of this.
import { type Failure, failed, notFound, refused } from '../errors.ts'
import type { End, Launch } from './backend.ts'

/** The exit status of tint0, and why, if it is not the command's own doing. */
export interface Outcome {
  readonly status: number
  readonly failure?: Failure
}

/** Puts an end into a status and words. */
export const outcomeOf = (end: End, launch: Launch): Outcome => {
  switch (end.kind) {
    case 'exited':
      return { status: end.status }
    case 'killed':
      return { status: 128 + end.signal }
    case 'unstartable': {
      const { failure } = stepFailure(end.step, launch)
      return { status: failure.status, failure }
    }
    case 'missing': {
      const { failure } = notFound(launch.path, `not found${within(launch)}`, 'check its name')
      return { status: failure.status, failure }
    }
    case 'failed': {
      const { failure } = failed(launch.path, end.reason, journal(launch))
      return { status: failure.status, failure }
    }
  }
}

const stepFailure = (step: number, launch: Launch) => {
  const row = steps[step]
  if (row) return row(launch)
  return failed(launch.path, `could not be started (step ${step} of systemd.exec(5))`, journal(launch))
}

const journal = ({ unit, machine }: Launch) =>
  `see journalctl ${machine === undefined ? '' : `--machine=${machine} `}--unit=${unit}`

const within = ({ machine }: Launch) => (machine === undefined ? '' : ` in machine ${machine}`)

/** One row a step that a user can meet; the others are named by their number. */
const steps: Readonly<Record<number, (launch: Launch) => ReturnType<typeof failed>>> = {
  200: ({ directory }) =>
    failed(
      directory === '~' ? 'home directory' : directory,
      'cannot be made the working directory',
      'choose another with --chdir',
    ),
  201: (launch) => failed('nice', 'the priority could not be set', journal(launch)),
  203: ({ path }) => refused(path, 'cannot be executed', 'is it a program, and is its interpreter there?'),
  204: (launch) =>
    failed(launch.path, 'there was not enough memory to start it', 'is the command line too long?'),
  208: ({ path }) =>
    failed(path, 'its standard input could not be set up', 'is /dev/pts the same there as here?'),
  209: ({ path }) =>
    failed(path, 'its standard output could not be set up', 'is /dev/pts the same there as here?'),
  216: (launch) =>
    failed(
      `group ${launch.group ?? `of ${launch.user ?? 'root'}`}`,
      `does not exist or cannot be taken on${within(launch)}`,
      'see getent group',
    ),
  217: (launch) =>
    failed(`user ${launch.user ?? 'root'}`, `does not exist${within(launch)}`, 'see getent passwd'),
  218: (launch) => failed('capabilities', 'could not be dropped or set', journal(launch)),
  219: (launch) => failed('control group', 'could not be set up', journal(launch)),
  220: (launch) => failed('session', 'the process could not get one', journal(launch)),
  222: (launch) => failed('standard error', 'could not be set up', journal(launch)),
  224: (launch) =>
    failed(
      'PAM',
      'did not open a session',
      `is /etc/pam.d/systemd-run0 there, and the account not expired? ${journal(launch)}`,
    ),
  226: (launch) => failed('namespaces', 'could not be set up', journal(launch)),
  227: (launch) => failed('no-new-privileges', 'could not be set', journal(launch)),
  229: (launch) => failed('SELinux', 'the context could not be set', journal(launch)),
  231: (launch) => failed('AppArmor', 'the profile could not be set', journal(launch)),
}
