import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { cardSchema } from '#chat'
import { fixedClock } from '#platform'
import { proposalVersion } from '../../../src/chat/cards/proposal-version.ts'
import { writePost } from '../../../src/chat/posts.ts'
import { createConsoleClient } from '../../support/console-client.ts'
import { aView } from '../views.ts'
import { serve, startConsole } from './start-console.ts'

async function signedIn(t: TestContext, who: 'jan' | 'eva' | 'vic' = 'jan') {
  const started = await startConsole(t, [aView({ id: 12 })])
  const browser = createConsoleClient(started.url)
  await browser.signIn(await started.link(started[who]))
  return { ...started, browser }
}

const approve = async (browser: ReturnType<typeof createConsoleClient>, values: Record<string, string> = {}) => {
  const { body } = await browser.get('/channels/debtors/posts')
  const [post] = body.posts
  const { data } = post.card.actions[0].data
  return browser.post('/click', { postId: post.id, channel: 'debtors', action: 'proposal.approve', data, values })
}

test('a sign-in link opens one session with a cookie that scripts and other sites cannot use', async t => {
  const { url, link, jan } = await startConsole(t, [])
  const browser = createConsoleClient(url)
  const once = await link(jan)

  const first = await browser.signIn(once)
  const second = await createConsoleClient(url).signIn(once)

  assert.equal(first.status, 204)
  assert.match(first.headers.get('set-cookie') ?? '', /^duncan_session=[\w-]{40,}; Max-Age=604800; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Strict$/)
  assert.equal((await browser.get('/me')).body.staff.name, 'Jan Willems')
  assert.equal(second.status, 401)
})

test('behind TLS the session’s cookie is one that no other host can set, and no page without TLS is let in', async t => {
  const { database, clock, chat, blobs, link, jan } = await startConsole(t, [])
  const { url, close } = await serve(database, clock, chat, blobs, { publicUrl: 'https://duncan.example' })
  t.after(close)
  const headers = { 'x-duncan': '1', 'content-type': 'application/json' }
  const body = JSON.stringify({ token: new URL(await link(jan)).hash.slice(1) })

  const foreign = await fetch(`${url}/api/sign-in`, { method: 'POST', headers: { ...headers, origin: url }, body })
  const first = await fetch(`${url}/api/sign-in`, { method: 'POST', headers: { ...headers, origin: 'https://duncan.example' }, body })
  const cookie = first.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const me = async (sent: string) => (await fetch(`${url}/api/me`, { headers: { cookie: sent } })).status

  assert.equal(foreign.status, 403)
  assert.match(first.headers.get('set-cookie') ?? '', /^__Host-duncan_session=[\w-]{40,}; .*Path=\/; .*HttpOnly; Secure; SameSite=Strict$/)
  assert.deepEqual([await me(cookie), await me(cookie.replace('__Host-', ''))], [200, 401])
  assert.match(first.headers.get('strict-transport-security') ?? '', /max-age=\d{8}/)
})

test('nobody gets in without a session, with an expired one, or after signing out', async t => {
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const { url, link, jan } = await startConsole(t, [], { clock })
  const browser = createConsoleClient(url)
  await browser.signIn(await link(jan))
  const other = createConsoleClient(url)
  await other.signIn(await link(jan))

  const stranger = await createConsoleClient(url).get('/channels')
  await other.post('/sign-out')
  const signedOut = await fetch(`${url}/api/channels`, { headers: { cookie: other.cookie() } })
  clock.advance({ hours: 24 })
  const expired = await browser.get('/channels')

  assert.deepEqual([stranger.status, signedOut.status, expired.status], [401, 401, 401])
})

