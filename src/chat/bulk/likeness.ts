import { z } from 'zod'
import { judge, type RightsPolicy } from '#people'
import { Prisma } from '#platform'
import { type ActionKind, actionSchemas, type ProposalView } from '#proposals'
import { assertedFrom, type Intent, intents } from '#triage'
import { isMailAction, isToBeWritten } from '../cards/mail-action.ts'

// Which proposals are alike enough to be approved together: one action of one kind on one kind of mail, by one text, as sure, of one book and
// mailbox (so that who sees one sees the others), with nothing that a person should look at first.

const kinds = Object.keys(actionSchemas) as [ActionKind, ...ActionKind[]]
const likenessSchema = z.object({
  kind: z.enum(kinds),
  intent: z.enum(intents),
  /** The template of its reply; empty for an action that writes none. */
  template: z.string(),
  language: z.string(),
  sureness: z.enum(['sure', 'likely']),
  administration: z.string(),
  mailbox: z.string(),
})
export type Likeness = z.infer<typeof likenessSchema>

/** What a proposal has in common with those that it can be approved with; `stake`: what it is about, in the reporting currency. */
export type Alike = { key: string; stake: Prisma.Decimal }

/** Each of these is looked at by itself, however sure its reading is. */
const looksAlone: ReadonlySet<Intent> = new Set([
  'dispute',
  'payment_plan_request',
  'payment_details_question',
  'contact_change',
  'insolvency_notice',
  'legal_reply',
  'other_question',
])

/** What an open proposal has in common with others; undefined for one that is decided by itself. */
export function alikeOf(view: ProposalView, policy: RightsPolicy): Alike | undefined {
  const [action, ...otherActions] = view.actions
  const [intent, ...otherIntents] = view.intents.filter(({ confidence }) => confidence >= assertedFrom)
  if (view.status !== 'open' || !action || !intent || otherActions.length > 0 || otherIntents.length > 0) return undefined
  if (looksAlone.has(intent.intent) || intent.confidence < likelyFrom || isToLookAt(view)) return undefined
  const isPlain = action.status === 'pending' && action.ticked && !action.edited && !action.protective && action.messageId === view.message.id
  if (!isPlain || isToBeWritten(action) || !view.debtor || !view.atStake) return undefined
  const stake = new Prisma.Decimal(view.atStake.amount)
  if (takesTwo(action.kind, stake, policy)) return undefined
  const likeness: Likeness = {
    kind: action.kind,
    intent: intent.intent,
    template: isMailAction(action) ? action.payload.template : '',
    language: isMailAction(action) ? action.payload.language : '',
    sureness: intent.confidence >= sureFrom ? 'sure' : 'likely',
    administration: view.debtor.administration.code,
    mailbox: view.message.mailboxKey,
  }
  return { key: JSON.stringify(likeness), stake }
}

/** What the key of a bulk says. */
export const readLikeness = (key: string): Likeness => likenessSchema.parse(JSON.parse(key))

const sureFrom = 0.9
const likelyFrom = 0.7

/** Whether its card tells something that a line in a list would not. */
const isToLookAt = ({ needsPerson, quarantine, warnings, disagreements, claim, edited, debtor, message }: ProposalView): boolean =>
  message.attachments.some(({ inline }) => !inline) || // nobody has read what is in them
  needsPerson !== null ||
  edited ||
  claim !== null ||
  quarantine.length + warnings.length + disagreements.length > 0 ||
  Boolean(debtor?.pinnedNote)

/** Whether the settings want two people for it, whoever comes first. */
function takesTwo(kind: ActionKind, stake: Prisma.Decimal, { secondVotes }: RightsPolicy): boolean {
  const anybody = { id: 0, role: 'admin', active: true, amountLimit: null }
  return judge(anybody, { roleLimits: new Map(), secondVotes }, { vote: 'first', stake: { total: stake, kinds: [{ kind, amount: stake }] } }).kind !== 'allowed'
}
