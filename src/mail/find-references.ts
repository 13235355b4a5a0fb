// Every thread that parses mail loads this file: the whole ledger would cost each two seconds.
import { findPaymentReferences, isIban } from '#ledger/payment-references'
import type { ParsedMail } from './parsed-mail.ts'
import { findCompanyNumbers } from './references/company-numbers.ts'
import { linesWithDigits } from './references/near-digits.ts'
import { findNumbers } from './references/numbers.ts'
import type { TrimmedReply } from './trim-reply.ts'

export type ReferencePlace = 'subject' | 'text' | 'attachment' | 'quoted'

/** Something in a mail that may be found in the ledger. What stands in quoted history only is weaker evidence. */
export type FoundReference = {
  /** As the ledger matches on it: upper case, letters and digits only. */
  key: string
  place: ReferencePlace
  /** Too short or too common to mean something alone ("40231" without the word invoice beside it). */
  weak: boolean
}

export type FoundReferences = {
  /** Tokens that look like an invoice number. */
  numbers: FoundReference[]
  /** Structured references whose check digits hold (OGM, RF, betalingskenmerk, QRR). */
  paymentReferences: FoundReference[]
  /** Company and VAT numbers, with and without their country's prefix. */
  companyNumbers: FoundReference[]
  /** For the guards: account numbers in the sender's own words, without spaces. */
  ibans: string[]
  /** Lower case, from the sender's own words and signature. */
  emails: string[]
  /** Names of companies (with a legal form) in the sender's own words and signature. */
  companyNames: string[]
}

/** History is read less far: what it says is weak, and what is old in it weaker still. */
const longestRead = { own: 200_000, quoted: 50_000 }

/** The references in a mail's subject, own words, attachment names and quoted history; the strongest place of each. */
export function findReferences(mail: Pick<ParsedMail, 'subject' | 'attachments'>, trimmed: TrimmedReply): FoundReferences {
  const names = mail.attachments.filter(({ inline }) => !inline).map(({ fileName }) => fileName ?? '')
  const own = trimmed.ownText.slice(0, longestRead.own)
  const numbered = linesWithDigits(own)
  const places: { place: ReferencePlace; text: string }[] = [
    { place: 'subject', text: mail.subject },
    { place: 'text', text: numbered },
    { place: 'attachment', text: names.map(name => name.replace(/\.\w{2,4}$/, '')).join('\n') },
    { place: 'quoted', text: linesWithDigits(trimmed.quotedText.slice(0, longestRead.quoted)) },
  ]
  return {
    numbers: strongest(places, findNumbers),
    paymentReferences: strongest(places, findPaymentReferences),
    companyNumbers: strongest(places, findCompanyNumbers),
    ibans: findIbans(numbered),
    emails: findEmails(own),
    companyNames: findCompanyNames(own),
  }
}

const emailPattern = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/g

function findEmails(text: string): string[] {
  if (!text.includes('@')) return []
  return [...new Set([...text.matchAll(emailPattern)].map(([address]) => address.toLowerCase()))].slice(0, 50)
}

const most = 200

/** One entry for each key: the first place wins, and evidence that is not weak beats weak evidence. */
function strongest(places: { place: ReferencePlace; text: string }[], find: (text: string) => { key: string; weak: boolean }[]): FoundReference[] {
  const found = new Map<string, FoundReference>()
  for (const { place, text } of places) {
    for (const { key, weak } of find(text)) {
      const before = found.get(key)
      if (!before && found.size < most) found.set(key, { key, place, weak })
      else if (before?.weak && !weak && place !== 'quoted') found.set(key, { key, place, weak })
    }
  }
  return [...found.values()]
}

/** Account numbers whose check digits hold (ISO 13616), without spaces. */
function findIbans(text: string): string[] {
  const found = [...text.matchAll(/\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]){11,30}\b/g)].flatMap(([written]) => {
    const bare = written.replaceAll(' ', '')
    // A word after the number may have been taken along ("NL91ABNA0417164300 BIC"): the check digits say how long it is.
    for (let length = Math.min(bare.length, 34); length >= 15; length--) {
      if (isIban(bare.slice(0, length))) return [bare.slice(0, length)]
    }
    return []
  })
  return [...new Set(found)].slice(0, 20)
}

const legalForm =
  /(?:^|\s)(b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?|gmbh(?: & co\.? kgaa?)?|ag|kg|ohg|ug|e\.?k\.?|s\.?a\.?r\.?l\.?|s\.?a\.?s\.?u?|s\.?a\.?|s\.?r\.?l\.?|s\.?p\.?a\.?|s\.?l\.?u?|sp\. ?z ?o\.? ?o\.?|sp\. ?[jk]\.|ltd\.?|limited|plc|llp|bvba|sprl|cvba|eurl|sci|inc\.?)(?=$|[\s,|;)])/i

/** Lines, up to the legal form, that name a company: "Bakkerij Jansen B.V. | Utrecht". */
function findCompanyNames(text: string): string[] {
  const names = new Set<string>()
  for (const line of text.split('\n')) {
    if (line.length > 120 || names.size >= 4) continue
    const form = legalForm.exec(line)
    if (!form || form.index === 0) continue
    const name = line
      .slice(0, form.index + form[0].length)
      .split(/[|,;:–]|(?: - )/)
      .at(-1)
      ?.trim()
    if (name && name.length >= 5 && name.split(/\s+/).length <= 8 && /^\p{Lu}|^\d/u.test(name)) names.add(name)
  }
  return [...names]
}
