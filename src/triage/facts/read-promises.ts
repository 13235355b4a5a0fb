import { daysBetween } from './days.ts'
import { type Dated, distinctDays, resolvedDate, resolvedDates } from './distinct-days.ts'
import { amountsWithin, type MarkedText } from './mark-text.ts'
import { type Clause, conditionAt } from './read-clauses.ts'
import { isWithin, type Span } from './split-clauses.ts'
import { firstPerson } from './words/clause-words.ts'

/** One promise: what belongs together of its day, amounts and invoices. */
export type Promise = {
  date: Dated | undefined
  amounts: MarkedText['amounts']
  invoices: MarkedText['invoices']
  conditional: boolean
  future: boolean
  /** Says who pays, "we", or whom: "your account". */
  own: boolean
  /** Only says when money that left arrives. */
  arrives: boolean
  asked: boolean
}

/** The promises of a clause: one for each day in it, else one for its amounts; none when it holds neither. */
export function promisesOf(marked: MarkedText, clause: Clause): Promise[] {
  const said = distinctDays(
    marked,
    withoutRhythm(marked, clause, resolvedDates(marked, clause, 'future'))
      .filter(date => !(isTerm(marked, date) && ((clause.conditional && !clause.asked) || isAfterSomething(marked, clause, date))))
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

/** "From September we pay weekly": a habit, no day. */
const habit =
  /(?<![a-z])(?:from|vanaf|ab|a\spartir\sd[eu]|od|desde|da)\s[^.!?]{0,60}(?<![a-z])(?:weekly|monthly|wekelijks|maandelijks|wochentlich|monatlich|chaque\s(?:semaine|mois)|co\s(?:tydzien|miesiac)|tygodniowo|miesiecznie|cada\s(?:semana|mes)|ogni\s(?:settimana|mese))(?![a-z])/

/** "We pay on the 1st and the 15th, yours goes with the 15th": of a rhythm's days only one that is named for itself. */
function withoutRhythm({ folded, amounts }: MarkedText, clause: Clause, dates: Dated[]): Dated[] {
  const text = folded.slice(clause.start, clause.end)
  if (amounts.some(amount => isWithin(amount, clause))) return dates
  if (habit.test(text)) return []
  if (!rhythm.test(text)) return dates
  const isListed = (date: Dated | undefined, next: Dated | undefined) =>
    date?.said.kind === 'day_of_month' && next?.said.kind === 'day_of_month' && andAlso.test(folded.slice(date.end, next.start))
  return dates.filter((date, at) => !isListed(date, dates[at + 1]) && !isListed(dates[at - 1], date))
}
const rhythm =
  /(?<![a-z])(?:runs|virements|reglements|paiements|przelewy|platnosci|zahlungen|zahllaufe|zahltage|uberweisungen|betaaldagen|betaaldata|betalingen|betaalruns|every|each|always|altijd|elke|iedere|immer|jeden|jeweils|toujours|chaque|tous\sles|zawsze|kazdego|siempre|cada|sempre|ogni)(?![a-z])/
const andAlso = /^[\s,]{1,2}(?:(?:and|en|et|und|i|oraz|y|e|&)\s)?(?:(?:on|op|am|le|de|den|the|el|il)\s){0,2}$/

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
/** "We still talk to the insurer, after that we pay within a week." */
const isAfterSomething = ({ folded }: MarkedText, clause: Clause, { start }: Dated): boolean =>
  afterThat.test(folded.slice(Math.max(clause.start, start - 50), start))
const afterThat =
  /(?<![a-z])(?:after\s(?:that|which|this)|afterwards|thereafter|daarna|nadien|waarna|danach|anschliesend|hiernach|ensuite|apres\scela|puis|potem|nastepnie|despues|dopodiche|poi)(?![a-z])/
const term = /^(?:within|in\s(?:the\snext\s)?\d|sous|binnen|innerhalb|in\sden\snachsten|w\sciagu|w\sterminie|dans\s(?:les|un)|entro|en\sun\splazo)/

/** "Under our terms it is due on 12 July." */
const isDue = /(?<![a-z])(?:due|payable|fallig|verschuldigd|opeisbaar|betaalbaar|exigible|due?s?(?=\sle)|platn[aey]|wymagaln[aey]|vence|scade)(?![a-z])/

/** "Transfer on Friday.": hardly more than a word of paying and a day; "payment within 8 days" are terms. */
const isTerse = ({ dates }: MarkedText, clause: Clause): boolean =>
  clause.end - clause.start <= terse &&
  dates.some(date => isWithin(date, clause) && date.said.kind !== 'days' && date.said.kind !== 'working_days' && date.said.kind !== 'months')
const terse = 45
const toYou =
  /(?<![a-z])(?:(?:auf|ihrem)\s(?:ihrem\s)?konto|ihr\sgeld|op\s(?:uw|jullie|je)\srekening|(?:uw|jullie|je)\sgeld|(?:sur\s)?votre\scompte|votre\sargent|compter\ssur|your\s(?:account|money|bank)|panstwa\s(?:koncie|konto|rachunku|rachunek)|su\scuenta|vostro\sconto)(?![a-z])/
const arrival =
  /(?<![a-z])(?:reach(?:es)?|arrives?|be credited|show up|be with you|you(?:'ll| will) have it|in your account|op uw rekening|bij u binnen|bijgeschreven|gutgeschrieben|bei ihnen eingeh\w*|auf ihrem konto|bei ihnen sein|haben sie es|heeft u het|sur votre compte|vous l'aurez|sera chez vous|credites?|parviendra|na panstwa (?:koncie|konto|rachunku)|wplynie|wplyna|dotrze|dojdzie|dojda|zaksiegowan\w)(?![a-z])/

const manner = (marked: MarkedText, clause: Clause): Pick<Promise, 'conditional' | 'future' | 'own' | 'arrives' | 'asked'> => ({
  conditional: clause.conditional,
  future: clause.future || scheduled.test(marked.folded.slice(clause.start, clause.end)),
  own:
    (isTerse(marked, clause) || [firstPerson, toYou].some(words => words.test(marked.folded.slice(clause.start, clause.end)))) &&
    !isDue.test(marked.folded.slice(clause.start, clause.end)),
  arrives: arrival.test(marked.folded.slice(clause.start, clause.end)),
  asked: clause.asked,
})

/** "Both went out on 8 May", said in June without a word of the future, speaks of last month, not of next year. */
function doubtPast(marked: MarkedText, clause: Clause, date: Dated): Dated {
  if (clause.future || daysBetween(marked.date, date.day) < nearDays) return date
  const mention = marked.dates.find(({ start }) => start === date.start)
  const past = mention && resolvedDate(marked, mention, 'past')
  return past && daysBetween(past.day, marked.date) < nearDays ? { ...date, confidence: 0.4 } : date
}

/** Whether a day lies ahead however its words are read: "20 March" said on the 10th, but no weekday. */
export function liesOnlyAhead(marked: MarkedText, date: Dated): boolean {
  const past = resolvedDate(marked, date, 'past')
  return past === undefined || daysBetween(past.day, marked.date) > 2 * nearDays
}

/** The same day promised twice is one promise; an amount and a day in two clauses of one manner belong together. */
export function mergeSameDay(promises: Promise[]): Promise[] {
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

/** A day further off, said without its year, was meant the other way round in time. */
export const nearDays = 120

/** "The transfer was ordered for 30.11.": worded as done, but the day lies ahead. */
export function orderedAhead(marked: MarkedText, clause: Clause): Promise[] {
  const isScheduled = scheduled.test(marked.folded.slice(clause.start, clause.end))
  return marked.dates
    .filter(date => isWithin(date, clause))
    .flatMap(date => {
      const ahead = resolvedDate(marked, date, 'future')
      if (!ahead || ahead.day === marked.date || daysBetween(marked.date, ahead.day) > nearDays) return []
      const past = resolvedDate(marked, date, 'past')
      const isFor = isScheduled && forDay.test(marked.folded.slice(Math.max(0, date.start - 16), date.start))
      // "By the end of next week all is settled."
      const isBy = byDay.test(marked.folded.slice(Math.max(0, date.start - 20), date.start)) && liesOnlyAhead(marked, ahead)
      if (!isFor && !isBy && (date.said.kind !== 'day' || (past && daysBetween(past.day, marked.date) < 2 * nearDays))) return []
      const amounts = amountsWithin(marked, clause)
      const invoices = marked.invoices.filter(invoice => isWithin(invoice, clause))
      return [{ date: { ...ahead, confidence: 0.7 }, amounts, invoices, ...manner(marked, clause), ...(isScheduled && { future: true }) }]
    })
}

const scheduled =
  /(?<![a-z])(?:released?|approved|set\sup|instructi\w*|freigegeben|hinterlegt|eingestellt|angelegt|auftrag|\w{4,14}auftrag|klaargezet|ingegeven|opdracht|betaalopdracht|ordre|saisie?|zlec\w+|ustawion\w+|ordine|orden|uitvoer\w*|ingepland|execution|scheduled|value\sdate|ausfuhrung\w*|valuta|wertstellung|terminiert|programme\w*|valeur|realizacji|zaplanowan\w+|data\s(?:di\s)?esecuzione|fecha\s(?:de\s)?ejecucion)(?![a-z])/
const forDay = /(?<![a-z])(?:for|voor|per|op|fur|zum|auf|pour|au|na|do|per|para)\s(?:(?:the|de|den|dem|le|this|dzien)\s)?$/
const byDay = /(?<![a-z])(?:by|before|tegen|voor|uiterlijk|bis|spatestens|d'ici|avant|najpozniej|do|entro|antes\sde)\s(?:(?:the|de|het|den|zum|la|le)\s)?$/
