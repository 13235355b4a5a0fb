import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { endHold, isOnDunningHold, placeHold } from '#dunning'
import { createTestDatabase } from '../support/database.ts'

const day = (text: string) => Temporal.PlainDate.from(text)
const today = day('2026-11-23')
const at = new Date('2026-11-23T09:00:00Z')

test('a hold on one invoice leaves the others alone', async t => {
  const { client } = await createTestDatabase(t)
  await placeHold(client, { debtorId: 1, invoiceIds: [10], reason: 'dispute' })

  assert.deepEqual([await isOnDunningHold(client, 1, 10, today), await isOnDunningHold(client, 1, 11, today)], [true, false])
})

test('a hold without invoices is on everything of that debtor and nothing of another', async t => {
  const { client } = await createTestDatabase(t)
  await placeHold(client, { debtorId: 1, invoiceIds: [], reason: 'insolvency' })

  assert.deepEqual([await isOnDunningHold(client, 1, 99, today), await isOnDunningHold(client, 2, 99, today)], [true, false])
})

test('a hold stands through its last day', async t => {
  const { client } = await createTestDatabase(t)
  await placeHold(client, { debtorId: 1, invoiceIds: [10], reason: 'promise', until: day('2026-11-25') })

  assert.deepEqual([await isOnDunningHold(client, 1, 10, day('2026-11-25')), await isOnDunningHold(client, 1, 10, day('2026-11-26'))], [true, false])
})

test('an action places its hold once and ends only its own', async t => {
  const { client } = await createTestDatabase(t)
  const first = await placeHold(client, { debtorId: 1, invoiceIds: [10, 10, 11], reason: 'dispute', actionId: 5 })
  const again = await placeHold(client, { debtorId: 1, invoiceIds: [10, 11], reason: 'dispute', actionId: 5 })
  await placeHold(client, { debtorId: 1, invoiceIds: [11], reason: 'promise', actionId: 6 })

  const ended = await endHold(client, { actionId: 5 }, at)

  assert.deepEqual([first.length, again, ended], [2, first, 2])
  assert.deepEqual([await isOnDunningHold(client, 1, 10, today), await isOnDunningHold(client, 1, 11, today)], [false, true])
})

test('ending what stands while a proposal is undecided leaves the holds of its actions', async t => {
  const { client } = await createTestDatabase(t)
  await placeHold(client, { debtorId: 1, invoiceIds: [], reason: 'open_proposal', proposalId: 3 })
  await placeHold(client, { debtorId: 1, invoiceIds: [10], reason: 'dispute', proposalId: 3, actionId: 5 })

  await endHold(client, { undecidedProposalId: 3 }, at)

  assert.deepEqual([await isOnDunningHold(client, 1, 10, today), await isOnDunningHold(client, 1, 11, today)], [true, false])
})
