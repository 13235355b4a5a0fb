import { DuncanError } from '#platform'
import { type ReplyFrame, renderTemplate } from './draft-reply.ts'

type Sms = Pick<ReplyFrame, 'language' | 'tone' | 'administration' | 'templates'> & {
  numbers: readonly string[]
  /** By currency, decimal strings. */
  totals: readonly { amount: string; currency: string }[]
  /** A page to pay on; left out where the rest leaves no place for it. */
  link?: string | undefined
}

const longest = 306 // two parts of 153 letters of the alphabet that every phone has

/**
 * A reminder for a phone in the letters that cost one place each (GSM 03.38), at most two parts long; a long name of ours is cut. Throws
 * `sms.too_long` where it does not fit all the same.
 */
export function draftSms({ language, tone = 'neutral', administration, templates, ...slots }: Sms): string {
  const write = (name: string) => gsmText(renderTemplate('sms_reminder', language, { ...slots, administration: name, tone }, templates).trim())
  const whole = write(administration)
  const tooLong = gsmLength(whole) - longest
  const text = tooLong > 0 ? write(`${administration.slice(0, Math.max(0, administration.length - tooLong - 1))}.`) : whole
  if (gsmLength(text) <= longest) return text
  if (slots.link !== undefined) return draftSms({ language, tone, administration, templates, ...slots, link: undefined })
  throw new DuncanError(
    'sms.too_long',
    `the text of an SMS has ${gsmLength(text)} letters, more than ${longest}`,
    'Shorten the text sms_reminder, or the address of the payment page.',
  )
}

// 3GPP TS 23.038: the basic alphabet, and the letters that take two places.
const basic = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà')
const extended = new Set('^{}\\[~]|€')

const gsmText = (text: string): string =>
  text.normalize('NFC').replaceAll(/./gsu, letter => (basic.has(letter) || extended.has(letter) ? letter : plainLetter(letter)))

/** Polish phones have long read their language without its marks. */
const plainLetter = (letter: string): string =>
  letter
    .replace('ł', 'l')
    .replace('Ł', 'L')
    .replace(/[‘’]/, "'")
    .normalize('NFKD')
    .replaceAll(/./gsu, part => (basic.has(part) ? part : ''))

const gsmLength = (text: string): number => text.length + text.replaceAll(/[^^{}\\[~\]|€]/g, '').length
