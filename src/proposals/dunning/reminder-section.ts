import type { WrittenAction } from '#dunning'
import { toPlainDate } from '#platform'
import type { ReplySection } from '../proposal.ts'
import { statementOf } from '../statement.ts'

/** What a step's mail tells: the items with what is asked for of each, and the total of each currency. Days are ISO. */
export function reminderSection(template: string, { items }: Pick<WrittenAction, 'items'>): ReplySection {
  const told = items.map(({ number, invoiceDate, dueDate, amount, currency }) => ({
    number,
    invoiceDate: invoiceDate && toPlainDate(invoiceDate).toString(),
    dueDate: toPlainDate(dueDate).toString(),
    openAmount: amount,
    currency,
  }))
  return { template, slots: statementOf(told) }
}
