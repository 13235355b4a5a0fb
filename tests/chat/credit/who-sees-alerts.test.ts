import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alertsKind, creditKind } from '#credit'
import { channelsOf, everyChannel } from '../../../src/chat/channels.ts'
import { asPost } from '../../../src/chat/posts.ts'
import { disclosedCard, disclosureOf } from '../../../src/chat/readers.ts'
import { aCompany } from '../../credit/bureau-company.ts'
import { aCreditOffice, cardOf, picksOf } from './credit-office.ts'

const french = aCompany({ id: 'FR-X-99900001700011', country: 'FR', registrationNumber: '99900001700011', name: 'Verrerie Modèle SAS', score: 70 })
const dutch = aCompany({ name: 'Zeilmakerij Voorbeeld B.V.', score: 70 })

test('an alert is for who sees its debtors: managers in its channel, others of their own accounts alone, privately and without the rest', async t => {
  const office = await aCreditOffice(t, [
    { company: french, number: '10' },
    { company: french, number: '11' },
    { company: dutch, number: '12' },
  ])
  const { client, clock, chat, credit, sandbox } = office
  await client.debtor.updateMany({ where: { number: '10' }, data: { collector: 'COLLECTOR' } })
  const { staff: sal, type } = await office.person('collector', { ownAccounts: true })
  const manager = await office.person('manager')
  await credit.sync('night')
  clock.advance({ hours: 24 })
  for (const { id } of [french, dutch]) sandbox.register.change(id, { score: 40, ...(id === french.id && { privileges: 1 }) }, clock.now().toString())
  const night = await credit.sync('night')
  const urgent = await client.creditAlert.findFirstOrThrow({ where: { rule: 'privilege' } })

  await chat.postAlert(urgent.id)
  if (night.outcome === 'done') await chat.postCreditNight(night.runId)

  const posts = (await client.chatPost.findMany({ orderBy: { id: 'asc' } })).map(asPost)
  const [shared, own] = posts.filter(({ subject }) => subject === `alert:${urgent.id}`)
  assert.deepEqual([shared?.channel, shared?.privateTo, own?.channel, own?.privateTo], ['credit', null, '@collector', sal.id])
  assert.match(shared?.card.subtitle ?? '', /€2,000\.00 overdue .* 10, 11 /)
  assert.match(own?.card.subtitle ?? '', /€1,000\.00 overdue .* 10 /)
  assert.equal(posts.filter(({ privateTo, subject }) => privateTo === sal.id && subject.startsWith('credit-night')).length, 0) // hers stands on a card already

  const typed = async (text: string) => JSON.stringify(await type(text))
  const other = await client.creditAlert.findFirstOrThrow({ where: { company: { bureauId: dutch.id } } })
  const shown = async (id: number) => (await chat.click({ staff: sal, surface: 'console', action: 'alert.show', data: { alert: String(id) }, values: {} })).kind
  assert.deepEqual([await shown(urgent.id), await shown(other.id)], ['private', 'refused'])
  assert.ok((await typed('/risk alerts')).includes('Verrerie') && !(await typed('/risk alerts')).includes('Zeilmakerij'))
  assert.deepEqual(
    picksOf(cardOf(await manager.type('/risk alerts'))).map(line => line.split(' | ')[0]),
    ['Verrerie Modèle SAS', 'Zeilmakerij Voorbeeld B.V.'],
  )
  assert.deepEqual(await channelsOf(client, sal), [])

  assert.ok(shared)
  const disclosure = (staff: (typeof sal)[]) => disclosureOf(client, shared, { kind: 'known', staff })
  assert.deepEqual([await disclosure([manager.staff]), await disclosure([manager.staff, sal])], ['all', 'nothing'])
  const unknown = disclosedCard(shared.card, await disclosureOf(client, shared, { kind: 'unknown' }))
  assert.ok(unknown && !JSON.stringify(unknown).includes('2,000'), JSON.stringify(unknown))

  await chat.postAlertReminder(urgent.id)
  await chat.postAlertReminder(urgent.id)
  const reminders = await client.chatPost.findMany({ where: { subject: { startsWith: 'alert-reminder:' } } })
  assert.deepEqual(
    reminders.map(({ privateTo }) => privateTo),
    [manager.staff.id],
  )
})

test('a supplier’s rating drop goes to the purchasing channel and speaks of no receivable; suppliers are watched only where they are wanted', async t => {
  const wanted = await aCreditOffice(t, [{ company: dutch, number: '20', closedOn: '2026-02-01' }], { rules: { parties: ['debtor', 'supplier'] } })
  const { client, clock, chat, credit, sandbox } = wanted
  await client.debtor.updateMany({ data: { partyType: 'supplier' } })
  const manager = await wanted.person('manager')
  await creditKind.project?.(client, creditKind.schema.parse({ parties: ['debtor', 'supplier'] }))
  await alertsKind.project?.(client, alertsKind.schema.parse({ keys: { criterion: 'score', when: 'falls_by', amount: 5, channel: 'key-accounts' } }))
  await credit.sync('night')
  clock.advance({ hours: 24 })
  sandbox.register.change(dutch.id, { score: 40 }, clock.now().toString())
  const night = await credit.sync('night')

  assert.ok(night.outcome === 'done')
  await chat.postCreditNight(night.runId)
  const alerts = await client.creditAlert.findMany({ orderBy: { id: 'asc' } })
  const digest = await client.chatPost.findFirstOrThrow({ where: { channel: 'purchasing' } })
  const card = cardOf(await manager.press('alert.show', { alert: String(alerts[0]?.id) }))

  assert.deepEqual([...new Set(alerts.map(({ channel, party }) => `${channel} ${party}`))], ['purchasing supplier'])
  assert.match(JSON.stringify(digest.card), /Supplier Zeilmakerij Voorbeeld B\.V\. · Rating/)
  assert.match(card.title, /^Supplier Zeilmakerij Voorbeeld B\.V\.: rating down$/)
  assert.doesNotMatch(JSON.stringify(card), /overdue|Overdue|reminder|Hold/)
  assert.deepEqual((await everyChannel(client)).filter(channel => ['credit', 'purchasing', 'key-accounts'].includes(channel)).length, 3)
  assert.deepEqual(await channelsOf(client, manager.staff), ['payments', 'credit', 'key-accounts', 'purchasing', 'ops'])

  const unwanted = await aCreditOffice(t, [{ company: dutch, number: '21' }])
  await unwanted.client.debtor.updateMany({ data: { partyType: 'supplier' } })
  await unwanted.credit.sync('night')
  assert.equal(await unwanted.client.creditCompany.count(), 0)
})
