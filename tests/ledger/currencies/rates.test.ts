import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { convert, importRates, reportingTotal } from '#ledger'
import { DuncanError, Prisma } from '#platform'
import { aLedger } from '../support.ts'

const decimal = (text: string) => new Prisma.Decimal(text)
const day = (text: string) => Temporal.PlainDate.from(text)
const money = (currency: string, amount: string) => ({ currency, amount: decimal(amount) })
const history = ['Date,USD,JPY,GBP,CYP,', '2026-03-02,1.0800,161.50,0.8600,N/A,', '2026-02-27,1.0900,160.00,0.8500,N/A,']

test('the reference files of the ECB say the same as CSV and as XML, and once is enough', async t => {
  const ledger = await aLedger(t)
  const xml = `<?xml version="1.0"?><gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><gesmes:subject>Reference rates</gesmes:subject>
    <Cube><Cube time='2026-03-02'><Cube currency='USD' rate='1.0800'/><Cube currency="JPY" rate="161.50"/><Cube currency="GBP" rate="0.8600"/></Cube></Cube></gesmes:Envelope>`

  const first = await importRates(ledger.db, ledger.file('eurofxref-hist.csv', history), 'cli')
  const again = await importRates(ledger.db, ledger.file('eurofxref.xml', [xml]), 'cli')
  const daily = await importRates(ledger.db, ledger.file('eurofxref.csv', ['Date, USD, JPY, ', '03 March 2026, 1.0810, 161.7, ']), 'cli')

  assert.deepEqual([first.rates, first.created, first.from, first.until], [6, 6, '2026-02-27', '2026-03-02'])
  assert.deepEqual([again.rates, again.created, again.changed], [3, 0, 0])
  assert.deepEqual([daily.created, daily.until], [2, '2026-03-03'])
})

test('a file with one line that cannot be read gives nothing', async t => {
  const ledger = await aLedger(t)
  const files = {
    'a.csv': [...history, '2026-13-01,1.1,1,1,1,'],
    'b.csv': [...history, '2026-02-26,abc,1,1,1,'],
    'c.csv': ['day;usd'],
    'd.xml': ['<Envelope></Envelope>'],
    'e.csv': [...history, '2026-02-26,1.0'],
    'f.xml': ["<Envelope><Cube><Cube time='2026-03-02'><Cube currency='USD' rate='1.08'/></Cube><Cube time='2026-03-01'><Cube currency='USD' rate='1.0"],
    'g.xml': ["<!DOCTYPE x [<!ENTITY a 'b'>]><Envelope/>"],
    'h.xml': ["<Envelope><Cube><Cube time='2026-03-02'><Cube currency='USD' rate='0.0'/></Cube></Cube></Envelope>"],
  }

  const problems: string[] = []
  for (const [name, lines] of Object.entries(files))
    await importRates(ledger.db, ledger.file(name, lines), 'cli').catch((error: unknown) =>
      problems.push(error instanceof DuncanError ? error.message : 'another error'),
    )

  assert.deepEqual(problems, [
    'a.csv, line 4: "2026-13-01" is no date.',
    'b.csv, line 4: "abc" is no rate of USD.',
    'c.csv, line 1: the first column is not "Date", so this is no file of reference rates.',
    'd.xml, line 1: there are no rates.',
    'e.csv, line 4: 2 values stand under 6 columns.',
    'f.xml, line 1: the file ends inside <Cube>.',
    'g.xml, line 1: a document type declaration is not accepted.',
    'h.xml, line 1: "0.0" is no rate of "USD".',
  ])
  assert.equal(await ledger.db.currencyRate.count(), 0)
})

test('an amount is converted by way of the euro with the rates of its day; a rate that is missing or too old is told', async t => {
  const ledger = await aLedger(t)
  await importRates(ledger.db, ledger.file('hist.csv', history), 'cli')
  const change = (amount: string, from: string, to: string, on: string) => convert(ledger.db, { currency: from, amount: decimal(amount) }, to, day(on), 7)

  const sunday = await change('100.00', 'EUR', 'USD', '2026-03-01')
  const yen = await change('1000.00', 'GBP', 'JPY', '2026-03-02')
  const same = await change('5.555', 'USD', 'USD', '1999-01-01')

  assert.ok(sunday.kind === 'converted' && yen.kind === 'converted' && same.kind === 'converted')
  assert.deepEqual([sunday.amount.toFixed(), sunday.rateDay], ['109', '2026-02-27'])
  assert.deepEqual([yen.amount.toFixed(), yen.rateDay], ['187791', '2026-03-02'])
  assert.deepEqual([same.amount.toFixed(), same.rateDay], ['5.555', null])
  assert.deepEqual(await change('1', 'USD', 'EUR', '2026-03-20'), { kind: 'missing', currency: 'USD', newest: '2026-03-02' })
  assert.deepEqual(await change('1', 'EUR', 'PLN', '2026-03-02'), { kind: 'missing', currency: 'PLN', newest: null })
  assert.deepEqual(await change('1', 'USD', 'EUR', '2026-02-01'), { kind: 'missing', currency: 'USD', newest: null })
})

test('a total in the reporting currency adds what can be converted, and is missing when anything cannot', async t => {
  const ledger = await aLedger(t)
  await importRates(ledger.db, ledger.file('hist.csv', history), 'cli')
  const rules = { reporting: 'EUR', maxAgeDays: 7 }

  const total = await reportingTotal(ledger.db, [money('EUR', '10.00'), money('USD', '54.00'), money('USD', '54.00')], rules, day('2026-03-02'))
  const missing = await reportingTotal(ledger.db, [money('EUR', '10.00'), money('PLN', '1.00')], rules, day('2026-03-02'))

  assert.ok(total.kind === 'total')
  assert.deepEqual([total.amount.toFixed(2), total.rateDay], ['110.00', '2026-03-02'])
  assert.deepEqual(missing, { kind: 'missing', missing: [{ kind: 'missing', currency: 'PLN', newest: null }] })
})

test('there and back is the same amount to the cent, whatever the rates', async t => {
  const ledger = await aLedger(t)

  await fc.assert(
    fc.asyncProperty(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 100_000, max: 100_000_000 }), async (cents, rate) => {
      await ledger.db.currencyRate.deleteMany()
      await ledger.db.currencyRate.create({ data: { day: new Date('2026-03-02T00:00:00Z'), currency: 'PLN', rate: decimal(String(rate)).div(10_000) } })
      const amount = decimal(cents.toString()).div(100)

      const there = await convert(ledger.db, { currency: 'EUR', amount }, 'PLN', day('2026-03-02'), 0)
      const back = there.kind === 'converted' ? await convert(ledger.db, { currency: 'PLN', amount: there.amount }, 'EUR', day('2026-03-02'), 0) : there

      // Rates of ten or more złoty a euro: a cent of złoty is less than a cent of euro.
      assert.ok(back.kind === 'converted' && back.amount.eq(amount))
    }),
    { numRuns: 20 },
  )
})
