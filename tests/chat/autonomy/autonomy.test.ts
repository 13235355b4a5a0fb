import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createChat } from '#chat'
import type { Staff } from '#people'
import { autonomyKind } from '#proposals'
import type { ClickOutcome } from '../../../src/chat/click.ts'
import { isSampled } from '../../../src/proposals/autonomy/judge-proposal.ts'
import { shippedRules } from '../../../src/proposals/index.ts'
import { anOffice, aPromise, asserting } from '../../proposals/support.ts'
import { chatSettings } from '../chat-settings.ts'

const autonomy = autonomyKind.schema.parse({ register_promise: 'act', send_reply: 'send_after_undo' })

/** Chat over real proposals: Max, a manager, and 59 replies to promises that people approved unchanged. */
async function aDesk(t: TestContext) {
  const office = await anOffice(t, {}, { ...shippedRules, autonomy })
  const { db, clock, proposals } = office
  const max = await db.staff.create({ data: { key: 'max', name: 'Max', email: 'max@nordlicht.example', role: 'manager' } })
  const shared = { proposalId: 0, intent: 'promise_to_pay', language: 'nl', mailboxId: office.mailbox.id, verdict: 'unchanged', staffId: 1, at: new Date() }
  for (const [index, kind] of ['register_promise', 'send_reply'].entries())
    await db.autonomyCase.createMany({ data: Array.from({ length: 59 }, (_, nth) => ({ ...shared, kind, actionId: 1_000_000 + 100 * index + nth })) })
  const chat = createChat({ client: db, clock, proposals, ...chatSettings })
  const type = (staff: Staff, text: string) => chat.command({ staff, surface: 'console', text })
  const press = (staff: Staff, action: string, data: Record<string, string>) => chat.click({ staff, surface: 'console', action, data, values: {} })
  return { office, chat, max, type, press }
}

const cardOf = (outcome: ClickOutcome) => {
  assert.ok(outcome.kind === 'private', JSON.stringify(outcome))
  return outcome.card
}
const picksOf = (outcome: ClickOutcome) => cardOf(outcome).elements.flatMap(element => (element.type === 'pick' ? [element] : []))
const texts = (outcome: ClickOutcome) => JSON.stringify(cardOf(outcome).elements)

test('/duncan autonomy shows every record and grants by right; the card of what is decided alone can be called wrong, why tells it step by step', async t => {
  const { office, chat, max, type, press } = await aDesk(t)
  const before = await type(max, '/duncan autonomy')
  const [pick] = picksOf(before)
  const data = pick?.button.data ?? {}

  const asCollector = await press(office.jan, 'autonomy.grant', data)
  for (const each of picksOf(before)) await press(max, 'autonomy.grant', each.button.data)
  const again = await press(max, 'autonomy.grant', data)
  const after = await type(max, '/duncan autonomy')
  const [id] = await office.db.$queryRaw<{ id: number }[]>`SELECT nextval('"Proposal_id_seq"')::int AS id`
  let next = (id?.id ?? 0) + 1
  while (isSampled(next)) next += 1
  await office.db.$executeRaw`SELECT setval('"Proposal_id_seq"', ${next}, false)`
  const proposalId = await aPromise(office)
  await office.work()
  await chat.postProposal(proposalId)
  const card = JSON.stringify((await office.db.chatPost.findFirstOrThrow({ where: { subject: `proposal:${proposalId}` } })).card)
  const why = await type(max, `/duncan why ${proposalId}`)
  const wrong = await press(office.jan, 'autonomy.wrong', { proposal: String(proposalId) })
  const demoted = await type(max, '/duncan autonomy')
  const ended = office.jobs.flatMap(({ name, payload }) => (name === 'autonomy.ended' ? [payload.grantId ?? 0] : []))
  const told = [await chat.postGrantEnded(ended[0] ?? 0), await chat.postGrantEnded(ended[0] ?? 0)]
  const alert = await office.db.chatPost.findFirstOrThrow({ where: { subject: `autonomy:proposal:${proposalId}` } })
  await office.db.staff.update({ where: { id: max.id }, data: { role: 'collector' } })
  await office.db.staff.create({ data: { key: 'eva', name: 'Eva', email: 'eva@nordlicht.example', role: 'admin' } })
  const inHisPlace = await chat.postGrantEnded(ended[1] ?? 0)

  assert.equal(picksOf(before).length, 2) // the only mailbox has no record of its own
  assert.ok(texts(before).includes('"59 of 59","95%","asks: earned, to be granted"'))
  assert.equal(pick?.button.confirm?.yes, 'Grant')
  assert.deepEqual(asCollector, { kind: 'refused', message: 'You do not have the right to do this. Ask a manager.' })
  assert.deepEqual(again, { kind: 'refused', message: 'It stands otherwise by now. Look at the list again.' })
  assert.match(texts(after), /does it at once, since 23 Nov 2026 by Max/)
  assert.match(card, /Approved by Duncan, 10:00.*Duncan decided this alone · register promise: at least 95% right, by 59 cases/)
  for (const step of ['The mail', 'What was read', 'Why these steps', 'Why Duncan decided alone', 'Who decided', 'approved: Duncan', 'What happened'])
    assert.ok(texts(why).includes(step), step)
  assert.deepEqual(wrong, { kind: 'done', message: 'Noted. Duncan asks about these again.' })
  assert.match(texts(demoted), /ended on 23 Nov 2026 by a bad case/)
  assert.deepEqual([told, alert.privateTo, inHisPlace], [[1, 1], max.id, 1])
  assert.match(
    JSON.stringify(alert.card),
    /Duncan asks about this again.*register promise · promise to pay.*send reply.*Jan, 23 Nov 2026: what Duncan had decided was called wrong/,
  )
  assert.equal(await office.db.chatPost.count({ where: { subject: { startsWith: 'autonomy:' } } }), 2)
})

