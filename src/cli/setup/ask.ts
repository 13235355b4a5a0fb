import { confirm, input, password, select } from '@inquirer/prompts'
import { DuncanError } from '#platform'
import { plainKey } from './read-answers.ts'

type Choice<T extends string> = { value: T; name: string }
type Check = (text: string) => string | undefined

/** Questions of the setup. Each has a key (`company.name`), by which an answers file, a flag or the environment answers it beforehand. */
export type Ask = {
  /** `check` returns what is wrong. */
  text: (key: string, question: string, options?: { initial?: string | undefined; check?: Check; isOptional?: boolean }) => Promise<string>
  choose: <T extends string>(key: string, question: string, choices: Choice<T>[], initial?: T) => Promise<T>
  confirm: (key: string, question: string, initial: boolean) => Promise<boolean>
  secret: (key: string, question: string, options?: { isOptional?: boolean }) => Promise<string>
  /** Whether the key, or one below it, is answered beforehand. */
  isAnswered: (key: string) => boolean
  isInteractive: boolean
}

const unanswered = (key: string, question: string): DuncanError =>
  new DuncanError(
    'setup.answer',
    `Nobody can be asked here, and ${key} is not answered: ${question}`,
    `Write ${key} into the answers file, add --set ${key}=..., or set ${environmentName(key)}.`,
  )
const wrong = (key: string, problem: string): DuncanError =>
  new DuncanError('setup.answer', `The answer to ${key} cannot be used: ${problem}`, 'Correct the answer and run `duncan setup` again; it goes on here.')

/** `answers`: by plain key. Without a terminal every question without an answer and a usual one ends the setup. */
export function createAsk(answers: ReadonlyMap<string, string>, isInteractive: boolean): Ask {
  return {
    isInteractive,
    isAnswered: key => [...answers.keys()].some(each => `${each}.`.startsWith(`${plainKey(key)}.`)),
    text: async (key, question, { initial, check, isOptional = false } = {}) => {
      const problemOf = (text: string) => (text.trim() === '' ? (isOptional ? undefined : 'an answer is needed.') : check?.(text.trim()))
      const answer = answers.get(plainKey(key)) ?? (isInteractive ? undefined : (initial ?? (isOptional ? '' : undefined)))
      if (answer === undefined && !isInteractive) throw unanswered(key, question)
      if (answer === undefined) {
        const given = await input({ message: question, ...(initial !== undefined && { default: initial }), validate: text => problemOf(text) ?? true })
        return given.trim()
      }
      const problem = problemOf(answer)
      if (problem) throw wrong(key, problem)
      return answer.trim()
    },
    choose: async (key, question, choices, initial) => {
      const answer = answers.get(plainKey(key))
      const found = choices.find(({ value }) => value === answer)
      if (answer !== undefined && !found) throw wrong(key, `choose from ${choices.map(({ value }) => value).join(', ')}.`)
      if (found) return found.value
      if (isInteractive) return select({ message: question, choices, ...(initial && { default: initial }) })
      if (initial === undefined) throw unanswered(key, question)
      return initial
    },
    confirm: async (key, question, initial) => {
      const answer = answers.get(plainKey(key))
      if (answer !== undefined) return /^(?:true|yes|y|1)$/i.test(answer)
      return isInteractive ? confirm({ message: question, default: initial }) : initial
    },
    secret: async (key, question, { isOptional = false } = {}) => {
      const answer = answers.get(plainKey(key)) ?? (isInteractive || !isOptional ? undefined : '')
      if (answer !== undefined) return answer
      if (!isInteractive) throw unanswered(key, question)
      return password({ message: question, mask: '*', validate: text => isOptional || text !== '' || 'an answer is needed.' })
    },
  }
}

/** `company.name` is answered by DUNCAN_SETUP_COMPANY_NAME. */
const environmentName = (key: string): string => `DUNCAN_SETUP_${plainKey(key).replaceAll('.', '_').toUpperCase()}`
