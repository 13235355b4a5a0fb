import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findDebtors } from '#search'
import { createTestDatabase } from '../support/database.ts'
import { aLedger, anItem } from './ledger.ts'

const names = ['Visser Installatie BV', 'Visser & Zonen NV', 'Bakkerij De Visser', 'Möller Stahlbau GmbH', 'Łódzka Hurtownia Sp. z o.o.', '100% Koffie BV']

test('an exact number answers alone, whether the debtor’s or one of its invoices’', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(client, names)
  await anItem(client, { administrationId, debtorId: debtors[3]?.id ?? 0 }, 'INV/2026-0412', '2026-02-01', '100')

  const byNumber = await findDebtors(client, ' 10002 ')
  const byInvoice = await findDebtors(client, 'inv 2026 0412')

  assert.deepEqual(byNumber, [{ id: debtors[1]?.id, number: '10002', name: 'Visser & Zonen NV', administration: 'Harbourlight Trading', by: 'number' }])
  assert.deepEqual(
    byInvoice.map(({ name, by }) => [name, by]),
    [['Möller Stahlbau GmbH', 'invoice']],
  )
})

test('a number that two debtors have finds both', async t => {
  const { client } = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(client, names)
  const second = await client.administration.create({ data: { code: 'XX', name: 'Second Book' } })
  await client.debtor.create({ data: { administrationId: second.id, number: '10001', name: 'Other', searchName: 'other' } })
  await anItem(client, { administrationId, debtorId: debtors[0]?.id ?? 0 }, '77-1', '2026-02-01', '100')
  await anItem(client, { administrationId, debtorId: debtors[2]?.id ?? 0 }, '771', '2026-02-01', '100')

  assert.deepEqual(
    (await findDebtors(client, '10001')).map(({ name }) => name),
    ['Other', 'Visser Installatie BV'],
  )
  assert.equal((await findDebtors(client, '771')).length, 2)
})

test('a part of a name finds every debtor that has it, names that start with it first', async t => {
  const { client } = await createTestDatabase(t)
  await aLedger(client, names)

  const found = await findDebtors(client, 'visser')

  assert.deepEqual(
    found.map(({ name, by }) => [name, by]),
    [
      ['Visser & Zonen NV', 'name'],
      ['Visser Installatie BV', 'name'],
      ['Bakkerij De Visser', 'name'],
    ],
  )
})

test('accents, case and legal form do not matter, and % is a character like any other', async t => {
  const { client } = await createTestDatabase(t)
  await aLedger(client, names)
  const found = async (query: string) => (await findDebtors(client, query)).map(({ name }) => name)

  assert.deepEqual(await found('MOLLER stahlbau'), ['Möller Stahlbau GmbH'])
  assert.deepEqual(await found('lodzka'), ['Łódzka Hurtownia Sp. z o.o.'])
  assert.deepEqual(await found('%'), [])
  assert.deepEqual(await found('_isser'), await found('isser'), 'an underscore stands for no other character')
  assert.deepEqual(await found('   '), [])
})

test('a misspelt name finds similar ones, and says that they are only similar', async t => {
  const { client } = await createTestDatabase(t)
  await aLedger(client, names)

  const found = await findDebtors(client, 'Stahlbua')

  assert.deepEqual(
    found.map(({ name, by }) => [name, by]),
    [['Möller Stahlbau GmbH', 'similar_name']],
  )
  assert.deepEqual(await findDebtors(client, 'xyzzy'), [])
})

test('an archived debtor is found no more', async t => {
  const { client } = await createTestDatabase(t)
  const { debtors } = await aLedger(client, names)
  await client.debtor.update({ where: { id: debtors[3]?.id ?? 0 }, data: { archived: true } })

  const found = [...(await findDebtors(client, 'moller')), ...(await findDebtors(client, '10004'))]

  assert.deepEqual(found, [])
})
