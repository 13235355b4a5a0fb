import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { getHttpOperationsFromSpec } from '@stoplight/prism-http'
import { createServer } from '@stoplight/prism-http-server'
import pino from 'pino'
import { parse } from 'yaml'
import { fixedClock } from '#platform'
import { BureauError, type BureauProblem } from '../../../../src/credit/bureaus/bureau.ts'
import { createConnection } from '../../../../src/credit/bureaus/creditsafe/connection.ts'
import { createCreditsafe } from '../../../../src/credit/bureaus/creditsafe/creditsafe.ts'
import type { Fault } from '../../../../src/demo/bureau/faults.ts'
import { type SandboxOptions, startBureauSandbox } from '../../../../src/demo/bureau/sandbox.ts'
import { aCompany } from '../../bureau-company.ts'

type Description = { paths: Record<string, Record<string, { operationId?: string; responses: Record<string, unknown> }>> }

const description = parse(readFileSync(join(import.meta.dirname, 'creditsafe.openapi.yaml'), 'utf8'), { merge: true }) as Description

const dutch = aCompany({ parent: 'Voorbeeld Groep' })
const unrated = aCompany({ id: 'NL-X-99990002', score: undefined, creditLimit: undefined, contractLimit: undefined })
const french = aCompany({ id: 'FR-X-99900001700011', country: 'FR', registrationNumber: '99900001700011', judgments: 2, privileges: 1 })
const british = aCompany({ id: 'GB-0-09990001', country: 'GB', registrationNumber: '09990001', currency: 'GBP', judgments: 1 })
const german = aCompany({ id: 'DE-X-HRB9123', country: 'DE', registrationNumber: 'HRB 9123', court: 'Berlin', vatNumber: 'DE999000001' })
const belgian = aCompany({ id: 'BE-X-999000017', country: 'BE', registrationNumber: '0999000017', vatNumber: 'BE0999000017' })
const companies = [dutch, unrated, french, british, german, belgian]

/** The client, Prism that holds both sides to the description, and the stand-in, one behind the other. */
async function connect(t: TestContext, given: Partial<SandboxOptions> = {}) {
  const clock = fixedClock('2026-03-01T22:00:00Z')
  const sandbox = await startBureauSandbox({ companies, now: () => clock.now().toString(), ...given })
  const violations: string[] = []
  const logger = pino(
    { level: 'error' },
    {
      write: (line: string) => {
        const { input, msg } = JSON.parse(line) as { input?: { url: { path: string } }; msg: string }
        violations.push(`${input?.url.path}: ${msg}`)
      },
    },
  )
  const checks = { isProxy: true, errors: true, checkSecurity: true, validateRequest: true, validateResponse: true, mock: { dynamic: false } } as const
  const config = { ...checks, upstream: new URL(sandbox.url), upstreamProxy: undefined }
  const proxy = createServer(await getHttpOperationsFromSpec(description), { components: { logger }, config, cors: false })
  const url = await proxy.listen(0, '127.0.0.1')
  t.after(async () => {
    await sandbox.stop()
    await proxy.close()
  })
  const answers = new Set<string>()
  const note = (line: string) => {
    const { call, status } = JSON.parse(line) as { call: string; status: number }
    answers.add(`${call} ${status}`)
  }
  const memory = { wasRefused: async () => false, remember: async () => undefined }
  const connectAs = (password: string) =>
    createConnection({ url, username: 'demo', password, memory, clock, log: pino({ level: 'info' }, { write: note }), delay: () => 1 })
  const ask = connectAs('demo')
  return { ask, connectAs, bureau: createCreditsafe(ask, 'Duncan'), sandbox, clock, answers, violations }
}

async function gather(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}

async function problemOf(call: Promise<unknown>): Promise<BureauProblem | undefined> {
  try {
    await call
    return undefined
  } catch (error) {
    return error instanceof BureauError ? error.problem : assert.fail(String(error))
  }
}

/** Each call meets one fault, and goes through when it comes again. */
function oneFaultEach(): (call: string) => Fault | undefined {
  const kinds: Fault[] = ['too_many', 'error', 'not_json']
  const struck = new Set<string>()
  return call => {
    if (call.startsWith('POST') || struck.has(call)) return undefined
    struck.add(call)
    return kinds[struck.size % kinds.length]
  }
}

// Of any call at any time; that these come is seen by faults and by tokens that end.
const anyTime = new Set(['401', '429', '502', '503'])

