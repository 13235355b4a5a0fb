import { templatesKind } from '#drafting'
import type { Intent } from '#triage'
import type { ActionKind } from '../action.ts'
import type { AutonomyLevel } from '../autonomy-kind.ts'
import { isMail, type StoredAction } from '../store.ts'

/** What autonomy is earned for. `mailboxId`: null for all mailboxes together. */
export type Combination = { kind: string; intent: string; language: string; mailboxId: number | null }

/**
 * Intents that a person always decides: bank details, the law, insolvency and payment plans; and changes of contacts, since they add to who
 * may receive mail of ours. Of questions nobody knows the answer beforehand.
 */
const alwaysPerson: readonly Intent[] = [
  'payment_details_question',
  'legal_reply',
  'insolvency_notice',
  'payment_plan_request',
  'contact_change',
  'other_question',
]

/** Whether autonomy can ever be earned for it. */
export const canBeEarned = ({ intent }: Pick<Combination, 'intent'>): boolean => !alwaysPerson.some(each => each === intent)

const shipped = new Set(Object.keys(templatesKind.schema.shape))

/** Whether a reply says nothing but texts that stand fixed in templates; whatever was written for one case is not. */
export function isFixedText(action: StoredAction): boolean {
  if (!isMail(action)) return true
  return !action.edited && action.payload.template.split('+').every(template => shipped.has(template))
}

/** Notes for colleagues: they change nothing that is owed, promised or held, and reach nobody outside. They wait for no grant of their own. */
export const isFiling = ({ kind }: Pick<StoredAction, 'kind'>): boolean => kind === 'create_task' || kind === 'register_absence'

/** Nothing that is sent is sent at once: at most when its undo window is over. */
export const highestLevel = (kind: string): Exclude<AutonomyLevel, 'ask'> => (sends(kind as ActionKind) ? 'send_after_undo' : 'act')

const sends = (kind: ActionKind): boolean => kind === 'send_reply' || kind === 'send_invoice_copies'

const order: readonly AutonomyLevel[] = ['ask', 'send_after_undo', 'act']

/** The lowest of some levels; `act` of none. */
export const lowest = (levels: readonly AutonomyLevel[]): AutonomyLevel => order[Math.min(2, ...levels.map(level => order.indexOf(level)))] ?? 'ask'
