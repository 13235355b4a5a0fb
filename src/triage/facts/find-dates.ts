import type { Caught, DateSaid, DateWords } from './date-said.ts'
import { longest, openingAt, openingsOf } from './pattern-openings.ts'
import { de } from './words/dates-de.ts'
import { en } from './words/dates-en.ts'
import { es } from './words/dates-es.ts'
import { fr } from './words/dates-fr.ts'
import { it } from './words/dates-it.ts'
import { nl } from './words/dates-nl.ts'
import { pl } from './words/dates-pl.ts'

/** A day that a text names: where, and what it says. */
export type DateMention = { start: number; end: number; said: DateSaid }

const languages: Record<string, DateWords> = { nl, fr, de, pl, en, es, it }
const maxMentions = 200

type Rule = { pattern: RegExp; openings: Set<string>; said: (match: RegExpExecArray) => DateSaid | undefined }
/** The places where a rule may match at all, and the rules for each opening of a text there. */
type Grammar = { places: RegExp; byOpening: ReadonlyMap<string, Rule[]> }
const compiled = new Map<string, Grammar>()

/** The days that a folded text names, in order, none overlapping. A mail of no known language is read in all of them. */
export function findDates(folded: string, language: string): DateMention[] {
  const words = languages[language] ? [language] : Object.keys(languages)
  const grammars = [...(/\d/.test(folded) ? [numericGrammar] : []), ...words.map(grammarOf)]
  const mentions = grammars
    .flatMap(grammar => matchesOf(grammar, folded))
    .filter(({ said }) => !(isMonthFirst(said) && languages[language] && language !== 'en'))
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
  const kept: DateMention[] = []
  for (const mention of mentions) {
    if (kept.length === maxMentions) break
    const previous = kept.at(-1)
    if (mention.start < (previous?.end ?? 0)) continue
    // "Wednesday, 27.5.": the weekday is an ornament of the day that follows.
    if (
      previous?.said.kind === 'weekday' &&
      (mention.said.kind === 'day' || mention.said.kind === 'day_of_month') &&
      ornament.test(folded.slice(previous.end, mention.start))
    )
      kept[kept.length - 1] = { ...mention, start: previous.start, said: { ...mention.said, weekday: previous.said.weekday } }
    else if (mention.said.kind === 'later') kept.push({ ...mention, said: { ...mention.said, ...(previous && { than: previous.said }) } })
    else kept.push(mention)
  }
  return kept
}

/** "5/30" is a day of American mails; elsewhere it is a fraction. */
const isMonthFirst = (said: DateSaid): boolean => said.kind === 'day' && said.unsure === true && said.year === undefined

