import type { DateMention } from './find-dates.ts'
import { isWithin, type Span, splitParts, splitSentences } from './split-clauses.ts'
import { type ClauseWords, clauseWords, firstPerson, incoming } from './words/clause-words.ts'

/** A stretch of a sentence that says one thing about paying, or nothing. */
export type Clause = Span & {
  kind: 'promise' | 'paid' | 'other'
  /** Said under a condition, or asked for. */
  conditional: boolean
  /** Speaks of paying only to deny it. */
  negated: boolean
  /** Stands in a question. */
  asked: boolean
  /** Holds a word of the future (will, zal, wird). */
  future: boolean
  /** Index of its sentence. */
  sentence: number
}

type Tests = { [K in keyof ClauseWords]: RegExp } & { joinerSource: string }
const compiled = new Map<string, Tests>()

function testsOf(language: string): Tests {
  const known = compiled.get(language)
  if (known) return known
  const own = clauseWords[language]
  const words = own ? [own] : ['nl', 'en', 'de', 'fr', 'pl'].flatMap(code => clauseWords[code] ?? [])
  const join = (key: keyof ClauseWords) => words.map(word => word[key]).join('|')
  const test = (key: keyof ClauseWords) => new RegExp(`(?<![a-z0-9])(?:${join(key)})(?![a-z0-9])`)
  const made: Tests = {
    joinerSource: join('joiners'),
    joiners: new RegExp(`^\\s*(?:${join('joiners')})\\s`),
    pay: test('pay'),
    paid: test('paid'),
    future: test('future'),
    negation: new RegExp(`(?<![a-z])(?:${join('negation')})(?![a-z])|n't(?![a-z])|(?<![a-z])n'`),
    condition: test('condition'),
    asking: new RegExp(`(?<![a-z])(?:${join('asking')})`),
    refund: test('refund'),
    due: new RegExp(`(?<![a-z])(?:${join('due')})[\\s:(]{1,3}(?:(?:de|den|dem|le|the|el|il|dnia|op|am|on)\\s)?$`),
  }
  compiled.set(language, made)
  return made
}

