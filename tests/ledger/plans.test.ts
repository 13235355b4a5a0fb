import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { type AskedInstalments, agreePlan, endPlan, instalmentProblem, judgePlans, mostInstalments, plainWeek, planInstalments, plansOf } from '#ledger'
import { Prisma } from '#platform'
import { theBooks } from './matching/support.ts'

const today = Temporal.PlainDate.from('2026-11-23') // a Monday
const plan = (total: string, asked: AskedInstalments) => planInstalments({ total: new Prisma.Decimal(total), asked, today, calendar: plainWeek, usualCount: 3 })
const written = (total: string, asked: AskedInstalments) => plan(total, asked).map(({ dueOn, amount }) => `${dueOn} ${amount}`)

test('instalments are proposed as the debtor asks for them, and the last one takes what is left', () => {
  assert.deepEqual(written('1000.00', { dates: [] }), ['2026-12-07 333.33', '2027-01-07 333.33', '2027-02-07 333.34'])
  assert.deepEqual(written('1000.00', { count: 2, dates: ['2026-11-30'] }), ['2026-11-30 500.00', '2026-12-30 500.00'])
  assert.deepEqual(written('1000.00', { dates: ['2026-12-31', '2026-12-01', '2026-01-01'] }), ['2026-12-01 500.00', '2026-12-31 500.00'])
  assert.deepEqual(written('1100.00', { amount: '500', dates: [] }), ['2026-12-07 500.00', '2027-01-07 500.00', '2027-02-07 100.00'])
  assert.deepEqual(written('2000.00', { count: 3, amount: '500', dates: ['2026-12-31'] }), ['2026-12-31 500.00', '2027-01-31 500.00', '2027-02-28 1000.00'])
  assert.deepEqual(written('900.00', { count: 3, amount: '500', dates: [] }), ['2026-12-07 300.00', '2027-01-07 300.00', '2027-02-07 300.00'])
  assert.deepEqual(written('0.02', { count: 12, dates: [] }), ['2026-12-07 0.01', '2027-01-07 0.01'])
  assert.deepEqual(written('-5', { dates: [] }), [])
})

test('whatever is asked for, the instalments add up to the total and could be agreed', () => {
  const day = fc.integer({ min: -400, max: 800 }).map(days => today.add({ days }).toString())
  const cents = fc.integer({ min: 1, max: 1e9 }).map(value => new Prisma.Decimal(value).div(100).toFixed(2))
  const asked = fc.record({ count: fc.integer({ min: 0, max: 99 }), amount: cents, dates: fc.array(day, { maxLength: 5 }) }, { requiredKeys: ['dates'] })
  fc.assert(
    fc.property(cents, asked, (total, terms) => {
      const instalments = plan(total, terms)

      assert.equal(instalments.reduce((sum, { amount }) => sum.add(amount), new Prisma.Decimal(0)).toFixed(2), total)
      assert.equal(instalmentProblem(instalments, today.toString()), undefined)
      assert.ok(instalments.length <= mostInstalments)
    }),
  )
})

const at = new Date('2026-03-02T09:00:00Z')

const typed = (...lines: [string, string][]) =>
  instalmentProblem(
    lines.map(([dueOn, amount]) => ({ dueOn, amount })),
    '2026-11-23',
  )

test('instalments that each have an amount of their own keep it, and what they leave open goes to the last; what cannot be agreed is not', () => {
  const dates = ['2026-12-01', '2027-01-04']
  const cases: [string, AskedInstalments, string[]][] = [
    ['7000.00', { amounts: ['4000', '3000'], dates }, ['2026-12-01 4000.00', '2027-01-04 3000.00']],
    ['7250.50', { amounts: ['4000', '3000'], dates }, ['2026-12-01 4000.00', '2027-01-04 3250.50']],
    ['60', { amounts: ['10', '20', '30'], dates: ['2026-11-30'] }, ['2026-11-30 10.00', '2026-12-30 20.00', '2027-01-30 30.00']],
    ['4000.00', { amounts: ['4000', '3000'], dates }, []],
    ['7000.00', { amounts: ['4000', '3000'], dates: dates.toReversed() }, []],
    ['7000.00', { amounts: ['4000', '3000'], dates: ['2026-11-20', '2026-12-01'] }, []],
    ['7000.00', { amounts: ['4000', '0', '3000'], dates }, []],
  ]

  assert.deepEqual(
    cases.map(([total, asked]) => written(total, asked)),
    cases.map(([, , expected]) => expected),
  )
})

test('instalments that somebody typed are told what is wrong with them', () => {
  assert.deepEqual(
    [typed(), typed(['2026-11-22', '1']), typed(['2026-12-02', '0']), typed(['2026-12-02', '1'], ['2026-12-02', '1']), typed(['2026-11-23', '1'])],
    ['none', 'day_is_over', 'amount', 'order', undefined],
  )
})

