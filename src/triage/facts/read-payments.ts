import type { Fact } from '../reading.ts'
import type { DateSaid } from './date-said.ts'
import { dayOfIso, daysBetween, isoOfDay, weekdayOf } from './days.ts'
import { factOf } from './fact-of.ts'
import type { DateMention } from './find-dates.ts'
import { amountsWithin, type MarkedText } from './mark-text.ts'
import { type Clause, conditionAt, isDenied, isSince } from './read-clauses.ts'
import { type ResolvedDate, resolveDate } from './resolve-date.ts'
import { isWithin, type Span, splitParts } from './split-clauses.ts'
import { firstPerson, incoming } from './words/clause-words.ts'

type Dated = Span & ResolvedDate & { said: DateSaid }
/** One promise: what belongs together of its day, amounts and invoices. */
type Promise = {
  date: Dated | undefined
  amounts: MarkedText['amounts']
  invoices: MarkedText['invoices']
  conditional: boolean
  future: boolean
  /** Says who pays: "we", "our". */
  own: boolean
  asked: boolean
}

/** What the mail's intents say; they settle a bare "Friday." that has no verb of paying. */
export type Expected = { promise: boolean; paid: boolean; nothing: boolean }

/**
 * The facts about payments promised and made: dates, amounts and the invoices named. A day counts as promised only in
 * a clause that promises payment; facts of one promise share its number.
 */
export function readPayments(marked: MarkedText, expected: Expected, isTaken: (span: Span) => boolean): Fact[] {
  const clauses = marked.clauses.filter(clause => !isTaken(clause))
  const promises = mergeSameDay(clauses.filter(({ kind }) => kind === 'promise').flatMap(clause => promisesOf(marked, clause)))
  const late = clauses.filter(({ kind }) => kind === 'paid').flatMap(clause => orderedAhead(marked, clause))
  promises.push(...late)
  if (expected.promise && !promises.some(({ date, conditional }) => date && !conditional)) promises.push(...bareDays(marked, clauses, promises))
  addLooseInvoices(marked, promises)
  return [
    ...promises.flatMap((promise, at) => promiseFacts(marked, promise, at + 1, expected)),
    ...paidFacts(marked, clauses, expected),
    ...otherInvoices(marked, promises),
  ]
}

function promisesOf(marked: MarkedText, clause: Clause): Promise[] {
  const said = distinctDays(
    marked,
    resolved(marked, clause, 'future')
      .filter(date => !(clause.conditional && !clause.asked && isTerm(marked, date)))
      .map(date => doubtPast(marked, clause, date)),
  )
  const dates = clause.conditional && said.length > 1 ? withoutCondition(marked, clause, said) : said
  const amounts = amountsWithin(marked, clause)
  const invoices = marked.invoices.filter(invoice => isWithin(invoice, clause))
  if (dates.length === 0 && amounts.length === 0) return []
  if (dates.length <= 1) return [{ date: dates[0], amounts, invoices, ...manner(marked, clause) }]
  // "500 on Friday and 300 on Monday", or "on Friday 500 and on Monday 300": what leads the clause leads each promise.
  const first = Math.min(...[...amounts, ...invoices].map(({ start }) => start), Number.POSITIVE_INFINITY)
  const dateLeads = (dates[0]?.start ?? 0) < first
  const ownerOf = ({ start }: Span) => {
    const at = dateLeads ? dates.findLastIndex(date => date.start <= start) : dates.findIndex(date => date.start >= start)
    return at === -1 ? (dateLeads ? 0 : dates.length - 1) : at
  }
  return dates.map((date, at) => ({
    date,
    amounts: amounts.filter(amount => ownerOf(amount) === at),
    invoices: invoices.filter(invoice => ownerOf(invoice) === at),
    ...manner(marked, clause),
  }))
}

/** "If it is here by Monday it makes the run of the 27th": the day in the condition is not the payment's. */
function withoutCondition(marked: MarkedText, clause: Clause, dates: Dated[]): Dated[] {
  const condition = conditionAt(marked.folded, clause, marked.language)
  if (condition === undefined) return dates
  const ahead = dates.filter(({ start }) => start < condition)
  const rest = ahead.length > 0 ? ahead : dates.slice(1)
  const amounts = marked.amounts.filter(amount => isWithin(amount, clause))
  return amounts.length > 1 ? dates : rest
}

/** "Once it arrives we pay within 48 hours": counted from a day that nobody knows. */
const isTerm = ({ folded }: MarkedText, { start, end, said }: Dated): boolean =>
  (said.kind === 'days' || said.kind === 'working_days' || said.kind === 'months') && term.test(folded.slice(start, end))
const term = /^(?:within|in\s(?:the\snext\s)?\d|sous|binnen|innerhalb|in\sden\snachsten|w\sciagu|w\sterminie|dans\s(?:les|un)|entro|en\sun\splazo)/

