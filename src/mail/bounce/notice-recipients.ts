import type { BouncedRecipient, ParsedMail } from '../parsed-mail.ts'
import { causeOf, passesByItself } from './cause.ts'
import { enhancedStatus, isDelayNotice, isPermanentReply, readableReason, replyCode, saysForGood, saysTemporary } from './status.ts'
import { returnedMailStart } from './wording.ts'

const addressPattern = /[^\s<>()[\]"',;:=@|：，、。（）【】「」《》]{1,64}(?:'[^\s<>()[\]"',;:=@|]{1,64})?@[\p{L}\d-]{1,63}(?:\.[\p{L}\d-]{1,63}){1,8}/giu
/** The addresses that a text names, in lower case. */
export const addressesIn = (text: string): string[] => [...new Set((text.match(addressPattern) ?? []).map(address => address.toLowerCase().replace(/\.$/, '')))]

/** `failed`, unless it is empty, are all the addresses that failed; `ours` wrote the mail that came back. */
type Known = { ours: ReadonlySet<string>; failed: readonly string[] }

/** The addresses that a notice names as failed, each with the server's words that follow it. */
export function recipientsOfNotice(mail: ParsedMail, notice: string, { ours, failed }: Known): BouncedRecipient[] {
  const system = mail.from?.address ?? ''
  const ourDomains = new Set([...ours].map(domainOf))
  const html = mail.html === undefined ? undefined : spacedText(mail.html)
  // Cells of an HTML table can stand without a space between them in the text: "debtors@us.exampleSubject".
  const isOther = (address: string) => address !== system && !ours.has(address) && !isMachineAddress(address) && (html?.includes(address) ?? true)
  const named = (line: string) =>
    addressesIn(line.slice(0, 1000).replaceAll(/\bmail from: ?<\S+/gi, '')).filter(
      address => isOther(address) && (failed.length === 0 || failed.includes(address)),
    )
  const listed = (each: readonly string[]) => {
    const styles = [
      (line: string) => ((leadsWithAddress.test(line) || aliasOf.test(line)) && !isTalk(line) && !addressed.test(line) ? originalOf(line, named) : []),
      (line: string) => sentencesOf(line).flatMap(sentence => (isTalk(sentence) || addressed.test(sentence) ? [] : originalOf(sentence, named))),
      (line: string) => (addressed.test(line) ? named(line) : []),
    ]
    // Where failed addresses are listed, an address amid other words is somebody to turn to.
    for (const style of styles) {
      const blocks = blocksByAddress(each, style)
      if (blocks.size > 0) return blocks
    }
    return new Map<string, string[]>()
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
  if (blocks.size === 0) for (const address of named(mail.subject)) blocks.set(address, lines.slice(0, 30))
  for (const address of failed) if (!blocks.has(address)) blocks.set(address, lines.slice(0, 30))
  const isDelayed = isDelayNotice(mail.subject, notice)
  // A code that stands apart from the address ("Reported error: 550 ...") is its own only when no other address could own it.
  const apart = blocks.size === 1 ? codeLine(lines) : ''
  return [...blocks].map(([recipient, words]) => describe(recipient, words, { notice, apart, isDelayed }))
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

/** "<jan@acme.example>: ...", "550 jan@acme.example ...", "Failed address: jan@acme.example", "Bakker, Jan <jan@acme.example>" */
const leadsWithAddress = /^(?:[\s\p{P}<>]{0,20}(?:[45]\d\d[ -])?|[^:@\n]{1,50}:\s{0,8}[<"'[]?(?:mailto:)?|[^<@\n]{1,60}<)[^\s<>()[\]"',;:=@|]{1,64}@/iu
const sentencesOf = (line: string): string[] => line.slice(0, 2000).split(/(?<=[.!?])\s+/)

/** Whom the returned mail was addressed to; it may have been led on from there. */
const addressed = /^\s*(to|aan|à|an|do|para)\s?:/i

/** Lines about how to get help or about the sending host name addresses that did not fail. */
const isTalk = (line: string): boolean =>
  /(cont[aá]c?tt?\b|contact|postmaster|help|assistance|support|wenden sie sich|skontakt|(?<!in )reply to|\bwrite to|(?:send|an|via|by|per) e-?mail to|questions|vragen|return-path|reply-to|^\s*(mail from|original sender|sender|cc|from|van|de|von|od|message-?id|in-reply-to|references)\s*:|message-id|^\s*received:)/i.test(
    line.slice(0, 1000).replaceAll(addressPattern, ''),
  )
const isMachineAddress = (address: string): boolean =>
  /^(mailer-daemon|postmaster|microsoftexchange|abuse|[\w.+-]*\d{8,}[\w.+-]*\.\w+)/.test(address.split('@')[0] ?? '')

function describe(recipient: string, words: string[], { notice, apart, isDelayed }: { notice: string; apart: string; isDelayed: boolean }): BouncedRecipient {
  const coded = codeLine(words) || apart
  const answer = coded || words.join(' ')
  const status = enhancedStatus(answer) || enhancedStatus(words.join(' '))
  const hasCode = status !== '' || replyCode(answer) !== ''
  const cause = causeOf(status, coded || words.join(' '), words.join(' '), notice)
  // "This is a permanent error" above all addresses says that trying is over, not that the next mail would fail.
  const isForGood = hasCode ? isPermanentReply(status, answer) : saysForGood(words.join(' ')) || !(passesByItself(cause) || saysTemporary(answer))
  return { recipient, status, permanent: isForGood && !isDelayed, ...(isDelayed && { isLate: true }), cause, reason: reasonIn(recipient, words, coded) }
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

const hasCodePattern = /(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])|^\W*[45]\d\d[\s-]|\b[45]\d\d [45]\.|(?<![\d.])5[0-7]\d[ -]\S/
const codeLine = (lines: readonly string[]): string => lines.find(line => hasCodePattern.test(line))?.trim() ?? ''
