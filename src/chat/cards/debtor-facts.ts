import type { DebtorOverview, OwnValue, Reason } from '#search'
import type { Format } from '../format.ts'
import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'

type Say = { words: Words; format: Format }

/** A note with the invoices that it is about. */
export const noteLine = ({ text, invoices }: DebtorOverview['notes'][number]): string =>
  [invoices.slice(0, 5).join(', '), oneLine(text, 160)].filter(Boolean).join(': ')

/** How a debtor pays, as lines; none when nothing is known. */
export function behaviorLines({ behavior }: Pick<DebtorOverview, 'behavior'>, { words, format }: Say): string[] {
  const { averageDaysLate: days, paidInvoices, promises, keepsPercent } = behavior
  const say = words.debtorCard
  const decided = promises.kept + promises.partlyKept + promises.broken
  return [
    ...(days === null ? [] : [(days < 0 ? say.paysEarly : say.paysLate)(format.number(Math.abs(days)), String(paidInvoices))]),
    ...(decided === 0 ? [] : [say.promisesKept(String(promises.kept), String(decided), String(keepsPercent ?? 50))]),
  ]
}

/** The segments of a debtor, each with its reasons: the conditions and the debtor's own values. */
export const segmentLines = ({ segments }: Pick<DebtorOverview, 'segments'>, say: Say): string[] =>
  segments.map(({ title, why }) =>
    [title, why.length > 0 && `${say.words.debtorCard.because} ${why.map(reason => reasonText(reason, say)).join(', ')}`].filter(Boolean).join(' '),
  )

/** A condition that a debtor fits, with its own value. */
export function reasonText({ condition, value }: Reason, { format }: Pick<Say, 'format'>): string {
  const own = value && ownText(value, format)
  return own ? `${condition} (${own})` : condition
}

function ownText(value: OwnValue, format: Format): string {
  switch (value.kind) {
    case 'none':
      return ''
    case 'amounts':
      return value.amounts.map(({ amount, currency }) => format.money(amount, currency)).join(' + ')
    case 'day':
      return /^\d{4}-\d\d-\d\d$/.test(value.value) ? format.day(value.value) : value.value
    default:
      return oneLine(value.value, 60)
  }
}

/** A promise with its amount, day, result and invoices. */
export function promiseLine(promise: DebtorOverview['promises'][number], debtor: DebtorOverview, { words, format }: Say): string {
  const say = words.debtorCard
  const { amount, currency, promisedOn, status, passed, invoices } = promise
  const what = say.promise(amount ? format.money(amount, currency ?? debtor.administration.currency) : '', promisedOn ? format.day(promisedOn.toString()) : '')
  const state = passed ? say.promiseStatus.due_passed : say.promiseStatus[status as keyof typeof say.promiseStatus]
  return [[what, `(${state})`].filter(Boolean).join(' '), invoices.join(', ')].filter(Boolean).join(' · ')
}

/** A contact with what stands against writing to it. */
export function contactLine(contact: DebtorOverview['contacts'][number], { words, format }: Say): string {
  const say = words.debtorCard
  const flags = [
    contact.emailStatus !== 'ok' && say.bounced,
    !contact.verified && say.unverified,
    contact.absentUntil && say.absent(format.day(contact.absentUntil.toString())),
  ]
  return [contact.name, contact.email, contact.phone, ...flags].filter(Boolean).join(' · ')
}
