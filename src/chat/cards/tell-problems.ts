import type { Problem } from '#proposals'
import type { Format } from '../format.ts'
import type { Words } from '../words/index.ts'
import { tell } from '../words/sentences.ts'

/** Why something was refused, stopped, or did not leave, in the reader's language. */
export const tellProblems = (problems: readonly Problem[], words: Words, format: Format): string =>
  problems.map(problem => tell(words.problems, problem, format)).join(' ')
