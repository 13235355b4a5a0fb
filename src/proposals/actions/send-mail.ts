import { cancelMail, scheduleMail } from '#mail'
import { checkMail } from '../check-mail.ts'
import { Refused } from '../problem.ts'
import type { ActionRun, ActionRunner } from './runner.ts'

type MailKind = 'send_reply' | 'send_invoice_copies'

/** Puts the reply into the outbox, where it waits out the undo window. Everything about it is checked once more. */
async function send({ tx, queue, payload, actionId, proposal, sendAfter, requireCurrent }: ActionRun<MailKind>) {
  await requireCurrent(payload)
  const problems = await checkMail(tx, proposal, payload)
  if (problems.length > 0) throw new Refused(...problems)
  const { to, cc, subject, text, attachments } = payload
  const mail = await scheduleMail(tx, queue, {
    mailboxId: proposal.mailboxId,
    actionId,
    answers: proposal.messageId,
    ...(proposal.threadId !== null && { threadId: proposal.threadId }),
    ...(proposal.debtorId !== null && { debtorId: proposal.debtorId }),
    to,
    cc,
    subject,
    text,
    attachments: attachments.map(({ fileName, contentType, hash }) => ({ fileName, contentType, hash })),
    automatic: proposal.decidedById === null,
    sendAfter,
  })
  return { result: { outboundMailId: mail.id }, waits: true }
}

async function takeBack({ tx, actionId }: ActionRun<MailKind>): Promise<boolean> {
  const mail = await tx.outboundMail.findUnique({ where: { actionId }, select: { id: true } })
  return mail === null || cancelMail(tx, mail.id)
}

export const sendReplyAction: ActionRunner<'send_reply'> = { run: send, undo: takeBack }
export const sendInvoiceCopiesAction: ActionRunner<'send_invoice_copies'> = { run: send, undo: takeBack }
