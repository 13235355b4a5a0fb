import { type Column, columnsOf } from './text-columns.ts'

const looks = {
  text: 'font:15px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;color:#1c2430;margin:0 0 14px',
  table: 'font:13px/1.4 -apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif;color:#1c2430;border-collapse:collapse;margin:0 0 14px',
  cell: 'padding:4px 0;border-bottom:1px solid #d5dbd8;vertical-align:top',
  button: 'display:inline-block;padding:10px 18px;border-radius:6px;text-decoration:none;font-weight:600;margin:2px 0',
}
const colors = ['background:#14532d;color:#ffffff', 'border:1px solid #14532d;color:#14532d'] // the one to press, and what stands below it

/**
 * A text as HTML that says the same, word for word: lines that hold columns are a table, and a line that ends in one of these addresses is a
 * button with its words. Nothing in it is loaded from anywhere.
 */
export function mailHtml(text: string, buttons: readonly string[]): string {
  const blocks: { hasGaps: boolean; lines: string[] }[] = [{ hasGaps: false, lines: [] }]
  for (const line of text.trim().split('\n')) {
    const hasGaps = /\S {2,}\S/.test(line)
    const last = blocks.at(-1)
    if (line === '') blocks.push({ hasGaps: false, lines: [] })
    else if (last && (last.hasGaps === hasGaps || last.lines.length === 0)) Object.assign(last, { hasGaps }).lines.push(line)
    else blocks.push({ hasGaps, lines: [line] })
  }
  const parts = blocks.map(({ hasGaps, lines }) => {
    const columns = hasGaps && lines.length > 1 ? columnsOf(lines) : []
    return columns.length > 1 ? tableOf(lines, columns) : paragraphOf(lines, buttons)
  })
  return `<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n${parts.join('\n')}\n</body></html>\n`
}

function tableOf(lines: readonly string[], columns: readonly Column[]): string {
  const rows = lines.map((line, row) => {
    const cells = columns.map(({ from, to, isRight }, order) => {
      // On a phone a long number is broken, but neither a day nor an amount.
      const breaks = order === 0 ? ';overflow-wrap:anywhere' : `;padding-left:10px${row > 0 ? ';white-space:nowrap' : ''}`
      const look = `${looks.cell}${breaks}${isRight ? ';text-align:right' : ''}`
      return `<td style="${look}">${escaped(line.slice(from, to).trim())}</td>`
    })
    return `<tr${row === 0 ? ' style="color:#5d6865;font-size:12px"' : ''}>${cells.join('')}</tr>`
  })
  return `<table style="${looks.table}">\n${rows.join('\n')}\n</table>`
}

function paragraphOf(lines: readonly string[], buttons: readonly string[]): string {
  let isBelow = false
  const said = lines.map(line => {
    const address = buttons.find(each => line.endsWith(`: ${each}`))
    const color = colors[isBelow ? 1 : 0]
    isBelow = address !== undefined
    if (address === undefined) return escaped(line)
    const label = line.slice(0, -address.length).trim().replace(/\s*:$/, '')
    return `<a href="${escaped(address)}" style="${looks.button};${color}">${escaped(label)}</a>`
  })
  // Outlook knows no pre-wrap: lines are broken by marks of their own.
  return `<p style="${looks.text}">${said.join('<br>\n')}</p>`
}

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, sign => `&#${sign.codePointAt(0)};`)
