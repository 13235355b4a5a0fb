import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cardProblems } from '../../support/adaptive-card.ts'
import { eventually } from '../../support/app.ts'
import { clientId, tenant } from '../../support/teams-connector.ts'
import { aView } from '../views.ts'
import { cardOf, inputsOf, inThread, isPut, says, startTeams } from './teams-people.ts'
import { channel, people } from './teams-world.ts'

test('a card begins a thread in its channel once; the one who approves sees it decided, and everybody else by an edit of the same message', async t => {
  const { connector, press, posted, proposals } = await startTeams(t)
  const { call, card } = await posted('Approve and send')

  const answer = await press('jan', card, 'Approve and send')

  assert.deepEqual(call.body.channelData, { channel: { id: channel }, tenant: { id: tenant } })
  assert.equal(call.authorization?.startsWith('Bearer '), true)
  assert.equal(answer.type, 'application/vnd.microsoft.card.adaptive')
  assert.ok(says('Approved by Jan Willems')(answer.value) && !says('Approve and send')(answer.value.actions))
  const put = await connector.called(isPut('Approved by Jan Willems'))
  assert.ok(put.path.endsWith('/activities/1001'))
  assert.equal(proposals.requests.length, 1)
  assert.equal(proposals.requests[0]?.surface, 'teams')
  assert.equal(connector.calls.filter(({ path }) => path === '/v3/conversations').length, 1)
})

test('of two people who press at once one decides, and the other is told so on the card that they see', async t => {
  const { press, posted, proposals } = await startTeams(t)
  const { card } = await posted('Approve and send')

  const answers = await Promise.all([press('jan', card, 'Approve and send'), press('anna', card, 'Approve and send')])

  assert.equal(answers.filter(({ value }) => says('Already decided')(value)).length, 1)
  assert.equal(proposals.views.get(12)?.decisions.length, 1)
})

test('the edit form stands in the card’s place, keeps what was typed when it is refused, and approves as edited', async t => {
  const { press, posted, proposals, connector } = await startTeams(t)
  const { card } = await posted('Approve and send')

  const form = await press('jan', card, 'Edit')
  const [reply, amount] = [/Dear Ms Visser/, /amount$/].map(like => inputsOf(form.value).find(({ id, value }) => like.test(id) || like.test(value ?? '')))
  assert.ok(reply && amount)
  assert.deepEqual(cardProblems(form.value), [])
  const save = form.value.actions?.[0]?.title ?? ''
  const refused = await press('jan', form.value, save, { values: { [reply.id]: 'Dear Petra', [amount.id]: 'much' } })
  assert.ok(says('That does not fit')(refused.value) && says('Dear Petra')(refused.value))
  const taken = await press('jan', refused.value, save, { values: { [reply.id]: 'Dear Petra', [amount.id]: '1210.00' } })

  assert.ok(says('edited')(taken.value))
  await connector.called(isPut('edited'))
  const [request] = proposals.requests
  assert.deepEqual(request?.kind === 'approve' && request.edits, [{ actionId: 2, text: 'Dear Petra' }])
})

test('leaving the form shows the card again', async t => {
  const { press, posted, proposals } = await startTeams(t)
  const form = await press('jan', (await posted('Approve and send')).card, 'Edit')

  const back = await press('jan', form.value, 'Cancel')

  assert.ok(says('Approve and send')(back.value.actions))
  assert.equal(proposals.requests.length, 0)
})

test('who may not decide and who is not linked are told so, and nothing changes', async t => {
  const { press, posted, proposals } = await startTeams(t)
  const { card } = await posted('Approve and send')

  const viewer = await press('vic', card, 'Approve and send')
  const stranger = await press('stranger', card, 'Approve and send')

  assert.ok(says('droit')(viewer.value))
  assert.ok(says('/duncan link')(stranger.value))
  assert.equal(proposals.requests.length, 0)
})

test('what explains a card is shown to the one who asked alone, and can be shared', async t => {
  const { press, posted, connector, client } = await startTeams(t)
  const { card } = await posted('Approve and send')

  await press('jan', card, 'Why?')

  const why = await connector.called(({ query, body }) => query === '?isTargetedActivity=true' && says('Why proposal 12')(body))
  assert.equal((why.body.recipient as { id: string }).id, '29:jan')
  await press('jan', cardOf(why), 'Share', { conversation: inThread('1001') })
  const shared = await client.chatPost.findFirstOrThrow({ where: { subject: 'shared' }, select: { surface: true } })
  assert.equal(shared.surface, 'teams')
})

test('a decision that takes long is acknowledged first, and told when it is done', async t => {
  const { press, posted, connector } = await startTeams(t, [aView({ id: 12 })], {
    patienceMs: 1,
    desk: desk => ({ click: async click => new Promise(resolve => setTimeout(resolve, 50)).then(() => desk.click(click)) }),
  })
  const { card } = await posted('Approve and send')

  const answer = await press('jan', card, 'Approve and send')

  assert.ok(says('Working…')(answer.value))
  await connector.called(isPut('Approved by Jan Willems'))
  assert.ok(!connector.calls.some(({ query }) => query === '?isTargetedActivity=true'), 'nobody is told of what they did themselves')
})

