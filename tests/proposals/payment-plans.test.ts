import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plansOf } from '#ledger'
import { anOffice, asserting, fact, type Office } from './support.ts'

async function aRequest(office: Office): Promise<number> {
  const text = 'Kunnen wij factuur 2026-002 in 2 termijnen betalen?'
  const facts = [fact(text, 'invoice_number', '2026-002'), fact(text, 'instalment', 'in 2 termijnen', { count: 2, dates: [] })]
  return (await office.proposals.propose(await office.mail(text, { intents: asserting('payment_plan_request'), facts }))).proposalId
}

const partsOf = async (office: Office, proposalId: number) => {
  const { actions } = await office.view(proposalId)
  const plan = actions.find(action => action.kind === 'agree_payment_plan')
  const reply = actions.find(action => action.kind === 'send_reply')
  assert.ok(plan?.kind === 'agree_payment_plan' && reply?.kind === 'send_reply')
  return { plan, reply }
}

test('a request for a plan is a proposal: what a person changes is what is agreed, told and held, until it is taken back', async t => {
  const office = await anOffice(t)
  const proposalId = await aRequest(office)
  const before = await partsOf(office, proposalId)
  const edit = (instalments: { dueOn: string; amount: string }[]) => ({
    proposalId,
    staffId: office.jan.id,
    surface: 'console',
    kind: 'approve' as const,
    edits: [{ actionId: before.plan.id, instalments }],
  })

  const refused = await office.proposals.decide(edit([{ dueOn: '2026-11-22', amount: '250.50' }]))
  const approved = await office.proposals.decide(
    edit([
      { dueOn: '2026-12-01', amount: '100.00' },
      { dueOn: '2027-01-04', amount: '150.50' },
    ]),
  )
  await office.work()

  assert.deepEqual(before.plan.payload.instalments, [
    { dueOn: '2026-12-07', amount: '125.25' },
    { dueOn: '2027-01-07', amount: '125.25' },
  ])
  assert.match(before.reply.payload.text, /07-12-2026 +€ 125,25/)
  assert.deepEqual([refused.kind, approved.kind], ['invalid', 'decided'])
  const { reply } = await partsOf(office, proposalId)
  assert.match(reply.payload.text, /factuur 2026-002 \(€ 250,50\) in termijnen betaalt:\s+01-12-2026 +€ 100,00\n04-01-2027 +€ 150,50\n/)
  const [plan] = await plansOf(office.db, office.debtor.id)
  assert.deepEqual(
    [
      plan?.status,
      plan?.total.toFixed(2),
      plan?.invoices.map(({ number }) => number),
      plan?.instalments.map(({ dueOn, amount }) => `${dueOn.toString()} ${amount.toFixed(2)}`),
    ],
    ['running', '250.50', ['2026-002'], ['2026-12-01 100.00', '2027-01-04 150.50']],
  )
  assert.deepEqual(await office.standingHolds(), ['payment_plan 2026-002', 'payment_plan 2026-002'])

  await office.proposals.decide({ proposalId, staffId: office.jan.id, surface: 'console', kind: 'undo' })

  assert.deepEqual(await plansOf(office.db, office.debtor.id), [])
})

test('no reply of ours agrees to a plan that is not ticked, and on an old ledger a person works the plan out', async t => {
  const office = await anOffice(t)
  const proposalId = await aRequest(office)
  const { reply } = await partsOf(office, proposalId)

  const outcome = await office.proposals.decide({ proposalId, staffId: office.jan.id, surface: 'console', kind: 'approve', ticked: [reply.id] })
  office.clock.set('2026-11-26T09:00:00Z')
  const stale = await office.view(await aRequest(office))

  assert.equal(outcome.kind === 'invalid' && outcome.problems[0]?.code, 'plan_not_ticked')
  assert.deepEqual(
    stale.actions.map(({ kind }) => kind),
    ['place_hold', 'create_task', 'send_reply'],
  )
})
