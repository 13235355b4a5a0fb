import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDispute, anOffice, aPromise, asserting, fact, type Office } from './support.ts'

const click = (office: Office, proposalId: number) => ({ proposalId, staffId: office.jan.id, surface: 'console' })
const actionOf = async (office: Office, proposalId: number, kind: string) =>
  (await office.view(proposalId)).actions.find(action => action.kind === kind)?.id ?? 0

test('of fifty people who approve at once one decides; the others hear who and when', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)

  const outcomes = await Promise.all(Array.from({ length: 50 }, () => office.proposals.decide({ kind: 'approve', ...click(office, proposalId) })))

  assert.equal(outcomes.filter(({ kind }) => kind === 'decided').length, 1)
  const late = outcomes.filter(({ kind }) => kind === 'already_decided')
  assert.equal(late.length, 49)
  assert.deepEqual(late[0], { kind: 'already_decided', status: 'approved', by: 'Jan', at: new Date('2026-11-23T09:00:00Z') })
  assert.equal(await office.db.decision.count(), 1)
  assert.equal(office.jobs.filter(({ name }) => name === 'action.execute').length, 2)
})

test('an approval and a new mail that come at once leave one truth: approved and done, or superseded and moved', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)
  const { threadId } = (await office.view(proposalId)).message

  const [outcome, next] = await Promise.all([
    office.proposals.decide({ kind: 'approve', ...click(office, proposalId) }),
    aDispute(office, { threadId: threadId ?? 0 }),
  ])
  await office.work()

  const [old, merged] = [await office.view(proposalId), await office.view(next)]
  const moved = merged.actions.filter(({ kind }) => kind === 'register_promise').length
  assert.deepEqual(
    outcome.kind === 'decided' ? [old.status, moved, await office.db.promiseToPay.count()] : [old.status, moved, await office.db.promiseToPay.count()],
    outcome.kind === 'decided' ? ['approved', 0, 1] : ['superseded', 1, 0],
  )
})

test('what is not ticked is skipped; a protection that stands has no tick and stays', async t => {
  const office = await anOffice(t)
  const proposalId = await aDispute(office)

  await office.proposals.decide({ kind: 'approve', ...click(office, proposalId), ticked: [await actionOf(office, proposalId, 'open_dispute')] })
  await office.work()

  assert.deepEqual(
    (await office.view(proposalId)).actions.map(({ kind, status }) => [kind, status]),
    [
      ['place_hold', 'done'],
      ['open_dispute', 'done'],
      ['send_reply', 'skipped'],
    ],
  )
  assert.deepEqual(await office.standingHolds(), ['dispute 2026-002'])
  assert.equal(await office.db.outboundMail.count(), 0)
})

test('a rejection needs a reason and takes the protection back', async t => {
  const office = await anOffice(t)
  const proposalId = await aDispute(office)

  const without = await office.proposals.decide({ kind: 'reject', ...click(office, proposalId), reason: ' ' })
  const outcome = await office.proposals.decide({ kind: 'reject', ...click(office, proposalId), reason: 'staat al in het systeem' })

  assert.equal(without.kind, 'invalid')
  assert.equal(outcome.kind, 'decided')
  assert.deepEqual(
    (await office.view(proposalId)).actions.map(({ status }) => status),
    ['undone', 'skipped', 'skipped'],
  )
  assert.deepEqual(await office.standingHolds(), [])
  const entry = await office.db.auditEntry.findFirstOrThrow({ where: { event: 'proposal.reject' }, include: { content: true } })
  assert.equal(JSON.stringify(entry.detail).includes('systeem'), false)
  assert.deepEqual(entry.content?.content, { reason: 'staat al in het systeem' })
})

