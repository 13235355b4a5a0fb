import { addWorkingDays, planInstalments } from '#ledger'
import { Prisma } from '#platform'
import type { Fact } from '#triage'
import type { PlannedAction } from '../action.ts'
import { invoicesOf } from '../assign-invoices.ts'
import { lastDayOf, policyOf } from '../policy-of.ts'
import { evidenceOf, factsOf, type LedgerInvoice, type Situation } from '../situation.ts'
import { askedInstalments } from './asked-instalments.ts'
import type { Handled, Handler } from './handler.ts'

/**
 * A payment plan is always decided by a person: dunning waits, and the plan stands on the card as the debtor asks for it, to be changed, agreed
 * or rejected. Where amounts cannot be told for sure, the debtor hears that the request came in and a person works it out.
 */
export const paymentPlanRequest: Handler = situation => {
  const asked = factsOf(situation, 'instalment')
  const invoices = aboutWhich(situation)
  const evidence = evidenceOf(situation, 'payment_plan_request', asked)
  const until = addWorkingDays(situation.calendar, situation.today, situation.promises.planDecisionDays).toString()
  const hold: PlannedAction = {
    kind: 'place_hold',
    payload: { invoiceIds: invoices.map(({ id }) => id), reason: 'payment_plan', until },
    evidence,
    protective: true,
  }
  const plan = proposedPlan(situation, invoices, asked)
  if (!plan) return byHand(situation, hold)

  const { currency, total, instalments } = plan
  const money = (amount: string) => ({ amount, currency })
  const invoiceIds = invoices.map(({ id }) => id)
  return {
    actions: [hold, { kind: 'agree_payment_plan', payload: { invoiceIds, ...plan, ...policyOf(situation, invoiceIds, lastDayOf(instalments)) }, evidence }],
    sections: [
      {
        template: 'payment_plan_agreed',
        slots: {
          invoices: invoices.map(({ number }) => number),
          total: money(total),
          instalments: instalments.map(({ dueOn, amount }) => ({ on: dueOn, amount: money(amount) })),
        },
      },
    ],
  }
}

/** The open invoices that are named, or all that are overdue, or all that are open; without a name none that a plan stands on. */
function aboutWhich(situation: Situation): LedgerInvoice[] {
  const named = invoicesOf(situation, 'payment_plan_request').flatMap(({ invoice }) => (invoice?.isOpen ? [invoice] : []))
  if (named.length > 0) return [...new Map(named.map(invoice => [invoice.id, invoice])).values()]
  const free = situation.open.filter(({ id }) => !situation.standing.planned.includes(id))
  const overdue = free.filter(({ dueDate }) => dueDate < situation.today.toString())
  return overdue.length > 0 ? overdue : free
}

/** Undefined where nothing is open, in several currencies, in another plan, on a ledger that is too old to agree amounts by, or where the mail asks for two things. */
function proposedPlan({ isStale, today, calendar, promises, standing }: Situation, invoices: LedgerInvoice[], asked: Fact[]) {
  const currencies = new Set(invoices.map(({ currency }) => currency))
  const [currency] = currencies
  const total = invoices.reduce((sum, { openAmount }) => sum.add(openAmount), new Prisma.Decimal(0))
  const isOther = asked.some(fact => fact.currency !== undefined && fact.currency !== currency)
  const isPlanned = invoices.some(({ id }) => standing.planned.includes(id))
  if (isStale || isPlanned || currency === undefined || currencies.size > 1 || !total.gt(0) || isOther) return undefined
  const terms = askedInstalments(asked, total)
  const instalments = terms ? planInstalments({ total, asked: terms, today, calendar, usualCount: promises.instalments }) : []
  return instalments.length > 0 ? { currency, total: total.toFixed(2), instalments } : undefined
}

const byHand = (situation: Situation, hold: PlannedAction): Handled => ({
  actions: [
    hold,
    {
      kind: 'create_task',
      payload: { about: { code: 'payment_plan' }, dueOn: addWorkingDays(situation.calendar, situation.today, 3).toString() },
      evidence: hold.evidence,
    },
  ],
  sections: [{ template: 'payment_plan_received', slots: {} }],
})
