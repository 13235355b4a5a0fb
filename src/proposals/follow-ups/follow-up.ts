import { calendarOf } from '#ledger'
import { type Db, fromInstant } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { openEntry } from '../entries/open.ts'
import { type Due, dueFollowUps } from './due-follow-ups.ts'
import { whetherToFollow } from './whether-to-follow.ts'

/**
 * Opens a proposal, once for each, about every promise that was found not kept, every claimed payment that did not come in its days, every
 * instalment that was missed and every dispute that ended untold, where people work today. What there is nothing to tell of any more is left. Returns
 * how many were opened.
 */
export async function followUp(deps: ProposalsDeps): Promise<number> {
  const { client, clock, rules } = deps
  let opened = 0
  for (const due of await dueFollowUps(client, deps)) {
    const { administration } = due
    if (calendarOf(rules().calendars, administration).isWorkingDay(clock.today(administration.timeZone)) && (await openFollowUp(deps, due))) opened += 1
  }
  return opened
}

/** Opens the proposal about one of them; false where there is nothing to tell any more, or not today. */
export async function openFollowUp(deps: ProposalsDeps, due: Due): Promise<boolean> {
  const { client, clock, log } = deps
  const { about, refId, key, debtorId, administration } = due
  const found = await whetherToFollow(client, about, refId, clock.today(administration.timeZone).toString())
  const content = found && { kind: 'follow_up' as const, about, refId, invoiceIds: found.invoiceIds, mail: null }
  const outcome = found && content && (await openEntry(deps, { debtorId, content, key, why: found.why }))
  // An old ledger, or words that may not leave: the next morning may be another one.
  if (outcome?.kind === 'invalid' && outcome.problem.code !== 'nothing_open') {
    log.warn({ about, ref: refId, code: outcome.problem.code }, 'something could not be followed up')
    return false
  }
  await markFollowed(client, due, fromInstant(clock.now()))
  return outcome?.kind === 'entered'
}

/** Claims and disputes are marked by their entry alone: they are asked again each morning until their days are long over. */
async function markFollowed(db: Db, { about, refId: id }: Due, followedAt: Date): Promise<void> {
  if (about === 'promise') await db.promiseToPay.update({ where: { id }, data: { followedAt } })
  if (about === 'instalment') await db.instalment.update({ where: { id }, data: { followedAt } })
}
