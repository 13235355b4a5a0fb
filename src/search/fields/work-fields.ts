import { mailInSight } from '#people'
import { Prisma } from '#platform'
import { among, column, flag, optionalColumn, type SearchContext, type SearchField } from './field.ts'

const mail = Prisma.sql`m`

const lastMail = ({ sight, timeZone }: SearchContext, direction: Prisma.Sql) => Prisma.sql`
  (SELECT (max(m."receivedAt") AT TIME ZONE ${timeZone})::date FROM "Message" m
  WHERE m."debtorId" = d.id AND ${direction} AND ${mailInSight(sight, mail)})`

/** What went to and fro and what waits. Mail that the asker may not see does not count. */
export const workFields: readonly SearchField[] = [
  optionalColumn({ name: 'last_mail', type: 'day', help: 'the newest mail, in or out', example: 'last_mail:<-30d' }, context =>
    lastMail(context, Prisma.sql`TRUE`),
  ),
  optionalColumn({ name: 'last_in', type: 'day', help: 'when it last wrote', example: 'last_in:today' }, context =>
    lastMail(context, Prisma.sql`m.direction = 'in'`),
  ),
  optionalColumn({ name: 'last_out', type: 'day', help: 'when it was last written to', example: 'last_out:none' }, context =>
    lastMail(context, Prisma.sql`m.direction = 'out'`),
  ),
  column(
    { name: 'proposals', type: 'number', help: 'open proposals; alone: at least one', example: 'proposals:>1', bare: true },
    ({ sight }) =>
      Prisma.sql`(SELECT count(*) FROM "Proposal" o JOIN "Message" m ON m.id = o."messageId"
        WHERE o."debtorId" = d.id AND o.status IN ('open', 'awaiting_second', 'snoozed') AND ${mailInSight(sight, mail)})`,
  ),
  among({ name: 'note', type: 'text', help: 'words of a note', example: 'note:"ask for petra"' }, () => ({
    debtorId: Prisma.sql`n."debtorId"`,
    value: Prisma.sql`n.text`,
    from: Prisma.sql`"Note" n`,
    where: Prisma.sql`TRUE`,
  })),
  flag('task', 'has an open task', () => Prisma.sql`d.id IN (SELECT t."debtorId" FROM "Task" t WHERE t.status = 'open')`),
]
