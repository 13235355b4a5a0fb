import type { ActionKind, ActionPayload } from '../action.ts'
import { actionSchemas } from '../action.ts'

/** What a person's edit changed of what was proposed; only tone leaves a proposal right. */
export type EditClass = 'tone' | 'fact' | 'amount' | 'recipient'

const gravest: EditClass[] = ['recipient', 'amount', 'fact', 'tone']

/** The gravest thing that an edit changed between the payload as proposed and as approved; undefined when they say the same. */
export function classifyEdit(kind: ActionKind, before: unknown, after: unknown): EditClass | undefined {
  const [old, now] = [actionSchemas[kind].safeParse(before).data, actionSchemas[kind].safeParse(after).data]
  if (!old || !now) return 'fact' // of another release: what cannot be compared is not taken for unchanged
  const changed = Object.keys({ ...old, ...now }).filter(field => JSON.stringify(old[field as never]) !== JSON.stringify(now[field as never]))
  const found = new Set(changed.flatMap(field => classOf(field, old, now)))
  return gravest.find(each => found.has(each))
}

/** Fields that follow from others, or that no reader ever sees. */
const silent = new Set(['amounts', 'days', 'needsFreshLedger', 'withheld', 'template', 'tone', 'plannedTone', 'language'])

function classOf(field: string, before: object, after: object): EditClass[] {
  if (silent.has(field)) return []
  if (field === 'to' || field === 'cc') return ['recipient']
  if (field === 'amount' || field === 'currency') return ['amount']
  if (field === 'title' || field === 'about' || field === 'detail') return ['tone'] // of a task: words for a colleague
  if (field !== 'text' && field !== 'subject') return ['fact']
  const texts = [before, after].map(payload => (payload as Record<string, string | undefined>)[field] ?? '')
  const own = 'amounts' in before ? (before as ActionPayload<'send_reply'>).amounts : []
  const found = classifyText(texts[0] ?? '', texts[1] ?? '', own)
  return found ? [found] : []
}

/**
 * What changed between two texts, by what a reader would act on: amounts, then other words with figures, names of months and days,
 * addresses and negations; a text that keeps fewer than half of its words says something else. Undefined when only spaces differ.
 */
export function classifyText(before: string, after: string, amounts: readonly string[] = []): Exclude<EditClass, 'recipient'> | undefined {
  const [old, now] = [wordsIn(before), wordsIn(after)]
  if (old.join(' ') === now.join(' ')) return undefined
  const known = new Set(amounts.map(amount => digitsOf(Number(amount).toFixed(2))))
  const isAmount = (word: string) => /[€$£]|^\d[\d.,']*[.,]\d\d$/.test(word) || known.has(digitsOf(word))
  if (differ(old, now, isAmount)) return 'amount'
  return !saysOtherFacts(before, after) && isReworded(old, now) ? 'tone' : 'fact'
}

/** Whether one text has a figure, an address, a day or a negation that the other has not. */
export const saysOtherFacts = (before: string, after: string): boolean =>
  differ(wordsIn(before), wordsIn(after), word => /[\d@]/.test(word) || isOfCalendar(word) || negations.has(word))

const wordsIn = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/\s+/u)
    .map(word => word.replaceAll(/^[^\p{L}\p{N}€$£]+|[^\p{L}\p{N}€$£]+$/gu, ''))
    .filter(Boolean)

const digitsOf = (word: string): string => word.replaceAll(/\D/g, '')

/** Whether the words that count are others now, whatever their order. */
const differ = (before: string[], after: string[], counts: (word: string) => boolean): boolean =>
  before.filter(counts).toSorted().join(' ') !== after.filter(counts).toSorted().join(' ')

/** Whether two texts share at least half of their words (Dice's coefficient). */
function isReworded(before: string[], after: string[]): boolean {
  const left = new Map<string, number>()
  for (const word of before) left.set(word, (left.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of after) {
    const count = left.get(word) ?? 0
    if (count > 0) shared += 1
    left.set(word, count - 1)
  }
  return (2 * shared) / (before.length + after.length) >= 0.5
}

const negations = new Set(
  `not no never none cannot without n't don't won't can't niet geen nooit zonder nicht kein keine keinen keiner keinem nie ohne ne pas aucun aucune jamais sans ni
   nie żaden żadna żadnych nigdy bez brak`.split(/\s+/u),
)
const calendarWords = new Set(
  `january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday today tomorrow
   januari februari maart mei juni juli augustus oktober maandag dinsdag woensdag donderdag vrijdag zaterdag zondag vandaag morgen overmorgen
   janvier février mars avril mai juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi dimanche aujourd'hui demain
   januar februar märz juni juli dezember montag dienstag mittwoch donnerstag freitag samstag sonntag heute übermorgen
   week weeks woche wochen semaine semaines month months maand maanden monat mois dziś dzisiaj jutro maja maju lutego lutym`.split(/\s+/u),
)
/** Polish declines them: by their stems. */
const declined = /^(?:stycz|marc[au]|kwiet|czerw|lipc|sierp|wrześ|paździer|listop|grud|ponie|wtor|środ|czwar|piąt|sobot|niedziel|tydzień|tygod|miesią)/u
const isOfCalendar = (word: string): boolean => calendarWords.has(word) || declined.test(word)
