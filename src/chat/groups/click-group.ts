import { noteGroupChange } from '#dunning'
import { type GroupView, leadGroup, viewGroup } from '#ledger'
import { debtorsInSight, sightOf } from '#people'
import { entriesWaitingOf } from '#proposals'
import { readSearchContext } from '#search'
import { cardFor } from '../button-rights.ts'
import { type Click, type ClickOutcome, idOf } from '../click.ts'
import { oneDebtor } from '../commands/debtor.ts'
import { inReporting } from '../commands/in-reporting.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { groupCard, leadForm } from './group-card.ts'

const actions = ['group.show', 'group.lead', 'group.lead_save'] as const
/** The buttons of a central file. */
type GroupAction = (typeof actions)[number]

export const isGroupAction = (action: string): action is GroupAction => actions.some(known => known === action)

/** `/duncan group <debtor>`: the central file of the one debtor that is meant. */
export const groupCommand = (deps: CommandDeps, query: string): Promise<ClickOutcome> =>
  oneDebtor(deps, query, 'group.show', (own, debtorId) => groupAnswer(own, debtorId))

/** Answers a button of a central file: its card, and who of it gets the reminders. */
export async function clickGroup(deps: CommandDeps, { action, data, values }: Click & { action: GroupAction }): Promise<ClickOutcome> {
  const { client, staff, context } = deps
  const { words } = context
  if (action === 'group.show') return groupAnswer(deps, idOf(data.debtor))
  const group = await seenGroup(deps, idOf(data.group))
  // Who does not see all of it cannot say who is written to for all of it.
  if (!group || (await client.debtor.count({ where: { groupId: group.id } })) > group.entities.length) return { kind: 'refused', message: words.outcome.gone }
  if (action === 'group.lead') return { kind: 'form', card: leadForm(group, context) }
  const lead = group.entities.find(({ debtorId }) => String(debtorId) === values.lead)
  if (!lead) return { kind: 'refused', message: words.outcome.invalid(words.groups.debtor) }
  await client.$transaction(async tx => {
    if (await leadGroup(tx, { groupId: group.id, debtorId: lead.debtorId, staffId: staff.id })) await noteGroupChange(tx, [group.id])
  })
  return { kind: 'done', message: words.groups.chosen(lead.name) }
}

/** The card of the central file that a debtor in sight stands in, with those of its debtors that are in sight, too. */
async function groupAnswer(deps: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { client, clock, staff, context } = deps
  const sight = sightOf(staff)
  const debtor = await client.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sight) }, select: { name: true, groupId: true } })
  if (!debtor) return { kind: 'refused', message: context.words.outcome.gone }
  const group = debtor.groupId === null ? null : await seenGroup(deps, debtor.groupId)
  if (!group) return { kind: 'refused', message: context.words.groups.alone(debtor.name) }
  const search = await readSearchContext(client, { sight, clock, timeZone: context.format.timeZone })
  const total = (of: 'balance' | 'overdue') =>
    inReporting(
      group.balances.map(row => ({ amount: row[of], currency: row.currency })),
      search,
      context,
    )
  const currency = search.rates?.currency
  const isForeign = currency !== undefined && group.balances.some(row => row.currency !== currency)
  const beside = {
    entries: await entriesWaitingOf(client, sight, group.leadId ?? debtorId),
    inReporting: isForeign ? { currency, balance: total('balance'), overdue: total('overdue') } : undefined,
  }
  return { kind: 'private', card: cardFor(staff, groupCard(group, beside, context)) }
}

/** A central file as somebody sees it, as of today in their time zone; null for one of which they see nobody. */
async function seenGroup({ client, clock, staff, context }: CommandDeps, groupId: number): Promise<GroupView | null> {
  const group = await viewGroup(client, groupId, clock.today(context.format.timeZone), debtorsInSight(sightOf(staff)))
  return group && group.entities.length > 0 ? group : null
}
