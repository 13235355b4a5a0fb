import { z } from 'zod'
import type { Clock, DbClient, Log } from '#platform'
import { parseQuery } from '#search'
import { createQuestion, type TriageConfig } from '#triage'

/** The commands that a sentence may come to: they look something up, or open a form for its asker to fill in. None does anything by itself. */
const wholePortfolio = ['actions', 'tasks', 'report', 'risk'] as const
const aboutDebtor = ['debtor', 'inbox', 'risk', 'promise', 'dispute', 'hold', 'note'] as const
const alone = ['entries', 'payments', 'home', 'settings', 'cover', 'mailboxes', 'import', 'autonomy', 'help'] as const
const commands = [...new Set([...wholePortfolio, ...aboutDebtor, ...alone, 'find', 'why', 'none'] as const)]

const requestSchema = z.strictObject({
  command: z.enum(commands),
  argument: z.string().nullable(),
  whose: z.enum(['mine', 'team']).nullable(),
})
type Request = z.infer<typeof requestSchema>

/** Reads a sentence as a typed command; undefined when nobody can tell, or the model cannot be asked. */
export type AskModel = (sentence: string) => Promise<string | undefined>

const longestSentence = 600
const longestArgument = 120

/** Sentences read by the language model; undefined where none is configured. */
export function createAskModel(config: TriageConfig, deps: { client: DbClient; clock: Clock; log: Log }): AskModel | undefined {
  const form = { name: 'assistant_command', schema: requestSchema }
  const ask = createQuestion(config, deps, { file: 'assistant/read-request.md', marker: 'REQUEST-DATA', form })
  if (!ask) return undefined
  return async sentence => {
    const text = sentence.slice(0, longestSentence)
    const request = await ask({ text })
    return request && commandOf(request, text)
  }
}

/** The command that the answer comes to; undefined for one that does not fit its sentence. Whatever stands in it, it is a command of the lists above. */
function commandOf({ command, argument, whose }: Request, sentence: string): string | undefined {
  const about = argument?.replaceAll(/\s+/g, ' ').trim() ?? ''
  if (command === 'none' || about.length > longestArgument) return undefined
  if (command === 'find') return isSearch(about) ? `/duncan find ${about}` : undefined
  if (command === 'why') return /^\d{1,9}$/.test(about) && isIn(sentence, about) ? `/duncan why ${about}` : undefined
  if (includes(alone, command)) return `/duncan ${command}`
  // A name that is not in the sentence was made up.
  if (includes(aboutDebtor, command) && about !== '') return isIn(sentence, about) ? `${typed(command)} ${about}` : undefined
  return includes(wholePortfolio, command)
    ? [typed(command), command === 'actions' ? (whose ?? 'team') : whose === 'mine' && 'mine'].filter(Boolean).join(' ')
    : undefined
}

const typed = (command: string): string => (['debtor', 'inbox', 'risk', 'actions'].includes(command) ? `/${command}` : `/duncan ${command}`)

/** A search and nothing beside it: "forget" and "save as" behind it would change what is kept. */
const isSearch = (text: string): boolean =>
  text !== '' && !/^(?:saved|forget)\b/i.test(text) && !/\b(?:save|share) as\b/i.test(text) && parseQuery(text).kind === 'parsed'

const isIn = (sentence: string, words: string): boolean => fold(sentence).includes(fold(words))
const fold = (text: string): string => text.replaceAll(/\s+/g, ' ').toLowerCase()

const includes = <T extends string>(list: readonly T[], command: string): command is T => list.some(known => known === command)
