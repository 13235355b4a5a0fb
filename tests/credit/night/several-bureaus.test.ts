import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import pino from 'pino'
import { fullSight } from '#people'
import { createCredit } from '../../../src/credit/credit.ts'
import { viewNight } from '../../../src/credit/night/view-night.ts'
import { creditKind } from '../../../src/credit/rules.ts'
import { creditFactsOf } from '../../../src/credit/values/history.ts'
import { aCompany } from '../bureau-company.ts'
import { createBureauFolder, northernScales } from '../bureaus/bureau-files.ts'
import { createNightWorld } from './night-world.ts'

const dutch = aCompany({ id: 'NL-X-99990001', registrationNumber: '99990001', name: 'Zeilmakerij Voorbeeld B.V.' })
const french = aCompany({ id: 'FR-X-99900001100011', country: 'FR', registrationNumber: '99900001100011', name: 'Ateliers Exemple SAS', judgments: 2 })
const polish = aCompany({ id: 'PL-X-1', country: 'PL', registrationNumber: '1', name: 'Przyklad' })

const head = 'company_number;country;name;score;rating;credit_limit;judgments\n'

/** A ledger with a Dutch, a French and a Polish debtor, the sandbox, and a folder of a second bureau called northern. */
async function world(t: TestContext) {
  const { client, database, clock, sandbox } = await createNightWorld(
    t,
    [
      { company: dutch, number: '10' },
      { company: french, number: '11' },
      { company: polish, number: '12', companyNumber: '5260001246', country: 'PL' },
      { number: '13', country: null },
    ],
    { companies: [dutch, french] },
  )
  const files = createBureauFolder(t, clock)
  let section: object = {}
  const creditWith = (password: string) =>
    createCredit({
      database,
      clock,
      log: pino({ level: 'silent' }),
      config: { DUNCAN_CREDITSAFE_URL: sandbox.url, DUNCAN_CREDITSAFE_USERNAME: 'demo', DUNCAN_CREDITSAFE_PASSWORD: password },
      rules: async () => creditKind.schema.parse({ on: true, ...section }),
      timeZone: 'Europe/Brussels',
      queue: { sendMany: async () => undefined },
      alertRules: async () => ({}),
      segmentsOf: async () => [],
    })
  const credit = creditWith('demo')
  return {
    creditWith,
    client,
    clock,
    sandbox,
    credit,
    drop: (rows: string) => files.drop('scores.csv', `${head}${rows}`),
    /** The countries of each bureau; without them the whole rest. */
    serve: (northern: string[], creditsafe?: string[]) =>
      (section = {
        bureaus: {
          creditsafe: { kind: 'creditsafe', ...(creditsafe && { countries: creditsafe }) },
          northern: { kind: 'file', path: files.folder, countries: northern, ...northernScales },
        },
      }),
    night: async () => {
      clock.advance({ hours: 24 })
      const result = await credit.sync('night')
      return result.outcome === 'done' ? result : assert.fail(result.outcome)
    },
    bureausOf: async () => {
      const links = await client.creditLink.findMany({ include: { company: true }, orderBy: { debtorId: 'asc' } })
      return links.map(({ company }) => `${company.country} ${company.bureau}`)
    },
  }
}

const faultsOf = (bureaus: object) => creditKind.schema.safeParse({ bureaus }).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? []

