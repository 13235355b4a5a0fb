import type { EntryContent } from '#proposals'
import { type Card, type CardField, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { readInstalments, writeInstalments } from '../forms/instalment-lines.ts'

type Asked = {
  debtor: { id: number; name: string }
  currency: string
  /** What is open of the invoices, in words. */
  open: string
  instalments: { dueOn: string; amount: string }[]
  invoices: string[]
}

/** Asks for the instalments of a payment plan. `key`: unlike any other form's, so that one that is sent twice counts once. */
export function planForm({ debtor, currency, open, instalments, invoices }: Asked, key: string, { words }: CardContext): Card {
  const { plans: say, form } = words
  const fields: CardField[] = [
    { type: 'text', id: 'instalments', label: say.instalments(currency), value: writeInstalments(instalments), multiline: true, required: true },
    { type: 'text', id: 'invoices', label: form.invoices, value: invoices.join(', '), multiline: false, required: false },
  ]
  const title = `${say.title} · ${oneLine(debtor.name, 80)}`
  return cardSchema.parse({
    title,
    subtitle: open,
    elements: fields.map(field => ({ type: 'field', field })),
    buttons: [{ action: 'plan.save', label: say.save, style: 'primary', data: { debtor: String(debtor.id), form: key } }],
    fallback: title,
  })
}

type Filled = { content: EntryContent; invoiceNumbers: string[] }

/** What was filled in; undefined when a line is not a day and an amount. Amounts are read in the reader's language. */
export function readPlan(values: Record<string, string>, { format }: CardContext): Filled | undefined {
  const instalments = readInstalments((values.instalments ?? '').slice(0, 4000), format.groupSeparator)
  const invoiceNumbers = (values.invoices ?? '')
    .slice(0, 4000)
    .split(/[\s,;]+/)
    .filter(Boolean)
  return instalments && { content: { kind: 'payment_plan', instalments, invoiceIds: [], currency: '', total: '0' }, invoiceNumbers }
}
