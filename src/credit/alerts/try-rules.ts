import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { type CreditChangeModel, type Db, fromInstant, toInstant } from '#platform'
import type { CriterionChange } from '../night/store-report.ts'
import { criteria, criterionValueSchema } from '../values/criteria.ts'
import { alertParty } from './alert-channels.ts'
import type { AlertRule } from './alert-rule.ts'
import { type Finding, factOf, findingsIn, type RaiseDeps } from './raise-alerts.ts'

/** What a rule would have told of; `cooling`: what it would have kept to itself for a while. The newest companies as examples. */
export type RuleTried = { key: string; rule: AlertRule; alerts: number; cooling: number; companies: string[] }

const mostExamples = 3
const pageSize = 500

type TryDeps = { now: Temporal.Instant; days: number; rules: Record<string, AlertRule>; segmentsOf: RaiseDeps['segmentsOf'] }

/**
 * Which rules would have told of something in the last days, and how often, had they held then: over the changes that are kept, for the
 * debtors and segments of today. Changes nothing. Rules that found nothing stand in the answer, too.
 */
export async function tryRules(db: Db, { now, days, rules, segmentsOf }: TryDeps): Promise<RuleTried[]> {
  const tried = new Map(Object.entries(rules).map(([key, rule]): [string, RuleTried] => [key, { key, rule, alerts: 0, cooling: 0, companies: [] }]))
  const from = fromInstant(now.subtract({ hours: days * 24 }))
  for await (const { name, changes, debtors } of changedSince(db, from)) {
    const segments = new Map<number, string[]>()
    for (const { id } of Object.values(rules).some(rule => rule.segments.length > 0) ? debtors : []) segments.set(id, await segmentsOf(db, id))
    const found = await findingsOf(changes, from, rules)
    for (const own of Map.groupBy(debtors, ({ administrationId, partyType }) => `${administrationId} ${alertParty(partyType)}`).values()) {
      const isFor = ({ segments: of, parties }: AlertRule) =>
        own.some(
          ({ id, partyType }) =>
            (of.length === 0 || segments.get(id)?.some(segment => of.includes(segment))) &&
            (parties.length === 0 || parties.some(party => party === partyType)),
        )
      count(
        tried,
        name,
        found.filter(({ rule }) => isFor(rule)),
      )
    }
  }
  return [...tried.values()]
}

/** Counts each fact once, by the rule that sees it first, unless that one rests. */
function count(tried: Map<string, RuleTried>, company: string, found: readonly Finding[]): void {
  const facts = new Set<string>()
  const toldAt = new Map<string, number>()
  for (const { key, rule, change } of found) {
    const own = tried.get(key)
    const fact = factOf(rule, change)
    if (!own || facts.has(fact)) continue
    if (change.at.getTime() - (toldAt.get(key) ?? -Infinity) < rule.coolDownDays * 86_400_000) {
      own.cooling += 1
      continue
    }
    facts.add(fact)
    toldAt.set(key, change.at.getTime())
    own.alerts += 1
    if (!own.companies.includes(company)) own.companies = [company, ...own.companies].slice(0, mostExamples)
  }
}

async function findingsOf(changes: CriterionChange[], from: Date, rules: Record<string, AlertRule>): Promise<Finding[]> {
  const found: Finding[] = []
  for (const [time, together] of Map.groupBy(changes, ({ at }) => at.getTime())) {
    if (time < from.getTime()) continue
    const soFar = ({ criterion }: CriterionChange) => changes.filter(each => each.criterion === criterion && each.at.getTime() <= time)
    found.push(...(await findingsIn(rules, together, toInstant(new Date(time)), soFar)))
  }
  return found
}

type Changed = { name: string; changes: CriterionChange[]; debtors: { id: number; administrationId: number; partyType: string }[] }

/** The companies of which something changed since then, with all their changes, oldest first, and the debtors that they are. */
async function* changedSince(db: Db, from: Date): AsyncIterable<Changed> {
  for (let after = 0; ; ) {
    const page = await db.creditCompany.findMany({
      where: { id: { gt: after }, changes: { some: { at: { gte: from } } } },
      orderBy: { id: 'asc' },
      take: pageSize,
      include: { changes: { orderBy: [{ at: 'asc' }, { id: 'asc' }] }, links: true },
    })
    const ids = page.flatMap(({ links }) => links.map(({ debtorId }) => debtorId))
    const debtors = await db.debtor.findMany({ where: { id: { in: ids } }, select: { id: true, administrationId: true, partyType: true } })
    for (const { name, changes, links } of page) {
      const own = debtors.filter(({ id }) => links.some(({ debtorId }) => debtorId === id))
      yield { name, changes: changes.map(readChange), debtors: own }
    }
    if (page.length < pageSize) return
    after = page.at(-1)?.id ?? after
  }
}

const readChange = ({ companyId, criterion, before, value, at }: CreditChangeModel): CriterionChange => ({
  companyId,
  criterion: z.enum(criteria).parse(criterion),
  before: before === null ? undefined : criterionValueSchema.parse(before),
  value: criterionValueSchema.parse(value),
  at,
})
