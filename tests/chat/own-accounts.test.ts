import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChat } from '#chat'
import { debtorsInSight, ensureStaff, sightCovers, sightOf, staffKind } from '#people'
import { fixedClock } from '#platform'
import type { Card } from '../../src/chat/card.ts'
import { channelsOf } from '../../src/chat/channels.ts'
import { putPost } from '../../src/chat/posts.ts'
import { postsInSight } from '../../src/chat/posts-in-sight.ts'
import { aLedger, anItem } from '../search/ledger.ts'
import { createTestDatabase } from '../support/database.ts'
import { chatSettings } from './chat-settings.ts'
import { fakeProposals } from './fake-proposals.ts'
import { aView } from './views.ts'

test('who sees the accounts of their own alone finds nothing else: no debtor, mail, proposal, task, figure, payment or channel', async t => {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const { administrationId, debtors } = await aLedger(client, ['Visser Own BV', 'Visser Other NV'])
  const [own = 0, other = 0] = debtors.map(({ id }) => id)
  await client.debtor.update({ where: { id: own }, data: { collector: 'SAL' } })
  await client.debtor.update({ where: { id: other }, data: { collector: 'jan' } })
  const mailbox = await client.mailbox.create({
    data: { key: 'debtors', address: 'debtors@harbourlight.example', kind: 'maildir', startAt: new Date('2026-01-01') },
  })
  for (const [index, debtorId] of [own, other, null].entries()) {
    const id = index + 12
    const mail = { id, mailboxId: mailbox.id, size: 1, rawHash: `${id}`, debtorId, direction: 'in', subject: `Mail ${id}`, receivedAt: new Date('2026-02-20') }
    await client.message.create({ data: mail })
    await client.proposal.create({ data: { id, messageId: id, mailboxId: mailbox.id, debtorId, summary: 's' } })
    await client.task.create({ data: { title: `Task ${id}`, debtorId } })
    if (debtorId === null) continue
    await anItem(client, { administrationId, debtorId }, `A${id}`, '2026-01-01', '100.00')
    await client.dispute.create({ data: { debtorId, reason: index === 0 ? 'price' : 'quality', ownerId: 1, answerDue: new Date('2030-01-01') } })
    await client.payment.create({
      data: {
        administrationId,
        debtorId,
        source: 'bank',
        reference: `${id}`,
        status: 'review',
        receivedOn: new Date('2026-02-20'),
        currency: 'EUR',
        amount: '1',
      },
    })
  }
  const settings = staffKind.schema.parse({
    sal: { name: 'Sal', email: 'sal@harbourlight.example', role: 'collector', accounts: 'own' },
    ada: { name: 'Ada', email: 'ada@harbourlight.example', role: 'admin' },
  })
  await staffKind.project?.(client, settings)
  const [sal, ada] = [await client.staff.findUniqueOrThrow({ where: { key: 'sal' } }), await client.staff.findUniqueOrThrow({ where: { key: 'ada' } })]
  const views = [12, 13, 14].map(id => aView({ id }))
  const chat = createChat({ client, clock, proposals: fakeProposals(views, String, () => new Date()), ...chatSettings })
  const type = async (text: string): Promise<string> => JSON.stringify(await chat.command({ staff: sal, surface: 'console', text }))
  const cardOf = async (text: string): Promise<Card> => {
    const outcome = await chat.command({ staff: sal, surface: 'console', text })
    assert.ok(outcome.kind === 'private', JSON.stringify(outcome))
    return outcome.card
  }

  const everything = []
  for (const text of [
    '/debtor visser',
    '/inbox other',
    '/duncan find overdue',
    '/duncan find visser',
    '/risk',
    '/duncan tasks team',
    '/duncan payments',
    '/duncan hold other',
    '/duncan why other',
  ])
    everything.push(await type(text))
  assert.ok(
    everything.every(answer => !answer.includes('Visser Other') && !answer.includes('Task 13') && !answer.includes('Task 14')),
    everything.join('\n'),
  )
  assert.equal((await cardOf('/debtor visser')).title, 'Visser Own BV')
  assert.equal((await cardOf('/risk')).subtitle, '€100 at risk at 1 debtor')
  assert.ok((await type('/duncan report')).includes('€100 open, €100 overdue') && !(await type('/duncan report')).includes('quality'))
  assert.deepEqual(
    (await cardOf('/actions team')).elements.map(element => element.type === 'pick' && element.button.data.item),
    ['proposal:12', 'task:1'],
  )
  for (const [action, data] of [
    ['debtor.show', { debtor: String(other) }],
    ['debtor.inbox', { debtor: String(other) }],
    ['risk.debtor', { debtor: String(other) }],
    ['entry.hold', { debtor: String(other) }],
    ['proposal.show', { proposal: '13' }],
    ['proposal.show', { proposal: '14' }],
    ['payment.show', { payment: '2' }],
  ] as const)
    assert.equal((await chat.click({ staff: sal, surface: 'console', action, data, values: {} })).kind, 'refused', action)
  assert.deepEqual(await channelsOf(client, sal), [])
  assert.equal((await cardOf('/duncan home')).subtitle, 'Your own accounts')
  assert.deepEqual([(await client.debtor.findMany({ where: debtorsInSight(sightOf(sal)) })).map(({ id }) => id)], [[own]])

  const card = { title: 'x', elements: [], buttons: [], more: [], fallback: 'x' }
  const ofSal = await putPost(client, clock, { surface: 'console', channel: '@sal', subject: 'answer', privateTo: sal.id, sight: sightOf(sal) }, card)
  const ofAda = await putPost(client, clock, { surface: 'console', channel: '@sal', subject: 'other', privateTo: sal.id, sight: sightOf(ada) }, card)
  assert.deepEqual(
    (await postsInSight(client, sal, [ofSal, ofAda])).map(({ id }) => id),
    [ofSal.id],
  )
  assert.deepEqual(
    [sightCovers(sightOf(ada), sightOf(sal)), sightCovers(sightOf(sal), sightOf(ada)), sightCovers(sightOf(sal), { ...sightOf(ada), accounts: 'jan' })],
    [true, false, false],
  )
  assert.equal((await ensureStaff(client, { key: 'eva', name: 'Eva', email: 'eva@harbourlight.example', role: 'viewer' })).ownAccounts, false)
})
