import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sealAudit, verifyAudit } from '#platform'
import { aDispute, anOffice, aPromise, asserting, fact, type Office } from './support.ts'

const approve = (office: Office, proposalId: number) => office.proposals.decide({ kind: 'approve', proposalId, staffId: office.jan.id, surface: 'console' })

test('a promise for everything of a debtor with 5,000 open invoices is proposed, approved, done and undone', async t => {
  const office = await anOffice(t)
  const money = { currency: 'EUR', amount: '10.00', openAmount: '10.00', dueDate: new Date('2026-10-31T00:00:00Z') }
  const owner = { administrationId: office.administration.id, debtorId: office.debtor.id }
  await office.db.invoice.createMany({
    data: Array.from({ length: 5000 }, (_, index) => ({ ...owner, ...money, number: `M-${index}`, searchNumber: `M${index}` })),
  })
  const text = 'Wij betalen alles op 4 december.'
  const facts = [fact(text, 'promised_date', '4 december', '2026-12-04', { promise: 1 })]
  const input = await office.mail(text, { intents: asserting('promise_to_pay', 'statement_request'), facts })

  const { proposalId } = await office.proposals.propose(input)
  await approve(office, proposalId)
  await office.work()
  const held = await office.db.dunningHold.count({ where: { reason: 'promise', endedAt: null } })
  const undone = await office.proposals.decide({ kind: 'undo', proposalId, staffId: office.jan.id, surface: 'console' })

  assert.equal(held, 5003)
  assert.equal(undone.kind, 'decided')
  assert.deepEqual([await office.db.promiseInvoice.count(), await office.db.dunningHold.count({ where: { reason: 'promise', endedAt: null } })], [5003, 0])
})

test('a stored action that this release does not understand says what to do, and holds up no other proposal', async t => {
  const office = await anOffice(t)
  const [odd, good] = [await aPromise(office), await aDispute(office)]
  await office.db.$executeRaw`UPDATE "ProposedAction" SET payload = '{"invoiceIds": "all"}' WHERE kind = 'register_promise'`

  await assert.rejects(approve(office, odd), { code: 'action.payload' })
  await assert.rejects(office.proposals.view(odd), { code: 'action.payload', remedy: /Start the release that made it/ })

  assert.equal((await approve(office, good)).kind, 'decided')
})

test('the audit trail of a busy office is whole: every change of state has one entry', async t => {
  const office = await anOffice(t)
  const proposed = []
  for (let round = 0; round < 6; round++) proposed.push(await aPromise(office), await aDispute(office))
  const person = { staffId: office.jan.id, surface: 'console' }

  await Promise.all(
    proposed.flatMap(proposalId => [
      approve(office, proposalId),
      approve(office, proposalId),
      office.proposals.decide({ kind: 'reject', reason: 'dubbel', proposalId, ...person }),
      office.proposals.decide({ kind: 'undo', proposalId, ...person }),
    ]),
  )
  await sealAudit(office.db)
  await office.work()
  for (const proposalId of proposed) await office.proposals.decide({ kind: 'undo', proposalId, ...person })
  while ((await sealAudit(office.db)) > 0);

  const verdict = await verifyAudit(office.db)
  assert.equal(verdict.ok, true)
  const decisions = await office.db.decision.groupBy({ by: ['kind'], _count: true, orderBy: { kind: 'asc' } })
  const events = await office.db.auditEntry.groupBy({ by: ['event'], _count: true, where: { actor: `staff:${office.jan.id}` } })
  for (const { kind, _count } of decisions) assert.equal(events.find(({ event }) => event === `proposal.${kind}`)?._count, _count, kind)
  const ended = await office.db.proposedAction.count({ where: { status: { in: ['done', 'undone', 'scheduled'] } } })
  const told = await office.db.auditEntry.groupBy({ by: ['subject'], where: { event: { in: ['action.done', 'action.scheduled', 'action.undone'] } } })
  assert.equal(told.length, ended)
})

test('holds that stood for undecided proposals are gone when everything is rejected', async t => {
  const office = await anOffice(t)
  const proposed = [await aPromise(office), await aDispute(office)]
  const insolvency = await office.mail('Faillissement.', { intents: asserting('insolvency_notice', 'payment_made', 'legal_reply') })
  proposed.push((await office.proposals.propose(insolvency)).proposalId)
  const during = await office.standingHolds()

  for (const proposalId of proposed)
    await office.proposals.decide({ kind: 'reject', reason: 'niet van ons', proposalId, staffId: office.jan.id, surface: 'console' })

  assert.ok(during.length > 3)
  assert.deepEqual(await office.standingHolds(), [])
})

for (const [reading, debtor, expected] of [
  ['es', 'nl', /Geachte|Beste/],
  ['it', null, /^Dear/],
  ['und', null, /Beste|Geachte/],
  ['und', 'es', /^Dear/],
  ['und', 'pl', /^Szanowni/],
] as const) {
  test(`a mail in ${reading} of a debtor whose language is ${debtor ?? 'not known'} is answered in ${expected}`, async t => {
    const office = await anOffice(t)
    await office.db.administration.updateMany({ data: { language: 'nl' } })
    await office.db.debtor.update({ where: { id: office.debtor.id }, data: { language: debtor } })
    const { proposalId } = await office.proposals.propose(await office.mail('?', { language: reading, intents: asserting('statement_request') }))

    const reply = (await office.view(proposalId)).actions.at(-1)

    assert.match(reply?.kind === 'send_reply' ? reply.payload.text : '', expected)
  })
}
