// What was meant by a name that is none.

/** The name that the fewest changes of letters lead to, if they are `most` at the most; capitals do not matter. */
export const closest = (name: string, names: readonly string[], most: number): string | undefined => {
  const [best] = names
    .map((one) => ({ one, changes: changes(name.toLowerCase(), one.toLowerCase()) }))
    .sort((a, b) => a.changes - b.changes)
  return best && best.changes <= most ? best.one : undefined
}

/** How many letters must be changed, added or left out (Levenshtein). */
const changes = (one: string, other: string): number => {
  let row = Array.from({ length: other.length + 1 }, (_, i) => i)
  for (const [i, a] of [...one].entries()) {
    const next = [i + 1]
    for (const [j, b] of [...other].entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (a === b ? 0 : 1)))
    row = next
  }
  return row[other.length] ?? 0
}
