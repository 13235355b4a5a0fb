import { debtorOverview, findDebtors } from '#search'
import { debtorCard } from '../cards/debtor-card.ts'
import { inboxCard } from '../cards/inbox-card.ts'
import type { ClickOutcome } from '../click.ts'
import { searchContext } from '../search-context.ts'
import { pickDebtor } from './pick-debtor.ts'
import type { CommandDeps } from './registry.ts'

const inboxLength = 10
const waitingLength = 5

/** `/debtor`: the status card of the one debtor that fits, or all that could be meant. */
export const debtorCommand = (deps: CommandDeps, query: string): Promise<ClickOutcome> => oneDebtor(deps, query, 'debtor.show', debtorAnswer)

/** `/inbox`: the mails of the one debtor that fits, or all debtors that could be meant. */
export const inboxCommand = (deps: CommandDeps, query: string): Promise<ClickOutcome> => oneDebtor(deps, query, 'debtor.inbox', inboxAnswer)

type Answer = (deps: CommandDeps, debtorId: number) => Promise<ClickOutcome>

async function oneDebtor(deps: CommandDeps, query: string, action: 'debtor.show' | 'debtor.inbox', answer: Answer): Promise<ClickOutcome> {
  const { words } = deps.context
  if (query === '') return { kind: 'refused', message: words.command.missingQuery(action === 'debtor.show' ? '/debtor' : '/inbox') }
  const found = await findDebtors(deps.client, query)
  const [only] = found
  // A name that is only similar was not what was typed: even a single one is asked about.
  if (only && found.length === 1 && only.by !== 'similar_name') return answer(deps, only.id)
  return { kind: 'private', card: pickDebtor(query, found, action, words.command.pickTitle(query.slice(0, 60)), deps.context) }
}

/** The status card of a debtor as of today. */
export async function debtorAnswer(deps: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { client, proposals, context } = deps
  const overview = await debtorOverview(client, searchContext(deps), debtorId)
  if (!overview) return { kind: 'refused', message: context.words.outcome.gone }
  const waiting = await Promise.all(overview.proposals.slice(0, waitingLength).map(({ id }) => proposals.view(id)))
  const views = waiting.filter(view => view !== undefined)
  return { kind: 'private', card: debtorCard(overview, views, context) }
}

/** The newest mails of a debtor, in and out. */
export async function inboxAnswer({ client, context }: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const debtor = await client.debtor.findUnique({ where: { id: debtorId }, select: { id: true, name: true, number: true } })
  if (!debtor) return { kind: 'refused', message: context.words.outcome.gone }
  const mails = await client.message.findMany({ where: { debtorId }, orderBy: [{ receivedAt: 'desc' }, { id: 'desc' }], take: inboxLength })
  const lines = mails.map(mail => ({ ...mail, at: mail.receivedAt, from: mail.fromName ?? mail.fromAddress ?? '?', text: mail.replyText }))
  return { kind: 'private', card: inboxCard(debtor, lines, context) }
}
