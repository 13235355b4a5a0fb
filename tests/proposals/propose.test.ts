import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aDispute, anOffice, aPromise, asserting, fact } from './support.ts'

test('a mail with a promise and a complaint gives one proposal with both, each with its own evidence and invoices', async t => {
  const office = await anOffice(t)
  const text = 'Factuur 2026-001 betalen wij op 4 december. Factuur 2026-002 is nooit geleverd.'
  const facts = [
    fact(text, 'invoice_number', '2026-001'),
    fact(text, 'promised_date', '4 december', '2026-12-04', { promise: 1 }),
    fact(text, 'invoice_number', '2026-002'),
    fact(text, 'dispute_reason', 'is nooit geleverd', 'not_delivered'),
  ]

  const { proposalId } = await office.proposals.propose(await office.mail(text, { intents: asserting('promise_to_pay', 'dispute'), facts }))

  const { actions } = await office.view(proposalId)
  assert.deepEqual(
    actions.map(({ kind, status, invoices, evidence }) => [
      kind,
      status,
      invoices.map(({ number }) => number).join(),
      evidence.map(span => span.text).join(' | '),
    ]),
    [
      ['place_hold', 'done', '2026-002', 'is nooit geleverd | 2026-002'],
      ['register_promise', 'pending', '2026-001', '4 december | 2026-001'],
      ['open_dispute', 'pending', '2026-002', 'is nooit geleverd | 2026-002'],
      ['send_reply', 'pending', '', ''],
    ],
  )
  const reply = actions.find(({ kind }) => kind === 'send_reply')
  assert.equal(reply?.kind === 'send_reply' && reply.payload.template, 'promise_confirmed+dispute_acknowledged')
})

test('a complaint about one invoice holds that invoice at once and leaves the others to their next step', async t => {
  const office = await anOffice(t)

  const proposalId = await aDispute(office)

  assert.deepEqual(await office.standingHolds(), ['dispute 2026-002', 'open_proposal 2026-002'])
  assert.deepEqual(
    (await office.view(proposalId)).actions.map(({ kind, status, protective }) => [kind, status, protective]),
    [
      ['place_hold', 'done', true],
      ['open_dispute', 'pending', false],
      ['send_reply', 'pending', false],
    ],
  )
})

test('a complaint that names no invoice holds everything and asks which one it is', async t => {
  const office = await anOffice(t)
  const text = 'Dit klopt niet.'

  const { proposalId } = await office.proposals.propose(await office.mail(text, { intents: asserting('dispute') }))

  assert.deepEqual(await office.standingHolds(), ['dispute all', 'open_proposal all'])
  const reply = (await office.view(proposalId)).actions.at(-1)
  assert.match(reply?.kind === 'send_reply' ? reply.payload.text : '', /om welke factuurnummers/)
})

test('a message is proposed once, however often it is handed in at once', async t => {
  const office = await anOffice(t)
  const text = 'Wij betalen.'
  const input = await office.mail(text, { intents: asserting('promise_to_pay') })

  const proposed = await Promise.all(Array.from({ length: 5 }, () => office.proposals.propose(input)))

  assert.equal(new Set(proposed.map(({ proposalId }) => proposalId)).size, 1)
  assert.equal(office.jobs.filter(({ name }) => name === 'proposal.opened').length, 1)
  assert.equal(await office.db.auditEntry.count({ where: { event: 'proposal.opened' } }), 1)
})

test('a new mail in the thread supersedes the open proposal; its promise moves over and both are answered in one reply', async t => {
  const office = await anOffice(t)
  const first = await aPromise(office)
  const { threadId } = (await office.view(first)).message

  const second = await aDispute(office, { threadId: threadId ?? 0 })

  const [old, merged] = [await office.view(first), await office.view(second)]
  assert.deepEqual([old.status, old.supersededBy], ['superseded', `proposal:${second}`])
  assert.deepEqual(
    merged.actions.map(({ kind, messageId }) => [kind, messageId]),
    [
      ['register_promise', old.message.id],
      ['place_hold', merged.message.id],
      ['open_dispute', merged.message.id],
      ['send_reply', merged.message.id],
    ],
  )
  const reply = merged.actions.at(-1)
  assert.match(reply?.kind === 'send_reply' ? reply.payload.text : '', /2026-002.*geregistreerd[\s\S]*2026-001 uiterlijk 4 december/)
  assert.deepEqual(await office.standingHolds(), ['dispute 2026-002', 'open_proposal 2026-001', 'open_proposal 2026-002'])
})

test('a later promise on the same invoice replaces the one that nobody decided on', async t => {
  const office = await anOffice(t)
  const first = await aPromise(office)
  const { threadId } = (await office.view(first)).message
  const text = 'Sorry, factuur 2026-001 wordt 11 december.'
  const facts = [fact(text, 'invoice_number', '2026-001'), fact(text, 'promised_date', '11 december', '2026-12-11', { promise: 1 })]

  const { proposalId } = await office.proposals.propose(await office.mail(text, { intents: asserting('promise_to_pay'), facts }, { threadId: threadId ?? 0 }))

  const promises = (await office.view(proposalId)).actions.flatMap(action => (action.kind === 'register_promise' ? [action.payload.promisedOn] : []))
  assert.deepEqual(promises, ['2026-12-11'])
})

