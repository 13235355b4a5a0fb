import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Money } from '#ledger'
import { Prisma } from '#platform'
import { type InterestLine, interestOn, type RateRule, yearlyRate } from './interest.ts'
import type { AdministrationCharges } from './late-charges-kind.ts'
import { type CostLine, consumerCosts, type EuroRate, lumpSumFor } from './recovery-costs.ts'
import type { ReferenceRate } from './reference-rates.ts'
import { belgianConsumerCap, interestLaws, type Party } from './statutes.ts'

/** An invoice that is late, with what is asked for of it. `remindedOn`: when it was first asked for in writing. */
export type LateItem = { invoice: string; dueOn: Temporal.PlainDate; open: Money; remindedOn?: Temporal.PlainDate | undefined }

export type ChargesInput = {
  /** Whose law counts: of the creditor between businesses, of the debtor for a private person. */
  country: string
  /** Undefined where nothing says what the debtor is: then nothing is asked. */
  party: Party | undefined
  items: readonly LateItem[]
  /** The last day of interest. */
  until: Temporal.PlainDate
  rules: AdministrationCharges
  rates: readonly ReferenceRate[]
  /** What a euro was in zloty when a debt of that due day fell due, as Polish law counts it. */
  zlotyFor: (dueOn: Temporal.PlainDate) => EuroRate | undefined
}

export type WorkingLine = InterestLine | CostLine

/** What should have been told but cannot: of which invoice (null: of all of them), and since which ISO day no rate is known. */
export const untoldSchema = z.object({
  what: z.enum(['interest', 'compensation']),
  invoice: z.string().nullable(),
  why: z.enum(['no_law', 'no_rate', 'no_exchange_rate', 'other_currency', 'not_reminded', 'party_unknown']),
  on: z.string().optional(),
})
export type UntoldCharge = z.infer<typeof untoldSchema>

/** Sums by currency, and the lines that they are added up from. `rate`: percent a year on the last day, where interest is asked for. */
export type LateCharges = { interest: Money[]; compensation: Money[]; working: WorkingLine[]; untold: UntoldCharge[]; rate?: string }

/**
 * What the law, or the terms of sale, let a creditor ask for late payment of these invoices, with the working. Interest is simple and counts
 * what is open now alone. Nothing that is not known is guessed: it is named in `untold` and is part of no sum.
 */
export function lateCharges(input: ChargesInput): LateCharges {
  const { country, party, items, until, rules, rates } = input
  const late = items.filter(({ dueOn, open }) => Temporal.PlainDate.compare(dueOn, until) < 0 && open.amount.gt(0))
  const wants = wantedOf(input)
  const asked = (['interest', 'compensation'] as const).filter(what => (what === 'interest' ? wants.interest : wants.costs) && late.length > 0)
  if (party === undefined) return { interest: [], compensation: [], working: [], untold: asked.map(what => ({ what, invoice: null, why: 'party_unknown' })) }
  const told = [...(wants.interest ? late.map(item => interestFor(input, party, item)) : []), ...(wants.costs ? costsFor(input, party, late) : [])]
  const working = told.flatMap(each => ('lines' in each ? each.lines : []))
  const untold = told.flatMap(each => ('lines' in each ? [] : [each]))
  const sumOf = (kind: WorkingLine['kind']) => sumsByCurrency(working.flatMap(line => (line.kind === kind ? [line.amount] : [])))
  const rule = wants.interest ? rateRule(country, party, rules) : undefined
  const rate = rule && yearlyRate(rule, rates, until)
  return { interest: sumOf('interest'), compensation: sumOf('compensation'), working, untold, ...(rate !== undefined && { rate }) }
}

/** What the settings ask of this party. */
function wantedOf({ country, party, rules }: ChargesInput): { interest: boolean; costs: boolean } {
  if (party !== 'consumer') return { interest: rules.interest, costs: rules.compensation }
  const { interest, costs } = rules.consumers
  return { interest, costs: costs.some(each => each === country) }
}

type Told = { lines: WorkingLine[] } | UntoldCharge

function interestFor({ country, rules, rates, until }: ChargesInput, party: Party, { invoice, dueOn, open, remindedOn }: LateItem): Told {
  const cannot = (why: UntoldCharge['why'], on?: string): UntoldCharge => ({ what: 'interest', invoice, why, ...(on !== undefined && { on }) })
  const rule = rateRule(country, party, rules)
  if (!rule) return cannot('no_law')
  const lateAfter = party === 'consumer' ? remindedOn : dueOn
  if (lateAfter === undefined) return cannot('not_reminded')
  const begun = Temporal.PlainDate.compare(lateAfter, dueOn) < 0 ? dueOn : lateAfter // reminded before it was due
  const interest = interestOn({ invoice, principal: open, lateAfter: begun }, rule, rates, until)
  return interest.kind === 'told' ? interest : cannot(interest.why, interest.on)
}

/** Agreed rates come before the law's; a Belgian consumer owes none without them, and never more than the law allows. */
function rateRule(country: string, party: Party, rules: AdministrationCharges): RateRule | undefined {
  const agreed = party === 'consumer' ? rules.consumers.rate : rules.rate
  const most = party === 'consumer' && country === 'BE' ? belgianConsumerCap : undefined
  if (agreed !== undefined) return { kind: 'agreed', percentage: agreed, most }
  const law = interestLaws.find(each => each.country === country && each.party === party)
  return law && { kind: 'law', law }
}

function costsFor({ country, zlotyFor }: ChargesInput, party: Party, late: readonly LateItem[]): Told[] {
  if (party === 'business')
    return late.map(({ invoice, open, dueOn }) => toldOrNot(invoice, lumpSumFor(country, invoice, open, country === 'PL' ? zlotyFor(dueOn) : undefined)))
  return sumsByCurrency(late.map(({ open }) => open)).map(sum => toldOrNot(null, consumerCosts(country, sum)))
}

const toldOrNot = (invoice: string | null, found: CostLine | Exclude<ReturnType<typeof lumpSumFor>, CostLine>): Told =>
  typeof found === 'string' ? { what: 'compensation', invoice, why: found } : { lines: [found] }

/** Amounts added up by currency, in the order of the currencies' codes. */
function sumsByCurrency(amounts: readonly Money[]): Money[] {
  const byCurrency = Map.groupBy(amounts, ({ currency }) => currency)
  return [...byCurrency]
    .map(([currency, own]) => ({ currency, amount: own.reduce((sum, { amount }) => sum.add(amount), new Prisma.Decimal(0)) }))
    .toSorted((one, other) => (one.currency < other.currency ? -1 : 1))
}
