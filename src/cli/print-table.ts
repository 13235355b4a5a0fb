import { stripVTControlCharacters } from 'node:util'

/** Prints rows under their titles in columns as wide as their widest text. */
export function printTable(titles: readonly string[], rows: readonly (readonly string[])[]): void {
  // Names come from files and mails: what steers a terminal must not reach it.
  const lines = [titles, ...rows].map(row => row.map(text => stripVTControlCharacters(text).replaceAll(/\p{Cc}/gu, ' ')))
  const widths = titles.map((_, column) => Math.max(...lines.map(row => row[column]?.length ?? 0)))
  for (const line of lines)
    console.log(
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}
