import type { ActionView } from '#proposals'

/** Actions of a proposal that carry a mail. */
export const isMailAction = (action: ActionView): action is Extract<ActionView, { kind: 'send_reply' | 'send_invoice_copies' }> =>
  action.kind === 'send_reply' || action.kind === 'send_invoice_copies'

/** A reply that holds a greeting and a closing only: a person writes what stands between. */
export const isToBeWritten = (action: ActionView): boolean =>
  isMailAction(action) && action.status === 'pending' && action.payload.template === 'blank' && !action.edited
