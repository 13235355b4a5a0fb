import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { ratesOn } from '#ledger'
import { Prisma } from '#platform'
import { limitToPropose } from '../../src/credit/limits/limit-to-propose.ts'
import { proposeLimits } from '../../src/flows/propose-limits.ts'
import { anOffice } from '../proposals/support.ts'

const money = (amount: string, currency = 'EUR') => ({ is: 'money', amount, currency })

const euros = (amount: number) => ({ currency: 'EUR', amount: new Prisma.Decimal(amount) })

async function aNight(t: TestContext) {
  const office = await anOffice(t)
  const { db, clock, proposals, aDebtor, anInvoice } = office
  const raised: string[] = []
  const ops = { raise: async ({ problem }: { problem: string }) => void raised.push(problem), resolve: async () => undefined } as never
  const rules = { on: true, limitProposalsFrom: 100 }
  const run = () =>
    proposeLimits({
      client: db,
      clock,
      ops,
      proposals,
      credit: { rules: async () => rules as never },
      reporting: async () => ({ reporting: 'EUR', maxAgeDays: 7 }),
      timeZone: 'Europe/Amsterdam',
    })
  /** A debtor that owes this in one currency, whose company the bureau advises that limit for. */
  const watched = async (number: string, owed: string, advice: object, currency = 'EUR') => {
    const debtor = await aDebtor(number, `Debtor ${number}`, `${number.toLowerCase()}@debtor.example`)
    await anInvoice(debtor.id, `F-${number}`, owed, { currency })
    const company = await db.creditCompany.create({
      data: { bureau: 'creditsafe', bureauId: number, country: 'NL', name: number, sections: [], monitoring: 'monitored' },
    })
    await db.creditLink.create({ data: { debtorId: debtor.id, companyId: company.id, source: 'number', linkedBy: 'duncan', linkedAt: new Date() } })
    await advise(company.id, advice)
    return { debtorId: debtor.id, companyId: company.id }
  }
  const advise = (companyId: number, value: object, since = '2026-11-01') =>
    db.creditValue.upsert({
      where: { companyId_criterion: { companyId, criterion: 'credit_limit' } },
      create: { companyId, criterion: 'credit_limit', value, raw: 'x', source: 'report', since: new Date(since), seenAt: new Date(since) },
      update: { value, since: new Date(since) },
    })
  const ours = (debtorId: number, amount: string, currency = 'EUR') =>
    db.debtorLimit.create({ data: { debtorId, kind: 'internal', amount, currency, source: 'import', setAt: new Date() } })
  const told = async () =>
    (await db.debtorEntry.findMany({ orderBy: { id: 'asc' } })).map(({ debtorId, status, payload, why }) => {
      const [content, reason] = [payload as { amount: string; currency: string }, why as Record<string, unknown>]
      return [debtorId, status, `${content.amount} ${content.currency}`, reason.code, reason.exposure ?? reason.limit]
    })
  return { ...office, run, rules, raised, watched, advise, ours, told }
}

test('after a night the advised limit is proposed where more is at risk, or our own limit is higher; each fact once, and again when the advice is another', async t => {
  const { db, run, rules, proposals, watched, advise, ours, told, jobs } = await aNight(t)
  const over = await watched('A', '120000.00', money('80000'))
  const lower = await watched('B', '10.00', money('5000'))
  await ours(lower.debtorId, '20000')
  const covered = await watched('C', '120000.00', money('80000'))
  await ours(covered.debtorId, '80000')
  await watched('D', '500.00', money('80000'))
  await watched('E', '500.00', { is: 'none' })
  await watched('F', '500.00', { is: 'money', amount: '1' }) // a list names no currency
  const nothing = await watched('G', '500.00', money('0'))
  jobs.splice(0)

  rules.on = false
  await run()
  assert.deepEqual(await told(), [])
  rules.on = true
  await run()
  await run()

  assert.deepEqual(await told(), [
    [nothing.debtorId, 'proposed', '0 EUR', 'over_advice', '500'],
    [lower.debtorId, 'proposed', '5000 EUR', 'advice_below_limit', '20000'],
    [over.debtorId, 'proposed', '80000 EUR', 'over_advice', '120000'],
  ])
  assert.equal(jobs.filter(({ name }) => name === 'entry.changed').length, 3)
  const [, , last] = await db.debtorEntry.findMany({ orderBy: { id: 'asc' } })
  const boss = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'manager' } })
  await proposals.voteOnEntry({ entryId: last?.id ?? 0, staffId: boss.id, surface: 'console', kind: 'reject' })
  await run()
  assert.equal((await told()).length, 3)

  await advise(over.companyId, money('60000'), '2026-11-20')
  await advise(lower.companyId, money('4000'), '2026-11-20')
  await run()

  assert.deepEqual((await told()).slice(1), [
    [lower.debtorId, 'superseded', '5000 EUR', 'advice_below_limit', '20000'],
    [over.debtorId, 'rejected', '80000 EUR', 'over_advice', '120000'],
    [lower.debtorId, 'proposed', '4000 EUR', 'advice_below_limit', '20000'],
    [over.debtorId, 'proposed', '60000 EUR', 'over_advice', '120000'],
  ])
})

