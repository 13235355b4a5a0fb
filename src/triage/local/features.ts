import { type Concept, conceptOf, findConcepts, knowWords, orderOf, pairOf, type Word } from './concepts.ts'
import { bucketOf, hash, hashState, importanceStep } from './hash.ts'
import { type Span, splitSentences, tokenize } from './text.ts'

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
  const raws = spans.map(span => rawFeatures(knowWords(tokenize(text.slice(span.start, span.end)), language), language))
  const subjectWords = knowWords(tokenize(bareSubject(subject)), language)
  const subjectRaw = rawFeatures(subjectWords, language)
  for (const { ofSubject } of findConcepts(subjectWords)) subjectRaw.subject.push(ofSubject)
  return { parts: [...raws, subjectRaw, mailShape(subject, text, spans.length)], sentences: spans }
}

const prefix = /^(?:\s*(?:re|fw|fwd|aw|wg|antw|tr|rép|rif|rv|odp|pd|sv)\s*(?:\[\d+\])?\s*:)+/i
const bareSubject = (subject: string): string => subject.replace(prefix, '')

const emptyRaw = (): Buckets => ({ word: [], letters: [], concept: [], mood: [], subject: [], shape: [] })

const rawFeatures = (words: Word[], language: string): Buckets => {
  const raw = emptyRaw()
  let [before, beforeOfLanguage] = [hashState('w ^ '), hashState(`${language} ^ `)]
  let isQuestion = false
  for (const word of words) {
    raw.word.push(word.alone, word.ofLanguage, bucketOf(hashState(word.text, before)), bucketOf(hashState(word.text, beforeOfLanguage)))
    for (const group of word.letters) raw.letters.push(group)
    isQuestion ||= word.text === '#ask'
    ;({ before, beforeOfLanguage } = word)
  }
  const found = findConcepts(words)
  const named = [...new Set(found)].slice(0, mostConcepts)
  addConcepts(raw.concept, named, found)
  addMood(raw.mood, named, isQuestion)
  return raw
}

const mostConcepts = 24
const [negation, condition, asking] = [conceptOf('not'), conceptOf('if'), conceptOf('ask')]

/** Concepts alone, in pairs within a sentence, and under a negation or condition: "will pay" is not "will not pay before". */
const addConcepts = (buckets: number[], named: Concept[], found: Concept[]) => {
  const isNegated = named.includes(negation)
  const isConditional = named.includes(condition)
  for (let at = 0; at < named.length; at++) {
    const concept = named[at] as Concept
    buckets.push(concept.alone)
    if (isNegated) buckets.push(concept.negated)
    if (isConditional) buckets.push(concept.conditional)
    for (let other = at + 1; other < named.length; other++) buckets.push(pairOf(concept, named[other] as Concept))
  }
  const last = Math.min(found.length, mostConcepts)
  for (let at = 1; at < last; at++) buckets.push(orderOf(found[at - 1] as Concept, found[at] as Concept))
}

/** What is asked is not what is said, and what comes first is mostly the point: "paid?" is not "paid". */
const addMood = (buckets: number[], named: Concept[], isQuestion: boolean) => {
  const mood = isQuestion ? 'asks' : named.includes(asking) ? 'requests' : 'says'
  for (const concept of named) buckets.push(concept[mood])
  const [first, last] = [named[0], named.at(-1)]
  if (first !== undefined && last !== undefined) buckets.push(first.first, last.last)
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
export const weighFeatures = (raw: Buckets, importance: Uint8Array): Features => {
  const features: Features = { buckets: [], values: [] }
  for (const block of blocks) {
    const from = features.buckets.length
    let squares = 0
    for (const bucket of raw[block]) {
      const value = (importance[bucket] ?? 0) * importanceStep
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
