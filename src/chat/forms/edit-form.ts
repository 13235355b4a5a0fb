import type { ActionEdit, ActionView, ProposalView } from '#proposals'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import { tickField } from '../cards/action-elements.ts'
import { describeAction } from '../cards/describe-action.ts'
import { isToBeWritten } from '../cards/mail-action.ts'
import { type CardContext, cardTitle } from '../cards/proposal-card.ts'
import { proposalVersion } from '../cards/proposal-version.ts'
import { type EditChoices, editFields } from './edit-fields.ts'
import { parseAmount } from './parse-amount.ts'

export type FormValues = Record<string, string>

/** The edit form of a proposal: each waiting action with its tick and what can be changed on it, filled in as it stands. */
export function editForm(view: ProposalView, choices: EditChoices, ticks: FormValues, { words, format }: CardContext): Card {
  const data = { proposal: String(view.id), version: proposalVersion(view) }
  const elements = waitingActions(view).flatMap((action): CardElement[] => {
    const value = ticks[tickField(action.id)]
    const tick = {
      type: 'toggle',
      id: tickField(action.id),
      label: describeAction(action, words, format),
      // Who opens the form to write the reply wants it sent.
      value: isToBeWritten(action) || (value ? value === 'true' : action.ticked),
    } as const
    const fields = editFields(action, choices, { words, format }).map(({ field }): CardElement => ({ type: 'field', field }))
    const givesTime = action.kind === 'register_promise' || action.kind === 'agree_payment_plan'
    const limit: CardElement[] =
      givesTime && choices.extension !== undefined ? [{ type: 'text', text: choices.extension, tone: 'neutral', weight: 'subtle' }] : []
    return [{ type: 'field', field: tick }, ...limit, ...fields]
  })
  return cardSchema.parse({
    title: words.form.editTitle,
    subtitle: cardTitle(view, words),
    elements,
    buttons: [
      { action: 'proposal.approve_edited', label: words.button.sendEdited, style: 'primary', data },
      { action: 'proposal.save_edited', label: words.button.save, data },
    ],
    fallback: words.form.editTitle,
  })
}

/** The actions that a decision is still about. */
const waitingActions = (view: ProposalView): ActionView[] => view.actions.filter(({ status }) => status === 'pending')

/** The ids of the actions whose ticks stand in a card's or form's values; an action without a value keeps its own tick. */
export const tickedIds = (view: ProposalView, values: FormValues): number[] =>
  waitingActions(view)
    .filter(action => (values[tickField(action.id)] ?? String(action.ticked)) === 'true')
    .map(({ id }) => id)

export type ReadEdits = { kind: 'edits'; edits: ActionEdit[] } | { kind: 'invalid'; label: string }

/** What was changed in an edit form, by action; fields left as they stood are no edits. Amounts are read in the reader's language. */
export function readEdits(view: ProposalView, choices: EditChoices, values: FormValues, { words, format }: CardContext): ReadEdits {
  const edits: ActionEdit[] = []
  for (const action of waitingActions(view)) {
    let edit: ActionEdit | undefined
    for (const { field, toEdit } of editFields(action, choices, { words, format })) {
      const value = values[field.id]?.trim()
      if (value === undefined || sameText(value, String(field.value))) continue
      const amount = field.id.endsWith('.amount') && value !== ''
      const read = amount ? parseAmount(value, format.groupSeparator) : value
      if (read === undefined || (field.type === 'date' && value === '')) return { kind: 'invalid', label: `${field.label}: ${value}` }
      const change = toEdit(read)
      if (!change) return { kind: 'invalid', label: field.label }
      const contact = { ...edit?.contact, ...change.contact }
      edit = { ...edit, ...change, ...(Object.keys(contact).length > 0 && { contact }), actionId: action.id }
    }
    if (edit) edits.push(edit)
  }
  return { kind: 'edits', edits }
}

// Browsers send line ends as they like, and trim nothing.
const sameText = (a: string, b: string): boolean => a.replaceAll('\r\n', '\n').trim() === b.replaceAll('\r\n', '\n').trim()
