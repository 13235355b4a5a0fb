import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createChat } from '#chat'
import { ensureStaff } from '#people'
import { fixedClock } from '#platform'
import { aLedger, anItem } from '../search/ledger.ts'
import { createTestDatabase } from '../support/database.ts'
import { chatSettings } from './chat-settings.ts'
import { fakeProposals } from './fake-proposals.ts'
import { aView } from './views.ts'

async function aDesk(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const staff = await ensureStaff(client, { key: 'jan', name: 'Jan Willems', email: 'jan@harbourlight.example', role: 'viewer' })
  const { administrationId, debtors } = await aLedger(client, ['Visser Installatie BV', 'Visser & Zonen NV', 'Möller Stahlbau GmbH'])
  const proposals = fakeProposals(
    [aView({ id: 12 })],
    () => 'Jan Willems',
    () => new Date(clock.now().epochMilliseconds),
  )
  const chat = createChat({ client, clock, proposals, ...chatSettings })
  const type = (text: string) => chat.command({ staff, surface: 'console', text })
  const press = (action: string, data: Record<string, string>) => chat.click({ staff, surface: 'console', action, data, values: {} })
  return { client, administrationId, debtors, type, press, staff, chat }
}

const picksOf = (outcome: Awaited<ReturnType<Awaited<ReturnType<typeof aDesk>>['type']>>) =>
  outcome.kind === 'private'
    ? outcome.card.elements.flatMap(element => (element.type === 'pick' ? [[element.text, element.button.action, element.button.data.debtor]] : []))
    : []

test('/debtor answers with the debtor’s card, by name, number and invoice', async t => {
  const { client, administrationId, debtors, type } = await aDesk(t)
  await anItem(client, { administrationId, debtorId: debtors[2]?.id ?? 0 }, '2026-0412', '2026-02-01', '1210.50')

  for (const text of ['/debtor möller', '/debtor 10003', '/DEBTOR  2026-0412']) {
    const outcome = await type(text)

    assert.ok(outcome.kind === 'private')
    assert.equal(outcome.card.title, 'Möller Stahlbau GmbH')
    assert.equal(outcome.card.status?.text, '€1,210.50 overdue')
  }
})

test('a look-up with several hits asks which one, with all of them, and the choice gives its card', async t => {
  const { debtors, type, press } = await aDesk(t)

  const outcome = await type('/debtor visser')
  const chosen = await press('debtor.show', { debtor: String(debtors[1]?.id) })

  assert.deepEqual(picksOf(outcome), [
    ['Visser & Zonen NV', 'debtor.show', String(debtors[1]?.id)],
    ['Visser Installatie BV', 'debtor.show', String(debtors[0]?.id)],
  ])
  assert.equal(chosen.kind === 'private' && chosen.card.title, 'Visser & Zonen NV')
})

test('a single debtor whose name is only similar is asked about, not taken', async t => {
  const { type } = await aDesk(t)

  const outcome = await type('/inbox Stahlbua')

  assert.deepEqual(
    picksOf(outcome).map(([name, action]) => [name, action]),
    [['Möller Stahlbau GmbH', 'debtor.inbox']],
  )
})

test('/inbox shows the mails of that debtor alone, in and out, newest first', async t => {
  const { client, debtors, type } = await aDesk(t)
  const mailbox = await client.mailbox.create({
    data: { key: 'debtors', address: 'debtors@harbourlight.example', kind: 'maildir', startAt: new Date('2026-01-01') },
  })
  const mail = (index: number, debtorId: number | undefined, direction: string, subject: string) =>
    client.message.create({
      data: {
        mailboxId: mailbox.id,
        size: 1,
        rawHash: subject,
        debtorId: debtorId ?? null,
        direction,
        subject,
        receivedAt: new Date(Date.UTC(2026, 1, index)),
      },
    })
  await mail(1, debtors[2]?.id, 'in', 'Old question')
  await mail(3, debtors[2]?.id, 'out', 'Answer')
  await mail(2, debtors[0]?.id, 'in', 'Not theirs')

  const outcome = await type('/inbox möller')

  assert.ok(outcome.kind === 'private')
  const lines = outcome.card.elements.flatMap(element => (element.type === 'letter' ? [element.text.split('\n')[0]] : []))
  assert.deepEqual(lines, ['Answer', 'Old question'])
})

test('/duncan why gives the intents with how sure they are and the literal words of each fact', async t => {
  const { type } = await aDesk(t)

  const outcome = await type('/duncan why 12')
  const unknown = await type('/duncan why 99')
  const [step, byNumber] = [await type('/duncan why möller'), await type('/duncan why 10003')]

  assert.ok(outcome.kind === 'private')
  const text = JSON.stringify(outcome.card.elements)
  assert.ok(text.includes('"promise to pay (93%)"'))
  assert.ok(text.includes('promised date: 6 Mar 2026 (90%)') && text.includes('“We will pay invoice 2026-0412 on Friday 6 March.”'))
  assert.ok(text.includes('Why now: The mail came on'))
  assert.match(text, /Register promise to pay .* – “/)
  assert.deepEqual(unknown, { kind: 'refused', message: 'There is no proposal 99.' })
  assert.ok(step.kind === 'private')
  assert.deepEqual([step.card.title, step.card.subtitle], ['Why this step for Möller Stahlbau GmbH', 'None, because no item is open'])
  assert.ok(JSON.stringify(step.card.elements).includes('7. Overdue'))
  assert.deepEqual(byNumber, step)
})

test('nothing that is typed is ignored: help, unknown commands, missing words', async t => {
  const { type } = await aDesk(t)
  const help = await type('/duncan help')
  const unknown = await type('/pay everything')
  const missing = await type('/debtor')
  const none = await type('/duncan find xyzzy')

  assert.ok(help.kind === 'private' && help.card.fallback.includes('/debtor <name | number | invoice>'))
  assert.equal(unknown.kind === 'private' && unknown.card.subtitle, 'There is no command /pay.')
  assert.deepEqual(missing, { kind: 'refused', message: 'Say which one: /debtor <name, debtor number or invoice number>' })
  assert.equal(none.kind === 'private' && none.card.title, 'Nothing fits “xyzzy”')
})

test('somebody who has no right to look up is refused in words', async t => {
  const { chat, staff } = await aDesk(t)

  const outcome = await chat.command({ staff: { ...staff, active: false, language: 'nl' }, surface: 'console', text: '/debtor visser' })

  assert.deepEqual(outcome, { kind: 'refused', message: 'U hebt daar het recht niet toe. Vraag een manager.' })
})
