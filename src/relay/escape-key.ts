// The way out when nothing else helps: ^] three times within a second, as with systemd-nspawn(1). The keys are only looked at; they
// go to the command all the same.

const GS = 0x1d
const [times, span] = [3, 1000]

/** Looks at what is typed, at a time in milliseconds; true when the user wants to leave. */
export const createEscapeKey = (): ((chunk: Uint8Array, now: number) => boolean) => {
  let pressed: number[] = []
  return (chunk, now) => {
    let wanted = false
    for (const byte of chunk) {
      pressed = byte === GS ? [...pressed, now].slice(-times) : []
      wanted ||= pressed.length === times && now - (pressed[0] ?? now) <= span
    }
    return wanted
  }
}