test('other currencies count by the day’s rate; without one nothing is made up, and an administrator is told', async t => {
  const { db, run, raised, watched, ours, told, anInvoice } = await aNight(t)
  await db.currencyRate.create({ data: { day: new Date('2026-11-20'), currency: 'GBP', rate: '0.8' } })
  const pounds = await watched('A', '80000.00', money('90000'), 'GBP') // 100,000 euros
  await watched('B', '500.00', money('100'), 'USD')
  const mixed = await watched('C', '500.00', money('100'))
  await anInvoice(mixed.debtorId, 'F-C2', '7.00', { currency: 'USD' })
  const dollars = await watched('D', '1.00', money('100'))
  await ours(dollars.debtorId, '10', 'USD')

  await run()

  assert.deepEqual(
    (await told()).toSorted((a, b) => Number(a[0]) - Number(b[0])),
    [
      [pounds.debtorId, 'proposed', '90000 EUR', 'over_advice', '100000'],
      [mixed.debtorId, 'proposed', '100 EUR', 'over_advice', '500'],
    ],
  )
  const entry = await db.debtorEntry.findFirstOrThrow({ where: { debtorId: mixed.debtorId } })
  assert.deepEqual((entry.why as { leftOut: unknown }).leftOut, [{ amount: '7', currency: 'USD' }])
  assert.equal(raised.length, 1)
  assert.match(raised[0] ?? '', /^For 2 debtors .* of USD\.$/)
})

test('what a person put up for decision stays in the night; the largest have cards, the others wait in the list', async t => {
  const { db, run, proposals, watched, told, jobs } = await aNight(t)
  const boss = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'manager' } })
  const own = await watched('A', '120000.00', money('80000'))
  const opening = {
    content: { kind: 'credit_limit' as const, amount: '50000', currency: 'EUR', before: null },
    key: 'form 1',
    staffId: boss.id,
    surface: 'console',
  }
  await proposals.openEntry({ ...opening, debtorId: own.debtorId, why: { code: 'alert', alertId: 1 } })
  for (let index = 0; index < 12; index += 1) await watched(`M${index}`, `${2000 + index}.00`, money('1000'))
  jobs.splice(0)

  await run()

  assert.deepEqual((await told())[0]?.slice(0, 3), [own.debtorId, 'proposed', '50000 EUR'])
  assert.equal((await told()).length, 13)
  assert.equal(jobs.filter(({ name }) => name === 'entry.changed').length, 10)
})

test('a limit is never proposed above what stands, nor where nothing asks for it', async () => {
  const rates = await ratesOn(undefined as never, [], Temporal.PlainDate.from('2026-11-23'), 7)
  fc.assert(
    fc.property(fc.nat(1000), fc.option(fc.nat(1000)), fc.integer({ min: -500, max: 2000 }), fc.integer({ min: 1, max: 200 }), (advice, own, open, from) => {
      const verdict = limitToPropose({ advice: euros(advice), internal: own === null ? undefined : euros(own), exposure: [euros(open)] }, rates, from)

      const isAsked = open > (advice * from) / 100 || (own !== null && own > advice)
      assert.equal(verdict.kind, isAsked && (own === null || own > advice) ? 'propose' : 'nothing')
    }),
  )
})
