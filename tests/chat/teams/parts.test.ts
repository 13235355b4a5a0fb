import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '#platform'
import { cardSchema } from '../../../src/chat/card.ts'
import { chatNotices, putPost } from '../../../src/chat/posts.ts'
import { eventually } from '../../support/app.ts'
import { startTeamsConnector } from '../../support/teams-connector.ts'
import { people, startTeamsWorld } from './teams-world.ts'

const longMail = Array.from({ length: 1200 }, (_none, index) => `Line ${index} of a very long mail that goes on and on.`).join('\n')

test('the parts of a long card stand in its thread once, whatever fails, and go when the card gets shorter', async t => {
  const connector = await startTeamsConnector(t)
  connector.readBy(...(['anna', 'jan', 'vic'] as const).map(name => ({ id: `29:${name}`, aadObjectId: people[name] })))
  const { client } = await startTeamsWorld(t, [], { peer: connector.peer })
  const put = (text: string) => {
    const card = cardSchema.parse({ title: 'long', elements: [{ type: 'quote', text }], fallback: 'long' })
    return putPost(client, systemClock, { surface: 'console', channel: 'debtors', subject: 'ops:1' }, { ...card, guarded: card })
  }
  const stands = () =>
    eventually('the card stands', async () => {
      await client.$executeRaw`UPDATE "ChatCopy" SET "dueAt" = now() WHERE status <> 'standing' AND "dueAt" > now()`
      await client.$executeRaw`SELECT pg_notify(${chatNotices}, '{}')`
      return (await client.chatCopy.findFirst({ where: { status: 'standing' } })) ?? undefined
    })
  // Refused before they are taken: Teams tells nobody of what was taken without an answer.
  connector.failNext({ status: 429, retryAfter: '1' }, { slowMs: 1 }, { status: 502, retryAfter: '1' }, { slowMs: 1 }, { status: 429, retryAfter: '1' })

  await put(longMail)
  const { externalId, parts } = await stands()
  const written = connector.calls.filter(({ method, path }) => method === 'POST' && path.includes(`messageid=${externalId}`))
  connector.failNext({ status: 429, retryAfter: '1' }, { slowMs: 1 }, { status: 501 })
  await put('short')
  const short = await stands()

  const ids = (parts as { id: string }[]).map(({ id }) => id)
  const of = (method: string) => connector.calls.filter(call => call.method === method).map(({ path }) => path.split('/').at(-1))
  assert.ok(ids.length > 1 && new Set(ids).size === ids.length)
  assert.equal(written.length - ids.length, 2, 'two were refused, and each part was taken once')
  assert.deepEqual(short.parts, [])
  assert.deepEqual(new Set(of('DELETE')), new Set(ids))
  assert.ok(of('PUT').includes(ids.at(-1) ?? ''), 'what cannot be taken away says nothing any more')
})
