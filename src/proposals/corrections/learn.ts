import { fromInstant } from '#platform'
import { assertedIntents } from '#triage'
import { wasLeftOut } from '../autonomy/keep-cases.ts'
import type { AnyDeciding } from '../deciding.ts'
import { isMail, type MailAction, type StoredAction, type StoredProposal } from '../store.ts'
import type { Learned } from './correction.ts'
import { forgetCorrection, keepCorrections } from './store-corrections.ts'
import { learnWording, wordingKey } from './wording.ts'

export type Learning = Pick<AnyDeciding, 'tx' | 'deps' | 'proposal' | 'person'>

/** Learns from an approval what its person changed, by the actions as they stand now. */
export async function learnFromApproval(learning: Learning, actions: StoredAction[]): Promise<void> {
  await forgetLeftOut(learning, actions)
  // As proposed, all of it: nothing is to be learned.
  if (actions.every(({ ticked, edited }) => ticked && !edited) && !actions.some(isToned)) return
  await keepCorrections(learning, learnFrom(learning.proposal, actions, await senderOf(learning)))
}

/** Learns whom others like it are handed to. */
export async function learnOwner(learning: Learning, ownerId: number): Promise<void> {
  const { debtorId, basis } = learning.proposal
  const [intent] = assertedIntents(basis.reading)
  if (debtorId !== null && intent) await keepCorrections(learning, [{ rule: 'owner', debtorId, about: intent, change: { ownerId } }])
}

/** Learns whose mail this sender's is; the debtor that it was linked to before learns nothing more from it. */
export async function learnLink(learning: Learning, debtorId: number): Promise<void> {
  const sender = await senderOf(learning)
  if (sender) await keepCorrections(learning, [{ rule: 'link', debtorId, about: sender, change: { sender } }])
}

async function senderOf({ tx, proposal }: Learning): Promise<string | undefined> {
  const message = await tx.message.findUnique({ where: { id: proposal.messageId }, select: { fromAddress: true } })
  return message?.fromAddress ?? undefined
}

/** What a person's decision on these actions, as they stand now, says about the next one like it. */
function learnFrom(proposal: StoredProposal, actions: StoredAction[], sender: string | undefined): Learned[] {
  const { debtorId } = proposal
  if (debtorId === null) return []
  return actions.flatMap((action): Learned[] => {
    if (action.status !== 'pending' || action.protective) return []
    if (isMail(action) && action.payload.template !== 'blank') return learnFromMail(proposal, debtorId, action, sender)
    if (action.ticked || action.intent === null || wasLeftOut(proposal, action)) return []
    return [{ rule: 'left_out', debtorId, about: `${action.intent} ${action.kind}`, change: { kind: action.kind } }]
  })
}

function learnFromMail(proposal: StoredProposal, debtorId: number, action: MailAction, sender: string | undefined): Learned[] {
  const { kind, payload, proposed, ticked, intent } = action
  if (!ticked) return intent === null || wasLeftOut(proposal, action) ? [] : [{ rule: 'left_out', debtorId, about: `${intent} ${kind}`, change: { kind } }]
  const before = proposed as { text?: string; to?: string[]; cc?: string[] } | null
  if (!before) return toneOf(debtorId, action)
  const wordings = learnWording(before.text ?? '', payload.text).map(
    (change): Learned => ({ rule: 'wording', debtorId, about: wordingKey(payload.language, change.from), change }),
  )
  const [to, cc] = [lower(payload.to), lower(payload.cc)]
  const isMoved = to.join(' ') !== lower(before.to ?? []).join(' ') || cc.join(' ') !== lower(before.cc ?? []).join(' ')
  return [
    ...toneOf(debtorId, action),
    ...wordings,
    ...(isMoved && sender ? [{ rule: 'recipients' as const, debtorId, about: sender, change: { to, cc } }] : []),
  ]
}

/** The tone that a person chose instead of the one that it was proposed in. */
const toneOf = (debtorId: number, action: MailAction): Learned[] =>
  action.intent !== null && isToned(action) ? [{ rule: 'tone', debtorId, about: action.intent, change: { tone: action.payload.tone } }] : []

const isToned = (action: StoredAction): boolean => isMail(action) && (action.payload.plannedTone ?? action.payload.tone) !== action.payload.tone

/** Forgets what a person ticked again although it was learned to be left out. */
async function forgetLeftOut({ tx, deps, proposal, person }: Pick<AnyDeciding, 'tx' | 'deps' | 'proposal' | 'person'>, actions: StoredAction[]): Promise<void> {
  const wanted = actions.filter(({ ticked, status }) => ticked && status === 'pending').map(({ intent, kind }) => `${intent} ${kind}`)
  const rows = await tx.correction.findMany({ where: { rule: 'left_out', debtorId: proposal.debtorId, about: { in: wanted }, forgottenAt: null } })
  for (const { id } of rows) await forgetCorrection(tx, id, person.id, fromInstant(deps.clock.now()))
}

const lower = (addresses: string[]): string[] => addresses.map(address => address.toLowerCase()).toSorted()
