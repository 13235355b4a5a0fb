import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { DecisionOutcome } from '#proposals'
import { anOffice, asserting, fact, type Office } from './support.ts'

async function aPromise(office: Office): Promise<number> {
  const text = 'Factuur 2026-001 betalen wij op 4 december.'
  const reading = {
    intents: asserting('promise_to_pay'),
    facts: [fact(text, 'invoice_number', '2026-001'), fact(text, 'promised_date', '4 december', '2026-12-04')],
  }
  return (await office.proposals.propose(await office.mail(text, reading))).proposalId
}

/** An office where every reply takes two people: Jan a collector, Mia an approver, and Max, a manager. */
async function twoVotes(t: TestContext) {
  const office = await anOffice(t)
  const { db, proposals } = office
  await db.secondVoteRule.create({ data: { actionKind: 'send_reply' } })
  const max = await db.staff.create({ data: { key: 'max', name: 'Max', email: 'max@nordlicht.example', role: 'manager' } })
  const proposalId = await aPromise(office)
  const by = (staff: { id: number }) => ({ proposalId, staffId: staff.id, surface: 'console' })
  const approve = (staff: { id: number }) => proposals.decide({ kind: 'approve', ...by(staff) })
  const second = (staff: { id: number }) => proposals.decide({ kind: 'second_vote', ...by(staff) })
  return { ...office, max, proposalId, by, approve, second }
}

const told = (outcome: DecisionOutcome) =>
  outcome.kind === 'decided'
    ? outcome.status
    : outcome.kind === 'not_allowed'
      ? outcome.why
      : outcome.kind === 'invalid'
        ? outcome.problems[0]?.code
        : outcome.kind

test('a kind of action that always takes two people waits for a second one, whatever the first one’s limit', async t => {
  const { approve, second, max, mia, jan, eve, view, proposalId } = await twoVotes(t)

  const outcomes = [await approve(max), await approve(jan), await second(max), await second(jan), await second(eve), await second(mia), await second(max)]

  assert.deepEqual(outcomes.map(told), ['awaiting_second', 'already_decided', 'own_first_vote', 'no_right', 'no_right', 'approved', 'already_decided'])
  const { decisions, firstVoteBy, decidedBy } = await view(proposalId)
  assert.deepEqual([firstVoteBy?.name, decidedBy?.name], ['Max', 'Mia'])
  assert.deepEqual(
    decisions.map(({ kind, by, detail }) => [kind, by?.name, (detail as { secondVote?: string }).secondVote]),
    [
      ['approve', 'Max', 'action_kind'],
      ['second_vote', 'Mia', undefined],
    ],
  )
})

test('who changed a fact cannot give the second vote on it after a newer mail of the thread took the proposal over', async t => {
  const office = await anOffice(t)
  const { db, proposals, jan, mia } = office
  await db.secondVoteRule.create({ data: { actionKind: 'register_promise' } })
  const first = await aPromise(office)
  const { threadId } = await db.proposal.findUniqueOrThrow({ where: { id: first } })
  const promise = (await office.view(first)).actions.find(({ kind }) => kind === 'register_promise')
  const edits = [{ actionId: promise?.id ?? 0, promisedOn: '2026-12-20' }]
  await proposals.decide({ kind: 'edit', proposalId: first, edits, staffId: mia.id, surface: 'console' })
  const newer = await office.mail('Graag een overzicht.', { intents: asserting('statement_request') }, { threadId: threadId ?? 0 })
  const { proposalId } = await proposals.propose(newer)

  const approved = await proposals.decide({ kind: 'approve', proposalId, staffId: jan.id, surface: 'console' })
  const second = await proposals.decide({ kind: 'second_vote', proposalId, staffId: mia.id, surface: 'console' })

  const carried = (await office.view(proposalId)).actions.find(({ kind }) => kind === 'register_promise')
  assert.equal(carried?.kind === 'register_promise' && carried.payload.promisedOn, '2026-12-20', 'her date came along')
  assert.deepEqual([told(approved), told(second)], ['awaiting_second', 'own_first_vote'])
})

test('a reply counts with all that its proposal is about: leaving out the promise that it answers does not bring it under a limit', async t => {
  const office = await anOffice(t)
  const { db, proposals, jan } = office
  await db.staff.update({ where: { id: jan.id }, data: { amountLimit: '50.00' } })
  const decideOn = async (kinds: string[]) => {
    const proposalId = await aPromise(office) // of an invoice of 100.00
    const { actions } = await office.view(proposalId)
    const ticked = actions.filter(({ kind }) => kinds.includes(kind)).map(({ id }) => id)
    return told(await proposals.decide({ kind: 'approve', proposalId, ticked, staffId: jan.id, surface: 'console' }))
  }

  assert.deepEqual(
    [await decideOn(['register_promise', 'send_reply']), await decideOn(['send_reply']), await decideOn([])],
    ['awaiting_second', 'awaiting_second', 'approved'],
  )
})

test('who wrote what is voted on cannot give the second vote on it', async t => {
  const { proposals, by, approve, second, jan, mia, max, view, proposalId } = await twoVotes(t)
  const reply = (await view(proposalId)).actions.find(({ kind }) => kind === 'send_reply')
  await proposals.decide({ kind: 'edit', ...by(mia), edits: [{ actionId: reply?.id ?? 0, text: 'Geachte heer,\n\nDank u.' }] })

  const outcomes = [await approve(jan), await second(mia), await second(max)]

  assert.deepEqual(outcomes.map(told), ['awaiting_second', 'own_first_vote', 'approved'])
})

