import { debtorsInSight, type Sight } from '#people'
import type { Clock, Db } from '#platform'
import { type NextStep, nextStep } from './next-step.ts'
import { type OwnItem, readSituation } from './read-situation.ts'

/**
 * What comes next for a debtor in sight, or why nothing does, in two small queries: cards are drawn often. `own`: what the card is about,
 * which is not its own next step.
 */
export async function nextStepOf(db: Db, { sight, clock }: { sight: Sight; clock: Clock }, debtorId: number, own?: OwnItem): Promise<NextStep | undefined> {
  const debtor = await db.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sight) }, select: { administration: { select: { timeZone: true } } } })
  if (!debtor) return undefined
  const { timeZone } = debtor.administration
  return nextStep(await readSituation(db, sight, { id: debtorId, timeZone, today: clock.today(timeZone) }, own))
}
