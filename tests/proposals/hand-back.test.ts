import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fullSight } from '#people'
import { handBackOf } from '#proposals'
import { anOffice, aPromise } from './support.ts'

test('who comes back hears of their proposals that were given to somebody else or linked away meanwhile, and of what became of them', async t => {
  const office = await anOffice(t)
  const { db, proposals, jan, mia, debtor, other } = office
  await db.debtor.update({ where: { id: debtor.id }, data: { collector: 'jan' } })
  await db.debtor.update({ where: { id: other.id }, data: { collector: 'mia' } })
  const by = { staffId: mia.id, surface: 'console' }
  const [given, linked, before, kept] = [await aPromise(office), await aPromise(office), await aPromise(office), await aPromise(office)]
  await proposals.decide({ kind: 'reassign', proposalId: before, ownerId: mia.id, ...by })
  office.clock.advance({ hours: 24 })
  const from = new Date(office.clock.now().epochMilliseconds)

  await proposals.decide({ kind: 'reassign', proposalId: given, ownerId: mia.id, ...by })
  await proposals.decide({ kind: 'reject', proposalId: given, reason: 'x', ...by })
  await proposals.decide({ kind: 'link', proposalId: linked, debtorId: other.id, ...by })
  await proposals.decide({ kind: 'reject', proposalId: before, reason: 'x', ...by })
  const { id: entryId } = await db.debtorEntry.create({
    data: {
      debtorId: debtor.id,
      kind: 'workflow',
      payload: {},
      formKey: 'x',
      surface: 'duncan',
      status: 'done',
      why: { code: 'alert', alertId: 1 },
      decidedById: mia.id,
      decidedAt: new Date(office.clock.now().epochMilliseconds),
    },
  })
  const entered = { debtorId: debtor.id, kind: 'promise', payload: {}, surface: 'console', status: 'done', staffId: mia.id, decidedById: mia.id }
  const decidedAt = new Date(office.clock.now().epochMilliseconds)
  const { id: heard } = await db.debtorEntry.create({ data: { ...entered, formKey: 'form', decidedAt } })
  await db.debtorEntry.create({ data: { ...entered, formKey: 'call 1 form', decidedAt } })
  const version = await db.workflowVersion.create({ data: { workflow: 'one', settingsVersion: 1, content: {}, contentHash: 'a' } })
  const aCall = (debtorId: number, staffId: number) =>
    db.dunningAction.create({
      data: {
        debtorId,
        versionId: version.id,
        step: 0,
        stepName: 'call',
        type: 'call',
        track: `call ${staffId}`,
        plannedOn: new Date('2026-11-24'),
        status: 'done',
        outcome: 'promise',
        staffId,
        settledAt: new Date(office.clock.now().epochMilliseconds),
      },
    })
  for (const [debtorId, staffId] of [
    [debtor.id, mia.id],
    [debtor.id, jan.id],
    [other.id, mia.id],
  ] as const)
    await aCall(debtorId, staffId)
  office.clock.advance({ hours: 24 })
  const until = new Date(office.clock.now().epochMilliseconds)
  const { decided, open, entries, calls } = await handBackOf(db, fullSight, jan.id, { from, until })

  assert.deepEqual(
    decided.map(({ proposalId, kind, by: who }) => [proposalId, kind, who]),
    [
      [given, 'reject', 'Mia'],
      [linked, 'link', 'Mia'],
    ],
    'what was given away before they left is not theirs to hear of',
  )
  assert.deepEqual(open, [kept])
  assert.deepEqual(
    entries.map(each => [each.entryId, each.status, each.by]),
    [
      [entryId, 'done', 'Mia'],
      [heard, 'done', 'Mia'],
    ],
    'what a call brought is told with the call',
  )
  assert.deepEqual(
    calls.map(each => [each.debtor, each.outcome, each.by]),
    [[debtor.name, 'promise', 'Mia']],
    'their own, and those with debtors of others, are left out',
  )
})
