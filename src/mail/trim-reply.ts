import { domainOf } from './link/shared-domains.ts'
import type { ParsedMail } from './parsed-mail.ts'
import { freeAnswersWithin } from './reply/answers-within.ts'
import { markBoilerplate } from './reply/boilerplate.ts'
import { dividerKind } from './reply/dividers.ts'
import { readForwardedHead, startsHeaderBlock } from './reply/header-block.ts'
import { isMarked, markHistory } from './reply/history.ts'
import { quotedLinesOfHtml } from './reply/html-quotes.ts'
import { partRunTogether } from './reply/run-together.ts'
import { isMobileLine, isOnlySigned, isPostscript, markContactBlock } from './reply/signature.ts'
import { isForwardSubject } from './thread/subject.ts'

/** A mail's text in its parts. Every part consists of whole lines of the text, in order. */
export type TrimmedReply = {
  /** The sender's own words: no history, signature or legal notice. */
  replyText: string
  /** The own words with the signature: where a company's name and numbers stand. */
  ownText: string
  /** The history below and between: weaker evidence. */
  quotedText: string
}

/**
 * Separates the sender's own words from quoted history, signature and boilerplate. Own words between and under quotes
 * stay. Takes whole lines or leaves them, and looks a bounded number of lines ahead: linear on any input.
 */
export function trimReply(mail: Pick<ParsedMail, 'text' | 'html' | 'subject' | 'to' | 'cc'>): TrimmedReply {
  const lines = partRunTogether(mail.text.replaceAll(/\r\n?/g, '\n').split('\n'))
  const trimmed = trimLines(lines, mail.html)
  if (!isOnlySigned(trimmed.replyText)) return trimmed
  return trimForwarded(lines, mail) ?? trimmed
}

function trimLines(lines: readonly string[], html: string | undefined): TrimmedReply {
  const quoted = markHistory(lines, quotedLinesOfHtml(html, lines))
  freeAnswersWithin(lines, quoted, html)
  const own = quoted.map(isQuoted => !isQuoted)
  const withSignature = [...own]
  markSignatures(lines, own)
  markBoilerplate(lines, own)
  // An answer that stands inside a marked quote leaves the mark behind.
  const isQuoting = quoted.includes(true)
  const said = lines.map((line, at) => (isQuoting && withSignature[at] && isMarked(line) ? line.replace(/^[^>]*[> ]+/, '') : line))
  return { replyText: join(said, own), ownText: join(said, withSignature), quotedText: join(lines, quoted) }
}

/**
 * A mail that only passes on another one speaks with that one's words, one level deep. When they are ours (the mail that
 * came back is from the domain it is sent to) or nobody is named, there are no words of the sender's.
 */
function trimForwarded(lines: readonly string[], mail: Pick<ParsedMail, 'subject' | 'to' | 'cc'>): TrimmedReply | undefined {
  const at = lines.findIndex((line, index) => dividerKind(line) !== undefined || startsHeaderBlock(lines, index))
  if (at < 0 || !(isForwardSubject(mail.subject) || dividerKind(lines[at] ?? '') === 'forward')) return undefined
  const head = readForwardedHead(lines, at)
  if (!head || head.from === '') return undefined
  const ours = new Set([...mail.to, ...mail.cc].map(({ address }) => domainOf(address)))
  if (ours.has(domainOf(head.from))) return undefined
  const passedOn = lines.slice(head.body)
  return trimLines(passedOn.every(line => line.trim() === '' || isMarked(line)) ? passedOn.map(line => line.replace(/^[^>]*> ?/, '')) : passedOn, undefined)
}

/** Marks signatures within each run of own lines: a run ends where history begins. */
function markSignatures(lines: readonly string[], own: boolean[]): void {
  let from = 0
  while (from < lines.length) {
    if (!own[from]) {
      from++
      continue
    }
    let to = from
    while (to < lines.length && own[to]) to++
    markSignatureOfRun(lines, own, from, to)
    from = to
  }
}

function markSignatureOfRun(lines: readonly string[], own: boolean[], from: number, to: number): void {
  let hasText = false
  for (let at = from; at < to; at++) {
    const line = lines[at] ?? ''
    // RFC 3676 section 4.3: two dashes and a space; many programs lose the space. With nothing above it is no divider.
    if (hasText && /^--\s?$/.test(line)) {
      markUpToPostscript(lines, own, at, to)
      markContactBlock(lines, own, from, at)
      return
    }
    if (isMobileLine(line)) own[at] = false
    else if (line.trim() !== '') hasText = true
  }
  markContactBlock(lines, own, from, to)
}

/** A signature ends where somebody adds something to it. */
function markUpToPostscript(lines: readonly string[], own: boolean[], from: number, to: number): void {
  let end = from
  while (end < to && !isPostscript(lines[end] ?? '')) end++
  own.fill(false, from, end)
}

/** The lines that are kept, without blank lines at either end and with no more than one between. */
function join(lines: readonly string[], kept: readonly boolean[]): string {
  const out: string[] = []
  for (let at = 0; at < lines.length; at++) {
    if (!kept[at]) continue
    const line = (lines[at] ?? '').trimEnd()
    if (line === '' && (out.length === 0 || out.at(-1) === '')) continue
    out.push(line)
  }
  while (out.at(-1) === '') out.pop()
  return out.join('\n')
}