test('a snoozed proposal comes back at its time and keeps dunning away until then', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)

  const past = await office.proposals.decide({ kind: 'snooze', ...click(office, proposalId), until: new Date('2026-11-22T09:00:00Z') })
  await office.proposals.decide({ kind: 'snooze', ...click(office, proposalId), until: new Date('2026-11-24T09:00:00Z') })
  const early = await office.proposals.due()
  office.clock.set('2026-11-24T09:00:00Z')
  const woken = await office.proposals.due()

  assert.deepEqual([past.kind, early, woken], ['invalid', 0, 1])
  assert.equal((await office.view(proposalId)).status, 'open')
  assert.deepEqual(await office.standingHolds(), ['open_proposal 2026-001'])
})

test('a proposal is handed to somebody who may decide it, and to nobody else', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)

  const toViewer = await office.proposals.decide({ kind: 'reassign', ...click(office, proposalId), ownerId: office.eve.id })
  const toApprover = await office.proposals.decide({ kind: 'reassign', ...click(office, proposalId), ownerId: office.mia.id })

  assert.deepEqual([toViewer.kind, toApprover.kind], ['invalid', 'decided'])
  assert.equal((await office.view(proposalId)).owner?.name, 'Mia')
})

test('who may only look cannot decide', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)

  const outcome = await office.proposals.decide({ kind: 'approve', proposalId, staffId: office.eve.id, surface: 'console' })

  assert.deepEqual(outcome, { kind: 'not_allowed', why: 'no_right' })
  assert.equal((await office.view(proposalId)).status, 'open')
})

test('linking to a debtor moves the whole thread, undoes what was protected for the wrong one, and plans anew', async t => {
  const office = await anOffice(t)
  const proposalId = await aDispute(office, { link: { kind: 'linked', debtorId: office.other.id, reason: 'name', candidates: [] } })
  const before = await office.standingHolds()

  const outcome = await office.proposals.decide({ kind: 'link', ...click(office, proposalId), debtorId: office.debtor.id })

  assert.deepEqual(before, ['dispute all', 'open_proposal all'])
  assert.equal(outcome.kind, 'decided')
  assert.deepEqual(await office.standingHolds(), ['dispute 2026-002', 'open_proposal 2026-002'])
  const view = await office.view(proposalId)
  assert.deepEqual([view.debtor?.number, view.debtor?.linkReason], ['D100', 'staff'])
  assert.deepEqual(
    view.actions.map(({ kind, status }) => [kind, status]),
    [
      ['place_hold', 'undone'],
      ['place_hold', 'done'],
      ['open_dispute', 'pending'],
      ['send_reply', 'pending'],
    ],
  )
})

test('an approval is taken back as a whole within its window, and can be given anew', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)
  await office.proposals.decide({ kind: 'approve', ...click(office, proposalId) })
  await office.work()

  office.clock.advance({ seconds: 119 })
  const undone = await office.proposals.decide({ kind: 'undo', ...click(office, proposalId) })
  const holds = await office.standingHolds()
  await office.proposals.decide({ kind: 'approve', ...click(office, proposalId) })
  await office.work()

  assert.deepEqual(undone, { kind: 'decided', status: 'open', undoUntil: null })
  assert.deepEqual(holds, ['open_proposal 2026-001'])
  assert.deepEqual(
    (await office.view(proposalId)).actions.map(({ kind, status }) => [kind, status]),
    [
      ['register_promise', 'undone'],
      ['send_reply', 'undone'],
      ['register_promise', 'done'],
      ['send_reply', 'scheduled'],
    ],
  )
  assert.deepEqual(
    (await office.db.promiseToPay.findMany({ orderBy: { id: 'asc' } })).map(({ status }) => status),
    ['cancelled', 'open'],
  )
  assert.deepEqual(
    (await office.db.outboundMail.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state),
    ['cancelled', 'scheduled'],
  )
})

