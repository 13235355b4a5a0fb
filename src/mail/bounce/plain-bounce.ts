import { isReceiptSubject } from '../auto-reply/wording.ts'
import type { BouncedRecipient, ParsedMail } from '../parsed-mail.ts'
import { nestedReport, readStatusFields, returnedRecipients, returnedSenders } from './delivery-status.ts'
import { addressesIn, recipientsOfNotice } from './notice-recipients.ts'
import { isDaemon, isForwarded, isPersonal, type Sender, senderOf } from './sender.ts'
import { isBounceSubject, isFailureText, isOwnMailboxNotice, isServerForm, isSuccessReport, returnedMailStart } from './wording.ts'

/**
 * The recipients of a bounce without a readable delivery status part: qmail, Exim, Postfix, Sendmail, Exchange, Gmail, Domino and their
 * like; empty when it names none. Undefined when the mail does not come from a mail system or does not tell of a failure, unless a
 * report said already that something `failed`.
 */
export function readPlainBounce(mail: ParsedMail, failed: boolean): BouncedRecipient[] | undefined {
  const listed = mail.headers.filter(({ name }) => name === 'x-failed-recipients').flatMap(({ value }) => addressesIn(value))
  const sender = senderOf(mail)
  const isCertain = failed || listed.length > 0
  if (!isCertain && sender === 'anybody' && !isBounceSubject(mail.subject) && !/^received: ?from/im.test(mail.text)) return undefined
  const text = mail.text.slice(0, 60_000)
  const notice = text.slice(0, returnedMailStart(text))
  const below = text.slice(notice.length)
  if (!isCertain && !speaksOfFailure({ mail, sender, notice, below })) return undefined
  // Some systems put the status fields into the text, or send the whole report on.
  const stated = readStatusFields(mail, text) ?? (sender === 'system' ? readStatusFields(mail, nestedReport(mail)) : undefined)
  if (stated?.kind === 'arrived') return undefined
  if (stated?.kind === 'failed') return stated.bounced
  const ours = new Set([...mail.to, ...mail.cc].map(({ address }) => address).concat(...returnedSenders(mail, below)))
  const named = recipientsOfNotice(mail, notice, { ours, failed: listed })
  if (named.length > 0) return named
  // A notice that names nobody is about whom the returned mail went to.
  const returned = [...returnedRecipients(mail, below)].filter(address => !ours.has(address))
  if (returned.length > 0) return recipientsOfNotice(mail, notice, { ours, failed: returned })
  return isCertain || (sender === 'system' && isFailureText(notice) && !isOwnMailboxNotice(mail.subject, notice)) ? [] : undefined
}

type Told = { mail: ParsedMail; sender: Sender; notice: string; below: string }

/** The less a sender is known to be a mail system, the more it must say; whoever answers or sends on a mail is a person. */
function speaksOfFailure({ mail, sender, notice, below }: Told): boolean {
  const [says, isForm, hasCode, isTitled] = [isFailureText(notice), isServerForm(notice), serverCode.test(notice), isBounceSubject(mail.subject)]
  if (isSuccessReport(mail.subject, notice) && !says) return false
  if (sender === 'system' && (says || isTitled || hasCode || isForm || listedAddress.test(notice))) return true
  const isOurs = returnedSenders(mail, below).has(mail.to[0]?.address ?? '')
  const isAddressed = isOurs || namesOther(mail, notice)
  if (sender === 'system') return isDaemon(mail) && isAddressed && !isOwnMailboxNotice(mail.subject, notice)
  // Some servers answer with "Re:" and the subject of the mail.
  if (sender === 'postmaster' && isForm) return !isForwarded(mail)
  if (isPersonal(mail)) return false
  const isLikeServer = isTitled ? says || hasCode || isOurs : says && (hasCode || loneAddress.test(notice))
  if (sender === 'postmaster') return isLikeServer && isAddressed && !greeting.test(notice)
  if (sender === 'machine') {
    if (!(says || isForm) || isReceiptSubject(mail.subject.toLowerCase()) || goods.test(notice)) return false
    return (
      hasCode ||
      partsOf(notice).some(part => isFailureText(part) && aboutMail.test(part)) ||
      (isTitled && (isForm || isOurs || (isAboutMail.test(mail.subject) && (isOurs || namesFailed(mail, notice)))))
    )
  }
  // Nothing shows that no person wrote it: it must look like a server's in every respect.
  return (isTitled || (isOurs && namesFailed(mail, notice))) && (says || isForm) && (isForm || isOurs) && (hasCode || isOurs) && !greeting.test(notice)
}

/** A server's answer: a reply code with its enhanced code or with words, or an enhanced code by itself. */
const serverCode = /\b[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}\b|#[45]\.\d\.\d{1,3}|\b5[0-7]\d[: -]+[<"']?[a-z]|(?<![\d.])[45]\.[0-7]\.\d{1,2}(?![\d.]*\d)/i
const loneAddress = /^[ \t*<]{0,20}[^\s<>@:]{1,64}@[^\s<>@]{3,255}>?[ \t]{0,20}$/m
const listedAddress = /^[ \t]*<[^\s<>@:]{1,64}@[^\s<>@:]{3,255}>:/m
/** "<jan@acme.example>: ..." or "the mail you sent to jan@acme.example": parcels and invoices fail in other words. */
const aboutMail =
  /^[ \t]*<?[^\s<>@:]{1,64}@[^\s<>@:]{3,255}>?:|(message|mail|bericht|nachricht|courriel|wiadomość|correo|mensaje|messaggio)\s(you sent|has been sent|die u .{0,20}|could not be delivered|cannot be delivered|was not delivered)?\s*(to|aan|à|an|do|a|per|para)\s*:?\s*<?[^\s<>@:]{1,64}@/im
/** What else can fail to be delivered. */
const goods = /\b(shipment|parcel|package|pallet|consignment|goods|zending|pakket|pallets|sendung|paket|colis|przesyłk|paczk|paquete|spedizion|pacco)/i
const isAboutMail = /mail|message|undeliver|bericht|bestelbaar|nachricht|zustellbar|courriel|non remis|wiadomo|niedostarcz|correo|mensaje|messaggio/i
/** A person's first words; "Hi. This is the qmail-send program" goes on in its line. */
const greeting =
  /^\s*(hi|hello|dear|good (morning|afternoon|day)|beste|geachte|hallo|dag|goede(morgen|middag|ndag|navond)|bonjour|ch[eè]re?|sehr geehrte|guten (tag|morgen)|liebe[r]?|dzie[nń] dobry|szanown|witam|hola|buenos|estimad|buongiorno|gentile|salve)\b(?! (sender|afzender|absender|expéditeur|nadawco))[^.:\n]{0,60}[,!:]?\s*$/im

/** Sentences, or what empty lines part. */
const partsOf = (notice: string): string[] => notice.slice(0, 8000).split(/(?<=[.!?])\s|\n\s*\n/)

/** Whether it says of such an address that it failed: in one sentence, or where the address leads a line. */
const namesFailed = (mail: ParsedMail, notice: string): boolean =>
  partsOf(notice).some(part => (isFailureText(part) || listedAddress.test(part) || loneAddress.test(part)) && namesOther(mail, part))

/** Whether it names an address that is neither the sender's nor ours. */
const namesOther = (mail: ParsedMail, notice: string): boolean => {
  const known = new Set([mail.from?.address, ...mail.to.map(({ address }) => address)])
  return addressesIn(notice).some(address => !known.has(address))
}
