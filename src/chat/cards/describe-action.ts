import type { ActionView, InvoiceView } from '#proposals'
import type { Format } from '../format.ts'
import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'
import { disputeReason } from './dispute-reason.ts'
import { taskTitle } from './task-title.ts'
import { tellProblems } from './tell-problems.ts'

const shownInvoices = 4

/** What an action does, in one line: who, which invoices, how much, until when. */
export function describeAction(action: ActionView, words: Words, format: Format): string {
  const { action: say, card } = words
  const invoices = action.wholeDebtor ? card.allInvoices : invoiceNumbers(action.invoices)
  const day = (iso: string | undefined) => (iso ? format.day(iso) : '')
  const money = (amount: string | undefined, currency: string | undefined) =>
    amount ? format.money(amount, currency ?? action.invoices[0]?.currency ?? 'EUR') : ''
  switch (action.kind) {
    case 'send_reply':
      return say.send_reply(action.payload.to.join(', '))
    case 'send_invoice_copies': {
      const missing = action.payload.missing.length > 0 ? ` · ${say.copies_missing(action.payload.missing.join(', '))}` : ''
      const to = action.payload.to.join(', ')
      return (action.payload.attachments.length > 0 ? say.send_invoice_copies(invoices, to) : say.send_reply(to)) + missing
    }
    case 'register_promise': {
      const { amount, currency, promisedOn, conditional } = action.payload
      const promise = say.register_promise(money(amount, currency), day(promisedOn), invoices).replaceAll(/ +/g, ' ')
      return conditional ? `${promise} · ${say.conditional}` : promise
    }
    case 'agree_payment_plan': {
      const { instalments, currency, total } = action.payload
      return words.plans.action(String(instalments.length), money(total, currency), invoices, day(instalments.at(-1)?.dueOn))
    }
    case 'place_hold':
      return say.place_hold(invoices, day(action.payload.until))
    case 'open_dispute':
      return say.open_dispute(disputeReason(action.payload.reason, words), invoices)
    case 'mark_payment_claimed': {
      const { amount, currency, paidOn, holdUntil } = action.payload
      return say.mark_payment_claimed(money(amount, currency) || invoices, day(paidOn), day(holdUntil))
    }
    case 'mark_address_bounced':
      return say.mark_address_bounced(action.payload.address, action.payload.permanent)
    case 'register_absence':
      return say.register_absence(action.payload.address, day(action.payload.until), action.payload.standIn ?? '')
    case 'update_contact': {
      const { name, email, phone, address } = action.payload
      return say.update_contact([name, email, phone, address].filter(Boolean).join(', '))
    }
    case 'register_po_number':
      return say.register_po_number(action.payload.poNumber, invoices)
    case 'create_task':
      return say.create_task(oneLine(taskTitle(action.payload, { words, format }), 160))
    default:
      return action satisfies never
  }
}

/** The numbers of some invoices, the first four by name. */
export function invoiceNumbers(invoices: Pick<InvoiceView, 'number'>[]): string {
  const names = invoices.slice(0, shownInvoices).map(({ number }) => number)
  return invoices.length > shownInvoices ? `${names.join(', ')} +${invoices.length - shownInvoices}` : names.join(', ')
}

/** How an action stands: done, leaves at 14:03, failed with its cause ... Empty while nothing has happened. */
export function describeStatus(action: Pick<ActionView, 'status' | 'scheduledFor' | 'problems' | 'protective'>, words: Words, format: Format): string {
  const say = words.actionStatus
  switch (action.status) {
    case 'scheduled':
      return action.scheduledFor ? say.scheduled(format.timeWithSeconds(action.scheduledFor)) : say.claimed
    case 'failed':
      return say.failed(oneLine(tellProblems(action.problems, words, format), 300))
    case 'done':
      // Not every recipient of a mail that left may have got it.
      return [action.protective ? say.protective : say.done, oneLine(tellProblems(action.problems, words, format), 300)].filter(Boolean).join(': ')
    default:
      return say[action.status]
  }
}
