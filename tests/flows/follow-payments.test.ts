import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createOps, fixedClock, silentLog } from '#platform'
import { importDropped } from '../../src/flows/drop-import.ts'
import { fetchRates } from '../../src/flows/fetch-rates.ts'
import { followPayments } from '../../src/flows/follow-payments.ts'
import { theBooks } from '../ledger/matching/support.ts'
import { aBank, mt940 } from '../ledger/statements/support.ts'
import { createTestDatabase } from '../support/database.ts'

test('new bank payments are matched, their debtors’ cards and the card of payments to decide are drawn anew, once', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00')
  await books.pay('100.00', { text: '2026-0101' })
  await books.pay('7.77')
  const drawn: string[] = []
  const deps = {
    matching: async () => books.deps,
    log: silentLog,
    proposals: { paymentsChanged: async (ids: number[]) => void drawn.push(`debtors ${ids.join()}`), releaseHolds: async () => 0 },
    postPayments: async (id: number) => void drawn.push(`payments ${id}`),
  }

  await followPayments(deps)
  await followPayments(deps, { again: true })

  assert.deepEqual(drawn, [`debtors ${alder.id}`, `payments ${books.administration.id}`])
  assert.deepEqual(await books.open('2026-0101'), ['0.00', 'closed', '100.00'])
})

test('statements that are missing between those that were dropped are told, until they come', async t => {
  const bank = await aBank(t)
  const ops = createOps(bank.db, { send: async () => undefined })
  const folder = join(bank.dataDir, 'drop')
  mkdirSync(folder)
  const drop = async (number: string, opening: string, closing: string) => {
    const file = join(folder, `${number.replace('/', '-')}.sta`)
    writeFileSync(file, mt940([':61:2603020302C100,00NTRFNONREF', `:86:regel ${number}`], { number, opening, closing }).join('\n'))
    utimesSync(file, new Date('2026-03-02T07:00:00Z'), new Date('2026-03-02T07:00:00Z'))
    await importDropped(bank.deps, ops, folder)
    return bank.db.opsAlert.findMany({ where: { resolvedAt: null } })
  }

  await drop('1/1', '1000,00', '1100,00')
  const [alert] = await drop('3/1', '1200,00', '1300,00')
  const after = await drop('2/1', '1100,00', '1200,00')

  assert.match(alert?.problem ?? '', /missing before number 3\/1 .*ending in 4300/)
  assert.deepEqual(after, [])
})

async function aRateServer(t: TestContext, answer: () => { status: number; body: string }): Promise<string> {
  const server = createServer((_request, response) => {
    const { status, body } = answer()
    response.writeHead(status).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

test('exchange rates are fetched; a server that fails is told, until it works again', async t => {
  const { client } = await createTestDatabase(t)
  const ops = createOps(client, { send: async () => undefined })
  const answers = [
    { status: 503, body: '' },
    { status: 200, body: '<html>maintenance</html>' },
    { status: 200, body: 'Date,USD,\n2026-11-20,1.0825,\n' },
    { status: 200, body: 'Date,USD,\n2026-11-23,1.0830,\n' },
  ]
  const clock = fixedClock('2026-11-23T15:29:00Z') // Monday, before the new rates are out
  const url = await aRateServer(t, () => answers.shift() ?? { status: 500, body: '' })
  const fetchOnce = (from = url) => fetchRates({ client, clock, log: silentLog, ops, url: from })
  const openAlerts = () => client.opsAlert.count({ where: { key: 'rates:fetch', resolvedAt: null } })

  await fetchOnce()
  await fetchOnce('http://127.0.0.1:1/')
  const { problem } = await client.opsAlert.findFirstOrThrow()
  await fetchOnce()
  const told = await openAlerts()
  await fetchOnce()
  await fetchOnce() // those of Friday are here
  clock.advance({ minutes: 2 })
  const waiting = answers.length
  await fetchOnce()

  assert.match(problem, /could not be fetched: bad port$/)
  assert.deepEqual([told, await openAlerts()], [1, 0])
  assert.deepEqual([waiting, answers.length], [1, 0])
  const stored = await client.currencyRate.findMany({ orderBy: { day: 'asc' } })
  assert.deepEqual(
    stored.map(({ rate }) => rate.toFixed(4)),
    ['1.0825', '1.0830'],
  )
})
