import type { Tone } from '#ledger'
import type { PlanWithCopies } from '../plan.ts'
import { mayReceive, type RecipientLock } from '../recipients.ts'
import type { Correction } from './correction.ts'
import { applyWording } from './wording.ts'

/**
 * A plan as people corrected others like it, with the corrections that changed it. A correction never reaches further than a person
 * could: recipients stay within the lock, and an action is at most left out.
 */
export function applyCorrections(
  plan: PlanWithCopies,
  corrections: readonly Correction[],
  lock: RecipientLock,
): { plan: PlanWithCopies; applied: Correction[] } {
  const applied = new Set<Correction>()
  const actions = plan.actions.map(action => corrections.reduce((changed, correction) => applyOne(changed, correction), action))
  return { plan: applied.size > 0 ? { ...plan, actions } : plan, applied: corrections.filter(each => applied.has(each)) }

  function applyOne(action: PlanWithCopies['actions'][number], correction: Correction): PlanWithCopies['actions'][number] {
    switch (correction.rule) {
      case 'left_out': {
        const isMeant = action.kind === correction.change.kind && `${action.intent} ${action.kind}` === correction.about
        if (!isMeant || action.protective || action.ticked === false) return action
        applied.add(correction)
        return { ...action, ticked: false }
      }
      case 'recipients': {
        const { to, cc } = correction.change
        if (!isMail(action) || ![...to, ...cc].every(address => mayReceive(lock, address))) return action
        if (sameList(action.payload.to, to) && sameList(action.payload.cc, cc)) return action
        applied.add(correction)
        return { ...action, payload: { ...action.payload, to, cc } } as typeof action
      }
      case 'wording': {
        if (!isMail(action) || !correction.about.startsWith(`${action.payload.language} `)) return action
        const text = applyWording(action.payload.text, [correction])
        if (text === action.payload.text) return action
        applied.add(correction)
        return { ...action, payload: { ...action.payload, text } } as typeof action
      }
      case 'tone':
      case 'owner':
      case 'link':
        return action // not about what stands in an action: a tone is drafted with, by `learnedTone`
      default:
        return correction satisfies never
    }
  }
}

/** The tone that people chose for replies about this, where it is another than the debtor's own. */
export const learnedTone = (corrections: readonly Correction[], about: string | null, own: Tone) =>
  corrections.filter(each => each.rule === 'tone').findLast(each => each.about === about && each.change.tone !== own)

type Mail = Extract<PlanWithCopies['actions'][number], { kind: 'send_reply' | 'send_invoice_copies' }>
const isMail = (action: PlanWithCopies['actions'][number]): action is Mail => action.kind === 'send_reply' || action.kind === 'send_invoice_copies'
const sameList = (a: string[], b: string[]): boolean => a.toSorted().join(' ') === b.toSorted().join(' ')
