import { DuncanError } from '#platform'
import { decode, encode, isWhole } from './encode.ts'

/** What functions were asked, and answered: the function's place and its arguments as JSON -> the answer, encoded. */
export type Answers = Record<string, { value: unknown; later: boolean }>

const questionOf = (path: string, args: unknown[]): string => `${path} ${JSON.stringify(encode(args))}`

/**
 * The same value, with functions that note what they are asked and what they answer. Planning looks at nothing but what it is
 * handed: its data and these answers together are all that it can know.
 */
export function record<T extends object>(value: T): { watched: T; answers: Answers } {
  const answers: Answers = {}

  const seen = new Map<object, unknown>()

  function watch(part: unknown, path: string): unknown {
    if (typeof part === 'function') return (...args: unknown[]) => noted(path, args, (part as (...given: unknown[]) => unknown)(...args))
    if (typeof part !== 'object' || part === null || isWhole(part)) return part
    if (!seen.has(part)) {
      const watched = Object.entries(part).map(([key, item]) => [key, watch(item, `${path}/${key}`)] as const)
      const isSame = watched.every(([key, item]) => item === (part as Record<string, unknown>)[key])
      seen.set(part, isSame ? part : Array.isArray(part) ? watched.map(([, item]) => item) : Object.fromEntries(watched))
    }
    return seen.get(part)
  }

  function noted(path: string, args: unknown[], answer: unknown): unknown {
    const note = (given: unknown, later: boolean) => {
      answers[questionOf(path, args)] = { value: encode(given) ?? null, later }
      return given
    }
    return answer instanceof Promise ? answer.then((given: unknown) => note(given, true)) : note(answer, false)
  }

  return { watched: watch(value, '') as T, answers }
}

/** A function of a recorded value that answers as it did then. Throws `replay.not_asked` for what was not asked then. */
export const answering =
  (answers: Answers) =>
  (path: string) =>
  (...args: unknown[]): unknown => {
    const question = questionOf(path, args)
    const answer = Object.hasOwn(answers, question) ? answers[question] : undefined
    if (!answer) {
      throw new DuncanError(
        'replay.not_asked',
        `Planning asks now what it did not ask then: ${path}.`,
        'This release plans otherwise than the one that made the proposal; replay it with that one.',
      )
    }
    const given = decode(answer.value) ?? undefined
    return answer.later ? Promise.resolve(given) : given
  }
