import { chooseTone, tones } from '#ledger'
import type { ActionEdit, ActionView } from '#proposals'
import type { CardField } from '../card.ts'
import { disputeReason } from '../cards/dispute-reason.ts'
import { isMailAction } from '../cards/mail-action.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { taskTitle } from '../cards/task-title.ts'
import type { Words } from '../words/index.ts'
import { readInstalments, writeInstalments } from './instalment-lines.ts'

/** One thing that can be changed on an action: how the form shows it, and what the changed text comes to. */
export type EditField = { field: CardField; toEdit: (value: string) => Partial<ActionEdit> | undefined }

/**
 * `recipients`: the addresses that a reply may go to. `disputeTypes`: what a dispute may be of. `extension`: until when time may be given without asking
 * the debtor's credit insurer, in words.
 */
export type EditChoices = { recipients: string[]; disputeTypes: string[]; extension?: string | undefined }

/** The fields of an action's edit form. */
export function editFields(action: ActionView, { recipients, disputeTypes }: EditChoices, { words, format }: CardContext): EditField[] {
  const id = (name: string) => `edit.${action.id}.${name}`
  const text = (name: string, label: string, value: string | undefined, toEdit: EditField['toEdit'], multiline = false): EditField => ({
    field: { type: 'text', id: id(name), label, value: value ?? '', multiline, required: false },
    toEdit,
  })
  const date = (name: string, label: string, value: string | undefined, toEdit: EditField['toEdit']): EditField => ({
    field: { type: 'date', id: id(name), label, value: value ?? '' },
    toEdit,
  })
  const { form } = words
  const currency = ('currency' in action.payload && action.payload.currency) || action.invoices[0]?.currency || 'EUR'
  const numbers = action.wholeDebtor ? '' : action.invoices.map(({ number }) => number).join(', ')
  const invoices = text('invoices', form.invoices, numbers, value => ({ invoiceNumbers: splitList(value) }))
  if (isMailAction(action)) {
    const standing = action.payload.to.join(', ')
    const options = [...new Set([standing, ...recipients])].map(address => ({ value: address, label: address }))
    return [
      {
        field: { type: 'choice', id: id('to'), label: form.recipients, value: standing, options },
        toEdit: value => ({ to: splitList(value) }),
      },
      { field: toneField(id('tone'), action.payload.tone, words), toEdit: value => ({ tone: chooseTone(value) }) },
      text('subject', form.subject, action.payload.subject, value => ({ subject: value })),
      text('text', form.replyText, action.payload.text, value => ({ text: value }), true),
    ]
  }
  switch (action.kind) {
    case 'register_promise':
      return [
        date('promisedOn', form.promisedOn, action.payload.promisedOn, value => ({ promisedOn: value })),
        text('amount', form.amount(currency), action.payload.amount, value => ({ amount: value })),
        invoices,
      ]
    case 'agree_payment_plan': {
      const toEdit: EditField['toEdit'] = value => {
        const instalments = readInstalments(value, format.groupSeparator)
        return instalments && { instalments }
      }
      return [text('instalments', words.plans.instalments(currency), writeInstalments(action.payload.instalments), toEdit, true), invoices]
    }
    case 'place_hold':
      return [date('until', form.until, action.payload.until, value => ({ until: value })), invoices]
    case 'open_dispute': {
      const options = disputeTypes.map(type => ({ value: type, label: disputeReason(type, words) }))
      const reason = { type: 'choice', id: id('reason'), label: form.reason, value: action.payload.reason, options } as const
      const amount = text('amount', words.disputes.contested(currency), action.payload.amount, value => ({ amount: value }))
      return [{ field: reason, toEdit: value => ({ disputeReason: value }) }, invoices, amount]
    }
    case 'mark_payment_claimed':
      return [
        text('amount', form.amount(currency), action.payload.amount, value => ({ amount: value })),
        date('until', form.until, action.payload.holdUntil, value => ({ until: value })),
        invoices,
      ]
    case 'register_absence':
      return [date('until', form.absentUntil, action.payload.until, value => ({ until: value }))]
    case 'update_contact':
      return (['name', 'email', 'phone', 'address'] as const).map(part =>
        text(part, form[part], action.payload[part], value => ({ contact: { [part]: value } })),
      )
    case 'register_po_number':
      return [text('poNumber', form.poNumber, action.payload.poNumber, value => ({ poNumber: value })), invoices]
    case 'create_task':
      return [
        text('title', form.taskTitle, taskTitle(action.payload, { words, format }), value => ({ title: value })),
        text('detail', form.detail, action.payload.detail, value => ({ detail: value }), true),
        date('dueOn', form.dueOn, action.payload.dueOn, value => ({ dueOn: value })),
      ]
    case 'mark_address_bounced':
      return []
    default:
      return action satisfies never
  }
}

/** How a mail is to sound. */
export const toneField = (id: string, value: string, { disputes: say }: Words, others: { value: string; label: string }[] = []): CardField => ({
  type: 'choice',
  id,
  label: say.toneLabel,
  value,
  options: [...others, ...tones.map(tone => ({ value: tone, label: say.tone[tone] }))],
})

const splitList = (value: string): string[] =>
  value
    .split(/[,;\n]/)
    .map(part => part.trim())
    .filter(part => part !== '')
