import type { DraftLanguage } from '#drafting'
import { totalRows, writtenRow } from '../files/cover.ts'
import { reportWords } from '../words/index.ts'
import type { WrittenReport } from '../write-report.ts'

/** How the whole file comes: in the mail, or by a link for who signs in. */
type Whole = { kind: 'attached' } | { kind: 'link'; url: string }

/** The mail that carries a report: its title, what it is narrowed to, its first rows with the sums of all, and how to get the whole. */
export function writeMail(
  { shown: { cover, columns, rows, totals }, rows: count }: WrittenReport,
  { language, whole, owner, isStaff }: { language: DraftLanguage; whole: Whole; owner: string; isStaff: boolean },
): { subject: string; text: string; html: string } {
  const say = reportWords[language]
  const currencyAt = columns.findIndex(({ id }) => id === 'currency')
  const lines = [
    ...rows.map(cells => ({ cells: writtenRow(cells, columns, cells[currencyAt], language), isSum: false })),
    ...totalRows(columns, totals, say.total).map(({ currency, cells }) => ({ cells: writtenRow(cells, columns, currency, language), isSum: true })),
  ]
  const day = cover.facts.find(([label]) => label === say.taken)?.[1].replace(/, \d\d:\d\d$/, '') ?? ''
  const notes = [
    count === 0 ? say.empty : '',
    count > rows.length ? say.mailCut(rows.length, new Intl.NumberFormat(language).format(count)) : '',
    whole.kind === 'attached' ? say.attached : say.tooLarge(whole.url),
  ].filter(Boolean)
  const foot = [say.setUpBy(owner), ...(isStaff ? [say.onlyYours] : [])]
  const heads = columns.map(({ id }) => say.columns[id])
  const subject = `${cover.title} · ${day}`
  const text = [
    cover.title,
    cover.facts.map(([label, value]) => `${label}: ${value}`).join('\n'),
    lines
      .map(({ cells }) =>
        cells
          .map((cell, index) => (cell === '' ? '' : `${heads[index]}: ${cell}`))
          .filter(Boolean)
          .join(', '),
      )
      .join('\n'),
    notes.join('\n'),
    foot.join('\n'),
  ]
  const isRight = columns.map(({ kind }) => kind !== 'text' && kind !== 'day')
  const isText = columns.map(({ kind }) => kind === 'text')
  const cellOf = (tag: 'td' | 'th', cell: string, index: number, bold = false) =>
    `<${tag} style="padding:3px 10px 3px 0;text-align:${isRight[index] ? 'right' : 'left'};border-bottom:1px solid #d5dcd9${isText[index] || tag === 'th' ? '' : ';white-space:nowrap'}${bold ? ';font-weight:bold' : ''}">${escaped(cell)}</${tag}>`
  const table = `<table style="border-collapse:collapse;font-size:13px"><tr>${heads.map((head, index) => cellOf('th', head, index)).join('')}</tr>${lines
    .map(({ cells, isSum }) => `<tr>${cells.map((cell, index) => cellOf('td', cell, index, isSum)).join('')}</tr>`)
    .join('')}</table>`
  const html = `<div style="font-family:Arial,sans-serif;font-size:14px;color:#1c2422"><p style="font-size:18px;font-weight:bold;margin:0 0 6px">${escaped(cover.title)}</p>
<p style="color:#5d6865;margin:0 0 12px">${cover.facts.map(([label, value]) => `${escaped(label)}: ${escaped(value)}`).join('<br>')}</p>
${lines.length > 0 ? table : ''}
<p>${notes.map(escaped).join('<br>')}</p>
<p style="color:#5d6865;font-size:12px">${foot.map(escaped).join('<br>')}</p></div>`
  return { subject, text: text.filter(Boolean).join('\n\n'), html }
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, character => entities[character] ?? character)
