import { Temporal } from 'temporal-polyfill'
import { type PromiseRecord, promiseDays, promisePause } from '#ledger'
import type { Fact } from '#triage'
import { invoicesOf } from '../assign-invoices.ts'
import { policyOf } from '../policy-of.ts'
import { evidenceOf, factsOf, type LedgerInvoice, type Situation, textOf } from '../situation.ts'
import type { Handled, Handler } from './handler.ts'

/** A dated promise is registered and holds its invoices; one without a date, or under a condition, is asked about. */
export const promiseToPay: Handler = async situation => {
  const dates = factsOf(situation, 'promised_date')
  const promises = [...new Set(dates.map(({ promise }) => promise ?? 0))]
  const record = await situation.promiseRecord()
  const handled = promises.map(promise => onePromise(situation, promise, record))
  if (handled.length > 0) return { actions: handled.flatMap(each => each.actions ?? []), sections: handled.flatMap(each => each.sections ?? []) }
  return askForDate(
    situation,
    invoicesNamed(situation, undefined),
    situation.facts.some(({ conditional }) => conditional === true),
  )
}

function onePromise(situation: Situation, promise: number, record: PromiseRecord): Handled {
  const group = situation.facts.filter(fact => (fact.promise ?? 0) === promise)
  const [date, ...others] = group.filter(({ kind }) => kind === 'promised_date')
  const invoices = invoicesNamed(situation, promise === 0 ? undefined : promise)
  const isConditional = group.some(({ conditional }) => conditional === true)
  // Two different days for one promise, or a day that is over: which one is meant is not ours to guess.
  const isUnclear = others.some(other => other.value !== date?.value)
  if (!date || isConditional || isUnclear || isPast(situation, date)) return askForDate(situation, invoices, isConditional)
  const numbers = invoicesOf(situation, 'promise_to_pay')
  if (numbers.length > 0 && !invoices.some(({ isOpen }) => isOpen))
    return notOpen(
      situation,
      numbers.map(({ fact }) => fact),
      date,
    )

  const promisedOn = textOf(date)
  const amount = group.find(({ kind }) => kind === 'promised_amount')
  const promised = invoices.length > 0 ? invoices.filter(({ isOpen }) => isOpen) : withoutNumber(situation)
  const currencies = new Set(promised.map(invoice => invoice.currency))
  const currency = amount?.currency ?? (currencies.size === 1 ? [...currencies][0] : situation.administration?.currency)
  return {
    actions: isRegistered(situation, promisedOn, amount, promised)
      ? []
      : [
          {
            kind: 'register_promise',
            payload: {
              promisedOn,
              ...(amount && { amount: textOf(amount), ...(currency && { currency }) }),
              invoiceIds: promised.map(({ id }) => id),
              conditional: false,
              saidOn: situation.mailDay.toString(),
              ...promiseDays(situation.calendar, situation.today, promisedOn, promisePause(situation.promises, record)),
              ...(situation.senderId !== undefined && { contactId: situation.senderId }),
              ...(record.judged > 0 && { record: shownRecord(record) }),
              ...policyOf(
                situation,
                promised.map(({ id }) => id),
                promisedOn,
              ),
            },
            evidence: evidenceOf(situation, 'promise_to_pay', [date, ...(amount ? [amount] : []), ...factsNaming(situation, invoices)]),
          },
        ],
    sections: [
      {
        template: 'promise_confirmed',
        slots: {
          promisedOn,
          invoices: invoices.length > 0 ? promised.map(({ number }) => number) : [],
          ...(amount && currency && { amount: { amount: textOf(amount), currency } }),
        },
      },
    ],
  }
}

/** Whether just this was promised before and stands: it is not counted twice. */
function isRegistered({ standing }: Situation, promisedOn: string, amount: Fact | undefined, promised: LedgerInvoice[]): boolean {
  return standing.promises.some(
    known =>
      known.promisedOn === promisedOn &&
      (amount ? known.amount?.eq(textOf(amount)) === true : known.amount === null) &&
      known.invoiceIds.length === promised.length &&
      promised.every(({ id }) => known.invoiceIds.includes(id)),
  )
}

/** The record as a card shows it. */
const shownRecord = ({ kept, judged, probability }: PromiseRecord) => ({ kept, judged, percent: Math.floor(probability * 100) })

const isPast = (situation: Situation, date: Fact) => Temporal.PlainDate.compare(Temporal.PlainDate.from(textOf(date)), situation.mailDay) < 0

/** The invoices of one promise; those that stand with no promise at all when the mail groups none. */
function invoicesNamed(situation: Situation, promise: number | undefined): LedgerInvoice[] {
  const named = invoicesOf(situation, 'promise_to_pay')
  const grouped = named.filter(({ fact }) => promise !== undefined && fact.promise === promise)
  const chosen = grouped.length > 0 ? grouped : named.filter(({ fact }) => fact.promise === undefined || promise === undefined)
  return [...new Map(chosen.flatMap(({ invoice }) => (invoice ? [[invoice.id, invoice] as const] : []))).values()]
}

/** What a promise without a number is about: the invoices whose copies the same mail asks for, else all that is open. */
function withoutNumber(situation: Situation): LedgerInvoice[] {
  const asked = situation.intents.includes('invoice_copy_request') ? invoicesOf(situation, 'invoice_copy_request') : []
  const open = asked.flatMap(({ invoice }) => (invoice?.isOpen ? [invoice] : []))
  return open.length > 0 ? [...new Map(open.map(invoice => [invoice.id, invoice])).values()] : situation.open
}

const factsNaming = (situation: Situation, invoices: LedgerInvoice[]): Fact[] =>
  situation.named.filter(({ invoice }) => invoices.some(({ id }) => id === invoice?.id)).map(({ fact }) => fact)

const askForDate = (_situation: Situation, invoices: LedgerInvoice[], conditional: boolean): Handled => ({
  sections: [{ template: 'promise_date_request', slots: { invoices: invoices.filter(({ isOpen }) => isOpen).map(({ number }) => number), conditional } }],
})

/** Numbers that are none of the debtor's open invoices: neither those nor any others are taken as promised. */
const notOpen = (situation: Situation, numbers: Fact[], date: Fact): Handled => ({
  actions: [
    {
      kind: 'create_task',
      payload: { about: { code: 'promise_not_open', promisedOn: textOf(date), invoices: numbers.map(textOf) } },
      evidence: evidenceOf(situation, 'promise_to_pay', [date, ...numbers]),
    },
  ],
})
