import type { Fact } from '../reading.ts'
import { factOf } from './fact-of.ts'
import type { AmountMention } from './find-amounts.ts'
import { amountsWithin, type MarkedText } from './mark-text.ts'
import { resolveDate } from './resolve-date.ts'
import { isWithin, type Span } from './split-clauses.ts'

const counts: Record<string, number> = Object.fromEntries(
  [
    'two twee deux zwei dwie dwoch dos due',
    'three drie trois drei trzy trzech tres tre',
    'four vier quatre vier cztery czterech cuatro quattro',
    'five vijf cinq funf piec pieciu cinco cinque',
    'six zes six sechs szesc szesciu seis sei',
    'seven zeven sept sieben siedem siedmiu siete sette',
    'eight acht huit acht osiem osmiu ocho otto',
    'nine negen neuf neun dziewiec dziewieciu nueve nove',
    'ten tien dix zehn dziesiec dziesieciu diez dieci',
    'eleven elf onze elf jedenascie jedenastu once undici',
    'twelve twaalf douze zwolf dwanascie dwunastu doce dodici',
  ].flatMap((words, at) => words.split(' ').map(word => [word, at + 2])),
)
const countWords = `\\d{1,2}|${Object.keys(counts).join('|')}`
const parts = String.raw`(?:inst\w?al?lments?|part(?:ial)?\spayments?|(?:equal\s|monthly\s|gleiche[nr]?\s|gelijke\s|egales?\s|rown\w+\s|miesieczn\w+\s|monatliche[nr]?\s|maandelijkse\s|uguali\s|iguales\s|mensuales\s|mensili\s)*(?:inst\w?al?lments?|payments|raten|monatsraten|teilzahlungen|teilbetrage\w?|termijnen|delen|deelbetalingen|maandtermijnen|betalingen|mensualites|echeances|versements|paiements|tranches|acomptes|rat(?:y|ach|ami)?|transz(?:e|y|ach|ami)?|abschlag(?:en|e|szahlungen)?|chunks|keren|czesci(?:ach)?|cuotas|plazos|pagos|rate|tranche))`
const plan = new RegExp(
  String.raw`(?<![a-z0-9])(?:(?:in|en|w|over|of|na|auf|to|into)\s)?(?<count>${countWords})\s(?:x\s)?(?:(?:equal|monthly|gelijke|maandelijkse|gleichen?|monatlichen?|rownych?|rowne|miesieczn\w+|egales?|mensuel\w*|weekly)\s){0,2}${parts}(?![a-z])|(?<![a-z])(?:en|in|na|w)\s(?<times>${countWords})\s(?:fois|keer|mal|times|razy|veces|volte)(?![a-z])`,
)
const planWord =
  /(?<![a-z])(?:inst\w?al?lments?|payment\s(?:plan|arrangement|schedule)|betalingsregeling\w*|afbetalings\w*|termijnen|betaalplan|ratenzahlung\w*|ratenplan|ratenvereinbarung|teilzahlung\w*|in\sraten|monatsraten|echeancier\w*|etalement|mensualites?|plan\sde\spaiement|plusieurs\sfois|rat(?:y|ach|ami|alny|alna|alnej)|rozloz\w+|harmonogram\w*\ssplat\w*|fraccion\w*|plazos|rateizza\w*|a\srate|piano\sdi\srientro)(?![a-z])/

const proposes =
  /(?<![a-z])(?:we\spropose|i\spropose|proposal|proposing|suggest|voorstel\w*|stel(?:len)?\s(?:ik|wij|we)\svoor|(?:ik|wij|we)\sstel(?:len)?\s[^.!?\n]{0,40}\svoor|vorschlag\w*|schlage[n]?\s[^.!?\n]{0,40}\svor|propos(?:e|ons|er|ition)|proponuj\w*|propozycj\w*|propon(?:go|emos|iamo))(?![a-z])/

