import { type AutoReply, detectAutoReply } from './detect-auto-reply.ts'
import { detectBounce } from './detect-bounce.ts'
import { type FoundReferences, findReferences } from './find-references.ts'
import type { BouncedRecipient, ParsedMail } from './parsed-mail.ts'
import { trimReply } from './trim-reply.ts'

/** What structure and wording say about one mail, before anyone asks what it means. */
export type MailFacts = {
  kind: 'mail' | 'bounce' | 'auto_reply'
  /** The recipients that a bounce names; empty for any other kind. */
  bounced: BouncedRecipient[]
  /** The sender's own words. */
  replyText: string
  references: FoundReferences
  /** Why the mail counts as an automatic answer, for a person to read. */
  autoReplyReason?: string
  autoReplyKind?: AutoReply['kind']
}

/** Facts about a parsed mail. Pure and linear in the size of the mail: it runs in the parser's thread, on hostile input. */
export function understandMail(mail: ParsedMail): MailFacts {
  const trimmed = trimReply(mail)
  const references = findReferences(mail, trimmed)
  const bounced = detectBounce(mail)
  // A bounce has no words of its own: what the server says is the whole text, and the returned mail below is ours.
  if (bounced) return { kind: 'bounce', bounced, replyText: trimmed.replyText, references }
  const autoReply = detectAutoReply(mail, trimmed.replyText)
  if (!autoReply) return { kind: 'mail', bounced: [], replyText: trimmed.replyText, references }
  return {
    kind: 'auto_reply',
    bounced: [],
    replyText: trimmed.replyText,
    references,
    autoReplyReason: autoReply.reason,
    autoReplyKind: autoReply.kind,
  }
}
