import type { Temporal } from 'temporal-polyfill'
import { type Card, type CardField, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { disputeReason } from '../cards/dispute-reason.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { CallHead } from './call.ts'

/** `paid`: the debtor says that it has paid; `reached`: somebody was spoken to, and nothing else came of it. */
export const callOutcomes = ['promise', 'dispute', 'paid', 'reached'] as const
export const skipReasons = ['in_contact', 'no_number', 'not_useful', 'other'] as const

type Asked = { disputeTypes: string[]; numbers: string; today: Temporal.PlainDate; key: string }

/** Asks what came of a call that was answered. `key`: unlike any other form's, so that one that is sent twice counts once. */
export function reachedForm(call: CallHead, { disputeTypes, numbers, today, key }: Asked, { words }: CardContext): Card {
  const { calls: say, form } = words
  const reasons = disputeTypes.map(type => ({ value: type, label: disputeReason(type, words) }))
  const fields: CardField[] = [
    { type: 'choice', id: 'outcome', label: say.outcome, value: 'promise', options: callOutcomes.map(value => ({ value, label: say.outcomes[value] })) },
    { type: 'date', id: 'day', label: form.promisedOn, value: today.add({ days: 7 }).toString() },
    text('amount', say.amount(call.administration.currency)),
    { type: 'choice', id: 'reason', label: say.disputeReason, value: 'other', options: reasons },
    text('text', say.said, '', true),
    text('invoices', form.invoices, numbers),
  ]
  const title = `${say.reached} · ${oneLine(call.debtor, 80)}`
  return cardSchema.parse({
    title,
    subtitle: say.formHint,
    elements: fields.map(field => ({ type: 'field', field })),
    buttons: [{ action: 'call.save', label: words.button.save, style: 'primary', data: { call: String(call.id), form: key } }],
    fallback: title,
  })
}

const text = (id: string, label: string, value = '', multiline = false): CardField => ({ type: 'text', id, label, value, multiline, required: false })

/** Asks why a call is not made. */
export function skipForm(call: CallHead, { words }: CardContext): Card {
  const { calls: say } = words
  const options = skipReasons.map(value => ({ value, label: say.skipReasons[value] }))
  const title = `${say.skip} · ${oneLine(call.debtor, 80)}`
  return cardSchema.parse({
    title,
    subtitle: say.skipHint,
    elements: [{ type: 'field', field: { type: 'choice', id: 'reason', label: words.form.rejectReason, value: skipReasons[0], options } }],
    buttons: [{ action: 'call.skip_for', label: say.skip, style: 'primary', data: { call: String(call.id) } }],
    fallback: title,
  })
}
