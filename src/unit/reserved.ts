// Properties that are not the user's to set, because a session is made of them; and the way to what may be wanted by them.
import { failed } from '../errors.ts'

const reserved: readonly (readonly [name: RegExp, problem: string, hint: string])[] = [
  [/^ExecStart(Ex)?$/, 'is the command itself', 'write it behind the options'],
  [/^StandardInput/, 'is how the command gets its terminal', 'give tint0 itself the input: tint0 … <FILE'],
  [/^Standard(Output|Error)./, 'is no name of unit files', 'write StandardOutput=file:/path'],
  [/^TTY(Path|VHangup|Reset|VTDisallocate)$/, "is the session's own terminal", 'leave it out'],
  [/^Type$/, 'is exec: the session is the command', 'leave it out'],
  [/^RemainAfterExit$/, 'would let the session never end', 'leave it out'],
  [/^(CollectMode|AddRef)$/, 'is how the end of the command is seen', 'leave it out'],
]

/** Throws a Tint0Error for the name of such a property. */
export const checkReserved = (name: string): void => {
  const row = reserved.find(([pattern]) => pattern.test(name))
  if (row) throw failed('--property', `${name} ${row[1]}`, row[2])
}
