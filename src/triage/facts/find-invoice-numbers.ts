import type { ReadingContext } from '../reading.ts'
import { counted } from './find-plain-numbers.ts'
import type { Span } from './split-clauses.ts'

/** An invoice number in a text: as the ledger writes it when it is known there, else as the mail does. */
export type NumberMention = Span & { value: string; known: boolean }

/**
 * `byTail`: the last digits of a number without leading zeros, `undefined` when several numbers end in them. `byKey` also knows
 * "26-0412" for 2026-0412 and "20418" for INV-20418, where no other number is written so.
 */
export type NumberIndex = { byKey: Map<string, string>; byTail: Map<string, string | undefined>; shapes: Set<string> }

const keyOf = (number: string): string => number.toUpperCase().replace(/[^A-Z0-9]/g, '')
const shapeOf = (number: string): string => number.toUpperCase().replace(/[A-Z]/g, 'A').replace(/\d/g, '9')

/** The invoice numbers of a context, ready for look-ups; made once per message. */
export function indexNumbers(context: Pick<ReadingContext, 'invoiceNumbers' | 'invoiceNumberShapes'>): NumberIndex {
  const byTail = new Map<string, string | undefined>()
  for (const number of new Set(context.invoiceNumbers)) {
    const tail = /([1-9]\d{1,11})$/.exec(number)?.[1]
    if (tail) byTail.set(tail, byTail.has(tail) ? undefined : number)
  }
  const byKey = new Map(context.invoiceNumbers.map(number => [keyOf(number), number]))
  for (const number of context.invoiceNumbers) {
    const short = /^(?:20(?<ofYear>\d{6,})|[A-Z]{1,5}(?<digits>\d{5,}))$/.exec(keyOf(number))?.groups
    const alias = short?.ofYear ?? short?.digits
    if (alias !== undefined && !byKey.has(alias)) byKey.set(alias, number)
  }
  return { byKey, byTail, shapes: new Set(context.invoiceNumberShapes) }
}

