import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, it, type TestContext } from 'node:test'
import pino from 'pino'
import { fixedClock } from '#platform'
import { createConnection } from '../../../src/credit/bureaus/creditsafe/connection.ts'
import { createCreditsafe } from '../../../src/credit/bureaus/creditsafe/creditsafe.ts'
import { type SandboxOptions, startBureauSandbox } from '../../../src/demo/bureau/sandbox.ts'
import { aCompany } from '../bureau-company.ts'

const french = aCompany({
  id: 'FR-X-99900001700011',
  country: 'FR',
  registrationNumber: '99900001700011',
  name: 'Ateliers Exemple SAS',
  daysBeyondTerms: 18,
  judgments: 2,
  privileges: 1,
  parent: 'Exemple Groupe',
  tradeName: 'Exemple Bois',
  foundedOn: '1998-05-04',
  capital: 18_000,
})

async function connect(t: TestContext, given: Partial<SandboxOptions> & { wrongPassword?: boolean } = {}) {
  const clock = fixedClock('2026-03-01T22:00:00Z')
  const sandbox = await startBureauSandbox({ companies: [aCompany(), french], now: () => clock.now().toString(), ...given })
  t.after(() => sandbox.stop())
  let refused = false
  const lines: Record<string, unknown>[] = []
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line) as Record<string, unknown>) })
  const memory = { wasRefused: async () => refused, remember: async (outcome: string) => void (refused = outcome === 'refused') }
  const password = given.wrongPassword ? 'wrong' : 'demo'
  const ask = createConnection({ url: sandbox.url, username: 'demo', password, memory, clock, log, delay: () => 1 })
  return { bureau: createCreditsafe(ask, 'Duncan'), sandbox, clock, lines }
}

