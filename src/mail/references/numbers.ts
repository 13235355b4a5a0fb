/** Words that stand before an invoice number, in nl fr de pl en es it. */
const label =
  /(?<!\p{L})(?:factu(?:ur|re|ra)|facturen|fact|invoices?|inv|rechnung(?:en)?|re|rg|faktur[aęyę]?|fv|fattur[ae]|fatt|facturas?|creditnota|credit note|gutschrift|avoir|korekta|nota|beleg|numm?er|nr|no|n[°º]|num[eé]ro|numeru?|kenmerk|document|doc|ref(?:erentie|erence|érence|erenz)?|#)[\s.:#°º/-]{0,4}(?:numm?er|nr|no|n[°º])?[\s.:#°º-]{0,4}$/iu

/** What stands before phone, company and account numbers. */
const otherLabel =
  /(?:\+\d[\d\s().-]*|(?<!\p{L})(?:tel|telefoon|telefon|téléphone|phone|mobile?|mob|gsm|fax|t|m|f|kvk|btw|tva|vat|ust-?id|nip|regon|krs|siren|siret|rcs|hr[ab]|iban|bic|postcode|plz)[\s.:]{1,4}(?:nr|no|numm?er)?[\s.:]{0,3}[\d\s()-]*)$/iu

const token = /[\p{L}\p{N}]+(?:[-_/.][\p{L}\p{N}]+){0,6}/gu
const date = /^(?:\d{1,2}[-./]\d{1,2}[-./](?:\d{2}|\d{4})|(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2})$/
const amount = /^\d{1,3}(?:\.\d{3})+$|^\d+\.\d{1,2}$/
const year = /^(?:19|20)\d{2}$/
const mostTokens = 20_000

/**
 * Tokens of a text that look like an invoice number. A number of four or five bare digits (a postcode, an amount) or one
 * that also reads as a date counts as weak unless a word like "invoice" stands before it; shorter ones and years never count.
 */
export function findNumbers(text: string): { key: string; weak: boolean }[] {
  const found: { key: string; weak: boolean }[] = []
  let previous: { text: string; end: number } | undefined
  let seen = 0
  for (const match of text.matchAll(token)) {
    if (++seen > mostTokens) break
    const written = match[0]
    const before = text.slice(Math.max(0, match.index - 24), match.index)
    const after = text.slice(match.index + written.length, match.index + written.length + 3)
    if (/\d/.test(written)) found.push(...candidates(written, before, after, previous))
    previous = { text: written, end: match.index + written.length }
  }
  return found
}

type Before = { text: string; end: number } | undefined

function candidates(written: string, before: string, after: string, previous: Before): { key: string; weak: boolean }[] {
  if (written.length > 40 || otherLabel.test(before) || /[@€$£+]\s?$/.test(before) || /^@|^,\d|^\s?[€%]/.test(after)) return []
  const key = searchKey(written)
  const digits = key.replaceAll(/\D/g, '').length
  const labelled = label.test(before)
  const out: { key: string; weak: boolean }[] = []
  const own = grade(written, key, digits, labelled)
  if (own) out.push(own)
  // "INV 20260412", "FV 12/2026", "2026 0412": the ledger's number may be two tokens here.
  if (previous && /^[ \u00a0]$/.test(before.slice(-1)) && (/^\p{Lu}{1,5}$/u.test(previous.text) || year.test(previous.text))) {
    const joined = grade(`${previous.text}-${written}`, searchKey(previous.text) + key, digits, true)
    if (joined) out.push(joined)
  }
  return out
}

function grade(written: string, key: string, digits: number, labelled: boolean): { key: string; weak: boolean } | undefined {
  if (digits < 3 || key.length < 4 || key.length > 30 || year.test(key) || amount.test(written)) return undefined
  const hasLetters = key.length > digits
  if (hasLetters && digits < 4 && !/[-_/.]/.test(written)) return labelled ? { key, weak: false } : { key, weak: true }
  if (date.test(written) || (!hasLetters && key.length < 6)) return { key, weak: !labelled || key.length < 4 }
  return { key, weak: false }
}

const searchKey = (written: string): string => written.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
