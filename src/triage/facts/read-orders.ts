import type { Fact } from '../reading.ts'
import { factOf } from './fact-of.ts'
import type { MarkedText } from './mark-text.ts'
import { isWithin } from './split-clauses.ts'

const orderNumber =
  /(?<![a-z])(?:p\.?\s?o\.?(?=[\s:#-]|nr|num)|p\.?o\.?-?(?:nr|nummer|number)|purchase\sorder|order(?:\s?(?:number|no|nr|nummer))|ordernummer|inkoop(?:order|nummer|ordernummer|opdracht)|bestelnummer|bestelbon|bestelling|bestellnummer|bestell-?nr|bestellung|auftragsnummer|bon\sde\scommande|(?:n[o°]|numero)\sde\scommande|commande|zamowieni\w+|orden\sde\scompra|pedido|ordine(?:\sd'acquisto)?)[\s:#.-]{0,3}(?:(?:(?:number|nummer|numer\w*|numero|nr|no|n[o°])[\s:#.-]{0,3})|(?:is|ist|luidt|lautet|est|to|:)[\s:]{1,3}){0,3}(?<number>[a-z]{0,6}[-_/]?\d[a-z0-9]*(?:[-_/.][a-z0-9]+){0,4})(?![\w@€%])/g

/** The purchase order numbers that a mail names, as written. */
export function readOrderNumbers(marked: MarkedText): Fact[] {
  const facts: Fact[] = []
  for (const match of marked.folded.matchAll(orderNumber)) {
    const number = match.groups?.number?.replace(/[.\-_/]+$/, '') ?? ''
    const start = match.index + match[0].indexOf(number, match[0].length - (match.groups?.number?.length ?? 0))
    const span = { start, end: start + number.length }
    if (number.replace(/\D/g, '').length < 3 || marked.dates.some(date => date.said.kind === 'day' && isWithin(span, date))) continue
    if (marked.amounts.some(amount => amount.currency && isWithin(span, amount)) || facts.length >= 20) continue
    const value = marked.text.slice(span.start, span.end)
    if (!facts.some(fact => fact.value === value)) facts.push(factOf('po_number', value, marked.text, span, 0.85))
  }
  return facts
}
