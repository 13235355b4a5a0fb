import { evidenceOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/** Bank details are never sent or confirmed by mail: the reply points at the invoices, and a person is told to call. */
export const paymentDetailsQuestion: Handler = situation => ({
  actions: [
    {
      kind: 'create_task',
      payload: { title: 'The debtor asks about payment details: call them on a number that is already known' },
      evidence: evidenceOf(situation, 'payment_details_question', []),
    },
  ],
  sections: [{ template: 'payment_details', slots: {} }],
})
