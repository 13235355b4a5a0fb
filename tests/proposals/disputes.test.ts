import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { calendarOf } from '#ledger'
import { fullSight } from '#people'
import { disputeFigures, disputesKind, type EntryContent, openDisputes, shippedRules, viewDispute } from '#proposals'
import { aDispute, anOffice, asserting, fact } from './support.ts'

const rules = (disputes: object = {}) => ({
  ...shippedRules,
  calendarOf: (of: { code: string; country: string }) => calendarOf({}, of),
  disputes: disputesKind.schema.parse(disputes),
})

/** An office with a manager, where one mail's dispute on 2026-002 was approved by Jan. */
async function aDesk(t: TestContext, disputes: object = {}) {
  const office = await anOffice(t, {}, rules(disputes))
  const { db, proposals, jan, work } = office
  const bo = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'manager' } })
  const open = async () => {
    const proposalId = await aDispute(office)
    await proposals.decide({ kind: 'approve', proposalId, staffId: jan.id, surface: 'console' })
    await work()
    return db.dispute.findFirstOrThrow({ orderBy: { id: 'desc' }, include: { events: true } })
  }
  let forms = 0
  const enter = (content: EntryContent, invoiceNumbers: string[] = [], staffId = jan.id) => {
    forms += 1
    return proposals.enter({ debtorId: office.debtor.id, staffId, surface: 'console', formKey: `form ${forms}`, invoiceNumbers, content })
  }
  const move = async (disputeId: number, how: 'resolved' | 'rejected' | 'credit_expected' | 'reopened', staffId = jan.id) => {
    const outcome = await enter({ kind: 'dispute_move', disputeId, move: how, reason: 'as agreed by phone', invoiceIds: [] }, [], staffId)
    return outcome.kind === 'entered' ? outcome : assert.fail(JSON.stringify(outcome))
  }
  const seen = (id: number) => viewDispute(db, fullSight, office.clock.today, id)
  const told = () => office.jobs.splice(0).flatMap(({ name, payload }) => (name === 'dispute.late' ? [payload.staffId] : []))
  return { ...office, bo, open, enter, move, seen, told }
}

test('a dispute is acknowledged with a day five working days ahead, here and in the debtor’s country, by its owner, and says that the rest goes on', async t => {
  const { db, clock, proposals, debtor, jan, mail } = await aDesk(t)
  await db.debtor.update({ where: { id: debtor.id }, data: { collector: 'Jan', country: 'PL' } })
  const text = 'Factuur 2026-002 klopt niet, de prijs is te hoog.'
  const facts = [fact(text, 'invoice_number', '2026-002'), fact(text, 'dispute_reason', 'de prijs is te hoog', 'price')]
  const input = await mail(text, { intents: asserting('dispute'), facts })

  // A Friday before Christmas: the 24th is a day off in Poland alone, as is 6 January.
  const promised: unknown[] = []
  for (const day of ['2026-12-18', '2026-12-30', '2026-11-20']) {
    clock.set(`${day}T10:00:00Z`)
    const { actions } = await proposals.plan(input)
    promised.push(actions.flatMap(action => (action.kind === 'open_dispute' ? [action.payload.answerDue] : []))[0])
  }
  const { actions, touched } = await proposals.plan(input)

  assert.deepEqual(promised, ['2026-12-29', '2027-01-08', '2026-11-27'])
  const [hold, dispute, reply] = actions
  const id = (await db.invoice.findFirstOrThrow({ where: { number: '2026-002' } })).id
  assert.deepEqual([hold?.payload, hold?.protective, touched], [{ invoiceIds: [id], reason: 'dispute' }, true, [id]])
  assert.deepEqual(dispute?.kind === 'open_dispute' && [dispute.payload.reason, dispute.payload.ownerId], ['price', jan.id])
  const written = reply?.kind === 'send_reply' ? reply.payload.text : assert.fail()
  for (const said of [/factuur 2026-002/, /Wij vergelijken de prijzen/, /27 november 2026 van Jan/, /overige facturen verandert er niets/])
    assert.match(written, said)
})

