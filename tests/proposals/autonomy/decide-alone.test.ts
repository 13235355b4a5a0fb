import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { autonomyKind, type ProposalRules, readEndedGrant, resumeProposals } from '#proposals'
import { isSampled, judgeProposal } from '../../../src/proposals/autonomy/judge-proposal.ts'
import { shippedRules } from '../../../src/proposals/index.ts'
import { anOffice, asserting, codesOf, fact, type Office } from '../support.ts'

const rules = (autonomy: object = {}): ProposalRules => ({
  ...shippedRules,
  autonomy: autonomyKind.schema.parse({ register_promise: 'act', send_reply: 'send_after_undo', create_task: 'act', open_dispute: 'act', ...autonomy }),
})
const combination = (kind: string, mailboxId: number | null = null) => ({ kind, intent: 'promise_to_pay', language: 'nl', mailboxId })

/** An office whose promises were approved unchanged so often; a manager, Max, grants. */
async function aRecord(t: TestContext, { n = 59, autonomy = {} }: { n?: number; autonomy?: object } = {}) {
  const office = await anOffice(t, {}, rules(autonomy))
  const max = await office.db.staff.create({ data: { key: 'max', name: 'Max', email: 'max@nordlicht.example', role: 'manager' } })
  for (const kind of ['register_promise', 'send_reply']) await cases(office, kind, n)
  const grant = (staffId: number, kind: string, mailboxId: number | null, give = true) =>
    office.proposals.decideGrant({ staffId, combination: combination(kind, mailboxId), give })
  return { office, max, grant }
}

async function cases(office: Office, kind: string, n: number, verdict = 'unchanged', mailboxId = office.mailbox.id): Promise<void> {
  const shared = { proposalId: 0, ...combination(kind, mailboxId), mailboxId, verdict, staffId: office.jan.id, at: new Date('2026-11-20T09:00:00Z') }
  const actionId = 1_000_000 + (await office.db.autonomyCase.count())
  await office.db.autonomyCase.createMany({ data: Array.from({ length: n }, (_, index) => ({ ...shared, actionId: actionId + index })) })
}

/** Nobody waits for a decision any more, as far as a new mail is concerned. */
const settle = (office: Office) =>
  office.db.proposal.updateMany({ where: { status: 'open', decidedAt: null }, data: { status: 'expired', decidedAt: new Date() } })

type Promising = { sampled?: boolean; alone?: boolean; threadId?: number; from?: string }

/** A mail that promises to pay invoice 2026-001, sure of it; its proposal's number is one that is, or is not, sampled, and no other waits. */
async function promise(office: Office, { sampled = false, alone = true, threadId, from }: Promising = {}): Promise<number> {
  if (alone) await settle(office)
  const [next] = await office.db.$queryRaw<{ id: number }[]>`SELECT nextval('"Proposal_id_seq"')::int AS id`
  let id = (next?.id ?? 0) + 1
  while (isSampled(id) !== sampled) id += 1
  await office.db.$executeRaw`SELECT setval('"Proposal_id_seq"', ${id}, false)`
  const text = 'Wij betalen factuur 2026-001 op 4 december.'
  const facts = [
    fact(text, 'invoice_number', '2026-001', '2026-001', { promise: 1 }),
    fact(text, 'promised_date', '4 december', '2026-12-04', { promise: 1, conditional: false }),
  ]
  const fields = { ...(threadId !== undefined && { threadId }), ...(from !== undefined && { from }) }
  const { proposalId } = await office.proposals.propose(await office.mail(text, { intents: asserting('promise_to_pay'), facts }, fields))
  return proposalId
}

const autonomyOf = async (office: Office, id: number) =>
  (await office.db.proposal.findUniqueOrThrow({ where: { id } })).autonomy as { level: string; asks: string[]; sampled: boolean; calledBack?: { why: string } }
