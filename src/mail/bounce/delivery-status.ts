import type { BouncedRecipient, ParsedMail } from '../parsed-mail.ts'
import { enhancedStatus, isPermanentReply, readableReason } from './status.ts'

type Fields = Map<string, string>

/**
 * The failed and delayed recipients of a delivery status report (RFC 3464), whatever type its part was given. Empty when
 * the report tells of success only, undefined when the mail holds no report.
 */
export function readDeliveryStatus(mail: ParsedMail): BouncedRecipient[] | undefined {
  const parts = mail.reportParts.filter(({ contentType }) => !isReturnedMail(contentType))
  const reports = parts.map(({ text }) => recipientGroups(text)).filter(groups => groups.length > 0)
  const groups = reports.flat()
  if (groups.length === 0) return undefined
  const sentTo = returnedRecipients(mail)
  const failed = groups.filter(fields => !/^(delivered|relayed|expanded)/i.test(action(fields)))
  const found = new Map<string, BouncedRecipient>()
  for (const fields of failed) {
    const bounced = toRecipient(fields, sentTo)
    if (bounced && !found.has(bounced.recipient)) found.set(bounced.recipient, bounced)
  }
  return [...found.values()]
}

// RFC 6533: message/global is the returned mail, message/global-delivery-status the report.
const isReturnedMail = (contentType: string): boolean => /^(message\/rfc822|text\/rfc822-headers|message\/global(-headers)?)\s*(;|$)/i.test(contentType)

const action = (fields: Fields): string => fields.get('action') ?? 'failed'
const mostGroups = 500

/** The per-recipient groups: split at blank lines, and at a repeated recipient where a server forgot the blank line. */
export function recipientGroups(text: string): Fields[] {
  const groups: Fields[] = []
  let current: Fields = new Map()
  let last = ''
  const close = () => {
    if (isRecipientGroup(current) && groups.length < mostGroups) groups.push(current)
    current = new Map()
  }
  for (const line of text.slice(0, 500_000).split(/\r?\n/)) {
    if (line.trim() === '') {
      close()
      continue
    }
    if (/^[ \t]/.test(line)) {
      if (last) current.set(last, `${current.get(last) ?? ''} ${line.trim()}`.slice(0, 2000))
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 1 || colon > 60) continue
    last = line.slice(0, colon).trim().toLowerCase()
    const repeats = (last === 'final-recipient' || last === 'original-recipient') && current.has(last)
    if (repeats) close()
    current.set(last, line.slice(colon + 1).trim())
  }
  close()
  return groups
}

const isRecipientGroup = (fields: Fields): boolean =>
  (fields.has('final-recipient') || fields.has('original-recipient') || fields.has('x-actual-recipient')) && (fields.has('action') || fields.has('status'))

function toRecipient(fields: Fields, sentTo: ReadonlySet<string>): BouncedRecipient | undefined {
  const original = addressOf(fields.get('original-recipient'))
  const final = addressOf(fields.get('final-recipient')) ?? addressOf(fields.get('x-actual-recipient'))
  // The address that was written to is the one to stop; a forward may have led on to another.
  const recipient = [final, original].find(address => address !== undefined && sentTo.has(address)) ?? original ?? final
  if (!recipient) return undefined
  const diagnostic = fields.get('diagnostic-code') ?? ''
  const given = fields.get('status')?.match(/[245]\.\d{1,3}\.\d{1,3}/)?.[0]
  const status = given ?? enhancedStatus(diagnostic)
  const permanent = !/^delayed/i.test(action(fields)) && isPermanentReply(status, diagnostic)
  return { recipient, status, permanent, reason: readableReason(diagnostic) || readableReason(fields.get('x-display-name') ?? '') || status }
}

/** "rfc822; jan@acme.example", with or without the type, brackets, or xtext (RFC 3461: "+2B" for a plus). */
function addressOf(value: string | undefined): string | undefined {
  if (!value) return undefined
  const bare = value
    .slice(value.indexOf(';') + 1)
    .trim()
    .replaceAll(/^[<"']+|[>"']+$/g, '')
  const decoded =
    /^[^@]*\+[0-9A-F]{2}[^@]*@/.test(bare) && /xtext|\+(2B|3D|40)/.test(bare)
      ? bare.replaceAll(/\+(2B|3D)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
      : bare
  return /^[^\s@<>]{1,200}@[^\s@<>]{1,253}$/.test(decoded) ? decoded.toLowerCase() : undefined
}

/** Whom the returned mail was addressed to, from its headers in the report, or in the text below the notice. */
export function returnedRecipients(mail: ParsedMail, below = ''): ReadonlySet<string> {
  const returned = mail.reportParts.find(({ contentType }) => isReturnedMail(contentType))
  const head = returned ? (returned.text.slice(0, 20_000).split(/\r?\n\r?\n/)[0] ?? '') : below.slice(0, 20_000)
  const lines = head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)
  const addressed = lines.filter(line => /^(to|cc):/i.test(line)).join(' ')
  return new Set((addressed.match(/[^\s<>,;:"@]{1,200}@[^\s<>,;"@]{1,253}/g) ?? []).map(address => address.toLowerCase()))
}
