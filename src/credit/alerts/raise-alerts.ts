import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { type Clock, type Database, type Db, fromInstant, jobKind, Prisma, type Queue } from '#platform'
import { toldByMail } from '../bureau-mails/told-by-mail.ts'
import type { CriterionChange } from '../night/store-report.ts'
import { type Criterion, type CriterionValue, criterionValueSchema } from '../values/criteria.ts'
import { alertParty, channelFor } from './alert-channels.ts'
import type { AlertRule } from './alert-rule.ts'
import { drift, fitsRule, type Step } from './fits-rule.ts'
import { seenAs, toldBy, type Watchable } from './watched.ts'

/** Sent when a rule saw something that people have to see at once. */
export const alertRaised = jobKind('alert.raised', z.object({ alertId: z.int() }))

export type RaiseDeps = {
  clock: Clock
  queue: Pick<Queue, 'sendMany'>
  rules: Record<string, AlertRule>
  /** The keys of the segments that a debtor is in. */
  segmentsOf: (db: Db, debtorId: number) => Promise<string[]>
  supplierChannel: string
}

/**
 * Raises the alerts that the rules find in what changed about a company, in the transaction that keeps the change. A fact is told once
 * for each administration that has the company as a debtor, and once where it is a supplier, whichever rule saw it first; an urgent rule
 * goes before the others, and what a mail of the bureau told days ago is not told again.
 */
export async function raiseAlerts(tx: Db, { clock, queue, rules, segmentsOf, supplierChannel }: RaiseDeps, changes: CriterionChange[]): Promise<void> {
  const companyId = changes[0]?.companyId
  if (companyId === undefined) return
  const found = await findingsIn(rules, changes, clock.now(), change => stepsOf(sql => tx.$queryRaw(sql), change))
  if (found.length === 0) return
  const debtors = await tx.$queryRaw<{ id: number; administrationId: number; partyType: string }[]>`
    SELECT d.id, d."administrationId", d."partyType" FROM "CreditLink" l JOIN "Debtor" d ON d.id = l."debtorId" WHERE l."companyId" = ${companyId} ORDER BY d.id`
  const asksSegments = found.some(({ rule }) => rule.segments.length > 0)
  const raisedAt = fromInstant(clock.now())
  const mailed = await toldByMail(tx, companyId, raisedAt)
  const data: Prisma.CreditAlertCreateManyInput[] = []
  for (const own of Map.groupBy(debtors, ({ administrationId, partyType }) => `${administrationId} ${alertParty(partyType)}`).values()) {
    const { administrationId, party } = { ...own[0], party: alertParty(own[0]?.partyType) }
    if (administrationId === undefined) continue
    const theirs = asksSegments ? new Set((await Promise.all(own.map(({ id }) => segmentsOf(tx, id)))).flat()) : new Set()
    for (const { key, rule, change, steps } of found) {
      if (rule.segments.length > 0 && !rule.segments.some(segment => theirs.has(segment))) continue
      if (rule.parties.length > 0 && !own.some(({ partyType }) => rule.parties.some(wanted => wanted === partyType))) continue
      const { criterion, before, value } = change
      if (await isCooling(tx, { rule: key, companyId, administrationId, party, days: rule.coolDownDays, now: raisedAt })) continue
      if (mailed.some(alert => alert.administrationId === administrationId && alert.party === party && alert.tells(criterion, value))) continue
      const fact = factOf(rule, change)
      const { urgency, channel = channelFor(party, supplierChannel) } = rule
      data.push({ companyId, administrationId, party, criterion, rule: key, urgency, channel, before: before ?? Prisma.DbNull, value, steps, fact, raisedAt })
    }
  }
  const raised = await tx.creditAlert.createManyAndReturn({ data, skipDuplicates: true, select: { id: true, urgency: true } })
  const urgent = raised.filter(({ urgency }) => urgency === 'now').map(({ id }) => ({ alertId: id }))
  await queue.sendMany(tx, alertRaised, urgent)
}

type WouldFind = { pool: Pick<Database['pool'], 'query'>; rules: Record<string, AlertRule>; now: Temporal.Instant }

