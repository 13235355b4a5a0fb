import { amountsIn, daysIn, draftReply } from '#drafting'
import type { PlannedAction } from './action.ts'
import type { Handled } from './handlers/handler.ts'
import type { ReplySection, Warning } from './proposal.ts'
import { chooseRecipients, mayReceive, type RecipientLock } from './recipients.ts'
import type { Situation } from './situation.ts'

export type Composed = { action: PlannedAction | undefined; warnings: Warning[] }

/** Templates that state what is open. */
const statesFigures = new Set(['statement', 'payment_partly_received'])

/** The one reply of a proposal, to whom the lock allows; nothing when there is nothing to say or nobody to say it to. */
export function composeReply(
  situation: Situation,
  lock: RecipientLock,
  sections: ReplySection[],
  handled: Pick<Handled, 'copies' | 'asksPersonToWrite' | 'writeTo'>,
): Composed {
  if (sections.length === 0 && !handled.asksPersonToWrite) return { action: undefined, warnings: [] }
  const { input, debtor, administration, language, tone, isStale, templates } = situation
  const { message } = input
  const { writeTo } = handled
  const { to, cc, ignoredReplyTo } = writeTo
    ? { to: writeTo.to.filter(address => mayReceive(lock, address)), cc: [], ignoredReplyTo: [] }
    : chooseRecipients(lock, { from: message.from?.address.toLowerCase(), replyTo: message.replyTo, to: message.to, cc: message.cc })
  const ignored: Warning[] = ignoredReplyTo.map(detail => ({ kind: 'reply_to_ignored', detail }))
  if (to.length === 0)
    return { action: undefined, warnings: [...ignored, { kind: 'no_recipient', detail: 'no participant of the thread or verified contact can be answered' }] }

  const contactName = debtor?.contacts.find(({ email }) => email === to[0])?.name ?? undefined
  const { subject, text } = draftReply(
    { language, tone, subject: message.subject, contactName, administration: administration?.name ?? '', templates },
    sections,
  )
  const mail = {
    to,
    cc,
    subject: writeTo?.subject ?? subject,
    text,
    language,
    tone,
    template: sections.length > 0 ? sections.map(({ template }) => template).join('+') : 'blank',
    attachments: handled.copies?.attachments ?? [],
    amounts: amountsIn(sections),
    days: daysIn(text),
    needsFreshLedger: sections.some(({ template }) => statesFigures.has(template)),
    ...(isStale && sections.some(({ template }) => template === 'statement_later') && { withheld: 'stale_ledger' as const }),
  }
  const shared = { evidence: [], ticked: sections.length > 0 }
  const action: PlannedAction = handled.copies
    ? { kind: 'send_invoice_copies', payload: { ...mail, invoiceIds: handled.copies.invoiceIds, missing: handled.copies.missing }, ...shared }
    : { kind: 'send_reply', payload: mail, ...shared }
  return { action, warnings: ignored }
}
