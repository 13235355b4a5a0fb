import type { Fact } from '../reading.ts'
import { factOf } from './fact-of.ts'
import type { AmountMention } from './find-amounts.ts'
import { amountsWithin, type MarkedText, sureOf } from './mark-text.ts'
import type { Span } from './split-clauses.ts'

/** Says that something is contested: "we dispute", "betwisten". "Undisputed" says the opposite. */
const contests =
  /(?<![a-z])(?<!(?:niet|nicht|non|nie|not)[\s-])(?:disput(?:e|es|ing)|contest(?:ing)?|challeng(?:e|ing)|object\sto|do(?:n't|\snot)\s(?:agree|accept|recogni[sz]e)|can(?:'t|not)\s(?:agree|accept)|withhold\w*|hold(?:ing)?\sback|betwist(?:en)?(?!e)|niet\s(?:akkoord|eens)|oneens|houden?\sin|inhouden|ingehouden|schorten\sop|bestreiten|bestreite|beanstand\w*|reklamieren|nicht\s(?:einverstanden|akzeptier\w*|anerkenn\w*)|widersprechen|behalten\b[^.!?\n]{0,40}\sein|einbehalten|contest(?:ons|e|er|ez)|pas\sd'accord|refus(?:ons|e)|reten(?:ons|u|ue)|kwestionuj\w*|nie\s(?:zgadzam\w*|uznaj\w*|akceptuj\w*)|reklamuj\w*|wstrzym\w*|disputamos|impugn\w*|no\sestamos\sde\sacuerdo|contest(?:iamo|o)|non\saccett\w*)(?![a-z])/
/** The amount itself is what is wrong: "120 too much", "a difference of 120". */
const excessBefore =
  /(?<![a-z])(?:difference|discrepancy|overcharged?(?:\sus)?|overbilled|excess|verschil|afwijking|te\sveel\s(?:berekend|gerekend|gefactureerd)|(?:differenz|abweichung)(?:sbetrag)?|zu\sviel\s(?:berechnet|verlangt)|ecart|trop[- ]percu|surfactur\w*|roznic\w|nadplat\w|zawyzon\w+|diferencia|differenza|disputed|contested|betwiste?|strittig\w*|streitig\w*|conteste\w*|litigieu\w*|kwestionowan\w+|sporn\w+)(?:\s(?:part|amount|sum|deel|bedrag|teil|betrag|partie|montant|czesc|kwot\w|importe|importo))?\s{0,2}(?:(?:is|of|van|von|vom|de|d'|in\sh(?:o|oe)he\svon|o|w\swysokosci|by|with|met|mit|um|est|wynosi|jest|betragt|bedraagt|about|rund|ongeveer|environ|okolo|di)\s|:\s?){0,2}$/
const excessAfter =
  /^\s(?:euros?\s|eur\s)?(?:too\s(?:much|high)|over(?:charged|billed)|te\s(?:veel|hoog)|zu\s(?:viel|hoch)|de\strop|en\strop|za\s(?:duzo|wysok\w+)|de\smas|di\stroppo|in\spiu|(?:are|is|zijn|sind|ist|est|sont|jest|sa)\s(?:disputed|contested|betwist|strittig|contestee?s?|sporn\w+))(?![a-z])/
/** "120 of the 800", "120 euro van de 800". */
const ofWhole =
  /^\s(?:(?:out\s)?of|van|von|vom|aus|sur|de|des|du|z|ze|sposrod|di|su)\s(?:(?:the|de|het|den|der|dem|les|la|le|los|las|total|totaal|totale|gesamt\w*|facture|factuur|rechnung|invoice|faktury|kwoty|amount\sof|bedrag\svan|montant\sde)\s){0,3}$/
/** Names the whole: "invoice 2026-1 of 800". */
const whole =
  /(?<![a-z])(?:invoices?|bill|factu(?:ur|ren)|rekening|rechnung(?:en)?|factures?|faktur\w{1,3}|total\w*|gesamt\w*|whole|full|fattura|factura)\s[^.!?\n]{0,30}$/
const payment =
  /(?<![a-z])(?:pay|paid|paying|transfer\w*|beta(?:al|len|ald)|overmaken|overgemaakt|zahlen|gezahlt|uberweis\w*|pay(?:ons|e|er)|pai\w+|regl\w+|vers(?:e|er|ons|erons|ee?|ement)|zaplac\w*|place|przele\w*|paga\w*)(?![a-z])/

/**
 * What a mail that disputes contests in money ("we dispute 120 of the 800"), and every amount that is spoken of in contesting it, so that none
 * is taken for a promise. An invoice that is contested whole gives no amount.
 */
export function readDisputedAmounts(marked: MarkedText): { facts: Fact[]; amounts: AmountMention[] } {
  const found = marked.sentences.flatMap(sentence => contestedIn(marked, sentence))
  const distinct = found.filter(({ part }, at) => found.findIndex(other => Number(other.part.value) === Number(part.value)) === at)
  return {
    facts: distinct.map(({ part, whole: of }) => {
      const currency = part.currency ?? of?.currency
      return factOf('disputed_amount', part.value, marked.text, part, sureOf(marked, currency ? { ...part, currency } : part), currency ? { currency } : {})
    }),
    amounts: found.flatMap(({ part, whole: of }) => [part, ...(of ? [of] : [])]),
  }
}

function contestedIn(marked: MarkedText, sentence: Span): { part: AmountMention; whole?: AmountMention }[] {
  const { folded } = marked
  const amounts = amountsWithin(marked, sentence)
  const verb = contests.exec(folded.slice(sentence.start, sentence.end))
  return amounts.flatMap((part, at) => {
    const next = amounts[at + 1]
    const [before, after] = [folded.slice(Math.max(sentence.start, part.start - 60), part.start), folded.slice(part.end, sentence.end)]
    if (payment.test(before.slice(-20)) || folded.charAt(sentence.end - 1) === '?') return []
    const isPart = next !== undefined && ofWhole.test(folded.slice(part.end, next.start)) && Number(part.value) < Number(next.value)
    if (isPart && verb) return [{ part, whole: next }]
    if (excessBefore.test(before) || excessAfter.test(after)) return [{ part }]
    // "We dispute the 120 for transport", right behind the word.
    const gap = verb ? folded.slice(sentence.start + verb.index + verb[0].length, part.start) : ''
    const isNamed = verb !== null && sentence.start + verb.index < part.start && gap.length <= nearby && !/[,;:]/.test(gap)
    return isNamed && !whole.test(before) && amounts.filter(({ start }) => start > sentence.start + verb.index)[0] === part ? [{ part }] : []
  })
}
const nearby = 30
