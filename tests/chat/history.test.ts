import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ensureStaff } from '#people'
import { disclosureOf } from '../../src/chat/readers.ts'
import { createConsoleClient } from '../support/console-client.ts'
import { startConsole } from './console/start-console.ts'
import { aView } from './views.ts'

test('of a conversation with mails of several mailboxes each reader gets those in sight, however they ask; where they read together it is shown only when all see the same', async t => {
  const { client, chat, proposals, url, link, eva } = await startConsole(t, [])
  await client.mailbox.create({ data: { id: 2, key: 'archive', address: 'archive@harbourlight.example', kind: 'maildir', startAt: new Date('2026-01-01') } })
  const thread = await client.thread.create({ data: { mailboxId: 1, subject: 'x', lastMessageAt: new Date('2026-03-02') } })
  const aMail = (mailboxId: number, day: string, replyText: string) =>
    client.message.create({
      data: { mailboxId, rawHash: replyText, size: 1, direction: 'in', receivedAt: new Date(day), threadId: thread.id, subject: replyText, replyText },
    })
  const [, , newest] = [await aMail(2, '2026-02-27', 'secretword'), await aMail(1, '2026-02-28', 'openword'), await aMail(1, '2026-03-02', 'newest')]
  const { id: messageId, receivedAt } = newest
  await client.proposal.create({ data: { id: 12, messageId, mailboxId: 1, threadId: thread.id, summary: 'x', status: 'open' } })
  proposals.views.set(12, aView({ id: 12, message: { ...aView().message, id: messageId, threadId: thread.id, receivedAt } }))
  const post = await chat.postProposal(12)
  assert.ok(post)
  const history = await client.chatPost.findFirstOrThrow({ where: { subject: 'proposal:12:history' } })
  const { id } = await ensureStaff(client, { key: 'narrow', name: 'N', email: 'narrow@harbourlight.example', role: 'collector' })
  const narrow = await client.staff.update({ where: { id }, data: { mailboxes: ['debtors'] } })

  const read = async (staff: typeof narrow) => {
    const browser = createConsoleClient(url)
    await browser.signIn(await link(staff))
    const answers = [await browser.get(`/posts/${post.id}/thread`), await browser.get(`/posts/${history.id}`)]
    return answers.map(({ body }) => ['secretword', 'openword'].filter(word => JSON.stringify(body).includes(word)))
  }

  assert.deepEqual(await read(eva), [
    ['secretword', 'openword'],
    ['secretword', 'openword'],
  ])
  assert.deepEqual(await read(narrow), [['openword'], ['openword']])
  const together = (...staff: (typeof narrow)[]) => disclosureOf(client, history, { kind: 'known', staff })
  assert.deepEqual([await together(eva), await together(eva, narrow)], ['all', 'nothing'])
  assert.equal(await disclosureOf(client, post, { kind: 'known', staff: [eva, narrow] }), 'all')
  await client.staff.update({ where: { id }, data: { mailboxes: ['debtors', 'archive'] } })
  assert.equal(await together(eva, await client.staff.findUniqueOrThrow({ where: { id } })), 'all')
})
