import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ensureStaff, type Staff } from '#people'
import { createConsoleClient } from '../../support/console-client.ts'
import { aView } from '../views.ts'
import { startConsole } from './start-console.ts'

/** A console of two administrations and two mailboxes with an inbox each; `seen` are the channels that somebody with this sight is in. */
async function aCompany(t: TestContext) {
  const started = await startConsole(t, [])
  const { client, url, link } = started
  for (const code of ['NL', 'BE']) await client.administration.create({ data: { code, name: code } })
  await client.mailbox.create({ data: { id: 2, key: 'archive', address: 'archive@harbourlight.example', kind: 'maildir', startAt: new Date('2026-01-01') } })
  for (const mailboxId of [1, 2]) {
    await client.mailFolder.create({ data: { mailboxId, path: 'INBOX', role: 'inbox' } })
    await client.mailFolder.create({ data: { mailboxId, path: 'Sent', role: 'sent' } })
  }
  let count = 0
  const aPerson = async (administrations: string[], mailboxes: string[]): Promise<Staff> => {
    count += 1
    const { id } = await ensureStaff(client, { key: `p${count}`, name: 'P', email: `p${count}@harbourlight.example`, role: 'viewer' })
    return client.staff.update({ where: { id }, data: { administrations, mailboxes } })
  }
  const signedIn = async (staff: Staff) => {
    const browser = createConsoleClient(url)
    await browser.signIn(await link(staff))
    return browser
  }
  const seen = async (administrations: string[], mailboxes: string[]) => {
    const { body } = await (await signedIn(await aPerson(administrations, mailboxes))).get('/channels')
    return body.map(({ key }: { key: string }) => key.replace(/^@.*/, 'own'))
  }
  return { ...started, aPerson, signedIn, seen }
}

test('a channel is for who sees everything that comes to it: its mailboxes, or their inboxes, and every administration', async t => {
  const { seen } = await aCompany(t)

  assert.deepEqual(await seen(['*'], ['*']), ['debtors', 'archive', 'ops'])
  assert.deepEqual(await seen(['NL', 'BE'], ['debtors']), ['debtors'])
  assert.deepEqual(await seen(['*'], ['archive/INBOX']), ['archive'])
  assert.deepEqual(await seen(['*'], ['archive/Sent']), ['own'])
  assert.deepEqual(await seen(['NL'], ['*']), ['own'])
})

test('routes make channels of their own, so that who sees one administration has a channel; a default route takes the mailboxes’ own away', async t => {
  const { client, seen } = await aCompany(t)
  await client.route.create({ data: { key: 'nl', channel: 'dutch', administrations: ['NL'] } })
  await client.route.create({ data: { key: 'be', channel: 'belgian', administrations: ['BE'], mailboxes: ['debtors'] } })

  assert.deepEqual(await seen(['NL'], ['*']), ['dutch'])
  assert.deepEqual(await seen(['NL', 'BE'], ['debtors']), ['belgian', 'debtors'])
  await client.route.create({ data: { key: 'rest', channel: 'rest' } })
  assert.deepEqual(await seen(['*'], ['*']), ['belgian', 'dutch', 'rest', 'ops'])
})

test('a card that goes to another channel is moved with its thread: it stands once', async t => {
  const { client, chat, proposals, signedIn, aPerson } = await aCompany(t)
  const browser = await signedIn(await aPerson(['*'], ['*']))
  proposals.views.set(12, aView({ id: 12, channel: 'debtors' }))
  const first = await chat.postProposal(12)

  proposals.views.set(12, aView({ id: 12, channel: 'archive' }))
  const moved = await chat.postProposal(12)

  assert.equal(moved?.id, first?.id)
  const [here, there] = [await browser.get('/channels/debtors/posts'), await browser.get('/channels/archive/posts')]
  assert.deepEqual([here.body.posts.length, there.body.posts.length], [0, 1])
  assert.equal(await client.chatPost.count({ where: { channel: 'archive' } }), 3, 'the mail and the conversation moved along')
})

test('a shared answer is seen by who sees at least what its first reader saw', async t => {
  const { signedIn, aPerson } = await aCompany(t)
  const [narrow, wide, other] = [await aPerson(['NL', 'BE'], ['debtors']), await aPerson(['*'], ['debtors']), await aPerson(['*'], ['debtors'])]
  const [first, second, third] = [await signedIn(wide), await signedIn(narrow), await signedIn(other)]
  const { body: answer } = await first.post('/command', { channel: 'debtors', text: '/duncan help' })

  await first.post(`/posts/${answer.postId}/share`)

  const posts = async (browser: typeof first) => (await browser.get('/channels/debtors/posts')).body.posts.length
  assert.deepEqual([await posts(first), await posts(second), await posts(third)], [1, 0, 1])
})

test('a private answer that was given before somebody’s sight became narrower is not there any more', async t => {
  const { client, signedIn, aPerson } = await aCompany(t)
  const staff = await aPerson(['*'], ['debtors'])
  const browser = await signedIn(staff)
  const { body: answer } = await browser.post('/command', { channel: 'debtors', text: '/duncan help' })
  const before = (await browser.get(`/posts/${answer.postId}`)).status

  await client.staff.update({ where: { id: staff.id }, data: { administrations: ['NL'] } })

  assert.deepEqual([before, (await browser.get(`/posts/${answer.postId}`)).status], [200, 404])
})

test('an open page is hung up on when its session ends', async t => {
  const { client, chat, proposals, signedIn, aPerson } = await aCompany(t)
  const staff = await aPerson(['*'], ['*'])
  const browser = await signedIn(staff)
  const events = await browser.events()
  await events.next('hello')

  await client.session.deleteMany({ where: { staffId: staff.id } })
  proposals.views.set(12, aView({ id: 12 }))
  await chat.postProposal(12)

  await assert.rejects(events.next('post'), /ended before post/)
})