const manner = (marked: MarkedText, clause: Clause): Pick<Promise, 'conditional' | 'future' | 'own' | 'asked'> => ({
  conditional: clause.conditional,
  future: clause.future,
  own: firstPerson.test(marked.folded.slice(clause.start, clause.end)),
  asked: clause.asked,
})

/** "Both went out on 8 May", said in June without a word of the future, speaks of last month, not of next year. */
function doubtPast(marked: MarkedText, clause: Clause, date: Dated): Dated {
  if (clause.future || daysBetween(marked.date, date.day) < nearDays) return date
  const mention = marked.dates.find(({ start }) => start === date.start)
  const past = mention && resolvedDate(marked, mention, 'past')
  return past && daysBetween(past.day, marked.date) < nearDays ? { ...date, confidence: 0.4 } : date
}

function resolved(marked: MarkedText, within: Span, direction: 'future' | 'past'): Dated[] {
  return marked.dates
    .filter(date => isWithin(date, within) && (direction === 'past' || !isSince(marked.folded, date)))
    .flatMap(date => resolvedDate(marked, date, direction) ?? [])
}

function resolvedDate(marked: MarkedText, date: DateMention, direction: 'future' | 'past'): Dated | undefined {
  const day = resolveDate(date.said, marked.date, direction, marked.country)
  return day && { start: date.start, end: date.end, said: date.said, ...day }
}

