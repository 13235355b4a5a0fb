import { columnsOf } from '#drafting'

type Table = { columns: { title: string; align: 'left' | 'right' }[]; rows: string[][] }
export type LetterPart = { text: string; table?: Table }

/**
 * The parts of a letter's text, in order: several lines that hold columns, set apart by spaces, are a table, whose columns would stand askew in
 * letters of several widths. `text` is the same as it is written.
 */
export function letterParts(text: string): LetterPart[] {
  const runs: { lines: string[]; hasGaps: boolean }[] = []
  for (const line of text.split('\n')) {
    const hasGaps = /\S {2,}\S/.test(line)
    const last = runs.at(-1)
    if (last?.hasGaps === hasGaps) last.lines.push(line)
    else runs.push({ lines: [line], hasGaps })
  }
  const parts: LetterPart[] = []
  for (const { lines, hasGaps } of runs) {
    const table = hasGaps ? tableOf(lines) : undefined
    const said = lines.join('\n')
    const last = parts.at(-1)
    if (table) parts.push({ text: said, table })
    else if (last && !last.table) last.text += `\n${said}`
    else parts.push({ text: said })
  }
  // A table has its own room above and below.
  return parts.length > 1 ? parts.map(part => (part.table ? part : { text: part.text.replaceAll(/^\n+|\n+$/g, '') })) : parts
}

function tableOf(lines: readonly string[]): Table | undefined {
  const columns = columnsOf(lines)
  if (lines.length < 2 || columns.length < 2) return undefined
  const [head = [], ...rows] = lines.map(line => columns.map(({ from, to }) => line.slice(from, to).trim()))
  return { columns: columns.map(({ isRight }, index) => ({ title: head[index] ?? '', align: isRight ? 'right' : 'left' })), rows }
}