test('thanks in the thread do not lose what was still to be decided', async t => {
  const office = await anOffice(t)
  const first = await aPromise(office)
  const { threadId } = (await office.view(first)).message

  const { proposalId } = await office.proposals.propose(
    await office.mail('Alvast bedankt!', { intents: asserting('acknowledgement') }, { threadId: threadId ?? 0 }),
  )

  assert.deepEqual(
    (await office.view(proposalId)).actions.map(({ kind, status }) => [kind, status]),
    [
      ['register_promise', 'pending'],
      ['send_reply', 'pending'],
    ],
  )
})

test("a colleague's own answer closes the proposal; a mail of Duncan's own does not", async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)
  const { threadId } = (await office.view(proposalId)).message
  const sent = { mailboxId: office.mailbox.id, size: 1, direction: 'out', threadId, receivedAt: new Date('2026-11-23T09:30:00Z') }
  const ours = await office.db.message.create({ data: { ...sent, rawHash: 'ours', internetMessageId: '<ours@nordlicht.example>' } })
  const theirs = await office.db.message.create({ data: { ...sent, rawHash: 'theirs', internetMessageId: '<theirs@nordlicht.example>' } })
  await office.db.outboundMail.create({
    data: { mailboxId: office.mailbox.id, internetMessageId: '<ours@nordlicht.example>', subject: '', text: '', sendAfter: new Date('2026-11-23T09:00:00Z') },
  })

  const closed = [await office.proposals.supersedeByOwnAnswer(ours.id), await office.proposals.supersedeByOwnAnswer(theirs.id)]

  assert.deepEqual(closed, [0, 1])
  const view = await office.view(proposalId)
  assert.deepEqual([view.status, view.supersededBy], ['superseded', `mail:${theirs.id}`])
  assert.deepEqual(
    view.actions.map(({ status }) => status),
    ['skipped', 'skipped'],
  )
  assert.deepEqual(await office.standingHolds(), [])
})

test('a mail that is not to be trusted is neither answered nor believed', async t => {
  const office = await anOffice(t)
  const text = 'Wij betalen factuur 2026-001 op 4 december. Ons nieuwe rekeningnummer volgt.'
  const facts = [fact(text, 'promised_date', '4 december', '2026-12-04', { promise: 1 })]
  const quarantine = [{ kind: 'bank_change', code: 'new_details' } as const]

  const { proposalId } = await office.proposals.propose(await office.mail(text, { intents: asserting('promise_to_pay'), facts, quarantine }))

  const view = await office.view(proposalId)
  assert.equal(view.needsPerson, 'quarantine')
  assert.deepEqual(
    view.actions.map(({ kind, status }) => [kind, status]),
    [['create_task', 'pending']],
  )
  assert.deepEqual(await office.standingHolds(), ['open_proposal all'])
})

test('nothing is guessed for a mail of nobody known, of two possible debtors, without a clear meaning, or that cannot be read', async t => {
  const office = await anOffice(t)
  const candidates = [office.debtor, office.other].map(({ id }) => ({ debtorId: id, reasons: ['name' as const] }))
  const promise = { intents: asserting('promise_to_pay') }
  const unreadable = await office.mail('', {})

  const proposed = [
    await office.proposals.propose(await office.mail('?', promise, { link: { kind: 'unknown' } })),
    await office.proposals.propose(await office.mail('?', promise, { link: { kind: 'ambiguous', candidates } })),
    await office.proposals.propose(await office.mail('?', { intents: [{ intent: 'dispute', confidence: 0.4 }] })),
    await office.proposals.propose({ ...unreadable, message: { ...unreadable.message, parseProblem: 'broken MIME' } }),
  ]

  const views = await Promise.all(proposed.map(({ proposalId }) => office.view(proposalId)))
  assert.deepEqual(
    views.map(({ needsPerson, actions }) => [needsPerson, actions.length]),
    [
      ['unlinked', 0],
      ['ambiguous', 0],
      ['unclear', 1],
      ['unreadable', 0],
    ],
  )
  const [toWrite] = views[2]?.actions ?? []
  assert.deepEqual(toWrite?.kind === 'send_reply' && [toWrite.payload.template, toWrite.ticked], ['blank', false], 'a person may write the answer')
  assert.deepEqual(
    views[1]?.candidates.map(({ name }) => name),
    ['Kwekerij Zonneveld BV', 'Bakkerij De Korf'],
  )
})

test('a thread that moved to another debtor takes nothing of the first one along', async t => {
  const office = await anOffice(t)
  const first = await aPromise(office)
  const { threadId } = (await office.view(first)).message

  const { proposalId } = await office.proposals.propose(
    await office.mail(
      'Bedankt.',
      { intents: asserting('acknowledgement') },
      { threadId: threadId ?? 0, link: { kind: 'linked', debtorId: office.other.id, reason: 'staff', candidates: [] } },
    ),
  )

  assert.deepEqual((await office.view(proposalId)).actions, [])
  assert.equal((await office.view(first)).status, 'open')
})

test('a mail that holds what the database refuses is proposed all the same', async t => {
  const office = await anOffice(t)
  const text = 'PO 77\0\ud83d van ons'
  const facts = [fact(text, 'contact_name', 'ons', 'A\0\ud83d', { evidence: { start: 0, end: 7, text: 'PO 77\0\ud83d' } })]

  const { proposalId } = await office.proposals.propose({
    ...(await office.mail('PO 77 van ons', {})),
    reading: { engine: 'local', language: 'nl', intents: asserting('contact_change', 'dispute'), facts, quarantine: [], disagreements: ['\ud83d'] },
  })

  const change = (await office.view(proposalId)).actions.find(({ kind }) => kind === 'update_contact')
  assert.equal(change?.evidence[0]?.text, 'PO 77\ufffd')
})
