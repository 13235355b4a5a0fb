import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cardSchema } from '../../../src/chat/card.ts'
import { eventually, freePort } from '../../support/app.ts'
import { tenant } from '../../support/teams-connector.ts'
import { startPlayground } from '../../support/teams-playground.ts'
import { aView } from '../views.ts'
import { channel, people, startTeamsWorld } from './teams-world.ts'

test('on the Agents Playground a card stands in its channel, is approved there, and is edited where it stands', async t => {
  const port = await freePort()
  const everybody = {
    jan: people.jan,
    anna: people.anna,
    vic: people.vic,
    stranger: people.stranger,
    fifth: 'aaaaaaaa-0000-4000-8000-00000000000a',
    sixth: 'aaaaaaaa-0000-4000-8000-00000000000b',
  }
  const playground = await startPlayground(t, { endpoint: `http://127.0.0.1:${port}/api/messages`, tenant, channel, people: everybody })
  const { client, proposals } = await startTeamsWorld(t, [aView({ id: 12 })], { testConnector: playground.connector, port })

  const copy = await eventually(
    'the card stands',
    async () => (await client.chatCopy.findFirst({ where: { status: 'standing', post: { parentId: null } }, include: { post: true } })) ?? undefined,
  )
  await playground.say('p1', 'actions')
  await eventually('the personal conversation is known', async () => (await client.chatConversation.findFirst({ where: { userId: people.jan } })) ?? undefined)
  const [approve] = cardSchema.parse(copy.post.card).buttons
  const answer = await playground.press('jan', `${channel};messageid=${copy.externalId}`, copy.externalId ?? '', {
    action: 'press',
    on: 'post',
    press: { action: approve?.action, data: approve?.data },
  })

  assert.match(JSON.stringify(answer), /Approved by Jan Willems/)
  assert.equal(proposals.views.get(12)?.decisions.length, 1)
  await eventually('the message is edited', async () => {
    const now = await client.chatCopy.findUniqueOrThrow({ where: { id: copy.id } })
    return (now.status === 'standing' && now.shown !== copy.shown && now.externalId === copy.externalId) || undefined
  })
})
