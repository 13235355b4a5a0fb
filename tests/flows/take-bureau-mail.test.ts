import assert from 'node:assert/strict'
import { test } from 'node:test'
import { creditKind } from '#credit'
import { silentLog } from '#platform'
import { creditNight } from '../../src/flows/credit-night.ts'
import { type BureauMailDeps, takeBureauMail } from '../../src/flows/take-bureau-mail.ts'
import { aCompany } from '../credit/bureau-company.ts'
import { aBureauMail } from '../credit/bureau-mails/a-bureau-mail.ts'
import { createNightWorld } from '../credit/night/night-world.ts'

const dutch = aCompany()

test('only a mail that proves to come from the bureau is taken; it is filed with its debtors, and what cannot wait is asked for at once', async t => {
  const { client, clock, night } = await createNightWorld(t, [
    { company: dutch, number: '10' },
    { company: dutch, number: '11' },
  ])
  await night()
  const mailbox = await client.mailbox.create({ data: { key: 'debtors', address: 'ar@brightdesk.example', kind: 'maildir', startAt: new Date(0) } })
  const sent: string[] = []
  const deps = (on: boolean): BureauMailDeps => ({
    client,
    clock,
    log: silentLog,
    queue: { send: async (_db, { name }, payload) => void sent.push(`${name} ${JSON.stringify(payload)}`), sendMany: async () => undefined },
    blobs: { path: hash => hash },
    parser: { parse: async () => ({ mail: { html: undefined } }) as never },
    credit: { rules: async () => creditKind.schema.parse({ on }) },
  })
  const arrived = (id: number, text: string, given: object = {}) =>
    client.message.create({
      data: {
        id,
        mailboxId: mailbox.id,
        rawHash: `${id}`,
        size: 1,
        direction: 'in',
        receivedAt: new Date('2026-03-02T09:00:00Z'),
        fromAddress: 'a@creditsafe.com',
        text,
        ...given,
      },
    })
  const text = aBureauMail(dutch, 'Event: bankruptcy')
  const genuine = await arrived(1, text)

  const refused = [
    await takeBureauMail(deps(false), genuine, async () => 'pass'),
    await takeBureauMail(deps(true), genuine, async () => 'unknown'),
    await takeBureauMail(deps(true), genuine, async () => 'fail'),
    await takeBureauMail(deps(true), await arrived(2, text, { direction: 'out' }), async () => 'pass'),
    await takeBureauMail(deps(true), await arrived(3, text, { fromAddress: 'a@creditsafe.example' }), async () => 'pass'),
    await takeBureauMail(deps(true), await arrived(4, 'Your invoice is ready.'), async () => 'pass'),
  ]
  const eventsBefore = await client.creditEvent.count({ where: { source: 'mail' } })
  const taken = await takeBureauMail(deps(true), genuine, async () => 'pass')
  await takeBureauMail(deps(true), genuine, async () => 'pass') // as after a crash

  const filed = await client.message.findUniqueOrThrow({ where: { id: 1 } })
  const events = await client.creditEvent.findMany({ where: { source: 'mail' } })
  assert.deepEqual([refused, eventsBefore, taken], [[false, false, false, false, false, false], 0, true])
  assert.deepEqual([filed.status, filed.debtorId, (filed.candidates as unknown[]).length], ['processed', null, 2])
  assert.deepEqual(
    events.map(({ criterion, messageId }) => [criterion, messageId]),
    [['insolvency', 1]],
  )
  assert.deepEqual([...new Set(sent)], ['credit.sync {"urgent":true}', 'message.settled {"messageId":1}'])
})

test('events that the bureau says it mailed, though our portfolio has mails switched off, are told to the administrator until they are over', async t => {
  const { client, clock } = await createNightWorld(t, [])
  const told: string[] = []
  const ops = { raise: async ({ key }: { key: string }) => void told.push(`raised ${key}`), resolve: async (key: string) => void told.push(`resolved ${key}`) }
  const credit = {
    rules: async () => creditKind.schema.parse({ on: true }),
    sync: async () => ({ outcome: 'done', runId: 1, counts: { changed: 0 }, bureaus: [] }),
  } as never
  const queue = { send: async () => undefined }
  const night = () => creditNight({ client, clock, queue, credit, ops, log: silentLog, postNight: async () => undefined }, { urgent: false })
  const happenedAt = new Date('2026-03-01T10:00:00Z')
  await client.creditEvent.create({
    data: { bureau: 'creditsafe', eventId: '1', bureauId: dutch.id, rule: '101', happenedAt, source: 'interface', mailedAt: '2026-03-01T11:00:00' },
  })

  await night()
  clock.advance({ hours: 96 })
  await night()

  assert.deepEqual(
    told.filter(line => line.endsWith('credit:mails')),
    ['raised credit:mails', 'resolved credit:mails'],
  )
})
