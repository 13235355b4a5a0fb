import type { BouncedRecipient, ParsedMail } from '../parsed-mail.ts'
import { causeOf } from './cause.ts'
import { enhancedStatus, isPermanentReply, readableReason, replyCode } from './status.ts'

type Fields = Map<string, string>

/** What a delivery status report says; `unnamed` when some of it failed, but no address can be read from its fields. */
type StatusReport = { kind: 'failed'; bounced: BouncedRecipient[] } | { kind: 'unnamed' } | { kind: 'arrived' }

/** What the delivery status report in a mail says (RFC 3464), whatever type its part was given; undefined without one. */
export function readDeliveryStatus(mail: ParsedMail): StatusReport | undefined {
  const parts = mail.reportParts.filter(({ contentType }) => !isReturnedMail(contentType))
  return readStatusFields(mail, parts.map(({ text }) => text).join('\n\n'))
}

/** The same for status fields that stand in some text of the mail. */
export function readStatusFields(mail: ParsedMail, text: string): StatusReport | undefined {
  const groups = recipientGroups(text)
  if (groups.length === 0) return undefined
  const failed = groups.filter(fields => !/^(delivered|relayed|expanded)/i.test(action(fields)) && !fields.get('status')?.startsWith('2.'))
  if (failed.length === 0) return { kind: 'arrived' }
  const sentTo = returnedRecipients(mail)
  const found = new Map<string, BouncedRecipient>()
  for (const fields of failed) {
    const bounced = toRecipient(fields, sentTo, mail.text)
    if (bounced && !found.has(bounced.recipient)) found.set(bounced.recipient, bounced)
  }
  return found.size > 0 ? { kind: 'failed', bounced: [...found.values()] } : { kind: 'unnamed' }
}

// RFC 6533: message/global is the returned mail, message/global-delivery-status the report.
const isReturnedMail = (contentType: string): boolean =>
  /^(message\/rfc822(-headers)?|text\/rfc822-headers|message\/global(-headers)?)\s*(;|$)/i.test(contentType)

const action = (fields: Fields): string => fields.get('action') ?? 'failed'
const mostGroups = 500
const recipientFields = ['final-recipient', 'original-recipient', 'x-actual-recipient'] as const

/**
 * The per-recipient groups: split at blank lines, and at a repeated recipient where a server forgot the blank line. A blank line
 * between a recipient and its action, which a server put there too many, splits nothing.
 */
function recipientGroups(text: string): Fields[] {
  const groups: Fields[] = []
  let current: Fields = new Map()
  let last = ''
  const close = () => {
    if (isRecipientGroup(current) && groups.length < mostGroups) groups.push(current)
    current = new Map()
  }
  for (const line of text.slice(0, 500_000).split(/\r?\n/)) {
    if (line.trim() === '') {
      if (isRecipientGroup(current) || !hasRecipient(current)) close()
      continue
    }
    if (/^[ \t]/.test(line)) {
      if (last) current.set(last, `${current.get(last) ?? ''} ${line.trim()}`.slice(0, 2000))
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 1 || colon > 60) continue
    last = line.slice(0, colon).trim().toLowerCase()
    if ((recipientFields as readonly string[]).includes(last) && current.has(last)) close()
    current.set(last, line.slice(colon + 1).trim())
  }
  close()
  return groups
}

const hasRecipient = (fields: Fields): boolean => recipientFields.some(name => fields.has(name))
const isRecipientGroup = (fields: Fields): boolean => hasRecipient(fields) && (fields.has('action') || fields.has('status') || fields.has('diagnostic-code'))

function toRecipient(fields: Fields, sentTo: ReadonlySet<string>, text: string): BouncedRecipient | undefined {
  const [final, original, actual] = recipientFields.map(name => fields.get(name))
  const named = [addressOf(final) ?? addressOf(actual), addressOf(original)].filter(address => address !== undefined)
  // The address that was written to is the one to stop; a forward may have led on to another.
  const recipient = named.find(address => sentTo.has(address)) ?? named.at(-1) ?? completed(final ?? original ?? actual, sentTo)
  if (!recipient) return undefined
  const diagnostic = fields.get('diagnostic-code') ?? ''
  const status = statusOf(fields.get('status'), diagnostic)
  const isLate = /^delayed/i.test(action(fields))
  const permanent = !isLate && isPermanentReply(status, diagnostic)
  const reason = readableReason(diagnostic) || readableReason(fields.get('x-display-name') ?? '') || status
  return { recipient, status, permanent, ...(isLate && { isLate }), cause: causeOf(status, diagnostic, wordsAbout(recipient, text)), reason }
}

