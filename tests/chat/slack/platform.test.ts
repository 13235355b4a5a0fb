import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import express from 'express'
import { silentLog, systemClock } from '#platform'
import { type Card, cardSchema } from '../../../src/chat/card.ts'
import type { Desk } from '../../../src/chat/platforms/desk.ts'
import { DeliveryError, type DeliveryProblem } from '../../../src/chat/platforms/platform.ts'
import { chatNotices, putPost } from '../../../src/chat/posts.ts'
import { checkSlack } from '../../../src/chat/slack/check.ts'
import { createSlack } from '../../../src/chat/slack/slack.ts'
import { eventually } from '../../support/app.ts'
import { type SlackFault, type SlackMessage, startSlack } from '../../support/slack-emulator.ts'
import { textsOf } from '../../support/slack-lengths.ts'
import { startSlackWorld } from './slack-world.ts'

async function aPlatform(t: TestContext) {
  const slack = await startSlack(t)
  const settings = { botToken: slack.botToken, signingSecret: 'test-signing-secret', appToken: undefined, team: slack.team, apiUrl: slack.apiUrl }
  const deps = { desk: {} as Desk, log: silentLog, web: express(), publicUrl: 'https://duncan.example', language: 'en', requestMs: 300 }
  const connection = await createSlack({ settings, ...deps })
  const place = { conversation: slack.channel, reference: {} }
  return { slack, platform: connection.platform, check: (channels: string[]) => checkSlack(settings, channels, silentLog), place }
}

/** What a call came to. */
const why = async (call: Promise<unknown>): Promise<DeliveryProblem['kind'] | 'done'> => {
  try {
    await call
    return 'done'
  } catch (error) {
    assert.ok(error instanceof DeliveryError, String(error))
    return error.why.kind
  }
}

const aCard = (title: string, text = ''): Card => cardSchema.parse({ title, elements: [{ type: 'quote', text }], fallback: title })

test('each way in which Slack fails to take a card is told apart: later, unsure, gone, refused', async t => {
  const { slack, platform, place } = await aPlatform(t)
  const cases: [SlackFault, string][] = [
    [{ kind: 'busy', retryAfter: 2 }, 'busy'],
    [{ kind: 'status', status: 500, arrives: false }, 'unsure'],
    [{ kind: 'status', status: 503, arrives: true }, 'unsure'],
    [{ kind: 'drop', arrives: true }, 'unsure'],
    [{ kind: 'slow', ms: 600 }, 'unsure'],
    [{ kind: 'error', error: 'ratelimited' }, 'busy'],
    [{ kind: 'error', error: 'internal_error' }, 'unsure'],
    [{ kind: 'error', error: 'channel_not_found' }, 'gone'],
    [{ kind: 'error', error: 'is_archived' }, 'gone'],
    [{ kind: 'error', error: 'not_in_channel' }, 'gone'],
    [{ kind: 'error', error: 'invalid_blocks' }, 'refused'],
    [{ kind: 'error', error: 'msg_blocks_too_long' }, 'refused'],
    [{ kind: 'error', error: 'token_revoked' }, 'away'],
    [{ kind: 'error', error: 'invalid_auth' }, 'away'],
    [{ kind: 'error', error: '<html>Bad gateway' }, 'unsure'],
  ]
  const told: [string, string][] = []
  const [page] = await platform.draw(place, aCard('one'), '1.1')

  for (const [fault] of cases) {
    slack.fail('chat.postMessage', fault)
    told.push([JSON.stringify(fault), await why(platform.post(place, page, '1.1'))])
  }

  assert.deepEqual(
    told,
    cases.map(([fault, kind]) => [JSON.stringify(fault), kind]),
  )
  slack.fail('chat.postMessage', { kind: 'busy', retryAfter: 2 })
  await assert.rejects(platform.post(place, page, '1.1'), ({ why: problem }: DeliveryError) => problem.kind === 'busy' && problem.retryAfterMs === 2000)
  assert.equal(slack.callsOf('chat.postMessage').length, cases.length + 1, 'nothing is tried again behind delivery’s back')
})

