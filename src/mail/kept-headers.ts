import type { ParsedMail } from './parsed-mail.ts'

const kept = new Set([
  'auto-submitted',
  'precedence',
  'x-auto-response-suppress',
  'x-autoreply',
  'x-autorespond',
  'list-id',
  'list-unsubscribe',
  'return-path',
  'sender',
  'authentication-results',
  'arc-authentication-results',
  'received-spf',
  'x-failed-recipients',
  'content-type',
  'x-spam-flag',
])
const most = 40

/** The headers that rules look at later and that are stored with a message; the rest stands in its raw source. */
export const keptHeaders = (headers: ParsedMail['headers']): ParsedMail['headers'] => headers.filter(({ name }) => kept.has(name)).slice(0, most)
