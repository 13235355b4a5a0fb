import { creditFactsOf } from '#credit'
import { dunningActionOf } from '#dunning'
import { addWorkingDays, bothWork, calendarOf } from '#ledger'
import { sightOf } from '#people'
import { debtorOverview } from '#search'
import { cardFor } from '../button-rights.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { creditLine } from '../credit/credit-line.ts'
import { type CallHead, openCall } from './call.ts'
import { callCard } from './call-card.ts'

/** The card of a call that waits, with the debtor's picture; `left`: how many others wait in its list. */
export async function callAnswer(deps: CommandDeps, id: number, left = 0): Promise<ClickOutcome> {
  const { client, clock, staff, context } = deps
  const call = await openCall(client, staff, id)
  const action = call && (await dunningActionOf(client, id))
  const debtor = call && (await debtorOverview(client, { sight: sightOf(staff), clock }, call.debtorId, { kind: 'call', id }))
  if (!action || !debtor) return { kind: 'refused', message: context.words.calls.over }
  const facts = await creditFactsOf(client, sightOf(staff), call.debtorId)
  const beside = { again: dueAgain(deps, call).toString(), credit: facts && creditLine(facts, context), version: call.settingsVersion, next: left }
  return { kind: 'private', card: cardFor(staff, callCard(call, action, debtor, beside, context)) }
}

/** The next day on which both we and the debtor's country work. */
export function dueAgain({ clock, calendars }: CommandDeps, { administration, country }: CallHead) {
  const own = calendarOf(calendars(), administration)
  return addWorkingDays(bothWork(own, calendarOf(calendars(), { code: '', country })), clock.today(administration.timeZone), 1)
}
