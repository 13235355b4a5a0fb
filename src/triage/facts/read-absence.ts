import type { Fact } from '../reading.ts'
import { dayOfIso, isoOfDay } from './days.ts'
import { factOf } from './fact-of.ts'
import { emailPattern, phonePattern } from './find-blocked.ts'
import type { DateMention } from './find-dates.ts'
import { findNames } from './find-names.ts'
import { foldText } from './fold-text.ts'
import type { MarkedText } from './mark-text.ts'
import { resolveDate } from './resolve-date.ts'
import type { Span } from './split-clauses.ts'

const awayWords = String.raw`out of (?:the )?office|(?:out|off) sick|on (?:[a-z]{2,12} )?leave|on (?:a )?(?:training|course)|op (?:cursus|training|opleiding)|auf (?:fortbildung|schulung|lehrgang)|en formation|na szkoleniu|mails? pas weer|geen mails?|on holidays?|on vacation|vacation|away(?! from)|absent|absence|not in the office|unavailable|unreachable|travelling|op (?:zaken)?reis|er (?:dan )?niet|auf reisen|auf dienstreise|en voyage|mnie nie ma|nie ma mnie|w podrozy|afwezig\w*|niet bereikbaar|nicht erreichbar|injoignable|indisponible|niedostepn\w*|vakantie|met verlof|niet aanwezig|niet op kantoor|buiten kantoor|abwesend|abwesenheit\w*|urlaub|nicht im (?:buro|haus|buero)|aus+er haus|absente?s?|en conges?|vacances|en deplacement|nieobecn\w*|urlop\w*|poza biurem|ausente|vacaciones|fuera de la oficina|assente|in ferie|fuori ufficio`
const backWords = String.raw`back (?:in|on|at|by)|ben (?:ik )?\w{0,12}\s?terug|wieder (?:da|im|erreichbar|zuruck)|zuruck|de retour|wracam|powrot\w*|wroce|de vuelta|vuelvo|rientr\w*|returning|return|ben (?:ik )?er [^.!?\n]{0,30}weer|repren(?:ds|drai|dre) (?:le travail|mes fonctions|mon poste)|reviens|reviendrai|kehre|regresare|regreso|volvere|reprise (?:le|du travail)|bede (?:w pracy|w biurze|z powrotem|dostepn\w+)|ruckkehr|reincorpor\w*|torner\w*|di nuovo|de nuevo|er weer|weer (?:aanwezig|bereikbaar|op kantoor)|znow w|wieder fur sie da`
const away = new RegExp(`(?<![a-z])(?:${awayWords})(?![a-z])`)
const absence = new RegExp(`(?<![a-z])(?:${awayWords}|${backWords})(?![a-z])`)

/** Whether folded text says that somebody is away. */
export const saysAway = (folded: string): boolean => away.test(folded)

