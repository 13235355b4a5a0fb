import type { BouncedRecipient, ParsedMail } from '../parsed-mail.ts'
import { readDeliveryStatus, recipientGroups } from './delivery-status.ts'
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
  const isFailure = isFailureText(notice)
  if (!isFailure && failed.length === 0 && !(isBounceSubject(mail.subject) && /\b[45]\d\d\b|\b[45]\.\d\.\d/.test(notice))) return undefined
  // Some systems put the status fields into the text, or attach them with a type of their own.
  if (recipientGroups(text).length > 0) {
    const stated = readDeliveryStatus({ ...mail, reportParts: [{ contentType: 'text/plain', text }] })
    if (stated) return stated.length > 0 ? stated : undefined
  }
  return recipientsOfNotice(mail, notice, failed)
}

const systemSender =
  /^(mailer-daemon|mail-daemon|mailerdaemon|mailer_daemon|postmaster|mdaemon|mail\.?delivery|maildelivery|microsoftexchange[\da-f]+|mailsystem|bounces?|bounce-handler|mail-?system|smtp|exim|noreply-mailer)(?=[@+.-]|$)/
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
  const blocks = new Map<string, string>()
  let open: string | undefined
  for (const line of lines) {
    const named = isTalk(line) ? [] : addressesIn(line.slice(0, 1000)).filter(address => address !== system && !ours.has(address) && !isMachineAddress(address))
    const fresh = named.filter(address => failed.length === 0 || failed.includes(address))
    if (fresh.length > 0) open = fresh[0]
    for (const address of fresh) if (!blocks.has(address) && blocks.size < 200) blocks.set(address, '')
    if (open !== undefined) blocks.set(open, `${blocks.get(open) ?? ''} ${line.trim()}`.slice(0, 1500))
  }
  for (const address of failed) if (!blocks.has(address)) blocks.set(address, notice.slice(0, 1500))
  const delayed = saysTemporary(`${mail.subject}\n${notice.slice(0, 1200)}`)
  return [...blocks].map(([recipient, words]) => describe(recipient, words, notice, delayed))
}

/** Lines about how to get help or about the sending host name addresses that did not fail. */
const isTalk = (line: string): boolean =>
  /(contact|postmaster|help|assistance|support|e-?mail to|return-path|reply-to|^\s*(from|van|de|von|od|sender|message-id|in-reply-to|references)\s*:|message-id|mailto:postmaster|^\s*received:)/i.test(
    line,
  )
const isMachineAddress = (address: string): boolean =>
  /^(mailer-daemon|postmaster|microsoftexchange|abuse|[\w.+-]*\d{8,}[\w.+-]*\.\w+)/.test(address.split('@')[0] ?? '')

function describe(recipient: string, words: string, notice: string, delayed: boolean): BouncedRecipient {
  const answer = /[45]\.\d{1,3}\.\d{1,3}|\b[45]\d\d\b/.test(words) ? words : `${words} ${lineWithCode(notice)}`
  const status = enhancedStatus(answer)
  const hasCode = status !== '' || replyCode(answer) !== ''
  const permanent = hasCode ? isPermanentReply(status, answer) && !isDelayNotice(notice) : !delayed
  return { recipient, status, permanent, reason: readableReason(answer.replace(recipient, '').replace(/^[\s<>():]+/, '')) }
}

const isDelayNotice = (notice: string): boolean =>
  /(this is (only )?a warning|warning message only|still trying|will (continue|keep) (to )?(try|be)|delivery attempts will continue|you do not need to resend|no action is required)/i.test(
    notice,
  )

const lineWithCode = (notice: string): string =>
  notice
    .split(/\r?\n/)
    .find(line => /[45]\.\d{1,3}\.\d{1,3}|^\W*[45]\d\d[\s-]/.test(line))
    ?.trim() ?? ''
