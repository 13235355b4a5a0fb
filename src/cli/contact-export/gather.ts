import { type DbClient, Prisma } from '#platform'
import type { Person } from './find-person.ts'

/** Everything that the database holds on a person, as it stands there; amounts and moments become texts in JSON. */
export type PersonalData = Awaited<ReturnType<typeof gather>>

/** Collects it from every table that can hold something: by link where there is one, else by the person's addresses and full names in texts. */
export async function gather(client: DbClient, { contactIds, addresses, names }: Person) {
  const ids = async (query: Prisma.Sql) => (await client.$queryRaw<{ id: number }[]>(query)).map(({ id }) => id)
  const terms = [...addresses, ...names]
  const textNames = (column: Prisma.Sql) =>
    Prisma.sql`EXISTS (SELECT FROM unnest(${terms}::text[]) AS t(term) WHERE position(lower(t.term) IN lower(${column})) > 0)`
  const among = (name: string) => Prisma.sql`${column(name)} && ${addresses}::text[]`

  const mailIds = await ids(
    Prisma.sql`SELECT id FROM "Message" WHERE "fromAddress" = ANY(${addresses}::text[]) OR ${among('"to"')} OR ${among('cc')} OR ${among('"replyTo"')}`,
  )
  const sentIds = await ids(Prisma.sql`SELECT id FROM "OutboundMail" WHERE ${among('"to"')} OR ${among('cc')}`)
  const messageId = { in: mailIds }
  const mentioned = await client.$queryRaw<{ id: number; subject: string; receivedAt: Date; text: string }[]>`
    SELECT id, subject, "receivedAt", text FROM "Message" WHERE NOT id = ANY(${mailIds}::int[]) AND ${textNames(column(`concat_ws(' ', subject, text, "fromName")`))} ORDER BY id`

  const actionsNaming = await client.$queryRaw<{ proposalId: number }[]>`
    SELECT DISTINCT "proposalId" FROM "ProposedAction" WHERE ${textNames(column(`concat(payload::text, evidence::text, result::text)`))}
      OR (payload ->> 'contactId')::text = ANY(${contactIds.map(String)}::text[])`
  const proposals = await client.proposal.findMany({
    where: { OR: [{ messageId }, { id: { in: actionsNaming.map(({ proposalId }) => proposalId) } }] },
    include: { actions: { orderBy: { position: 'asc' } }, decisions: { orderBy: { id: 'asc' } } },
    orderBy: { id: 'asc' },
  })
  const actionIds = proposals.flatMap(({ actions }) => actions.map(({ id }) => id))
  const linked = { OR: [{ messageId }, { actionId: { in: actionIds } }] }
  const naming = async (table: string, text: string) => ({
    id: { in: await ids(Prisma.sql`SELECT id FROM ${column(`"${table}"`)} WHERE ${textNames(column(text))}`) },
  })
  const withInvoices = { invoices: { select: { invoice: { select: { number: true } } } } }
  const byId = { id: 'asc' } as const

  const promises = await client.promiseToPay.findMany({
    where: { OR: [linked, await naming('PromiseToPay', 'evidence')] },
    include: withInvoices,
    orderBy: byId,
  })
  const disputes = await client.dispute.findMany({ where: { OR: [linked, await naming('Dispute', 'text')] }, include: withInvoices, orderBy: byId })
  const notes = await client.note.findMany({
    where: { OR: [{ actionId: { in: actionIds } }, await naming('Note', 'text')] },
    include: withInvoices,
    orderBy: byId,
  })
  const tasks = await client.task.findMany({ where: { OR: [linked, await naming('Task', `concat_ws(' ', title, detail)`)] }, orderBy: byId })
  const subjects = proposals.map(({ id }) => `proposal:${id}`)
  const posted = await client.chatPost.findMany({
    where: { OR: [{ subject: { in: subjects } }, await naming('ChatPost', 'card::text')] },
    select: { id: true },
  })
  const postIds = posted.map(({ id }) => id)
  const auditSubjects = [
    ...subjects,
    ...actionIds.map(id => `action:${id}`),
    ...contactIds.map(id => `contact:${id}`),
    ...sentIds.map(id => `mail:${id}`),
    ...promises.map(({ id }) => `promise:${id}`),
  ]
  const auditNaming = await ids(Prisma.sql`SELECT "entryId" AS id FROM "AuditContent" WHERE ${textNames(column('content::text'))}`)

  return {
    person: { contactIds, addresses, names },
    contacts: await client.contact.findMany({
      where: { OR: [{ id: { in: contactIds } }, await naming('Contact', '"standIn"')] },
      include: { debtor: { include: { administration: { select: { code: true, name: true } }, group: true } } },
      orderBy: byId,
    }),
    staff: await client.staff.findMany({ where: { email: { in: addresses, mode: 'insensitive' } } }),
    mails: await client.message.findMany({
      where: { id: messageId },
      include: { attachments: true, mailbox: { select: { key: true } } },
      orderBy: { receivedAt: 'asc' },
    }),
    sent: await client.outboundMail.findMany({ where: { id: { in: sentIds } }, include: { mailbox: { select: { key: true } } }, orderBy: byId }),
    mentions: mentioned.map(({ text, ...mail }) => ({ ...mail, excerpts: excerpts(text, terms) })),
    readings: await client.reading.findMany({ where: { messageId }, orderBy: byId }),
    proposals,
    promises,
    disputes,
    notes,
    tasks,
    payments: await client.payment.findMany({
      where: { OR: [...names.map(name => ({ payerName: { equals: name, mode: 'insensitive' as const } })), await naming('Payment', 'text')] },
      orderBy: byId,
    }),
    posts: await client.chatPost.findMany({ where: { OR: [{ id: { in: postIds } }, { parentId: { in: postIds } }] }, orderBy: byId }),
    audit: await client.auditEntry.findMany({
      where: { OR: [{ id: { in: auditNaming } }, { subject: { in: auditSubjects } }] },
      include: { content: true },
      orderBy: byId,
    }),
    searches: await client.savedSearch.findMany({ where: await naming('SavedSearch', `concat_ws(' ', name, query)`), orderBy: byId }),
    alerts: await client.opsAlert.findMany({ where: await naming('OpsAlert', `concat_ws(' ', problem, remedy)`), orderBy: byId }),
    settings: await client.settingsVersion.findMany({
      where: await naming('SettingsVersion', 'content::text'),
      select: { id: true, actor: true, createdAt: true },
      orderBy: byId,
    }),
  }
}

const around = 120 // characters on either side

const column = (name: string): Prisma.Sql => Prisma.raw(name)

/** The places where others wrote of the person, without the rest of what they wrote. */
function excerpts(text: string, terms: string[]): string[] {
  const lower = text.toLowerCase()
  return terms.flatMap(term => {
    const at = lower.indexOf(term.toLowerCase())
    return at < 0 ? [] : [text.slice(Math.max(0, at - around), at + term.length + around).toWellFormed()]
  })
}
