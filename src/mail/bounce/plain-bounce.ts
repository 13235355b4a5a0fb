import type { BouncedRecipient, ParsedMail } from '../parsed-mail.ts'
import { readDeliveryStatus, recipientGroups, returnedRecipients } from './delivery-status.ts'
import { enhancedStatus, isPermanentReply, readableReason, replyCode, saysTemporary } from './status.ts'
import { isBounceSubject, isFailureText, returnedMailStart } from './wording.ts'

/**
 * The recipients of a bounce without a delivery status part: qmail, Exim, Postfix, Sendmail, Exchange, Gmail, Domino and
 * their like. Undefined when the mail does not come from a mail system or does not tell of a failure.
 */
export function readPlainBounce(mail: ParsedMail): BouncedRecipient[] | undefined {
  const failed = mail.headers.filter(({ name }) => name === 'x-failed-recipients').flatMap(({ value }) => addressesIn(value))
  const sender = senderOf(mail)
  if (failed.length === 0 && sender === 'anybody') return undefined
  const text = mail.text.slice(0, 60_000)
  const notice = text.slice(0, returnedMailStart(text))
  if (failed.length === 0 && !speaksOfFailure(sender, mail.subject, notice)) return undefined
  // Some systems put the status fields into the text, or attach them with a type of their own.
  if (recipientGroups(text).length > 0) {
    const stated = readDeliveryStatus({ ...mail, reportParts: [{ contentType: 'text/plain', text }] })
    if (stated) return stated.length > 0 ? stated : undefined
  }
  const named = recipientsOfNotice(mail, notice, failed)
  if (named.length > 0) return named
  // A notice that names nobody is about whom the returned mail went to.
  const returned = [...returnedRecipients(mail, text.slice(notice.length))]
  return returned.length > 0 ? recipientsOfNotice(mail, notice, returned) : undefined
}

type Sender = 'system' | 'postmaster' | 'machine' | 'anybody'

/**
 * The less a sender is known to be a mail system, the more it must say: a postmaster who can be answered may be a person,
 * and a machine with an empty return path may answer for a person who is away.
 */
function speaksOfFailure(sender: Sender, subject: string, notice: string): boolean {
  const hasCode = serverCode.test(notice)
  if (sender === 'machine') return (hasCode || aboutMail.test(notice)) && isFailureText(notice)
  if (sender === 'postmaster') return (hasCode || (isBounceSubject(subject) && listedAddress.test(notice))) && isFailureText(notice)
  return isFailureText(notice) || isBounceSubject(subject) || hasCode
}

/** A server's answer: a reply code with its enhanced code or with words, or an enhanced code by itself. */
const serverCode = /\b[45]\d\d[ -]#?[45]\.\d{1,3}\.\d{1,3}\b|#[45]\.\d\.\d{1,3}|\b5[0-7]\d[: -]+[<"']?[a-z]|\b[45]\.[0-7]\.\d{1,2}\b/i
/** "<jan@acme.example>: ..." or "the mail you sent to jan@acme.example": parcels and invoices fail in other words. */
const aboutMail =
  /^[ \t]*<?[^\s<>@:]{1,64}@[^\s<>@:]{3,255}>?:|(message|mail|bericht|nachricht|courriel|wiadomość|correo|mensaje|messaggio)\s(you sent|has been sent|die u .{0,20})?\s*(to|aan|à|an|do|a|per|para)\s*<?[^\s<>@:]{1,64}@/im
