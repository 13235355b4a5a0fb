import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../support/app.ts'
import { clientId, tenant } from '../../support/teams-connector.ts'
import { aView } from '../views.ts'
import { buttonOf, cardOf, inThread, isPut, says, startTeams } from './teams-people.ts'
import { channel, people } from './teams-world.ts'

const inChannel = { conversation: { id: channel, conversationType: 'channel', tenantId: tenant } }
const named = { entities: [{ type: 'mention', text: '<at>Duncan</at>', mentioned: { id: `28:${clientId}`, name: 'Duncan' } }] }
const foreign = 'ffffffff-0000-4000-8000-000000000000'

test('a mail address that the tenant itself vouches for links an account; a guest’s and another tenant’s do not', async t => {
  const { send, connector, client, staff } = await startTeams(t, [])
  await client.chatAccount.deleteMany({ where: { staffId: staff.jan.id } })
  const member = { id: '29:jan', aadObjectId: people.jan, email: 'Jan@creditor.example' }
  const links = () => client.chatAccount.findMany({ where: { staffId: staff.jan.id }, select: { userId: true, proof: true } })
  const told = (text: string) => connector.calls.filter(({ method, body }) => method === 'POST' && says(text)(body)).length

  for (const [index, account] of [
    { ...member, userRole: 'guest' },
    { ...member, userRole: 'user', tenantId: foreign },
    { ...member, email: 'nobody@creditor.example', userRole: 'user' },
  ].entries()) {
    connector.readBy(account)
    await send('jan', { type: 'message', text: 'actions' })
    await eventually('who is not linked is told so', () => told('does not know yet who you are') === index + 1 || undefined)
  }
  assert.deepEqual(await links(), [])
  connector.readBy({ ...member, userRole: 'user', tenantId: tenant })
  await send('jan', { type: 'message', text: 'actions' })
  await eventually('the account is linked', async () => (await links()).length > 0 || undefined)

  assert.deepEqual(await links(), [{ userId: people.jan, proof: 'email' }])
})

test('a card whose id was lost on its way is adopted by the first press on it, also one that a client sends as a message', async t => {
  const { connector, send, proposals, client, chat } = await startTeams(t, [])
  connector.failNext('drop after')
  proposals.views.set(12, aView({ id: 12 }))
  await chat.postProposal(12)
  const lost = await connector.called(({ path, body }) => path === '/v3/conversations' && says('Approve and send')(body))
  await eventually(
    'nobody knows where it stands',
    async () => (await client.chatCopy.count({ where: { status: 'posting', externalId: null, attempts: 1 } })) || undefined,
  )

  const value = buttonOf(cardOf(lost), 'Approve and send').data
  await send('jan', { type: 'message', value, replyToId: '4711', conversation: inThread('4711') })

  const put = await connector.called(isPut('Approved by Jan Willems'))
  assert.ok(put.path.endsWith('/activities/4711'))
  assert.equal(connector.calls.filter(({ path }) => path === '/v3/conversations').length, 1, 'it is not posted again')
  assert.equal(proposals.requests.length, 1)
})

test('a press that comes twice is done once, and shows the card as it stands both times', async t => {
  const { send, posted, connector, client } = await startTeams(t)
  const { card } = await posted('Approve and send')
  const pressed = (title: string) => ({
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action: { type: 'Action.Execute', verb: 'duncan', data: buttonOf(card, title).data } },
    replyToId: '1001',
    conversation: inThread('1001'),
  })
  await send('jan', pressed('Why?'), 'f:1')
  const why = await connector.called(({ query, body }) => query === '?isTargetedActivity=true' && says('Why proposal 12')(body))
  const share = { ...pressed('Why?'), value: { action: { type: 'Action.Execute', verb: 'duncan', data: buttonOf(cardOf(why), 'Share').data } } }

  await send('jan', share, 'f:2')
  await send('jan', share, 'f:2')
  const again = await send('jan', pressed('Approve and send'), 'f:1')

  assert.equal(await client.chatPost.count({ where: { subject: 'shared' } }), 1)
  assert.ok(says('Approve and send')(again) && !says('Approved by')(again))
})

test('who joins a team is asked for before the next mail text stands in its channels; who leaves it gives the cards back', async t => {
  const { send, posted, connector, client } = await startTeams(t)
  await posted('Approve and send')
  const readers = (['anna', 'jan', 'vic'] as const).map(name => ({ id: `29:${name}`, aadObjectId: people[name] }))
  const standing = () => client.chatCopy.findFirst({ where: { status: 'standing', post: { parentId: null } } })
  await eventually('the card stands', async () => (await standing()) ?? undefined)
  const general = { id: '19:general@thread.tacv2', conversationType: 'channel', tenantId: tenant }
  const team = { tenant: { id: tenant }, team: { id: '19:general@thread.tacv2' } }

  connector.readBy(...readers, { id: '29:stranger', aadObjectId: people.stranger })
  await send('anna', {
    type: 'conversationUpdate',
    membersAdded: [{ id: '29:stranger' }],
    conversation: general,
    channelData: { ...team, eventType: 'teamMemberAdded' },
  })
  const guarded = await connector.called(isPut('No word of the mail stands here'))
  assert.ok(!says('Thank you for your message')(guarded.body))

  const before = connector.calls.length
  connector.readBy(...readers)
  await send('anna', { type: 'conversationUpdate', membersRemoved: [{ id: '29:stranger' }], ...inChannel })
  await eventually('the whole card stands again', () => connector.calls.slice(before).find(isPut('Approve and send')))
})

test('what is installed is remembered, what is taken away hears nothing more, and an answer that cannot be shown in a channel goes to its asker', async t => {
  const { send, connector, client } = await startTeams(t, [])
  await send('jan', { type: 'installationUpdate', action: 'add', ...inChannel })
  await eventually(
    'the channel is known',
    async () => (await client.chatConversation.findFirst({ where: { conversation: channel, reference: { path: ['kind'], equals: 'channel' } } })) ?? undefined,
  )
  assert.ok(!connector.calls.some(({ method }) => method === 'POST'), 'a channel is not greeted')

  await send('vic', { type: 'installationUpdate', action: 'remove' })
  connector.failNext({ status: 403 })
  await send('jan', { type: 'message', text: '<at>Duncan</at> actions', conversation: inThread('6'), ...named })

  await connector.called(({ method, path }) => method === 'POST' && /^\/v3\/conversations\/a:\d+\/activities$/.test(path))
  const [refused, opened] = connector.calls.filter(({ method }) => method === 'POST')
  assert.equal(refused?.query, '?isTargetedActivity=true')
  assert.deepEqual(opened?.body.members, [{ id: people.jan, role: 'user', name: '' }])
  assert.equal(await client.chatConversation.count({ where: { userId: people.vic } }), 0)
})