test('why a person is asked is told with every reason; corrections are listed and forgotten by who sees their debtor', async t => {
  const { office, type, press } = await aDesk(t)
  const { db } = office
  const { proposalId } = await office.proposals.propose(
    await office.mail('Wij kunnen nu niet betalen, mag het in delen?', { intents: asserting('payment_plan_request'), disagreements: ['intent'] }),
  )
  await office.proposals.decide({ kind: 'reassign', proposalId, staffId: office.jan.id, surface: 'console', ownerId: office.mia.id })

  const why = texts(await type(office.jan, `/duncan why ${proposalId}`))
  const learned = await type(office.jan, '/duncan learned')
  const blind = await db.staff.update({ where: { id: office.eve.id }, data: { administrations: ['elsewhere'], role: 'collector' } })
  const unseen = await type(blind, '/duncan learned')
  const [pick] = picksOf(learned)
  const notHers = await press(blind, 'correction.forget', pick?.button.data ?? {})
  const forgotten = await press(office.jan, 'correction.forget', pick?.button.data ?? {})
  const gone = await press(office.jan, 'correction.forget', pick?.button.data ?? {})

  for (const reason of ['always decided by a person', 'read the mail differently']) assert.ok(why.includes(reason), reason)
  assert.ok(!why.includes('may not do this alone yet'))
  const ofPromise = texts(await type(office.jan, `/duncan why ${await aPromise(office)}`))
  assert.match(
    ofPromise,
    /promised date: 4 Dec 2026 \(90%\).*“Wij betalen factuur 2026-001 op 4 december.”.*may not do this alone yet: register promise, send reply/,
  )
  assert.match(pick?.text ?? '', /Kwekerij Zonneveld BV: asks for a payment plan: owned by Mia/)
  assert.deepEqual([picksOf(unseen).length, notHers.kind], [0, 'refused'])
  assert.deepEqual([forgotten.kind, gone.kind], ['done', 'refused'])
})

test('every manager is told once a week how Duncan judges itself, with how the saved time was estimated', async t => {
  const { office, chat, max, type } = await aDesk(t)
  const proposalId = await aPromise(office)
  await office.proposals.decide({ kind: 'approve', proposalId, staffId: office.jan.id, surface: 'console' })
  office.clock.set('2026-11-30T08:00:00Z') // the Monday after

  const [first, second] = [await chat.postSelfAudits(), await chat.postSelfAudits()]
  const week = await type(max, '/duncan autonomy week')

  assert.deepEqual([first, second], [1, 0])
  const post = await office.db.chatPost.findFirstOrThrow({ where: { subject: 'self-audit:2026-11-23' } })
  assert.equal(post.privateTo, max.id)
  assert.equal(cardOf(week).subtitle, '1 proposals, 100% left unchanged')
  assert.match(texts(week), /1 by people, 0 by Duncan alone.*2 of 2 \(100%\).*about 2 minutes.*An estimate: 4 minutes for each mail/)
})