test('an approval whose time is over or whose mail is leaving stands, with everything that it did', async t => {
  const office = await anOffice(t)
  const [late, leaving] = [await aPromise(office), await aDispute(office)]
  for (const proposalId of [late, leaving]) await office.proposals.decide({ kind: 'approve', ...click(office, proposalId) })
  await office.work()
  const mailAction = await actionOf(office, leaving, 'send_reply')
  await office.db.outboundMail.update({ where: { actionId: mailAction }, data: { state: 'sending' } })

  const whileLeaving = await office.proposals.decide({ kind: 'undo', ...click(office, leaving) })
  office.clock.advance({ seconds: 121 })
  const afterwards = await office.proposals.decide({ kind: 'undo', ...click(office, late) })

  assert.deepEqual([whileLeaving.kind, afterwards.kind], ['invalid', 'invalid'])
  assert.equal(await office.db.dispute.count(), 1)
  assert.equal((await office.db.promiseToPay.findFirstOrThrow()).status, 'open')
})

test('one protection is taken back by itself while the proposal stays open', async t => {
  const office = await anOffice(t)
  const proposalId = await aDispute(office)

  const outcome = await office.proposals.undo(await actionOf(office, proposalId, 'place_hold'), office.jan.id)

  assert.deepEqual(outcome, { kind: 'undone' })
  assert.deepEqual(await office.standingHolds(), ['open_proposal 2026-002'])
  assert.equal((await office.view(proposalId)).status, 'open')
})

test('above the limit of the first person a second one with that right votes, never the first one again', async t => {
  const office = await anOffice(t)
  await office.db.staff.update({ where: { id: office.jan.id }, data: { amountLimit: 99.99, role: 'approver' } })
  const proposalId = await aPromise(office) // 100.00 at stake

  const first = await office.proposals.decide({ kind: 'approve', ...click(office, proposalId) })
  const executed = office.jobs.filter(({ name }) => name === 'action.execute').length
  const again = await office.proposals.decide({ kind: 'second_vote', ...click(office, proposalId) })
  const second = await office.proposals.decide({ kind: 'second_vote', proposalId, staffId: office.mia.id, surface: 'console' })

  assert.deepEqual([first.kind === 'decided' && first.status, executed], ['awaiting_second', 0])
  assert.deepEqual(again, { kind: 'not_allowed', why: 'own_first_vote' })
  assert.equal(second.kind === 'decided' && second.status, 'approved')
  const view = await office.view(proposalId)
  assert.deepEqual([view.firstVoteBy?.name, view.decidedBy?.name], ['Jan', 'Mia'])
})

test('an amount in a currency that cannot be converted is above every limit', async t => {
  const office = await anOffice(t)
  await office.db.staff.update({ where: { id: office.jan.id }, data: { amountLimit: 1_000_000 } })
  await office.db.invoice.updateMany({ where: { number: '2026-001' }, data: { currency: 'GBP' } })
  const proposalId = await aPromise(office)

  const outcome = await office.proposals.decide({ kind: 'approve', ...click(office, proposalId) })

  assert.equal(outcome.kind === 'decided' && outcome.status, 'awaiting_second')
})

test('an edited promise is what is registered, held and confirmed; the record names the fields and no texts', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)
  const actionId = await actionOf(office, proposalId, 'register_promise')

  await office.proposals.decide({
    kind: 'approve',
    ...click(office, proposalId),
    edits: [{ actionId, promisedOn: '2026-12-11', invoiceNumbers: ['2026 003'] }],
  })
  await office.work()

  const promise = await office.db.promiseToPay.findFirstOrThrow({ include: { invoices: true } })
  assert.equal(promise.promisedOn?.toISOString().slice(0, 10), '2026-12-11')
  assert.deepEqual(
    promise.invoices.map(each => each.invoiceId),
    [await office.invoiceId('2026-003')],
  )
  assert.deepEqual(await office.standingHolds(), ['promise 2026-003'])
  assert.match((await office.db.outboundMail.findFirstOrThrow()).text, /factuur 2026-003 uiterlijk 11 december 2026/)
  const [decision] = (await office.view(proposalId)).decisions
  const ran = (await office.view(proposalId)).actions.map(({ id }) => id)
  const { checks: _checks, ...detail } = (decision?.detail ?? {}) as { checks?: object }
  assert.deepEqual([decision?.edited, detail], [true, { fields: ['invoiceIds', 'promisedOn', 'waitUntil', 'holdUntil'], actions: ran }])
})

