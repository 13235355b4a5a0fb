import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BureauError } from '../../../src/credit/bureaus/bureau.ts'
import { chanceFaults } from '../../../src/demo/bureau/faults.ts'
import { aCompany } from '../bureau-company.ts'
import { createNightWorld } from './night-world.ts'

const company = (serial: number, given = {}) =>
  aCompany({ id: `NL-X-9999${1000 + serial}`, registrationNumber: `9999${1000 + serial}`, name: `Voorbeeld ${serial} B.V.`, ...given })

const german = (serial: number, name: string, court: string) =>
  company(serial, { id: `DE-X-${serial}`, country: 'DE', registrationNumber: 'HRB 9123', name, court })

describe('a night at the credit bureau', () => {
  it('asks for each company once, whoever many debtors it is, and tells what came of each debtor', async t => {
    const [one, two] = [company(1), company(2)]
    const { night, client, sandbox } = await createNightWorld(t, [
      { company: one, number: '10' },
      { company: one, number: '11' },
      { company: two, number: '12' },
      { number: '13', companyNumber: '99990000' },
      { number: '14', companyNumber: null, vatNumber: 'NL001234567B01' },
      { number: '15', country: null },
    ])

    const { counts } = await night()

    assert.deepEqual(counts, { inScope: 6, changed: 3, unchanged: 0, failed: 0, overQuota: 0, gone: 0, notMonitored: 3 })
    assert.deepEqual(sandbox.orders.toSorted(), [one.id, two.id])
    const gaps = await client.creditGap.findMany({ orderBy: { debtorId: 'asc' } })
    assert.deepEqual(
      gaps.map(({ reason }) => reason),
      ['not_found', 'no_number', 'no_country'],
    )
    assert.equal(sandbox.portfolios[0]?.companies.size, 2)
  })

  it('links a German number only together with its name, since each court counts anew', async t => {
    const [berlin, essen] = [german(1, 'Segelbau Muster GmbH', 'Berlin'), german(2, 'Kranbau Muster GmbH', 'Essen')]
    const { night, client } = await createNightWorld(t, [
      { company: berlin, number: '10' },
      { number: '11', country: 'DE', companyNumber: 'HRB 9123' },
      { company: essen, number: '12' },
    ])

    await night()

    const links = await client.creditLink.findMany({ include: { company: true }, orderBy: { debtorId: 'asc' } })
    assert.deepEqual(
      links.map(link => link.company.bureauId),
      [berlin.id, essen.id],
    )
    const gaps = await client.creditGap.findMany()
    assert.deepEqual(
      gaps.map(({ reason, candidates }) => [reason, Array.isArray(candidates) && candidates.length]),
      [['several', 2]],
    )
  })

  it('orders a report only where something happened, and keeps what changed with what it was before', async t => {
    const [one, two] = [company(1), company(2, { score: 80 })]
    const { night, client, sandbox, clock } = await createNightWorld(t, [
      { company: one, number: '10' },
      { company: two, number: '11' },
    ])
    await night()

    clock.advance({ hours: 24 })
    sandbox.register.change(two.id, { score: 44, creditLimit: 9_000, judgments: 1 }, '2026-03-02T09:00:00Z')
    const second = await night()
    clock.advance({ hours: 24 })
    const third = await night()

    assert.deepEqual(sandbox.orders.slice(2), [two.id])
    assert.deepEqual([second.counts.changed, second.counts.unchanged], [1, 1])
    assert.deepEqual([third.counts.changed, third.counts.unchanged], [0, 2])
    const changes = await client.creditChange.findMany({ where: { before: { not: {} } }, orderBy: { criterion: 'asc' } })
    assert.deepEqual(
      changes.map(({ criterion, before, value }) => [criterion, before, value]),
      [
        ['credit_limit', { is: 'money', amount: '25000', currency: 'EUR' }, { is: 'money', amount: '9000', currency: 'EUR' }],
        ['international_rating', { is: 'text', text: 'A' }, { is: 'text', text: 'C' }],
        ['score', { is: 'number', number: '80', min: '0', max: '100' }, { is: 'number', number: '44', min: '0', max: '100' }],
      ],
    )
    assert.deepEqual(
      (await client.creditEvent.findMany({ orderBy: { eventId: 'asc' } })).map(({ rule }) => rule),
      ['101 International Rating', '102 Credit Limit', '9041 Court judgments'],
    )
  })

  it('hears of a judgment alone, by the rules that the country of the company has for it', async t => {
    const [one, two] = [company(1), company(2, { id: 'GB-X-09999002', country: 'GB', registrationNumber: '09999002' })]
    const { night, client, sandbox, clock } = await createNightWorld(t, [
      { company: one, number: '10' },
      { company: two, number: '11' },
    ])
    await night()

    clock.advance({ hours: 24 })
    sandbox.register.change(two.id, { judgments: 1 }, '2026-03-02T09:00:00Z')
    await night()

    assert.deepEqual(sandbox.orders.slice(2), [two.id])
    const on = sandbox.portfolios[0]?.rules.filter(({ isActive }) => isActive === 1).map(({ ruleCode }) => ruleCode)
    assert.deepEqual([on?.includes(9031), on?.includes(9034)], [true, false])
    assert.equal(await client.creditChange.count({ where: { criterion: 'judgments', before: { not: {} } } }), 1)
  })

  it('follows the scope: who owes nothing leaves, who comes back is looked at at once', async t => {
    const [one, two] = [company(1), company(2)]
    const { night, client, sandbox, clock } = await createNightWorld(t, [
      { company: one, number: '10' },
      { company: two, number: '11', closedOn: '2026-01-10' },
    ])

    const first = await night()
    await client.invoice.updateMany({ where: { number: 'F10' }, data: { status: 'closed', closedOn: new Date('2026-03-02') } })
    await client.invoice.updateMany({ where: { number: 'F11' }, data: { status: 'open' } })
    clock.advance({ hours: 24 })
    await night()
    sandbox.register.change(one.id, { status: 'NonActive', statusDescription: 'Bankrupt', score: undefined }, '2026-03-10T09:00:00Z')
    await client.invoice.updateMany({ where: { number: 'F10' }, data: { status: 'open', closedOn: null } })
    clock.set('2026-03-20T22:00:00Z')
    await night()

    assert.equal(first.counts.inScope, 1)
    assert.deepEqual(sandbox.orders, [one.id, two.id, one.id])
    const insolvency = await client.creditValue.findFirst({ where: { criterion: 'insolvency', company: { bureauId: one.id } } })
    assert.deepEqual(insolvency?.value, { is: 'text', text: 'Bankrupt', key: 'Bankrupt' })
  })

  it('counts debtors of the last days by the setting, and all of them where that is wanted', async t => {
    const debtors = [
      { company: company(10), number: '10', closedOn: '2025-09-03' },
      { company: company(11), number: '11', closedOn: '2025-09-01' },
    ] // 180 and 182 days before 2 March

    const recent = await createNightWorld(t, debtors, { rules: { scope: 'recent', receivablesDays: 180 } })
    const all = await createNightWorld(t, debtors, { rules: { scope: 'all' } })

    assert.deepEqual([(await recent.night()).counts.inScope, (await all.night()).counts.inScope], [1, 2])
  })

  it('buys no report beyond the quota, and the rest in a later night', async t => {
    const quota = { NL: 1 }
    const { night, sandbox, clock, client } = await createNightWorld(
      t,
      [
        { company: company(1), number: '10' },
        { company: company(2), number: '11' },
      ],
      { paidReports: quota },
    )

    const first = await night()
    quota.NL = 2
    clock.advance({ hours: 24 })
    const second = await night()

    assert.deepEqual([first.counts.changed, first.counts.overQuota, second.counts.changed, second.counts.overQuota], [1, 1, 1, 0])
    assert.equal(sandbox.orders.length, 2)
    assert.deepEqual((await client.creditAccount.findFirst())?.quotas, [{ country: 'NL', paid: 2, used: 2 }], 'as it is shown in the status')
  })

  it('lets neither one country without a contract nor a bureau that is away lose what else there is', async t => {
    const debtors = [
      ...Array.from({ length: 14 }, (_, index) => ({ company: company(index), number: String(10 + index) })),
      { company: company(20, { id: 'FR-X-99900001700011', country: 'FR', registrationNumber: '99900001700011' }), number: '30', companyNumber: '999000017' },
    ]
    let isAway = true
    const { night, client, sandbox, clock } = await createNightWorld(t, debtors, {
      paidReports: { NL: 100 },
      fault: call => (isAway && call.includes('/companies/NL-X') ? 'error' : undefined),
    })

    await assert.rejects(night(), { problem: 'away' })
    const broken = await client.creditRun.findFirst()
    isAway = false
    clock.advance({ hours: 1 })
    const { runId, counts } = await night()

    assert.deepEqual([broken?.finishedAt, runId], [null, broken?.id])
    assert.deepEqual([counts.changed, counts.failed, counts.overQuota], [14, 0, 1])
    assert.equal(sandbox.orders.length, 14)
  })

  it('keeps what it knows of a company that vanished, and says that nobody watches it', async t => {
    const one = company(1)
    const { night, client, sandbox, clock } = await createNightWorld(t, [{ company: one, number: '10' }])
    await night()

    sandbox.register.change(one.id, 'gone', '2026-03-02T00:00:00Z')
    clock.advance({ hours: 48 })
    const second = await night()
    clock.advance({ hours: 24 })
    const third = await night()

    assert.deepEqual([second.counts.gone, third.counts.gone], [1, 1])
    assert.equal((await client.creditGap.findFirst())?.reason, 'gone')
    assert.equal(await client.creditValue.count({ where: { criterion: 'score' } }), 1)
  })

  it('ends complete through faults of every kind, and pays for each company once', async t => {
    const debtors = Array.from({ length: 30 }, (_, index) => ({ company: company(index), number: String(10 + index) }))
    const { night, client, sandbox } = await createNightWorld(t, debtors, { fault: chanceFaults(0.05) })

    // The portfolio alone is not asked for again by itself when it may have been made.
    const { counts } = await night().catch((error: unknown) => (error instanceof BureauError ? night() : assert.fail(String(error))))

    assert.deepEqual([counts.inScope, counts.changed], [30, 30])
    assert.deepEqual(sandbox.orders.toSorted(), debtors.map(debtor => debtor.company.id).toSorted())
    assert.equal(sandbox.portfolios.length, 1)
    assert.equal(await client.creditOrder.count({ where: { outcome: 'stored' } }), 30)
  })
})