/** A payment in parts as the mail proposes it: how many, how much each, on which days; only what it says. */
export function readInstalments(marked: MarkedText, isPlan: boolean): { facts: Fact[]; spans: Span[] } {
  const sentences = marked.sentences.filter(({ start, end }) => {
    const text = marked.folded.slice(start, end)
    return (
      plan.test(text) || planWord.test(text) || ((isPlan || proposes.test(text)) && isProposal(marked, { start, end })) || (isPlan && multiplied.test(text))
    )
  })
  const isTold = ({ start, end }: Span) => {
    const text = marked.folded.slice(start, end)
    return (plan.test(text) && !isAnnounced(marked, { start, end })) || (proposes.test(text) && isProposal(marked, { start, end }))
  }
  if (sentences.length === 0 || (!isPlan && !sentences.some(isTold))) return { facts: [], spans: [] }
  const first = sentences[0]
  const last = sentences.at(-1)
  if (!first || !last) return { facts: [], spans: [] }
  // The terms often follow in the next sentence: "We propose instalments. EUR 500 on 1 June and 1 July."
  const next = isPlan ? marked.sentences[marked.sentences.indexOf(last) + 1] : undefined
  const within = { start: first.start, end: next?.end ?? last.end }
  const match = sentences.map(({ start, end }) => ({ start, found: plan.exec(marked.folded.slice(start, end)) })).find(({ found }) => found)
  const word = match?.found?.groups?.count ?? match?.found?.groups?.times ?? ''
  const count = word === '' ? undefined : (counts[word] ?? Number(word))
  const dates = marked.dates
    .filter(date => isWithin(date, within))
    .flatMap(date => {
      const day = resolveDate(date.said, marked.date, 'future', marked.country)
      return day ? [{ ...date, day: day.day }] : []
    })
  const times = multiplied.exec(marked.folded.slice(within.start, within.end))?.groups?.times
  const confidence = isPlan ? 0.85 : 0.65
  const pairs = paired(marked, within, dates)
  if (pairs.length > 1 && (count === undefined || count === pairs.length)) {
    const facts = pairs.map(({ amount, day, start, end }) =>
      factOf('instalment', { amount: amount.value, dates: [day] }, marked.text, { start, end }, confidence, currencyOf(amount)),
    )
    return { facts, spans: [within] }
  }
  const [each, ...others] = partsOf(marked, within, match?.found ? match.start + match.found.index + match.found[0].length : undefined, isPlan)
  const many = count ?? (times === undefined ? undefined : Number(times))
  if (many === undefined && !each && dates.length === 0) return { facts: [], spans: [] }
  const marks = [...(match?.found ? [spanOf(match.start, match.found)] : []), ...dates, ...(each ? [each] : [])]
  const span = { start: Math.min(...marks.map(({ start }) => start)), end: Math.max(...marks.map(({ end }) => end)) }
  const value = { ...(many !== undefined && { count: many }), ...(each && { amount: each.value }), dates: [...new Set(dates.map(({ day }) => day))] }
  const fact = factOf('instalment', value, marked.text, span, confidence, currencyOf(each))
  const more = others.map(other => factOf('instalment', { amount: other.value, dates: [] }, marked.text, other, confidence, currencyOf(other)))
  return { facts: [fact, ...more], spans: [within] }
}

/** "4,000 on 1 June, 4,000 on 1 July and 3,350 on 1 August": parts that differ, each amount with the day that stands beside it. */
function paired(marked: MarkedText, within: Span, dates: (Span & { day: string })[]): (Span & { amount: AmountMention; day: string })[] {
  const amounts = amountsWithin(marked, within).filter(({ start }) => !total.test(marked.folded.slice(Math.max(0, start - 40), start)))
  const isUniform = new Set(amounts.map(({ value }) => Number(value))).size < 2
  if (isUniform || amounts.length !== dates.length || new Set(dates.map(({ day }) => day)).size < dates.length) return []
  const pairs = amounts.flatMap((amount, at) => {
    const date = dates[at]
    return date ? [{ amount, day: date.day, start: Math.min(amount.start, date.start), end: Math.max(amount.end, date.end) }] : []
  })
  // Each pair ends before the next one begins: amount, day, amount, day; or day, amount, day, amount.
  return pairs.every(({ end }, at) => end <= (pairs[at + 1]?.start ?? Number.POSITIVE_INFINITY)) ? pairs : []
}

const currencyOf = (amount: AmountMention | undefined) => (amount?.currency ? { currency: amount.currency } : {})

/** "3 x 500". */
const multiplied =
  /(?<![\w.,])(?<times>[2-9]|[1-3]\d)\s?(?:x|×|\*|maal|mal|keer|fois|times|razy|veces|volte)\s(?:(?:a|de|van|zu|je|po|di)\s)?(?=[€£$\d]|eur|pln|chf|gbp|zl)/

/** "We will pay in two parts: 3,000 on 19 September and the rest on 3 October": said, not asked for, each part with its day. */
function isAnnounced(marked: MarkedText, sentence: Span): boolean {
  const text = marked.folded.slice(sentence.start, sentence.end)
  const word = plan.exec(text)?.groups
  const count = counts[word?.count ?? word?.times ?? ''] ?? Number(word?.count ?? word?.times)
  const isFirm = marked.clauses.some(clause => isWithin(clause, sentence) && clause.kind === 'promise' && !clause.conditional && !clause.asked)
  return isFirm && !proposes.test(text) && count === 2 && marked.dates.filter(date => isWithin(date, sentence)).length === count
}

/** "4,000 on 1 June, 4,000 on 1 July", "30 euros a month": terms without the word. */
function isProposal(marked: MarkedText, sentence: Span): boolean {
  const amounts = amountsWithin(marked, sentence)
  if (amounts.length === 0) return false
  const isRepeated = amounts.some(({ end }) => perPeriod.test(marked.folded.slice(end, Math.min(sentence.end, end + 40))))
  return isRepeated || marked.dates.filter(date => isWithin(date, sentence)).length > 1
}
const perPeriod =
  /^[\s,]{0,3}(?:[a-z0-9.]{1,10}\s){0,4}(?:(?:per|a|each|of\severy|of\seach|van\selke|jeden|jedes|every|im|pro|je|par|chaque|elke|iedere|kazdego|na|al|cada)\s(?:month|week|maand|monat|mois|semaine|woche|miesiaca|miesiac|mese|mes)|monthly|weekly|monatlich|wochentlich|maandelijks|wekelijks|miesiecznie|tygodniowo|mensuel\w*|mensil\w*)(?![a-z])/

