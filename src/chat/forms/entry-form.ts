import type { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { EntryContent } from '#proposals'
import { type Card, type CardField, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { disputeReason } from '../cards/dispute-reason.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { Words } from '../words/index.ts'
import { parseAmount } from './parse-amount.ts'

/** `open`: what the debtor owes, in words. `today`, `key`: see the fields. */
type Asked = { id: number; name: string; currency: string; open: string; disputeTypes: string[] }

const longestText = 4000
/** More numbers than that are not written out: none stand for all items. */
const mostNumbers = 20

/** Numbers of invoices as a field is filled in with them. */
export const numbersShown = (numbers: readonly string[]): string => (numbers.length > mostNumbers ? '' : numbers.join(', '))

/** What people enter by a form of their own. */
export type EnteredKind = 'promise' | 'dispute' | 'hold' | 'insurance_report'

/** Asks for a promise, a dispute or a hold of one debtor. `key`: unlike any other form's, so that one that is sent twice counts once. */
export function entryForm(kind: EnteredKind, debtor: Asked, { key, today }: { key: string; today: Temporal.PlainDate }, { words }: CardContext): Card {
  const { entries: say, form, insurance } = words
  const day = (id: string, label: string, ahead: number): CardField => ({ type: 'date', id, label, value: today.add({ days: ahead }).toString() })
  const options = debtor.disputeTypes.map(type => ({ value: type, label: disputeReason(type, words) }))
  const own: Record<EnteredKind, CardField[]> = {
    promise: [day('day', form.promisedOn, 7), text('amount', form.amount(debtor.currency))],
    dispute: [
      { type: 'choice', id: 'reason', label: form.reason, value: 'other', options },
      text('text', say.said, true),
      text('amount', words.disputes.contested(debtor.currency)),
    ],
    hold: [day('day', form.until, 14)],
    insurance_report: [day('day', insurance.reportedOn, 0), text('reference', insurance.reference)],
  }
  const fields = [...own[kind], text('invoices', kind === 'insurance_report' ? insurance.invoices : form.invoices)]
  const title = `${say.kind[kind]} · ${oneLine(debtor.name, 80)}`
  return cardSchema.parse({
    title,
    subtitle: debtor.open,
    elements: fields.map(field => ({ type: 'field', field })),
    buttons: [{ action: 'entry.save', label: say.save[kind], style: 'primary', data: { debtor: String(debtor.id), kind, form: key } }],
    fallback: title,
  })
}

const text = (id: string, label: string, multiline = false): CardField => ({ type: 'text', id, label, value: '', multiline, required: multiline })

type Filled = { content: EntryContent; invoiceNumbers: string[] }

/** What was filled in; the label of the field that is wrong. Amounts are read in the reader's language. */
export function readEntry(kind: string, values: Record<string, string>, { words, format }: CardContext): Filled | { wrong: string } {
  const { form, entries: say } = words
  const day = z.iso.date().safeParse(values.day?.trim())
  const typed = values.amount?.trim() ?? ''
  const amount = typed === '' ? undefined : parseAmount(typed, format.groupSeparator)
  const said = (values.text ?? '').trim()
  const reason = (values.reason ?? '').slice(0, 60)
  const numbers = (values.invoices ?? '').slice(0, longestText).split(/[\s,;]+/)
  const invoiceNumbers = numbers.filter(Boolean)
  if (kind === 'dispute') {
    if (reason === '') return { wrong: form.reason }
    if (said === '' || said.length > longestText) return { wrong: say.said }
    if (typed !== '' && (amount === undefined || !/[1-9]/.test(amount) || amount.startsWith('-'))) return { wrong: form.amount('').replace(' ()', '') }
    return { content: { kind, reason, text: said, ...(amount !== undefined && { amount }), invoiceIds: [] }, invoiceNumbers }
  }
  if (kind === 'payment_claim') return { content: { kind, invoiceIds: [] }, invoiceNumbers }
  if (kind === 'insurance_report') return readReport(values, { day: day.data, invoiceNumbers }, words)
  if (kind !== 'promise' && kind !== 'hold') return { wrong: kind.slice(0, 20) }
  if (!day.success) return { wrong: kind === 'promise' ? form.promisedOn : form.until }
  if (kind === 'hold') return { content: { kind, until: day.data, invoiceIds: [] }, invoiceNumbers }
  if (typed !== '' && (amount === undefined || amount.startsWith('-'))) return { wrong: form.amount('').replace(' ()', '') }
  return { content: { kind, promisedOn: day.data, ...(amount && { amount }), invoiceIds: [] }, invoiceNumbers }
}

function readReport(
  values: Record<string, string>,
  { day, invoiceNumbers }: { day: string | undefined; invoiceNumbers: string[] },
  { insurance: say }: Words,
): Filled | { wrong: string } {
  const reference = (values.reference ?? '').trim()
  if (day === undefined) return { wrong: say.reportedOn }
  if (reference.length > 60) return { wrong: say.reference }
  return {
    content: { kind: 'insurance_report', reportedOn: day, ...(reference !== '' && { reference }), invoiceIds: [], policyId: '', insurer: '' },
    invoiceNumbers,
  }
}
