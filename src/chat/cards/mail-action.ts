import type { ActionView } from '#proposals'

/** Actions of a proposal that carry a mail. */
export const isMailAction = (action: ActionView): action is Extract<ActionView, { kind: 'send_reply' | 'send_invoice_copies' }> =>
  action.kind === 'send_reply' || action.kind === 'send_invoice_copies'
