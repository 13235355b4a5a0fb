import type { Quarantine } from '../quarantine.ts'
import type { MessageToRead } from '../reading.ts'
import { seenText, squeezedLetters, undisguised } from './disguise.ts'
import { wordsBesideText } from './html-words.ts'
import { addressIn, isToldSqueezed } from './injection-words.ts'

const maxLength = 100_000
/** A run of base64 or hex this long is no word of any language and no reference of any bank. */
const encoded =
  /(?<![A-Za-z0-9+/=_.-])(?=[A-Za-z0-9+/]{0,79}[a-z])(?=[A-Za-z0-9+/]{0,79}[A-Z])(?=[A-Za-z0-9+/]{0,79}\d)[A-Za-z0-9+/]{80,4000}={0,2}(?![A-Za-z0-9+/])/

/** Words that address a program instead of a person. They change nothing, but the mail is no longer believed. */
export function findInjection(message: MessageToRead): Quarantine[] {
  const words = wordsOf(message)
  const seen = seenText(words)
  const told = addressIn(seen)
  if (told) return [{ kind: 'injection', code: told }]
  const letters = squeezedLetters(seen)
  if (letters && isToldSqueezed(letters)) return [{ kind: 'injection', code: 'letters_apart' }]
  for (const text of undisguised(words, seen)) {
    const hidden = addressIn(text)
    if (hidden)
      return [
        { kind: 'injection', code: hidden },
        { kind: 'injection', code: 'disguised' },
      ]
  }
  return isEncoded(message.replyText.slice(0, maxLength)) ? [{ kind: 'injection', code: 'encoded' }] : []
}

const isEncoded = (text: string): boolean => /[A-Za-z0-9+/]{80}/.test(text) && encoded.test(text)

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
