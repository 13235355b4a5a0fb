import type { Temporal } from 'temporal-polyfill'
import type { WrittenAction } from '#dunning'
import { bothWork, calendarOf } from '#ledger'
import { Prisma } from '#platform'
import { type Entering, settle, stakeOf, workOf } from '../entries/entering.ts'
import { dunning } from '../entries/kinds/dunning.ts'
import { entryContentSchema } from '../entries/kinds/index.ts'
import { asJson } from '../store.ts'
import { nextOfficeMoment, officeDay } from '../working-hours.ts'
import { judgeStep } from './judge-step.ts'
import { stepFacts } from './step-facts.ts'

/**
 * Decides a step that was just drafted where the settings let it leave alone, as a decision like any other: the same checks, the same outbox, an
 * audit row of its own. Else keeps why a person is asked. A step that only wants to ask has nothing to keep.
 */
export async function decideStep(entering: Entering, action: WrittenAction, entryId: number): Promise<void> {
  const { tx, deps } = entering
  if (action.step.behaviour === 'ask') return
  const entry = await tx.debtorEntry.findUniqueOrThrow({ where: { id: entryId } })
  const content = entryContentSchema.parse(entry.payload)
  if (content.kind !== 'dunning' || entry.status !== 'proposed') return
  const verdict = judgeStep(await stepFacts(entering, action, content))
  if (verdict.level === 'ask') return void (await tx.debtorEntry.update({ where: { id: entryId }, data: { autonomy: asJson(verdict) } }))
  const undo = verdict.level === 'act' ? 0 : await undoSeconds(entering, content)
  const at = officeTime(entering, deps.clock.now().add({ seconds: undo }))
  const result = await dunning.carryOut(workOf({ ...entering, leaves: { at, automatic: true } }), content, { entryId })
  await settle(entering, entry, 'done', { result, autonomy: asJson(verdict), event: 'entry.done_alone' })
}

/** As of what people decide: the longer, the more is at stake; the longest where nobody can tell. */
async function undoSeconds(entering: Entering, content: Parameters<typeof stakeOf>[1]): Promise<number> {
  const { deps } = entering
  const total = await stakeOf(entering, content)
  const reached = deps.rules().autonomy.undo.filter(({ from }) => total === null || total.gte(new Prisma.Decimal(from)))
  return Math.max(deps.config.DUNCAN_UNDO_SECONDS, ...reached.map(({ minutes }) => minutes * 60))
}

/** What nobody looks at leaves only while both sides work. */
export function officeTime({ deps, debtor }: Pick<Entering, 'deps' | 'debtor'>, moment: Temporal.Instant): Temporal.Instant {
  const { administration, country } = debtor
  const office = officeDay(deps.config.DUNCAN_OFFICE_HOURS)
  const { calendarOf: own, calendars } = deps.rules()
  const calendar = bothWork(own(administration), calendarOf(calendars, { code: '', country: country ?? administration.country }))
  return office ? nextOfficeMoment(moment, administration.timeZone, office, calendar) : moment
}
