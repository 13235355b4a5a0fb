import { z } from 'zod'
import { type DebtorLimits, type Exposure, exposureOf, limitsOf } from '#ledger'
import { debtorRowInSight, type Sight } from '#people'
import { type Clock, type Db, Prisma } from '#platform'
import { mailRule, mergeDays, mergeFrom } from '../bureau-mails/told-by-mail.ts'
import { type Criterion, type CriterionValue, criteria, criterionValueSchema } from '../values/criteria.ts'
import { alertInSight, isAbout } from './alert-in-sight.ts'
import { orderRule } from './raise-order-alerts.ts'

export type AlertFact = {
  rule: string
  /** Of one that an order raised: its number. */
  order: string | undefined
  criterion: Criterion
  before: CriterionValue | undefined
  value: CriterionValue
  /** Of a drift: the falls that made it, oldest first. */
  steps: { at: string; before: CriterionValue | undefined; value: CriterionValue }[]
}

export type AlertView = {
  /** The first alert of those that stand together. */
  id: number
  channel: string
  party: 'debtor' | 'supplier'
  raisedAt: Date
  /** When a mail of the bureau told the same; `isMailOnly`: nothing but the mail told it. */
  mailedAt: Date | undefined
  isMailOnly: boolean
  isMonitored: boolean
  company: { id: number; name: string; country: string; bureau: string; bureauId: string }
  administration: { id: number; code: string; name: string }
  /** Those in sight. */
  debtors: { id: number; number: string; name: string }[]
  /** What was seen about the company at one time, the urgent first. */
  facts: AlertFact[]
  /** Open items and open orders of these debtors; one row per currency. */
  exposure: Exposure[]
  /** Of the debtor, where there is one: limits of several are not added up. */
  limits: DebtorLimits
  /** The bureau's advice, where it gave one. */
  creditLimit: CriterionValue | undefined
  /** open | acknowledged | snoozed */
  status: string
  snoozedUntil: Date | null
  decidedAt: Date | null
  decidedBy: string | undefined
}

/** `only`: of the debtors that it is about, this one. */
type ViewDeps = { db: Db; clock: Clock; sight: Sight; timeZone: string; only?: number | undefined }

/** An alert with all that was raised beside it about the company, and what is at stake with the debtors in sight; undefined when it is out of sight. */
export async function viewAlert({ db, clock, sight, timeZone, only }: ViewDeps, alertId: number): Promise<AlertView | undefined> {
  const [of, code] = [Prisma.raw('l'), Prisma.sql`a.code`]
  const [alert] = await db.$queryRaw<FoundAlert[]>`
    SELECT l."companyId", l."administrationId", l.party, l."raisedAt", a.code, a.name FROM "CreditAlert" l JOIN "Administration" a ON a.id = l."administrationId"
    WHERE l.id = ${alertId} AND ${alertInSight(sight, of, code)}`
  if (!alert) return undefined
  const { companyId, administrationId, party, raisedAt } = alert
  const company = await db.creditCompany.findUniqueOrThrow({ where: { id: companyId } })
  const together = await db.creditAlert.findMany({ where: { companyId, administrationId, party, raisedAt }, orderBy: [{ urgency: 'desc' }, { id: 'asc' }] })
  const everyDebtor = await db.$queryRaw<AlertView['debtors']>`
    SELECT d.id, d.number, d.name FROM "CreditAlert" l JOIN "Administration" a ON a.id = l."administrationId"
      JOIN "CreditLink" k ON k."companyId" = l."companyId" JOIN "Debtor" d ON d.id = k."debtorId"
    WHERE l.id = ${alertId} AND ${isAbout(of)} AND ${debtorRowInSight(sight, Prisma.raw('d'), code)} ORDER BY d.number`
  const debtors = only === undefined ? everyDebtor : everyDebtor.filter(({ id }) => id === only)
  if (only !== undefined && debtors.length === 0) return undefined
  const debtorIds = debtors.map(({ id }) => id)
  const limit = await db.creditValue.findUnique({ where: { companyId_criterion: { companyId, criterion: 'credit_limit' } } })
  const first = together.toSorted((one, other) => one.id - other.id)[0]
  const decider = first?.decidedById ? await db.staff.findUnique({ where: { id: first.decidedById }, select: { name: true } }) : undefined
  return {
    id: first?.id ?? alertId,
    channel: first?.channel ?? 'credit',
    party,
    raisedAt,
    mailedAt: await mailedAt(db, alert, together),
    isMailOnly: together.every(({ rule }) => rule === mailRule),
    isMonitored: company.monitoring === 'monitored',
    company: { id: companyId, name: company.name, country: company.country, bureau: company.bureau, bureauId: company.bureauId },
    administration: { id: administrationId, code: alert.code, name: alert.name },
    debtors,
    facts: await Promise.all(together.map(row => readFact(db, row))),
    exposure: await exposureOf(db, clock.today(timeZone), debtorIds),
    limits: (debtors.length === 1 && (await limitsOf(db, debtorIds)).get(debtorIds[0] ?? 0)) || {},
    creditLimit: limit ? criterionValueSchema.parse(limit.value) : undefined,
    status: first?.status ?? 'open',
    snoozedUntil: first?.snoozedUntil ?? null,
    decidedAt: first?.decidedAt ?? null,
    decidedBy: decider?.name,
  }
}

type FoundAlert = { companyId: number; administrationId: number; party: 'debtor' | 'supplier'; raisedAt: Date; code: string; name: string }

/** When the bureau's first mail of one of these facts came, days before or after. */
async function mailedAt(db: Db, { companyId, raisedAt }: FoundAlert, facts: readonly { criterion: string }[]): Promise<Date | undefined> {
  const until = new Date(raisedAt.getTime() + mergeDays * 86_400_000)
  const criterion = { in: facts.map(fact => fact.criterion) }
  const mail = await db.creditEvent.findFirst({
    where: { companyId, source: 'mail', criterion, happenedAt: { gte: mergeFrom(raisedAt), lte: until } },
    orderBy: { happenedAt: 'asc' },
  })
  return mail?.happenedAt
}

const stepsSchema = z.array(z.object({ at: z.string(), before: criterionValueSchema.nullable(), value: criterionValueSchema }))

async function readFact(db: Db, row: { rule: string; fact: string; criterion: string; before: unknown; value: unknown; steps: unknown }): Promise<AlertFact> {
  const order =
    row.rule === orderRule ? await db.order.findUnique({ where: { id: Number(row.fact.replace('order ', '')) }, select: { number: true } }) : undefined
  return {
    rule: row.rule,
    order: order?.number,
    criterion: z.enum(criteria).parse(row.criterion),
    before: row.before === null ? undefined : criterionValueSchema.parse(row.before),
    value: criterionValueSchema.parse(row.value),
    steps: stepsSchema.parse(row.steps).map(({ at, before, value }) => ({ at, before: before ?? undefined, value })),
  }
}
