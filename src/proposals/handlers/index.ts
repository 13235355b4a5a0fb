import type { Intent } from '#triage'
import { bounce } from './bounce.ts'
import { contactChange } from './contact-change.ts'
import { dispute } from './dispute.ts'
import type { Handler } from './handler.ts'
import { insolvencyNotice } from './insolvency-notice.ts'
import { invoiceCopyRequest } from './invoice-copy-request.ts'
import { legalReply } from './legal-reply.ts'
import { nothingToDo } from './nothing-to-do.ts'
import { otherQuestion } from './other-question.ts'
import { outOfOffice } from './out-of-office.ts'
import { paymentDetailsQuestion } from './payment-details-question.ts'
import { paymentMade } from './payment-made.ts'
import { paymentPlanRequest } from './payment-plan-request.ts'
import { poNumber } from './po-number.ts'
import { promiseToPay } from './promise-to-pay.ts'
import { statementRequest } from './statement-request.ts'

export const handlers: Record<Intent, Handler> = {
  promise_to_pay: promiseToPay,
  payment_made: paymentMade,
  invoice_copy_request: invoiceCopyRequest,
  dispute,
  payment_plan_request: paymentPlanRequest,
  payment_details_question: paymentDetailsQuestion,
  statement_request: statementRequest,
  contact_change: contactChange,
  po_number: poNumber,
  insolvency_notice: insolvencyNotice,
  legal_reply: legalReply,
  out_of_office: outOfOffice,
  bounce,
  acknowledgement: nothingToDo,
  other_question: otherQuestion,
  unrelated: nothingToDo,
}

/** Intents that can be acted on without knowing the debtor. */
export const needNoDebtor: readonly Intent[] = ['bounce', 'unrelated']
