import type { DateMention } from './find-dates.ts'
import { isWithin, type Span, splitSentences } from './split-clauses.ts'

// Folded words of all languages together: what they mean is the same beside a day of whatever language.
const wordStart = '(?<![a-z])'
const spoken = String.raw`(?:agreed|discussed|spoken?|said|told\syou|mentioned|promised|conversation|chat|call|afgesproken|besproken|gesproken|gezegd|gemeld|gesprek|telefoongesprek|overleg|vereinbart|besprochen|gesprochen|gesagt|erwahnt|telefonat|gesprach|anruf|convenu\w*|discute\w*|vu|dit|echange\w*|appel|entretien|conversation|ustal\w+|uzgodni\w+|rozmaw\w+|rozmow\w+|mowil\w+|omowi\w+|acordad\w+|hablad\w+|concordat\w+|discusso|parlato)`
const beside = String.raw`(?:on|by|over|at|in|with|the|our|your|you|me|us|him|her|phone|telephone|earlier|already|op|van|met|u|de|het|aan|telefoon|telefonisch|al|zojuist|am|an|vom|von|mit|ihnen|telefon|bereits|schon|eben|au|par|avec|vous|d'|du|le|telephone|deja|w|z|we|od|panstw\w*|telefonicznie|dnia|juz|el|con|il|al)`
const toldBefore = new RegExp(`${wordStart}${spoken}(?:\\s${beside}){0,4}(?:\\s|\\sd')$`)
/** "As on Monday agreed": the day between the two words. */
const asBefore = new RegExp(
  String.raw`${wordStart}(?:as|like|per|zoals|conform|wie|gemas|laut|comme|jak|zgodnie\sz|como|come|following|further\sto|na\saanleiding\svan|nach|suite\sa|nawiazaniu\sdo|(?:i|ik|ich)\s(?:told|zei|sagte)(?:\s(?:you|u|je|ihnen))?)(?:\s${beside}){0,3}\s(?:d')?$`,
)
const toldAfter = new RegExp(`^(?:'s|en|es|er|em)?(?:\\s${beside}){0,3}\\s${spoken}(?![a-z])`)
const saidSo = /^(?:\s(?:al|already|bereits|schon))?\s(?:dat|that|dass)(?![a-z])/

const free = String.raw`(?:(?:bank|public|national|regional|statutory)\sholidays?|holiday|feestdag(?:en)?|vrije\sdag|feiertag\w{0,2}|(?:jours?\s)?feriee?s?|swiet(?:o|a|em|ami)|dzien\swolny|dnia\swolnego|wolne|wolny|wolna|festiv[oi]|festivos?)`
const freeBefore = new RegExp(
  `${wordStart}(?<!(?:from|after|on|my|of|back)\\s(?:a\\s)?)${free}(?:\\s(?:on|op|am|im|of|van|vom|du|de|le|dans|w|we|z|dnia|this|the|coming|komende|kommenden|del|di)){0,3}\\s$`,
)
const freeAfter = new RegExp(
  `^(?:'s)?,?\\s?[(=]?(?:(?:is|being|as|was|ist|war|est|etant|jest|to|een|ein|un|a|the|our|here|hier|chez|nous|u|nas|also|ook|auch|jour|dzien|official|officiele|gesetzlicher|wettelijke|es|e)\\s){0,4}${free}(?![a-z])`,
)

/** "Every other Thursday": which of them, the words leave open. */
const everyOtherBefore =
  /(?<![a-z])(?:(?:every|each)\s(?:other|second|2nd)|alternate|(?:every|once\severy)\s(?:two|2)\sweeks(?:\son)?(?:\sa)?|om\sde(?:\sandere)?|(?:elke|iedere)\s(?:tweede|2e)|(?:om\sde\sweek|(?:eens|een\skeer)\s(?:in|per)\sde\s(?:twee|2)\sweken|(?:elke|iedere|per)\s(?:twee|2)\sweken)\sop|jede[nrms]?\s(?:zweite[nrms]?|2\.)|alle\s(?:zwei|2|14|vierzehn)\s(?:wochen|tage)(?:\s(?:am|immer))?|tous\sles\s(?:quinze|15)\sjours(?:,?\s(?:le|un))?|toutes\sles\s(?:deux|2)\ssemaines(?:,?\sle)?|co\s(?:drug\w{1,2}|2\.?)|co\s(?:dwa|2)\stygodnie\swe?|cada\sdos|ogni\sdue|un\s[a-z]{5,9}\ssi\se\suno)\s$/