/** Whether the rules find anything in changes that are about to be kept: nearly always not, and then no transaction is needed for them. */
export async function wouldFind({ pool, rules, now }: WouldFind, changes: CriterionChange[]): Promise<boolean> {
  // Several rules may watch one criterion.
  const read = new Map<Criterion, Promise<Step[]>>()
  const query = async (sql: Prisma.Sql) => (await pool.query<StoredStep>(sql)).rows
  const found = await findingsIn(rules, changes, now, async change => {
    const before = read.get(change.criterion) ?? stepsOf(query, change)
    read.set(change.criterion, before)
    return [...(await before), change]
  })
  return found.length > 0
}

export type Finding = { key: string; rule: AlertRule; change: CriterionChange; steps: Prisma.InputJsonArray }

/** What the rules find in what changed of a company at one time, the urgent ones first: of two rules that see one fact the louder one tells it. `changesSoFar`: of a criterion, oldest first. */
export async function findingsIn(
  rules: Record<string, AlertRule>,
  changes: CriterionChange[],
  now: Temporal.Instant,
  changesSoFar: (change: CriterionChange) => Step[] | Promise<Step[]>,
): Promise<Finding[]> {
  const ordered = Object.entries(rules).toSorted(([, one], [, other]) => Number(other.urgency === 'now') - Number(one.urgency === 'now'))
  const found: Finding[] = []
  for (const [key, rule] of ordered) {
    const change = changeFor(rule, changes)
    const seen = seenBy(rule, changes)
    if (!change || !seen) continue
    if (rule.when !== 'drifts') {
      if (fitsRule(rule, seen)) found.push({ key, rule, change, steps: [] })
      continue
    }
    // One change is no drift: a first value, or one that nothing fell before, asks nobody.
    if (seen.before === undefined) continue
    const steps = await changesSoFar(change)
    const falls = drift(
      rule,
      steps.flatMap(step => stepAs(rule.criterion, change.criterion, step) ?? []),
      now,
    )
    const days = new Set(falls?.map(({ at }) => at))
    const told = steps.filter(({ at }) => days.has(at)).map(({ at, before, value }) => ({ at: at.toISOString(), before: before ?? null, value }))
    if (falls) found.push({ key, rule, change, steps: told })
  }
  return found
}

const changeFor = ({ criterion: watched }: AlertRule, changes: CriterionChange[]): CriterionChange | undefined =>
  toldBy(watched)
    .map(criterion => changes.find(each => each.criterion === criterion))
    .find(each => each !== undefined)

function seenBy(rule: AlertRule, changes: CriterionChange[]): Step | undefined {
  const change = changeFor(rule, changes)
  return change && stepAs(rule.criterion, change.criterion, change)
}

/** A change as a rule sees it; undefined where it says nothing of what the rule watches. */
function stepAs(watched: Watchable, criterion: Criterion, { at, before, value }: Step): Step | undefined {
  const seen = seenAs(watched, criterion, value)
  return seen && { at, before: before && seenAs(watched, criterion, before), value: seen }
}

type StoredStep = { at: Date; before: unknown; value: unknown }

async function stepsOf(
  query: (sql: Prisma.Sql) => Promise<StoredStep[]>,
  { companyId, criterion }: Pick<CriterionChange, 'companyId' | 'criterion'>,
): Promise<Step[]> {
  const rows = await query(Prisma.sql`
    SELECT at, before, value FROM "CreditChange" WHERE "companyId" = ${companyId} AND criterion = ${criterion} ORDER BY at, id`)
  return rows.map(({ at, before, value }) => ({
    at,
    before: before === null ? undefined : criterionValueSchema.parse(before),
    value: criterionValueSchema.parse(value),
  }))
}

type Cooling = { rule: string; companyId: number; administrationId: number; party: string; days: number; now: Date }

async function isCooling(tx: Db, { rule, companyId, administrationId, party, days, now }: Cooling): Promise<boolean> {
  if (days === 0) return false
  const since = new Date(now.getTime() - days * 86_400_000)
  return (await tx.creditAlert.count({ where: { rule, companyId, administrationId, party, raisedAt: { gt: since } } })) > 0
}

/** The fact in a few words for machines; of two rules that see the same one tells it. */
export const factOf = ({ when }: AlertRule, { criterion, value, at }: CriterionChange): string =>
  `${when === 'drifts' ? 'drift of ' : ''}${criterion} ${textOf(value)} ${at.toISOString().slice(0, 10)}`

function textOf(value: CriterionValue): string {
  if (value.is === 'number') return value.number
  if (value.is === 'money') return `${value.amount} ${value.currency ?? ''}`.trim()
  return value.is === 'text' ? (value.key ?? value.text) : 'none'
}
