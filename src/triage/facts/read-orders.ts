import type { Fact } from '../reading.ts'
import { factOf } from './fact-of.ts'
import type { MarkedText } from './mark-text.ts'
import { isWithin, type Span } from './split-clauses.ts'

const orderNumber =
  /(?<![a-z])(?:p\.?\s?o\.?(?=[\s:#-]|nr|num)|p\.?o\.?-?(?:nr|nummer|number)|purchase\sorder|order(?:\s?(?:number|no|nr|nummer))|ordernummer|inkoop(?:order|nummer|ordernummer|opdracht)|bestelnummer|bestelbon|bestelling|bestellnummer|bestell-?nr|bestellung|auftragsnummer|bon\sde\scommande|(?:n[o°]|numero)\sde\scommande|commande|zamowieni\w+|orden\sde\scompra|pedido|ordine(?:\sd'acquisto)?|(?:n[o°]\s|numero\s)?d'(?:engagement|ordine)|kostenstelle|kostenplaats|cost\scent(?:re|er)|centre\sde\scouts?|mpk|opdrachtnummer|verplichtingennummer|afroepnummer)[\s:#.-]{0,3}(?:(?:bc|po|be|cde|bk)\s)?(?:(?:(?:number|nummer|numer\w*|numero|nr|no|n[o°])[\s:#.-]{0,3})|(?:is|ist|luidt|lautet|est|to|es|e|:)[\s:]{1,3}){0,3}(?:[^.!?\n\d:]{2,30}:\s{1,3})?(?<number>[a-z]{0,6}[-_/]?\d[a-z0-9]*(?:[-_/.][a-z0-9]+){0,4})(?![\w@€%])/g

/** "The order number is wrong, it should be 4500129981." */
const orderWord =
  /(?<![a-z])(?:p\.?o\.?(?:-?(?:number|nummer|nr))?|purchase\sorder|order\s?number|ordernummer|inkoop\w*|bestelnummer|bestell-?(?:nummer|nr)|auftragsnummer|(?:bon|numero)\sde\scommande|numer\w*\szamowieni\w+|numero\sde\spedido|numero\sd'ordine)(?![a-z])/
const corrected =
  /(?<![a-z])(?:should\s(?:be|read|say)|must\sbe|correct\s(?:one|number|po)?\s?is|moet\szijn|moet|juiste?\s(?:nummer\s)?is|richtig(?:e|er)?\s(?:ist|ware|lautet)|korrekt(?:e|er)?\sist|doit\setre|(?:le\s)?(?:bon|correct)\sest|powin\w+\sbyc|(?:prawidlowy|wlasciwy|poprawny)(?:\s(?:numer|nr))?\sto|debe\sser|deve\sessere|corretto\se)[\s:]{1,3}(?:(?:po|nr|no|number|nummer)[\s.:]{1,3})?(?<number>(?=[a-z0-9/_.-]{0,20}\d)[a-z0-9]{1,12}(?:[-_/.][a-z0-9]+){0,4})(?![\w@€%])/g

/** "PO number for SI-42003 is 4501100736", "le numéro de commande à reporter sur la facture est le 4700219846": what it is for stands between. */
const named =
  /(?<![a-z])(?:p\.?o\.?(?:[\s-]?(?:number|nummer|nr|no))?|purchase\sorder(?:\snumber)?|order\s?number|ordernummer|inkoop\w*nummer|bestelnummer|bestell-?(?:nummer|nr)|auftragsnummer|(?:bon|numero)\sde\scommande|numer\w*\szamowieni\w+|numero\sde\spedido|numero\sd'ordine)\s(?:for|on|to|voor|bij|van|op|fur|zu|auf|pour|sur|a|de|do|dla|na|para|per)\s[^.!?\n]{2,60}?(?::|\s(?:is|ist|lautet|luidt|est(?:\sle)?|to|jest|es|e))\s{1,2}(?<number>(?=[a-z0-9/_.-]{0,20}\d{4})[a-z0-9]{2,16}(?:[-_/][a-z0-9]+){0,4})(?![\w@€%])/g

/** The purchase order numbers that a mail names, as written. */
export function readOrderNumbers(marked: MarkedText): Fact[] {
  const facts: Fact[] = []
  const corrections = marked.sentences.flatMap(({ start, end }) => {
    const sentence = marked.folded.slice(start, end)
    return orderWord.test(sentence) ? [...sentence.matchAll(corrected)].map(match => spanOf(match, start)) : []
  })
  const said = [...marked.folded.matchAll(orderNumber), ...marked.folded.matchAll(named)].filter(match => !isEach(marked, match))
  for (const span of [...said.map(match => spanOf(match, 0)), ...corrections]) {
    const number = marked.folded.slice(span.start, span.end)
    // "PO-778812" is written in one.
    if (/(?<![a-z])po[-/_]$/.test(marked.folded.slice(Math.max(0, span.start - 4), span.start))) span.start -= 3
    if (number.replace(/\D/g, '').length < 3 || marked.dates.some(date => date.said.kind === 'day' && isWithin(span, date))) continue
    if (marked.amounts.some(amount => amount.currency && isWithin(span, amount)) || facts.length >= 20) continue
    if (marked.invoices.some(invoice => invoice.known && isWithin(span, invoice))) continue
    const value = marked.text.slice(span.start, span.end)
    if (!facts.some(fact => fact.value === value)) facts.push(factOf('po_number', value, marked.text, span, 0.85))
  }
  return facts
}

/** Polish "cztery raty po 310": each of 310. */
const isEach = ({ language, text }: MarkedText, { index }: RegExpExecArray): boolean => language === 'pl' && /^po\s/.test(text.slice(index, index + 3))

function spanOf(match: RegExpExecArray, offset: number): Span {
  const number = match.groups?.number ?? ''
  const start = offset + match.index + match[0].length - number.length
  return { start, end: start + number.replace(/[.\-_/]+$/, '').length }
}
