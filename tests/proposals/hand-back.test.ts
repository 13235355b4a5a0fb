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
  office.clock.advance({ hours: 24 })
  const until = new Date(office.clock.now().epochMilliseconds)
  const { decided, open } = await handBackOf(db, fullSight, jan.id, { from, until })

  assert.deepEqual(
    decided.map(({ proposalId, kind, by: who }) => [proposalId, kind, who]),
    [
      [given, 'reject', 'Mia'],
      [linked, 'link', 'Mia'],
    ],
    'what was given away before they left is not theirs to hear of',
  )
  assert.deepEqual(open, [kept])
})