const everyOtherAfter = /^\ssur\s(?:deux|2)(?![a-z\d])|^\s(?:si|no)\sy\s(?:otro|uno)/

const run = String.raw`(?:(?:payment\s|bank\s|pay\s)?runs?|cut-?off|batch|(?:betaal)?(?:run|ronde|batch)|(?:zahl\w*|uberweisungs)?lauf\w{0,2}|campagne|lot|train|(?:virement|reglement|paiement)s?|(?:paczk\w{1,2}\s)?przele\w+|sesj\w+|remesa|distinta)`
const runBefore = new RegExp(
  `${wordStart}${run}(?:\\s(?:de\\s(?:paiement|reglement|virement)s?|of|for|on|van|op|voor|von|vom|am|fur|de|du|d'|le|z|na|we?|del|di|this|the)){0,3}\\s(?:d')?$`,
)
const runAfter = new RegExp(`^(?:'s|s|ow\\w{1,3}|e[nrms]?)?\\s(?:payment\\s|bank\\s)?${run}(?![a-z])`)
const missed =
  /(?<![a-z])(?:miss(?:ed|es)?|too\slate|(?:did|does|could|was|were|is)(?:\snot|n't)|gemist|mist(?:en|te)?|te\slaat|niet|verpasst|verpassen|zu\sspat|nicht|rate[es]{0,2}|manque[es]{0,2}|loupe[es]{0,2}|trop\stard|n'(?:est|etait|a|ont)\s(?:pas|plus)|nie\s(?:zalapa\w+|wesz\w+|zdazy\w+|trafi\w+|ujet\w+|byla?)|spozni\w+|za\spozno|perdid\w+|persa?)(?![a-z])/

/** "The last run before Christmas is on 22 December." */
const lastRun = /(?<![a-z])(?:last|final|laatste|letzte[nr]?|dernier\w{0,2}|ostatni\w{0,2})\s(?:[a-z]{2,14}\s){0,3}$/
const until = /^(?:before|voor|vor|avant|przed|antes|prima)\s/

/**
 * The days that a text says in passing and that no payment falls on: when something was talked over, a holiday, the day of
 * every other week, a run that was missed. The others stay, in order.
 */
export function withoutPassingDays(text: string, folded: string, dates: DateMention[]): DateMention[] {
  if (dates.length === 0) return dates
  const sentences = splitSentences(text)
  return dates.filter(date => {
    const sentence = sentences.find(span => isWithin(date, span)) ?? { start: 0, end: text.length }
    const [ahead, behind] = [folded.slice(Math.max(sentence.start, date.start - 60), date.start), folded.slice(date.end, Math.min(sentence.end, date.end + 60))]
    if (freeBefore.test(ahead) || freeAfter.test(behind)) return false
    if (date.said.kind === 'weekday' && (everyOtherBefore.test(ahead) || everyOtherAfter.test(behind))) return false
    if (isMissed(folded, sentence, date, ahead, behind)) return false
    const isAlone = !dates.some(other => other !== date && isWithin(other, sentence))
    if (!isAlone && lastRun.test(ahead) && runBefore.test(ahead) && until.test(folded.slice(date.start, date.end))) return false
    return !(isTold(date, ahead, behind) && (!isAlone || (date.said.kind === 'days' && /[a-z]/.test(behind))))
  })
}

/** A day ahead by its calendar is none on which something was said. */
function isTold({ said }: DateMention, ahead: string, behind: string): boolean {
  const mayLieBehind = said.kind === 'weekday' || said.kind === 'last_weekday' || (said.kind === 'days' && said.days <= 0)
  return mayLieBehind && (toldBefore.test(ahead) || (asBefore.test(ahead) && (toldAfter.test(behind) || saidSo.test(behind))))
}

/** "Missed tomorrow's run and goes next week": only what is said up to the next comma or "and" speaks of the run. */
function isMissed(folded: string, sentence: Span, date: DateMention, ahead: string, behind: string): boolean {
  if (!runBefore.test(ahead) && !runAfter.test(behind)) return false
  const lead = folded.slice(sentence.start, date.start).split(joint).at(-1) ?? ''
  const [rest = ''] = folded.slice(date.end, sentence.end).split(joint)
  return missed.test(lead) || missed.test(rest)
}
const joint = /[,;:]\s|\s(?:and|but|so|en|maar|dus|und|aber|also|et|mais|donc|i|oraz|a|ale|wiec|y|e)\s/
