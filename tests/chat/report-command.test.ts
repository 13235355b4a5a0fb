import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChat } from '#chat'
import { ensureStaff, type Staff } from '#people'
import { fixedClock } from '#platform'
import { languages, wordsOf } from '../../src/chat/words/index.ts'
import { aLedger, anItem } from '../search/ledger.ts'
import { createTestDatabase } from '../support/database.ts'
import { chatSettings } from './chat-settings.ts'
import { fakeProposals } from './fake-proposals.ts'

test('/duncan report gives the figures of what its asker sees, for the period that was asked for, in their language, and of their own accounts', async t => {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const jan = await ensureStaff(client, { key: 'jan', name: 'Jan', email: 'jan@harbourlight.example', role: 'manager' })
  const { administrationId, debtors } = await aLedger(client, ['Visser BV', 'Möller GmbH'])
  const [visser = 0, moller = 0] = debtors.map(({ id }) => id)
  await anItem(client, { administrationId, debtorId: visser }, 'A1', '2026-01-01', '1000.00')
  await anItem(client, { administrationId, debtorId: moller }, 'B1', '2026-04-01', '500.00')
  await client.debtor.update({ where: { id: moller }, data: { collector: 'jan' } })
  for (const [status, day] of [
    ['kept', '2026-02-20'],
    ['broken', '2026-02-25'],
    ['kept', '2026-02-26'],
    ['kept', '2025-12-20'], // before the last thirty days
    ['open', '2026-02-26'],
  ] as const)
    await client.promiseToPay.create({ data: { debtorId: visser, status, promisedOn: new Date(day) } })
  for (const reason of ['price', 'price', 'quality'])
    await client.dispute.create({ data: { debtorId: visser, reason, ownerId: 1, answerDue: new Date('2030-01-01') } })
  const mailbox = await client.mailbox.create({
    data: { key: 'debtors', address: 'debtors@harbourlight.example', kind: 'maildir', startAt: new Date('2026-01-01') },
  })
  for (const [index, fields] of [
    { status: 'approved', edited: false, hours: 1 },
    { status: 'approved', edited: true, hours: 3 },
    { status: 'rejected', edited: false, hours: 8 },
    { status: 'superseded', edited: false, hours: 1 },
  ].entries()) {
    const mail = { mailboxId: mailbox.id, size: 1, rawHash: `h${index}`, debtorId: visser, direction: 'in', subject: 's', receivedAt: new Date('2026-02-20') }
    const { id: messageId } = await client.message.create({ data: mail })
    const { hours, ...state } = fields
    const createdAt = new Date('2026-02-20T08:00:00Z')
    const decision = { createdAt, decidedAt: new Date(createdAt.getTime() + hours * 3_600_000), decidedById: jan.id }
    await client.proposal.create({ data: { messageId, mailboxId: mailbox.id, debtorId: visser, summary: 's', ...state, ...decision } })
  }
  const chat = createChat({ client, clock, proposals: fakeProposals([], String, () => new Date()), ...chatSettings })
  const factsOf = async (text: string, staff: Staff = jan) => {
    const outcome = await chat.command({ staff, surface: 'console', text })
    assert.ok(outcome.kind === 'private')
    const facts = outcome.card.elements.flatMap(element => (element.type === 'facts' ? element.facts : []))
    return { card: outcome.card, facts: facts.map(({ value }) => value) }
  }

  const month = await factsOf('/duncan report')
  const quarter = await factsOf('/duncan report 90')
  const mine = await factsOf('/duncan report mine')
  const elsewhere = await factsOf('/duncan report', { ...jan, administrations: ['other'] })
  const outcome = await chat.click({ staff: jan, surface: 'console', action: 'report.show', data: { asked: 'mine 90 drop' }, values: {} })

  assert.deepEqual([month.card.title, month.card.subtitle], ['Figures · 30 days', '€1,500 open, €1,000 overdue'])
  assert.deepEqual(month.facts, [
    '1',
    '2 of 3 kept (67%)',
    'price: 2\nquality: 1',
    '3 decided, of which 1 edited and 1 rejected\nHalf are decided within 3 hours',
  ])
  assert.equal(quarter.facts[1], '3 of 4 kept (75%)')
  assert.deepEqual([mine.card.subtitle, mine.facts], ['€500 open, €0 overdue', ['0', 'none came due', 'none', 'none']])
  assert.deepEqual([elsewhere.card.subtitle, elsewhere.facts], ['Nothing is open.', ['0', 'none came due', 'none', 'none']])
  assert.equal(outcome.kind === 'private' && outcome.card.title, 'Figures of your accounts · 90 days')
  for (const language of languages) {
    const { report: say } = wordsOf(language)
    const { card, facts } = await factsOf('/duncan report', { ...jan, language })
    assert.equal(card.title, `${say.title} · ${say.period(30)}`)
    assert.ok(facts[3]?.startsWith(say.decided(3, 1, 1)))
  }
})