test('a changing request from another site is refused, whichever of the signs it lacks', async t => {
  const { browser, proposals, url } = await signedIn(t)
  const body = { postId: null, channel: 'debtors', action: 'proposal.approve', data: { proposal: '12' }, values: {} }
  const plain = await fetch(`${url}/api/click`, {
    method: 'POST',
    headers: { cookie: browser.cookie(), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

  const answers = [
    plain.status,
    (await browser.call('POST', '/click', body, { origin: 'https://evil.example' })).status,
    (await browser.call('POST', '/click', body, { origin: 'null' })).status,
    (await browser.call('POST', '/click', body, { 'sec-fetch-site': 'cross-site' })).status,
  ]

  assert.deepEqual(answers, [403, 403, 403, 403])
  assert.deepEqual(proposals.requests, [])
})

test('the page runs no inline script, loads nothing from elsewhere and cannot be framed', async t => {
  const { url } = await startConsole(t, [])

  const page = await fetch(url)
  const html = await page.text()

  const policy = page.headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.ok(!policy.includes('unsafe'))
  assert.ok(!/https?:\/\//.test(html), 'no address of another host in the page')
  assert.ok(!/<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=/.test(html), 'nothing inline')
})

test('a click approves what is ticked, the card of everybody becomes its final state, and a second click hears who was first', async t => {
  const { browser, proposals, url, link, eva } = await signedIn(t)
  const second = createConsoleClient(url)
  await second.signIn(await link(eva))
  const { body: before } = await second.get('/channels/debtors/posts')

  const first = await approve(browser, { 'tick.1': 'true', 'tick.2': 'false' })
  const late = await second.post('/click', {
    postId: before.posts[0].id,
    channel: 'debtors',
    action: 'proposal.approve',
    data: before.posts[0].card.actions[0].data.data,
    values: {},
  })

  assert.equal(first.body.kind, 'done')
  assert.deepEqual(proposals.requests[0], {
    kind: 'approve',
    ticked: [1],
    version: proposalVersion(aView({ id: 12 })),
    proposalId: 12,
    staffId: proposals.requests[0]?.staffId,
    surface: 'console',
  })
  assert.deepEqual(late.body, { kind: 'refused', message: 'Already decided: Approved, by Jan Willems, 2 Mar 2026, 14:03.' })
  const { body: after } = await second.get('/channels/debtors/posts')
  assert.equal(after.posts.length, 1)
  assert.ok(JSON.stringify(after.posts[0].card).includes('Approved by Jan Willems, 14:03'))
})

test('a viewer sees the card without any button that decides, and is refused when pressing one all the same', async t => {
  const { browser, proposals } = await signedIn(t, 'vic')
  const { body } = await browser.get('/channels/debtors/posts')

  const actions = body.posts[0].card.actions.map((action: any) => action.data.action)
  const refused = await browser.post('/click', {
    postId: body.posts[0].id,
    channel: 'debtors',
    action: 'proposal.approve',
    data: { proposal: '12' },
    values: {},
  })
  const talk = await browser.post(`/posts/${body.posts[0].id}/thread`, { text: 'hello' })

  assert.deepEqual(actions, ['proposal.why', 'debtor.show'])
  assert.ok(!JSON.stringify(body.posts[0].card).includes('Input.Toggle'))
  assert.deepEqual(refused.body, { kind: 'refused', message: 'Vous n’en avez pas le droit. Demandez à un responsable.' })
  assert.equal(talk.status, 403)
  assert.deepEqual(proposals.requests, [])
})

test('a click on a card that has changed meanwhile is answered with the new card instead of deciding unseen', async t => {
  const { browser, proposals } = await signedIn(t)
  const { body } = await browser.get('/channels/debtors/posts')
  const [action] = aView().actions
  assert.ok(action)
  proposals.views.set(12, aView({ id: 12, actions: [{ ...action, payload: { ...action.payload, amount: '99.00' } } as typeof action] }))

  const outcome = await browser.post('/click', {
    postId: body.posts[0].id,
    channel: 'debtors',
    action: 'proposal.approve',
    data: body.posts[0].card.actions[0].data.data,
    values: {},
  })

  assert.equal(outcome.body.kind, 'refused')
  assert.match(outcome.body.message, /changed since you opened it/)
  assert.deepEqual(proposals.requests, [])
  const { body: after } = await browser.get('/channels/debtors/posts')
  assert.ok(JSON.stringify(after.posts[0].card).includes('€99.00'))
})

test('an open browser hears of a post at once, from whichever process, and a lost database connection is made again', async t => {
  const { browser, database, clock, chat, blobs, proposals, url, jan, link } = await signedIn(t)
  const other = await serve(database, clock, chat, blobs)
  t.after(other.close)
  const elsewhere = createConsoleClient(other.url)
  await elsewhere.signIn((await link(jan)).replace(url, other.url))
  const [here, there] = [await browser.events(), await elsewhere.events()]
  t.after(() => (here.close(), there.close()))
  await Promise.all([here.next('hello'), there.next('hello')])

  proposals.views.set(13, aView({ id: 13 }))
  await chat.postProposal(13)
  const heard = await Promise.all([here.next('post'), there.next('post')])
  const cutter = new pg.Client({ connectionString: database.url })
  await cutter.connect()
  await cutter.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN duncan_chat' AND datname = current_database()`)
  await cutter.end()
  await Promise.all([here.next('resync'), there.next('resync')])
  proposals.views.set(14, aView({ id: 14 }))
  await chat.postProposal(14)

  assert.equal(heard[0].channel, 'debtors')
  assert.deepEqual(heard[0], heard[1])
  assert.ok((await there.next('post')).id > heard[0].id)
})

test('an answer to a command is seen by the asker alone, until it is shared', async t => {
  const { browser, url, link, eva } = await signedIn(t)
  const other = createConsoleClient(url)
  await other.signIn(await link(eva))

  const answer = await browser.post('/command', { channel: 'debtors', text: '/duncan help' })

  assert.equal(answer.body.kind, 'private')
  assert.equal((await browser.post(`/posts/${answer.body.postId}/thread`, { text: 'mine' })).status, 404, 'talk would outlive what it is about')
  const mine = await browser.get(`/posts/${answer.body.postId}`)
  assert.equal(mine.body.private, true)
  assert.equal((await other.get(`/posts/${answer.body.postId}`)).status, 404)
  assert.equal((await other.post(`/posts/${answer.body.postId}/share`)).status, 404)
  assert.equal((await other.call('DELETE', `/posts/${answer.body.postId}`)).status, 404)
  assert.equal((await browser.post(`/posts/${answer.body.postId}/share`)).status, 201)
  const { body } = await other.get('/channels/debtors/posts')
  assert.equal(body.posts.at(-1).author, 'Jan Willems')
  assert.equal((await browser.get(`/posts/${answer.body.postId}`)).status, 404)
})

test('an answer fades after a day, and is deleted when the next one is asked for', async t => {
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const { client, url, link, jan } = await startConsole(t, [], { clock })
  const browser = createConsoleClient(url)
  await browser.signIn(await link(jan))
  const ask = async () => (await browser.post('/command', { channel: 'debtors', text: '/duncan help' })).body.postId

  const old = await ask()
  clock.advance({ hours: 23 })
  const stillThere = (await browser.get(`/posts/${old}`)).status
  const younger = await ask()
  clock.advance({ hours: 2 })
  const newest = await ask()

  assert.equal(stillThere, 200)
  assert.deepEqual(
    (await client.chatPost.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id),
    [younger, newest],
  )
})

test('the thread of a card holds the mail and the conversation, and colleagues’ talk that goes nowhere else', async t => {
  const { browser, client, proposals } = await signedIn(t)
  const { body } = await browser.get('/channels/debtors/posts')

  await browser.post(`/posts/${body.posts[0].id}/thread`, { text: 'Shall we <b>wait</b>?' })
  const { body: thread } = await browser.get(`/posts/${body.posts[0].id}/thread`)

  assert.deepEqual(
    thread.map(({ subject, author }: any) => [subject, author]),
    [
      ['proposal:12:mail', null],
      ['proposal:12:history', null],
      ['talk', 'Jan Willems'],
    ],
  )
  assert.ok(JSON.stringify(thread[0].card).includes('We will pay invoice 2026\\\\-0412 on Friday 6 March'))
  assert.ok(JSON.stringify(thread[2].card).includes(String.raw`\\<b\\>wait`))
  assert.deepEqual([await client.outboundMail.count(), proposals.requests.length], [0, 0])
})

test('posting a proposal again, by two processes at once, leaves one card', async t => {
  const { chat, client } = await signedIn(t)

  await Promise.all(Array.from({ length: 8 }, () => chat.postProposal(12)))

  assert.equal(await client.chatPost.count({ where: { subject: 'proposal:12' } }), 1)
  assert.equal(await client.chatPost.count({ where: { parentId: { not: null } } }), 2)
})

test('older posts come page by page, oldest of each page first', async t => {
  const { browser, client, clock } = await signedIn(t)
  for (let number = 1; number <= 40; number++) {
    const card = cardSchema.parse({ title: `Post ${number}`, elements: [], fallback: `Post ${number}` })
    await writePost(client, clock, { surface: 'console', channel: 'ops', subject: `ops:${number}` }, card)
  }

  const { body: newest } = await browser.get('/channels/ops/posts')
  const { body: older } = await browser.get(`/channels/ops/posts?before=${newest.posts[0].id}`)

  assert.deepEqual([newest.posts.length, newest.more, newest.posts.at(-1).fallback], [30, true, 'Post 40'])
  assert.deepEqual([older.posts.length, older.more, older.posts[0].fallback], [10, false, 'Post 1'])
})

test('a request that does not fit is told what does not, and a fault tells the browser nothing', async t => {
  const { browser, proposals } = await signedIn(t)
  const broken = await browser.post('/click', { channel: 5 })
  proposals.view = async () => {
    throw new Error('secret detail')
  }

  const fault = await browser.post('/click', { postId: null, channel: 'debtors', action: 'proposal.why', data: { proposal: '12' }, values: {} })

  assert.equal(broken.status, 400)
  assert.ok(broken.body.problems.some((problem: string) => problem.startsWith('channel:')))
  assert.deepEqual([fault.status, fault.body], [500, { error: 'fault' }])
})

test('the switch between colleagues exists in the demo only', async t => {
  const written: unknown[] = []
  const demo = { personas: async () => [], write: async (mail: unknown) => void written.push(mail) }
  const { url, link, jan, vic } = await startConsole(t, [], { demo })
  const browser = createConsoleClient(url)
  await browser.signIn(await link(jan))
  const outside = await signedIn(t)

  await browser.post(`/demo/staff/${vic.id}`)
  await browser.post('/demo/mail', { personaId: '1', subject: 'Hi', text: 'We pay.' })

  assert.equal((await browser.get('/me')).body.staff.name, 'Vic Moreau')
  assert.deepEqual(written, [{ personaId: '1', subject: 'Hi', text: 'We pay.' }])
  assert.equal((await outside.browser.post(`/demo/staff/${outside.eva.id}`)).status, 404)
})
