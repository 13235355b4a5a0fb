import { type ReadLanguage, readLanguages } from './language.ts'
import { de } from './lexicon/de.ts'
import { en } from './lexicon/en.ts'
import { es } from './lexicon/es.ts'
import { fr } from './lexicon/fr.ts'
import { it } from './lexicon/it.ts'
import { nl } from './lexicon/nl.ts'
import { pl } from './lexicon/pl.ts'

/**
 * The words of the trade, grouped by meaning, so that what the classifier learns in one language holds in all.
 * `word` is exact, `stem*` a beginning, `*part*` anywhere (German compounds), `two_words` a phrase.
 */
export type Lexicon = Record<string, string>

const lexicons: Record<ReadLanguage, Lexicon> = { nl, fr, de, pl, en, es, it }

type Phrase = { words: { text: string; isStem: boolean }[]; concept: string }
type Index = { exact: Map<string, string[]>; stems: [string, string][]; parts: [string, string][]; phrases: Map<string, Phrase[]>; seen: Map<string, string[]> }

const buildIndex = (sources: Lexicon[]): Index => {
  const index: Index = { exact: new Map(), stems: [], parts: [], phrases: new Map(), seen: new Map() }
  for (const source of sources) {
    for (const [concept, entries] of Object.entries(source)) for (const entry of entries.split(/\s+/).filter(Boolean)) addEntry(index, concept, entry)
  }
  return index
}

const addEntry = (index: Index, concept: string, entry: string) => {
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

const mostWordsRemembered = 50_000

const conceptsOfWord = (index: Index, word: string): string[] => {
  const known = index.seen.get(word)
  if (known !== undefined) return known
  const found = new Set(index.exact.get(word))
  for (const [stem, concept] of index.stems) if (word.startsWith(stem)) found.add(concept)
  for (const [part, concept] of index.parts) if (word.includes(part)) found.add(concept)
  if (index.seen.size >= mostWordsRemembered) index.seen.clear()
  index.seen.set(word, [...found])
  return [...found]
}

/** The concepts that the words of one sentence name, in order; an unknown language is looked up in all of them. */
export const findConcepts = (tokens: string[], language: string): string[] => {
  const index = indexOf(language)
  const found: string[] = []
  for (const [at, token] of tokens.entries()) {
    if (token.startsWith('#')) {
      found.push(token)
      continue
    }
    for (const phrase of index.phrases.get(token) ?? []) {
      const matches = phrase.words.every(({ text, isStem }, offset) => {
        const word = tokens[at + offset]
        return isStem ? word?.startsWith(text) === true : word === text
      })
      if (matches) found.push(phrase.concept)
    }
    found.push(...conceptsOfWord(index, token))
  }
  return found
}
