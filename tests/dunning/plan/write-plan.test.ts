import assert from 'node:assert/strict'
import test from 'node:test'
import { workflowsKind } from '#dunning'
import { Prisma } from '#platform'
import type { PlannedAction, PlannedItem } from '../../../src/dunning/plan/plan-unit.ts'
import type { StoredItem } from '../../../src/dunning/plan/planned-items.ts'
import { openPlanWriter } from '../../../src/dunning/plan/write-plan.ts'
import { currentVersions } from '../../../src/dunning/workflow-versions.ts'
import { createTestDatabase } from '../../support/database.ts'

const workflows = workflowsKind.schema.parse({ standard: { title: 'Standard', steps: [{ name: 'call', type: 'call', after: { days: 1 } }] } })
const today = 20_600

test('an item that moved since the plan read it keeps its place, and the action that it was part of is left to the next plan', async t => {
  const { client, pool } = await createTestDatabase(t)
  const versions = await client.$transaction(tx => currentVersions(tx, workflows))
  const versionId = versions.get('standard')?.id ?? 0
  const place: StoredItem = {
    versionId,
    step: 0,
    shift: 0,
    lastOn: null,
    nextOn: null,
    reason: null,
    actionId: null,
    revision: 3,
    remindedOn: null,
    remindedBy: null,
    announcedOn: null,
    announcedBy: null,
  }
  const item = (debtorId: number, invoiceId: number, stored: StoredItem | undefined, action: PlannedAction): PlannedItem => ({
    item: { unit: debtorId, invoiceId, debtorId, dueOn: today - 1, openAmount: '10.00', currency: 'EUR', isCreditNote: false, stored },
    versionId,
    step: 0,
    shift: 0,
    lastOn: null,
    nextOn: today,
    reason: 'in_action',
    isDue: true,
    action,
    amount: new Prisma.Decimal(10),
    stood: place,
  })
  const call = (debtorId: number): PlannedAction => ({ debtorId, groupId: null, versionId, step: 0, stepName: 'call', type: 'call', track: 'outside' })
  // Each debtor has an item that stands already and one that no plan has met; the one of debtor 1 moves.
  await client.dunningItem.createMany({ data: [1, 2].map(debtorId => ({ debtorId, invoiceId: debtorId, versionId, step: 0, revision: 3 })) })
  const connection = await pool.connect()
  t.after(() => connection.release())

  const writer = await openPlanWriter(connection, { versions: new Map([...versions.values()].map(each => [each.id, each])), today, pool })
  for (const [debtorId, action] of [1, 2].map(id => [id, call(id)] as const))
    await writer.add({ items: [item(debtorId, debtorId, place, action), item(debtorId, debtorId + 10, undefined, action)], actions: [action] })
  await client.dunningItem.update({ where: { invoiceId: 1 }, data: { reason: 'held:staff', revision: 4 } })
  const written = await writer.finish()

  const items = await client.dunningItem.findMany({ orderBy: { invoiceId: 'asc' } })
  const actions = await client.dunningAction.findMany({ include: { items: { orderBy: { invoiceId: 'asc' } } } })
  assert.deepEqual(
    items.map(({ invoiceId, reason, revision }) => `${invoiceId} ${reason} ${revision}`),
    ['1 held:staff 4', '2 in_action 4', '12 in_action 0'],
  )
  assert.deepEqual(
    actions.map(({ debtorId, items: of }) => [debtorId, of.map(({ invoiceId }) => invoiceId)]),
    [[2, [2, 12]]],
  )
  assert.equal(written.actions, 1)
})
