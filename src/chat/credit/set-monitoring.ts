import type { WishOutcome } from '#credit'
import { debtorsInSight, sightOf } from '#people'
import { findIds } from '#search'
import { cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { debtorAnswer } from '../commands/debtor.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { searchingOf } from '../commands/risk.ts'

/** Keeps somebody's word on whether a debtor in sight is monitored, and shows its card. */
export async function setOne(deps: CommandDeps, { staff, surface, action }: Click, debtorId: number): Promise<ClickOutcome> {
  const { client, credit, context } = deps
  const isSeen = (await client.debtor.count({ where: { id: debtorId, ...debtorsInSight(sightOf(staff)) } })) > 0
  if (!isSeen) return { kind: 'refused', message: context.words.outcome.gone }
  if (!credit || !(await credit.rules()).on) return { kind: 'refused', message: context.words.parties.off }
  await credit.setMonitoring({ debtorIds: [debtorId], wanted: action === 'monitor.on', staff, surface })
  return debtorAnswer(deps, debtorId)
}

const mostAtOnce = 5000

type Asked = { query: string; count: number }

/** Asks once more before all debtors of a search are monitored. */
export function monitorAllForm({ context }: CommandDeps, { query, count }: Asked): ClickOutcome {
  const { parties: say } = context.words
  const title = say.monitorAllTitle(count)
  const card = cardSchema.parse({
    title,
    subtitle: oneLine(query, 120),
    elements: [{ type: 'text', text: say.monitorAllText }],
    buttons: [{ action: 'monitor.confirm', label: say.monitorAll(count), style: 'primary', data: { query, count: String(count) } }],
    fallback: title,
  })
  return { kind: 'form', card }
}

/** Has all debtors in sight that a search fits monitored, and says of how many of them nothing comes yet, and why. */
export async function monitorAll(deps: CommandDeps, { staff, surface }: Click, { query, count }: Asked): Promise<ClickOutcome> {
  const { client, credit, context } = deps
  const { parties: say, outcome: told } = context.words
  if (!credit || !(await credit.rules()).on) return { kind: 'refused', message: say.off }
  const ids = await findIds(client, query, await searchingOf(deps), mostAtOnce + 1)
  if (ids === undefined) return { kind: 'refused', message: told.gone }
  if (ids.length > mostAtOnce) return { kind: 'refused', message: say.tooMany(mostAtOnce) }
  if (ids.length !== count) return { kind: 'refused', message: say.countChanged(ids.length) }
  return { kind: 'done', message: sayOutcome(await credit.setMonitoring({ debtorIds: ids, wanted: true, staff, surface }), context) }
}

function sayOutcome({ added, already, reasons }: WishOutcome, { words: { parties: say } }: CardContext): string {
  const not = reasons.map(({ reason, count }) => say.notBecause(count, say.reason[reason]))
  return `${[say.added(added), ...(already > 0 ? [say.already(already)] : []), ...not].join(', ')}.`
}