describe('Creditsafe', () => {
  it('reads a report into criteria, keeps no person of it, and logs each call with its correlation id', async t => {
    const { bureau, lines } = await connect(t)

    const report = await bureau.report(french.id)

    const values = Object.fromEntries(report.values.map(({ criterion, value }) => [criterion, value]))
    assert.deepEqual(values, {
      score: { is: 'number', number: '68', min: '0', max: '100' },
      international_rating: { is: 'text', text: 'B' },
      credit_limit: { is: 'money', amount: '25000', currency: 'EUR' },
      contract_limit: { is: 'money', amount: '40000', currency: 'EUR' },
      status: { is: 'text', text: 'Active', key: 'ACTIVE' },
      name: { is: 'text', text: 'Ateliers Exemple SAS' },
      address: { is: 'text', text: 'Havenkade 3, 8600 AA Sneek' },
      parent: { is: 'text', text: 'Exemple Groupe', key: 'FR-X-PARENT' },
      days_beyond_terms: { is: 'number', number: '18' },
      industry_days_beyond_terms: { is: 'number', number: '14' },
      judgments: { is: 'number', number: '2' },
      insolvency: { is: 'none' },
      privileges: { is: 'number', number: '1' },
    })
    assert.deepEqual(
      [report.identity.tradeName, report.identity.foundedOn, report.identity.capital],
      ['Exemple Bois', '1998-05-04', { amount: '18000', currency: 'EUR' }],
    )
    assert.ok(!JSON.stringify(report).includes('Alex Voorbeeld'))
    assert.deepEqual(report.sections, ['directors', 'shareCapitalStructure', 'groupStructure', 'negativeInformation', 'paymentData'])
    const call = lines.find(line => line['call'] === 'report')
    assert.equal(call?.['correlationId'], report.correlationId)
    assert.ok(!JSON.stringify(lines).includes('token-1'))
  })

  it('keeps apart what is not rated, what is unlimited nowhere, and what a section could not tell', async t => {
    const failed = aCompany({ score: undefined, creditLimit: undefined, contractLimit: undefined, status: 'Active', statusDescription: 'Receivership' })
    const { bureau } = await connect(t, { companies: [failed], failedSections: () => ['PaymentData', 'AdditionalInformation'] })

    const report = await bureau.report(failed.id)

    const values = Object.fromEntries(report.values.map(({ criterion, value, raw }) => [criterion, [value, raw]]))
    assert.deepEqual(values['score'], [{ is: 'none' }, 'Not Rated'])
    assert.deepEqual(values['credit_limit'], [{ is: 'none' }, 'Credit Limit not applicable'])
    assert.deepEqual(values['international_rating'], [{ is: 'text', text: 'E' }, 'E Not Scored'])
    assert.deepEqual(values['insolvency'], [{ is: 'text', text: 'Receivership', key: 'Receivership' }, 'Receivership'])
    assert.ok(!('contract_limit' in values) && !('days_beyond_terms' in values))
    assert.deepEqual(report.failed, ['days_beyond_terms', 'industry_days_beyond_terms'])
  })

  it('finds by one set of criteria, and nobody for a number that is not there', async t => {
    const { bureau } = await connect(t)

    const byNumber = await bureau.find({ country: 'FR', registrationNumber: '999000017' })
    const byName = await bureau.find({ country: 'NL', name: 'zeilmakerij' })
    const nobody = await bureau.find({ country: 'NL', registrationNumber: '11111111' })

    assert.deepEqual(
      byNumber.map(({ companyId }) => companyId),
      [french.id],
    )
    assert.deepEqual(
      byName.map(({ companyId, city, isHeadOffice }) => [companyId, city, isHeadOffice]),
      [['NL-X-99990001', 'Sneek', true]],
    )
    assert.deepEqual(nobody, [])
  })

  it('logs in once for calls side by side, again after 50 minutes, and again when a token ends early', async t => {
    const { bureau, sandbox, clock } = await connect(t)

    await Promise.all([bureau.quotas(), bureau.quotas(), bureau.report(french.id)])
    clock.advance({ minutes: 49 })
    await bureau.quotas()
    const inTheHour = sandbox.logins.accepted
    clock.advance({ minutes: 2 })
    await bureau.quotas()
    const afterIt = sandbox.logins.accepted
    sandbox.endTokens()
    await Promise.all([bureau.quotas(), bureau.quotas()])

    assert.deepEqual([inTheHour, afterIt, sandbox.logins.accepted], [1, 2, 3])
  })

  it('asks with a refused password once, and never again', async t => {
    const { bureau, sandbox } = await connect(t, { wrongPassword: true })

    for (let tries = 0; tries < 3; tries++) {
      await assert.rejects(bureau.quotas(), { problem: 'refused', message: /not tried again until they change/ })
    }

    assert.deepEqual(sandbox.logins, { accepted: 0, refused: 1 })
  })

  it('waits through too many requests and errors, and asks no second time for a report whose answer was lost', async t => {
    const faults = ['too_many', 'error', 'not_json', undefined, 'lost'] as const
    let calls = 0
    const { bureau, sandbox } = await connect(t, { fault: () => faults[calls++] })

    await bureau.report(french.id)
    await assert.rejects(bureau.report(french.id), { problem: 'unsure' })

    assert.deepEqual([sandbox.orders, calls], [[french.id], 5])
  })

  it('says again what was lost on the way, but for a new portfolio, which might be there twice', async t => {
    const lostOnce = new Set(['POST /v1/monitoring/portfolios', 'POST /v1/monitoring/portfolios/4000/companies', 'GET /v1/access'])
    const { bureau, sandbox } = await connect(t, { fault: call => (lostOnce.delete(call) ? 'lost' : undefined) })

    await assert.rejects(bureau.portfolio.ensure(), { problem: 'unsure' })
    await bureau.portfolio.ensure()
    const added = await bureau.portfolio.add(french.id, '10007')
    await bureau.quotas()

    assert.deepEqual([added, sandbox.portfolios.length, lostOnce.size], ['added', 1, 0])
  })

  it('makes its own portfolio once, without mails and with its rules, and sets right what somebody changed', async t => {
    const { bureau, sandbox } = await connect(t)

    const first = await bureau.portfolio.ensure()
    const second = await bureau.portfolio.ensure()
    const [portfolio] = sandbox.portfolios
    Object.assign(portfolio ?? {}, { emails: [{ emailAddress: 'someone@brightdesk.example' }], frequency: '1', rules: [] })
    const third = await bureau.portfolio.ensure()

    assert.deepEqual([first.corrected, second.corrected, third.corrected], [['portfolio', 'rules'], [], ['mails', 'rules']])
    assert.equal(sandbox.portfolios.length, 1)
    assert.deepEqual([portfolio?.emails, portfolio?.frequency, portfolio?.isDefault], [[], '0', false])
  })

  it('adds and removes companies however often, lists their values and tells what happened to them', async t => {
    const { bureau, sandbox, clock } = await connect(t)
    await bureau.portfolio.ensure()

    const added = [
      await bureau.portfolio.add(french.id, '10007'),
      await bureau.portfolio.add(french.id, '10007'),
      await bureau.portfolio.add('NL-X-1', '10014'),
    ]
    await bureau.portfolio.add('NL-X-99990001', '10021')
    await bureau.portfolio.remove('NL-X-99990001')
    await bureau.portfolio.remove('NL-X-99990001')
    sandbox.register.change(french.id, { score: 22, creditLimit: 4_000 }, '2026-03-01T21:00:00Z')
    const listed = await listOf(bureau.portfolio.companies())
    const events = await listOf(bureau.portfolio.events(clock.now().subtract({ hours: 24 })))

    assert.deepEqual(added, ['added', 'added', 'unknown'])
    assert.deepEqual(
      listed.map(({ companyId, country }) => [companyId, country]),
      [[french.id, 'FR']],
    )
    assert.deepEqual(
      listed[0]?.values.map(({ criterion, raw }) => [criterion, raw]),
      [
        ['score', '22'],
        ['international_rating', 'D'],
        ['credit_limit', '4000'],
        ['status', 'Active'],
        ['name', 'Ateliers Exemple SAS'],
      ],
    )
    assert.deepEqual(
      events.map(({ rule, oldValue, newValue, mailedAt }) => [rule, oldValue, newValue, mailedAt]),
      [
        ['101 International Rating', 'B', 'D', null],
        ['102 Credit Limit', '25000', '4000', null],
      ],
    )
    assert.equal(events[0]?.happenedAt.toString(), '2026-03-01T21:00:00Z')
  })

  it('fetches a big report from the storage that it is sent to, without its token, and only over https or loopback', async t => {
    const asked: (string | undefined)[] = []
    const body = JSON.stringify({ dateOfOrder: '2026-03-01T22:00:00Z', report: { companySummary: { businessName: 'Groot B.V.' } } })
    const server = createServer((request, response) => {
      const path = request.url ?? ''
      if (path.startsWith('/v1/authenticate')) response.setHeader('content-type', 'application/json').end('{"token":"secret"}')
      else if (path.startsWith('/v1/companies/NL-X-1?')) response.writeHead(302, { location: '/storage/report' }).end()
      else if (path.startsWith('/v1/companies/NL-X-2?')) response.writeHead(302, { location: 'http://storage.example/report' }).end()
      else {
        asked.push(request.headers.authorization)
        response.end(body)
      }
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.after(() => void server.close())
    const memory = { wasRefused: async () => false, remember: async () => undefined }
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
    const bureau = createCreditsafe(
      createConnection({ url, username: 'a', password: 'b', memory, clock: fixedClock('2026-03-01T22:00:00Z'), log: pino({ level: 'silent' }) }),
      'Duncan',
    )

    const report = await bureau.report('NL-X-1')
    await assert.rejects(bureau.report('NL-X-2'), { problem: 'unreadable' })

    assert.equal(report.identity.name, 'Groot B.V.')
    assert.deepEqual(asked, [undefined])
  })
})

async function listOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}
