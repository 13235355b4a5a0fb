import assert from 'node:assert/strict'
import { tmpdir } from 'node:os'
import { type TestContext, test } from 'node:test'
import { createChat } from '#chat'
import { ensureStaff, type Staff } from '#people'
import { createBlobs, silentLog } from '#platform'
import { createProposals, proposalsConfig } from '#proposals'
import { asPost } from '../../src/chat/posts.ts'
import { postsInSight } from '../../src/chat/posts-in-sight.ts'
import { theBooks } from '../ledger/matching/support.ts'
import { chatSettings } from './chat-settings.ts'
import { fakeProposals } from './fake-proposals.ts'

/** A debtor with one open invoice, a payment that waits for a decision, and colleagues. */
async function aDesk(t: TestContext) {
  const books = await theBooks(t)
  const { db: client, clock } = books
  const alder = await books.debtor('D100', 'Alder BV')
  await books.invoice(alder.id, '2026-0101', '100.00')
  const paymentId = await books.pay('60.00', { text: 'deel 2026-0101', iban: 'NL20INGB0001234567' })
  await books.match()
  const jan = await ensureStaff(client, { key: 'jan', name: 'Jan', email: 'jan@nordlicht.example', role: 'collector' })
  const vic = await ensureStaff(client, { key: 'vic', name: 'Vic', email: 'vic@nordlicht.example', role: 'viewer' })
  const eva = await ensureStaff(client, { key: 'eva', name: 'Eva', email: 'eva@nordlicht.example', role: 'collector' })
  await client.staff.update({ where: { id: eva.id }, data: { administrations: ['BE01'] } })
  const fake = fakeProposals(
    [],
    () => '',
    () => new Date(0),
  )
  const config = proposalsConfig.parse({})
  const { decidePayment } = createProposals({ client, queue: { send: async () => undefined }, blobs: createBlobs(tmpdir()), clock, log: silentLog, config })
  const chat = createChat({ client, clock, proposals: { ...fake, decidePayment }, ...chatSettings })
  const fresh = async ({ id }: Staff) => client.staff.findUniqueOrThrow({ where: { id } })
  const click = async (staff: Staff, action: string, data: Record<string, string>, values: Record<string, string> = {}) =>
    chat.click({ staff: await fresh(staff), surface: 'console', action, data: { payment: String(paymentId), version: '1', ...data }, values })
  return { ...books, client, chat, paymentId, jan, vic, eva, click, fresh }
}

test('payments that wait for a decision stand on one card of their administration, redrawn as they are decided', async t => {
  const { chat, administration, jan, click, client } = await aDesk(t)

  const before = await chat.postPayments(administration.id)
  const opened = await click(jan, 'payment.show', {})
  const outcome = await click(jan, 'payment.allocate', { candidate: '0' })
  const after = await client.chatPost.findFirstOrThrow({ where: { subject: `payments:${administration.id}` } })

  assert.equal(before?.card.status?.text, '1 to decide')
  assert.deepEqual(
    before?.card.elements.flatMap(each => (each.type === 'pick' ? [each.text] : [])),
    ['€60.00 on 5 Mar 2026 · Alder BV'],
  )
  assert.ok(opened.kind === 'private')
  assert.deepEqual(
    opened.card.elements.flatMap(each => (each.type === 'pick' ? [each.text] : [])),
    ['D100 Alder BV: 2026-0101 €60.00'],
  )
  assert.deepEqual(outcome, { kind: 'done', message: 'Done.' })
  assert.deepEqual([after.id, asPost(after).card.status?.text], [before?.id, 'Done'])
  assert.equal((await client.invoice.findFirstOrThrow()).openAmount.toFixed(2), '40.00')
})

test('who does not see the administration finds no payment, on the card, by command or by id; a viewer decides nothing', async t => {
  const { chat, administration, eva, vic, jan, click, fresh, client } = await aDesk(t)
  const post = await chat.postPayments(administration.id)
  assert.ok(post)

  const outcomes = [
    await click(eva, 'payment.show', {}),
    await click(eva, 'payment.allocate', { candidate: '0' }),
    await click(vic, 'payment.allocate', { candidate: '0' }),
  ]
  const typed = await chat.command({ staff: await fresh(eva), surface: 'console', text: '/duncan payments' })

  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['refused', 'refused', 'refused'],
  )
  assert.ok(typed.kind === 'private')
  assert.equal(typed.card.status?.text, 'Done')
  assert.doesNotMatch(JSON.stringify([outcomes, typed]), /Alder|2026-0101|60/)
  assert.deepEqual((await postsInSight(client, await fresh(eva), [post])).length, 0)
  assert.deepEqual((await postsInSight(client, await fresh(jan), [post])).length, 1)
})

