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
  if (failed.length === 0 && !isMailSystem(mail)) return undefined
  const text = mail.text.slice(0, 60_000)
  const notice = text.slice(0, returnedMailStart(text))
  const speaks = isFailureText(notice) || (isBounceSubject(mail.subject) && (!isPostmaster(mail) || /\b[45]\d\d\b|\b[45]\.\d\.\d/.test(notice)))
  if (!speaks && failed.length === 0) return undefined
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

/** A postmaster is a person, too: a subject alone does not make a bounce of what comes from there. */
const isPostmaster = (mail: ParsedMail): boolean => /^post_?master@/.test(mail.from?.address ?? '')

const systemSender =
  /^(mailer-daemon|mail-daemon|mailerdaemon|mailer_daemon|post_?master|mdaemon|mail\.?delivery|maildelivery|microsoftexchange[\da-f]+|mailsystem|bounces?|bounce-handler|mail-?system|smtp|exim|noreply-mailer)(?=[@+.-]|$)/
const systemName =
  /(mail(er)?[ -]?daemon|mail delivery (sub)?system|mail delivery (service|subsystem)|delivery (sub)?system|postmaster|microsoft outlook|system administrator|systeembeheerder|administrateur système|systemadministrator|administrator systemu|mail administrator|internet mail delivery)/i

/** Whether a mail system wrote the mail: by its sender's address or name, or by an empty return path with a bounce's subject. */
function isMailSystem(mail: ParsedMail): boolean {
  const address = mail.from?.address ?? ''
  if (address === '' || !address.includes('@') || systemSender.test(address)) return true
  if (systemName.test(mail.from?.name ?? '')) return true
  const hasNullPath = mail.headers.some(({ name, value }) => name === 'return-path' && /^<\s*>$/.test(value.trim()))
  const submitted = mail.headers.find(({ name }) => name === 'auto-submitted')?.value.toLowerCase() ?? 'no'
  return isBounceSubject(mail.subject) && (hasNullPath || !submitted.startsWith('no'))
}

const addressPattern = /[^\s<>()[\]"',;:=@|]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,8}/gi
const addressesIn = (text: string): string[] => [...new Set((text.match(addressPattern) ?? []).map(address => address.toLowerCase().replace(/\.$/, '')))]

/** The addresses that a notice names as failed, each with the server's words that follow it. */
function recipientsOfNotice(mail: ParsedMail, notice: string, failed: string[]): BouncedRecipient[] {
  const ours = new Set([...mail.to, ...mail.cc].map(({ address }) => address))
  const system = mail.from?.address ?? ''
  const lines = notice.split(/\r?\n/)
  const isOther = (address: string) => address !== system && !ours.has(address) && !isMachineAddress(address)
  const named = (line: string) => addressesIn(line.slice(0, 1000)).filter(address => isOther(address) && (failed.length === 0 || failed.includes(address)))
  let blocks = blocksByAddress(lines, line => (isTalk(line) || addressed.test(line) ? [] : named(line)))
  if (blocks.size === 0) blocks = blocksByAddress(lines, line => (addressed.test(line) ? named(line) : []))
  for (const address of failed) if (!blocks.has(address)) blocks.set(address, lines.slice(0, 30))
  const delayed = saysTemporary(`${mail.subject}\n${notice.slice(0, 1200)}`)
  // A code that stands apart from the address ("Reported error: 550 ...") is its own only when no other address could own it.
  const apart = blocks.size === 1 ? codeLine(lines) : ''
  return [...blocks].map(([recipient, words]) => describe(recipient, words, notice, apart, delayed))
}

/** Each address with its line and those that follow, up to the next address. */
function blocksByAddress(lines: readonly string[], named: (line: string) => string[]): Map<string, string[]> {
  const blocks = new Map<string, string[]>()
  let open: string | undefined
  for (const line of lines) {
    const addresses = named(line)
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
  /(contact|postmaster|help|assistance|support|e-?mail to|return-path|reply-to|^\s*(mail from|original sender|sender|cc|from|van|de|von|od|sender|message-id|in-reply-to|references)\s*:|message-id|mailto:postmaster|^\s*received:)/i.test(
    line,
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
