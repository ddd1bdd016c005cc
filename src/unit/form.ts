// What a form is: the way from a value, as it is written, to what D-Bus wants.

/** One property of a transient unit. */
export type Row = readonly [name: string, signature: string, value: unknown]

export interface Form {
  /** Completes "write …". */
  readonly wants: string
  /** The rows for a value; undefined where it is none. `name` is the manager's, `written` that of unit files. */
  readonly rows: (name: string, value: string, written: string) => readonly Row[] | undefined
}

/** One value of one signature. */
export const one = (signature: string, wants: string, read: (value: string) => unknown): Form => ({
  wants,
  rows: (name, value) => {
    const found = read(value)
    return found === undefined ? undefined : [[name, signature, found]]
  },
})

/** A list of one item a value; an empty value is the empty list, which resets. */
export const listed = (signature: string, wants: string, read: (value: string) => unknown): Form =>
  one(signature, wants, (value) => {
    if (value === '') return []
    const item = read(value)
    return item === undefined ? undefined : [item]
  })

/** An empty value means something of its own. */
export const orEmpty = (form: Form, empty: (name: string) => Row): Form => ({
  wants: form.wants,
  rows: (name, value, written) => (value === '' ? [empty(name)] : form.rows(name, value, written)),
})

/** Every item of a list as `read` understands it; undefined where one is not understood. */
export const all = <T>(
  items: readonly string[] | undefined,
  read: (item: string) => T | undefined,
): readonly T[] | undefined => {
  const found = items?.map(read)
  return found?.every((item) => item !== undefined) ? (found as readonly T[]) : undefined
}
