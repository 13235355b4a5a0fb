import { companyLink, creditFactsOf, decideAlert, viewAlert } from '#credit'
import { sightOf } from '#people'
import { fromInstant } from '#platform'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { alertCard } from './alert-card.ts'
import { readNext } from './alert-next.ts'
import { companyCard } from './company-card.ts'
import { criterionCard, historyCard } from './history-card.ts'

const snoozeDays = 7

/** An alert in sight, with what can be done about it; `only`: for one of the debtors that it is about. */
export async function alertAnswer(deps: CommandDeps, alertId: number, only?: number): Promise<ClickOutcome> {
  const { client, clock, staff, context } = deps
  const { timeZone } = context.format
  const alert = await viewAlert({ db: client, clock, sight: sightOf(staff), timeZone, only }, alertId)
  if (!alert) return { kind: 'refused', message: context.words.outcome.gone }
  return { kind: 'private', card: alertCard(alert, await readNext({ ...deps, timeZone }, alert), context) }
}

/** Settles an alert in sight, or puts it off for a week; `redraw` draws its card anew for everybody. */
export async function settleAlert(
  deps: CommandDeps,
  redraw: (alertId: number) => Promise<unknown>,
  kind: 'acknowledge' | 'snooze',
  alertId: number,
): Promise<ClickOutcome> {
  const { client, clock, staff, context } = deps
  const alert = await viewAlert({ db: client, clock, sight: sightOf(staff), timeZone: context.format.timeZone }, alertId)
  if (!alert) return { kind: 'refused', message: context.words.outcome.gone }
  const until = fromInstant(clock.now().add({ hours: snoozeDays * 24 }))
  const isSettled = await decideAlert(client, clock, alert.id, staff, kind === 'snooze' ? { kind, until } : { kind })
  if (!isSettled) return { kind: 'refused', message: context.words.credit.already }
  await redraw(alert.id)
  return { kind: 'done' }
}

/** What the bureau says of a debtor in sight, and how it changed; of one criterion, a page of all its values. */
export async function creditHistoryAnswer(
  { client, staff, context }: CommandDeps,
  { debtorId, criterion, page }: { debtorId: number; criterion: string | undefined; page: number },
): Promise<ClickOutcome> {
  const facts = await creditFactsOf(client, sightOf(staff), debtorId)
  if (!facts) return { kind: 'refused', message: context.words.credit.noFacts }
  const asked = facts.history.find(each => each.criterion === criterion)
  return { kind: 'private', card: asked ? criterionCard(facts, asked, { debtorId, page }, context) : historyCard(facts, debtorId, context) }
}

/** Who the company of a debtor in sight is. */
export async function companyAnswer({ client, staff, context, credit }: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const facts = await creditFactsOf(client, sightOf(staff), debtorId)
  if (!facts) return { kind: 'refused', message: context.words.credit.noFacts }
  const link = credit && companyLink(await credit.rules(), facts.company)
  return { kind: 'private', card: companyCard(facts, { debtorId, link }, context) }
}
