import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOffice, asserting, fact, type Office } from './support.ts'

const ledger = async ({ db }: Office) => ({
  promises: await db.promiseToPay.findMany({ where: { status: 'open' } }),
  disputes: await db.dispute.findMany(),
  notes: await db.note.findMany(),
  plans: await db.paymentPlan.findMany({ where: { status: { not: 'cancelled' } } }),
  tasks: await db.task.findMany({ where: { status: 'open' } }),
  contacts: await db.contact.findMany({ orderBy: { id: 'asc' } }),
  po: await db.invoice.findMany({ where: { poNumber: { not: null } } }),
  waiting: await db.outboundMail.findMany({ where: { state: 'scheduled' } }),
})

test('what every kind of action did to the ledger is gone after the undo of its approval', async t => {
  const office = await anOffice(t)
  const text = '2026-001: 4 december. 2026-002: nooit geleverd. 2026-003: betaald 20 november. PO-77. Tel 555-0100. Terug 2 december. In termijnen?'
  const facts = [
    fact(text, 'invoice_number', '2026-001'),
    fact(text, 'promised_date', '4 december', '2026-12-04'),
    fact(text, 'invoice_number', '2026-002'),
    fact(text, 'dispute_reason', 'nooit geleverd', 'not_delivered'),
    fact(text, 'invoice_number', '2026-003'),
    fact(text, 'paid_date', '20 november', '2026-11-20'),
    fact(text, 'po_number', 'PO-77'),
    fact(text, 'contact_phone', '555-0100'),
    fact(text, 'return_date', '2 december', '2026-12-01'),
  ]
  const intents = asserting(
    'promise_to_pay',
    'dispute',
    'payment_made',
    'po_number',
    'contact_change',
    'out_of_office',
    'payment_plan_request',
    'statement_request',
  )
  const { proposalId } = await office.proposals.propose(await office.mail(text, { intents, facts }))
  const before = await ledger(office)
  const decision = { proposalId, staffId: office.jan.id, surface: 'console' }

  await office.proposals.decide({ kind: 'approve', ...decision })
  await office.work()
  const done = (await office.view(proposalId)).actions.filter(({ status }) => status === 'done' || status === 'scheduled').map(({ kind }) => kind)
  const between = await ledger(office)
  const outcome = await office.proposals.decide({ kind: 'undo', ...decision })

  assert.deepEqual(done.toSorted(), [
    'agree_payment_plan',
    'create_task',
    'mark_payment_claimed',
    'open_dispute',
    'place_hold',
    'place_hold',
    'register_absence',
    'register_promise',
    'send_reply',
    'update_contact',
  ])
  assert.notDeepEqual(between, before)
  assert.equal(outcome.kind, 'decided')
  assert.deepEqual(await ledger(office), before)
  const all = ['2026-001', '2026-002', '2026-003']
  const open = ['open_proposal', 'payment_plan'].flatMap(reason => all.map(number => `${reason} ${number}`))
  assert.deepEqual(await office.standingHolds(), ['dispute 2026-002', ...open], 'what protects stands until somebody decides')
})

test('nothing leaves and nothing is written without a click, whatever a mail asks for', async t => {
  const office = await anOffice(t)
  const before = await ledger(office)
  const everything = asserting(
    'promise_to_pay',
    'payment_made',
    'dispute',
    'statement_request',
    'payment_details_question',
    'contact_change',
    'other_question',
    'acknowledgement',
  )

  await office.proposals.propose(await office.mail('Alles tegelijk.', { intents: everything }))
  await office.work()

  assert.deepEqual(await ledger(office), before)
  assert.deepEqual(await office.standingHolds(), ['dispute all', 'open_proposal all', 'payment_claim all'])
})
