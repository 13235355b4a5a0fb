import { sentencesDe } from './sentences/de.ts'
import { sentencesEn } from './sentences/en.ts'
import { sentencesFr } from './sentences/fr.ts'
import { sentencesNl } from './sentences/nl.ts'
import { sentencesPl } from './sentences/pl.ts'

/** The sentences of one language, each with what it is about in its first group. `change`: they want something done rather than told. */
export type Sentences = {
  polite: RegExp
  thanks: RegExp
  debtor: readonly RegExp[]
  inbox: readonly RegExp[]
  mine: readonly RegExp[]
  team: readonly RegExp[]
  cover: readonly RegExp[]
  /** What is at risk at all, and of one debtor. */
  risk: readonly RegExp[]
  riskOf: readonly RegExp[]
  report: readonly RegExp[]
  tasks: readonly RegExp[]
  /** Something to enter about a debtor: its form opens. */
  promise: readonly RegExp[]
  dispute: readonly RegExp[]
  hold: readonly RegExp[]
  why: readonly RegExp[]
  home: readonly RegExp[]
  help: readonly RegExp[]
  change: readonly RegExp[]
}

const all = [sentencesEn, sentencesNl, sentencesFr, sentencesDe, sentencesPl]

// Narrow sentences stand before wide ones: "what is waiting for me" before whatever is asked about a name.
const commands: [Exclude<keyof Sentences, 'polite' | 'thanks'>, (about: string) => string][] = [
  ['help', () => '/duncan help'],
  ['mine', () => '/actions mine'],
  ['team', () => '/actions team'],
  ['cover', () => '/duncan cover'],
  ['why', id => `/duncan why ${id}`],
  ['home', () => '/duncan home'],
  ['tasks', () => '/duncan tasks'],
  ['report', () => '/duncan report'],
  ['risk', () => '/risk'],
  ['promise', name => `/duncan promise ${name}`],
  ['dispute', name => `/duncan dispute ${name}`],
  ['hold', name => `/duncan hold ${name}`],
  ['riskOf', name => `/risk ${name}`],
  ['inbox', name => `/inbox ${name}`],
  ['debtor', name => `/debtor ${name}`],
  // Nothing is ever done for a sentence: who wants something done is shown what waits for them, with its buttons.
  ['change', () => '/actions mine'],
]

const longest = 300

/** The command that a sentence in any of the five languages asks for; undefined when it is none that is known. It looks something up, or opens a form. */
export function readSentence(text: string): string | undefined {
  const sentence = bare(text.slice(0, longest))
  for (const [kind, write] of commands) {
    for (const pattern of all.flatMap(sentences => sentences[kind])) {
      const found = pattern.exec(sentence)
      if (found) return write(nameOf(found[1] ?? ''))
    }
  }
  return undefined
}

/** Without what is said for politeness, and without the marks at its end. */
function bare(text: string): string {
  let sentence = text.replaceAll(/\s+/g, ' ').trim()
  for (let before = ''; before !== sentence; ) {
    before = sentence
    sentence = sentence.replace(/[\s?!.,;]+$/u, '')
    for (const { polite, thanks } of all) sentence = sentence.replace(polite, '').replace(thanks, '').trim()
  }
  return sentence
}

const nameOf = (about: string): string =>
  about
    .replaceAll(/^(?:the|de|het|la|le|les|der|die|das|invoice|factuur|facture|rechnung|faktura)\s+(?=\S)/giu, '')
    .replaceAll(/^["“„«']|["”»']$/gu, '')
    .trim()
