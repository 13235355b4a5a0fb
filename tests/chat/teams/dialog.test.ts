import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aLedger } from '../../search/ledger.ts'
import { cardProblems } from '../../support/adaptive-card.ts'
import { eventually } from '../../support/eventually.ts'
import { aView } from '../views.ts'
import { buttonOf, type Drawn, inputsOf, inThread, says, startTeams } from './teams-people.ts'

type Window = { task: { type: string; value: { card: { content: Drawn } } } }
const shownIn = (window: unknown): Drawn => (window as Window).task.value.card.content

test('a form in a window keeps what was typed when it is refused, approves as edited, and others see it on the card', async t => {
  const { send, posted, connector, proposals } = await startTeams(t)
  const { card } = await posted('Approve and send')
  const invoke = (name: string, data: object, person: 'jan' | 'vic' = 'jan') => send(person, { type: 'invoke', name, value: { data } })

  const form = shownIn(await invoke('task/fetch', buttonOf(card, 'Edit').data))
  const [reply, amount] = [/Dear Ms Visser/, /amount$/].map(like => inputsOf(form).find(({ id, value }) => like.test(id) || like.test(value ?? '')))
  assert.ok(reply && amount)
  const sent = (on: Drawn, values: object) => invoke('task/submit', { ...buttonOf(on, 'Approve as edited').data, ...values })
  const refused = shownIn(await sent(form, { [reply.id]: 'Dear Petra', [amount.id]: 'much' }))
  const taken = await sent(refused, { [reply.id]: 'Dear Petra', [amount.id]: '1210.00' })

  assert.ok(says('That does not fit')(refused) && says('Dear Petra')(inputsOf(refused)) && says('much')(inputsOf(refused)))
  for (const shown of [form, refused]) {
    assert.deepEqual(cardProblems(shown), [])
    assert.ok(!says('Action.Execute')(shown), 'a window takes Action.Submit alone')
  }
  assert.ok(says('Done.')(taken))
  const [request] = proposals.requests
  assert.deepEqual(request?.kind === 'approve' && request.edits, [{ actionId: 2, text: 'Dear Petra' }])
  await connector.called(({ method, body }) => method === 'PUT' && says('edited')(body))
  assert.ok(says('This card is no longer there')(await invoke('task/submit', { forged: true })))
  assert.ok(says('droit')(await invoke('task/fetch', buttonOf(card, 'Edit').data, 'vic')))
  assert.equal(proposals.requests.length, 1)
})

test('the menu of a message takes its text for a command, and links the card that it is to a debtor that is searched for, but none that somebody made look like one', async t => {
  const { send, posted, client, proposals } = await startTeams(t, [aView({ id: 12 })])
  const { debtors } = await aLedger(client, ['Visser Installatie BV', 'Visser & Zonen NV'])
  const { card } = await posted('Approve and send')
  await eventually('its id is known', async () => (await client.chatCopy.findFirst({ where: { externalId: '1001' } })) ?? undefined)
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: JSON.stringify(card) }]
  const fetched = (commandId: string, content: string, id = '2002') =>
    send('jan', {
      type: 'invoke',
      name: 'composeExtension/fetchTask',
      conversation: inThread(id),
      value: { commandId, messagePayload: { id, body: { contentType: 'html', content }, attachments } },
    })

  const command = await fetched('sendToDuncan', '<p>/debtor visser</p>')
  const looked = await fetched('linkToDebtor', '<div>Zonen<br>and more</div>')
  const form = shownIn(await fetched('linkToDebtor', '', '1001'))
  const [query] = inputsOf(form)
  const search = { ...buttonOf(form, 'Search').data, [query?.id ?? '']: 'visser' }
  const found = shownIn(await send('jan', { type: 'invoke', name: 'composeExtension/submitAction', value: { data: search } }))
  const [pick] =
    JSON.stringify(found)
      .match(/"selectAction":\{.*?"data":(\{"action":"press".*?\}\})/)
      ?.slice(1) ?? []
  const linked = await send('jan', { type: 'invoke', name: 'composeExtension/submitAction', value: { data: JSON.parse(`${pick}}`) } })
  const nothing = await fetched('other', 'x')

  assert.ok(says('Visser & Zonen NV')(command) && says('Visser Installatie BV')(command), 'several hits are to choose from')
  assert.ok(says('Visser & Zonen NV')(looked) && !says('Installatie')(looked))
  assert.ok(says('Visser & Zonen NV')(found) && says('Visser Installatie BV')(found))
  assert.ok(says('Done.')(linked))
  const [request] = proposals.requests
  assert.ok(request?.kind === 'link' && debtors.some(({ id }) => id === request.debtorId))
  assert.ok(says('nothing of Duncan')(nothing))
})

test('a debtor found in the box where somebody writes is a name and the way to the console; who is nobody finds none', async t => {
  const { send, client } = await startTeams(t, [])
  const { debtors } = await aLedger(client, ['Visser Installatie BV', 'Visser & Zonen NV'])
  const query = (person: 'jan' | 'stranger', value: string) =>
    send(person, { type: 'invoke', name: 'composeExtension/query', value: { commandId: 'findDebtor', parameters: [{ name: 'query', value }] } })

  const several = (await query('jan', 'visser')) as { composeExtension: { attachments: { content: Drawn; preview: object }[] } }
  const none = await query('jan', 'nobody of this name')
  const stranger = await query('stranger', 'visser')

  const { attachments } = several.composeExtension
  assert.equal(attachments.length, debtors.length)
  for (const { id } of debtors) assert.ok(says(`https://duncan.example/debtors/${id}`)(attachments))
  for (const { content } of attachments) assert.deepEqual(cardProblems(content), [])
  assert.deepEqual(none, { composeExtension: { type: 'result', attachmentLayout: 'list', attachments: [] } })
  assert.ok(says('/duncan link')(stranger) && !says('Visser')(stranger))
})
