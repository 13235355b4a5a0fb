import { type Credit, type LimitFinding, limitsToPropose } from '#credit'
import type { ReportingRules } from '#ledger'
import type { Clock, DbClient, Ops } from '#platform'
import type { Proposals } from '#proposals'

type LimitsDeps = {
  client: DbClient
  clock: Clock
  ops: Ops
  credit: Pick<Credit, 'rules'>
  proposals: Pick<Proposals, 'openEntry'>
  reporting: () => Promise<ReportingRules>
  timeZone: string
}

/** So many of a night's proposals have a card of their own, the largest first; the others wait in the list. */
const cardsOfANight = 10

/**
 * After a night: proposes the advised limit where more is open and on order than the bureau advises, or where our own limit is above its
 * advice; each fact once, whatever becomes of it. What cannot be told for want of exchange rates is told to an administrator.
 */
export async function proposeLimits({ client, clock, ops, credit, proposals, reporting, timeZone }: LimitsDeps): Promise<void> {
  const { on, limitProposalsFrom: fromPercent } = await credit.rules()
  if (!on || fromPercent === 0) return
  const found: LimitFinding[] = []
  const unknown = { debtors: 0, currencies: new Set<string>() }
  for await (const finding of limitsToPropose({ db: client, today: clock.today(timeZone), reporting: await reporting(), fromPercent })) {
    if (finding.verdict.kind === 'propose') found.push(finding)
    else {
      unknown.debtors += 1
      for (const currency of finding.verdict.currencies) unknown.currencies.add(currency)
    }
  }
  await tellOfRates(ops, unknown)
  const known = await client.debtorEntry.findMany({ where: { formKey: { in: found.map(keyOf) } }, select: { formKey: true } })
  const told = new Set(known.map(({ formKey }) => formKey))
  const fresh = found.filter(finding => !told.has(keyOf(finding))).toSorted((a, b) => excess(b) - excess(a))
  for (const [index, finding] of fresh.entries()) await propose(proposals, finding, index >= cardsOfANight)
}

const keyOf = ({ debtorId, fact }: LimitFinding): string => `credit_limit ${debtorId} ${fact}`

/** How many times the advice is at risk: amounts of several currencies have no other order. */
function excess({ advice, verdict }: LimitFinding): number {
  if (verdict.kind !== 'propose') return 0
  const atRisk = verdict.why.code === 'over_advice' ? verdict.why.exposure : verdict.why.limit
  return advice.amount.isZero() ? Number.MAX_VALUE : atRisk.div(advice.amount).toNumber()
}

async function propose(proposals: LimitsDeps['proposals'], finding: LimitFinding, quiet: boolean): Promise<void> {
  const { debtorId, advice, verdict } = finding
  if (verdict.kind !== 'propose') return
  const { why } = verdict
  const amount = advice.amount.toString()
  const of = { advice: amount, currency: advice.currency }
  await proposals.openEntry({
    debtorId,
    content: { kind: 'credit_limit', amount, currency: advice.currency, before: null },
    key: keyOf(finding),
    why:
      why.code === 'over_advice'
        ? {
            code: why.code,
            exposure: why.exposure.toString(),
            ...of,
            leftOut: why.leftOut.map(left => ({ amount: left.amount.toString(), currency: left.currency })),
          }
        : { code: why.code, limit: why.limit.toString(), ...of },
    quiet,
  })
}

async function tellOfRates(ops: Ops, { debtors, currencies }: { debtors: number; currencies: Set<string> }): Promise<void> {
  if (debtors === 0) return ops.resolve('rates:limits')
  await ops.raise({
    key: 'rates:limits',
    problem: `For ${debtors} debtors it cannot be told whether more is at risk than the credit bureau advises: there is no young exchange rate of ${[...currencies].toSorted().join(', ')}.`,
    remedy: 'Import rates (duncan rates import <file>), or have them fetched with currencies: { source: ecb }.',
  })
}