const keepsDate =
  /(?:a\s(?:son\s|l')?echeance\sdu|antes|prima|avant)\s(?:del|dell'|le)[\s:]{1,3}$|(?:(?:run|ronde|echeancier|batch|lauf|campagne\w{0,3}|remesa|distinta)\s(?:van|of|vom|du|del|de|z)|week (?:van|of|commencing)|semaine du|woche (?:vom|ab)|as of|a partir du|compter du|with effect from|tygodni\w+ z)[\s:]{1,3}$/

/** "With our orders of Friday 29 May": what only lies ahead is no date of an invoice, unless the word itself stands before. */
export const isAhead = (folded: string, date: Span): boolean => {
  const before = folded.slice(Math.max(0, date.start - 40), date.start)
  return (
    /(?<![a-z])(?:van|of|from|vom|du|del|de|di|z)\s(?:(?:the|de|le|dnia)\s)?$/.test(before) &&
    !/(?:fact|invoi|rechnung|fatt|mahnung|mail|brief|letter|lettre|courrier|schreiben|relance|rappel|herinnering|reminder|upomn|wezwan|ponagl)[a-z]{0,6}\s[^.!?\n]{0,20}$/.test(
      before,
    )
  )
}

/** Whether the words right before a date make it an invoice's date or a due date. */
export function isInvoiceDate(folded: string, date: Span, language: string): boolean {
  const before = folded.slice(Math.max(0, date.start - 40), date.start)
  return testsOf(language).due.test(before) && !keepsDate.test(before)
}

const since = /(?<![a-z])(?:since|seit|sinds|depuis|desde|od|da)\s(?:(?:the|dem|le|el)\s)?$/

/** "The money is there since Monday": a day that lies behind, whatever the weekday. */
export const isSince = (folded: string, date: DateMention): boolean => {
  const before = folded.slice(Math.max(0, date.start - 20), date.start)
  const isToday = date.said.kind === 'days' && date.said.days === 0
  return since.test(before) || (isToday && upToToday.test(before) && !/\s/.test(folded.slice(date.start, date.end)))
}
const upToToday = /(?<![a-z])(?:do|tot|up to|until|jusqu'a|bis|hasta|fino a)\s$/

/** Where in a folded text a condition begins within a span, or money that is waited for; undefined when there is none. */
export function conditionAt(folded: string, { start, end }: Span, language: string): number | undefined {
  const text = folded.slice(start, end)
  const places = [testsOf(language).condition, incoming].flatMap(pattern => pattern.exec(text)?.index ?? [])
  return places.length === 0 ? undefined : start + Math.min(...places)
}

/** Where somebody is until a day, which is no day of payment. */
export const away =
  /(?<![a-z])(?:abroad|(?:kerst|zomer)?reces|christmas\sbreak|on\s(?:holiday|leave|vacation)|out\sof\s(?:the\s)?office|closed|buitenland|vakantie|verlof|gesloten|afwezig|urlaub|ausland|betriebsferien|geschlossen|abwesend|etranger|conges?|vacances|fermee?s?|absente?|urlop\w{0,3}|zagranic\w{1,3}|przerw[aey]|nieczynn\w{1,2}|nieobecn\w{1,2}|vacaciones|cerrad[oa]s?|ferie|chius[oie])(?![a-z])/

/** Whether a stretch of folded text denies something. */
export const isDenied = (text: string, language: string): boolean =>
  testsOf(language).negation.test(text) || /(?<![a-z])(?:nichts|niks|nothing|rien|nic)(?![a-z])/.test(text)

/** What was found in a text before its clauses are read. */
type Marks = { dates: DateMention[]; amounts: Span[] }

/** The sentences of a text and their clauses. `folded` is the same text folded. */
export function readClauses(text: string, folded: string, language: string, marks: Marks): { sentences: Span[]; clauses: Clause[] } {
  const tests = testsOf(language)
  const sentences = splitSentences(text)
  const clauses = sentences.flatMap((sentence, index) => clausesOf(folded, sentence, index, tests, marks))
  return { sentences, clauses }
}

/** "Did our payment arrive?" promises nothing. */
const receipt =
  /(?<![a-z])(?:ontvangen|binnen(?:gekomen)?|verwerkt|geboekt|received?|arrived?|posted|allocated|credited|recue?s?|arrivee?s?|encaissee?s?|comptabilise\w*|erhalten|eingegangen|angekommen|verbucht|gebucht|otrzyma\w*|wplyn\w*|dotar\w*|zaksiegowan\w*|recibid\w*|ricevut\w*|arrivat\w*)(?![a-z])/
/** "We deducted 2% discount for payment within 8 days." */
const discountTerms =
  /(?<![a-z])(?:bei|if|for|on|bij|pour|en\scas\sde|przy|por|per)\s(?:[a-z]{1,10}\s){0,2}(?:zahlung|paid|payment|betaling|paiement|reglement|platnosci|zaplacie|pago|pagamento)(?![a-z])/
/** "Does the 2% still apply within 8 days?" */
const discount = /(?<![a-z])(?:discount|korting|skonto|escompte|rabat\w*|descuento|sconto)(?![a-z])/
/** "You write that we promised payment by the end of May": what we wrote, told back to us. */
const cited =
  /(?<![a-z])(?:you\s(?:write|wrote|say|said|state[ds]?|claim(?:ed)?)|your\s(?:letter|e-?mail|reminder)\s(?:says|states|claims)|(?:u|jullie|je)\s(?:schrijft?|schreef|schrijven|beweert?|stelt)|(?:uw|jullie)\s(?:brief|mail|herinnering)\s(?:zegt|stelt|vermeldt)|sie\s(?:schreiben|schrieben|behaupten|sagen)|(?:ihr|in\sihrem)\s(?:schreiben|brief)\s(?:besagt|steht)|vous\s(?:ecrivez|dites|pretendez|affirmez)|pisza\spanstwo|panstwo\spisza|twierdza\spanstwo|panstwo\stwierdza)(?![a-z])|"[^"\n]{0,80}(?<![a-z])(?:uw\sbetaling|your\spayment|ihre\szahlung|votre\s(?:paiement|reglement)|panstwa\s(?:platnosc|wplat))/
/** A promise that was given before, and mostly not kept. */
const promisedBefore =
  /(?<![a-z])(?:(?:had|hadden|hatten?|hattest|avions|avais|avait|aviez|avevamo|avevo|habiamos?)\s[^.!?\n]{0,40}(?<![a-z])(?:beloofd|toegezegd|gezegd|promised|said|zugesagt|versprochen|angekundigt|promise?|annonce|promesso|prometido)|(?:we|i)\s(?:promised\sto|did\s(?:say|promise)(?:\s(?:that\s)?(?:we|i)(?:'d|\swould))?|said\s(?:we|i)(?:'d|\swould))|(?:ik|wij|we)\sbeloofden?|beloofde\s(?:ik|wij|we)|(?:zugesagte|versprochene|angekundigte|promised|beloofde|toegezegde|obiecan\w{1,3}|zapowiedzian\w{1,3})[nrs]?\s(?:zahlung|uberweisung|payment|betaling|platnosc|wplat\w|przelew|zaplat\w)|obieca(?:lem|lam|lismy|lysmy|no))(?![a-z])/

/** "We wanted to pay on the 13th": what was meant before, and is not any more. */
const meantBefore =
  /(?<![a-z])(?:wilden?|zouden|waren\svan\splan|hadden\s(?:gepland|willen)|was\sde\sbedoeling|wollten?|hatten?\s(?:vor|geplant)|wanted\sto|intended\sto|meant\sto|(?:had\s)?planned\sto|(?:were|was)\sgoing\sto|voulions|voulais|comptions|comptais|devions|devais|pensions|pensais|avi?ons\sprevu|avais\sprevu|you\s(?:asked|requested|demanded)|(?:u|jullie|je)\s(?:vroeg|vroegen|verzocht|eiste)|sie\s(?:baten|forderten|verlangten|wollten)|vous\s(?:demandiez|demandez|reclamez|exigez)|(?:prosili|zadali|oczekiwali)\spanstwo|panstwo\s(?:prosili|zadali)|mielismy|mialem|mialam|chcielismy|chcialem|chcialam|planowalismy|zamierzalismy)(?![a-z])(?!.{0,40}(?:weten|meld|inform|doorge|vrag|mitteil|sagen|frag|let\syou|tell|ask|say|vous\sdire|demander|zapytac|zawiadom))/

/** "Should it come in on Friday, we pay", "Komt dat vrijdag binnen, dan betalen we": a condition by the place of its verb. */
const verbFirst =
  /^[^a-z]{0,3}(?:(?:maar|aber|but|en|und|and)\s)?(?:(?:should|were|had)\s(?:the|our|my|that|this|it|we|i)\s[^?]{0,120},|(?:(?:komt|komen|ontvang(?:en|t)?|krijg(?:en|t)?|betaalt|betalen|lukt|gaat|wordt|keurt|geeft|hebben|heb|is|zijn|mocht(?:en)?)\s(?:het|dat|dit|de|die|deze|onze|ons|mijn|we|wij|ik|een|er|u|jullie)\s)[^?]{0,120},\s(?:dan|betaal|betalen|maak|maken|voldoen)\s|lukt\s(?:het|dat|dit)[^?]{0,60},|(?:kommt|kommen|klappt|bekommen|erhalten|geht|gehen|wird|zahlt|zahlen|haben|ist|sollten?|gibt)\s(?:es|das|dies|die|der|den|unsere?[nrs]?|meine?[nr]?|wir|ich|eine?|sie)(?:\s|(?=,))[^?]{0,120},\s?(?:dann|so|zahlen|zahle|uberweisen|uberweise|begleichen|werden|konnen|kann)\s)/
/** "But I can't promise anything": what the sentence says of a day is a hope. */
const noPromise =
  /(?<![a-z])(?:(?:no|without)\s(?:promises?|guarantees?)|(?:can't|cannot|can\snot|couldn't|won't|don't)\s(?:promise|guarantee|commit)|(?:niets|niks|het|dat|dit|niet)\s(?:[a-z]{1,6}\s){0,2}(?:kunnen\s)?(?:toezeggen|beloven|garanderen)|beloof\s(?:u\s|je\s)?niets|(?:niet|niets)\s(?:te\s)?(?:toezeggen|beloven|garanderen)|(?:nichts|nicht)\s(?:fest\s)?(?:versprechen|zusagen|garantieren|zusichern)|(?:garantieren|versprechen|zusagen)\skann\s(?:[a-z]{2,5}\s){1,4}nicht|(?:verspreche|garantiere)\s(?:[a-z]{2,5}\s)?nichts|ohne\s(?:gewahr|garantie)|(?:rien|pas)\s(?:vous\s)?(?:le\s)?(?:garantir|promettre|assurer)|(?:promets?|garantis|promettons|garantissons)\s(?:rien|pas)|sans\s(?:garantie|promesse)|(?:nic|niczego|tego|nie)\s(?:nie\s)?(?:mog\w{1,4}\s)?(?:tego\s|panstwu\s|niczego\s)?(?:obieca\w{1,2}|zagwarantowac|obiecuj\w{1,3}|gwarantuj\w{1,3})|bez\sgwarancji|no\spuedo\sprometer|non\sposso\spromettere)(?![a-z])(?!\s(?:[a-z]{1,6}\s){0,2}(?:sooner|earlier|before|more|eerder|vroeger|meer|fruher|eher|mehr|avant|plus|wczesniej|wiecej|antes|prima))/
/** "I'm waiting for money myself, but I pay on Friday without fail." */
const withoutFail =
  /(?<![a-z])(?:without\sfail|definitely|in\sany\scase|regardless|come\swhat\smay|zonder\smankeren|gegarandeerd|in\sieder\sgeval|in\selk\sgeval|hoe\sdan\sook|auf\sjeden\sfall|garantiert|in\sjedem\sfall|so\soder\sso|sans\sfaute|quoi\squ'il\sarrive|dans\stous\sles\scas|na\spewno|bez\swzgledu|sin\sfalta|senza\sfallo)(?![a-z])/

type Part = Span & {
  kind: Clause['kind']
  cue: boolean
  condition: boolean
  negated: boolean
  /** Speaks of a payment that was meant, and did not come. */
  meant: boolean
  /** Says until when somebody is away. */
  away: boolean
  /** Denies something, whatever it is. */
  denies: boolean
  dated: boolean
  future: boolean
  joined: boolean
  /** Names who acts: "we". */
  own: boolean
  /** Holds whatever else comes. */
  sure: boolean
}

function clausesOf(folded: string, sentence: Span, index: number, tests: Tests, marks: Marks): Clause[] {
  const { dates } = marks
  const whole = folded.slice(sentence.start, sentence.end)
  const asked = /\?["')\s]*$/.test(whole)
  const saysNothing =
    (asked && (receipt.test(whole) || discount.test(whole))) ||
    (discount.test(whole) && discountTerms.test(whole)) ||
    cited.test(whole) ||
    (promisedBefore.test(whole) && !tests.future.test(whole.replace(promisedBefore, '')))
  if (saysNothing) return [{ ...sentence, kind: 'other', conditional: false, negated: true, asked, future: false, sentence: index }]
  if (!tests.pay.test(whole.replace(aboutPaying, '')) && !tests.paid.test(whole)) {
    return [
      {
        ...sentence,
        kind: 'other',
        conditional: tests.condition.test(whole) || asked,
        negated: false,
        asked,
        future: tests.future.test(whole),
        sentence: index,
      },
    ]
  }
  const parts = splitParts(
    folded,
    sentence,
    tests.joinerSource,
    dates.map(date => withComma(folded, date)),
  ).map(part => readPart(folded, part, tests, dates))
  const clauses: Part[] = []
  let waiting: Part | undefined
  parts.forEach((part, at) => {
    const previous = clauses.at(-1)
    const isContinued = !part.cue && previous !== undefined && continues(folded, part, previous)
    let read = isContinued ? { ...part, cue: true, kind: 'promise' as const } : part
    const cueFollows = parts.slice(at + 1).some(later => later.cue)
    if (read.cue) {
      if (waiting && read.sure && waiting.condition && !waiting.dated) clauses.push(asOther(waiting), read)
      else if (waiting && (waiting.away || tellsApart(marks, waiting, read)))
        clauses.push(asOther(waiting), { ...read, condition: read.condition || waiting.condition })
      else clauses.push(waiting ? merge(waiting, read) : read)
      waiting = undefined
    } else if (previous && !waiting && (read.dated || !cueFollows)) {
      const isApart = previous.dated && tellsApart(marks, read, previous) && !isListed(folded, read, marks)
      if (isApart || read.away || (read.dated && read.denies)) clauses.push(asOther(read))
      else clauses[clauses.length - 1] = merge(previous, read)
    } else {
      // "I called them today, on Monday it is released and I pay": of two days before the word of paying, the nearer one.
      if (waiting && (waiting.away || tellsApart(marks, waiting, read))) clauses.push(asOther(waiting))
      else if (waiting) read = merge(waiting, read)
      waiting = read
    }
  })
  const last = clauses.at(-1)
  if (waiting && last) clauses[clauses.length - 1] = merge(last, waiting)
  else if (waiting) clauses.push(waiting)
  const isAsking = asked || tests.asking.test(whole)
  // "As soon as our customer has paid us, we pay": the condition holds a payment of its own.
  const passedOn = clauses.some(clause => clause.condition && clause.kind === 'paid')
  const isOpen = verbFirst.test(whole)
  const unassured = noPromise.exec(whole)?.index ?? 0
  return clauses.map(clause => ({
    start: clause.start,
    end: clause.end,
    kind: clause.kind === 'paid' && clause.condition ? 'other' : clause.kind,
    conditional: clause.condition || passedOn || isOpen || clause.start < sentence.start + unassured || (isAsking && clause.kind === 'promise'),
    negated: clause.negated,
    asked,
    future: clause.future,
    sentence: index,
  }))
}

/** "Paid half on Friday, the rest follows on Monday", "we meant to pay on the 13th, now it will be the 18th": a promise goes on without its verb. */
function continues(folded: string, part: Part, previous: Part): boolean {
  if (previous.meant) return part.dated && !part.denies && !part.condition
  const isRest = remainder.test(folded.slice(part.start, part.end))
  if (previous.kind === 'paid') return part.future && (part.joined || isRest)
  return previous.kind === 'promise' && part.dated && isRest
}

/** "On Friday our director is back, we pay on Monday": of two days, the one that no money goes with is not a payment's. */
const tellsApart = ({ amounts }: Marks, said: Part, beside: Part): boolean => said.dated && beside.dated && !amounts.some(amount => isWithin(amount, said))

const asOther = (part: Part): Part => ({ ...part, kind: 'other' })

/** "On Friday 22nd, and on Friday 29th": hardly more than another day. */
function isListed(folded: string, part: Part, { dates }: Marks): boolean {
  const said = dates.filter(date => isWithin(date, part)).reduce((length, { start, end }) => length + end - start, 0)
  return folded.slice(part.start, part.end).trim().length - said <= fewWords
}
const fewWords = 24

/** The comma after "Monday, 11 May," belongs to the date. */
function withComma(folded: string, { start, end }: Span): Span {
  const isEnclosed = folded.slice(start, end).includes(',') && folded.charAt(end) === ','
  return { start, end: isEnclosed ? end + 1 : end }
}

/** Papers about a payment, and the time for it, are none: "I send you proof of payment next week", "the payment term ends". */
const aboutPaying =
  /(?<![a-z])(?:(?:proof|confirmation|evidence)\sof\s(?:the\s)?(?:payment|transfer)|(?:payment|remittance|transfer)\s(?:advice|confirmation|receipt|slip|terms?|period|deadline|details)|betaal(?:bewij[sz]\w*|termijn\w*|gegevens|specificatie|bevestiging)|betalings(?:bewij[sz]\w*|termijn\w*|bevestiging|specificatie|herinnering\w*)|bewijs\svan\sbetaling|zahlungs(?:beleg\w*|nachweis\w*|bestatigung\w*|avis\w*|frist\w*|ziel\w*|erinnerung\w*)|uberweisungs(?:beleg|bestatigung)\w*|(?:justificatif|preuve|confirmation|avis|delai|date\slimite)s?\sde\s(?:paiement|virement|reglement)|potwierdzeni\w+\s(?:przelewu|platnosci|wplaty|zaplaty)|termin\w*\s(?:platnosci|zaplaty)|justificante\sde\s(?:pago|transferencia)|(?:ricevuta|conferma)\sd[ei]l?\s?(?:pagamento|bonifico))(?![a-z])/g

/** Whether a stretch of folded text names a paper about a payment, or the time for it. */
export const isAboutPaying = (text: string): boolean => text.search(aboutPaying) >= 0

/** "We cannot pay sooner": says no more than the day beside it. */
const noSooner =
  /(?:(?:can't|cannot|can not|won't|not|n't|niet|nicht|ne|n'|pas|nie|no|non)(?:\s[a-z']{1,12}){0,5}\s(?:any\s)?(?:sooner|earlier|eerder|vroeger|fruher|eher|avant|plus\stot|wczesniej|antes|prima)|(?<![a-z])(?:sooner|earlier|eerder|vroeger|fruher|eher|plus\stot|wczesniej)\s(?:[a-z]{1,14}\s){0,5}(?:not|niet|nicht|pas|nie|isn't|no))(?![a-z]|\s(?:than|dan|als|le|d|the|ni[zż]|que|del?)(?![a-z]))(?:\s(?:[a-z]{1,14}\s?){0,2})?/
/** "The rest follows on Monday." */
export const remainder =
  /(?<![a-z])(?:rest|reste|restant\w*|resterende|restbetrag\w*|remainder|remaining|balance|solde|saldo|reszt\w*|pozostal\w*|resto|restante|autre\smoitie|andere\shelft|other\shalf|zweite\shalfte)(?![a-z])/

const isBehind = ({ said }: DateMention): boolean => said.kind === 'last_weekday' || (said.kind === 'days' && said.days < 0)

function readPart(folded: string, part: Span, tests: Tests, dates: DateMention[]): Part {
  const text = folded.slice(part.start, part.end)
  const future = tests.future.test(text)
  const named = dates.filter(date => isWithin(date, part))
  // "The transfer left yesterday": the day says it, whatever the verb.
  const paid = !future && (tests.paid.test(text) || (named.length > 0 && named.every(isBehind) && tests.pay.test(text)))
  const awaited = incoming.test(text)
  const said = text.replace(aboutPaying, '')
  const pay = awaited ? tests.pay.test(said.replace(incoming, '')) : paid || tests.pay.test(said)
  const denies = tests.negation.test(text.replace(noSooner, ''))
  const meant = pay && meantBefore.test(text)
  const negated = pay && (denies || meant)
  const kind = !pay || negated || tests.refund.test(text) ? 'other' : paid && !awaited ? 'paid' : 'promise'
  return {
    ...part,
    kind,
    cue: pay,
    condition: awaited || tests.condition.test(text),
    negated,
    meant,
    away: !pay && named.length > 0 && away.test(text),
    denies,
    future,
    joined: tests.joiners.test(text),
    own: firstPerson.test(text),
    sure: withoutFail.test(text),
    dated: named.length > 0,
  }
}

const merge = (first: Part, second: Part): Part => {
  const leading = first.cue ? first : second
  return {
    ...leading,
    // "It will be with you on Friday, paid in full", "I will have it sorted and paid by noon tomorrow".
    kind: first.future && leading.kind === 'paid' && (first.dated || (second.joined && second.dated && !second.own)) ? 'promise' : leading.kind,
    start: first.start,
    end: second.end,
    condition: first.condition || second.condition,
    dated: first.dated || second.dated,
    future: first.future || second.future,
    negated: leading.negated,
  }
}
