import type { Caught, DateSaid, DateWords } from './date-said.ts'
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

type Rule = { pattern: RegExp; said: (match: RegExpExecArray) => DateSaid | undefined }
/** A language's rules by what a text must hold for any of them to match; most texts hold little of it. */
type Group = { needs: readonly RegExp[]; rules: Rule[] }
const compiled = new Map<string, Group[]>()

/** The days that a folded text names, in order, none overlapping. A mail of no known language is read in all of them. */
export function findDates(folded: string, language: string): DateMention[] {
  const words = languages[language] ? [language] : Object.keys(languages)
  const groups = [...(/\d/.test(folded) ? [{ needs: [], rules: numericRules }] : []), ...words.flatMap(groupsOf)]
  const mentions = groups
    .filter(({ needs }) => needs.every(need => need.test(folded)))
    .flatMap(({ rules }) => rules.flatMap(rule => matchesOf(rule, folded)))
    .toSorted((a, b) => a.start - b.start || b.end - a.end)
  const kept: DateMention[] = []
  for (const mention of mentions) {
    if (kept.length === maxMentions) break
    const previous = kept.at(-1)
    if (mention.start < (previous?.end ?? 0)) continue
    // "Wednesday, 27.5.": the weekday is an ornament of the day that follows.
    const isOrnament =
      previous?.said.kind === 'weekday' &&
      (mention.said.kind === 'day' || mention.said.kind === 'day_of_month') &&
      ornament.test(folded.slice(previous.end, mention.start))
    if (previous && isOrnament) kept[kept.length - 1] = { ...mention, start: previous.start }
    else kept.push(mention)
  }
  return kept
}

const ornament = /^[\s,(]{1,3}(?:(?:the|de|den|dem|le|el|il|dnia|am|op|on)\s)?$/

function matchesOf(rule: Rule, folded: string): DateMention[] {
  const found: DateMention[] = []
  rule.pattern.lastIndex = 0
  for (let match = rule.pattern.exec(folded); match && found.length < maxMentions; match = rule.pattern.exec(folded)) {
    const said = rule.said(match)
    // The full stop after a month's name ends the sentence more often than it abbreviates the month.
    const length = /[a-z]\.$/.test(match[0]) ? match[0].length - 1 : match[0].length
    if (said) found.push({ start: match.index, end: match.index + length, said })
  }
  return found
}

// Folded text is lower case without accents, so plain classes do, and are much faster than those of Unicode.
const before = '(?<![a-z0-9])'
const after = '(?![a-z0-9])'

const numericRules: Rule[] = [
  {
    pattern: /(?<![\w./-])(\d{4})-(\d{2})-(\d{2})(?![\w/-]|\.\d)/g,
    said: match => ({ kind: 'day', year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) }),
  },
  // 24/04, 24-04-2026, 30.11., 30.11.26: day first. A dot needs a closing dot or a year, since 30.11 may be money.
  {
    pattern: /(?<![\w.,/-])(\d{1,2})(?:([/-])(\d{1,2})(?:\2(\d{4}|\d{2}))?|\. ?(\d{1,2})\.(?: ?(\d{4}|\d{2}))?)(?![\w/]|[-.,]\d)/g,
    said: match => numericDay(Number(match[1]), Number(match[3] ?? match[5]), match[4] ?? match[6]),
  },
  {
    pattern:
      /(?<=(?<![a-z])(?:am|bis|zum|bis zum|ab|vom|do|dnia|od|na|op|per|voor|le|au|on|by|before|until|till|tot|il|entro|el|und|oder|spatestens)\s)(\d{1,2})\.(\d{1,2})(?![\w%]|[.,]\d|\.|\s?(?:€|eur|pln|zl|uhr|uur|h(?![a-z])|tys))/g,
    said: match => numericDay(Number(match[1]), Number(match[2]), undefined),
  },
]