test('numbers that a person types are paid in their order, once; the payment is found by its invoice and taken back', async t => {
  const { chat, jan, click, fresh, open } = await aDesk(t)

  const unknown = await click(jan, 'payment.pay_invoices', {}, { numbers: '2026-0999' })
  const done = await click(jan, 'payment.pay_invoices', {}, { numbers: ' 2026-0101, ' })
  const again = await click(jan, 'payment.pay_invoices', {}, { numbers: '2026-0101' })
  const found = await chat.command({ staff: await fresh(jan), surface: 'console', text: '/duncan payments 2026 0101' })
  const takenBack = await click(jan, 'payment.take_back', { version: '2' })

  assert.deepEqual(
    [unknown, done, again, takenBack],
    [
      { kind: 'refused', message: 'Not done: There is no invoice 2026-0999.' },
      { kind: 'done', message: 'Done.' },
      { kind: 'refused', message: 'It changed meanwhile: look at it again.' },
      { kind: 'done', message: 'Done.' },
    ],
  )
  assert.deepEqual(found.kind === 'private' && found.card.buttons.map(({ action }) => action), ['payment.take_back'])
  assert.deepEqual(await open('2026-0101'), ['100.00', 'open', null])
})

const messages = async (...clicks: Promise<{ kind: string; message?: string }>[]) => {
  const told: (string | undefined)[] = []
  for (const each of clicks) told.push((await each).message)
  return told
}

