import { findConcepts } from './concepts.ts'
import { type Span, splitSentences, tokenize } from './text.ts'

/** Size of the hash space that words, letter groups and concepts share. */
export const bucketCount = 1 << 16

/** Hashed features of a text with their weights; the same bucket comes once a block. */
export type Features = { buckets: number[]; values: number[] }

/** Buckets a block; one that comes several times in a text counts once, which is left to who scores or merges them. */
export type Buckets = Record<Block, number[]>

/** What a mail gives to the classifier: its parts, of which the first are its sentences with their places in the reply text. */
export type MailFeatures = { parts: Buckets[]; sentences: Span[] }

export type TextToClassify = { subject: string; replyText: string; language: string }

export const blocks = ['word', 'letters', 'concept', 'mood', 'subject', 'shape'] as const
export type Block = (typeof blocks)[number]
// Concepts carry across languages, letter groups forgive typos, and a subject names its matter; measured on the training folds.
export const blockWeights: Record<Block, number> = { word: 1, letters: 1, concept: 1, mood: 0.5, subject: 0.5, shape: 0.3 }

const mostSentences = 60
const mostLetters = 6000

/** The features of a mail: of each sentence, the subject and the shape; very long mails are read to 6,000 characters or 60 sentences. */
export const extractFeatures = ({ subject, replyText, language }: TextToClassify): MailFeatures => {
  const text = replyText.slice(0, mostLetters)
  const spans = splitSentences(text).slice(0, mostSentences)
  const raws = spans.map(span => rawFeatures(tokenize(text.slice(span.start, span.end)), language))
  const subjectTokens = tokenize(bareSubject(subject))
  const subjectRaw = rawFeatures(subjectTokens, language)
  for (const concept of findConcepts(subjectTokens, language)) subjectRaw.subject.push(hash(`s ${concept}`))
  return { parts: [...raws, subjectRaw, mailShape(subject, text, spans.length)], sentences: spans }
}

const prefix = /^(?:\s*(?:re|fw|fwd|aw|wg|antw|tr|rép|rif|rv|odp|pd|sv)\s*(?:\[\d+\])?\s*:)+/i
const bareSubject = (subject: string): string => subject.replace(prefix, '')

const emptyRaw = (): Buckets => ({ word: [], letters: [], concept: [], mood: [], subject: [], shape: [] })

const rawFeatures = (tokens: string[], language: string): Buckets => {
  const raw = emptyRaw()
  let previous = '^'
  for (const token of tokens) {
    addWord(raw, token, language)
    addWord(raw, `${previous} ${token}`, language)
    if (!token.startsWith('#')) for (const gram of letterGroups(token)) raw.letters.push(gram)
    previous = token
  }
  const found = findConcepts(tokens, language)
  addConcepts(raw, found)
  addMood(raw, found, tokens.includes('#ask'))
  return raw
}

const addWord = (raw: Buckets, words: string, language: string) => {
  raw.word.push(hash(`w ${words}`))
  raw.word.push(hash(`${language} ${words}`))
}

const mostConcepts = 24

/** Concepts alone, in pairs within a sentence, and under a negation or condition: "will pay" is not "will not pay before". */
const addConcepts = (raw: Buckets, found: string[]) => {
  const named = [...new Set(found)].slice(0, mostConcepts)
  const isNegated = named.includes('not')
  const isConditional = named.includes('if')
  for (const [at, concept] of named.entries()) {
    raw.concept.push(hash(`c ${concept}`))
    if (isNegated) raw.concept.push(hash(`not ${concept}`))
    if (isConditional) raw.concept.push(hash(`if ${concept}`))
    for (const other of named.slice(at + 1)) raw.concept.push(hash(concept < other ? `p ${concept} ${other}` : `p ${other} ${concept}`))
  }
  const order = found.slice(0, mostConcepts)
  for (const [at, concept] of order.entries()) if (at > 0) raw.concept.push(hash(`o ${order[at - 1]} ${concept}`))
}

/** What is asked is not what is said, and what comes first is mostly the point: "paid?" is not "paid". */
const addMood = (raw: Buckets, found: string[], isQuestion: boolean) => {
  const named = [...new Set(found)].slice(0, mostConcepts)
  const mood = isQuestion ? 'asks' : named.includes('ask') ? 'requests' : 'says'
  for (const concept of named) raw.mood.push(hash(`${mood} ${concept}`))
  if (named.length > 0) raw.mood.push(hash(`first ${named[0]}`), hash(`last ${named.at(-1)}`))
}

const mailShape = (subject: string, text: string, sentences: number): Buckets => {
  const raw = emptyRaw()
  const words = text.split(/\s+/).length
  raw.shape.push(hash(`length ${Math.min(6, Math.floor(Math.log2(words + 1)))}`))
  raw.shape.push(hash(`sentences ${Math.min(8, sentences)}`))
  if (text.includes('?')) raw.shape.push(hash('asks'))
  raw.shape.push(hash(prefix.test(subject) ? 'answers' : 'opens'))
  if (subject.trim() === '') raw.shape.push(hash('no subject'))
  return raw
}

/** The features of a whole mail from those of its parts, each once a block. */
export const merge = (raws: Buckets[]): Buckets => {
  const merged = emptyRaw()
  for (const block of blocks) merged[block] = [...new Set(raws.flatMap(raw => raw[block]))]
  return merged
}

/** Features weighed by how rare they are, those of each block to the same length; `importance` is 0 for a bucket never learned. */
export const weighFeatures = (raw: Buckets, importance: Float32Array): Features => {
  const features: Features = { buckets: [], values: [] }
  for (const block of blocks) {
    const from = features.buckets.length
    let squares = 0
    for (const bucket of raw[block]) {
      const value = importance[bucket] ?? 0
      if (value === 0) continue
      squares += value * value
      features.buckets.push(bucket)
      features.values.push(value)
    }
    const scale = blockWeights[block] / Math.sqrt(Math.max(1, squares))
    for (let at = from; at < features.values.length; at++) features.values[at] = (features.values[at] ?? 0) * scale
  }
  return features
}

const groupsOfWord = new Map<string, Uint16Array>()
const mostWordsRemembered = 50_000

const letterGroups = (word: string): Uint16Array => {
  const known = groupsOfWord.get(word)
  if (known !== undefined) return known
  const padded = `<${word}>`
  const groups: number[] = []
  for (let length = 3; length <= 5; length++) for (let at = 0; at + length <= padded.length; at++) groups.push(hash(padded.slice(at, at + length)))
  if (groupsOfWord.size >= mostWordsRemembered) groupsOfWord.clear()
  const result = Uint16Array.from(groups)
  groupsOfWord.set(word, result)
  return result
}

/** FNV-1a, folded to the hash space. */
const hash = (text: string): number => {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return ((value >>> 16) ^ value) & (bucketCount - 1)
}
