import { type DbClient, Prisma } from '#platform'
import type { Person } from './find-person.ts'
import { wordsOf } from './words.ts'

/** Where a person stands in the database: ids of rows, which are few even of who wrote for years. */
export type Traces = Awaited<ReturnType<typeof findTraces>>

/** Looks through every table that can hold something: by link where there is one, else by the person's addresses and full names in texts. */
export async function findTraces(client: DbClient, { contactIds, addresses, names }: Person) {
  const words = wordsOf([...addresses, ...names])
  const ids = async (query: Prisma.Sql) => (await client.$queryRaw<{ id: number }[]>(query)).map(({ id }) => id)
  const among = (column: string) => Prisma.sql`${Prisma.raw(column)} && ${addresses}::text[]`
  const where = (table: string, condition: Prisma.Sql) => ids(Prisma.sql`SELECT id FROM ${Prisma.raw(`"${table}"`)} WHERE ${condition} ORDER BY id`)

  const mails = await where('Message', Prisma.sql`"fromAddress" = ANY(${addresses}::text[]) OR ${among('"to"')} OR ${among('cc')} OR ${among('"replyTo"')}`)
  const sent = await where('OutboundMail', Prisma.sql`${among('"to"')} OR ${among('cc')}`)
  const proposals = await where(
    'Proposal',
    Prisma.sql`"messageId" = ANY(${mails}::int[]) OR id IN (SELECT "proposalId" FROM "ProposedAction"
      WHERE ${words.inJson(`concat(payload::text, ' ', evidence::text, ' ', result::text)`)} OR (payload ->> 'contactId') = ANY(${contactIds.map(String)}::text[]))
      OR id IN (SELECT "proposalId" FROM "Decision" WHERE ${words.inJson(`concat(reason, ' ', detail::text)`)})`,
  )
  const actions = await where('ProposedAction', Prisma.sql`"proposalId" = ANY(${proposals}::int[])`)
  const promises = await where('PromiseToPay', Prisma.sql`${linked(mails, actions)} OR ${words.inText('evidence')}`)
  const disputes = await where('Dispute', Prisma.sql`${linked(mails, actions)} OR ${words.inText('text')}`)
  const payments = await where('Payment', Prisma.sql`lower("payerName") = ANY(${names.map(name => name.toLowerCase())}::text[])`)
  const subjects = [
    ...proposals.map(id => `proposal:${id}`),
    ...actions.map(id => `action:${id}`),
    ...contactIds.map(id => `contact:${id}`),
    ...sent.map(id => `mail:${id}`),
    ...promises.map(id => `promise:${id}`),
  ]
  const posts = await where('ChatPost', Prisma.sql`subject = ANY(${proposals.map(id => `proposal:${id}`)}::text[]) OR ${words.inJson('card')}`)
  return {
    contacts: contactIds,
    debtors: await where('Debtor', words.inText('name')),
    standIns: await where('Contact', words.inText('"standIn"')),
    staff: await where('Staff', Prisma.sql`lower(email) = ANY(${addresses}::text[])`),
    signIns: (await client.mailSignIn.findMany({ where: { account: { in: addresses, mode: 'insensitive' } }, select: { name: true } })).map(({ name }) => name),
    mails,
    sent,
    mentions: await where('Message', Prisma.sql`NOT id = ANY(${mails}::int[]) AND ${words.inText(`concat_ws(' ', subject, text, "fromName")`)}`),
    readings: await where('Reading', Prisma.sql`"messageId" = ANY(${mails}::int[])`),
    proposals,
    promises,
    disputes,
    notes: await where('Note', Prisma.sql`"actionId" = ANY(${actions}::int[]) OR ${words.inText('text')}`),
    tasks: await where('Task', Prisma.sql`${linked(mails, actions)} OR ${words.inText(`concat_ws(' ', title, detail)`)}`),
    entries: await where('DebtorEntry', words.inJson('payload')),
    corrections: await where('Correction', Prisma.sql`${words.inText('about')} OR ${words.inJson('change')} OR "proposalId" = ANY(${proposals}::int[])`),
    payments,
    paymentMentions: await where(
      'Payment',
      Prisma.sql`NOT id = ANY(${payments}::int[]) AND ${words.inText(`concat_ws(' ', text, "payerName", "endToEndId")`)}`,
    ),
    posts: await where('ChatPost', Prisma.sql`id = ANY(${posts}::int[]) OR "parentId" = ANY(${posts}::int[])`),
    audit: await ids(
      Prisma.sql`SELECT id FROM "AuditEntry" WHERE subject = ANY(${subjects}::text[])
        OR id IN (SELECT "entryId" FROM "AuditContent" WHERE ${words.inJson('content')}) ORDER BY id`,
    ),
    searches: await where('SavedSearch', words.inText(`concat_ws(' ', name, query)`)),
    alerts: await where('OpsAlert', words.inText(`concat_ws(' ', problem, remedy)`)),
    settings: await where('SettingsVersion', words.inJson('content')),
    words,
  }
}

const linked = (messages: number[], actions: number[]) => Prisma.sql`("messageId" = ANY(${messages}::int[]) OR "actionId" = ANY(${actions}::int[]))`