test('of two second votes at once one decides, and the action is carried out once', async t => {
  const { approve, second, jan, mia, max, jobs } = await twoVotes(t)
  await approve(jan)

  const outcomes = await Promise.all([second(mia), second(max), second(mia)])

  assert.equal(outcomes.filter(({ kind }) => kind === 'decided').length, 1)
  const executed = jobs.filter(({ name }) => name === 'action.execute').map(({ payload }) => payload.actionId)
  assert.equal(executed.length, new Set(executed).size)
})

test('a first vote can be taken back: the proposal is open again, and a second vote finds nothing to agree with', async t => {
  const { proposals, by, approve, second, jan, mia, view, proposalId } = await twoVotes(t)
  await approve(jan)

  const back = await proposals.decide({ kind: 'undo', ...by(jan) })
  const late = await second(mia)

  assert.deepEqual([told(back), told(late)], ['open', 'no_first_vote'])
  const { status, firstVoteBy } = await view(proposalId)
  assert.deepEqual([status, firstVoteBy], ['open', null])
})

test('what awaits its second vote cannot be changed, and what was ticked first stays ticked', async t => {
  const { proposals, by, second, jan, mia, max, view, proposalId } = await twoVotes(t)
  const { actions } = await view(proposalId)
  const reply = actions.find(({ kind }) => kind === 'send_reply')
  await proposals.decide({ kind: 'approve', ...by(jan), ticked: [reply?.id ?? 0] })

  const edited = await proposals.decide({ kind: 'edit', ...by(max), edits: [], ticked: actions.map(({ id }) => id) })
  await second(mia)

  assert.equal(told(edited), 'second_vote_edit')
  const after = await view(proposalId)
  assert.deepEqual(
    after.actions.filter(({ protective }) => !protective).map(({ kind, status }) => [kind, status]),
    [
      ['register_promise', 'skipped'],
      ['send_reply', 'pending'],
    ],
  )
})

test('a rule with an amount counts the invoices at stake, and a role’s limit counts for who has none', async t => {
  const office = await anOffice(t)
  const { db, proposals, jan, mia } = office
  await db.secondVoteRule.create({ data: { actionKind: 'send_reply', above: '100.00' } })
  await db.roleLimit.create({ data: { role: 'collector', amount: '99.99' } })
  const decide = async (staff: { id: number }) =>
    told(await proposals.decide({ kind: 'approve', proposalId: await aPromise(office), staffId: staff.id, surface: 'console' }))

  const [at, overRole] = [await decide(mia), await decide(jan)] // 100.00 at stake
  await db.secondVoteRule.updateMany({ data: { above: '99.99' } })
  const above = await decide(mia)

  assert.deepEqual([at, overRole, above], ['approved', 'awaiting_second', 'awaiting_second'])
})

test('where nobody else may, whoever called the debtor back agrees alone to a mail about bank details, and only when the settings say so', async t => {
  const office = await anOffice(t)
  const { db, proposals, debtor, mia, clock } = office
  await db.staff.updateMany({ where: { id: { not: mia.id } }, data: { active: false } })
  await db.contact.updateMany({ where: { debtorId: debtor.id }, data: { phone: '+31 6 00000000', imported: { name: 'Piet Zon', phone: '+31 20 5550100' } } })
  const quarantine = [{ kind: 'bank_change', code: 'new_details' } as const]
  const mail = await office.mail('Onze bank is gewijzigd.', { intents: asserting('other_question'), quarantine })
  const { proposalId } = await proposals.propose(mail)
  const by = { proposalId, staffId: mia.id, surface: 'console' }
  const second = async () => told(await proposals.decide({ kind: 'second_vote', ...by }))
  const first = told(await proposals.decide({ kind: 'approve', ...by }))

  clock.set('2026-11-24T10:00:00Z')
  const withoutSetting = await second()
  await db.secondVoteRule.create({ data: { actionKind: 'bank_change', aloneAfterHours: 24 } })
  const withoutCall = await second()
  await db.note.create({
    data: { debtorId: debtor.id, authorId: mia.id, text: 'Called Piet: it is not from him.', createdAt: new Date('2026-11-23T10:00:00Z') },
  })
  clock.set('2026-11-24T08:59:00Z')
  const tooEarly = await second()
  clock.set('2026-11-24T10:00:00Z')
  await db.staff.update({ where: { id: office.jan.id }, data: { active: true, role: 'approver' } })
  const withColleague = await second()
  await db.staff.update({ where: { id: office.jan.id }, data: { role: 'collector' } })
  await db.secondVoteRule.create({ data: { actionKind: 'create_task' } })
  const anotherRule = await second()
  await db.secondVoteRule.delete({ where: { actionKind: 'create_task' } })
  const alone = await second()

  assert.deepEqual(
    [first, withoutSetting, withoutCall, tooEarly, withColleague, anotherRule, alone],
    ['awaiting_second', 'own_first_vote', 'call_back_first', 'call_back_first', 'own_first_vote', 'own_first_vote', 'approved'],
  )
  const { callBackOn, decisions } = await office.view(proposalId)
  assert.deepEqual(callBackOn, [{ name: 'Piet Zon', phone: '+31 20 5550100' }], 'the number of the import, not one that came later')
  const detail = decisions.at(-1)?.detail as { callBackNote?: number } | undefined
  assert.equal(typeof detail?.callBackNote, 'number')
})
