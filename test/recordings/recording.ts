// A recording: what a real program wrote to its terminal, and when the terminal's size changed, in order. One gzipped file of
// JSON a program, with its recordings at several sizes; bytes are written as a string of the characters U+0000 to U+00FF,
// which compresses better than base64 and can be read with zcat.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync, gzipSync } from 'node:zlib'

export interface Output {
  readonly output: Uint8Array
}

export interface Resize {
  readonly columns: number
  readonly rows: number
}

export type RecordedEvent = Output | Resize

export interface Recording {
  readonly program: string
  /** The size at the beginning. */
  readonly columns: number
  readonly rows: number
  readonly events: readonly RecordedEvent[]
}

export const isOutput = (event: RecordedEvent): event is Output => 'output' in event

/** For names of tests and rows of tables. */
export const sizeOf = ({ columns, rows }: Resize): string => `${columns}x${rows}`

interface Stored {
  readonly program: string
  readonly recordings: readonly {
    readonly size: readonly [columns: number, rows: number]
    readonly events: readonly (string | readonly [columns: number, rows: number])[]
  }[]
}

/** The checkout is two folders up, also where the test machine has this bundled. */
const folder = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'test/fixtures/recordings')

export const recordedPrograms = (): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json.gz'))
    .map((file) => file.slice(0, -'.json.gz'.length))
    .sort()

export const readRecordings = (program: string): Recording[] => {
  const stored: Stored = JSON.parse(gunzipSync(readFileSync(join(folder, `${program}.json.gz`))).toString())
  return stored.recordings.map(({ size: [columns, rows], events }) => ({
    program: stored.program,
    columns,
    rows,
    events: events.map((event) =>
      typeof event === 'string'
        ? { output: Buffer.from(event, 'latin1') }
        : { columns: event[0], rows: event[1] },
    ),
  }))
}

/** Keeps the recordings of one program; returns how many bytes that takes. */
export const writeRecordings = (program: string, recordings: readonly Recording[]): number => {
  const stored: Stored = {
    program,
    recordings: recordings.map(({ columns, rows, events }) => ({
      size: [columns, rows],
      events: events.map((event) =>
        isOutput(event) ? Buffer.from(event.output).toString('latin1') : [event.columns, event.rows],
      ),
    })),
  }
  mkdirSync(folder, { recursive: true })
  const packed = gzipSync(JSON.stringify(stored), { level: 9 })
  writeFileSync(join(folder, `${program}.json.gz`), packed)
  return packed.length
}
