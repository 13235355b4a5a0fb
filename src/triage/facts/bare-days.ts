import { daysBetween } from './days.ts'
import type { MarkedText } from './mark-text.ts'
import { away, type Clause, isAboutPaying, isDenied } from './read-clauses.ts'
import { mergeSameDay, type Promise, promisesOf } from './read-promises.ts'
import { isWithin, splitParts } from './split-clauses.ts'
import { incoming } from './words/clause-words.ts'

const request =
  /(?<![a-z])(?:please|kindly|graag|gelieve|kunt u|bitte|merci de|veuillez|pouvez|prosze|prosimy|czy|could you|can you|deadline|meeting|call|bellen|anruf|vergadering|bestuursvergadering|reunion|sitzung|besprechung|zebranie|spotkanie|driver|chauffeur|fahrer|kierowca|livreur|pick\s?up|collect|ophalen|abholen|odbior\w*|documents?|documenten|papieren|stukken|unterlagen|dokument\w*|paperwork|papers|pieces|justificatifs|bon de livraison|lieferschein|pakbon|bezoek|visit|besuch|visite|wizyt\w*|terugbellen|call back|zuruckrufen|rappeler\w*|oddzwon\w*|en\sparle|overleg\w*|bespre\w+|discuss\w*|talk\sto|porozmawia\w*|laat\sweten|let\syou\sknow|vous\sredis|verzocht|aufgefordert|requested|invited|wezwan\w*|geholt|besluit\w*|beslis\w*|decision|decide\w*|entscheid\w*|decyzj\w*|read\son|gelezen|gelesen|message\swas\sread|przeczytan\w*|return|terug(?!betal)|zuruck(?!zahl)|de\sretour|powroc\w*|powrocie|wracam)(?![a-z])/

/** "As per our call: 2,000 on Friday": what was talked over before asks for nothing. */
const talked =
  /(?<![a-z])(?:as\sper|per|as\sagreed|as\sdiscussed|further\sto|following|zoals|conform|na|naar\saanleiding\svan|wie|gemas|nach|laut|comme|suite\sa|jak|zgodnie\sz|po|w\snawiazaniu\sdo)\s(?:[a-z']{1,14}\s){0,4}(?:call|meeting|discussed|phone|telefon\w*|gesprek|overleg\w*|bespro\w+|besproch\w+|besprechung|gesprach|anruf|appel|reunion|telephone|parle|rozmow\w*|rozmawia\w*|spotkani\w*)(?![a-z])/

const terse = 80

/** A mail that promises, but whose days stand without a verb of paying ("Friday at the latest."); other than those `promised` already. */
export function bareDays(marked: MarkedText, clauses: Clause[], promised: Promise[]): Promise[] {
  const open = clauses
    .filter(clause => {
      const sentence = marked.sentences[clause.sentence]
      const isOpen = clause.kind === 'other' && !clause.negated && !(clause.conditional && promised.length > 0)
      return isOpen && sentence && !request.test(marked.folded.slice(sentence.start, sentence.end).replace(talked, ''))
    })
    // "Friday will not work, it will be Wednesday": what is denied does not count, nor does until when somebody is away.
    .flatMap(clause =>
      isDenied(marked.folded.slice(clause.start, clause.end), marked.language) || away.test(marked.folded.slice(clause.start, clause.end))
        ? splitParts(marked.folded, clause, 'but|maar|aber|mais|ale').map(part => ({ ...clause, ...part }))
        : [clause],
    )
    .filter(part => {
      const text = marked.folded.slice(part.start, part.end)
      return !isDenied(text, marked.language) && !isAboutPaying(text) && !incoming.test(text) && !away.test(text)
    })
  const isPromised = promised.some(({ date, conditional }) => date && !conditional)
  const plain = bareOf(
    marked,
    open.filter(clause => (isPromised ? goesOn(marked, clause) : speaksAhead(marked, clause))),
    promised,
  )
  if (isPromised) return plain.map(promise => lessSure(promise, 0.6))
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

/** "According to us it is due on 25 March", "our terms are end of month". */
const dueOn =
  /(?<![a-z])(?:vervaldatum|vervaldag|(?:betaal|betalings)termijn\w*|due(?:\sdate)?|terms|fallig\w*|zahlungsziel|zahlungsfrist|echeance|conditions\sde|delai\sde|termin\s(?:platnosci|zaplaty)|scadenza|vencimiento)(?![a-z])[^,;()]{0,40}$/

/** "Half leaves tomorrow, the other half at the end of the month." */
const share = /(?<![a-z])(?:half|helft|halfte|moitie|polow[aey]|mitad|meta|rest|reste|reszt[aey]|remainder|balance|solde)(?![a-z])/
/** A bare day lies near: "early April", said in May, speaks of the April before. */
const bareDaysAhead = 120

function bareOf(marked: MarkedText, clauses: Clause[], promised: Promise[]): Promise[] {
  const found = mergeSameDay(clauses.flatMap(clause => promisesOf(marked, clause))).filter(
    ({ date }) =>
      date !== undefined &&
      daysBetween(marked.date, date.day) <= bareDaysAhead &&
      !fromOn.test(marked.folded.slice(Math.max(0, date.start - 24), date.start)) &&
      !dueOn.test(marked.folded.slice(Math.max(0, date.start - 50), date.start)) &&
      !promised.some(other => other.date?.day === date.day),
  )
  const isShared =
    found.some(({ amounts, invoices }) => amounts.length + invoices.length > 0) || clauses.some(({ start, end }) => share.test(marked.folded.slice(start, end)))
  return found.length > 1 && !isShared ? [] : found
}

/** A long sentence without a word of the future tells something else. */
function speaksAhead(marked: MarkedText, clause: Clause): boolean {
  const sentence = marked.sentences[clause.sentence]
  if (!sentence) return false
  return clause.future || sentence.end - sentence.start <= terse || marked.amounts.some(amount => amount.currency && isWithin(amount, sentence))
}

/** "7731: transfer on Tuesday. 7750: on 9 June." */
function goesOn(marked: MarkedText, clause: Clause): boolean {
  const names = [...marked.amounts, ...marked.invoices].some(named => isWithin(named, clause))
  return names && clause.end - clause.start <= terse && !clause.conditional
}

const lessSure = (promise: Promise, confidence: number): Promise => ({
  ...promise,
  date: promise.date && { ...promise.date, confidence: Math.min(promise.date.confidence, confidence) },
})
