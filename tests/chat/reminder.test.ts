import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proposalCard } from '../../src/chat/cards/proposal-card.ts'
import { cardContext } from '../../src/chat/context.ts'
import { startConsole } from './console/start-console.ts'
import { aReply, aView } from './views.ts'

test('one who is reminded sees it alone, once, with a way to the card; nobody is reminded of what was decided meanwhile', async t => {
  const { chat, client, jan, proposals } = await startConsole(t, [aView({ id: 12 })])

  await chat.postReminder(12, jan.id)
  await chat.postReminder(12, jan.id)
  proposals.views.set(13, aView({ id: 13, status: 'rejected' }))
  await chat.postReminder(13, jan.id)

  const posts = await client.chatPost.findMany({ where: { subject: { startsWith: 'reminder:' } } })
  assert.deepEqual(
    posts.map(({ subject, privateTo, channel }) => [subject, privateTo, channel]),
    [['reminder:12', jan.id, 'debtors']],
  )
  const shown = await chat.click({ staff: jan, surface: 'console', action: 'proposal.show', data: { proposal: '12' }, values: {} })
  assert.match(JSON.stringify(posts[0]?.card), /"action":"proposal.show"/)
  assert.equal(shown.kind, 'private')
})

test('one whose approved reply was stopped is told so, and why', async t => {
  const view = aView({ id: 14, status: 'approved', actions: [aReply({ status: 'failed', problems: [{ code: 'stopped' }, { code: 'figures_changed' }] })] })
  const { chat, jan } = await startConsole(t, [view])

  const post = await chat.postReminder(14, jan.id)

  assert.match(JSON.stringify(post?.card), /A reply was stopped before it left.*Open items or payments changed/)
  assert.equal(post?.privateTo, jan.id)
})

test('a decision whose reply was stopped offers to decide again; one that went well does not', () => {
  const context = cardContext('en', 'Europe/Amsterdam')
  const labels = (redecidable: boolean) =>
    proposalCard(
      aView({ status: 'approved', undoUntil: null, redecidable, actions: [aReply({ status: redecidable ? 'failed' : 'done' })] }),
      context,
    ).buttons.map(({ label }) => label)

  assert.deepEqual([labels(true), labels(false)], [['Decide again'], []])
})
