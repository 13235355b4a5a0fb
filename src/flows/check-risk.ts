import { z } from 'zod'
import { askForCheck, type CheckOutcome, type Credit, checkOutcome, type NoCheck } from '#credit'
import { settleAction } from '#dunning'
import { type Clock, type Db, type DbClient, fromPlainDate, type Queue, recordAudit } from '#platform'
import type { Proposals } from '#proposals'
import { creditSync } from './jobs.ts'

type Deps = {
  client: DbClient
  clock: Clock
  queue: Pick<Queue, 'send'>
  credit: Pick<Credit, 'rules'>
  proposals: Pick<Proposals, 'takeUpDunning'>
  timeZone: string
}

/** What the trail keeps of a check that was asked for: whose outcome counts. */
const askedSchema = z.object({ companyId: z.int(), afterRun: z.int() })
const asked = 'dunning.risk_check'

/**
 * Takes up the steps of dunning that look at credit risk: the bureau is asked once for all of them, within its quota, and what it tells goes the
 * way of every night, to alerts, places and assignment rules. A step is done with what was told; where nothing was, it is a colleague's task.
 */
export async function checkRisks(deps: Deps): Promise<void> {
  await follow(deps)
  await ask(deps)
}

async function ask(deps: Deps): Promise<void> {
  const { client, clock, queue, credit, proposals, timeZone } = deps
  const where = { type: 'risk_check', status: 'planned', plannedOn: { lte: fromPlainDate(clock.today(timeZone)) } }
  const planned = await client.dunningAction.findMany({ where, orderBy: { id: 'asc' }, select: { id: true, debtorId: true } })
  if (planned.length === 0) return
  const { on } = await credit.rules()
  // What a run under way orders cannot be known: the next minute asks.
  if (on && (await client.creditRun.count({ where: { finishedAt: null } })) > 0) return
  let isAsked = false
  for (const { id, debtorId } of planned) {
    const why = on ? await askFor(id, debtorId) : 'off'
    if (why !== undefined) await proposals.takeUpDunning(id, why)
  }
  if (isAsked) await queue.send(client, creditSync, { urgent: true }, { key: `${creditSync.name} now` })

  async function askFor(id: number, debtorId: number): Promise<NoCheck | undefined> {
    return client.$transaction(async tx => {
      const now = clock.now()
      const check = await askForCheck(tx, { debtorId, now })
      if (check.kind === 'cannot') return check.why
      if (check.kind === 'fresh') await settle(tx, { id, outcome: 'fresh' }, deps)
      else {
        isAsked = true
        const { companyId, afterRun } = check
        await tx.dunningAction.updateMany({ where: { id, status: 'planned' }, data: { status: 'open' } })
        await recordAudit(tx, { actor: 'duncan', event: asked, subject: `dunning:${id}`, detail: { companyId, afterRun } })
      }
      return undefined
    })
  }
}

async function follow(deps: Deps): Promise<void> {
  const { client, clock, proposals, timeZone } = deps
  const today = clock.today(timeZone)
  const open = await client.dunningAction.findMany({ where: { type: 'risk_check', status: 'open', taskId: null }, orderBy: { id: 'asc' } })
  for (const { id, plannedOn } of open) {
    const trail = await client.auditEntry.findFirst({ where: { event: asked, subject: `dunning:${id}` }, orderBy: { id: 'desc' }, select: { detail: true } })
    const outcome: CheckOutcome = trail ? await checkOutcome(client, askedSchema.parse(trail.detail)) : 'unanswered'
    if (outcome === 'changed' || outcome === 'unchanged') {
      await client.$transaction(tx => settle(tx, { id, outcome }, deps))
    } else if (outcome !== 'waiting' || plannedOn < fromPlainDate(today)) {
      // It was to be known on its day: a colleague looks instead of waiting on.
      await client.dunningAction.updateMany({ where: { id, status: 'open' }, data: { status: 'planned' } })
      await proposals.takeUpDunning(id, outcome === 'waiting' ? 'unanswered' : outcome)
    }
  }
}

async function settle(tx: Db, { id, outcome }: { id: number; outcome: string }, { clock, timeZone }: Pick<Deps, 'clock' | 'timeZone'>): Promise<void> {
  if (!(await settleAction(tx, id, { kind: 'done', on: clock.today(timeZone), outcome }, { now: clock.now() }))) return
  await recordAudit(tx, { actor: 'duncan', event: 'dunning.done', subject: `dunning:${id}`, detail: { outcome } })
}
