import { bucketOf, hash, hashState } from './hash.ts'
import { type ReadLanguage, readLanguages } from './language.ts'
import { de } from './lexicon/de.ts'
import { en } from './lexicon/en.ts'
import { es } from './lexicon/es.ts'
import { fr } from './lexicon/fr.ts'
import { it } from './lexicon/it.ts'
import { nl } from './lexicon/nl.ts'
import { pl } from './lexicon/pl.ts'
import { mostWordsRemembered } from './text.ts'

/**
 * The words of the trade, grouped by meaning, so that what the classifier learns in one language holds in all.
 * `word` is exact, `stem*` a beginning, `*part*` anywhere (German compounds), `two_words` a phrase.
 */
export type Lexicon = Record<string, string>

const lexicons: Record<ReadLanguage, Lexicon> = { nl, fr, de, pl, en, es, it }

/** A meaning, with the buckets of what it can be in a sentence; `pairs` and `orders` are filled as others stand beside it. */
export type Concept = {
  id: number
  name: string
  alone: number
  negated: number
  conditional: number
  asks: number
  requests: number
  says: number
  first: number
  last: number
  ofSubject: number
  pairs: (number | undefined)[]
  orders: (number | undefined)[]
}

const concepts = new Map<string, Concept>()

/** The concept of a name; there is one of each. */
export const conceptOf = (name: string): Concept => {
  const known = concepts.get(name)
  if (known !== undefined) return known
  const made = {
    id: concepts.size,
    name,
    alone: hash(`c ${name}`),
    negated: hash(`not ${name}`),
    conditional: hash(`if ${name}`),
    asks: hash(`asks ${name}`),
    requests: hash(`requests ${name}`),
    says: hash(`says ${name}`),
    first: hash(`first ${name}`),
    last: hash(`last ${name}`),
    ofSubject: hash(`s ${name}`),
    pairs: [],
    orders: [],
  }
  concepts.set(name, made)
  return made
}

/** The bucket of two concepts in one sentence, whichever comes first. */
export const pairOf = (one: Concept, other: Concept): number =>
  (one.pairs[other.id] ??= hash(one.name < other.name ? `p ${one.name} ${other.name}` : `p ${other.name} ${one.name}`))

/** The bucket of one concept right before another. */
export const orderOf = (one: Concept, next: Concept): number => (one.orders[next.id] ??= hash(`o ${one.name} ${next.name}`))

/** A word as the classifier knows it: the buckets of the word and its letters, and the concepts that it names by itself. */
export type Word = {
  text: string
  isPlaceholder: boolean
  alone: number
  ofLanguage: number
  /** Where the hashes of "this word and the next" go on. */
  before: number
  beforeOfLanguage: number
  letters: number[]
  concepts: Concept[]
  phrases: readonly Phrase[]
}

type Phrase = { words: { text: string; isStem: boolean }[]; concept: Concept }
type Index = { exact: Map<string, Concept[]>; stems: [string, Concept][]; parts: [string, Concept][]; phrases: Map<string, Phrase[]>; words: Map<string, Word> }

const buildIndex = (sources: Lexicon[]): Index => {
  const index: Index = { exact: new Map(), stems: [], parts: [], phrases: new Map(), words: new Map() }
  for (const source of sources) {
    for (const [name, entries] of Object.entries(source)) for (const entry of entries.split(/\s+/).filter(Boolean)) addEntry(index, conceptOf(name), entry)
  }
  return index
}

const addEntry = (index: Index, concept: Concept, entry: string) => {
  if (entry.includes('_')) {
    const words = entry.split('_').map(word => ({ text: word.replace('*', ''), isStem: word.endsWith('*') }))
    const first = words[0]?.text ?? ''
    index.phrases.set(first, [...(index.phrases.get(first) ?? []), { words, concept }])
  } else if (entry.startsWith('*')) index.parts.push([entry.replaceAll('*', ''), concept])
  else if (entry.endsWith('*')) index.stems.push([entry.slice(0, -1), concept])
  else index.exact.set(entry, [...(index.exact.get(entry) ?? []), concept])
}

const indexes = new Map<string, Index>()
const indexOf = (language: string): Index => {
  const known = indexes.get(language)
  if (known !== undefined) return known
  const own = readLanguages.find(candidate => candidate === language)
  const built = buildIndex(own === undefined ? Object.values(lexicons) : [lexicons[own]])
  indexes.set(language, built)
  return built
}

/** The words that tokens are in a language; an unknown language is looked up in all of them. */
export const knowWords = (tokens: string[], language: string): Word[] => {
  const index = indexOf(language)
  return tokens.map(token => index.words.get(token) ?? learnWord(index, token, language))
}

const longestRemembered = 40

const learnWord = (index: Index, text: string, language: string): Word => {
  const isPlaceholder = text.startsWith('#')
  const [state, stateOfLanguage] = [hashState(`w ${text}`), hashState(`${language} ${text}`)]
  const word = {
    text,
    isPlaceholder,
    alone: bucketOf(state),
    ofLanguage: bucketOf(stateOfLanguage),
    before: hashState(' ', state),
    beforeOfLanguage: hashState(' ', stateOfLanguage),
    letters: isPlaceholder ? [] : letterGroups(text),
    concepts: isPlaceholder ? [conceptOf(text)] : conceptsOf(index, text),
    phrases: isPlaceholder ? [] : (index.phrases.get(text) ?? []),
  }
  if (text.length > longestRemembered) return word
  if (index.words.size >= mostWordsRemembered) index.words.clear()
  index.words.set(text, word)
  return word
}

const letterGroups = (word: string): number[] => {
  const padded = `<${word}>`
  const groups: number[] = []
  for (let length = 3; length <= 5; length++) for (let at = 0; at + length <= padded.length; at++) groups.push(hash(padded.slice(at, at + length)))
  return groups
}

const conceptsOf = (index: Index, word: string): Concept[] => {
  const found = new Set(index.exact.get(word))
  for (const [stem, concept] of index.stems) if (word.startsWith(stem)) found.add(concept)
  for (const [part, concept] of index.parts) if (word.includes(part)) found.add(concept)
  return [...found]
}

/** The concepts that the words of one sentence name, in order. */
export const findConcepts = (words: Word[]): Concept[] => {
  const found: Concept[] = []
  for (const [at, word] of words.entries()) {
    for (const { words: phrase, concept } of word.phrases) {
      const matches = phrase.every(({ text, isStem }, offset) => {
        const other = words[at + offset]?.text
        return isStem ? other?.startsWith(text) === true : other === text
      })
      if (matches) found.push(concept)
    }
    for (const concept of word.concepts) found.push(concept)
  }
  return found
}
