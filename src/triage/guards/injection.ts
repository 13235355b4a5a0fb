import type { MessageToRead, Quarantine } from '../reading.ts'
import { seenText, squeezedLetters, undisguised } from './disguise.ts'
import { wordsBesideText } from './html-words.ts'
import { isToldSqueezed, reasonIn } from './injection-words.ts'

const maxLength = 100_000
/** A run of base64 or hex this long is no word of any language and no reference of any bank. */
const encoded =
  /(?<![A-Za-z0-9+/=_.-])(?=[A-Za-z0-9+/]{0,79}[a-z])(?=[A-Za-z0-9+/]{0,79}[A-Z])(?=[A-Za-z0-9+/]{0,79}\d)[A-Za-z0-9+/]{80,4000}={0,2}(?![A-Za-z0-9+/])/

/** Words that address a program instead of a person. They change nothing, but the mail is no longer believed. */
export function findInjection(message: MessageToRead): Quarantine[] {
  const words = wordsOf(message)
  const seen = seenText(words)
  const told = reasonIn(seen)
  if (told) return [untrusted(told)]
  const letters = squeezedLetters(seen)
  if (letters && isToldSqueezed(letters)) return [untrusted('It hides instructions in letters that are set apart')]
  for (const text of undisguised(words, seen)) {
    const reason = reasonIn(text)
    if (reason) return [untrusted(`${reason}, in disguise`)]
  }
  return isEncoded(message.replyText.slice(0, maxLength)) ? [untrusted('It carries encoded text')] : []
}

const isEncoded = (text: string): boolean => /[A-Za-z0-9+/]{80}/.test(text) && encoded.test(text)

const untrusted = (what: string): Quarantine => ({ kind: 'injection', reason: `${what}: the mail is treated as untrusted.` })

function wordsOf({ subject, from, replyText, fullText, html, attachmentNames }: MessageToRead): string {
  const [reply, full] = [replyText.slice(0, maxLength), fullText.slice(0, maxLength)]
  return [
    subject.slice(0, 1000),
    from?.name.slice(0, 300) ?? '',
    // Mostly the reply stands in the whole text as it is, and need not be searched twice.
    ...(full.includes(reply) ? [] : [reply]),
    full,
    ...attachmentNames.slice(0, 50).map(name => name.slice(0, 300)),
    ...(html === undefined ? [] : [wordsBesideText(html)]),
  ].join('\n')
}
