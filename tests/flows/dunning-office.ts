import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { assignmentKind, dunningKind, workflowsKind } from '#dunning'
import { fullSight } from '#people'
import { createOps, silentLog } from '#platform'
import { type EntryView, entriesWaitingOf, type ProposalRules, shippedRules } from '#proposals'
import { readSearchContext } from '#search'
import { type DunningDeps, dunningDay } from '../../src/flows/dunning-day.ts'
import { anOffice } from '../proposals/support.ts'

const timeZone = 'Europe/Amsterdam'

/** An office whose debtors are on the workflow `standard`; `morning` is the minute's work at 08:00 of a day, with a fresh ledger. */
export async function anOfficeThatDuns(t: TestContext, written: object, rules: Partial<ProposalRules> = {}) {
  const workflows = workflowsKind.schema.parse(written)
  const inForce = { ...shippedRules, ...rules, workflows }
  const office = await anOffice(t, {}, inForce)
  const { db, database, clock, proposals, jan, queue } = office
  const deps: DunningDeps = {
    database,
    clock,
    log: silentLog,
    timeZone,
    rules: dunningKind.schema.parse({}),
    assignment: assignmentKind.schema.parse({ default: { workflow: 'standard' } }),
    experiments: {},
    ops: createOps(db, queue),
    workflows,
    calendars: {},
    maxLedgerAgeHours: 26,
    search: client => readSearchContext(client, { sight: fullSight, clock, timeZone }),
    proposals,
  }
  const at = async (moment: string) => {
    clock.set(moment)
    await dunningDay(deps)
  }
  const morning = async (day: string) => {
    await db.administration.updateMany({ data: { importedAt: new Date(`${day}T04:00:00Z`) } })
    await at(`${day}T07:00:00Z`)
  }
  /** The only entry that waits about a debtor, also as one of its central file. */
  const waitingOf = async (debtorId: number): Promise<EntryView> => {
    const [one, ...others] = await entriesWaitingOf(db, fullSight, debtorId)
    assert.equal(others.length, 0)
    return one ?? assert.fail('nothing waits')
  }
  const vote = (entryId: number, kind: 'approve' | 'reject' | 'undo') => proposals.voteOnEntry({ entryId, staffId: jan.id, surface: 'console', kind })
  const actions = async () => {
    const rows = await db.dunningAction.findMany({ orderBy: { id: 'asc' }, include: { items: true } })
    return rows.map(({ stepName, status, items }) => `${stepName} ${status} ${items.length}`)
  }
  return { ...office, rules: inForce, deps, at, morning, waitingOf, vote, actions }
}