test('types of the settings have owners, days and words of their own; a person can choose them, and contest a part of an invoice', async t => {
  const types = { price: { owner: 'mia', answerWithin: 2, acknowledgement: { nl: 'Onze inkoop kijkt mee.' } }, transport_damage: { owner: 'bo' } }
  const office = await aDesk(t, { answerWithin: 3, types })
  const { db, clock, proposals, jan, mia, bo, enter, invoiceId, view, standingHolds } = office
  const proposalId = await aDispute(office)
  const before = await view(proposalId)
  const action = before.actions.find(({ kind }) => kind === 'open_dispute')
  const edits = [{ actionId: action?.id ?? 0, disputeReason: 'transport_damage', amount: '50.00' }]

  await proposals.decide({ kind: 'edit', proposalId, staffId: jan.id, surface: 'console', edits })
  const after = await view(proposalId)
  await proposals.decide({ kind: 'approve', proposalId, staffId: jan.id, surface: 'console' })
  await office.work()
  const entered = await enter({ kind: 'dispute', reason: 'transport_damage', text: 'nat geworden', invoiceIds: [], amount: '10' }, ['2026-003'])
  const whole = await enter({ kind: 'dispute', reason: 'price', text: 'te duur', invoiceIds: [] }, [])
  const wrong = [
    await enter({ kind: 'dispute', reason: 'weather', text: 'x', invoiceIds: [] }, []),
    await enter({ kind: 'dispute', reason: 'price', text: 'x', invoiceIds: [], amount: '5' }, ['2026-001', '2026-003']),
  ]

  const text = ({ actions }: typeof before) => actions.flatMap(each => (each.kind === 'send_reply' ? [each.payload.text] : []))[0] ?? ''
  assert.match(text(before), /Onze inkoop kijkt mee\..* van Mia/s)
  assert.doesNotMatch(text(after), /inkoop/)
  assert.match(text(after), /factuur 2026-002 \(€ 50,00\).*niet wordt betwist/s)
  assert.deepEqual([entered.kind, whole.kind, ...wrong.map(({ kind }) => kind)], ['entered', 'entered', 'invalid', 'invalid'])
  const open = await openDisputes(db, fullSight, clock.today)
  assert.deepEqual(
    open.map(({ type, owner, answerDue, invoices }) => [type, owner.id, answerDue.toString(), ...invoices.map(each => `${each.number} ${each.contested}`)]),
    [
      ['transport_damage', mia.id, '2026-11-25', '2026-002 50'],
      ['price', mia.id, '2026-11-25'],
      ['transport_damage', bo.id, '2026-11-26', '2026-003 10'],
    ],
  )
  const parts = await db.dunningHold.findMany({ where: { invoiceId: await invoiceId('2026-002'), endedAt: null, reason: 'dispute' } })
  assert.deepEqual(
    parts.map(({ amount }) => amount?.toFixed()),
    ['50'],
  )
  assert.deepEqual(await standingHolds(), ['dispute 2026-002', 'dispute 2026-003', 'dispute all'])
})

test('a dispute always has somebody: whom the settings or the ledger name, else who approved it; and can be handed to whoever sees it', async t => {
  const { proposals, open, seen, jan, eve, mia } = await aDesk(t)
  const { id, ownerId } = await open()

  const handed = [eve.id, mia.id, mia.id].map(to => () => proposals.handDisputeOver({ disputeId: id, staffId: jan.id, ownerId: to, surface: 'console' }))
  const results: boolean[] = []
  for (const hand of handed) results.push(await hand())

  assert.equal(ownerId, jan.id)
  assert.deepEqual(results, [false, true, false])
  const view = await seen(id)
  assert.deepEqual([view?.owner.name, view?.events.map(({ kind, by }) => `${kind} ${by}`)], ['Mia', ['opened Jan', 'handed_over Jan']])
})

test('when the day passes without an end a manager is told, once; opened again, it is told again', async t => {
  const { clock, proposals, open, move, seen, told, bo } = await aDesk(t)
  const { id, answerDue } = await open()
  const onTime = [await proposals.due(), told()]

  clock.set('2026-11-30T22:30:00Z') // the last day in Amsterdam, before midnight
  await proposals.due()
  const lastDay = told()
  clock.set('2026-12-01T08:00:00Z')
  await proposals.due()
  await proposals.due()
  const late = told()
  await move(id, 'resolved')
  await move(id, 'reopened')
  clock.set('2026-12-20T08:00:00Z')
  await proposals.due()

  assert.equal(answerDue.toISOString().slice(0, 10), '2026-11-30')
  assert.deepEqual([onTime, lastDay, late, told()], [[0, []], [], [bo.id], [bo.id]])
  assert.deepEqual(
    (await seen(id))?.events.map(({ kind }) => kind),
    ['opened', 'escalated', 'resolved', 'reopened', 'escalated'],
  )
})

