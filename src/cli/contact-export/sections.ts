import { formatAmount } from '#ledger'
import type { DbClient } from '#platform'
import type { Traces } from './find-traces.ts'
import type { MailFiles } from './keep-mails.ts'
import { type Cell, day, folded, json, linksTo } from './page.ts'

type Entry = { row: object; cells: Cell[] }

/** One kind of records on a person, as it stands in the database and as the page shows it; read while it is written, page by page. */
export type Section = { name: string; title: string; columns: string[]; entries: AsyncIterable<Entry> }

const pageSize = 100
const byId = { orderBy: { id: 'asc' } } as const
const withInvoices = { invoices: { select: { invoice: { select: { number: true } } } } } as const

/** Everything that the traces lead to. The sources and attachments of mails are kept by `files` on the way. */
export function sectionsOf(client: DbClient, traces: Traces, files: MailFiles): Section[] {
  const { words } = traces
  /** Debtors are named as the contact records name them; they come first. */
  const debtors = new Map<number, string>()
  const debtor = (id: number | null) => (id === null ? '' : (debtors.get(id) ?? `debtor ${id}`))

  return [
    section(
      'contacts',
      'Contact records',
      ['Debtor', 'Name', 'E-mail', 'Phone', 'Address', 'Source', 'State', 'Away until', 'Stand-in'],
      rows(traces.contacts, where => client.contact.findMany({ where, include: { debtor: { include: { administration: true, group: true } } }, ...byId })),
      each => {
        debtors.set(each.debtorId, `${each.debtor.name} (${each.debtor.administration.code} ${each.debtor.number})`)
        return [debtor(each.debtorId), each.name, each.email, each.phone, each.address, each.source, each.emailStatus, day(each.absentUntil), each.standIn]
      },
    ),
    section(
      'debtors',
      'Debtors named after this person',
      ['Administration', 'Number', 'Name', 'Company number', 'VAT number'],
      rows(traces.debtors, where => client.debtor.findMany({ where, include: { administration: true }, ...byId })),
      each => [each.administration.code, each.number, each.name, each.companyNumber, each.vatNumber],
    ),
    // The colleague who is away is another person: of their record only what it says of this one.
    section(
      'standIns',
      'Named as a stand-in by a colleague',
      ['Debtor', 'Until', 'Words'],
      rows(traces.standIns, where => client.contact.findMany({ where, select: { debtorId: true, absentUntil: true, standIn: true }, ...byId })),
      each => [debtor(each.debtorId), day(each.absentUntil), each.standIn],
    ),
    section(
      'staff',
      'As a colleague',
      ['Short name', 'Name', 'E-mail', 'Role', 'Absences, sessions, choices'],
      rows(traces.staff, where =>
        client.staff.findMany({
          where,
          include: { absences: true, covers: true, preference: true, chatAccounts: true, sessions: { omit: { tokenHash: true } } },
          ...byId,
        }),
      ),
      ({ absences, covers, preference, chatAccounts, sessions, ...each }) => [
        each.key,
        each.name,
        each.email,
        each.role,
        json({ absences, covers, preference, chatAccounts, sessions }),
      ],
    ),
    section(
      'signIns',
      'Mailboxes that they signed in',
      ['Sign-in', 'Provider', 'Account', 'Signed in', 'Ends'],
      only(client.mailSignIn.findMany({ where: { name: { in: traces.signIns } }, orderBy: { name: 'asc' } })),
      each => [each.name, each.provider, each.account, each.signedInAt, each.expiresAt],
    ),
    section(
      'mails',
      'Mails received or filed',
      ['When', 'Direction', 'From', 'To', 'Subject and text', 'Files'],
      rows(traces.mails, where => client.message.findMany({ where, include: { attachments: true, mailbox: { select: { key: true } } }, ...byId })),
      async each => [
        each.receivedAt,
        each.direction === 'in' ? 'in' : 'out',
        each.fromAddress,
        [...each.to, ...each.cc].join(', '),
        folded(each.subject, each.text),
        linksTo(await files.keepMail(each)),
      ],
    ),
    section(
      'sent',
      'Mails that Duncan sent or will send',
      ['When', 'State', 'To', 'Subject and text', 'Files'],
      rows(traces.sent, where => client.outboundMail.findMany({ where, include: { mailbox: { select: { key: true } } }, ...byId })),
      async each => [
        each.sentAt ?? each.sendAfter,
        each.state,
        [...each.to, ...each.cc].join(', '),
        folded(each.subject, each.text),
        linksTo(await files.keepSent(each)),
      ],
    ),
    section(
      'mentions',
      'Mails of others that name this person',
      ['When', 'Subject', 'Where it names them'],
      rows(traces.mentions, async where => {
        const found = await client.message.findMany({ where, select: { id: true, subject: true, receivedAt: true, text: true }, ...byId })
        return found.map(({ text, ...mail }) => ({ ...mail, excerpts: words.excerpts(text) }))
      }),
      each => [each.receivedAt, each.subject, each.excerpts.join(' … ')],
    ),
    section(
      'readings',
      'What was read in the mails',
      ['Mail', 'When', 'By', 'Reading'],
      rows(traces.readings, where => client.reading.findMany({ where, ...byId })),
      each => [`in-${each.messageId}`, each.createdAt, each.engine, json(each.reading)],
    ),
    section(
      'proposals',
      'Proposals and decisions',
      ['Proposal', 'When', 'State', 'Summary', 'Actions', 'Decisions'],
      rows(traces.proposals, where =>
        client.proposal.findMany({ where, include: { actions: { orderBy: { position: 'asc' } }, decisions: { orderBy: { id: 'asc' } } }, ...byId }),
      ),
      each => [each.id, each.createdAt, each.status, each.summary, json(each.actions), json(each.decisions)],
    ),
    section(
      'promises',
      'Promises to pay',
      ['When', 'Debtor', 'Invoices', 'Promised for', 'Amount', 'State', 'Words'],
      rows(traces.promises, where => client.promiseToPay.findMany({ where, include: withInvoices, ...byId })),
      each => [
        each.createdAt,
        debtor(each.debtorId),
        invoices(each),
        day(each.promisedOn),
        each.amount && (each.currency ? formatAmount(each.amount, each.currency) : each.amount.toFixed()),
        each.status,
        each.evidence,
      ],
    ),
    section(
      'disputes',
      'Disputes',
      ['When', 'Debtor', 'Invoices', 'Reason', 'Text', 'State'],
      rows(traces.disputes, where => client.dispute.findMany({ where, include: { ...withInvoices, events: { orderBy: { id: 'asc' } } }, ...byId })),
      each => [each.createdAt, debtor(each.debtorId), invoices(each), each.reason, each.text, each.status],
    ),
    section(
      'notes',
      'Notes',
      ['When', 'Debtor', 'Invoices', 'Text'],
      rows(traces.notes, where => client.note.findMany({ where, include: withInvoices, ...byId })),
      each => [each.createdAt, debtor(each.debtorId), invoices(each), each.text],
    ),
    section(
      'tasks',
      'Tasks',
      ['When', 'Debtor', 'Title', 'Detail', 'State'],
      rows(traces.tasks, where => client.task.findMany({ where, ...byId })),
      each => [each.createdAt, debtor(each.debtorId), each.title, each.detail, each.status],
    ),
    section(
      'entries',
      'Entered by colleagues',
      ['When', 'Debtor', 'Kind', 'Content', 'State'],
      rows(traces.entries, where => client.debtorEntry.findMany({ where, ...byId })),
      each => [each.createdAt, debtor(each.debtorId), each.kind, json(each.payload), each.status],
    ),
    section(
      'corrections',
      'What was learned from corrections of proposals',
      ['When', 'Debtor', 'Rule', 'About', 'Change'],
      rows(traces.corrections, where => client.correction.findMany({ where, ...byId })),
      each => [each.createdAt, debtor(each.debtorId), each.rule, each.about, json(each.change)],
    ),
    section(
      'payments',
      'Bank payments',
      ['When', 'Amount', 'Payer', 'Account', 'Text'],
      rows(traces.payments, where => client.payment.findMany({ where, ...byId })),
      each => [day(each.receivedOn), formatAmount(each.amount, each.currency), each.payerName, each.payerIban, each.text],
    ),
    section(
      'paymentMentions',
      'Bank payments of others that name this person',
      ['When', 'Where they name them'],
      rows(traces.paymentMentions, async where => {
        const found = await client.payment.findMany({ where, select: { id: true, receivedOn: true, text: true, payerName: true, endToEndId: true }, ...byId })
        return found.map(({ id, receivedOn, ...texts }) => ({ id, receivedOn, excerpts: words.excerpts(Object.values(texts).join(' ')) }))
      }),
      each => [day(each.receivedOn), each.excerpts.join(' … ')],
    ),
    section(
      'posts',
      'Chat posts',
      ['When', 'Where', 'Post'],
      rows(traces.posts, where => client.chatPost.findMany({ where, ...byId })),
      each => [each.createdAt, `${each.surface} ${each.channel}`, folded(textsOf(each.card)[0] ?? '', textsOf(each.card).join('\n'))],
    ),
    section(
      'audit',
      'Audit trail',
      ['When', 'Who', 'What', 'About', 'Detail'],
      rows(traces.audit, where => client.auditEntry.findMany({ where, include: { content: true }, ...byId })),
      each => [each.at, each.actor, each.event, each.subject, json({ ...(each.detail as object), ...(each.content && { content: each.content.content }) })],
    ),
    section(
      'searches',
      'Saved searches',
      ['Name', 'Query'],
      rows(traces.searches, where => client.savedSearch.findMany({ where, ...byId })),
      each => [each.name, each.query],
    ),
    section(
      'alerts',
      'Alerts about Duncan itself',
      ['When', 'Problem'],
      rows(traces.alerts, where => client.opsAlert.findMany({ where, ...byId })),
      each => [each.raisedAt, each.problem],
    ),
    section(
      'settings',
      'Versions of the settings',
      ['Version', 'When', 'By'],
      rows(traces.settings, where => client.settingsVersion.findMany({ where, select: { id: true, actor: true, createdAt: true }, ...byId })),
      each => [each.id, each.createdAt, each.actor],
    ),
  ]
}

function section<Row extends object>(
  name: string,
  title: string,
  columns: string[],
  found: AsyncIterable<Row>,
  cells: (row: Row) => Cell[] | Promise<Cell[]>,
): Section {
  async function* entries() {
    for await (const row of found) yield { row, cells: await cells(row) }
  }
  return { name, title, columns, entries: entries() }
}

/** The rows of these ids, a page at a time. */
async function* rows<Row>(ids: number[], read: (where: { id: { in: number[] } }) => Promise<Row[]>): AsyncGenerator<Row> {
  for (let at = 0; at < ids.length; at += pageSize) yield* await read({ id: { in: ids.slice(at, at + pageSize) } })
}

async function* only<Row>(read: Promise<Row[]>): AsyncGenerator<Row> {
  yield* await read
}

const invoices = (of: { invoices: { invoice: { number: string } }[] }): string => of.invoices.map(({ invoice }) => invoice.number).join(', ')

/** The words of a card, without its structure. */
function textsOf(value: unknown, key = ''): string[] {
  if (typeof value === 'string') return ['text', 'title', 'subtitle', 'label', 'value', 'content', 'fallback'].includes(key) ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => textsOf(inner, Array.isArray(value) ? key : name))
}
