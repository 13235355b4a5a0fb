import type { ActionKind } from '../action.ts'
import { agreePaymentPlanAction } from './agree-payment-plan.ts'
import { markAddressBouncedAction, registerAbsenceAction, updateContactAction } from './contact-actions.ts'
import { createTaskAction } from './create-task.ts'
import { markPaymentClaimedAction } from './mark-payment-claimed.ts'
import { openDisputeAction } from './open-dispute.ts'
import { placeHoldAction } from './place-hold.ts'
import { registerPoNumberAction } from './register-po-number.ts'
import { registerPromiseAction } from './register-promise.ts'
import type { ActionRunner } from './runner.ts'
import { sendInvoiceCopiesAction, sendReplyAction } from './send-mail.ts'

/** Every kind of action, once. */
export const runners: { [K in ActionKind]: ActionRunner<K> } = {
  send_reply: sendReplyAction,
  send_invoice_copies: sendInvoiceCopiesAction,
  register_promise: registerPromiseAction,
  agree_payment_plan: agreePaymentPlanAction,
  place_hold: placeHoldAction,
  open_dispute: openDisputeAction,
  mark_payment_claimed: markPaymentClaimedAction,
  mark_address_bounced: markAddressBouncedAction,
  register_absence: registerAbsenceAction,
  update_contact: updateContactAction,
  register_po_number: registerPoNumberAction,
  create_task: createTaskAction,
}