test('an end lets its invoices be dunned again unless another dispute contests them; it can be taken back, and a credit note can be waited for', async t => {
  const { db, proposals, open, enter, move, seen, standingHolds, jan } = await aDesk(t)
  const { id } = await open()

  await move(id, 'credit_expected')
  const waiting = [(await seen(id))?.awaitsCredit, await standingHolds()]
  const done = await move(id, 'resolved')
  const ended = [(await seen(id))?.status, await standingHolds()]
  const undone = await proposals.voteOnEntry({ entryId: done.entryId, staffId: jan.id, surface: 'console', kind: 'undo' })
  const again = [(await seen(id))?.status, (await seen(id))?.awaitsCredit, await standingHolds()]
  await enter({ kind: 'dispute', reason: 'quality', text: 'kapot', invoiceIds: [] }, ['2026-002'])
  await move(id, 'rejected')
  const shared = await standingHolds()
  const twice = await enter({ kind: 'dispute_move', disputeId: id, move: 'resolved', reason: 'x', invoiceIds: [] })

  assert.deepEqual(waiting, [true, ['dispute 2026-002']])
  assert.deepEqual(ended, ['resolved', []])
  assert.deepEqual([undone.kind, again], ['entered', ['open', true, ['dispute 2026-002']]])
  assert.ok(shared.includes('dispute 2026-002'))
  assert.deepEqual(twice, { kind: 'invalid', problem: { code: 'nothing_changes' } })
  const audited = await db.auditEntry.findMany({ where: { event: { startsWith: 'entry.' } }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    audited.map(({ event }) => event),
    ['entry.done', 'entry.done', 'entry.undone', 'entry.done', 'entry.done'],
  )
})

test('ending disputes can take two people; what moved before the second vote is not moved twice', async t => {
  const { db, proposals, open, move, seen, mia, bo } = await aDesk(t)
  const { id } = await open()
  await db.secondVoteRule.create({ data: { actionKind: 'close_dispute' } })

  const first = await move(id, 'resolved')
  const waiting = (await seen(id))?.status
  const other = await move(id, 'rejected', bo.id)
  const agree = (entryId: number) => proposals.voteOnEntry({ entryId, staffId: mia.id, surface: 'console', kind: 'second_vote' })
  const agreed = await agree(first.entryId)

  assert.deepEqual([first.status, waiting, agreed], ['awaiting_second', 'open', { kind: 'entered', entryId: first.entryId, status: 'done' }])
  await assert.rejects(agree(other.entryId), { code: 'refused.dispute_changed' })
  assert.equal((await seen(id))?.status, 'resolved')
})

const written = (sums: { currency: string; amount: { toFixed: (digits: number) => string } }[]) => sums.map(sum => `${sum.currency} ${sum.amount.toFixed(2)}`)

test('figures of disputes agree: an invoice counts once however often it is contested, and each type says how long it took and what came back', async t => {
  const { db, clock, open, enter, move } = await aDesk(t)
  const from = new Date('2026-11-01T00:00:00Z')
  const { id } = await open()
  await enter({ kind: 'dispute', reason: 'quality', text: 'kapot', invoiceIds: [], amount: '50' }, ['2026-002'])
  await enter({ kind: 'dispute', reason: 'quality', text: 'kapot', invoiceIds: [] }, ['2026-003'])
  clock.advance({ hours: 48 })
  await move(id, 'resolved')
  await move(id, 'reopened')

  const figures = await disputeFigures(db, { sight: fullSight, from })
  const later = await disputeFigures(db, { sight: fullSight, from: new Date('2026-12-01T00:00:00Z') })

  assert.deepEqual([figures.open.disputes, figures.open.invoices, written(figures.open.amount)], [3, 2, ['EUR 325.75']])
  assert.deepEqual(
    figures.types.map(({ amount, ...type }) => ({ ...type, amount: written(amount) })),
    [
      { type: 'quality', opened: 2, ended: 0, reopened: 0, leadDays: null, amount: ['EUR 125.25'] },
      { type: 'price', opened: 1, ended: 1, reopened: 1, leadDays: 2, amount: ['EUR 250.50'] },
    ],
  )
  assert.deepEqual([later.types, later.open.disputes], [[], 3])
})