test('above a limit a payment waits for somebody else’s vote on the very same words; until then nothing is allocated', async t => {
  const { client, chat, administration, jan, eva, vic, click, open } = await aDesk(t)
  await client.staff.update({ where: { id: jan.id }, data: { amountLimit: '59.99' } })
  const mia = await ensureStaff(client, { key: 'mia', name: 'Mia', email: 'mia@nordlicht.example', role: 'approver' })
  await client.staff.update({ where: { id: eva.id }, data: { role: 'approver' } })
  await client.secondVoteRule.create({ data: { actionKind: 'allocate_payment', above: '55' } })
  const wrong = await messages(click(jan, 'payment.pay_invoices', {}, { numbers: '2026-0999' }))
  const first = await messages(click(jan, 'payment.pay_invoices', {}, { numbers: '2026-0101' }))
  const waiting = await open('2026-0101')
  const card = await click(mia, 'payment.show', {})
  const refused = await messages(click(mia, 'payment.not_ours', {}))
  const others = [
    ...(await messages(click(jan, 'payment.second_vote', {}))),
    ...(await messages(click(eva, 'payment.second_vote', {}))),
    ...(await messages(click(vic, 'payment.second_vote', {}))),
  ]
  await client.staff.update({ where: { id: jan.id }, data: { role: 'approver' } })
  const own = await messages(click(jan, 'payment.second_vote', {}))
  const posted = await chat.postPayments(administration.id)
  const both = await Promise.all([click(mia, 'payment.second_vote', {}), click(mia, 'payment.second_vote', {})])

  assert.deepEqual(wrong, ['Not done: There is no invoice 2026-0999.'])
  assert.deepEqual([first, waiting], [['It waits for a second person.'], ['100.00', 'open', null]])
  assert.deepEqual(card.kind === 'private' && card.card.buttons.map(({ action }) => action), ['payment.second_vote', 'payment.withdraw'])
  assert.match(JSON.stringify(card), /First vote by Jan.*Allocate to these: 2026-0101/)
  assert.deepEqual(refused, ['It changed meanwhile: look at it again.'])
  assert.equal(new Set(others).has('Done.'), false)
  assert.deepEqual(own, ['The second vote must come from somebody else.'])
  assert.equal(posted?.card.status?.text, '1 to decide')
  assert.deepEqual(both.map(({ kind }) => kind).toSorted(), ['done', 'refused'])
  assert.deepEqual(await open('2026-0101'), ['40.00', 'open', '100.00'])
  const events = await client.auditEntry.findMany({ where: { event: { startsWith: 'payment.' } }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    events.map(({ event, actor }) => [event, actor]),
    [
      ['payment.first_vote', `staff:${jan.id}`],
      ['payment.second_vote', `staff:${mia.id}`],
      ['payment.allocated', `staff:${mia.id}`],
    ],
  )
})

test('of a line that two statements may tell of, both are shown; the person says whether it is the same money', async t => {
  const { client, jan, click, pay } = await aDesk(t)
  const first = await pay('75.00', { text: 'Rechnung 2026-0119', name: 'Alder GmbH' })
  const again = await pay('75.00', { text: 'RECHNUNG 2026-0119' })
  const account = await client.bankAccount.create({ data: { number: 'ACC1', administration: { connect: { code: 'NL01' } } } })
  const shared = { accountId: account.id, currency: 'EUR', closedOn: new Date('2026-03-05'), lines: 1, format: 'csv', fileHash: 'x' }
  for (const [id, number] of [
    [first, '7/1'],
    [again, '8/1'],
  ] as const) {
    const statement = await client.bankStatement.create({ data: { ...shared, number, contentKey: number, fileName: `${number.replace('/', '-')}.csv` } })
    await client.payment.update({ where: { id }, data: { statementId: statement.id } })
  }
  await client.payment.update({ where: { id: again }, data: { status: 'review', finding: { kind: 'review', why: 'seen_twice', candidates: [] } } })

  const card = await click(jan, 'payment.show', { payment: String(again) })
  const same = await click(jan, 'payment.same', { payment: String(again), version: '0' })

  assert.match(JSON.stringify(card), /Alder GmbH: Rechnung 2026-0119","source":"7\/1 · 7-1\.csv/)
  assert.equal(same.kind, 'done')
  assert.deepEqual((await client.payment.findUniqueOrThrow({ where: { id: again } })).status, 'not_ours')
})

test('a first vote is taken back, and says nothing any more once the payment changed', async t => {
  const { client, jan, click, settle, paymentId } = await aDesk(t)
  await client.secondVoteRule.create({ data: { actionKind: 'allocate_payment' } })
  const mia = await ensureStaff(client, { key: 'mia', name: 'Mia', email: 'mia@nordlicht.example', role: 'approver' })

  await click(jan, 'payment.allocate', { candidate: '0' })
  const withdrawn = await click(mia, 'payment.withdraw', {})
  await click(jan, 'payment.allocate', { candidate: '0' })
  await settle(paymentId, { kind: 'leave_unapplied', debtorId: (await client.debtor.findFirstOrThrow()).id })
  const late = [await click(mia, 'payment.second_vote', {}), await click(mia, 'payment.second_vote', { version: '2' })]

  assert.equal(withdrawn.kind, 'done')
  assert.deepEqual(
    late.map(({ kind }) => kind),
    ['refused', 'refused'],
  )
  assert.equal(await client.paymentAllocation.count(), 0)
})

test('money that the bank took back is put to the payment that a person names, and its invoice is open again', async t => {
  const { client, jan, click, open, pay, match } = await aDesk(t)
  await click(jan, 'payment.pay_invoices', {}, { numbers: '2026-0101' })
  const returned = await pay('-60.00', { text: 'storno', on: '2026-03-08' })
  await match()

  const card = await click(jan, 'payment.show', { payment: String(returned) })
  const wrong = await click(jan, 'payment.returned', { payment: String(returned), original: String(returned) })
  const picks = card.kind === 'private' ? card.card.elements.flatMap(each => (each.type === 'pick' ? [each.button.data] : [])) : []
  const outcome = await click(jan, 'payment.returned', picks[0] ?? {})

  assert.deepEqual([wrong.kind, outcome.kind, picks.length], ['refused', 'done', 1])
  assert.deepEqual(await open('2026-0101'), ['100.00', 'open', null])
  assert.equal(await client.payment.count({ where: { status: 'reversed' } }), 2)
})

test('ids and indexes that no card carries are refused', async t => {
  const { jan, click } = await aDesk(t)

  for (const data of [
    { payment: '0' },
    { payment: '-1' },
    { payment: '99999999999' },
    { payment: '__proto__' },
    { candidate: '7' },
    { candidate: '__proto__' },
    { candidate: 'length' },
  ])
    assert.equal((await click(jan, 'payment.allocate', data)).kind, 'refused')
})
