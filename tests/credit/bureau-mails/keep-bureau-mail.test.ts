import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import type { Queue } from '#platform'
import { defaultAlertRules } from '../../../src/credit/alerts/alert-rule.ts'
import { alertRaised, raiseAlerts } from '../../../src/credit/alerts/raise-alerts.ts'
import { keepBureauMail } from '../../../src/credit/bureau-mails/keep-bureau-mail.ts'
import { runNight } from '../../../src/credit/night/run-night.ts'
import { creditKind } from '../../../src/credit/rules.ts'
import { aCompany } from '../bureau-company.ts'
import { createNightWorld, type WorldDebtor } from '../night/night-world.ts'
import { aBureauMail } from './a-bureau-mail.ts'

async function mailWorld(t: Pick<TestContext, 'after'>, debtors: WorldDebtor[]) {
  const world = await createNightWorld(t, debtors)
  const { client, clock, sandbox } = world
  const rules = creditKind.schema.parse({ on: true })
  let messageId = 0
  const drawn: number[] = []
  const queue: Pick<Queue, 'sendMany'> = {
    sendMany: async (_db, _kind, payloads) => void drawn.push(...payloads.map(payload => alertRaised.payload.parse(payload).alertId)),
  }
  const onChanges = { clock, queue, rules: defaultAlertRules, segmentsOf: async () => [], supplierChannel: rules.supplierChannel }
  const arrive = (text: string) => {
    messageId += 1
    const mail = { messageId, receivedAt: new Date(clock.now().epochMilliseconds), subject: 'Alert', text, html: undefined }
    return keepBureauMail({ client, clock, queue, rules }, mail)
  }
  /** The bureau's day at noon, then the night of its evening. */
  const night = () => runNight({ ...world.deps(), onChanges: (tx, changes) => raiseAlerts(tx, onChanges, changes) }, 'night')
  const noon = (day: string) => clock.set(`${day}T12:00:00Z`)
  const evening = async (day: string) => {
    clock.set(`${day}T22:00:00Z`)
    await night()
  }
  const alertsOf = async (bureauId: string) =>
    (await client.creditAlert.findMany({ where: { company: { bureauId } }, orderBy: { id: 'asc' } })).map(
      ({ rule, channel, criterion }) => `${rule} ${criterion} ${channel}`,
    )
  const owed = async (bureauId: string) => (await client.creditCompany.findFirstOrThrow({ where: { bureauId } })).reportOwed
  return { ...world, sandbox, arrive, night, noon, evening, alertsOf, owed, drawn }
}

const french = (index: number) => aCompany({ id: `FR-X-9990000${index}700011`, country: 'FR', registrationNumber: `9990000${index}700011`, score: 68 })