describe('the description of the Creditsafe calls', () => {
  it('holds for every question of the client and every answer of the stand-in, refusals and faults too', async t => {
    const { ask, connectAs, bureau, sandbox, clock, answers, violations } = await connect(t, {
      fault: oneFaultEach(),
      failedSections: id => (id === british.id ? ['CreditScore', 'PaymentData'] : []),
      paidReports: { NL: 2, FR: 9, GB: 9, DE: 9, BE: 9 },
    })
    const { portfolio } = bureau

    await portfolio.ensure()
    const added = [await portfolio.add(dutch.id, '10007'), await portfolio.add(dutch.id, '10007'), await portfolio.add('NL-X-1', '10014')]
    await portfolio.add(unrated.id, '10021')
    sandbox.register.change(dutch.id, { score: 22, creditLimit: 4_000 }, '2026-03-01T21:00:00Z')
    for (const call of [
      () => bureau.quotas(),
      () => bureau.find({ country: 'NL', registrationNumber: dutch.registrationNumber }),
      () => bureau.find({ country: 'BE', vatNumber: 'BE0999000017' }),
      () => bureau.find({ country: 'NL', name: 'Niemand' }),
      () => bureau.find({ country: 'NL', name: 'Zeilmakerij', postalCode: '8600 AA' }),
      ...[french, british, german, belgian, unrated].map(
        ({ id }) =>
          () =>
            bureau.report(id),
      ),
      () => gather(portfolio.companies()),
      () => gather(portfolio.events(clock.now().subtract({ hours: 24 }))),
    ]) {
      sandbox.endTokens()
      await call()
    }
    Object.assign(sandbox.portfolios[0] ?? {}, { emails: [{ emailAddress: 'someone@brightdesk.example' }], frequency: '1', rules: [] })
    await portfolio.ensure()
    await portfolio.remove(unrated.id)
    await portfolio.remove(unrated.id)
    await bureau.report(dutch.id)
    const refused = [
      await problemOf(ask('search', 'companies', { search: { countries: 'NL', regNo: '99990001', name: 'Zeilmakerij' } })),
      await problemOf(ask('report', `companies/${german.id}`)),
      await problemOf(bureau.report('NL-X-1')),
      await problemOf(bureau.report(dutch.id)),
      await problemOf(connectAs('wrong')('access', 'access')),
    ]
    sandbox.portfolios.length = 0 // somebody deleted it
    const own = 'monitoring/portfolios/4000'
    for (const lost of [
      () => ask('portfolio.silence', own, { method: 'patch', json: { name: 'Duncan' } }),
      () => ask('rules', `${own}/eventRules`),
      () => ask('rules.set', `${own}/eventRules/XX`, { method: 'put', json: [] }),
      () => gather(portfolio.companies()),
      () => gather(portfolio.events(clock.now())),
    ]) {
      assert.equal(await problemOf(lost()), 'unknown')
    }

    assert.deepEqual(violations, [])
    assert.deepEqual(added, ['added', 'added', 'unknown'])
    assert.deepEqual(refused, ['rejected', 'rejected', 'unknown', 'forbidden', 'refused'])
    const operations = Object.values(description.paths).flatMap(path => Object.values(path).filter(({ operationId }) => operationId))
    const described = operations.flatMap(({ operationId, responses }) => Object.keys(responses).map(status => `${operationId} ${status}`))
    const expected = described.filter(answer => !anyTime.has(answer.split(' ')[1] ?? '') || answer === 'authenticate 401')
    const seen = [...answers].filter(answer => !anyTime.has(answer.split(' ')[1] ?? '') || answer === 'authenticate 401')
    assert.deepEqual(seen.toSorted(), expected.toSorted())
  })

  it('lets neither a question nor an answer through that is off it', async t => {
    const { ask, bureau, sandbox, violations } = await connect(t)
    Object.assign(sandbox.register.companies.get(french.id) ?? {}, { statusDescription: 7 })

    const answered = await problemOf(bureau.report(french.id))
    const asked = await problemOf(ask('search', 'companies', { search: { countries: 'France', regNo: '999000017' } }))

    assert.deepEqual([answered, asked], ['away', 'rejected'])
    assert.match(violations.join('\n'), /companies\/FR-X-\S+: .*#VIOLATIONS[^]*companies: .*#UNPROCESSABLE_ENTITY/)
  })
})