test('of many decisions at once a few are worked on, the others are acknowledged at once and made in their turn', async t => {
  const gate = Promise.withResolvers<void>()
  const ids = [1, 2, 3, 4, 5, 6]
  const { press, posted, proposals, connector, client } = await startTeams(
    t,
    ids.map(id => aView({ id, message: { ...aView().message, subject: `Mail ${id}.` } })),
    { desk: desk => ({ click: click => gate.promise.then(() => desk.click(click)) }) },
  )
  const cards = await Promise.all(ids.map(async id => (await posted(`Mail ${id}.`)).card))

  const roots = await eventually('all cards stand', async () => {
    const copies = await client.chatCopy.findMany({ where: { status: 'standing', post: { parentId: null } }, orderBy: { postId: 'asc' } })
    return copies.length === ids.length ? copies.map(({ externalId }) => externalId ?? '') : undefined
  })
  const approve = (name: 'jan' | 'anna', from: number, to: number) =>
    cards.slice(from, to).map((card, index) => press(name, card, 'Approve and send', { root: roots[from + index] ?? '' }))

  const first = approve('jan', 0, 4)
  const last = await Promise.all(approve('anna', 4, 6))
  for (const { value } of last) assert.ok(says('Working…')(value))
  assert.equal(proposals.requests.length, 0)
  gate.resolve()
  for (const { value } of await Promise.all(first)) assert.ok(says('Approved by Jan Willems')(value))

  await connector.called(call => isPut('Approved by Anna Bos')(call) && says('Mail 5.')(call.body))
  await connector.called(call => isPut('Approved by Anna Bos')(call) && says('Mail 6.')(call.body))
  assert.equal(proposals.requests.length, 6)
})

test('a failure is told to the one who pressed', async t => {
  const { press, posted } = await startTeams(t, [aView({ id: 12 })], { desk: () => ({ click: () => Promise.reject(new Error('the database is away')) }) })

  const answer = await press('jan', (await posted('Approve and send')).card, 'Why?')

  assert.ok(says('That went wrong')(answer.value))
})

test('a command is answered once, in the person’s own conversation, however it is typed', async t => {
  const { send, connector } = await startTeams(t, [])
  const answered = () => connector.calls.filter(({ path, method }) => method === 'POST' && path === '/v3/conversations/a:jan/activities')

  for (const [index, text] of ['actions', '/actions', 'home', '/duncan home'].entries()) {
    await send('jan', { type: 'message', text })
    await eventually(`${text} is answered`, () => answered().length === index + 1 || undefined)
  }
  await send('jan', { type: 'message', text: 'actions' }, 'm1')
  await send('jan', { type: 'message', text: 'help' })
  await eventually('help is answered', () => answered().length >= 5 || undefined)

  assert.equal(answered().length, 5, 'what came twice is answered once')
  for (const call of answered()) assert.deepEqual(cardProblems(cardOf(call)), [])
})

test('in a channel only what names Duncan is a command, and only the asker sees the answer', async t => {
  const { send, connector } = await startTeams(t, [])
  const named = { entities: [{ type: 'mention', text: '<at>Duncan</at>', mentioned: { id: `28:${clientId}`, name: 'Duncan' } }] }

  await send('jan', { type: 'message', text: 'actions', conversation: inThread('5') })
  await send('jan', { type: 'message', text: '<at>Duncan</at> actions', conversation: inThread('6'), ...named })

  const answer = await connector.called(({ method }) => method === 'POST')
  assert.equal(answer.query, '?isTargetedActivity=true')
  assert.ok(answer.path.includes(';messageid=6'))
})

test('a person links their account by the code from the console, and is greeted with their own page', async t => {
  const { send, connector, client, chat, staff } = await startTeams(t, [])
  await client.chatAccount.deleteMany({ where: { userId: people.jan } })
  const given = await chat.command({ staff: staff.jan, surface: 'console', text: '/duncan link' })
  const [code = ''] = /[A-Z0-9]{5}-[A-Z0-9]{5}/.exec(JSON.stringify(given)) ?? []

  await send('jan', { type: 'message', text: 'actions' })
  await connector.called(({ body }) => says('does not know yet who you are')(body))
  await send('jan', { type: 'message', text: `link ${code}` })
  await connector.called(({ body }) => says('now linked to Jan Willems')(body))
  await send('jan', { type: 'installationUpdate', action: 'add' })

  await connector.called(({ body, path }) => path === '/v3/conversations/a:jan/activities' && cardOf({ body }).body.length > 1)
  const kept = await client.chatConversation.findFirstOrThrow({ where: { conversation: 'a:jan' } })
  assert.equal(kept.userId, people.jan)
  assert.deepEqual(kept.reference, { serviceUrl: connector.serviceUrl, kind: 'personal' })
})

test('the menu of a message hands its text to Duncan, in a window of one’s own', async t => {
  const { send } = await startTeams(t, [])
  const value = { commandId: 'sendToDuncan', messagePayload: { body: { contentType: 'html', content: '<p>/actions</p>' } } }

  const shown = await send('jan', { type: 'invoke', name: 'composeExtension/fetchTask', value })
  const unknown = await send('stranger', { type: 'invoke', name: 'composeExtension/fetchTask', value })
  const found = await send('jan', {
    type: 'invoke',
    name: 'composeExtension/query',
    value: { commandId: 'findDebtor', parameters: [{ name: 'q', value: 'nobody' }] },
  })

  assert.ok(says('"type":"continue"')(shown))
  assert.ok(says('/duncan link')(unknown))
  assert.deepEqual(found, { composeExtension: { type: 'result', attachmentLayout: 'list', attachments: [] } })
})