/** After these, the day that follows is the last one away. */
const until =
  /(?<![a-z])(?:until(?: and including)?|till|through|thru|up to|t\/m|tot(?: en met)?|t\.e\.m\.|bis(?: einschlies+lich| zum| inkl\.?| einschl\.?| und mit)?|jusqu'(?:au|a|en)|jusque|do(?: dnia)?|hasta(?: el)?|fino (?:a|al)|wlacznie do)\s(?:(?:and including|the|de|den|le|zum|dnia|el|il|en met|incl\.?|inclusief)\s){0,2}$|(?:\d|[a-z]{3})\.?\s?-\s?$|(?<![a-z])(?:to|au|al)\s$|(?<![a-z])between [^.!?\n]{1,20} and\s$/
/** "I will not return until 27 May": that day is the first one back. */
const notUntil = /(?<![a-z])not (?:be )?(?:return\w*|back|re-?open\w*)(?![a-z])[^.!?\n]{0,30}\suntil\s(?:the\s)?$/
/** "I will reply after 22 May": that day is still one away. */
const answersAfter =
  /(?<![a-z])(?:reply|respond|answer|get back|(?:be)?antwoord\w*|reageer|(?:be)?antworte\w*|repondrai|odpowiem|odpisze|rispondero|respondere)[^.!?\n]{0,40}\s(?:after|na|nach|apres|po|dopo(?: il)?|despues del)\s(?:(?:the|de|dem|le|dniu|il)\s)?$/
/** After these, the day that follows is the first one back. */
const back =
  /(?<![a-z])(?:back|returning|return|re-?open|weer|znow|available|reachable|terug|bereikbaar|aanwezig|zuruck|wieder|ab|vanaf|from|retour|reprend\w{1,4}|reviens|reviendrai|rentre|rentrerai|present|presente|reprise|travail|kehre|zuruckkehre\w*|regresare|regreso|volvere|reincorporare|powroce|powrotem|ruckkehr|nuovo|nuevo|a partir d[ue]|des le|wracam|wroce|powrot|ponownie|dostepn\w{1,3}|od|vuelta|vuelvo|a partir del|rientro|rientrero|tornero|dal)(?:\s(?:in the office|in office|to the office|at work|at my desk|on|op|am|per|le|the|de|den|dem|vanaf|from|ab|im buro|w biurze|do biura|do pracy|dnia|w|we|el|il|again|weer|wieder|op kantoor|au bureau|as of|a partir du|od|erreichbar|da|im|buro|buero|in ufficio|en la oficina|aanwezig|sera|parmi vous|mon|mes|fonctions|poste|activites?|au travail|retour|zu|nastapi|to|work|of|desk|my)){0,6}[\s,:]{1,3}$/
/** "Closed from 24 December": the first day of it. */
const awayFrom =
  /(?:closed|away|absente?s?|afwezig|gesloten|vrij|geschlossen|abwesend|urlaub|fermee?s?|conges?|nieobecn\w+|urlopie|nieczynn\w+|ausente|assente|chius[io]|leave|holiday|vacation|vakantie|office|kantoor|buro)\s(?:as of|from|vanaf|ab|od|dal|del|du|des|a partir d[ue])\s(?:(?:dem|dnia|le|the|el|il)\s)?$/
const backAfter =
  /^\s{0,3}(?:(?:ben|zal|bin|werde|jestem|bede|serai|i|am|ik|ich|je|will|be|weer|wieder|znowu|again)\s){0,5}(?:er weer|weer(?=[.!\s]*$)|terug|bereikbaar|aanwezig|zuruck|wieder|erreichbar|de retour|back|dostepn|w biurze|op kantoor|im buro|in the office|available|reachable)/
/** "I will answer tomorrow", of somebody who is away. */
const answersOn =
  /(?<![a-z])(?:reply|respond|answer|(?:be)?antwoord\w*|reageer|lees|read|lese|(?:be)?antworte\w*|repondrai|odpowiem|odpisze|rispondero|respondere)(?! within| binnen| innerhalb| sous| w ciagu)[^.!?\n]{0,30}\s$/
/** "On Monday 25 May I read my mail again." */
const againAfter = /^\s(?:[a-z]{1,12}\s){0,4}(?:weer|wieder|znow\w?|ponownie|di nuovo|de nuevo|a nouveau|again)(?![a-z])/
/** Days of work in any week: "I work part time, Monday to Wednesday." */
const routine =
  /(?<![a-z])(?:part-? ?time|deeltijd|teilzeit|temps partiel|pol etatu|(?:i|ik|ich|je) (?:only |alleen |normally |nur )?(?:work|werk|arbeite|travaille)(?! (?:again|weer|wieder)))(?![a-z])/
const closed =
  /(?<![a-z])(?:closed|gesloten|(?:ben ik|ik ben|zijn wij|wij zijn) vrij|geschlossen|ferme\w{0,2}|nieczynn\w+|zamkniet\w+|cerrad\w+|chius\w)(?![a-z])/
const since = /(?<![a-z])(?:since|sinds|seit|depuis|desde|dal|ab|vanaf|from|od)\s(?:(?:the|dem|dnia|le|el|il)\s)?$/
const standInCue =
  /(?<![a-z])(?:cover(?:s|ing)|stand(?:s|ing)? in|deputi[sz]\w*|neemt\b[^.!?]{0,40}\bwaar|vertritt|suppl\w+|urgent\w*|contact\w*|contacter|kontakt\w*|kontaktow\w*|wenden|vertret\w*|vervang\w*|waarneem\w*|remplac\w*|zastep\w*|dringend\w*|d'urgence|pilny\w*|pilne\w*|spoed\w*|colleague|collega'?s?|kolleg\w*|collegue|adresser|adressez|rivolg\w*|dirigirse|reach out|get in touch|write to|contatt\w*|interlocut\w*|opvolger|nachfolger\w*|neemt\b[^.!?]{0,40}\bover|call|bellen|anrufen|mailen|joindre|bereik\w*|erreichen)(?![a-z])/

/** The last day away and who stands in, from an absence notice; `own` is the sender's address, never a stand-in. */
export function readAbsence(marked: MarkedText, isAbsence: boolean, own: string | undefined): Fact[] {
  const says = absence.test(marked.folded)
  const told = marked.sentences.filter(
    sentence => (isAbsence && (says || !paperwork.test(marked.folded))) || absence.test(marked.folded.slice(sentence.start, sentence.end)),
  )
  if (!isAbsence && told.length === 0) return []
  const ends = returnDate(marked, told, isAbsence)
  return [...ends, ...(isAbsence || ends.length > 0 ? standIns(marked, isAbsence, own) : [])]
}

/** "I send the documents by Friday" is no absence, whatever it was taken for. */
const paperwork = /(?<![a-z])(?:documents?|documenten|stukken|unterlagen|dokument\w*|paperwork|przesl\w*|send|stuur|schicke|envoie)(?![a-z])/

type Said = { fact: Fact; kind: 'until' | 'back' | 'during' }

function returnDate(marked: MarkedText, sentences: Span[], isAbsence: boolean): Fact[] {
  const said = marked.allDates.flatMap(date => {
    const sentence = sentences.find(span => date.start >= span.start && date.start < span.end)
    const read = sentence && readEnd(marked, date, sentence, isAbsence)
    return read ? [read] : []
  })
  const best = said.find(({ kind }) => kind === 'until') ?? said.find(({ kind }) => kind === 'back') ?? said.at(-1)
  return best ? [best.fact] : []
}

function readEnd(marked: MarkedText, date: DateMention, sentence: Span, isAbsence: boolean): Said | undefined {
  const before = marked.folded.slice(Math.max(sentence.start, date.start - 60), date.start)
  const after = marked.folded.slice(date.end, Math.min(sentence.end, date.end + 60))
  const told = marked.folded.slice(sentence.start, sentence.end)
  // "ab 1. bis 12.": the first day belongs to the beginning of the absence.
  const opens = awayFrom.test(before) || /^\s{0,2}(?:(?:until|till|to|through|tot|t\/m|bis|au|jusqu|do|al|-)(?![a-z])|tot en met)/.test(after)
  if (opens || routine.test(told)) return undefined
  const kind = endKind(marked.folded.slice(date.start, date.end), before, after) ?? (isAbsence && !isPeriod(date) ? noticeKind(told, before, after) : undefined)
  if (!kind) return undefined
  const day = resolveDate(date.said, marked.date, 'future', marked.country)
  // "Paid back on 30 April" is no day of next year.
  if (!day || day.confidence < 0.5) return undefined
  const last = kind === 'back' ? isoOfDay(dayOfIso(day.day) - 1) : day.day
  return { kind, fact: factOf('return_date', last, marked.text, date, day.confidence) }
}

function endKind(date: string, before: string, after: string): 'until' | 'back' | undefined {
  if (notUntil.test(before)) return 'back'
  if (/^(?:bis|do|until|till|by|tot)\s/.test(date) || until.test(before) || answersAfter.test(before)) return 'until'
  return back.test(before) || backAfter.test(after) ? 'back' : undefined
}

/** "Closed for the end of the year" says no day. */
const isPeriod = ({ said }: DateMention): boolean => /_of_(?:month|period)$/.test(said.kind) && said.kind !== 'day_of_month'

/** In a notice of absence a day stands for something: the one when it is read again, or one on which nobody is there. */
function noticeKind(told: string, before: string, after: string): 'back' | 'during' | undefined {
  if (againAfter.test(after) || answersOn.test(before)) return 'back'
  return (saysAway(told) || closed.test(told)) && !since.test(before) ? 'during' : undefined
}

/** Whom to turn to. Every other address in a notice of absence is one; names and telephone numbers must stand beside words that say so. */
function standIns(marked: MarkedText, isAbsence: boolean, own: string | undefined): Fact[] {
  const facts: Fact[] = []
  for (const [at, sentence] of marked.sentences.entries()) {
    const folded = marked.folded.slice(sentence.start, sentence.end)
    const previous = marked.sentences[at - 1]
    const isCued = standInCue.test(folded) || (facts.length === 0 && previous !== undefined && marked.folded.slice(previous.start, previous.end).endsWith(':'))
    if (!isCued && !isAbsence) continue
    const addresses = [...folded.matchAll(emailPattern)].filter(([address]) => address !== own)
    for (const match of addresses) facts.push(spot('stand_in', match[0], marked, sentence, match.index, match[0].length, isCued ? 0.9 : 0.7))
    const names = findNames(marked.text.slice(sentence.start, sentence.end))
    if (!isCued) {
      // "For payments: Ben Ode, b.ode@acme.example": the address says whose it is.
      for (const { start, name } of names)
        if (addresses.some(([address]) => address.slice(0, address.indexOf('@')).includes(foldText(name.split(' ').at(-1) ?? name))))
          facts.push(spot('stand_in', name, marked, sentence, start, name.length, 0.7))
      continue
    }
    for (const match of folded.matchAll(phonePattern)) facts.push(spot('stand_in', match[0].trim(), marked, sentence, match.index, match[0].length, 0.7))
    // "Meine Vertretung" is no name.
    for (const { start, name } of names)
      if (!standInCue.test(folded.slice(start, start + name.length))) facts.push(spot('stand_in', name, marked, sentence, start, name.length, 0.75))
  }
  return facts.slice(0, 6)
}

const spot = (kind: 'stand_in', value: string, marked: MarkedText, sentence: Span, at: number, length: number, confidence: number): Fact =>
  factOf(kind, value, marked.text, { start: sentence.start + at, end: sentence.start + at + length }, confidence)