test('a plan runs, is at risk once an instalment is missed, runs again when the money came, and is finished when all did', async t => {
  const books = await theBooks(t)
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00')
  await books.invoice(alder.id, '2026-0102', '200.00')
  const invoiceIds = [await books.invoiceIdOf('2026-0101'), await books.invoiceIdOf('2026-0102')]
  const instalments = ['2026-03-16', '2026-04-16', '2026-05-18'].map(dueOn => ({ dueOn, amount: '100.00' }))
  await agreePlan(books.db, { debtorId: alder.id, invoiceIds, instalments, at, actionId: 7 })
  await agreePlan(books.db, { debtorId: alder.id, invoiceIds, instalments, at, actionId: 7 })
  const standing = async (day: string, money?: [number: string, open: string]) => {
    books.clock.set(`${day}T08:00:00Z`)
    await books.db.administration.update({ where: { id: books.administration.id }, data: { importedAt: new Date(`${day}T05:00:00Z`) } })
    if (money) await books.db.invoice.updateMany({ where: { number: money[0] }, data: { openAmount: money[1], status: money[1] === '0' ? 'closed' : 'open' } })
    await judgePlans(books.db, books.deps)
    const [one, ...others] = await plansOf(books.db, alder.id)
    assert.equal(others.length, 0)
    return [one?.status, one?.paid.toFixed(2), one?.instalments.map(({ status }) => status).join(' ')]
  }

  assert.deepEqual(await standing('2026-03-16', ['2026-0101', '0']), ['running', '100.00', 'kept open open'])
  assert.deepEqual(await standing('2026-04-21'), ['running', '100.00', 'kept open open'], 'its grace runs out on this day')
  assert.deepEqual(await standing('2026-04-22'), ['at_risk', '100.00', 'kept missed open'])
  await assert.rejects(agreePlan(books.db, { debtorId: alder.id, invoiceIds, instalments, at }), { code: 'plan.exists' })
  assert.deepEqual(await standing('2026-04-28', ['2026-0102', '80']), ['running', '220.00', 'kept kept open'])
  assert.deepEqual(await standing('2026-05-10', ['2026-0102', '0']), ['finished', '300.00', 'kept kept kept'])
  assert.equal(await endPlan(books.db, { actionId: 7 }, 'cancelled', new Date()), false)
  await assert.rejects(agreePlan(books.db, { debtorId: alder.id, invoiceIds, instalments, at }), { code: 'plan.nothing_open' })
  assert.deepEqual(
    (await books.db.auditEntry.findMany({ where: { subject: { startsWith: 'plan:' } }, orderBy: { id: 'asc' } })).map(({ event }) => event),
    ['plan.running', 'plan.at_risk', 'plan.running', 'plan.finished'],
  )
})

test('a credit note is no payment: it lowers the last instalments of a plan, and those before them are still waited for', async t => {
  const books = await theBooks(t)
  const birch = await books.debtor('D200', 'Birch BV')
  await books.invoice(birch.id, '2026-0201', '300.00')
  await books.invoice(birch.id, 'C-1', '-20.00', { createdAt: new Date('2026-03-01T08:00:00Z') })
  const instalments = ['2026-03-16', '2026-04-16', '2026-05-18'].map(dueOn => ({ dueOn, amount: '100.00' }))
  await agreePlan(books.db, { debtorId: birch.id, invoiceIds: [await books.invoiceIdOf('2026-0201')], instalments, at })
  const standing = async (day: string, open: string) => {
    books.clock.set(`${day}T08:00:00Z`)
    await books.db.administration.update({ where: { id: books.administration.id }, data: { importedAt: new Date(`${day}T05:00:00Z`) } })
    await books.db.invoice.updateMany({ where: { number: '2026-0201' }, data: { openAmount: open, status: open === '0' ? 'closed' : 'open' } })
    await judgePlans(books.db, books.deps)
    const [one] = await plansOf(books.db, birch.id)
    const parts = one?.instalments.map(({ amount, status }) => `${amount.toFixed(0)} ${status}`).join(', ')
    return [one?.status, one?.paid.toFixed(2), one?.credited.toFixed(2), parts]
  }

  assert.deepEqual(await standing('2026-03-16', '200'), ['running', '100.00', '0.00', '100 kept, 100 open, 100 open'], 'nothing was credited: money came')
  await books.db.invoice.updateMany({ where: { number: 'C-1' }, data: { openAmount: '0', status: 'closed' } })
  await books.invoice(birch.id, 'C-2', '-110.00', { openAmount: '0', status: 'closed', createdAt: new Date('2026-03-20T08:00:00Z') })
  assert.deepEqual(await standing('2026-03-30', '70'), ['running', '100.00', '130.00', '100 kept, 70 open, 100 credited'])
  assert.deepEqual(await standing('2026-04-22', '70'), ['at_risk', '100.00', '130.00', '100 kept, 70 missed, 100 credited'])
  assert.deepEqual(await standing('2026-04-23', '0'), ['finished', '170.00', '130.00', '100 kept, 70 kept, 100 credited'])
})
