// THE table of what is measured: how, how often, and which figures come of it, each with its bound. To add a figure, add a row.
import type { Payload } from './payloads.ts'

export const subjects = ['tint0', 'run0'] as const

export type Subject = (typeof subjects)[number]

/**
 * tint0's figure divided by run0's: of the medians; or `mostly`, where both are as fast and half of the rounds are over by
 * noise: then more than three of four must be for the bound to be broken (15 rounds are so by chance once in 57 times).
 */
export type Bound =
  | { readonly atLeast: number }
  | { readonly atMost: number }
  | { readonly mostly: { readonly atMost: number } }

export interface Figure {
  readonly what: string
  readonly unit: string
  /** In its unit, from what terminal.pl measured. */
  readonly value: (measured: Readonly<Record<string, number>>) => number
  /** Without it the figure is for information. */
  readonly bound?: Bound
}

export interface Experiment {
  /** Of terminal.pl. */
  readonly mode: 'flood' | 'start' | 'keys' | 'pipe'
  readonly rounds: number
  /** How many keys are pressed. */
  readonly keys?: number
  /** The command's input, for `pipe`. */
  readonly input?: string
  /** Which Node runs tint0; upstream's, that the checkout was built with, unless it says otherwise. */
  readonly node?: 'debian'
  /** tint0's configuration, where it has one. */
  readonly config?: string
  readonly options: readonly string[]
  readonly command: readonly string[]
  /** What is measured in the place of the two, where it is not a command that they run. */
  readonly instead?: Readonly<Record<Subject, readonly string[]>>
  readonly figures: readonly Figure[]
}

/** Bytes of each text: enough for V8 to be warm most of the time. And where it lies inside the machine: memory. */
export const payloadSize = 60 * 2 ** 20
export const payloadFolder = '/dev/shm/tint0-bench'
export const configFile = `${payloadFolder}/config.toml`

/** Of zeros: holes, which cost no memory. */
export const hugeFile = { path: `${payloadFolder}/huge`, size: 2 ** 30 }

// Both show the command line in the title, so a mark must not stand in it as it is.
const mark = (word: string): string => `printf '<<%s>>' ${word}`

const script = (text: string): readonly string[] => ['/bin/sh', '-c', text]

const flood = (payload: Payload, what: string, atLeast: number, cpuAtMost?: number): Experiment => ({
  mode: 'flood',
  rounds: 5,
  options: ['--background=48;2;64;16;16'],
  command: script(`${mark('BEGIN')}; cat ${payloadFolder}/${payload}; ${mark('END')}`),
  figures: [
    {
      what: `throughput, ${what}`,
      unit: 'MB/s',
      value: ({ seconds = 0 }) => payloadSize / seconds / 1e6,
      bound: { atLeast },
    },
    {
      what: `CPU of the relay, ${what}`,
      unit: 's/GB',
      value: ({ cpu = 0 }) => (cpu * 1e9) / payloadSize,
      ...(cpuAtMost === undefined ? {} : { bound: { atMost: cpuAtMost } }),
    },
  ],
})

/** Either chooses by itself to pass on what is no terminal. */
const pipe: Experiment = {
  mode: 'pipe',
  rounds: 15,
  input: hugeFile.path,
  options: [],
  command: script(`${mark('BEGIN')}; cat; ${mark('END')}`),
  figures: [
    {
      what: '1 GiB from a file into a pipe',
      unit: 'ms',
      value: ({ seconds = 0 }) => seconds * 1e3,
      bound: { mostly: { atMost: 1 } },
    },
  ],
}

const milliseconds = (field: string) => (measured: Readonly<Record<string, number>>) =>
  (measured[field] ?? 0) * 1e3

const microseconds = (field: string) => (measured: Readonly<Record<string, number>>) =>
  (measured[field] ?? 0) * 1e6

/** Whom the least is asked of. */
const peer = 'org.freedesktop.PolicyKit1 /org/freedesktop/PolicyKit1/Authority org.freedesktop.DBus.Peer Ping'

const start = {
  mode: 'start',
  options: [],
  command: ['/usr/bin/printf', '<<%s>>', 'BEGIN'],
} as const

export const experiments: readonly Experiment[] = [
  flood('plain', 'plain text', 1.15, 1.2),
  flood('utf8', 'UTF-8', 1.05),
  flood('ls', 'ls --color', 1.6, 0.6),
  flood('sgr', 'dense SGR', 2.5, 0.35),
  pipe,
  {
    ...start,
    rounds: 31,
    figures: [
      { what: 'start to first byte', unit: 'ms', value: milliseconds('first'), bound: { atMost: 2 } },
      { what: 'start to exit', unit: 'ms', value: milliseconds('exit') },
    ],
  },
  {
    ...start,
    node: 'debian',
    rounds: 11,
    figures: [{ what: "… by Debian's Node", unit: 'ms', value: milliseconds('first') }],
  },
  {
    ...start,
    rounds: 21,
    config: 'theme = "nord"\n[[rule]]\nuser = "postgres"\nbackground = "hue:200"\n',
    figures: [{ what: '… with a theme and a rule configured', unit: 'ms', value: milliseconds('first') }],
  },
  // With every prompt: so it may take little more than Node itself, and a call.
  {
    ...start,
    rounds: 31,
    instead: {
      tint0: script(`/src/bin/tint0 -nv; ${mark('BEGIN')}`),
      run0: script(`node -e 0; busctl call ${peer} >/dev/null; ${mark('BEGIN')}`),
    },
    figures: [
      {
        what: '-nv, beside node -e 0 and a call',
        unit: 'ms',
        value: milliseconds('first'),
        bound: { atMost: 1.2 },
      },
    ],
  },
  {
    mode: 'keys',
    rounds: 15,
    keys: 2500,
    options: [],
    command: script(`stty raw -echo; ${mark('BEGIN')}; exec dd bs=1 count=2500 status=none`),
    figures: [
      { what: 'keystroke, median', unit: 'µs', value: microseconds('median'), bound: { atMost: 1.05 } },
      // Node collects its garbage now and then: this tells how long that is felt.
      { what: 'keystroke, p99', unit: 'µs', value: microseconds('p99') },
    ],
  },
]
