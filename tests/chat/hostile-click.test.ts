import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postProposal } from '../../src/chat/approvals/post-proposal.ts'
import { cardContext } from '../../src/chat/context.ts'
import { createConsoleClient } from '../support/console-client.ts'
import { startConsole } from './console/start-console.ts'
import { approved, aView } from './views.ts'

test('a button that carries no id of anything is refused, whatever it carries', async t => {
  const { chat, jan } = await startConsole(t, [aView({ id: 12 })])
  const carried = ['', '0', '-1', '1.5', '1e3', '99999999999', 'NaN', '12; DROP TABLE', '__proto__']
  const answers: string[] = []

  for (const action of ['proposal.show', 'debtor.show', 'debtor.inbox', 'proposal.why'])
    for (const id of carried) answers.push((await chat.click({ staff: jan, surface: 'console', action, data: { proposal: id, debtor: id }, values: {} })).kind)
  const page = await chat.click({ staff: jan, surface: 'console', action: 'actions.show', data: { list: 'team', page: '1.5' }, values: {} })

  assert.deepEqual([...new Set(answers)], ['refused'])
  assert.equal(page.kind, 'private')
})

test('ids that no row can have and texts that no column takes are refused or not there, and never a fault, also for who sees only a part', async t => {
  const { client, url, link, jan } = await startConsole(t, [aView({ id: 12 })])
  await client.staff.update({ where: { id: jan.id }, data: { administrations: ['HL'], mailboxes: ['debtors'], role: 'admin' } })
  const browser = createConsoleClient(url)
  await browser.signIn(await link(jan))
  const statuses: number[] = []
  const note = ({ status }: { status: number }) => statuses.push(status)

  for (const id of ['2147483648', '1.5', '%00', 'x']) {
    const paths = [`posts/${id}`, `posts/${id}/thread`, `channels/debtors/posts?before=${id}`, `channels/${id}/posts`, `debtors/${id}`, `debtors?q=${id}`]
    for (const path of [...paths, `files/attachments/${id}`, `files/mails/${id}`, `files/actions/${id}/0`]) note(await browser.get(`/${path}`))
    const typed = decodeURIComponent(id)
    for (const command of ['/debtor', '/duncan why', '/duncan find', '/duncan payments', '/duncan sessions', '/duncan staff invite'])
      note(await browser.post('/command', { channel: `debtors${typed}`, text: `${command} ${typed}` }))
    for (const action of ['proposal.approve', 'proposal.link', 'action.undo', 'payment.show']) {
      const data = { proposal: typed, action: typed, payment: typed }
      note(await browser.post('/click', { postId: Number(typed), channel: 'debtors', action, data, values: { query: typed } }))
      note(await browser.post('/click', { postId: null, channel: 'debtors', action, data, values: { query: typed } }))
    }
  }

  assert.deepEqual(
    [...new Set(statuses)].toSorted((a, b) => a - b),
    [200, 400, 404],
  )
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