const ornament = /^[\s,.(]{1,3}(?:(?:the|de|den|dem|le|el|il|dnia|am|op|on)\s)?$/

function matchesOf(grammar: Grammar, folded: string): DateMention[] {
  const found: DateMention[] = []
  for (const { index } of folded.matchAll(grammar.places)) {
    const opening = openingAt(folded, index)
    for (let length = 1; length <= longest; length++)
      for (const { pattern, said } of grammar.byOpening.get(opening.slice(0, length)) ?? []) {
        if (found.length >= maxMentions) return found
        pattern.lastIndex = index
        const match = pattern.exec(folded)
        const meant = match && said(match)
        if (!meant) continue
        // The full stop after a month's name ends the sentence more often than it abbreviates the month.
        const end = index + match[0].length - (/[a-z]\.$/.test(match[0]) ? 1 : 0)
        found.push({ start: index, end, said: meant })
      }
  }
  return found
}

/** The rules by the openings that a text may have where they match. */
function byOpenings(rules: Rule[]): Grammar['byOpening'] {
  const byOpening = new Map<string, Rule[]>()
  for (const rule of rules)
    for (const opening of rule.openings) {
      const others = byOpening.get(opening)
      if (others) others.push(rule)
      else byOpening.set(opening, [rule])
    }
  return byOpening
}

// Folded text is lower case without accents, so plain classes do, and are much faster than those of Unicode.
const before = '(?<![a-z0-9])'
const after = '(?![a-z0-9])'
const wordStart = /(?<![a-z0-9])[a-z0-9]/g

const numericRules: Omit<Rule, 'openings'>[] = [
  {
    pattern: /(?<![\w./-])(\d{4})-(\d{2})-(\d{2})(?![\w/-]|\.\d)/y,
    said: match => ({ kind: 'day', year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }),
  },
  // 24/04, 24-04-2026, 30.11., 30.11.26: day first. A dot needs a closing dot or a year, since 30.11 may be money.
  {
    pattern: /(?<![\w.,/-])(\d{1,2})(?:([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?|\. ?(\d{1,2})\.(?: ?(\d{4}|\d{2}))?)(?!(?!r(?![a-z]))[\w/]|[-.,]\d)/y,
    said: match => numericDay(Number(match[1]), Number(match[3] ?? match[5]), match[4] ?? match[6]),
  },
  {
    pattern:
      /(?<=(?<![a-z])(?:am|bis|zum|bis zum|ab|vom|do|dnia|od|na|op|per|voor|le|au|on|by|before|until|till|tot|il|entro|el|und|oder|spatestens)\s)(\d{1,2})\.(\d{1,2})(?![\w%]|[.,]\d|\.|\s?(?:€|eur|pln|zl|uhr|uur|h(?![a-z])|tys))/y,
    said: match => numericDay(Number(match[1]), Number(match[2]), undefined),
  },
]

const openingsOfNumbers = new Set(['#'])
const numericGrammar: Grammar = {
  places: /(?<![\w./-])\d/g,
  byOpening: byOpenings(numericRules.map(rule => ({ ...rule, openings: openingsOfNumbers }))),
}

function numericDay(first: number, second: number, year: string | undefined): DateSaid | undefined {
  if (first < 1 || second < 1 || first > 31 || second > 31) return undefined
  const isAmerican = second > 12 && first <= 12
  if (second > 12 && !isAmerican) return undefined
  const [day, month] = isAmerican ? [second, first] : [first, second]
  return { kind: 'day', day, month, ...(year && { year: fullYear(year) }), unsure: isAmerican }
}

const fullYear = (year: string): number => (year.length === 2 ? 2000 : 0) + Number(year)

function grammarOf(language: string): Grammar {
  const known = compiled.get(language)
  if (known) return known
  const words = languages[language]
  // "In 8 Tagen" is a week: of two that fit the same words, the one that spells them out is meant.
  const ordered = (words?.rules ?? []).toSorted(([a], [b]) => Number(a.includes('{')) - Number(b.includes('{')))
  const grammar = { places: wordStart, byOpening: byOpenings(words ? ordered.map(([pattern, said]) => compileRule(pattern, said, words)) : []) }
  compiled.set(language, grammar)
  return grammar
}

const lookAround = /\(\?<?[=!][^()]*\)/g
const spaced = (pattern: string): string => pattern.replace(/ (\?)?/g, (_, optional) => (optional ? String.raw`\s{0,3}` : String.raw`\s{1,3}`))

function compileRule(pattern: string, said: (caught: Caught) => DateSaid, words: DateWords): Rule {
  const counts = Object.keys(words.counts).toSorted((a, b) => b.length - a.length)
  const ordinals = words.ordinals.toSorted((a, b) => b.length - a.length).join('|')
  const source = spaced(pattern)
    .replace('{wd}', `(?<wd>${words.weekdays.map(word => `(?:${word})`).join('|')})`)
    .replace('{month}', `(?<month>${words.months.map(word => `(?:${word})`).join('|')})`)
    .replace('{n}', String.raw`(?:\d{1,2}\s?(?:-|to|or|tot|of|bis|oder|a|ou|do|lub|o)\s?)?(?<n>\d{1,3}|${counts.join('|')})`)
    .replace('{mm}', String.raw`(?<mm>\d{1,2})`)
    .replace('{od}', `(?<d>\\d{1,2}|${ordinals})`)
    .replace('{o}', `(?<d>${ordinals})`)
    .replace('{d}', String.raw`(?<d>\d{1,2})`)
    .replace('{y}', String.raw`(?<y>20\d\d|'?\d\d(?!\d|[:.,]\d|\s?(?:%|eur|€|uur|uhr)))`)
  const weekdays = words.weekdays.map(word => new RegExp(`^(?:${word.replace(lookAround, '')})$`))
  const months = words.months.map(word => new RegExp(`^(?:${word})$`))
  return {
    pattern: new RegExp(`${before}(?:${source})${after}`, 'y'),
    openings: openingsOf(source),
    said: match => {
      const { n = '', d = '', y, wd = '', month = '', mm } = match.groups ?? {}
      const caught = {
        n: words.counts[n.replace(/\s+/g, ' ')] ?? Number(n),
        d: /\d/.test(d) ? Number(d) : words.ordinals.findIndex(word => new RegExp(`^(?:${word})$`).test(d)) + 1,
        y: y === undefined ? undefined : fullYear(y.replace("'", '')),
        wd: weekdays.findIndex(word => word.test(wd)) + 1,
        month: mm === undefined ? months.findIndex(word => word.test(month)) + 1 : Number(mm),
      }
      return d !== '' && (caught.d < 1 || caught.d > 31) ? undefined : said(caught)
    },
  }
}
