/** Those of the names that a typing mistake could have made this word of, nearest first, at most three. */
export function nearest(word: string, names: Iterable<string>): string[] {
  const typed = word.toLowerCase()
  const most = typed.length <= 3 ? 1 : 2
  return [...names]
    .map(name => ({ name, distance: typed.length > 2 && name.startsWith(typed) ? 0.5 : distance(typed, name.toLowerCase(), most) }))
    .filter(({ distance: far }) => far <= most)
    .toSorted((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}

/** Letters to insert, drop, change or swap with their neighbour; more than `most` is not counted to the end. */
function distance(from: string, to: string, most: number): number {
  if (Math.abs(from.length - to.length) > most) return most + 1
  let [twoBack, back]: [number[], number[]] = [[], Array.from({ length: to.length + 1 }, (_, index) => index)]
  for (let row = 1; row <= from.length; row++) {
    const current = [row]
    for (let column = 1; column <= to.length; column++) {
      const change = from[row - 1] === to[column - 1] ? 0 : 1
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      const steps = [(back[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (back[column - 1] ?? 0) + change]
      if (swapped) steps.push((twoBack[column - 2] ?? 0) + 1)
      current.push(Math.min(...steps))
    }
    ;[twoBack, back] = [back, current]
  }
  return back[to.length] ?? most + 1
}
