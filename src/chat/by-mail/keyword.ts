// The words that decide a reply: those of all languages, whatever language its writer's mails come in.

const words = {
  approve: ['APPROVE', 'GOEDKEUREN', 'APPROUVER', 'GENEHMIGEN', 'ZATWIERDZ'],
  reject: ['REJECT', 'AFWIJZEN', 'REJETER', 'ABLEHNEN', 'ODRZUC'],
} as const

/**
 * What a reply says: the word that stands alone on its first line, above anything it quotes; undefined when there is none. Of the text as
 * it came: what looks like history or a signature is no word of anybody's here.
 */
export function keywordOf(text: string): 'approve' | 'reject' | undefined {
  const first = text.split('\n', 50).find(line => line.trim() !== '') ?? ''
  // Case, accents and a full stop are not what a decision hangs on.
  const word = first.slice(0, 40).normalize('NFKD').replaceAll(/\p{M}/gu, '').trim().replace(/[.!]$/, '').toUpperCase()
  if (words.approve.some(known => known === word)) return 'approve'
  return words.reject.some(known => known === word) ? 'reject' : undefined
}

const mark = /\s*\[D:([\w-]{43})\]/

/** The key in a reply's subject. */
export const keyIn = (subject: string): string | undefined => mark.exec(subject)?.[1]

/** A subject with a key, which mail programs carry along in their replies. */
export const withKey = (subject: string, key: string): string => `${subject} [D:${key}]`

/** A subject without its key. */
export const withoutKey = (subject: string): string => subject.replace(mark, '')
