import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOffice, asserting, codesOf, type Office } from './support.ts'

const approve = (office: Office, proposalId: number, more: object = {}) =>
  office.proposals.decide({ kind: 'approve', proposalId, staffId: office.jan.id, surface: 'console', ...more })

async function aStatement(office: Office) {
  const { proposalId } = await office.proposals.propose(await office.mail('Graag een overzicht.', { intents: asserting('statement_request') }))
  return { proposalId, actionId: (await office.view(proposalId)).actions[0]?.id ?? 0 }
}
const textOf = async (office: Office, proposalId: number) => {
  const reply = (await office.view(proposalId)).actions.at(-1)
  return reply?.kind === 'send_reply' ? reply.payload.text : ''
}
/** What an import does when the money for an invoice has come in. */
const isPaid = (office: Office, number: string) => office.db.invoice.updateMany({ where: { number }, data: { status: 'closed', openAmount: 0 } })

test('a payment that is imported before the approval has the statement drafted anew, to be read before it leaves', async t => {
  const office = await anOffice(t)
  const { proposalId } = await aStatement(office)
  await isPaid(office, '2026-002')

  const unseen = await approve(office, proposalId)
  const drafted = await textOf(office, proposalId)
  const seen = await approve(office, proposalId)
  await office.work()

  assert.deepEqual(unseen.kind === 'invalid' && unseen.problems.map(({ code }) => code), ['drafted_anew'])
  assert.match(drafted, /Totaal: € 175,25/)
  assert.doesNotMatch(drafted, /2026-002/)
  assert.equal(seen.kind, 'decided')
  assert.equal((await office.db.outboundMail.findFirstOrThrow()).text, drafted)
})

test('a text that a person wrote stays theirs, and leaves only with the amounts of today', async t => {
  const office = await anOffice(t)
  const { proposalId, actionId } = await aStatement(office)
  const edit = (text: string) => ({ edits: [{ actionId, text }] })
  await office.proposals.decide({ kind: 'edit', proposalId, staffId: office.jan.id, surface: 'console', ...edit('Open staat € 425,75.') })
  await isPaid(office, '2026-002')

  const outcomes = [await approve(office, proposalId), await approve(office, proposalId), await approve(office, proposalId, edit('Open staat € 175,25.'))]

  assert.deepEqual(
    outcomes.map(outcome => (outcome.kind === 'invalid' ? outcome.problems.map(({ code }) => code).join() : outcome.kind)),
    ['old_amounts', 'unknown_amount', 'decided'],
  )
})

test('a payment that is imported between the approval and its execution keeps the statement back', async t => {
  const office = await anOffice(t)
  const { proposalId } = await aStatement(office)
  await approve(office, proposalId)
  await isPaid(office, '2026-002')

  await office.work()

  const [reply] = (await office.view(proposalId)).actions
  assert.equal(reply?.status, 'failed')
  assert.equal(codesOf(reply?.problems), 'figures_changed')
  assert.equal(await office.db.outboundMail.count(), 0)
})

test('what a statement says is not asked for when its reply is not ticked', async t => {
  const office = await anOffice(t)
  const { proposalId } = await aStatement(office)
  await isPaid(office, '2026-002')

  assert.equal((await approve(office, proposalId, { ticked: [] })).kind, 'decided')
})
