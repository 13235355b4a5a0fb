import type { Person } from './find-person.ts'
import type { KeptFiles } from './keep-mails.ts'

/** What a cell of the page shows; `html` is made here only. */
export type Cell = string | number | boolean | Date | null | undefined | { html: string }

/** What an export of one person's data does not hold; said wherever its result is. */
export const notCovered = [
  'backups of the database and the data folder, which end by their own age',
  'the mailbox on the mail server, and what the ledger program itself keeps',
  'ledger files and bank statements as they were imported, reject files, and files that exports wrote',
  'log files (personal data stands there only at level trace)',
  'copies that a chat platform keeps of posts outside of this installation',
  'what pictures, scans and attachments say: their texts are not searched',
  'mentions by first name, nickname, phone number or an address that is not known here',
]

/** The beginning of the one page that shows all: no scripts, nothing from elsewhere. Every text of a mail is shown as text. */
export const pageStart = ({ addresses, names }: Person, takenAt: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>Data held on ${escape(addresses[0] ?? names[0] ?? 'one person')}</title><style>${style}</style></head><body>
<h1>Data held on ${escape([...names, ...addresses].join(', '))}</h1>
<p>Taken on ${escape(takenAt)} (UTC). Found by the links between records, and by these addresses and full names in texts. <a href="data.json">data.json</a> holds all of it, in full.</p>
<details open><summary>What this does not cover</summary><ul>${notCovered.map(each => `<li>${escape(each)}</li>`).join('')}</ul></details>
`

export const pageEnd = '</body></html>\n'

/** The table of a section that has rows. */
export const sectionStart = (title: string, columns: string[]): string =>
  `<section><h2>${title}</h2><div><table><thead><tr>${columns.map(name => `<th>${name}</th>`).join('')}</tr></thead><tbody>\n`

export const pageRow = (cells: Cell[]): string => `<tr>${cells.map(cell => `<td>${show(cell)}</td>`).join('')}</tr>\n`

export const sectionEnd = (title: string, count: number): string =>
  count === 0 ? `<section><h2>${title}</h2><p class="none">None.</p></section>\n` : `</tbody></table></div><p class="none">${count} in all.</p></section>\n`

function show(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return escape(cell.toISOString().slice(0, 16).replace('T', ' '))
  return typeof cell === 'object' ? cell.html : escape(String(cell))
}

export const day = (date: Date | null): string => date?.toISOString().slice(0, 10) ?? ''

/** A text behind its title, opened by a click. */
export const folded = (title: string, text: string): Cell => ({
  html: `<details><summary>${escape(title) || '(no subject)'}</summary><pre>${escape(text)}</pre></details>`,
})

export const json = (value: unknown): Cell => ({ html: `<details><summary>show</summary><pre>${escape(JSON.stringify(value, null, 2))}</pre></details>` })

export const linksTo = ({ kept, missing }: KeptFiles): Cell => ({
  html: [
    ...kept.map(file => `<a href="${escape(file.split('/').map(encodeURIComponent).join('/'))}">${escape(file.split('/')[1] ?? file)}</a>`),
    ...missing.map(file => `${escape(file.split('/')[1] ?? file)} (not kept any more)`),
  ].join('<br>'),
})

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, character => escapes[character] ?? '')

const style = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem; color: #1c2430; background: #fff }
h1 { font-size: 1.5rem; overflow-wrap: anywhere } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #d5dae1; padding-bottom: .25rem }
small { color: #5b6675; font-weight: normal } .none { color: #5b6675; margin: 0 }
section > div { overflow-x: auto } table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid #eceff3; overflow-wrap: anywhere; min-width: 5rem }
th { font-weight: 600; color: #5b6675; font-size: .85rem } pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.45 ui-monospace, monospace; margin: .5rem 0; max-width: 60rem }
summary { cursor: pointer } @media print { details > pre { display: block } }
`
