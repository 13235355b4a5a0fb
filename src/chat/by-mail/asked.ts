import { hashToken, type Staff, sightOf } from '#people'
import { type Clock, type DbClient, fromInstant, type MailedDecisionModel } from '#platform'
import { type ProposalView, proposalsInSight } from '#proposals'
import type { ProposalsPort } from '../approvals/port.ts'
import { decisionLines } from '../cards/decision-lines.ts'
import { type CardContext, cardTitle, isWaiting } from '../cards/proposal-card.ts'
import { proposalVersion } from '../cards/proposal-version.ts'
import type { Chat } from '../chat.ts'
import type { ClickOutcome } from '../click.ts'

export type AskedDeps = { client: DbClient; clock: Clock; chat: Pick<Chat, 'click'>; proposals: Pick<ProposalsPort, 'view'> }

/** A key that somebody showed: of a link, or of a reply's subject. */
export type Shown = { by: 'link' | 'reply'; key: string }

export type Known = { asked: MailedDecisionModel; staff: Staff; view: ProposalView }

/** What a key leads to. `settled`: it was decided, wherever; `changed`: it is another card than the mail showed. */
export type Found = { kind: 'unknown' } | Of<'open'> | Of<'settled'> | Of<'used'> | Of<'expired'> | Of<'changed'>
type NotOpen = Exclude<Found, { kind: 'open' }>
type Of<K extends string> = { kind: K } & Known

export type Choice = { kind: 'approve' } | { kind: 'reject'; reason: string }

/** What a key leads to now, for who may still see it; looking changes nothing. */
export async function findAsked(deps: Pick<AskedDeps, 'client' | 'clock' | 'proposals'>, { by, key }: Shown): Promise<Found> {
  const hash = hashToken(key)
  const asked = await deps.client.mailedDecision.findUnique({
    where: by === 'link' ? { linkHash: hash } : { replyHash: hash },
    include: { mail: { select: { staff: true } } },
  })
  const staff = asked?.mail.staff
  if (!asked || !staff?.active) return { kind: 'unknown' }
  const isSeen = (await proposalsInSight(deps.client, sightOf(staff), [asked.proposalId])).size > 0
  const view = isSeen ? await deps.proposals.view(asked.proposalId) : undefined
  if (!view) return { kind: 'unknown' }
  const known = { asked, staff, view }
  if (!isWaiting(view)) return { kind: 'settled', ...known }
  if (asked.usedAt !== null) return { kind: 'used', ...known }
  if (asked.expiresAt <= fromInstant(deps.clock.now())) return { kind: 'expired', ...known }
  return { kind: proposalVersion(view) === asked.version ? 'open' : 'changed', ...known }
}

/**
 * Decides in the name of whom the key was mailed to, as a click of theirs would, once. What stands in the way is returned: what the key
 * leads to instead, or the refusal; then nothing was decided and the key is not used up.
 */
export async function decideAsked(deps: AskedDeps, shown: Shown, choice: Choice): Promise<NotOpen | (Of<'answered'> & { outcome: ClickOutcome })> {
  const found = await findAsked(deps, shown)
  if (found.kind !== 'open') return found
  const { asked, staff, view } = found
  const key = deps.client.mailedDecision
  // Compare-and-set: of two who show one key at once, one decides.
  const { count } = await key.updateMany({ where: { id: asked.id, usedAt: null }, data: { usedAt: fromInstant(deps.clock.now()) } })
  if (count === 0) return { ...found, kind: 'used' }
  const data = { proposal: String(asked.proposalId), version: asked.version }
  const action = choice.kind === 'reject' ? 'proposal.reject_for' : asked.vote === 'second' ? 'proposal.second_vote' : 'proposal.approve'
  const values = choice.kind === 'reject' ? { reason: choice.reason } : {}
  const giveBack = () => key.update({ where: { id: asked.id }, data: { usedAt: null } })
  const outcome = await deps.chat.click({ staff, surface: 'mail', action, data, values }).catch(async (error: unknown) => {
    await giveBack() // the reply is taken once more, as every mail that met a fault
    throw error
  })
  if (outcome.kind !== 'done') await giveBack()
  return { kind: 'answered', outcome, asked, staff, view: (await deps.proposals.view(asked.proposalId)) ?? view }
}

/** What a decision came to, in lines: what it was about, how it stands now, and whether it can be undone. */
export function decidedLines({ view }: Pick<Known, 'view'>, { words, format }: CardContext): string[] {
  const say = words.byMail
  return [say.answerDone(cardTitle(view, words)), ...decisionLines(view, words, format), ...(view.undoUntil ? [say.answerDoneText] : [])]
}

/** Why a key decides nothing now, in words; of what was decided elsewhere, by whom and when. */
export function standsInTheWay(found: NotOpen, { words, format }: CardContext): string {
  const say = words.byMail
  if (found.kind !== 'settled') return say[found.kind]
  const { view } = found
  return decisionLines(view, words, format)[0] ?? words.status[view.status]
}