test('the same change told by interface and by mail gives one alert and one report, whichever comes first and however often', async () => {
  const days = ['2026-03-02', '2026-03-03', '2026-03-06'] as const
  const mailed = fc.array(fc.subarray([...days]), { minLength: 4, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(mailed, async plans => {
      const companies = [[], ...plans].map((mailDays, index) => ({ company: french(index), mailDays }))
      const ends: (() => unknown)[] = []
      const world = await mailWorld(
        { after: end => void ends.push(end as () => unknown) },
        companies.map(({ company: own }, index) => ({ company: own, number: `${index}` })),
      )
      try {
        const { client, sandbox } = world
        await world.night()
        for (const day of days) {
          world.noon(day)
          for (const { company: own, mailDays } of companies) {
            if (day === days[0]) sandbox.register.change(own.id, { score: 20, judgments: 1 }, `${day}T10:00:00Z`)
            if (mailDays.includes(day)) await world.arrive(aBureauMail(own, 'International rating: B -> D', 'Court judgments: 0 -> 1'))
          }
          await world.evening(day)
        }

        const [expected, ...told] = await Promise.all(companies.map(({ company: own }) => world.alertsOf(own.id)))
        assert.ok(expected && expected.length >= 2)
        for (const alerts of told) assert.deepEqual(alerts, expected)
        assert.equal(await client.creditOrder.count(), 2 * companies.length)
        assert.equal(await client.creditEvent.count({ where: { source: 'mail' } }), 2 * plans.flat().length)
      } finally {
        for (const end of ends.toReversed()) await end()
      }
    }),
    { numRuns: 2 },
  )
})

test('a mail changes no value: it has the report asked for, at once when it tells of a hard stop, and not for what stands already', async t => {
  const dutch = aCompany({ score: 68 })
  const { client, arrive, night, owed, alertsOf } = await mailWorld(t, [{ company: dutch, number: '10' }])
  await night()
  const before = await client.creditValue.findMany({ orderBy: { criterion: 'asc' } })

  const known = await arrive(aBureauMail(dutch, 'International rating: A -> B', 'Event: New accounts filed'))
  const [isKnownOwed, rating] = [await owed(dutch.id), await arrive(aBureauMail(dutch, 'International rating: B -> C'))]
  const isRatingOwed = await owed(dutch.id)
  const stop = await arrive(aBureauMail(dutch, 'Event: bankruptcy'))
  const alertsBefore = await client.creditAlert.count()
  const silent = await arrive(aBureauMail(dutch, 'Court judgments: 0 -> 1'))

  assert.deepEqual([known.isWhole, known.asksNow, isKnownOwed], [true, false, false])
  assert.deepEqual([rating.asksNow, isRatingOwed, stop.asksNow], [false, true, true])
  assert.deepEqual(await client.creditValue.findMany({ orderBy: { criterion: 'asc' } }), before)
  // No Dutch report tells of judgments: asking for one would tell nobody.
  assert.deepEqual([alertsBefore, silent.asksNow, await alertsOf(dutch.id)], [0, false, ['bureau-mail judgments credit']])
})

test('a mail about a debtor that is not monitored is an alert of its own, once, and is not told again when the debtor comes back', async t => {
  const settled = aCompany({ id: 'NL-X-99990007', registrationNumber: '99990007', name: 'Betaalde Rekening B.V.', score: 68 })
  const supplier = aCompany({ id: 'NL-X-99990008', registrationNumber: '99990008', name: 'Leverancier Voorbeeld B.V.' })
  const world = await mailWorld(t, [
    { company: settled, number: '10', closedOn: '2026-02-01' },
    { company: supplier, number: '11', closedOn: '2026-02-01' },
  ])
  const { client, arrive, alertsOf, sandbox, evening } = world
  await client.debtor.updateMany({ where: { number: '11' }, data: { partyType: 'supplier' } })
  await world.night()
  sandbox.register.change(settled.id, { score: 20 }, '2026-03-02T10:00:00Z')
  world.noon('2026-03-02')

  const first = await arrive(aBureauMail(settled, 'International rating: B -> D'))
  await arrive(aBureauMail(settled, 'International rating: B -> D'))
  await arrive(aBureauMail(supplier, 'International rating: B -> D'))
  const stranger = await arrive(aBureauMail(aCompany({ id: 'NL-X-99990009', registrationNumber: '99990009' }), 'International rating: B -> D'))
  const nameless = await arrive(
    aBureauMail({ id: 'NL-X-99990006', name: 'Betaalde Rekening B.V.', registrationNumber: '00000000' }, 'International rating: B -> D'),
  )
  await client.invoice.updateMany({ where: { debtor: { number: '10' } }, data: { status: 'open', openAmount: '1000', closedOn: null } })
  await evening('2026-03-02')

  const [debtor, purchasing] = [await alertsOf(settled.id), await alertsOf(supplier.id)]
  assert.deepEqual([first.isWhole, first.debtorIds.length, first.asksNow], [true, 1, false])
  assert.deepEqual([debtor, purchasing], [['bureau-mail international_rating credit'], ['bureau-mail international_rating purchasing']])
  assert.deepEqual([stranger.isWhole, nameless.isWhole], [false, false])
  assert.equal(await client.creditCompany.count({ where: { bureauId: { in: ['NL-X-99990009', 'NL-X-99990006'] } } }), 0)
})

test('an urgent alert is drawn anew when a mail tells the same, so that it says so', async t => {
  const company = aCompany({ id: 'FR-X-99900001700011', country: 'FR', registrationNumber: '99900001700011' })
  const { client, arrive, night, noon, evening, sandbox, drawn } = await mailWorld(t, [{ company, number: '10' }])
  await night()
  noon('2026-03-02')
  sandbox.register.change(company.id, { score: 20, judgments: 1 }, '2026-03-02T10:00:00Z')
  await evening('2026-03-02')
  noon('2026-03-03')
  const { id } = await client.creditAlert.findFirstOrThrow({ where: { criterion: 'judgments' } })

  await arrive(aBureauMail(company, 'Court judgments: 0 -> 1'))

  assert.deepEqual(drawn, [id, id])
})
