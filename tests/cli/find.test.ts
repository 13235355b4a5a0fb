import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aLedger, anItem } from '../search/ledger.ts'
import { duncan } from '../support/cli.ts'
import { createTestDatabase } from '../support/database.ts'

test('find lists the debtors of a search, keeps it by name, and points at a word that it does not know', async t => {
  const database = await createTestDatabase(t)
  const { administrationId, debtors } = await aLedger(database.client, ['Visser Installatie BV', 'Möller Stahlbau GmbH'])
  await anItem(database.client, { administrationId, debtorId: debtors[0]?.id ?? 0 }, 'V-1', '2026-01-15', '12000')
  const env = { DATABASE_URL: database.url }

  const found = await duncan(['find', 'overdue:>10k', '--save-as', 'Big ones'], env)
  const again = await duncan(['find', '--saved', 'big ONES', '--json'], env)
  const wrong = await duncan(['find', 'overdeu:>10k'], env)
  const misspelt = await duncan(['find', 'moeler', 'stahlbau'], env)
  const help = await duncan(['find', '--help'])

  assert.equal(found.code, 0, found.err)
  assert.match(found.out, /10001 {3}Visser Installatie BV {2}HL .*€12,000\.00 {2}€12,000\.00\n1 to 1 of 1/)
  assert.deepEqual(JSON.parse(again.out).debtors, [
    {
      id: debtors[0]?.id,
      number: '10001',
      name: 'Visser Installatie BV',
      administration: { code: 'HL', name: 'Harbourlight Trading' },
      country: null,
      collector: null,
      balances: [{ currency: 'EUR', balance: '12000', overdue: '12000' }],
    },
  ])
  assert.equal(wrong.code, 64)
  assert.match(wrong.err, /^overdeu:>10k\n\^{7}\nThere is no field overdeu\. Did you mean overdue\?/)
  assert.match(misspelt.out, /^No debtor fits\.\n[^]*10002 {3}Möller Stahlbau GmbH/)
  assert.match(help.out, /days_overdue: {4} *age of the oldest overdue item/)
})

test('segments are suggested, accepted into the settings, counted, and explained for a debtor', async t => {
  const database = await createTestDatabase(t)
  const { debtors } = await aLedger(database.client, ['Visser Installatie BV', 'Möller Stahlbau GmbH'])
  await database.client.debtor.update({ where: { id: debtors[0]?.id ?? 0 }, data: { country: 'NL' } })
  const env = { DATABASE_URL: database.url }

  const suggested = await duncan(['segments', 'suggest'], env)
  const accepted = await duncan(['segments', 'accept', 'benelux'], env)
  const listed = await duncan(['segments', 'list'], env)
  const explained = await duncan(['segments', 'why', 'visser'], env)

  assert.equal(suggested.code, 0, suggested.err)
  assert.match(suggested.out, /benelux +1 of 2 +in BE, NL, LU +country:BE,NL,LU/)
  assert.equal(accepted.code, 0, accepted.err)
  assert.match(listed.out, /benelux +Benelux +1 +1 +10 +country:BE,NL,LU\n1 debtors are in none/)
  assert.match(explained.out, /10001 Visser Installatie BV\nbenelux \(Benelux\)\n {2}country:BE,NL,LU {3}its own: NL/)
})
