/** `from` and `to`: where it stands in the lines of its table. */
export type Column = { from: number; to: number; isRight: boolean }

/** What stands apart by two spaces or more in every line. Numbers stand to the right, as they do in the text. */
export function columnsOf(lines: readonly string[]): Column[] {
  const width = Math.max(...lines.map(line => line.length))
  const isUsed = Array.from({ length: width }, (_, at) => (lines.some(line => (line[at] ?? ' ') !== ' ') ? 'x' : ' ')).join('')
  return [...isUsed.matchAll(/x+(?: x+)*/g)].map(({ index: from, 0: used }, order, { length }) => {
    const to = from + used.length
    const filled = lines.map(line => line.slice(from, to).padEnd(used.length)).filter(cell => cell.trim() !== '')
    const [startsEvenly, endsEvenly] = [/^\S/, /\S$/].map(edge => filled.every(cell => edge.test(cell)))
    // Where all are of one length, the last column is the one of amounts.
    return { from, to, isRight: order > 0 && endsEvenly === true && (!startsEvenly || order === length - 1) }
  })
}
