import type { Fact } from '../reading.ts'
import { daysBetween } from './days.ts'
import { resolvedDates } from './distinct-days.ts'
import { factOf } from './fact-of.ts'
import { amountsWithin, type MarkedText, sureOf } from './mark-text.ts'
import type { Clause } from './read-clauses.ts'
import { nearDays } from './read-promises.ts'
import { isWithin, type Span } from './split-clauses.ts'

/** The days and amounts of payments that are made. */
export function readPaid(marked: MarkedText, clauses: Clause[], expected: { promise: boolean; paid: boolean }): Fact[] {
  const paid = clauses.filter(({ kind }) => kind === 'paid')
  const isOnlyPaid = expected.paid && !expected.promise
  const bare = isOnlyPaid && paid.length === 0 ? clauses.filter(({ kind, negated, future }) => kind !== 'paid' && !negated && !future) : []
  const dated = [...paid, ...bare].flatMap(clause =>
    resolvedDates(marked, clause, 'past')
      .filter(({ day }) => daysBetween(day, marked.date) <= 2 * nearDays)
      .map(date => ({ clause, fact: factOf('paid_date', date.day, marked.text, date, clause.kind === 'paid' ? date.confidence : 0.55) })),
  )
  const sum = expected.paid ? totalPaid(marked) : undefined
  const beside = paid.flatMap(clause => amountsWithin(marked, clause)).filter(amount => !isFee(marked, amount))
  const told = (sum ? [sum] : beside).map(amount => ({ amount, confidence: sureOf(marked, amount) }))
  const untold = isOnlyPaid && told.length === 0 ? bareAmounts(marked, clauses, new Set(dated.map(({ clause }) => clause))) : []
  const amounts = [...told, ...untold.map(amount => ({ amount, confidence: 0.55 }))]
  const facts = [
    ...dated.map(({ fact }) => fact),
    ...amounts.map(({ amount, confidence }) =>
      factOf('paid_amount', amount.value, marked.text, amount, confidence, amount.currency ? { currency: amount.currency } : {}),
    ),
  ]
  return facts.filter((fact, at) => facts.findIndex(other => other.kind === fact.kind && other.value === fact.value) === at)
}

/** The sum of a remittance advice, whose other amounts are those of its lines. */
function totalPaid(marked: MarkedText): MarkedText['amounts'][number] | undefined {
  if (marked.amounts.length < 3) return undefined
  return marked.amounts.find(({ start }) => sumWord.test(marked.folded.slice(Math.max(0, start - 40), start)))
}

const sumWord =
  /(?<![a-z])(?:total(?:e|s)?|totaal\w*|gesamt(?:betrag|summe)?|summe|zahlbetrag|uberweisungsbetrag|razem|suma|lacznie|kwota przelewu|amount paid|payment amount|sum|betaald bedrag|montant (?:total|du virement|regle)|importe total|totale)(?:\s(?:[a-z]{2,12}|:)){0,3}[\s:=.]{1,12}$/

/** What a bank took on the way, or what a credit note took off. */
const isFee = ({ folded }: MarkedText, { start, end }: Span): boolean =>
  feeAfter.test(folded.slice(end, end + 48)) || feeBefore.test(folded.slice(Math.max(0, start - 36), start))
const feeAfter =
  /^\s(?:to\s|is\s|zijn\s|sind\s|ist\s|est\s|sont\s|are\s|was\s|war\s|of\s|de\s|the\s|a\s|die\s|les\s){0,3}(?:bank\s?(?:fees?|charges?|kosten|gebuhren?)|charges?|fees?|prowizj\w*|oplat\w\sbankow\w*|gebuhr\w*|spesen|frais|commission|kosten|skonto|discount|korting|rabat\w*|escompte)(?![a-z])/
const feeBefore =
  /(?<![a-z])(?:less|minus|abzuglich|verminderd met|na aftrek van|moins|deduction|deducted|ingehouden|zabral\w?|potracil\w?|prowizj\w*|gutschrift|credit ?(?:note|nota)|avoir|skonto|discount|korting|escompte|fees?|charges?|kosten|frais|gebuhr(?:en)?)\s(?:[a-z0-9/-]{1,12}\s){0,2}[-–(:]?\s?$/

/** A mail that reports a payment without a verb: amounts beside a day gone by, else the only amount of the mail. */
function bareAmounts(marked: MarkedText, clauses: Clause[], dated: Set<Clause>): MarkedText['amounts'] {
  const open = clauses.filter(({ negated, future }) => !negated && !future)
  const beside = open.filter(clause => dated.has(clause)).flatMap(clause => marked.amounts.filter(amount => isWithin(amount, clause) && !isFee(marked, amount)))
  if (beside.length > 0) return beside
  const rest = open.flatMap(clause => marked.amounts.filter(amount => isWithin(amount, clause)))
  const all = rest.length > 0 ? rest : marked.amounts.length > 0 ? [] : marked.plainNumbers
  return new Set(all.map(({ value }) => value)).size === 1 ? all.slice(0, 1) : []
}
