// What was meant by a name that is none.

/** The name that is closest to it, if it is close. */
export const closest = (name: string, names: readonly string[]): string | undefined => {
  const bound = name.length < 6 ? 1 : 2
  const rated = names.map((one) => ({ one, distance: distance(name.toLowerCase(), one.toLowerCase()) }))
  const [best] = rated.filter((row) => row.distance <= bound).sort((a, b) => a.distance - b.distance)
  return best?.one
}

/** How many letters must be changed, added or left out (Levenshtein). */
const distance = (a: string, b: string): number => {
  if (Math.abs(a.length - b.length) > 2) return 3
  let row = [...Array(b.length + 1).keys()]
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++)
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)))
    row = next
  }
  return row[b.length] ?? 0
}
