import type { Db } from '#platform'

export type DisputeInput = {
  debtorId: number
  invoiceIds: number[]
  /** price | quantity | quality | not_ordered | not_delivered | wrong_po | duplicate | credit_note_expected | other */
  reason: string
  /** The debtor's literal words, or a colleague's. */
  text: string
  ownerId?: number | undefined
  /** ISO day by which the debtor is to have an answer. */
  answerDue?: string | undefined
  messageId?: number | undefined
  /** Of a proposal; without one every call opens a dispute. */
  actionId?: number | undefined
}

/** Opens a dispute on exactly these invoices and returns its id; a second call for one action returns the first one's. */
export async function openDispute(tx: Db, input: DisputeInput): Promise<number> {
  const known = input.actionId === undefined ? null : await tx.dispute.findUnique({ where: { actionId: input.actionId }, select: { id: true } })
  if (known) return known.id
  const { debtorId, reason, text, ownerId, answerDue, messageId, actionId } = input
  const { id } = await tx.dispute.create({
    data: {
      debtorId,
      reason,
      text,
      ownerId: ownerId ?? null,
      answerDue: answerDue ? new Date(`${answerDue}T00:00:00Z`) : null,
      messageId: messageId ?? null,
      actionId: actionId ?? null,
      invoices: { createMany: { data: [...new Set(input.invoiceIds)].map(invoiceId => ({ invoiceId })) } },
    },
  })
  return id
}

/** Takes back a dispute, or the one that an action opened, as if it had not been; one that was resolved meanwhile stays. Says whether it did. */
export async function withdrawDispute(tx: Db, which: { id: number } | { actionId: number }): Promise<boolean> {
  const { count } = await tx.dispute.deleteMany({ where: { ...which, status: 'open' } })
  return count > 0
}
