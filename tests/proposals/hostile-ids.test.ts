import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOffice, asserting } from './support.ts'

test('numbers that no row can have are not found, and never a fault', async t => {
  const office = await anOffice(t)
  const { proposalId } = await office.proposals.propose(await office.mail('Graag een overzicht.', { intents: asserting('statement_request') }))
  const by = { staffId: office.jan.id, surface: 'console' }
  const answers: string[] = []

  for (const id of [Number.NaN, 0, -1, 1.5, 2 ** 31, Infinity]) {
    answers.push(String((await office.proposals.view(id))?.id))
    answers.push((await office.proposals.decide({ kind: 'approve', proposalId: id, ...by })).kind)
    answers.push((await office.proposals.decide({ kind: 'reassign', proposalId, ownerId: id, ...by })).kind)
    answers.push((await office.proposals.decide({ kind: 'link', proposalId, debtorId: id, ...by })).kind)
    answers.push((await office.proposals.undo(id, office.jan.id)).kind)
  }

  assert.deepEqual([...new Set(answers)], ['undefined', 'not_found', 'invalid'])
})
