import { sightOf } from '#people'
import { lookUp } from '#search'
import type { CardElement } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import type { Words } from '../words/index.ts'
import { readSentence } from './read-sentence.ts'

const longestName = 60

/**
 * Answers a sentence by the command that it asks for, and says which one that was; `typed` is the command that it is when it only lacks
 * its slash. The language model reads it where there is one, patterns where there is none, or where it cannot tell. Undefined when nobody
 * can tell what is asked. `run` judges the rights of whoever asks, as for everything that is typed.
 */
export async function answerSentence(
  deps: CommandDeps,
  text: string,
  typed: string | undefined,
  run: (command: string) => Promise<ClickOutcome>,
): Promise<ClickOutcome | undefined> {
  const pattern = readSentence(text)
  if (pattern === undefined && typed !== undefined) return run(typed)
  const command = (await deps.askModel?.(text)) ?? pattern ?? (await readName(deps, text))
  return command === undefined ? undefined : tellCommand(await run(command), command, deps.context.words)
}

/** A debtor's name, number or invoice alone, or a number within a sentence that is one debtor's. */
async function readName({ client, staff }: CommandDeps, text: string): Promise<string | undefined> {
  const numbers = [...text.matchAll(/(?:^|\s)#?([\p{L}\d][\p{L}\d/.-]*\d{3}[\p{L}\d/.-]*)/gu)].map(([, number = '']) => number.replace(/[.-]+$/, ''))
  for (const query of [text, ...numbers]) {
    if (query.length > longestName) continue
    const { meant, hits } = await lookUp(client, sightOf(staff), query, { limit: 1 })
    // Any sentence is a little like some name.
    if (meant || (query === text && hits[0] && hits[0].by !== 'similar_name')) return `/debtor ${query}`
  }
  return undefined
}

function tellCommand(outcome: ClickOutcome, command: string, { assistant }: Words): ClickOutcome {
  const told = assistant.ran(oneLine(command, 100))
  if (outcome.kind === 'refused') return { ...outcome, message: `${outcome.message} (${told})` }
  if (outcome.kind === 'done') return { ...outcome, message: [outcome.message, `(${told})`].filter(Boolean).join(' ') }
  const line: CardElement = { type: 'text', text: told, tone: 'neutral', weight: 'subtle' }
  return { ...outcome, card: { ...outcome.card, elements: [line, ...outcome.card.elements] } }
}
