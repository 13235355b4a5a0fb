import { cardSchema } from '../card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandEntry } from './registry.ts'

/** The list of commands; `problem` says why it is shown when nobody asked for it. */
export function helpCommand(commands: readonly CommandEntry[], { words }: CardContext, problem?: string): ClickOutcome {
  const title = words.command.helpTitle
  const card = cardSchema.parse({
    title,
    ...(problem && { subtitle: problem }),
    elements: [{ type: 'facts', facts: commands.map(({ usage, help }) => ({ label: usage, value: help(words) })) }],
    fallback: [problem, title, ...commands.map(({ usage }) => usage)].filter(Boolean).join('\n'),
  })
  return { kind: 'private', card }
}
