import type { ReadingContext } from '../reading.ts'
import type { Span } from './split-clauses.ts'

/** An invoice number in a text: as the ledger writes it when it is known there, else as the mail does. */
export type NumberMention = Span & { value: string; known: boolean }

/** `byTail`: the last digits of a number without leading zeros, `undefined` when several numbers end in them. */
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
  return { byKey: new Map(context.invoiceNumbers.map(number => [keyOf(number), number])), byTail, shapes: new Set(context.invoiceNumberShapes) }
}

const invoiceWord =
  /(?<![a-z])(?:factu(?:ur|ren|urnummers?)|fact\.?|fakt\.?|invoices?|inv\.?|bills?|rechnung(?:en|s?-?(?:nr\.?|nummern?))?|re-?nr\.?|rg-?nr\.?|belegnummern?|beleg|factures?|fra|faktur(?:a|y|e|ze|om|ami|ach)?|fv|facturas?|fattur[ae]|creditnota'?s?|credit notes?|gutschrift(?:en)?|avoirs?)(?![a-z])(?:['"]|\s{0,2}(?:(?:with|met|mit)\s)?(?:num(?:mer|ber|ero|ery|er)?s?|nrs?\.?|no\.?|n[o°º]s?\.?|#|onder|z nr|sous)){0,3}\s{0,2}[:#(]?\s{0,2}/g
const orderWord =
  /(?:(?<![a-z])(?:p\.?\s?o\.?|purchase order|order|orders|ordernummer|bestelnummer|bestel\w*|inkoop\w*|bon de commande|commande|bestell\w*|auftrag\w*|zamowieni\w*|pedido|ordine|klantnummer|debiteurnummer|kundennummer|customer (?:no|number|account)|client|kvk|btw|vat|nip|siret|siren|krs|regon|ust-?id\w*|tel\.?|telefoon|telefon|phone|mobile|mobiel|mob\.?|gsm|fax|iban|rekening(?:nummer)?|konto(?:nummer)?|account|ticket|dossier|zaak|case|contract\w*|umowa|umowy|ref\.?|kenmerk|referentie|reference|aktenzeichen|proforma|offerte|quote|angebot|lieferschein|pakbon|delivery note|wz))[\s:.#-]{0,3}(?:(?:nr|no|number|nummer|numer|n[o°])[\s:.]{0,3})?(?:is\s|van\s|von\s)?$/
const token = /[a-z0-9]+(?:[-/._][a-z0-9]+){0,6}/gi
const listJoin =
  /^[\s]{0,2}(?:,|;|&|\/|\+|and|en|und|et|i|oraz|y|e|sowie|ainsi que|as well as)?[\s]{0,2}(?:(?:and|en|und|et|i|oraz|y|e)\s)?(?:(?:nr|no|nrs)\.?\s|n[°º]\s?)?-?$/
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
    const several = number && number.end >= at.end ? undefined : splitList(match[0], at, index)
    if (several) found.push(...several)
    if (several || !number) continue
    if (previous && isRange) found.push(...rangeBetween(previous, number, index))
    found.push(number)
  }
  return found
}

// "12:30", "10%", an address' "info@1shop.example": not a number of its own.
function isPartOfMore(text: string, { start, end }: Span): boolean {
  return /[@+:%€£$]/.test(text.charAt(end)) && !/^:(?:\s|$)/.test(text.slice(end, end + 2)) ? true : /[@+€£$\w]/.test(text.charAt(start - 1))
}

function readNumber(text: string, folded: string, at: Span, index: NumberIndex, said: boolean, previous: NumberMention | undefined): NumberMention | undefined {
  const raw = text.slice(at.start, at.end)
  const refused = !said && !previous && orderWord.test(folded.slice(Math.max(0, at.start - 40), at.start))
  const known = knownNumber(text, at, index)
  // Few bare digits may be anything: they need the word, or a list that already named invoices.
  if (known && !refused && (said || previous || known.key.length >= 5 || /[A-Z]/.test(known.key) || isBareNumber(folded, known.span)))
    return { ...known.span, value: known.number, known: true }
  const short = (previous && shortForm(raw, previous, index)) ?? (said || previous ? index.byTail.get(raw.replace(/^0+/, '')) : undefined)
  if (short) return { ...at, value: short, known: true }
  if (refused) return undefined
  const digits = raw.replace(/\D/g, '').length
  const shaped = index.shapes.has(shapeOf(raw)) && (digits >= 6 || /[A-Za-z]/.test(raw) || said || previous !== undefined)
  if (shaped) return { ...at, value: raw, known: false }
  return said && digits >= 3 && raw.length <= 24 ? { ...at, value: raw, known: false } : undefined
}

/** Four digits that the ledger knows, and that are neither a year nor a count of something. */
const isBareNumber = (folded: string, { start, end }: Span): boolean =>
  end - start === 4 &&
  !/^(?:19|20)\d\d$/.test(folded.slice(start, end)) &&
  !/^\s?(?:[a-z]{0,3}stuks?|stuck|euros?|pieces|units|km|kg|m2|uur|uhr|szt|sztuk|\p{Sc})/u.test(folded.slice(end, end + 10)) &&
  !/(?:[\d.:/-]|\d,)\s?$/.test(folded.slice(Math.max(0, start - 3), start))

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
function splitList(raw: string, at: Span, index: NumberIndex): NumberMention[] | undefined {
  const pieces = [...raw.matchAll(/[^/]+/g)]
  const first = index.byKey.get(keyOf(pieces[0]?.[0] ?? ''))
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