/** What the words of the mail say after the address; some servers report no more than "5.0.0" in the fields. */
function wordsAbout(recipient: string, text: string): string {
  const words = text.slice(0, 8000).toLowerCase()
  const at = words.indexOf(recipient)
  return at < 0 ? '' : words.slice(at, at + 400)
}

/** The Status field; "5.0.0" says no more than that it failed, so that the code in the diagnostic says it better. */
function statusOf(field: string | undefined, diagnostic: string): string {
  const given = field?.match(/[245]\.\d{1,3}\.\d{1,3}/)?.[0]
  const answered = enhancedStatus(diagnostic)
  if (given === undefined) return answered
  if (!given.endsWith('.0.0')) return given
  const kind = replyCode(diagnostic)[0] ?? given[0]
  return answered.startsWith(`${kind}`) ? answered : `${kind}.0.0`
}

/**
 * The address in "rfc822; jan@acme.example", with or without the type, brackets, a name, a comment, or xtext (RFC 3461: "+2B" for a
 * plus); in an X.400 name the Internet address that it may carry ("DDA:SMTP=jan(a)acme.example").
 */
function addressOf(value: string | undefined): string | undefined {
  if (!value) return undefined
  const bare = value.slice(value.indexOf(';') + 1, 1000).replaceAll(/\(a\)/gi, '@')
  const token = /<([^\s<>]{1,450})>/.exec(bare)?.[1] ?? bare.split(/[\s"'/]/).find(word => word.includes('@')) ?? ''
  const address = token.replace(/^(?:[<("']|(?:dda:)?(?:smtp|rfc-?822)[=:]){1,3}/i, '').replace(/[>)"',;.]{1,5}$/, '')
  const decoded =
    /^[^@]*\+[0-9A-F]{2}[^@]*@/.test(address) && /xtext|\+(2B|3D|40)/.test(address)
      ? address.replaceAll(/\+(2B|3D)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      : address
  return /^[^\s@<>]{1,200}@[^\s@<>]{1,253}$/.test(decoded) ? decoded.toLowerCase() : undefined
}

/** The address that was written to, where a report names a local user or an X.400 name only. */
function completed(value: string | undefined, sentTo: ReadonlySet<string>): string | undefined {
  const name = value
    ?.slice(value.indexOf(';') + 1)
    .trim()
    .toLowerCase()
  const sameName = [...sentTo].filter(address => address.slice(0, address.lastIndexOf('@')) === name)
  if (sameName.length === 1) return sameName[0]
  return sentTo.size === 1 ? [...sentTo][0] : undefined
}

/** Whom the returned mail was addressed to, from its headers in the report, or in the text below the notice. */
export const returnedRecipients = (mail: ParsedMail, below = ''): ReadonlySet<string> => new Set(addressesOf(returnedHeaders(mail, below), /^(to|cc):/i))

/** Who wrote the returned mail. */
export const returnedSenders = (mail: ParsedMail, below = ''): ReadonlySet<string> =>
  new Set(addressesOf(returnedHeaders(mail, below), /^(from|sender|reply-to|return-path):/i))

const returnedHeaders = (mail: ParsedMail, below: string): string => {
  const returned = mail.reportParts.find(({ contentType }) => isReturnedMail(contentType))
  return returned
    ? (returned.text
        .slice(0, 20_000)
        .trimStart()
        .split(/\r?\n\r?\n/)[0] ?? '')
    : below.slice(0, 20_000)
}

function addressesOf(head: string, header: RegExp): string[] {
  const lines = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const said = lines.filter(line => header.test(line)).join(' ')
  return (said.match(/[^\s<>,;:"@]{1,200}@[^\s<>,;:"@]{1,253}/g) ?? []).map(address => address.toLowerCase())
}

/** The report inside a mail that was sent on as an attachment. */
export const nestedReport = (mail: ParsedMail): string =>
  mail.reportParts.find(({ contentType, text }) => isReturnedMail(contentType) && /^content-type: multipart\/report/im.test(text.slice(0, 20_000)))?.text ?? ''