describe('several bureaus', () => {
  it('serve each its countries in one night, whose counts add up to the scope and whose card is one', async t => {
    const { serve, drop, night, client, credit, sandbox, bureausOf } = await world(t)
    serve(['FR', 'PL'])
    await drop('999000011;FR;Ateliers Exemple SAS;7,7;AAA;1000000;0\n5260001246;PL;Przyklad;4,7;C;0;0\n')

    const { counts, runId } = await night()
    const [view] = await viewNight(client, runId)
    const status = await credit.status()

    assert.deepEqual(await bureausOf(), ['NL creditsafe', 'FR northern', 'PL northern'])
    assert.deepEqual(counts, { inScope: 4, changed: 3, unchanged: 0, failed: 0, overQuota: 0, gone: 0, notMonitored: 1 })
    assert.deepEqual([view?.counts, view?.notAsked], [counts, []])
    assert.deepEqual(sandbox.orders, [dutch.id])
    assert.deepEqual(
      (await client.creditCompany.findMany({ orderBy: { country: 'asc' } })).map(({ normalisedScore, ratingClass }) => [Number(normalisedScore), ratingClass]),
      [
        [77, 'A'],
        [68, 'B'],
        [47, 'D'],
      ],
    )
    assert.deepEqual(
      status.bureaus.map(({ name, state, inScope, monitored, reportsThisYear }) => [name, state, inScope, monitored, reportsThisYear]),
      [
        ['creditsafe', 'active', 2, 1, 1],
        ['northern', 'active', 2, 2, 0],
      ],
    )
    assert.equal(status.inScope, 4)

    const second = await night()

    assert.deepEqual([second.counts.changed, second.counts.unchanged], [0, 3])
    assert.equal(await client.creditChange.count({ where: { runId: { gte: second.runId } } }), 0)
  })

  it('do not stop each other: the one that is away is gone on with in the same night, and stands on the same card', async t => {
    const { serve, drop, night, client, clock, credit } = await world(t)
    serve(['FR'])

    const broken = await night()
    const [first] = await viewNight(client, broken.runId)
    await drop('999000011;FR;Ateliers Exemple SAS;7,7;AAA;1000000;0\n')
    clock.advance({ minutes: 10 })
    const again = await credit.sync('night')
    const [second] = await viewNight(client, broken.runId)

    assert.deepEqual(
      broken.bureaus.map(({ bureau, outcome }) => [bureau, outcome]),
      [
        ['creditsafe', 'done'],
        ['northern', 'failed'],
      ],
    )
    assert.deepEqual([broken.counts.inScope, broken.counts.failed, first?.notAsked], [4, 1, ['northern']])
    assert.ok(again.outcome === 'done')
    assert.equal(again.runId, broken.runId)
    assert.deepEqual(
      again.bureaus.map(({ bureau, outcome }) => [bureau, outcome]),
      [
        ['creditsafe', 'left_out'],
        ['northern', 'done'],
      ],
    )
    assert.deepEqual([second?.counts.inScope, second?.counts.failed, second?.notAsked], [4, 0, []])
    assert.equal(await client.creditRun.count(), 2)
  })

  it('keep what one said when its country goes to the other one, with its source, and tell a known judgment once', async t => {
    const { serve, drop, night, client, bureausOf, sandbox } = await world(t)
    await night()
    assert.deepEqual(await bureausOf(), ['NL creditsafe', 'FR creditsafe'])
    const alerts = () => client.creditAlert.findMany({ orderBy: { id: 'asc' }, select: { rule: true, company: { select: { bureau: true } } } })
    const before = await alerts()

    serve(['FR'])
    await drop('999000011;FR;Ateliers Exemple SAS;3,0;C;0;2\n')
    await night()
    const known = await alerts()
    await drop('999000011;FR;Ateliers Exemple SAS;3,0;C;0;3\n')
    await night()

    assert.deepEqual(before, [{ rule: 'judgment', company: { bureau: 'creditsafe' } }])
    assert.deepEqual(known, before)
    assert.deepEqual((await alerts()).slice(1), [{ rule: 'judgment', company: { bureau: 'northern' } }])
    assert.deepEqual(await bureausOf(), ['NL creditsafe', 'FR northern'])
    assert.equal(sandbox.portfolios[0]?.companies.size, 1)
    const { id } = await client.debtor.findFirstOrThrow({ where: { number: '11' } })
    const facts = await creditFactsOf(client, fullSight, id)
    const score = facts?.history.find(({ criterion }) => criterion === 'score')
    assert.deepEqual(
      score?.changes.map(({ bureau, value }) => [bureau, value.is === 'number' && value.number]),
      [
        ['northern', '3.0'],
        ['creditsafe', '68'],
      ],
    )
    assert.deepEqual(
      facts?.former.find(({ criterion }) => criterion === 'international_rating')?.changes.map(({ bureau }) => bureau),
      ['creditsafe'],
    )
  })

  it('compare a score within one scale only, and across bureaus and scales by what it is on 0 to 100', async t => {
    const { serve, drop, night, client } = await world(t)
    serve(['FR'])
    await drop('999000011;FR;Ateliers Exemple SAS;7,7;AAA;1000000;0\n')
    await night()

    await drop('999000011;FR;Ateliers Exemple SAS;5,0;BBB;400000;0\n')
    await night()

    const alerts = await client.creditAlert.findMany({ orderBy: { rule: 'asc' } })
    assert.deepEqual(
      alerts.map(({ rule, criterion }) => [rule, criterion]),
      [
        ['limit-cut', 'credit_limit'],
        ['rating-worse', 'rating'],
        ['score-drop', 'score'],
      ],
    )
  })

  it('a company that is missing in one file and back in the next is watched again, and a wrong row fails alone', async t => {
    const { serve, drop, night, client } = await world(t)
    serve(['FR', 'PL'])
    const [frenchRow, polishRow] = ['999000011;FR;Ateliers Exemple SAS;7,7;AAA;1000000;0\n', '5260001246;PL;Przyklad;4,7;C;0;0\n']
    await drop(frenchRow + polishRow)
    await night()

    await drop(polishRow)
    const without = await night()
    await drop(frenchRow.replace('7,7', '99') + polishRow)
    const wrong = await night()
    await drop(frenchRow + polishRow)
    const back = await night()

    assert.deepEqual([without.counts.gone, without.counts.unchanged], [1, 2])
    assert.deepEqual([wrong.counts.failed, wrong.counts.gone, wrong.counts.unchanged], [1, 0, 2])
    const files = wrong.bureaus.flatMap(each => (each.outcome === 'done' ? (each.file ?? []) : []))
    assert.deepEqual(files[0]?.faults, ['line 2, score: 99 lies outside of its scale of 0 to 10'])
    assert.deepEqual([back.counts.failed, back.counts.gone, back.counts.unchanged + back.counts.changed], [0, 0, 3])
    assert.equal(await client.creditGap.count({ where: { reason: 'gone' } }), 0)
    assert.equal(await client.creditOrder.count(), 1)
  })

  it('tell of a refused login until the password is another one, and are checked without paying', async t => {
    const { serve, creditWith, drop, sandbox } = await world(t)
    serve(['FR'])
    await drop('999000011;FR;Ateliers Exemple SAS;7,7;AAA;1000000;0\n')
    const [wrong, right] = [creditWith('wrong'), creditWith('demo')]
    const stateOf = async (credit: typeof wrong) => (await credit.status()).bureaus.map(({ state }) => state)

    const night = await wrong.sync('night')
    const [refused, corrected] = [await stateOf(wrong), await stateOf(right)]
    const [checkedWrong, checkedRight] = [await wrong.check(), await right.check()]

    assert.ok(night.outcome === 'done')
    assert.deepEqual(
      night.bureaus.map(each => [each.bureau, each.outcome, each.outcome === 'failed' && each.fault.code]),
      [
        ['creditsafe', 'failed', 'credit.refused'],
        ['northern', 'done', false],
      ],
    )
    assert.deepEqual(
      [refused, corrected],
      [
        ['refused', 'active'],
        ['waiting', 'active'],
      ],
    )
    assert.deepEqual(
      [checkedWrong.map(({ is }) => is), checkedRight.map(({ is }) => is)],
      [
        ['fault', 'file'],
        ['quotas', 'file'],
      ],
    )
    assert.equal(sandbox.orders.length, 0)
  })

  it('leave a country that nobody serves out, and tell who asks why; the settings name each country once', async t => {
    const { serve, drop, night, client } = await world(t)
    serve(['FR'], ['NL'])
    await drop('999000011;FR;Ateliers Exemple SAS;7,7;AAA;1000000;0\n')
    const northern = { kind: 'file', path: '/srv/northern' }

    const { counts } = await night()

    assert.deepEqual([counts.inScope, counts.notMonitored], [4, 2])
    assert.deepEqual(
      (await client.creditGap.findMany({ orderBy: { debtorId: 'asc' } })).map(({ reason }) => reason),
      ['not_covered', 'no_country'],
    )
    assert.deepEqual(faultsOf({ creditsafe: { kind: 'creditsafe' }, northern: { ...northern, countries: ['NL'] } }), [])
    assert.match(faultsOf({}).join(), /^bureaus: names no bureau/)
    assert.match(faultsOf({ creditsafe: { kind: 'creditsafe' }, northern }).join(), /^bureaus\.northern: names no countries, and neither does creditsafe/)
    assert.match(
      faultsOf({ one: { ...northern, countries: ['NL'] }, two: { ...northern, countries: ['DK', 'NL'] } }).join(),
      /^bureaus\.two\.countries\.1: NL is served by one already/,
    )
    assert.match(faultsOf({ other: { kind: 'creditsafe' } }).join(), /^bureaus\.other: The bureau of kind creditsafe, and no other, is called creditsafe/)
    assert.match(
      faultsOf({ northern: { ...northern, path: 'files', ratings: ['A', 'a'], score: { worst: 1, best: 1 } } }).join(),
      /path: must be a path from the root.*twice|differ/,
    )
  })
})
