import { z } from 'zod'
import type { Sight } from '#people'
import { type Db, Prisma } from '#platform'
import { criteria, criterionValueSchema } from '../values/criteria.ts'
import { alertInSight } from './alert-in-sight.ts'
import type { AlertFact } from './view-alert.ts'

/** An alert on a list: the first of those that stand together, the urgent before the others. */
export type ListedAlert = Pick<AlertFact, 'rule' | 'criterion' | 'before' | 'value'> & {
  id: number
  company: string
  party: 'debtor' | 'supplier'
  administration: string
  raisedAt: Date
  /** How many facts stand together on its card. */
  facts: number
}

type Row = Omit<ListedAlert, 'criterion' | 'before' | 'value'> & { criterion: string; before: unknown; value: unknown; total: number }

/** A page of the alerts in sight that nobody has dealt with, urgent ones first, then the newest; and how many there are. */
export async function openAlerts(db: Db, sight: Sight, page: { limit: number; offset: number }): Promise<{ alerts: ListedAlert[]; total: number }> {
  const rows = await db.$queryRaw<Row[]>`
    WITH cards AS (
      SELECT DISTINCT ON (l."companyId", l."administrationId", l.party, l."raisedAt") l.id, l."companyId", a.name AS administration, l.party, l.rule,
        l.urgency, l.criterion, l.before, l.value, l."raisedAt", count(*) OVER (PARTITION BY l."companyId", l."administrationId", l.party, l."raisedAt")::int AS facts
      FROM "CreditAlert" l JOIN "Administration" a ON a.id = l."administrationId"
      WHERE l.status = 'open' AND ${alertInSight(sight, Prisma.raw('l'), Prisma.sql`a.code`)}
      ORDER BY l."companyId", l."administrationId", l.party, l."raisedAt", l.urgency DESC, l.id)
    SELECT cards.*, c.name AS company, count(*) OVER ()::int AS total FROM cards JOIN "CreditCompany" c ON c.id = cards."companyId"
    ORDER BY cards.urgency DESC, cards."raisedAt" DESC, cards.id LIMIT ${page.limit} OFFSET ${page.offset}`
  const alerts = rows.map(({ id, company, party, administration, rule, raisedAt, facts, ...row }) => ({
    id,
    company,
    party,
    administration,
    rule,
    raisedAt,
    facts,
    criterion: z.enum(criteria).parse(row.criterion),
    before: row.before === null ? undefined : criterionValueSchema.parse(row.before),
    value: criterionValueSchema.parse(row.value),
  }))
  return { alerts, total: rows[0]?.total ?? 0 }
}
