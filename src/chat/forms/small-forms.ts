import type { ProposalView } from '#proposals'
import type { LookUpHit } from '#search'
import { type Card, type CardField, type CardInput, cardSchema } from '../card.ts'
import { describeAction } from '../cards/describe-action.ts'
import { type CardContext, cardTitle } from '../cards/proposal-card.ts'
import { proposalVersion } from '../cards/proposal-version.ts'

/** Asks why a proposal is rejected. */
export function rejectForm(view: ProposalView, { words }: CardContext): Card {
  const field: CardField = { type: 'text', id: 'reason', label: words.form.rejectReason, value: '', multiline: true, required: true }
  return oneField(view, words.form.rejectTitle, cardTitle(view, words), field, { action: 'proposal.reject_for', label: words.button.reject, style: 'danger' })
}

/** Asks until which day a proposal sleeps. `day`: the ISO day that is filled in. */
export function snoozeForm(view: ProposalView, day: string, { words }: CardContext): Card {
  const field: CardField = { type: 'date', id: 'day', label: words.form.snoozeDay, value: day }
  return oneField(view, words.form.snoozeTitle, cardTitle(view, words), field, {
    action: 'proposal.snooze_until',
    label: words.button.snooze,
    style: 'primary',
  })
}

/** Asks which colleague takes a proposal over. */
export function reassignForm(view: ProposalView, staff: { id: number; name: string }[], { words }: CardContext): Card {
  const options = staff.filter(({ id }) => id !== view.owner?.id).map(({ id, name }) => ({ value: String(id), label: name }))
  const field: CardField = { type: 'choice', id: 'owner', label: words.form.reassignTo, value: options[0]?.value ?? '', options }
  return oneField(view, words.form.reassignTitle, cardTitle(view, words), field, {
    action: 'proposal.reassign_to',
    label: words.button.reassign,
    style: 'primary',
  })
}

/** Asks whether a protection is lifted. `action`: the id of the action that protects. */
export function liftForm(view: ProposalView, action: string, { words, format }: CardContext): Card {
  const protection = view.actions.find(({ id }) => String(id) === action)
  const { undoProtectiveTitle: title, undoProtectiveText: text } = words.confirm
  return cardSchema.parse({
    title,
    subtitle: cardTitle(view, words),
    elements: [...(protection ? [{ type: 'text', text: describeAction(protection, words, format), weight: 'strong' }] : []), { type: 'text', text }],
    buttons: [{ action: 'action.undo', label: words.button.undoProtective, style: 'danger', data: { ...dataOf(view), action } }],
    fallback: title,
  })
}

/** Asks for a debtor to link a proposal to; with `found`, offers every hit. */
export function linkForm(view: ProposalView, query: string, found: readonly LookUpHit[] | undefined, { words }: CardContext): Card {
  const field: CardField = { type: 'text', id: 'query', label: words.form.linkQuery, value: query, multiline: false, required: true }
  const form = oneField(view, words.form.linkTitle, cardTitle(view, words), field, {
    action: 'proposal.link',
    label: words.button.search,
    style: found?.length ? 'default' : 'primary',
  })
  if (!found) return form
  const data = { proposal: String(view.id), version: proposalVersion(view) }
  const none = { type: 'text', text: words.command.noneTitle(query), tone: 'warning', weight: 'normal' } as const
  const hits = found.map(({ id, number, name, administration }) => ({
    type: 'pick' as const,
    text: name,
    note: `${number} · ${administration}`,
    button: { action: 'proposal.link_to', label: name, style: 'default' as const, data: { ...data, debtor: String(id) } },
  }))
  return { ...form, elements: [...form.elements, ...(hits.length > 0 ? hits : [none])] }
}

function oneField(
  view: ProposalView,
  title: string,
  subtitle: string,
  field: CardField,
  button: { action: string; label: string; style: 'primary' | 'default' | 'danger' },
): Card {
  const data = dataOf(view)
  const card: CardInput = { title, subtitle, elements: [{ type: 'field', field }], buttons: [{ ...button, data }], fallback: title }
  return cardSchema.parse(card)
}

const dataOf = (view: ProposalView) => ({ proposal: String(view.id), version: proposalVersion(view) })