const spanOf = (start: number, match: RegExpExecArray): Span => ({ start: start + match.index, end: start + match.index + match[0].length })

const before =
  /(?<![a-z])(?:of|van|de|a|zu|je|po|von|di|x|elk|each|telkens|chacune?\s(?:de|d'un montant de)|w wysokosci|por)[\s(]{1,3}(?:je\s|ca\.?\s|about\s)?$/
const after =
  /^[\s,]{0,3}(?:per|par|pro|each|elk|a|je|kazda|monthly|weekly|mensuel\w*|monatlich|wochentlich|maandelijks|wekelijks|miesiecznie|tygodniowo|al mese|al mes|im|\/)\s?(?:month|week|maand|mois|semaine|monat|woche|miesiac|mes[e]?)?(?![a-z])/

/** "The first half (1,200) in May". */
const half = /(?<![a-z])(?:half|halves|(?:de )?helft|halfte|moitie|polowe|polowa|mitad|meta)[\s:,(-]{1,3}(?:is|of|van|de|zu|je|po)?\s?$/

/** What belongs to each part or makes a part: "je 1.000 €", "£1,500 monthly", "3 x 500", "30 € le 5 de chaque mois". */
const isEach = (marked: MarkedText, { start, end }: Span): boolean => {
  const [ahead, behind] = [marked.folded.slice(Math.max(0, start - 30), start), marked.folded.slice(end, end + 40)]
  return half.test(ahead) || beforeEach.test(ahead) || after.test(behind) || perPeriod.test(behind)
}
const beforeEach =
  /(?<![a-z])(?:je|jeweils|each|elk|telkens|chacune?\s(?:de|d'un\smontant\sde)|per\s(?:month|maand|monat)|monatlich|maandelijks|miesiecznie|chaque\smois|a\smonth|x|×|maal|mal|keer|fois\s(?:de)?|razy)[\s(]{1,3}(?:je\s|ca\.?\s|about\s|de\s)?$/
/** The whole debt, which no part is. */
const total =
  /(?<![a-z])(?:total\w*|whole|full|entire|outstanding|balance|openstaand\w*|totaal\w*|gehele|hele|volledige|schuld|saldo|vordering|offene\w*|gesamt\w*|forderung\w*|restschuld|solde|dette|creance|zaleglos\w*|zadluzen\w*|calosc\w*|lacznie|debt|deuda|debito|arrears)\s(?:[a-z]{1,12}\s){0,3}[(]?$/

/** The amounts of the parts, the one that repeats first; a lone amount elsewhere is the total. */
function partsOf(marked: MarkedText, within: Span, planEnd: number | undefined, isPlan: boolean): AmountMention[] {
  const all = isPlan ? amountsWithin(marked, within) : marked.amounts.filter(amount => isWithin(amount, within))
  const amounts = all.filter(({ start }) => !total.test(marked.folded.slice(Math.max(0, start - 40), start)))
  const follows = (amount: AmountMention) =>
    planEnd !== undefined &&
    amount.start >= planEnd &&
    (amount.start - planEnd < 3 || before.test(marked.folded.slice(Math.max(0, amount.start - 30), amount.start)))
  const said = amounts.find(amount => follows(amount) || isEach(marked, amount))
  // "4,000 on 1 June, 4,000 on 1 July", "2,500 in June followed by 1,500 monthly".
  const beside = amounts.filter(amount => amount !== said && (isBesideDate(marked, amount) || isEach(marked, amount)))
  const found = said ? [said, ...beside] : beside.length > 1 ? beside : []
  if (found.length > 0) return found.filter(({ value }, at) => found.findIndex(other => Number(other.value) === Number(value)) === at)
  return amounts.length > 1 ? amounts.toSorted((a, b) => Number(a.value) - Number(b.value)).slice(0, 1) : []
}

/** Hardly a word stands between the amount and a day, or a month. */
const isBesideDate = (marked: MarkedText, { start, end }: Span): boolean =>
  marked.allDates.some(date => (date.start >= end && date.start - end < nearby) || (date.end <= start && start - date.end < nearby)) ||
  inMonth.test(marked.folded.slice(end, end + 24))
const nearby = 14
const inMonth =
  /^\s(?:in|im|en|w|now|nu|jetzt|maintenant|teraz|upfront|up\sfront|vooraf|direct|sofort|tout\sde\ssuite|od\srazu)(?![a-z])\s?(?:jan|feb|mar|apr|ma[iyj]|jun|jul|aug|sep|okt|oct|nov|de[cz]|janv|fev|mars|avr|juin|juil|aout|styczn|lut|kwiet|czerwc|lipc|sierpn|wrzesn|pazdz|listop|grudn)?/