test('a dispute that is moved to another invoice takes its hold along', async t => {
  const office = await anOffice(t)
  const proposalId = await aDispute(office)
  const actionId = await actionOf(office, proposalId, 'open_dispute')

  await office.proposals.decide({ kind: 'edit', ...click(office, proposalId), edits: [{ actionId, invoiceNumbers: ['2026-003'], disputeReason: 'quantity' }] })

  assert.deepEqual(
    (await office.standingHolds()).filter(hold => hold.startsWith('dispute')),
    ['dispute 2026-003'],
  )
  const action = (await office.view(proposalId)).actions.find(({ id }) => id === actionId)
  assert.equal(action?.kind === 'open_dispute' && action.payload.reason, 'quantity')
})

test('an edit cannot send to a stranger, name another debtor, bank details, links or amounts of its own, or a day that is over', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)
  const [promise, reply] = [await actionOf(office, proposalId, 'register_promise'), await actionOf(office, proposalId, 'send_reply')]
  const edits = [
    { actionId: reply, to: ['stranger@evil.example'] },
    { actionId: reply, text: 'Zie ook factuur 2026-900.' },
    { actionId: reply, text: 'Betaal op NL91 ABNA 0417 1643 00.' },
    { actionId: reply, text: 'Klik op https://evil.example/pay' },
    { actionId: reply, text: 'U krijgt € 500,00 korting.' },
    { actionId: reply, text: ' ' },
    { actionId: promise, promisedOn: '2026-11-01' },
    { actionId: promise, invoiceNumbers: ['2026-900'] },
    { actionId: promise, amount: 'veel' },
  ]

  const outcomes = []
  for (const edit of edits) outcomes.push(await office.proposals.decide({ kind: 'approve', ...click(office, proposalId), edits: [edit] }))

  assert.deepEqual(
    outcomes.map(outcome => (outcome.kind === 'invalid' ? outcome.problems.map(({ code }) => code).join() : outcome.kind)),
    ['recipient_unknown', 'foreign_invoice', 'bank_details', 'link', 'unknown_amount', 'empty', 'day_over', 'not_an_invoice', 'field'],
  )
  assert.equal((await office.view(proposalId)).status, 'open')
  assert.equal(await office.db.decision.count(), 0)
})

test('the empty reply to a mail that is not clear leaves only when somebody has written in it', async t => {
  const office = await anOffice(t)
  const { proposalId } = await office.proposals.propose(await office.mail('Waarom?', { intents: [] }))
  const reply = await actionOf(office, proposalId, 'send_reply')
  const before = await office.view(proposalId)

  const empty = await office.proposals.decide({ kind: 'approve', ...click(office, proposalId), ticked: [reply] })
  const written = await office.proposals.decide({
    kind: 'approve',
    ...click(office, proposalId),
    ticked: [reply],
    edits: [{ actionId: reply, text: 'Daarom.' }],
  })

  assert.deepEqual(
    before.actions.map(({ kind, ticked }) => [kind, ticked]),
    [['send_reply', false]],
  )
  assert.deepEqual([empty.kind, written.kind], ['invalid', 'decided'])
})

test('a proposal with nothing to do is filed by one click', async t => {
  const office = await anOffice(t)
  const { proposalId } = await office.proposals.propose(await office.mail('Bedankt!', { intents: [{ intent: 'acknowledgement', confidence: 0.7 }] }))

  const outcome = await office.proposals.decide({ kind: 'approve', ...click(office, proposalId) })

  assert.equal(outcome.kind === 'decided' && outcome.status, 'approved')
  assert.deepEqual(
    office.jobs.map(({ name }) => name),
    ['proposal.opened', 'proposal.changed'],
  )
})

test('dunning is held from the reading until the last action has run', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)
  await office.proposals.decide({ kind: 'approve', ...click(office, proposalId) })
  const between = await office.standingHolds()

  await office.work()

  assert.deepEqual([between, await office.standingHolds()], [['open_proposal 2026-001'], ['promise 2026-001']])
})