test('Slack out of reach is away, not unsure: nothing can have arrived', async t => {
  const closed = createServer().listen(0, '127.0.0.1')
  await new Promise(resolve => closed.once('listening', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise(resolve => closed.close(resolve))
  const { place } = await aPlatform(t)
  const settings = { botToken: 'xoxb-1', signingSecret: 'test-signing-secret', appToken: undefined, team: 'T1', apiUrl: `http://127.0.0.1:${port}/api/` }

  const { platform } = await createSlack({
    settings,
    desk: {} as Desk,
    log: silentLog,
    web: express(),
    publicUrl: 'https://duncan.example',
    language: 'en',
  })

  const [page] = await platform.draw(place, aCard('one'), '1.1')
  assert.equal(await why(platform.post(place, page, '1.1')), 'away')
  const [finding] = await checkSlack(settings, [], silentLog)
  assert.ok(finding && !finding.ok && finding.problem.includes('ECONNREFUSED'))
})

test('a message whose answer was lost is found by its mark; while Slack does not answer, it counts as one that may stand', async t => {
  const { slack, platform, place } = await aPlatform(t)
  const since = new Date()
  slack.fail('chat.postMessage', { kind: 'drop', arrives: true })
  await why(platform.post(place, (await platform.draw(place, aCard('one'), '7.7'))[0], '7.7'))

  slack.fail('conversations.history', { kind: 'busy', retryAfter: 1 })
  assert.equal(await why(platform.find(place, '7.7', since)), 'unsure')
  const [message] = await slack.history(slack.channel)
  assert.equal(await platform.find(place, '7.7', since), message?.ts)
  assert.equal(await platform.find(place, '8.8', since), undefined)
  slack.fail('conversations.history', { kind: 'error', error: 'missing_scope' })
  assert.equal(await platform.find(place, '7.7', since), undefined)
})

const longMail = Array.from({ length: 900 }, (_none, index) => `Line ${index} of a very long mail that goes on and on.`).join('\n')

const saidBy = (messages: (SlackMessage | undefined)[]) => messages.flatMap(message => textsOf(message?.blocks.filter(({ type }) => type === 'rich_text')))

test('a long card is several messages, whole and in order; each can be changed, found and taken away by itself', async t => {
  const { slack, platform, place } = await aPlatform(t)
  const since = new Date()
  const [first, ...rest] = await platform.draw(place, aCard('long', longMail), '1.5')
  const ts = await platform.post(place, first, '1.5')
  const under = { ...place, replyTo: ts }
  const parts: string[] = []
  for (const [index, page] of rest.entries()) parts.push(await platform.post(under, page, `1.5+${index + 2}`))

  assert.ok(parts.length > 2)
  assert.equal(saidBy([...(await slack.history(slack.channel)), ...(await slack.thread(slack.channel, ts))]).join(''), longMail)
  assert.equal(await platform.find(under, '1.5+3', since), parts[1])
  await platform.update(under, parts[0] ?? '', rest.at(-1) ?? first, '1.5+2')
  await platform.remove(under, parts[1] ?? '')
  await platform.remove(under, parts[1] ?? '')
  const left = await slack.thread(slack.channel, ts)
  assert.equal(left.length, parts.length - 1)
  assert.deepEqual(saidBy([left[0]]), saidBy([left.at(-1)]))
  await platform.remove(under, parts[0] ?? '')
  assert.equal(await why(platform.update(under, parts[0] ?? '', first, '1.5+2')), 'missing')
})

test('Duncan itself is no reader of a channel; a channel that it cannot look into has unknown readers', async t => {
  const { slack, platform, place } = await aPlatform(t)
  slack.readBy(slack.userOf('anna'), slack.userOf('jan'))

  assert.deepEqual(await platform.members(place), [slack.userOf('anna'), slack.userOf('jan')])
  slack.fail('conversations.members', { kind: 'error', error: 'channel_not_found' })
  assert.equal(await platform.members(place), undefined)
  assert.match((await platform.direct(slack.userOf('anna')))?.conversation ?? '', /^D/)
  assert.equal(await platform.direct('U0NOBODY'), undefined)
  assert.deepEqual(await Promise.all([slack.bot, slack.userOf('stranger')].map(platform.isApp)), [true, false])
})

test('doctor says which rights are missing, which channels Duncan cannot write to, and that the token is of another workspace', async t => {
  const { slack, check } = await aPlatform(t)
  slack.grant('chat:write,commands')

  const findings = await check(['C0NOWHERE'])

  assert.deepEqual(
    findings.map(({ what, ok }) => [what, ok]),
    [
      ['workspace', true],
      ['scopes', false],
      ['channel C0NOWHERE', false],
    ],
  )
  assert.ok(JSON.stringify(findings[1]).includes('channels:history'))
  slack.fail('auth.test', { kind: 'error', error: 'invalid_auth' })
  const [token] = await check([])
  assert.ok(token && !token.ok && token.what === 'token' && token.remedy.includes('DUNCAN_SLACK_BOT_TOKEN'))
})

test('through every fault of the network nothing is lost and nothing stands twice', async t => {
  const { client, slack } = await startSlackWorld(t)
  slack.fail(
    'chat.postMessage',
    { kind: 'busy', retryAfter: 0 },
    { kind: 'status', status: 500, arrives: true },
    { kind: 'slow', ms: 2300 },
    { kind: 'drop', arrives: false },
  )
  slack.fail('chat.update', { kind: 'busy', retryAfter: 0 }, { kind: 'drop', arrives: true }, { kind: 'status', status: 502, arrives: false })
  slack.fail('chat.delete', { kind: 'drop', arrives: true })
  const titles = Array.from({ length: 5 }, (_none, index) => `Card ${index}`)
  const put = (title: string, card: Card) => putPost(client, systemClock, { surface: 'console', channel: 'debtors', subject: `card:${title}` }, card)

  for (const title of titles) await put(title, aCard(title, title === 'Card 0' ? longMail : ''))
  await allStand()
  const long = (await slack.history(slack.channel)).find(({ text }) => text.includes('Card 0'))
  const thread = () => slack.thread(slack.channel, long?.ts ?? '')
  assert.equal(saidBy([long, ...(await thread())]).join(''), longMail)
  for (const title of titles) await put(title, aCard(`${title}, changed`))
  await allStand()
  assert.deepEqual(await thread(), [], 'what is not said any more is taken away')

  const standing = (await slack.history(slack.channel)).map(({ text }) => text)
  assert.deepEqual(
    standing.toSorted(),
    titles.map(title => `${title}, changed`),
  )

  async function allStand(): Promise<void> {
    await eventually('every card stands', async () => {
      // What is unsure rests for a quarter of a minute, until no request for it can be under way; here a second is enough for that.
      await client.$executeRaw`UPDATE "ChatCopy" SET "dueAt" = now() WHERE status <> 'standing' AND "dueAt" > now()`
      await client.$executeRaw`UPDATE "ChatCopy" SET "updatedAt" = now() - interval '1 minute'
        WHERE status = 'posting' AND "updatedAt" BETWEEN now() - interval '30 seconds' AND now() - interval '1 second'`
      await client.$executeRaw`SELECT pg_notify(${chatNotices}, '{}')`
      return (await client.chatCopy.count({ where: { status: { not: 'standing' } } })) === 0 || undefined
    })
  }
})
