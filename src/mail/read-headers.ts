import type { ParsedMail } from './parsed-mail.ts'

const headersAreIn = 64 * 1024
const address = /<?([^\s<>@"]+@[^\s<>@"]+)>?\s*$/

/**
 * What can be said of a source that the parser gave up on: its main headers as they stand, undecoded, and nothing of
 * its body. Never throws.
 */
export function readHeaders(source: Buffer, problem: string): ParsedMail {
  const head =
    source
      .subarray(0, headersAreIn)
      .toString('latin1')
      .replaceAll('\0', '')
      .split(/\r?\n\r?\n/, 1)[0] ?? ''
  const header = (name: string, longest: number) => new RegExp(`^${name}:[ \t]*(.*)$`, 'im').exec(head)?.[1]?.trim().slice(0, longest)
  const from = address.exec(header('from', 320) ?? '')?.[1]?.toLowerCase()
  return {
    internetMessageId: /<[^>]*>/.exec(header('message-id', 500) ?? '')?.[0],
    inReplyTo: /<[^>]*>/.exec(header('in-reply-to', 500) ?? '')?.[0],
    references: [],
    from: from === undefined ? undefined : { address: from, name: '' },
    replyTo: [],
    to: [],
    cc: [],
    subject: header('subject', 600) ?? '',
    sentAt: undefined,
    headers: [],
    text: '',
    html: undefined,
    attachments: [],
    reportParts: [],
    problem,
  }
}