const listedAddress = /^[\s<"'([:-]*[^\s<>@:]{1,64}@[^\s<>@]{3,255}[\s>"')\]:.;,-]*$/m

const systemSender =
  /^(mailer-daemon|mail-daemon|mailerdaemon|mailer_daemon|post_?master|mdaemon|mail\.?delivery|maildelivery|microsoftexchange[\da-f]+|mailsystem|bounces?|bounce-handler|mail-?system|smtp|exim|noreply-mailer|mail[._-]?router|mail[._-]?gateway|mail[._-]?server|mmdf|mta)(?=[@+.-]|$)/
const systemName =
  /(mail(er)?[ -]?daemon|mail delivery (sub)?system|mail delivery (service|subsystem)|delivery (sub)?system|postmaster|microsoft outlook|system administrator|systeembeheerder|administrateur système|systemadministrator|administrator systemu|mail administrator|internet mail delivery)/i

/** Who wrote the mail: by its sender's address or name, and by whether it can be answered. */
function senderOf(mail: ParsedMail): Sender {
  const address = mail.from?.address ?? ''
  const path = mail.headers.find(({ name }) => name === 'return-path')?.value.trim()
  const submitted = mail.headers.find(({ name }) => name === 'auto-submitted')?.value.toLowerCase() ?? 'no'
  const hasNullPath = path !== undefined && /^<\s*>$/.test(path)
  const isAutomatic = hasNullPath || !submitted.startsWith('no')
  if (/^post_?master@/.test(address)) return isAutomatic ? 'system' : 'postmaster'
  if (!address.includes('@') || systemSender.test(address)) return 'system'
  if (systemName.test(mail.from?.name ?? '')) return isAutomatic ? 'system' : 'postmaster'
  return isAutomatic ? 'machine' : 'anybody'
}

const addressPattern = /[^\s<>()[\]"',;:=@|]{1,64}@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,8}/giu
const addressesIn = (text: string): string[] => [...new Set((text.match(addressPattern) ?? []).map(address => address.toLowerCase().replace(/\.$/, '')))]

/** The addresses that a notice names as failed, each with the server's words that follow it. */
function recipientsOfNotice(mail: ParsedMail, notice: string, failed: string[]): BouncedRecipient[] {
  const ours = new Set([...mail.to, ...mail.cc].map(({ address }) => address))
  const system = mail.from?.address ?? ''
  const ourDomains = new Set([...ours].map(domainOf))
  const html = mail.html === undefined ? undefined : spacedText(mail.html)
  // Cells of an HTML table can stand without a space between them in the text: "debtors@us.exampleSubject".
  const isOther = (address: string) => address !== system && !ours.has(address) && !isMachineAddress(address) && (html?.includes(address) ?? true)
  const named = (line: string) => addressesIn(line.slice(0, 1000)).filter(address => isOther(address) && (failed.length === 0 || failed.includes(address)))
  const listed = (each: readonly string[]) => {
    const blocks = blocksByAddress(each, line => (isTalk(line) || addressed.test(line) ? [] : originalOf(line, named)))
    return blocks.size > 0 ? blocks : blocksByAddress(each, line => (addressed.test(line) ? named(line) : []))
  }
  let lines = notice.split(/\r?\n/)
  let blocks = listed(lines)
  if (blocks.size === 0 && html !== undefined) {
    lines = html.slice(0, returnedMailStart(html)).split('\n')
    blocks = listed(lines)
  }
  // What the notice says of our own host and Message-IDs is not about a recipient, unless we wrote to ourselves.
  const foreign = [...blocks].filter(([address]) => !ourDomains.has(domainOf(address)))
  if (foreign.length > 0) blocks = new Map(foreign)
  for (const address of failed) if (!blocks.has(address)) blocks.set(address, lines.slice(0, 30))
  const delayed = saysTemporary(`${mail.subject}\n${notice.slice(0, 1200)}`)
  // A code that stands apart from the address ("Reported error: 550 ...") is its own only when no other address could own it.
  const apart = blocks.size === 1 ? codeLine(lines) : ''
  return [...blocks].map(([recipient, words]) => describe(recipient, words, notice, apart, delayed))
}

/** The words of an HTML mail in lower case, with a space wherever a mark stood and a line where a row or paragraph began. */
function spacedText(html: string): string {
  const plain = html.slice(0, 60_000).replaceAll(/<(?:p|tr|br|div|li|h\d)\b[^>]{0,500}>/gi, '\n')
  return plain
    .replaceAll(/<[^>]{0,500}>/g, ' ')
    .replaceAll(/&#(?:64|x40);/gi, '@')
    .toLowerCase()
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1)

/** An alias leads on to another address; the one that was written to is the one to stop. */
function originalOf(line: string, named: (line: string) => string[]): string[] {
  const alias = aliasOf.exec(line.slice(0, 1000))?.[1]
  const original = alias === undefined ? [] : named(alias)
  return original.length > 0 ? original : named(line)
}
const aliasOf = /\b(?:generated|expanded|forwarded) from:?\s+(\S.*)/i

/** Each address with its line and those that follow, up to the next address. */
function blocksByAddress(lines: readonly string[], named: (line: string) => string[]): Map<string, string[]> {
  const blocks = new Map<string, string[]>()
  let open: string | undefined
  for (const line of lines) {
    const addresses = named(line)
    const alias = open !== undefined && addresses[0] !== undefined && /^\s*\((ultimately )?(generated|expanded) from/i.test(line) ? blocks.get(open) : undefined
    if (alias && open !== undefined && addresses[0] !== undefined) {
      blocks.delete(open)
      blocks.set(addresses[0], alias)
    }
    open = addresses[0] ?? open
    for (const address of addresses) if (!blocks.has(address) && blocks.size < 200) blocks.set(address, [])
    const block = open === undefined ? undefined : blocks.get(open)
    if (block && block.length < 30 && line.trim() !== '') block.push(line.trim().slice(0, 1000))
  }
  return blocks
}

/** Whom the returned mail was addressed to; it may have been led on from there. */
const addressed = /^\s*(to|aan|à|an|do|para)\s?:/i

/** Lines about how to get help or about the sending host name addresses that did not fail. */
const isTalk = (line: string): boolean =>
  /(cont[aá]c?tt?\b|contact|postmaster|help|assistance|support|wenden sie sich|skontakt|reply to|e-?mail to|return-path|reply-to|^\s*(mail from|original sender|sender|cc|from|van|de|von|od|message-?id|in-reply-to|references)\s*:|message-id|^\s*received:)/i.test(
    line.slice(0, 1000).replaceAll(addressPattern, ''),
  )
const isMachineAddress = (address: string): boolean =>
  /^(mailer-daemon|postmaster|microsoftexchange|abuse|[\w.+-]*\d{8,}[\w.+-]*\.\w+)/.test(address.split('@')[0] ?? '')

function describe(recipient: string, words: string[], notice: string, apart: string, delayed: boolean): BouncedRecipient {
  const coded = codeLine(words) || apart
  const answer = coded || words.join(' ')
  const status = enhancedStatus(answer) || enhancedStatus(words.join(' '))
  const hasCode = status !== '' || replyCode(answer) !== ''
  const permanent = hasCode ? isPermanentReply(status, answer) && !isDelayNotice(notice) : !delayed
  return { recipient, status, permanent, reason: reasonIn(recipient, words, coded) }
}

/** The server's own words: its coded answer with what led to it, or the first words beside the address that say something. */
function reasonIn(recipient: string, words: string[], coded: string): string {
  const spoken = [...new Set([...words.slice(0, 6), coded])].map(line =>
    line
      .replace(recipient, '')
      .replace(/^[\s<>()'":*-]+/, '')
      .trim(),
  )
  return readableReason(spoken.filter(line => /\p{L}{3}/u.test(line)).join(' '))
}

const isDelayNotice = (notice: string): boolean =>
  /(this is (only )?a warning|warning message only|still trying|will (continue|keep) (to )?(try|be)|delivery attempts will continue|you do not need to resend|no action is required)/i.test(
    notice,
  )

const hasCodePattern = /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])|^\W*[45]\d\d[\s-]|\b[45]\d\d [45]\.|(?<![\d.])5[0-7]\d[ -]\S/
const codeLine = (lines: readonly string[]): string => lines.find(line => hasCodePattern.test(line))?.trim() ?? ''