const eitherOr =
  /^[\s,(]{0,3}(?:or|of|oder|ou|lub|albo|o|en|and|to|-|tot|bis|do|au|et|und|i|a|bzw\.?|resp\.?)(?:\s(?:on|op|am|le|w|we|uiterlijk|at the latest|spatestens|by))?\s{1,2}(?:the |de |den |le )?$/
const choice = /(?<![a-z])(?:or|of|oder|ou|lub|albo|o|to|-|tot|bis|do|au|bzw\.?)(?![a-z])/

/** "Friday (27/11)" is one day, "Friday or Monday" leaves it open: the later one, unsure. */
function distinctDays(marked: MarkedText, dates: Dated[]): Dated[] {
  const kept: Dated[] = []
  for (const date of dates) {
    const previous = kept.at(-1)
    const between = previous ? marked.folded.slice(previous.end, date.start) : ''
    if (kept.some(({ day }) => day === date.day)) continue
    const closer = previous && between.length < 30 && !/\d/.test(between) ? closerDay(previous, date) : undefined
    if (closer) kept[kept.length - 1] = closer
    else if (previous && between.length < 24 && eitherOr.test(between) && (choice.test(between) || isBetween(marked, previous))) {
      kept[kept.length - 1] = { ...(date.day > previous.day ? date : previous), confidence: 0.5 }
    } else kept.push(date)
  }
  return kept
}

/** "Between the 3rd and the 5th". */
const isBetween = ({ folded }: MarkedText, { start }: Span): boolean =>
  /(?<![a-z])(?:between|tussen|zwischen|entre|pomiedzy|miedzy|tra|fra)\s(?:the |de |den |dem |le |il |el )?$/.test(folded.slice(Math.max(0, start - 20), start))

/** "Next week, probably Wednesday", "in week 22, on 28 May": the day that the other one only surrounds. */
function closerDay(first: Dated, second: Dated): Dated | undefined {
  if (first.said.kind === 'week' && second.said.kind === 'weekday') {
    const day = dayOfIso(first.day) - 5 + second.said.weekday
    return { ...second, day: isoOfDay(day), confidence: Math.min(second.confidence, 0.8) }
  }
  if (surrounds(first, second)) return second
  return surrounds(second, first) ? first : undefined
}

function surrounds(vague: Dated, exact: Dated): boolean {
  if (exact.said.kind !== 'day' && exact.said.kind !== 'day_of_month' && exact.said.kind !== 'weekday') return false
  const [said, day] = [dayOfIso(vague.day), dayOfIso(exact.day)]
  const isWeek = vague.said.kind === 'week' || vague.said.kind === 'week_number' || vague.said.kind === 'week_of_month'
  if (isWeek) return said - weekdayOf(said) === day - weekdayOf(day)
  if (vague.said.kind === 'end_of_month') return vague.day.slice(0, 7) === exact.day.slice(0, 7) && said - day < 12
  return (
    (vague.said.kind === 'start_of_month' || vague.said.kind === 'middle_of_month') &&
    vague.day.slice(0, 7) === exact.day.slice(0, 7) &&
    Math.abs(said - day) < 10
  )
}

function mergeSameDay(promises: Promise[]): Promise[] {
  const merged: Promise[] = []
  for (const promise of promises) {
    const same = merged.find(({ date, conditional }) => date?.day === promise.date?.day && conditional === promise.conditional)
    // "We will pay 500 euros. The transfer leaves on Friday."
    const open = promise.amounts.length === 0 || !promise.date ? merged.at(-1) : undefined
    const before = same ?? (open && (!open.date || !promise.date) ? open : undefined)
    if (!before) {
      merged.push({ ...promise, amounts: [...promise.amounts], invoices: [...promise.invoices] })
      continue
    }
    before.date ??= promise.date
    before.conditional ||= promise.conditional
    before.future ||= promise.future
    before.asked &&= promise.asked
    before.amounts.push(...promise.amounts)
    before.invoices.push(...promise.invoices)
  }
  return merged
}

const nearDays = 120

/** "The transfer was ordered for 30.11.": worded as done, but the day lies ahead. */
function orderedAhead(marked: MarkedText, clause: Clause): Promise[] {
  return marked.dates
    .filter(date => isWithin(date, clause))
    .flatMap(date => {
      const ahead = resolvedDate(marked, date, 'future')
      if (!ahead || ahead.day === marked.date || daysBetween(marked.date, ahead.day) > nearDays) return []
      const past = resolvedDate(marked, date, 'past')
      if (date.said.kind !== 'day' || (past && daysBetween(past.day, marked.date) < 2 * nearDays)) return []
      const amounts = amountsWithin(marked, clause)
      const invoices = marked.invoices.filter(invoice => isWithin(invoice, clause))
      return [{ date: { ...ahead, confidence: 0.7 }, amounts, invoices, ...manner(marked, clause) }]
    })
}

const request =
  /(?<![a-z])(?:please|kindly|graag|gelieve|kunt u|bitte|merci de|veuillez|pouvez|prosze|prosimy|czy|could you|can you|deadline|meeting|call|bellen|anruf|vergadering|bestuursvergadering|reunion|sitzung|besprechung|zebranie|spotkanie|driver|chauffeur|fahrer|kierowca|livreur|pick\s?up|collect|ophalen|abholen|odbior\w*|documents?|documenten|papieren|stukken|unterlagen|dokument\w*|paperwork|papers|pieces|justificatifs|bon de livraison|lieferschein|pakbon|bezoek|visit|besuch|visite|wizyt\w*|terugbellen|call back|zuruckrufen|rappeler\w*|oddzwon\w*|en\sparle|overleg\w*|bespre\w+|discuss\w*|talk\sto|porozmawia\w*|laat\sweten|let\syou\sknow|vous\sredis|verzocht|aufgefordert|requested|invited|wezwan\w*|geholt)(?![a-z])/

const terse = 80

/** A mail that promises, but whose days stand without a verb of paying ("Friday at the latest."); other than those `promised` already. */
function bareDays(marked: MarkedText, clauses: Clause[], promised: Promise[]): Promise[] {
  const open = clauses
    .filter(clause => {
      const sentence = marked.sentences[clause.sentence]
      const isOpen = clause.kind === 'other' && !clause.negated && !(clause.conditional && promised.length > 0)
      return isOpen && sentence && !request.test(marked.folded.slice(sentence.start, sentence.end))
    })
    // "Friday will not work, it will be Wednesday": what is denied does not count.
    .flatMap(clause => splitParts(marked.folded, clause, 'but|maar|aber|mais|ale').map(part => ({ ...clause, ...part })))
    .filter(part => {
      const text = marked.folded.slice(part.start, part.end)
      return !isDenied(text, marked.language) && !incoming.test(text)
    })
  const plain = bareOf(
    marked,
    open.filter(clause => speaksAhead(marked, clause)),
    promised,
  )
  const isFirm = ({ kind, conditional, start, end }: Clause) => kind === 'promise' && !conditional && !thatDay.test(marked.folded.slice(start, end))
  if (plain.length > 0 || clauses.some(isFirm)) return plain.map(promise => lessSure(promise, 0.6))
  // The only day that such a mail holds at all.
  const only = bareOf(marked, open, promised)
  return only.length === 1 ? only.map(promise => lessSure(promise, 0.5)) : []
}

/** "Yours is then the first that I pay": the day stands in another sentence. */
const thatDay = /(?<![a-z])(?:then|that\sday|dan|die\sdag|dann|an\sdiesem\stag|alors|ce\sjour-la|wtedy|tego\sdnia)(?![a-z])/
/** "From 1 June my colleague takes over". */
const fromOn =
  /(?<![a-z])(?:from|as\sof|starting|vanaf|met\singang\svan|ab|a\scompter\sd[ue]|a\spartir\sd[ue]|des\sle|od|desde|dal)\s(?:(?:the|dem|le|el|dnia)\s)?$/
/** A bare day lies near: "early April", said in May, speaks of the April before. */
const bareDaysAhead = 120

function bareOf(marked: MarkedText, clauses: Clause[], promised: Promise[]): Promise[] {
  const found = mergeSameDay(clauses.flatMap(clause => promisesOf(marked, clause))).filter(
    ({ date }) =>
      date !== undefined &&
      daysBetween(marked.date, date.day) <= bareDaysAhead &&
      !fromOn.test(marked.folded.slice(Math.max(0, date.start - 24), date.start)) &&
      !promised.some(other => other.date?.day === date.day),
  )
  return found.length > 1 && !found.some(({ amounts }) => amounts.length > 0) ? [] : found
}

/** A long sentence without a word of the future tells something else. */
function speaksAhead(marked: MarkedText, clause: Clause): boolean {
  const sentence = marked.sentences[clause.sentence]
  if (!sentence) return false
  return clause.future || sentence.end - sentence.start <= terse || marked.amounts.some(amount => amount.currency && isWithin(amount, sentence))
}

const lessSure = (promise: Promise, confidence: number): Promise => ({
  ...promise,
  date: promise.date && { ...promise.date, confidence: Math.min(promise.date.confidence, confidence) },
})

/** The one promise of a mail is about the invoices it names beside it, unless another clause speaks for them. */
function addLooseInvoices(marked: MarkedText, promises: Promise[]): void {
  const [promise, another] = promises
  if (!promise || another || promise.invoices.length > 0) return
  const spokenFor = marked.clauses.filter(({ kind, negated }) => kind === 'paid' || negated)
  const loose = marked.invoices.filter(invoice => !spokenFor.some(clause => isWithin(invoice, clause)))
  promise.invoices.push(...loose.filter(invoice => !isDisputed(marked, invoice)))
}

const disputing =
  /(?<![a-z])(?:disput|betwist|klopt niet|niet akkoord|oneens|beschadigd|retour|credit|bestreit|reklamier|widerspr|falsch|mangel|contest|litige|avoir|erron|endommag|reklamac|nie zgadz|blad|korekt|uszkodz|wrong|incorrect|damaged|missing|not received|copy|kopie|copie|kopi|duplica)/
const isDisputed = (marked: MarkedText, invoice: Span): boolean => {
  const sentence = marked.sentences.find(span => isWithin(invoice, span))
  return sentence !== undefined && disputing.test(marked.folded.slice(sentence.start, sentence.end))
}

function promiseFacts(marked: MarkedText, { date, amounts, invoices, conditional, future, own, asked }: Promise, promise: number, expected: Expected): Fact[] {
  const { text } = marked
  // An amount beside a word of paying, without a day, promises nothing in a mail that does not.
  const doubt = date || expected.promise ? 1 : 0.5
  const isOther = !expected.promise && (expected.nothing || asked || (!future && (expected.paid || (!own && amounts.length === 0))))
  const group = { promise, conditional }
  return [
    ...(date ? [factOf('promised_date', date.day, text, date, isOther ? Math.min(date.confidence, otherwise) : date.confidence, group)] : []),
    ...amounts.map(amount =>
      factOf('promised_amount', amount.value, text, amount, sureOf(marked, amount) * doubt, {
        ...group,
        ...(amount.currency && { currency: amount.currency }),
      }),
    ),
    ...invoices.map(invoice => factOf('invoice_number', invoice.value, text, invoice, invoice.known ? 0.95 : 0.75, group)),
  ]
}

/** A day beside a word of paying in a mail that reports, asks or wants something else is shown, and nothing rests on it. */
const otherwise = 0.4

/** How sure it is that a number is money at all: a currency says so, cents nearly, a plain number only by its words. */
const sureOf = (marked: MarkedText, amount: MarkedText['amounts'][number]): number => (amount.currency ? 0.9 : marked.plainNumbers.includes(amount) ? 0.6 : 0.7)

function paidFacts(marked: MarkedText, clauses: Clause[], expected: Expected): Fact[] {
  const paid = clauses.filter(({ kind }) => kind === 'paid')
  const isOnlyPaid = expected.paid && !expected.promise
  const bare = isOnlyPaid && paid.length === 0 ? clauses.filter(({ kind, negated, future }) => kind !== 'paid' && !negated && !future) : []
  const dated = [...paid, ...bare].flatMap(clause =>
    resolved(marked, clause, 'past')
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

function otherInvoices(marked: MarkedText, promises: Promise[]): Fact[] {
  const promised = new Set(promises.flatMap(({ invoices }) => invoices.map(({ value }) => value)))
  const rest = marked.invoices.filter(({ value }) => !promised.has(value))
  return rest
    .filter((invoice, at) => rest.findIndex(({ value }) => value === invoice.value) === at)
    .map(invoice => factOf('invoice_number', invoice.value, marked.text, invoice, invoice.known ? 0.95 : 0.75))
}