const invoiceWord =
  /(?<![a-z])(?:factu(?:ur|ren|urnummers?)|fact\.?|fakt\.?|invoices?|inv\.?|bills?|rechnung(?:en|s?-?(?:nr\.?|nummern?))?|(?:re|rg|rechn)\.?-?nr\.?|belegnummern?|beleg|factures?|fra|faktur(?:a|y|e|ze|om|ami|ach)?|fv|facturas?|fattur[ae]|creditnota'?s?|credit notes?|gutschrift(?:en)?|avoirs?)(?![a-z])(?:['"]|\s{0,2}(?:(?:with|met|mit)\s)?(?:num(?:mer|ber|ero|ery|er)?s?|nrs?\.?|no\.?|n[o°º]s?\.?|#|onder|z nr|sous)){0,3}\s{0,2}[:#(]?\s{0,2}/g
const orderWord =
  /(?:(?<![a-z])(?:p\.?\s?o\.?|purchase order|order|orders|ordernummer|bestelnummer|bestel\w*|inkoop\w*|bon de commande|commande|bestell\w*|auftrag\w*|zamowieni\w*|pedido|ordine|klantnummer|debiteurnummer|kundennummer|customer (?:no|number|account)|client|kunden-?nr|debiteur\w*|debitor\w*|klient\w*|relatie\w*|lidnummer|polis\w*|policy|claim|melding\w*|postbus|hr[ab]|steuernummer|eori|duns|plz|sygn\w*|zleceni\w*|projekt\w*|project\w*|tracking|serial|serie\w*|artikel\w*|article|item|batch|meter\w*|zahler\w*|compteur|transaction|transactie|kvk|btw|vat|nip|siret|siren|krs|regon|ust-?id\w*|tel\.?|telefoon|telefon|phone|mobile|mobiel|mob\.?|gsm|fax|iban|rekening(?:nummer)?|konto(?:nummer)?|account|ticket|dossier|zaak|case|contract\w*|umowa|umowy|proforma|offerte|quote|angebot|lieferschein|pakbon|delivery note|wz))[\s:.#-]{0,3}(?:(?:nr|no|number|nummer|numer|n[o°]|reading|stand)[\s:.]{0,3})?(?:(?:is|ist|est|jest|to|lautet|van|von)\s)?(?:(?:bc|po|be|cde|bk)\s)?$/
/** What a sender calls a payment or a letter by: an invoice's own number mostly, but any other as well. */
const referenceWord =
  /(?<![a-z])(?:ref\.?|kenmerk|referentie|reference|aktenzeichen|avis)[\s:.#-]{0,3}(?:(?:nr|no|number|nummer|numer|n[o°])[\s:.]{0,3})?(?:is\s|van\s|von\s)?$/
const token = /[a-zÀ-ž0-9]+(?:[-/._][a-zÀ-ž0-9]+){0,6}/gi
const creditNote =
  /(?<![a-z])(?:creditnota'?s?|creditfactu(?:ur|ren)|credit notes?|gutschrift(?:en|s(?:nummer|-?nr\.?))?|avoirs?|not[ay] kredytow\w+|korekt\w+)(?:\s(?:nummer|number|nr\.?|no\.?|n[o°]\.?|numero|z nr))?[\s:#(]{0,3}$/
const listJoin =
  /^[\s]{0,2}(?:,|;|&|\/|\+|and|en|und|et|i|oraz|y|e|sowie|ainsi que|as well as)?[\s]{0,2}(?:(?:and|en|und|et|i|oraz|y|e|sowie|alsook|evenals|alsmede|resp\.?|plus|ainsi que|jak i)\s)?(?:(?:nr|no|nrs)\.?\s|n[°º]\s?)?-?$/
const rangeJoin = /^\s{0,2}(?:t\/m|tot en met|t\.e\.m\.|bis|through|thru|to|tot|a|au|do|-)\s{1,2}$/
const maxTokens = 5000

/**
 * The invoice numbers that a text names, in order. A number counts when it stands in the ledger, looks like the
 * administration's own numbers, or follows the word "invoice"; never inside `taken` (dates, amounts, IBANs, phones)
 * nor right after words such as "order" or "phone".
 */
export function findInvoiceNumbers(text: string, folded: string, index: NumberIndex, taken: Span[]): NumberMention[] {
  const afterWord = new Set([...folded.matchAll(invoiceWord)].map(match => match.index + match[0].length))
  const found: NumberMention[] = []
  let count = 0
  for (const match of text.matchAll(token)) {
    if (++count > maxTokens) break
    if (!/\d/.test(match[0])) continue
    const at = { start: match.index, end: match.index + match[0].length }
    if (taken.some(span => at.start < span.end && span.start < at.end)) continue
    if (at.start < (found.at(-1)?.end ?? 0) || isPartOfMore(text, at)) continue
    const previous = found.at(-1)
    const between = previous ? folded.slice(previous.end, at.start) : 'x'
    const isRange = between.length < 16 && rangeJoin.test(between)
    const joined = isRange ? at.end - at.start > 2 : between.length < 12 && listJoin.test(between)
    const said = afterWord.has(at.start) || afterWord.has(at.start - (text[at.start - 1] === '#' ? 1 : 0))
    const number = readNumber(text, folded, at, index, said, joined ? previous : undefined)
    const several = number?.known && number.end >= at.end ? undefined : splitList(match[0], at, index, said)
    if (several) found.push(...several)
    if (several || !number) continue
    if (previous && isRange) found.push(...rangeBetween(previous, number, index))
    found.push(number)
  }
  return found
}

// "12:30", "10%", an address' "info@1shop.example": not a number of its own.
function isPartOfMore(text: string, { start, end }: Span): boolean {
  if (/[@+:%€£$]/.test(text.charAt(end)) && !/^(?::(?:\s|$)|\+\s?\d)/.test(text.slice(end, end + 3))) return true
  return /[@€£$\w]/.test(text.charAt(start - 1)) || (text.charAt(start - 1) === '+' && !/\d/.test(text.charAt(start - 2)))
}

function readNumber(text: string, folded: string, at: Span, index: NumberIndex, said: boolean, previous: NumberMention | undefined): NumberMention | undefined {
  const raw = text.slice(at.start, at.end)
  const ahead = folded.slice(Math.max(folded.lastIndexOf('\n', at.start - 1) + 1, at.start - 40), at.start)
  const known = knownNumber(text, at, index)
  const refused = !said && !previous && (orderWord.test(ahead) || (!(known && known.key.length >= 6) && referenceWord.test(ahead)))
  // Few bare digits may be anything: they need the word, or a list that already named invoices.
  if (known && !refused && (said || previous || known.key.length >= 5 || /[A-Z]/.test(known.key) || isBareNumber(folded, known.span)))
    return { ...known.span, value: known.number, known: true }
  const isTail = said || previous !== undefined || opensList(folded, at, index)
  const short = (previous && shortForm(raw, previous, index)) ?? (isTail ? index.byTail.get(raw.replace(/^0+/, '')) : undefined)
  if (short) return { ...at, value: short, known: true }
  if (refused || creditNote.test(ahead)) return undefined
  const digits = raw.replace(/\D/g, '').length
  const shaped = index.shapes.has(shapeOf(raw)) && (digits >= 6 || /[A-Za-z]/.test(raw) || said || previous !== undefined)
  if (shaped) return { ...at, value: raw, known: false }
  // "Invoices 2024" are those of a year.
  return said && digits >= 3 && raw.length <= 24 && !/^(?:19|20)\d\d$/.test(raw) ? { ...at, value: raw, known: false } : undefined
}

/** Few digits that the ledger knows, and that are neither a year nor a count of something; two or three only as what a sentence is about. */
const isBareNumber = (folded: string, { start, end }: Span): boolean => {
  const number = folded.slice(start, end)
  const isCounted = counted.test(folded.slice(end, end + 24)) || /^\s?(?:euros?|eur|m2|uur|uhr|\p{Sc})/u.test(folded.slice(end, end + 10))
  if (isCounted || /^(?:19|20)\d\d$/.test(number) || /(?:[\d:/]\s?|\d[.,]\s?|-)$/.test(folded.slice(Math.max(0, start - 3), start))) return false
  if (end - start === 4) return true
  const isClosed = end - start === 3 && /^(?:[:;!?)]|[.,](?!\d)|$)/.test(folded.slice(end, end + 2))
  return /^\d{2,3}$/.test(number) && Number(number) > 31 && (isClosed || isTopic(folded, { start, end }))
}

/** "302 is fine", "la 52 reste en litige", "With 301 there is a difference". */
const isTopic = (folded: string, { start, end }: Span): boolean =>
  /(?:^|[.!?;\n]\s{1,3}|[-:]\s|(?<![a-z])(?:nrs?\.?|nummers?|la|les|de|die|der|the|with|met|mit|avec|pour|voor|fur|co|not|niet|nicht|natomiast|en|und|et|and|i|a|but|maar|aber|mais)\s)$/.test(
    folded.slice(Math.max(0, start - 12), start),
  ) && /^(?:[,:]?\s[a-z]|,\s\d|\s?[&+/])/.test(folded.slice(end, end + 3))

/** "412 en 413 worden betaald": the ends of two numbers that exist. */
function opensList(folded: string, at: Span, index: NumberIndex): boolean {
  const next = /^\s{0,2}(?:,|&|\+|\/|and|en|und|et|i|oraz)\s{0,2}(\d{3,6})(?!\d)/.exec(folded.slice(at.end, at.end + 16))?.[1]
  const isTail = (digits: string | undefined) => digits !== undefined && digits.length >= 3 && index.byTail.get(digits.replace(/^0+/, '')) !== undefined
  return isTail(folded.slice(at.start, at.end)) && isTail(next) && isTopic(folded, at)
}

/** The number as the ledger has it; "F 2026 0412" may be written in up to three pieces, or with a prefix apart. */
function knownNumber(text: string, at: Span, index: NumberIndex): { span: Span; number: string; key: string } | undefined {
  const pieces = /^[A-Za-z0-9]+(?:(?: ?[-/._] ?| )(?=[A-Za-z0-9]*\d)[A-Za-z0-9]+){1,4}/.exec(text.slice(at.start, at.start + 40))?.[0] ?? ''
  const prefix = /(?<![\w])([A-Za-z]{1,5}[-\s]{1,2})$/.exec(text.slice(Math.max(0, at.start - 8), at.start))?.[1] ?? ''
  // A piece of "2026-0412-03" is no number of its own.
  const ends = [...pieces.matchAll(/[A-Za-z0-9](?![A-Za-z0-9]|[-/._][A-Za-z0-9])/g)].map(({ index: last }) => last + 1).toReversed()
  for (const start of prefix ? [at.start - prefix.length, at.start] : [at.start])
    for (const end of new Set([...ends.map(length => at.start + length), at.end])) {
      const key = keyOf(text.slice(start, end))
      const number = key === '' ? undefined : index.byKey.get(key)
      if (number !== undefined) return { span: { start, end }, number, key }
    }
  return undefined
}

/** "F-1001, 1002": the last digits of a number whose beginning the one before it gives; only when it exists. */
function shortForm(raw: string, previous: NumberMention, index: NumberIndex): string | undefined {
  const key = keyOf(raw)
  const base = keyOf(previous.value)
  return /^\d{1,8}$/.test(key) && key.length < base.length ? index.byKey.get(base.slice(0, -key.length) + key) : undefined
}

/** "F1001/1002": numbers in one piece; only when the first of them exists and the others do beside it. */
function splitList(raw: string, at: Span, index: NumberIndex, said: boolean): NumberMention[] | undefined {
  const pieces = [...raw.matchAll(/[^/]+/g)]
  const lead = pieces[0]?.[0] ?? ''
  const first = index.byKey.get(keyOf(lead)) ?? (said ? index.byTail.get(lead.replace(/^0+/, '')) : undefined)
  if (first === undefined || pieces.length < 2) return undefined
  const mentions: NumberMention[] = []
  for (const { 0: piece, index: offset } of pieces) {
    const previous = mentions.at(-1)
    const value = previous ? (index.byKey.get(keyOf(piece)) ?? shortForm(piece, previous, index)) : first
    if (value === undefined) return undefined
    mentions.push({ start: at.start + offset, end: at.start + offset + piece.length, value, known: true })
  }
  return mentions
}

function rangeBetween(first: NumberMention, last: NumberMention, index: NumberIndex): NumberMention[] {
  const [from, to] = [/^(.*?)(\d{1,9})$/.exec(keyOf(first.value)), /^(.*?)(\d{1,9})$/.exec(keyOf(last.value))]
  if (!from || !to || from[1] !== to[1]) return []
  const [low, high] = [Number(from[2]), Number(to[2])]
  if (high - low < 2 || high - low > 100) return []
  return Array.from({ length: high - low - 1 }, (_, at) => index.byKey.get(from[1] + String(low + at + 1).padStart(from[2]?.length ?? 0, '0')))
    .filter(number => number !== undefined)
    .map(value => ({ start: first.start, end: last.end, value, known: true }))
}
