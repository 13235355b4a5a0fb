import { addWorkingDays } from '#ledger'
import { invoicesOf } from '../assign-invoices.ts'
import { evidenceOf, factsOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/** Working days that a person has to answer a request for instalments before dunning goes on. */
const consideration = 10

/** A payment plan is always decided by a person: dunning waits, the debtor hears that the request came in. */
export const paymentPlanRequest: Handler = situation => {
  const instalments = factsOf(situation, 'instalment')
  const invoices = invoicesOf(situation, 'payment_plan_request').flatMap(({ invoice }) => (invoice?.isOpen ? [invoice.id] : []))
  const evidence = evidenceOf(situation, 'payment_plan_request', instalments)
  const until = addWorkingDays(situation.calendar, situation.today, consideration).toString()
  return {
    actions: [
      { kind: 'place_hold', payload: { invoiceIds: [...new Set(invoices)], reason: 'payment_plan', until }, evidence },
      {
        kind: 'create_task',
        payload: { title: 'Decide on the payment plan that the debtor asks for', dueOn: addWorkingDays(situation.calendar, situation.today, 3).toString() },
        evidence,
      },
    ],
    sections: [{ template: 'payment_plan_received', slots: {} }],
  }
}
