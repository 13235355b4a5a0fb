import type { Temporal } from 'temporal-polyfill'
import { exposureByDebtor, limitsOf, type Money, type ReportingRules, ratesOn } from '#ledger'
import { type Db, Prisma } from '#platform'
import { type LimitVerdict, limitToPropose } from './limit-to-propose.ts'

/** A debtor whose limit is to be asked about, or cannot be told for want of a rate. `fact`: the same as long as advice and own limit are. */
export type LimitFinding = { debtorId: number; advice: Money; fact: string; verdict: Exclude<LimitVerdict, { kind: 'nothing' }> }

type Deps = { db: Db; today: Temporal.PlainDate; reporting: ReportingRules; fromPercent: number }

const pageLength = 500

/** What limits of the debtors whose companies are monitored come to, a page of debtors at a time. A bureau that advises none, or no currency, says nothing. */
export async function* limitsToPropose({ db, today, reporting, fromPercent }: Deps): AsyncGenerator<LimitFinding> {
  let after = 0
  while (true) {
    const page = await db.$queryRaw<{ debtorId: number; amount: string; currency: string; since: Date }[]>`
      SELECT d.id AS "debtorId", v.value ->> 'amount' AS amount, v.value ->> 'currency' AS currency, v.since
      FROM "Debtor" d JOIN "CreditLink" l ON l."debtorId" = d.id JOIN "CreditCompany" c ON c.id = l."companyId" AND c.monitoring = 'monitored'
        JOIN "CreditValue" v ON v."companyId" = c.id AND v.criterion = 'credit_limit'
      WHERE d.id > ${after} AND d."partyType" = 'debtor' AND NOT d.archived AND v.value ->> 'is' = 'money' AND v.value ->> 'currency' IS NOT NULL
      ORDER BY d.id LIMIT ${pageLength}`
    const last = page.at(-1)
    if (!last) return
    after = last.debtorId
    const debtorIds = page.map(({ debtorId }) => debtorId)
    const [exposures, limits] = [await exposureByDebtor(db, today, debtorIds), await limitsOf(db, debtorIds)]
    const used = [...exposures.values()].flat().map(({ currency }) => currency)
    const own = [...limits.values()].flatMap(({ internal }) => internal?.currency ?? [])
    const rates = await ratesOn(db, [...page.map(({ currency }) => currency), ...used, ...own], today, reporting.maxAgeDays)
    for (const { debtorId, amount, currency, since } of page) {
      const advice = { amount: new Prisma.Decimal(amount), currency }
      const internal = limits.get(debtorId)?.internal
      const exposure = (exposures.get(debtorId) ?? []).map(each => ({ currency: each.currency, amount: each.total }))
      const verdict = limitToPropose({ advice, internal, exposure }, rates, fromPercent)
      if (verdict.kind === 'nothing') continue
      const ours = internal ? `${internal.amount.toString()} ${internal.currency}` : 'none'
      yield { debtorId, advice, fact: `advice ${amount} ${currency} of ${since.toISOString()}, own ${ours}`, verdict }
    }
  }
}
