import { languages, type Words, wordsOf } from '../words/index.ts'

/** The words that a reply decides with, as its reader is told them: those of the buttons. */
export const keywordsIn = ({ button }: Words): { approve: string; reject: string } => ({
  approve: button.approve.toUpperCase(),
  reject: button.reject.toUpperCase(),
})

// Case, accents and a full stop are not what a decision hangs on.
const plain = (line: string): string => line.normalize('NFKD').replaceAll(/\p{M}/gu, '').trim().replace(/[.!]$/, '').toUpperCase()

const known = languages.map(language => keywordsIn(wordsOf(language)))
const approving = new Set(known.map(({ approve }) => plain(approve)))
const rejecting = new Set(known.map(({ reject }) => plain(reject)))

/**
 * What a reply says, in whatever language: the word that stands alone on its first line, above anything it quotes; undefined when there is
 * none. Of the text as it came: what looks like history or a signature is no word of anybody's here.
 */
export function keywordOf(text: string): 'approve' | 'reject' | undefined {
  const first = text.split('\n', 50).find(line => line.trim() !== '') ?? ''
  const word = plain(first.slice(0, 40))
  if (approving.has(word)) return 'approve'
  return rejecting.has(word) ? 'reject' : undefined
}

const mark = /\s*\[D:([\w-]{43})\]/

const quoted = /(?:(?:\/|%2F)decide(?:\/|%2F)|(?:\[|%5B)D(?::|%3A))([\w-]{43})/gi
const mostQuoted = 100

/** Every key that a text quotes, of links and of subjects, also where a mail program or a filter wrote them in its own way. */
export const keysIn = (text: string): string[] => [...text.matchAll(quoted)].slice(0, mostQuoted).map(([, key = '']) => key)

/** The key in a reply's subject. */
export const keyIn = (subject: string): string | undefined => mark.exec(subject)?.[1]

/** A subject with a key, which mail programs carry along in their replies. */
export const withKey = (subject: string, key: string): string => `${subject} [D:${key}]`

/** A subject without its key. */
export const withoutKey = (subject: string): string => subject.replace(mark, '')
