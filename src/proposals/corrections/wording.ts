import { createHash } from 'node:crypto'
import { classifyText, saysOtherFacts } from '../autonomy/classify-edit.ts'
import type { Correction } from './correction.ts'

const paragraphsOf = (text: string): string[] => text.split(/\n{2,}/).map(paragraph => paragraph.trim())

/** A paragraph whose words do not depend on the case: it holds no figures. */
const isGeneral = (paragraph: string): boolean => !/\d/.test(paragraph)

/**
 * Which paragraphs a person said in other words. Only what could stand in any mail is learned: no figures, the same said otherwise, or
 * greeting and closing; never an explanation that somebody wrote for one case.
 */
export function learnWording(before: string, after: string): { from: string; to: string }[] {
  const [old, now] = [paragraphsOf(before), paragraphsOf(after)]
  const changed = pairs(old, now)
  return changed.filter(({ from, to }) => {
    if (from === to || !isGeneral(from) || !isGeneral(to)) return false
    const isFrame = from === old[0] || from === old.at(-1)
    return to !== '' && (isFrame ? isGreeting(to) && !saysOtherFacts(from, to) : classifyText(from, to) === 'tone')
  })
}

/** A greeting or closing: short lines that are no sentence, since a sentence may be about one case. */
const isGreeting = (paragraph: string): boolean =>
  paragraph.split('\n').every(line => line.length <= 60 && !/[.!?…]\s.*\s|[,;:–-]\s+\S+\s+\S+\s+\S/u.test(line))

/** Paragraphs of two texts that stand between the same neighbours, one for one; others cannot be told apart. */
function pairs(old: string[], now: string[]): { from: string; to: string }[] {
  const found: { from: string; to: string }[] = []
  let [i, j] = [0, 0]
  while (i < old.length && j < now.length) {
    if (old[i] === now[j]) {
      i += 1
      j += 1
      continue
    }
    const nextSame = old.findIndex((paragraph, index) => index >= i && now.indexOf(paragraph, j) >= 0)
    const [endOld, endNow] = nextSame < 0 ? [old.length, now.length] : [nextSame, now.indexOf(old[nextSame] ?? '', j)]
    if (endOld - i === endNow - j) for (let step = 0; step < endOld - i; step++) found.push({ from: old[i + step] ?? '', to: now[j + step] ?? '' })
    ;[i, j] = [endOld, endNow]
  }
  return found
}

/** What a learned wording is known again by: its language and the paragraph that it replaces. */
export const wordingKey = (language: string, from: string): string => `${language} ${createHash('sha256').update(from).digest('hex').slice(0, 16)}`

/** A text with the paragraphs that were said otherwise before. */
export function applyWording(text: string, corrections: readonly Correction[]): string {
  const wordings = corrections.flatMap(({ rule, change }) => (rule === 'wording' ? [change] : []))
  if (wordings.length === 0) return text
  return text
    .split(/(\n{2,})/)
    .map(part => wordings.find(({ from }) => from === part.trim())?.to ?? part)
    .join('')
}
