import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { anOffice, asserting, fact } from './support.ts'

async function routed(t: TestContext) {
  const office = await anOffice(t)
  const { db, proposals } = office
  const aProposal = async (fields: Parameters<typeof office.mail>[2] = {}) => {
    const text = 'Factuur 2026-001 betalen wij op 4 december.'
    const facts = [fact(text, 'invoice_number', '2026-001'), fact(text, 'promised_date', '4 december', '2026-12-04')]
    return (await proposals.propose(await office.mail(text, { intents: asserting('promise_to_pay'), facts }, fields))).proposalId
  }
  const staff = (key: string, fields: object = {}) =>
    db.staff.create({ data: { key, name: key, email: `${key}@nordlicht.example`, role: 'collector', ...fields } })
  return { ...office, aProposal, staff }
}

test('a proposal goes to the channel of its route, else to its mailbox’s own; a link to another debtor takes it elsewhere', async t => {
  const { db, aProposal, view, proposals, jan, other } = await routed(t)
  const before = (await view(await aProposal())).channel
  await db.route.create({ data: { key: 'nord', channel: 'nord', administrations: ['nordlicht'], partyTypes: ['debtor'] } })
  await db.route.create({ data: { key: 'buy', channel: 'purchasing', partyTypes: ['supplier'] } })
  await db.debtor.update({ where: { id: other.id }, data: { partyType: 'supplier' } })

  const known = await aProposal()
  const unknown = await aProposal({ link: { kind: 'unknown' } })
  const channels = [(await view(known)).channel, (await view(unknown)).channel]
  await proposals.decide({ kind: 'link', proposalId: unknown, staffId: jan.id, surface: 'console', debtorId: other.id })

  assert.deepEqual([before, ...channels, (await view(unknown)).channel], ['debtors', 'nord', 'debtors', 'purchasing'])
})

test('a route can be for the debtors of a segment', async t => {
  const { db, aProposal, view } = await routed(t)
  await db.segment.create({ data: { key: 'growers', title: 'Growers', query: 'name:zonneveld', priority: 1 } })
  await db.segment.create({ data: { key: 'bakers', title: 'Bakers', query: 'name:korf', priority: 2 } })
  await db.route.create({ data: { key: 'growers', channel: 'growers', segments: ['growers'] } })
  await db.route.create({ data: { key: 'bakers', channel: 'bakers', segments: ['bakers'], priority: 1 } })

  assert.equal((await view(await aProposal())).channel, 'growers')
})

test('the debtor’s collector owns it; without one, the owner of the route who has least to do; nobody who may not see or decide it', async t => {
  const { db, aProposal, view, staff, debtor, jan } = await routed(t)
  await staff('ann')
  await staff('ben')
  await staff('blind', { mailboxes: ['other'] })
  await staff('reader', { role: 'viewer' })
  await db.route.create({ data: { key: 'all', channel: 'all', owners: ['blind', 'reader', 'ann', 'ben'] } })
  const owner = async () => (await view(await aProposal())).owner?.name

  const shared = [await owner(), await owner(), await owner(), await owner()]
  await db.debtor.update({ where: { id: debtor.id }, data: { collector: 'JAN' } })
  const collector = await owner()
  await db.staff.update({ where: { id: jan.id }, data: { active: false } })
  const afterwards = await owner()

  assert.deepEqual(shared, ['ann', 'ben', 'ann', 'ben'])
  assert.deepEqual([collector, afterwards], ['Jan', 'ann'])
})

test('the lead of a route hears of what nobody decides, in the place of the managers', async t => {
  const { db, aProposal, proposals, staff, clock, jobs } = await routed(t)
  const [max, lea] = [await staff('max', { role: 'manager' }), await staff('lea', { role: 'approver' })]
  await db.route.create({ data: { key: 'all', channel: 'all', lead: 'lea' } })
  await aProposal()
  const told = () => jobs.filter(({ name }) => name === 'proposal.reminder').map(({ payload }) => payload.staffId)

  clock.set('2026-11-24T16:00:00Z')
  await proposals.due()
  const first = told()
  await db.staff.update({ where: { id: lea.id }, data: { mailboxes: [] } })
  await aProposal()
  clock.set('2026-11-26T16:00:00Z')
  await proposals.due()

  assert.deepEqual(first, [lea.id])
  assert.equal(told().at(-1), max.id)
})

test('a route can ask for intents, for what is at stake and for signs of risk; a proposal whose facts change takes another one', async t => {
  const { db, aProposal, view, debtor } = await routed(t)
  await db.route.create({ data: { key: 'promises', channel: 'promises', intents: ['promise_to_pay'] } })
  await db.route.create({ data: { key: 'disputes', channel: 'disputes', intents: ['dispute'], priority: 9 } })
  await db.route.create({ data: { key: 'large', channel: 'large', amountFrom: 1000, priority: 1 } })
  await db.route.create({ data: { key: 'risky', channel: 'risky', risks: ['broken_promise', 'dispute'], priority: 2 } })
  const id = await aProposal()
  const channel = async () => (await view(id)).channel
  const invoice = await db.invoice.findFirstOrThrow({ where: { debtorId: debtor.id, number: '2026-001' } })
  const owes = (openAmount: number) => db.invoice.update({ where: { id: invoice.id }, data: { openAmount } })

  await owes(999.99)
  const small = await channel()
  await owes(1000)
  const large = await channel()
  await db.promiseToPay.create({ data: { debtorId: debtor.id, promisedOn: new Date('2026-01-05'), status: 'broken' } })

  assert.deepEqual([small, large, await channel()], ['promises', 'large', 'risky'])
})