test('every decision and action leaves one audit row', async t => {
  const office = await anOffice(t)
  const text = 'Wij betalen factuur 2026-001 op 4 december.'
  const facts = [fact(text, 'promised_date', '4 december', '2026-12-04')]
  const { proposalId } = await office.proposals.propose(await office.mail(text, { intents: asserting('promise_to_pay'), facts }))
  await office.proposals.decide({ kind: 'approve', ...click(office, proposalId) })
  await office.work()

  const events = await office.db.auditEntry.findMany({ orderBy: { id: 'asc' }, select: { event: true, actor: true } })

  assert.deepEqual(
    events.map(({ event, actor }) => `${actor} ${event}`),
    ['duncan proposal.opened', `staff:${office.jan.id} proposal.approve`, 'duncan action.done', 'duncan mail.scheduled', 'duncan action.scheduled'],
  )
})

for (const intent of ['acknowledgement', 'unrelated'] as const) {
  test(`a mail about which nothing is to be done (${intent}) is filed by one click without a tick`, async t => {
    const office = await anOffice(t)
    const { proposalId } = await office.proposals.propose(await office.mail('Dank u wel.', { intents: [{ intent, confidence: 0.7 }] }))

    const outcome = await office.proposals.decide({ kind: 'approve', ...click(office, proposalId), ticked: [] })

    assert.equal(outcome.kind === 'decided' && outcome.status, 'approved')
    assert.deepEqual([(await office.view(proposalId)).actions, await office.standingHolds()], [[], []])
  })
}

test('a mail of nobody known is filed by one click without a tick', async t => {
  const office = await anOffice(t)
  const { proposalId } = await office.proposals.propose(
    await office.mail('Graag een overzicht.', { intents: asserting('statement_request') }, { link: { kind: 'unknown' } }),
  )

  const outcome = await office.proposals.decide({ kind: 'approve', ...click(office, proposalId), ticked: [] })

  assert.equal(outcome.kind === 'decided' && outcome.status, 'approved')
})

test('linking plans what the earlier mails of the conversation say, too, when nobody has decided on them', async t => {
  const office = await anOffice(t)
  const unknown = { link: { kind: 'unknown' as const } }
  const promise = await aPromise(office, unknown)
  const threadId = (await office.view(promise)).message.threadId ?? 0
  const middle = await aDispute(office, { ...unknown, threadId })
  const { proposalId } = await office.proposals.propose(await office.mail('Bedankt!', { intents: asserting('acknowledgement') }, { ...unknown, threadId }))
  const before = (await office.view(proposalId)).actions.length

  await office.proposals.decide({ kind: 'link', ...click(office, proposalId), debtorId: office.debtor.id })

  const messages = [await office.view(promise), await office.view(middle), await office.view(proposalId)].map(({ message }) => message.id)
  const view = await office.view(proposalId)
  assert.equal(before, 0)
  assert.deepEqual(
    view.actions.map(({ kind, status, messageId }) => [kind, status, messages.indexOf(messageId)]),
    [
      ['register_promise', 'pending', 0],
      ['place_hold', 'done', 1],
      ['open_dispute', 'pending', 1],
      ['send_reply', 'pending', 2],
    ],
  )
  const reply = view.actions.at(-1)
  assert.match(reply?.kind === 'send_reply' ? reply.payload.text : '', /2026-001 uiterlijk 4 december[\s\S]*2026-002/)
  assert.deepEqual(await office.standingHolds(), ['dispute 2026-002', 'open_proposal all'])
})

test('proposals that slept through a downtime wake once, whoever looks first', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)
  await office.proposals.decide({ kind: 'snooze', ...click(office, proposalId), until: new Date('2026-11-24T09:00:00Z') })
  office.clock.set('2026-12-06T09:00:00Z')

  const woken = await Promise.all([office.proposals.due(), office.proposals.due(), office.proposals.due()])

  assert.equal(
    woken.reduce((sum, count) => sum + count),
    1,
  )
  assert.equal(await office.db.auditEntry.count({ where: { event: 'proposal.woken' } }), 1)
})
