import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postProposal } from '../../src/chat/approvals/post-proposal.ts'
import { cardContext } from '../../src/chat/context.ts'
import { startConsole } from './console/start-console.ts'
import { approved, aView } from './views.ts'

test('a button that carries no id of anything is refused, whatever it carries', async t => {
  const { chat, jan } = await startConsole(t, [aView({ id: 12 })])
  const carried = ['', '0', '-1', '1.5', '1e3', '99999999999', 'NaN', '12; DROP TABLE', '__proto__']
  const answers: string[] = []

  for (const action of ['proposal.show', 'debtor.show', 'debtor.inbox', 'proposal.why'])
    for (const id of carried) answers.push((await chat.click({ staff: jan, surface: 'console', action, data: { proposal: id, debtor: id }, values: {} })).kind)
  const page = await chat.click({ staff: jan, surface: 'console', action: 'actions.show', data: { whose: 'team', page: '1.5' }, values: {} })

  assert.deepEqual([...new Set(answers)], ['refused'])
  assert.equal(page.kind, 'private')
})

test('a card that was read before a change and drawn after it ends up showing the change', async t => {
  const { client, clock, chat, proposals } = await startConsole(t, [aView({ id: 12 })])
  const late = {
    view: async (id: number) => {
      const read = await proposals.view(id)
      if (read?.status === 'open') {
        // Meanwhile somebody decides, and their drawing is the faster one.
        proposals.views.set(12, aView({ id: 12, ...approved() }))
        await chat.postProposal(12)
      }
      return read
    },
  }

  await postProposal({ client, clock, surface: 'console', proposals: late, context: cardContext('en', 'Europe/Amsterdam') }, 12)

  const { card } = await client.chatPost.findFirstOrThrow({ where: { subject: 'proposal:12' } })
  assert.equal((card as { status: { text: string } }).status.text, 'Approved')
})
