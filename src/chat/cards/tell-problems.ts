import type { Problem } from '#proposals'
import type { Format } from '../format.ts'
import type { Words } from '../words/index.ts'

/** Why something was refused, stopped, or did not leave, in the reader's language. */
export const tellProblems = (problems: readonly Problem[], words: Words, format: Format): string =>
  problems.map(problem => tell(problem, words, format)).join(' ')

function tell(problem: Problem, { problems }: Words, format: Format): string {
  // The table pairs each code with its own words; the compiler cannot follow the pairing through a union.
  const say = problems[problem.code] as string | ((about: Problem, format: Format) => string)
  return typeof say === 'string' ? say : say(problem, format)
}