const states = async (office: Office, id: number) => (await office.view(id)).actions.map(({ kind, status }) => `${kind} ${status}`)

test('on day one everything asks; a grant takes a passed record, the right, and a ceiling of the settings, and is taken back at once', async t => {
  const { office, max, grant } = await aRecord(t, { n: 58, autonomy: { send_reply: 'ask' } })

  const early = await grant(max.id, 'register_promise', null)
  const asked = await autonomyOf(office, await promise(office))
  await cases(office, 'register_promise', 1)
  const collector = await grant(office.jan.id, 'register_promise', null)
  const ceiling = await grant(max.id, 'send_reply', null)
  const bank = await office.proposals.decideGrant({
    staffId: max.id,
    combination: { ...combination('send_reply'), intent: 'payment_details_question' },
    give: true,
  })
  const granted = await Promise.all([grant(max.id, 'register_promise', null), grant(max.id, 'register_promise', null)])
  const stillAsked = await autonomyOf(office, await promise(office)) // its reply has earned nothing
  const revoked = [await grant(max.id, 'register_promise', null, false), await grant(max.id, 'register_promise', null, false)]

  assert.deepEqual(early, { kind: 'refused', why: 'not_earned' })
  assert.deepEqual([asked.level, asked.asks], ['ask', ['not_earned']])
  assert.deepEqual(collector, { kind: 'not_allowed' })
  assert.deepEqual(ceiling, { kind: 'refused', why: 'ceiling' })
  assert.deepEqual(bank, { kind: 'refused', why: 'always_person' })
  assert.deepEqual(granted.map(({ kind }) => kind).toSorted(), ['granted', 'refused'])
  assert.deepEqual(stillAsked.asks, ['not_earned'])
  assert.deepEqual(
    revoked.map(({ kind }) => kind),
    ['revoked', 'refused'],
  )
  const row = await office.db.autonomyGrant.findFirstOrThrow()
  assert.deepEqual([row.level, row.endReason, (row.record as { n: number }).n], ['act', 'revoked', 59])
  const trail = await office.db.auditEntry.findMany({ where: { event: { startsWith: 'autonomy.' } }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    trail.map(({ event, actor }) => `${event} ${actor}`),
    [`autonomy.granted staff:${max.id}`, `autonomy.revoked staff:${max.id}`],
  )
})

test('what is granted is decided as a decision of Duncan: done, marked, undoable; one in twenty is asked, and one undo ends it', async t => {
  const { office, max, grant } = await aRecord(t)
  for (const kind of ['register_promise', 'send_reply']) await grant(max.id, kind, null)

  const sampled = await autonomyOf(office, await promise(office, { sampled: true }))
  const alone = await promise(office)
  await office.work()
  const mail = await office.db.outboundMail.findFirstOrThrow()
  const view = await office.view(alone)
  const undone = await office.proposals.decide({ kind: 'undo', proposalId: alone, staffId: office.jan.id, surface: 'console' })
  const after = await autonomyOf(office, await promise(office))

  assert.deepEqual(await states(office, alone), ['register_promise undone', 'send_reply undone', 'register_promise pending', 'send_reply pending'])
  assert.deepEqual([view.status, view.decidedBy, view.decisions.at(-1)?.surface, view.decisions.at(-1)?.by], ['approved', null, 'duncan', null])
  assert.deepEqual([mail.automatic, mail.sendAfter.toISOString()], [true, '2026-11-23T09:02:00.000Z'])
  assert.deepEqual([sampled.level, sampled.asks, sampled.sampled], ['ask', ['sampled'], true])
  assert.equal(undone.kind, 'decided')
  assert.deepEqual(after.asks, ['not_earned'])
  assert.equal(await office.db.autonomyGrant.count({ where: { endReason: 'bad_case' } }), 2)
  const bad = await office.db.autonomyCase.findMany({ where: { verdict: 'undone' }, orderBy: { kind: 'asc' } })
  assert.deepEqual(
    bad.map(({ kind, automatic }) => [kind, automatic]),
    [
      ['register_promise', true],
      ['send_reply', true],
    ],
  )
  assert.deepEqual(await grant(max.id, 'send_reply', null), { kind: 'refused', why: 'not_earned' }) // its record begins anew
  const entry = await office.db.auditEntry.findFirstOrThrow({ where: { event: 'proposal.approve', subject: `proposal:${alone}` } })
  assert.equal(entry.actor, 'duncan')
})

test('people’s decisions are counted by what they changed: tone leaves a case good, fact, amount, recipient and what is left out or turned down do not', async t => {
  const office = await anOffice(t, {}, rules())
  const by = { staffId: office.jan.id, surface: 'console' }
  const mailOf = async (id: number) => {
    const found = (await office.view(id)).actions.find(({ kind }) => kind === 'send_reply')
    if (found?.kind !== 'send_reply') throw new Error('no reply')
    return found
  }
  const edit = async (change: (text: string) => string, to?: string[]) => {
    const proposalId = await promise(office)
    const { id, payload } = await mailOf(proposalId)
    return office.proposals.decide({ kind: 'approve', proposalId, ...by, edits: [{ actionId: id, text: change(payload.text), ...(to && { to }) }] })
  }
  const verified = await office.db.contact.create({ data: { debtorId: office.debtor.id, email: 'boekhouding@zonneveld.example', verified: true } })

  await office.proposals.decide({ kind: 'approve', proposalId: await promise(office), ...by })
  await edit(text => text.replace('Beste', 'Dag'))
  await edit(text => text.replace(/4 december( 2026)?/, '31 oktober 2026'))
  await edit(text => text, [verified.email ?? ''])
  const partly = await promise(office)
  await office.proposals.decide({ kind: 'approve', proposalId: partly, ...by, ticked: [(await mailOf(partly)).id] })
  await office.proposals.decide({ kind: 'reject', proposalId: await promise(office), ...by, reason: 'niet nodig' })
  const taken = await promise(office)
  await office.proposals.decide({ kind: 'approve', proposalId: taken, ...by })
  await office.proposals.decide({ kind: 'undo', proposalId: taken, ...by })

  const found = await office.db.autonomyCase.findMany({ orderBy: { id: 'asc' } })
  const of = (kind: string) => found.filter(each => each.kind === kind).map(({ verdict }) => verdict)
  assert.deepEqual(of('send_reply'), ['unchanged', 'tone', 'fact', 'recipient', 'unchanged', 'rejected'])
  assert.deepEqual(of('register_promise'), ['unchanged', 'unchanged', 'unchanged', 'unchanged', 'left_out', 'rejected'])
})

test('a mailbox with few decisions goes by all mailboxes together, one with a poor record of its own does not', async t => {
  const { office, max, grant } = await aRecord(t)
  const start = { kind: 'maildir', startAt: new Date('2026-11-01T00:00:00Z') }
  const aMailbox = (key: string) => office.db.mailbox.create({ data: { ...start, key, address: `${key}@nordlicht.example` } })
  const [own, poor, fresh] = [office.mailbox.id, (await aMailbox('poor')).id, (await aMailbox('fresh')).id]
  // 153 in all, with one bad: enough for all together, not for the one that it came in.
  for (const kind of ['register_promise', 'send_reply']) {
    await cases(office, kind, 1, 'fact', poor)
    await cases(office, kind, 60, 'unchanged', poor)
    await cases(office, kind, 33)
    assert.equal((await grant(max.id, kind, null)).kind, 'granted')
  }

  const levels = []
  for (const mailboxId of [own, poor, fresh]) {
    office.mailbox.id = mailboxId
    levels.push((await autonomyOf(office, await promise(office))).level)
    await office.db.proposedAction.updateMany({ data: { status: 'done' } }) // it has left
  }

  assert.deepEqual(levels, ['send_after_undo', 'ask', 'send_after_undo'])
})

test('a person is always asked about what is unsure, distrusted, above the limit or for two, warned of, or merged', async t => {
  const { office, max, grant } = await aRecord(t, { autonomy: { limit: 200 } })
  for (const kind of ['register_promise', 'send_reply']) await grant(max.id, kind, null)
  const asks = async (reading: object, fields: object = {}, text = 'Wij betalen factuur 2026-001 op 4 december.', number = '2026-001') => {
    const facts = [
      fact(text, 'invoice_number', number, number, { promise: 1 }),
      fact(text, 'promised_date', '4 december', '2026-12-04', { promise: 1, conditional: false }),
    ]
    const { proposalId } = await office.proposals.propose(await office.mail(text, { intents: asserting('promise_to_pay'), facts, ...reading }, fields))
    if (!('threadId' in fields)) await settle(office)
    return (await autonomyOf(office, proposalId)).asks.filter(reason => reason !== 'sampled')
  }
  const thread = (await office.db.thread.create({ data: { mailboxId: office.mailbox.id, subject: 'x', lastMessageAt: new Date() } })).id

  const found = {
    unsure: await asks({ intents: [{ intent: 'promise_to_pay', confidence: 0.7 }] }),
    quarantine: await asks({ quarantine: [{ kind: 'injection', code: 'acts_alone' }] }),
    differ: await asks({ disagreements: ['intent'] }),
    stranger: await asks({}, { from: 'new@elsewhere.example' }),
    limit: await asks({}, {}, 'Wij betalen factuur 2026-002 op 4 december.', '2026-002'),
    two: await asks({ intents: asserting('promise_to_pay', 'statement_request') }),
    bank: await asks({ intents: asserting('promise_to_pay', 'payment_details_question') }),
  }
  await office.proposals.propose(await office.mail('Hallo?', { intents: asserting('other_question') }, { threadId: thread }))
  const merged = await asks({}, { threadId: thread })
  await settle(office)
  await office.db.secondVoteRule.create({ data: { actionKind: 'register_promise' } })
  const twoVotes = await asks({})

  assert.deepEqual(found.unsure, ['unsure'])
  assert.ok(found.quarantine.includes('quarantine') && found.quarantine.includes('needs_person'))
  assert.deepEqual(found.differ, ['engines_differ', 'warnings'])
  assert.deepEqual(found.stranger, ['warnings'])
  assert.deepEqual(found.limit, ['above_limit'])
  assert.deepEqual(found.two, ['several_matters', 'not_earned'])
  assert.ok(found.bank.includes('always_person'))
  assert.ok(merged.includes('merged'))
  assert.deepEqual(twoVotes, ['second_vote'])
})

test('a new mail or payment brings back what Duncan decided and what has not left, once it left nothing does; “wrong” ends a grant later, too', async t => {
  const { office, max, grant } = await aRecord(t, { autonomy: { undo: [{ from: 50, minutes: 10 }] } })
  for (const kind of ['register_promise', 'send_reply']) await grant(max.id, kind, null)
  const level = async (id: number) => [(await office.view(id)).status, (await autonomyOf(office, id)).calledBack?.why]

  const byMail = await promise(office)
  await office.work()
  const window = (await office.db.outboundMail.findFirstOrThrow()).sendAfter.toISOString()
  await office.proposals.propose(await office.mail('Nog iets', { intents: asserting('other_question') }))
  const afterMail = await level(byMail)
  const byPayment = await promise(office)
  await office.work()
  await office.proposals.paymentsChanged([office.debtor.id])
  const afterPayment = await level(byPayment)
  const leaving = await promise(office)
  await office.work()
  const mailAction = (await office.view(leaving)).actions.find(({ kind }) => kind === 'send_reply')?.id ?? 0
  await office.db.message.updateMany({ data: { debtorId: office.debtor.id, status: 'processed' } })
  const fine = await office.proposals.whyNotLeave(mailAction)
  await office.mail('Net binnen', {})
  await office.db.message.updateMany({ where: { replyText: 'Net binnen' }, data: { debtorId: office.debtor.id } })
  const stopped = await office.proposals.whyNotLeave(mailAction)
  await office.db.outboundMail.updateMany({ where: { actionId: mailAction }, data: { state: 'sending' } })
  await office.proposals.paymentsChanged([office.debtor.id])
  const left = await level(leaving)
  const wrong = await office.proposals.reportWrong({ proposalId: leaving, staffId: office.jan.id, surface: 'console' })
  const notHers = await office.proposals.reportWrong({ proposalId: byPayment, staffId: office.jan.id, surface: 'console' })

  assert.equal(window, '2026-11-23T09:10:00.000Z')
  assert.deepEqual(afterMail, ['open', 'mail'])
  assert.deepEqual(afterPayment, ['open', 'payment'])
  assert.deepEqual([fine, stopped].map(codesOf), ['', 'new_mail'])
  assert.deepEqual(left, ['approved', undefined])
  assert.deepEqual([wrong.kind, notHers.kind], ['decided', 'invalid'])
  assert.equal(await office.db.autonomyGrant.count({ where: { endedAt: null } }), 0)
  assert.equal(await office.db.autonomyCase.count({ where: { verdict: 'wrong' } }), 2)
})

test('a grant that ends brings back what waits on it, mails are stopped at the door, and it is told once; who says the same again ends nothing more', async t => {
  const { office, max, grant } = await aRecord(t)
  const { db, proposals } = office
  const both = async (give = true) => {
    for (const kind of ['register_promise', 'send_reply']) await grant(max.id, kind, null, give)
  }
  const told = () => office.jobs.flatMap(({ name, payload }) => (name === 'autonomy.ended' ? [payload.grantId ?? 0] : []))
  await both()
  const waiting = await promise(office)
  await office.work()
  await db.message.updateMany({ data: { debtorId: office.debtor.id, status: 'processed' } })
  const reply = (await office.view(waiting)).actions.find(({ kind }) => kind === 'send_reply')?.id ?? 0

  const before = await proposals.whyNotLeave(reply)
  await both(false)
  const atTheDoor = await proposals.whyNotLeave(reply)
  const back = []
  for (const id of told()) back.push(await proposals.callBackUnder(id))
  const taken = await autonomyOf(office, waiting)
  await both()
  const wrong = await promise(office)
  await office.work()
  const say = () => proposals.reportWrong({ proposalId: wrong, staffId: office.jan.id, surface: 'console' })
  await say()
  const ended = await db.autonomyGrant.findMany({ where: { endReason: 'bad_case' }, orderBy: { id: 'asc' } })
  for (const kind of ['register_promise', 'send_reply']) await cases(office, kind, 59)
  await both()
  await say()

  assert.deepEqual([before, atTheDoor].map(codesOf), ['', 'grant_ended'])
  assert.deepEqual(back, [1, 0])
  assert.deepEqual([taken.level, taken.calledBack?.why], ['ask', 'grant'])
  assert.deepEqual(
    ended.map(({ kind }) => kind),
    ['register_promise', 'send_reply'],
  )
  assert.equal(await db.autonomyGrant.count({ where: { endedAt: null } }), 2)
  assert.deepEqual((await readEndedGrant(db, ended[0]?.id ?? 0))?.verdict, 'wrong')
  await db.autonomyCase.updateMany({ where: { id: { gt: 118 } }, data: { verdict: 'fact' } }) // as if a bad case came while it was granted
  assert.deepEqual((await autonomyOf(office, await promise(office))).asks, ['not_earned'])
  await resumeProposals({ client: db, queue: office.queue, clock: office.clock }) // what came since the backup is not known
  assert.equal(await db.autonomyGrant.count({ where: { endReason: 'restored' } }), 2)
})

test('notes for colleagues wait for no grant of their own, what changes or sends anything does; a doubt, a file, a stop, an old ledger or another open mail asks', async t => {
  const { office, max, grant } = await aRecord(t)
  const { db } = office
  for (const kind of ['register_promise', 'send_reply']) await grant(max.id, kind, null)
  const facts = (changes: object = {}, level = 'act') => ({
    proposalId: alone,
    quarantine: false,
    needsPerson: false,
    intents: [{ intent: 'promise_to_pay' as const, confidence: 0.9 }],
    factConfidence: 1,
    disagreements: 0,
    warnings: 0,
    notAllRead: false,
    merged: false,
    othersWait: false,
    debtorStopped: false,
    staleLedger: false,
    leftOpen: false,
    aboveLimit: false,
    needsSecondVote: false,
    mailProblems: 0,
    actions: [
      {
        actionId: 1,
        kind: 'register_promise',
        intent: 'promise_to_pay',
        fixedText: true,
        filing: false,
        level: level as 'act',
        grantId: 1,
        n: 59,
        bound: 0.95,
      },
      { actionId: 2, kind: 'create_task', intent: 'promise_to_pay', fixedText: true, filing: true, level: 'ask' as const, grantId: null, n: 0, bound: 0 },
    ],
    ...changes,
  })
  let alone = 1
  while (isSampled(alone)) alone += 1
  const judged = (...given: Parameters<typeof facts>) => judgeProposal(facts(...given))
  const doubt = { intents: [...facts().intents, { intent: 'dispute' as const, confidence: 0.3 }] }

  const found = {
    file: async (id: number) => db.attachment.create({ data: { messageId: id, fileName: 'brief.pdf', contentType: 'application/pdf', size: 1 } }),
    logo: async (id: number) => db.attachment.create({ data: { messageId: id, fileName: 'logo.png', contentType: 'image/png', size: 1, inline: true } }),
    broken: async (id: number) => db.message.update({ where: { id }, data: { parseProblem: 'cut off' } }),
    stopped: async () => db.dunningHold.create({ data: { debtorId: office.debtor.id, reason: 'insolvency' } }),
    old: async () => db.administration.updateMany({ data: { importedAt: new Date('2026-11-20T05:00:00Z') } }),
    other: async () => void (await promise(office, { sampled: true, alone: false })),
  }
  const asks: Record<string, string[]> = {}
  for (const [name, change] of Object.entries(found)) {
    await settle(office)
    const text = 'Wij betalen factuur 2026-001 op 4 december.'
    const read = [fact(text, 'invoice_number', '2026-001', '2026-001', { promise: 1 }), fact(text, 'promised_date', '4 december', '2026-12-04', { promise: 1 })]
    const input = await office.mail(text, { intents: asserting('promise_to_pay'), facts: read })
    await change(input.messageId)
    const { proposalId } = await office.proposals.propose(input)
    asks[name] = (await autonomyOf(office, proposalId)).asks.filter(reason => reason !== 'sampled')
    await db.dunningHold.deleteMany({ where: { reason: 'insolvency' } })
    await db.administration.updateMany({ data: { importedAt: new Date('2026-11-23T05:00:00Z') } })
    await db.proposedAction.updateMany({ data: { status: 'done' } })
  }

  assert.deepEqual(judged(), { level: 'act', asks: [], sampled: false })
  assert.deepEqual(judged({}, 'ask').asks, ['not_earned'])
  assert.deepEqual(judged({ actions: facts().actions.slice(1) }).asks, ['not_earned'])
  assert.deepEqual([judged(doubt).asks, judged({ leftOpen: true }).asks], [['unsure'], ['left_open']])
  assert.deepEqual(asks, {
    file: ['not_all_read'],
    logo: [],
    broken: ['not_all_read'],
    stopped: ['debtor_stopped'],
    old: ['stale_ledger'],
    other: ['others_wait'],
  })
})
