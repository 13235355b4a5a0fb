import { linkThread, unlinkThread } from '#mail'
import { debtorsInSight, mailInSight, may, sightOf } from '#people'
import { Prisma } from '#platform'
import { decide } from '../decide.ts'
import type { ProposalsDeps } from '../deps.ts'
import { transaction, undecided } from '../propose.ts'
import { isId } from '../store.ts'

/** `debtorId`: null takes the conversation away from its debtor and gives it to nobody. */
export type ConversationMove = { messageId: number; debtorId: number | null; staffId: number; surface: string }
/** `stays`: how many decisions on its mails still stand at the debtor that it came `from`, with what they registered there. */
export type MoveOutcome = { kind: 'moved'; from: number | null; stays: number } | { kind: 'not_found' | 'not_allowed' | 'already_there' | 'waits_for_decision' }

/**
 * Moves the conversation of a mail, with all its mails, to the debtor that a colleague names. A proposal that waits on it is planned anew for that
 * debtor; what was decided before stays as it was decided. While one waits, no conversation is taken away from its debtor altogether.
 */
export async function moveConversation(deps: ProposalsDeps, { messageId, debtorId, staffId, surface }: ConversationMove): Promise<MoveOutcome> {
  const { client } = deps
  const person = await client.staff.findUnique({ where: { id: staffId } })
  if (!person || !may(person, 'decide')) return { kind: 'not_allowed' }
  const sight = sightOf(person)
  const message = await client.$queryRaw<{ id: number; threadId: number | null; debtorId: number | null }[]>`
    SELECT m.id, m."threadId", m."debtorId" FROM "Message" m WHERE m.id = ${isId(messageId) ? messageId : 0} AND ${mailInSight(sight, Prisma.sql`m`)}`
  const [mail] = message
  const target =
    debtorId === null || (isId(debtorId) && (await client.debtor.findFirst({ where: { ...debtorsInSight(sight), id: debtorId }, select: { id: true } })))
  if (!mail || !target) return { kind: 'not_found' }
  if (mail.debtorId === debtorId) return { kind: 'already_there' }
  const of = mail.threadId === null ? { messageId: mail.id } : { threadId: mail.threadId }
  const waiting = await client.proposal.findMany({ where: { ...of, status: { in: [...undecided] } }, orderBy: { id: 'asc' }, select: { id: true } })
  if (waiting.length > 0 && debtorId === null) return { kind: 'waits_for_decision' }
  for (const { id } of waiting) {
    const linked = await decide(deps, { kind: 'link', proposalId: id, debtorId: debtorId ?? 0, staffId, surface })
    if (linked.kind !== 'decided') return { kind: linked.kind === 'not_allowed' ? 'not_allowed' : 'not_found' }
  }
  const decided = { ...of, debtorId: mail.debtorId ?? 0, status: 'approved', actions: { some: { status: 'done', kind: { not: { startsWith: 'send_' } } } } }
  const stays = await client.proposal.count({ where: decided })
  if (waiting.length > 0) return { kind: 'moved', from: mail.debtorId, stays }
  const link = { threadId: mail.threadId, messageId: mail.id, actor: `staff:${staffId}` }
  await client.$transaction(tx => (debtorId === null ? unlinkThread(tx, link) : linkThread(tx, { ...link, debtorId, reason: 'staff' })), transaction)
  return { kind: 'moved', from: mail.debtorId, stays }
}