function numericDay(first: number, second: number, year: string | undefined): DateSaid | undefined {
  if (first < 1 || second < 1 || first > 31 || second > 31) return undefined
  const isMonthFirst = second > 12 && first <= 12
  if (second > 12 && !isMonthFirst) return undefined
  const [day, month] = isMonthFirst ? [second, first] : [first, second]
  return { kind: 'day', day, month, ...(year && { year: fullYear(year) }), unsure: isMonthFirst }
}

const fullYear = (year: string): number => (year.length === 2 ? 2000 : 0) + Number(year)

function groupsOf(language: string): Group[] {
  const known = compiled.get(language)
  if (known) return known
  const words = languages[language]
  const groups = words ? compileGroups(words) : []
  compiled.set(language, groups)
  return groups
}

function compileGroups(words: DateWords): Group[] {
  const anyOf = (alternatives: readonly string[]) => new RegExp(`${before}(?:${alternatives.map(word => spaced(word)).join('|')})${after}`)
  const needs = {
    weekday: anyOf(words.weekdays),
    // "Juniwoche" begins with one.
    month: new RegExp(`${before}(?:${words.months.join('|')})`),
    digit: /\d/,
    count: new RegExp(String.raw`\d|${anyOf(Object.keys(words.counts)).source}`),
  }
  const groups = new Map<string, Group>()
  const wordRules = words.rules.filter(([pattern]) => !pattern.includes('{'))
  const wordGroup = { needs: [anyOf(wordRules.map(([pattern]) => pattern))], rules: wordRules.map(([pattern, said]) => compileRule(pattern, said, words)) }
  for (const [pattern, said] of words.rules) {
    if (!pattern.includes('{')) continue
    const names = [
      ...(pattern.includes('{month}') ? (['month'] as const) : []),
      ...(pattern.includes('{d}') ? (['digit'] as const) : []),
      ...(pattern.includes('{n}') ? (['count'] as const) : []),
      // Before a day's number the weekday is an ornament.
      ...(pattern.includes('{wd}') && !pattern.includes('{d}') ? (['weekday'] as const) : []),
    ]
    const group = groups.get(names.join()) ?? { needs: names.map(name => needs[name]), rules: [] }
    group.rules.push(compileRule(pattern, said, words))
    groups.set(names.join(), group)
  }
  return [wordGroup, ...groups.values()]
}

const spaced = (pattern: string): string => pattern.replace(/ (\?)?/g, (_, optional) => (optional ? String.raw`\s{0,3}` : String.raw`\s{1,3}`))

function compileRule(pattern: string, said: (caught: Caught) => DateSaid, words: DateWords): Rule {
  const counts = Object.keys(words.counts).toSorted((a, b) => b.length - a.length)
  const source = spaced(pattern)
    .replace('{wd}', `(?<wd>${words.weekdays.map(word => `(?:${word})`).join('|')})`)
    .replace('{month}', `(?<month>${words.months.map(word => `(?:${word})`).join('|')})`)
    .replace('{n}', String.raw`(?<n>\d{1,3}|${counts.join('|')})`)
    .replace('{d}', String.raw`(?<d>\d{1,2})`)
    .replace('{y}', String.raw`(?<y>20\d\d|'?\d\d(?!\d|[:.,]\d|\s?(?:%|eur|€|uur|uhr)))`)
  const weekdays = words.weekdays.map(word => new RegExp(`^(?:${word})$`))
  const months = words.months.map(word => new RegExp(`^(?:${word})$`))
  return {
    pattern: new RegExp(before + source + after, 'g'),
    said: match => {
      const { n = '', d = '', y, wd = '', month = '' } = match.groups ?? {}
      const caught = {
        n: words.counts[n.replace(/\s+/g, ' ')] ?? Number(n),
        d: Number(d),
        y: y === undefined ? undefined : fullYear(y.replace("'", '')),
        wd: weekdays.findIndex(word => word.test(wd)) + 1,
        month: months.findIndex(word => word.test(month)) + 1,
      }
      return d !== '' && (caught.d < 1 || caught.d > 31) ? undefined : said(caught)
    },
  }
}
