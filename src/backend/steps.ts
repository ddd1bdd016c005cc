// The steps between a fork and the command, by the status with which the manager's child ends where one fails: all of
// systemd.exec(5), "Process Exit Codes". One row a step: what it is about, what is wrong, the way out.
import { type Failure, failed, refused } from '../errors.ts'
import type { Launch } from './backend.ts'

/** The words for a step that failed, with the manager's `reason` if there is one. */
export const stepFailure = (step: number, reason: string | undefined, launch: Launch): Failure => {
  const [subject, problem, hint] = (steps[step] ?? unknown(step))(launch)
  const make = step === EXEC ? refused : failed
  return make(subject, withReason(problem, reason), hint).failure
}

/** What the manager says is one line of a journal, and may be long. */
export const withReason = (problem: string, reason: string | undefined): string =>
  reason === undefined ? problem : `${problem} (${reason.slice(0, longestReason)})`

const longestReason = 300
const EXEC = 203

type Row = (launch: Launch) => readonly [subject: string, problem: string, hint: string]

const unknown =
  (step: number): Row =>
  (launch) => [launch.path, `could not be started: step ${step} of systemd.exec(5) failed`, journalOf(launch)]

/** A step that fails only by what was asked for: the property. */
const asked =
  (subject: string, problem: string, property: string): Row =>
  () => [subject, problem, `see ${property}= in systemd.exec(5)`]

/** A step that only the machine can make fail. */
const inner =
  (subject: string, problem: string): Row =>
  (launch) => [subject, problem, journalOf(launch)]

/** Where it is, if not here. */
export const within = ({ machine }: Launch) => (machine === undefined ? '' : ` in machine ${machine}`)

/** The way to all that the manager says of a unit. */
export const journalOf = ({ unit, machine }: Launch): string =>
  `see journalctl ${machine === undefined ? '' : `--machine=${machine} `}--unit=${unit}`

/** What the user has set, and so not we. */
const propertyOf = ({ setting }: Launch, name: string): string | undefined =>
  setting.properties.findLast((text) => text.startsWith(`${name}=`))?.slice(name.length + 1)

const nameOf = (directory: string): string => (directory === '~' ? 'home directory' : directory)

const directory = (kind: string): Row =>
  asked(`${kind.toLowerCase()} directory`, 'could not be made', `${kind}Directory`)

const stream =
  (name: string): Row =>
  () => [name, 'could not be set up', 'is /dev/pts the same there as here?']

const steps: Readonly<Record<number, Row>> = {
  200: (launch) => [
    nameOf(propertyOf(launch, 'WorkingDirectory') ?? launch.directory),
    'cannot be made the working directory',
    'choose another with --chdir',
  ],
  201: asked('priority', 'could not be set', 'Nice'),
  202: inner('file descriptors', 'could not be passed on'),
  203: ({ path }) => [path, 'cannot be executed', 'is it a program, and is its interpreter there?'],
  204: ({ path }) => [path, 'there was not enough memory to start it', 'is the command line too long?'],
  205: asked('resource limits', 'could not be set', 'LimitNOFILE'),
  206: asked('OOM score', 'could not be set', 'OOMScoreAdjust'),
  207: inner('signal mask', 'could not be set'),
  208: stream('standard input'),
  209: stream('standard output'),
  210: asked('root directory', 'could not be changed', 'RootDirectory'),
  211: asked('I/O priority', 'could not be set', 'IOSchedulingClass'),
  212: asked('timer slack', 'could not be set', 'TimerSlackNSec'),
  213: asked('secure bits', 'could not be set', 'SecureBits'),
  214: asked('CPU scheduling', 'could not be set', 'CPUSchedulingPolicy'),
  215: asked('CPU affinity', 'could not be set', 'CPUAffinity'),
  216: (launch) => [
    launch.group === undefined ? `group of ${launch.user ?? 'root'}` : `group ${launch.group}`,
    `does not exist, or cannot be taken on${within(launch)}`,
    'see getent group',
  ],
  217: (launch) => [
    `user ${launch.user ?? 'root'}`,
    `does not exist, or cannot be taken on${within(launch)}`,
    'see getent passwd',
  ],
  218: asked('capabilities', 'could not be set or dropped', 'CapabilityBoundingSet'),
  219: inner('control group', 'could not be set up'),
  220: inner('session', 'the process could not get one of its own'),
  221: inner('confirmation', 'somebody at the console declined to start it'),
  222: stream('standard error'),
  224: (launch) => [
    'PAM',
    'did not open a session',
    `is /etc/pam.d/systemd-run0 in order, and the account not expired? ${journalOf(launch)}`,
  ],
  225: asked('network namespace', 'could not be set up', 'PrivateNetwork'),
  226: asked('namespaces', 'could not be set up', 'ReadWritePaths'),
  227: asked('no new privileges', 'could not be set', 'NoNewPrivileges'),
  228: asked('system call filter', 'could not be set up', 'SystemCallFilter'),
  229: asked('SELinux', 'the context could not be set', 'SELinuxContext'),
  230: asked('personality', 'could not be set', 'Personality'),
  231: asked('AppArmor', 'the profile could not be set', 'AppArmorProfile'),
  232: asked('address families', 'could not be restricted', 'RestrictAddressFamilies'),
  233: directory('Runtime'),
  234: inner('process', 'could not be prepared'),
  235: asked('terminal or socket', 'its owner could not be set', 'TTYPath'),
  236: asked('SMACK', 'the label could not be set', 'SmackProcessLabel'),
  237: asked('kernel keyring', 'could not be set up', 'KeyringMode'),
  238: directory('State'),
  239: directory('Cache'),
  240: directory('Logs'),
  241: directory('Configuration'),
  242: asked('NUMA policy', 'could not be set', 'NUMAPolicy'),
  243: asked('credentials', 'could not be set up', 'LoadCredential'),
  244: inner('manager', 'could not prepare the process'),
  245: asked('BPF', 'the program could not be loaded', 'RestrictFileSystems'),
}
