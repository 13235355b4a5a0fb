import { mailInSight } from '#people'
import { Prisma } from '#platform'
import { among, flagAmong, type SearchContext, type SearchField, summed } from './field.ts'

const mail = Prisma.sql`m`

const lastMail = ({ sight, timeZone }: SearchContext, direction: Prisma.Sql) => ({
  debtorId: Prisma.sql`m."debtorId"`,
  value: Prisma.sql`(max(m."receivedAt") AT TIME ZONE ${timeZone}::text)::date`,
  from: Prisma.sql`"Message" m`,
  where: Prisma.sql`m."debtorId" IS NOT NULL AND ${direction} AND ${mailInSight(sight, mail)}`,
})

/** What went to and fro and what waits. Mail that the asker may not see does not count. */
export const workFields: readonly SearchField[] = [
  summed(
    { name: 'last_mail', type: 'day', help: 'the newest mail, in or out', example: 'last_mail:<-30d' },
    context => lastMail(context, Prisma.sql`TRUE`),
    null,
  ),
  summed(
    { name: 'last_in', type: 'day', help: 'when it last wrote', example: 'last_in:today' },
    context => lastMail(context, Prisma.sql`m.direction = 'in'`),
    null,
  ),
  summed(
    { name: 'last_out', type: 'day', help: 'when it was last written to', example: 'last_out:none' },
    context => lastMail(context, Prisma.sql`m.direction = 'out'`),
    null,
  ),
  summed(
    { name: 'proposals', type: 'number', help: 'open proposals; alone: at least one', example: 'proposals:>1', bare: true },
    ({ sight }) => ({
      debtorId: Prisma.sql`o."debtorId"`,
      value: Prisma.sql`count(*)`,
      from: Prisma.sql`"Proposal" o JOIN "Message" m ON m.id = o."messageId"`,
      where: Prisma.sql`o."debtorId" IS NOT NULL AND o.status IN ('open', 'awaiting_second', 'snoozed') AND ${mailInSight(sight, mail)}`,
    }),
    0,
  ),
  among({ name: 'note', type: 'text', help: 'words of a note', example: 'note:"ask for petra"' }, () => ({
    debtorId: Prisma.sql`n."debtorId"`,
    value: Prisma.sql`n.text`,
    from: Prisma.sql`"Note" n`,
    where: Prisma.sql`TRUE`,
  })),
  flagAmong('task', 'has an open task', () => ({
    debtorId: Prisma.sql`t."debtorId"`,
    from: Prisma.sql`"Task" t`,
    where: Prisma.sql`t."debtorId" IS NOT NULL AND t.status = 'open'`,
  })),
]
