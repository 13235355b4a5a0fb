import { formatAmount } from '#ledger'
import type { PersonalData } from './gather.ts'
import type { MailFiles } from './write-files.ts'

type Cell = string | number | boolean | Date | null | undefined | { html: string }

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

/** The export as one page that needs nothing else: no scripts, nothing from elsewhere. Every text of a mail is shown as text. */
export function personPage(data: PersonalData, { files, missing }: MailFiles, takenAt: string): string {
  const links = (key: string): Cell => ({
    html: [
      ...(files.get(key) ?? []).map(file => `<a href="${escape(file.split('/').map(encodeURIComponent).join('/'))}">${escape(file.split('/')[1] ?? file)}</a>`),
      ...(missing.get(key) ?? []).map(file => `${escape(file.split('/')[1] ?? file)} (not kept any more)`),
    ].join('<br>'),
  })
  const debtors = new Map(data.contacts.map(({ debtor }) => [debtor.id, `${debtor.name} (${debtor.administration.code} ${debtor.number})`]))
  const debtor = (id: number | null) => (id === null ? '' : (debtors.get(id) ?? `debtor ${id}`))

  const sections = [
    table('Contact records', ['Debtor', 'Name', 'E-mail', 'Phone', 'Address', 'Source', 'State', 'Away until', 'Stand-in'], data.contacts, each => [
      debtor(each.debtorId),
      each.name,
      each.email,
      each.phone,
      each.address,
      each.source,
      each.emailStatus,
      day(each.absentUntil),
      each.standIn,
    ]), // prettier-ignore
    table('As a colleague', ['Short name', 'Name', 'E-mail', 'Role'], data.staff, each => [each.key, each.name, each.email, each.role]),
    table('Mails received or filed', ['When', 'Direction', 'From', 'To', 'Subject and text', 'Files'], data.mails, each => [
      each.receivedAt,
      each.direction === 'in' ? 'in' : 'out',
      each.fromAddress,
      [...each.to, ...each.cc].join(', '),
      folded(each.subject, each.text),
      links(`in-${each.id}`),
    ]), // prettier-ignore
    table('Mails that Duncan sent or will send', ['When', 'State', 'To', 'Subject and text', 'Files'], data.sent, each => [
      each.sentAt ?? each.sendAfter,
      each.state,
      [...each.to, ...each.cc].join(', '),
      folded(each.subject, each.text),
      links(`out-${each.id}`),
    ]), // prettier-ignore
    table('Mails of others that name this person', ['When', 'Subject', 'Where it names them'], data.mentions, each => [
      each.receivedAt,
      each.subject,
      each.excerpts.join(' … '),
    ]),
    table('What was read in the mails', ['Mail', 'When', 'By', 'Reading'], data.readings, each => [
      `in-${each.messageId}`,
      each.createdAt,
      each.engine,
      json(each.reading),
    ]),
    table('Proposals and decisions', ['Proposal', 'When', 'State', 'Summary', 'Actions', 'Decisions'], data.proposals, each => [
      each.id,
      each.createdAt,
      each.status,
      each.summary,
      json(each.actions),
      json(each.decisions),
    ]), // prettier-ignore
    table('Promises to pay', ['When', 'Debtor', 'Invoices', 'Promised for', 'Amount', 'State', 'Words'], data.promises, each => [
      each.createdAt,
      debtor(each.debtorId),
      invoices(each),
      day(each.promisedOn),
      each.amount && `${each.amount.toFixed(2)} ${each.currency ?? ''}`,
      each.status,
      each.evidence,
    ]), // prettier-ignore
    table('Disputes', ['When', 'Debtor', 'Invoices', 'Reason', 'Text', 'State'], data.disputes, each => [
      each.createdAt,
      debtor(each.debtorId),
      invoices(each),
      each.reason,
      each.text,
      each.status,
    ]), // prettier-ignore
    table('Notes', ['When', 'Debtor', 'Invoices', 'Text'], data.notes, each => [each.createdAt, debtor(each.debtorId), invoices(each), each.text]),
    table('Tasks', ['When', 'Debtor', 'Title', 'Detail', 'State'], data.tasks, each => [
      each.createdAt,
      debtor(each.debtorId),
      each.title,
      each.detail,
      each.status,
    ]),
    table('Bank payments', ['When', 'Amount', 'Payer', 'Account', 'Text'], data.payments, each => [
      day(each.receivedOn),
      formatAmount(each.amount, each.currency),
      each.payerName,
      each.payerIban,
      each.text,
    ]), // prettier-ignore
    table('Chat posts', ['When', 'Where', 'Post'], data.posts, each => [
      each.createdAt,
      `${each.surface} ${each.channel}`,
      folded(textsOf(each.card)[0] ?? '', textsOf(each.card).join('\n')),
    ]),
    table('Audit trail', ['When', 'Who', 'What', 'About', 'Detail'], data.audit, each => [
      each.at,
      each.actor,
      each.event,
      each.subject,
      json({ ...(each.detail as object), ...(each.content && { content: each.content.content }) }),
    ]), // prettier-ignore
    table('Saved searches', ['Name', 'Query'], data.searches, each => [each.name, each.query]),
    table('Alerts about Duncan itself', ['When', 'Problem'], data.alerts, each => [each.raisedAt, each.problem]),
    table('Versions of the settings', ['Version', 'When', 'By'], data.settings, each => [each.id, each.createdAt, each.actor]),
  ]
  const { addresses, names } = data.person
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>Data held on ${escape(addresses[0] ?? names[0] ?? 'one person')}</title><style>${style}</style></head><body>
<h1>Data held on ${escape([...names, ...addresses].join(', '))}</h1>
<p>Taken on ${escape(takenAt)} (UTC). Found by the links between records, and by these addresses and full names in texts. <a href="data.json">data.json</a> holds all of it, in full.</p>
<details open><summary>What this does not cover</summary><ul>${notCovered.map(each => `<li>${escape(each)}</li>`).join('')}</ul></details>
${sections.join('\n')}
</body></html>
`
}

function table<T>(title: string, columns: string[], rows: T[], cells: (row: T) => Cell[]): string {
  if (rows.length === 0) return `<section><h2>${title}</h2><p class="none">None.</p></section>`
  const head = columns.map(name => `<th>${name}</th>`).join('')
  const body = rows
    .map(
      row =>
        `<tr>${cells(row)
          .map(cell => `<td>${show(cell)}</td>`)
          .join('')}</tr>`,
    )
    .join('\n') // prettier-ignore
  return `<section><h2>${title} <small>${rows.length}</small></h2><div><table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div></section>`
}

function show(cell: Cell): string {
  if (cell === null || cell === undefined) return ''
  if (cell instanceof Date) return escape(cell.toISOString().slice(0, 16).replace('T', ' '))
  return typeof cell === 'object' ? cell.html : escape(String(cell))
}

const invoices = (of: { invoices: { invoice: { number: string } }[] }): string => of.invoices.map(({ invoice }) => invoice.number).join(', ')
const day = (date: Date | null): string => date?.toISOString().slice(0, 10) ?? ''
const folded = (title: string, text: string): Cell => ({
  html: `<details><summary>${escape(title) || '(no subject)'}</summary><pre>${escape(text)}</pre></details>`,
})
const json = (value: unknown): Cell => ({ html: `<details><summary>show</summary><pre>${escape(JSON.stringify(value, null, 2))}</pre></details>` })

/** The words of a card, without its structure. */
function textsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return ['text', 'title', 'subtitle', 'label', 'value', 'content', 'fallback'].includes(key) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => textsOf(inner, Array.isArray(value) ? key : name))
}

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
