import { may, type Right, type Staff } from '#people'
import type { Clock, DbClient } from '#platform'
import type { ProposalsPort } from '../approvals/port.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import type { Words } from '../words/index.ts'
import { actionsCommand } from './actions.ts'
import { debtorCommand, inboxCommand } from './debtor.ts'
import { findCommand } from './find.ts'
import { helpCommand } from './help.ts'
import { whyAnswer } from './why.ts'

export type Command = { staff: Staff; surface: string; text: string }

/** `staff`: who asks, and alone sees the answer. */
export type CommandDeps = { client: DbClient; clock: Clock; proposals: Pick<ProposalsPort, 'view'>; context: CardContext; staff: Staff }

/** One command: how it is typed, the right that it takes, and its answer, which only the asker sees. */
export type CommandEntry = {
  name: string
  usage: string
  help: (words: Words) => string
  right: Right
  run: (deps: CommandDeps, rest: string, staff: Staff) => Promise<ClickOutcome>
}

/** Every command, in the order in which help lists them. */
const commands: readonly CommandEntry[] = [
  { name: '/debtor', usage: '/debtor <name | number | invoice>', help: words => words.command.helpDebtor, right: 'look_up', run: debtorCommand },
  { name: '/inbox', usage: '/inbox <debtor>', help: words => words.command.helpInbox, right: 'look_up', run: inboxCommand },
  { name: '/actions', usage: '/actions [mine | team]', help: words => words.command.helpActions, right: 'look_up', run: actionsCommand },
  { name: '/duncan find', usage: '/duncan find <words>', help: words => words.command.helpFind, right: 'look_up', run: findCommand },
  { name: '/duncan why', usage: '/duncan why <proposal>', help: words => words.command.helpWhy, right: 'look_up', run: whyAnswer },
  {
    name: '/duncan help',
    usage: '/duncan help',
    help: words => words.command.helpHelp,
    right: 'look_up',
    run: async ({ context }) => helpCommand(commands, context),
  },
]

/** Runs what somebody typed. A command that is not known, or not theirs, is answered with words, never with silence. */
export async function runCommand(deps: CommandDeps, { staff, text }: Command): Promise<ClickOutcome> {
  const { words } = deps.context
  const typed = text.trim().replaceAll(/\s+/g, ' ')
  const command = commands.find(({ name }) => typed.toLowerCase() === name || typed.toLowerCase().startsWith(`${name} `))
  if (!command) return unknownCommand(deps, typed)
  if (!may(staff, command.right)) return { kind: 'refused', message: words.outcome.notAllowed }
  return command.run(deps, typed.slice(command.name.length).trim(), staff)
}

function unknownCommand({ context }: CommandDeps, typed: string): ClickOutcome {
  if (typed === '' || typed.toLowerCase() === '/duncan' || typed.toLowerCase() === 'help') return helpCommand(commands, context)
  const name = typed.startsWith('/')
    ? typed
        .split(' ')
        .slice(0, typed.toLowerCase().startsWith('/duncan ') ? 2 : 1)
        .join(' ')
    : typed
  return helpCommand(commands, context, context.words.command.unknown(name.slice(0, 60)))
}
