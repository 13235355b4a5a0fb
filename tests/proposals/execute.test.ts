import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Prisma } from '#platform'
import { anOffice, aPromise, asserting, codesOf, fact, type Office } from './support.ts'

const approve = (office: Office, proposalId: number) => office.proposals.decide({ kind: 'approve', proposalId, staffId: office.jan.id, surface: 'console' })

test('an approved promise is registered with its hold, and its reply waits in the outbox until it can no longer be undone', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)

  const outcome = await approve(office, proposalId)
  await office.work()

  assert.deepEqual(outcome, { kind: 'decided', status: 'approved', undoUntil: new Date('2026-11-23T09:02:00Z') })
  const promise = await office.db.promiseToPay.findFirstOrThrow({ include: { invoices: true } })
  assert.equal(promise.promisedOn?.toISOString().slice(0, 10), '2026-12-04')
  assert.deepEqual(
    promise.invoices.map(({ invoiceId }) => invoiceId),
    [await office.invoiceId('2026-001')],
  )
  assert.deepEqual(await office.standingHolds(), ['promise 2026-001'])
  const hold = await office.db.dunningHold.findFirstOrThrow({ where: { reason: 'promise' } })
  assert.equal(hold.until?.toISOString().slice(0, 10), '2026-12-09')
  const mail = await office.db.outboundMail.findFirstOrThrow()
  assert.deepEqual(
    [mail.to, mail.subject, mail.state, mail.sendAfter.toISOString()],
    [['info@zonneveld.example'], 'Re: Facturen', 'scheduled', '2026-11-23T09:02:00.000Z'],
  )
  assert.match(mail.text, /factuur 2026-001 uiterlijk 4 december 2026/)
  assert.deepEqual(
    (await office.view(proposalId)).actions.map(({ kind, status }) => [kind, status]),
    [
      ['register_promise', 'done'],
      ['send_reply', 'scheduled'],
    ],
  )
})

/** Mails that bring every kind of action. */
async function everything(office: Office): Promise<number[]> {
  const text =
    'Factuur 2026-001 betalen wij op 4 december. Factuur 2026-002 is nooit geleverd. Factuur 2026-003 is betaald op 20 november. Ons PO is PO-77. Mail voortaan naar Bea, boek@zonneveld.example.'
  const facts = [
    fact(text, 'invoice_number', '2026-001'),
    fact(text, 'promised_date', '4 december', '2026-12-04', { promise: 1 }),
    fact(text, 'invoice_number', '2026-002'),
    fact(text, 'dispute_reason', 'nooit geleverd', 'not_delivered'),
    fact(text, 'invoice_number', '2026-003'),
    fact(text, 'paid_date', '20 november', '2026-11-20'),
    fact(text, 'contact_email', 'boek@zonneveld.example'),
    fact(text, 'contact_name', 'Bea'),
  ]
  const first = await office.mail(text, { intents: asserting('promise_to_pay', 'dispute', 'payment_made', 'contact_change', 'insolvency_notice'), facts })
  const po = await office.mail('PO-77 voor 2026-003', {
    intents: asserting('po_number'),
    facts: [fact('PO-77 voor 2026-003', 'po_number', 'PO-77'), fact('PO-77 voor 2026-003', 'invoice_number', '2026-003')],
  })
  const away = await office.mail('Ik ben weg t/m 1 december', {
    intents: asserting('out_of_office'),
    facts: [fact('Ik ben weg t/m 1 december', 'return_date', '1 december', '2026-12-01')],
  })
  const bounced = await office.mail(
    '',
    { intents: asserting('bounce') },
    {
      from: 'mailer-daemon@zonneveld.example',
      bounced: [{ recipient: 'WEG@zonneveld.example', status: '5.1.1', permanent: true, reason: 'no such user', cause: 'unknown_user' }],
    },
  )
  const copies = await office.mail('Graag kopie van 2026-001', {
    intents: asserting('invoice_copy_request'),
    facts: [fact('Graag kopie van 2026-001', 'invoice_number', '2026-001')],
  })
  const proposed = []
  for (const input of [first, po, away, copies, bounced]) proposed.push((await office.proposals.propose(input)).proposalId)
  return proposed
}

const ledger = async ({ db }: Office) => ({
  promises: (await db.promiseToPay.findMany()).length,
  disputes: (await db.dispute.findMany()).length,
  notes: (await db.note.findMany()).map(({ text }) => text),
  tasks: (await db.task.findMany({ orderBy: { id: 'asc' } })).map(({ about }) => about),
  contacts: (await db.contact.findMany({ orderBy: { id: 'asc' } })).map(({ email, emailStatus, absentUntil, verified }) => [
    email,
    emailStatus,
    absentUntil?.toISOString().slice(0, 10),
    verified,
  ]),
  po: (await db.invoice.findMany({ where: { poNumber: { not: null } } })).map(({ number, poNumber }) => [number, poNumber]),
  mails: (await db.outboundMail.findMany()).length,
  holds: (await db.dunningHold.findMany({ where: { endedAt: null } })).length,
  audit: (await db.auditEntry.findMany()).length,
})

test('every kind of action that is carried out twice, or by two workers at once, is done once', async t => {
  const office = await anOffice(t)
  await office.db.contact.create({ data: { debtorId: office.debtor.id, email: 'weg@zonneveld.example' } })
  const proposed = await everything(office)
  for (const proposalId of proposed) await approve(office, proposalId)
  const jobs = office.jobs.filter(({ name }) => name === 'action.execute').map(({ payload }) => payload.actionId ?? 0)

  for (const actionId of jobs) await Promise.all([office.proposals.execute(actionId), office.proposals.execute(actionId)])
  const once = await ledger(office)
  for (const actionId of jobs) await office.proposals.execute(actionId)

  const done = await office.db.proposedAction.groupBy({
    by: ['kind'],
    where: { status: { in: ['done', 'scheduled'] } },
    _count: true,
    orderBy: { kind: 'asc' },
  })
  assert.deepEqual(
    done.map(({ kind }) => kind),
    [
      'create_task',
      'mark_address_bounced',
      'mark_payment_claimed',
      'open_dispute',
      'place_hold',
      'register_absence',
      'register_po_number',
      'register_promise',
      'send_invoice_copies',
      'send_reply',
      'update_contact',
    ],
  )
  assert.deepEqual(await ledger(office), once)
  assert.deepEqual([once.promises, once.disputes, once.po], [1, 1, [['2026-003', 'PO-77']]])
  assert.deepEqual(once.notes, ['The debtor says this was paid on 2026-11-20'])
  assert.deepEqual(once.contacts, [
    ['info@zonneveld.example', 'ok', '2026-12-01', true],
    ['post@dekorf.example', 'ok', undefined, true],
    ['weg@zonneveld.example', 'bounced', undefined, true],
    ['boek@zonneveld.example', 'ok', undefined, true],
  ])
})

test('mail to an address that bounced for good is refused, also when it was approved before', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)
  await approve(office, proposalId)
  await office.db.contact.updateMany({ where: { email: 'info@zonneveld.example' }, data: { emailStatus: 'bounced' } })

  await office.work()

  const reply = (await office.view(proposalId)).actions.find(({ kind }) => kind === 'send_reply')
  assert.equal(reply?.status, 'failed')
  assert.equal(codesOf(reply?.problems), 'recipient_barred')
  assert.equal(await office.db.outboundMail.count(), 0)
})

test('a recipient that got into the stored action past every check is still refused when it is carried out', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)
  await approve(office, proposalId)
  await office.db.$executeRaw`UPDATE "ProposedAction" SET payload = jsonb_set(payload, '{to}', '["stranger@evil.example"]') WHERE kind = 'send_reply'`

  await office.work()

  assert.equal((await office.view(proposalId)).actions.find(({ kind }) => kind === 'send_reply')?.status, 'failed')
  assert.equal(await office.db.outboundMail.count(), 0)
})

test('a promise on an invoice that went to another debtor meanwhile is refused', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)
  await approve(office, proposalId)
  await office.db.invoice.updateMany({ where: { number: '2026-001' }, data: { debtorId: office.other.id } })

  await office.work()

  const [promise] = (await office.view(proposalId)).actions
  assert.deepEqual([promise?.status, await office.db.promiseToPay.count()], ['failed', 0])
  assert.deepEqual(await office.standingHolds(), [])
})

const askStatement = async (office: Office) =>
  (await office.proposals.propose(await office.mail('Graag een overzicht.', { intents: asserting('statement_request') }))).proposalId

test('a statement lists the open items with their amounts while the ledger is fresh', async t => {
  const office = await anOffice(t)

  const proposalId = await askStatement(office)
  await approve(office, proposalId)
  await office.work()

  const { text } = await office.db.outboundMail.findFirstOrThrow()
  assert.match(text, /2026-001 +01-10-2026 +31-10-2026 +€ 100,00\n2026-002 .*€ 250,50\n2026-003 .*€ 75,25\n\nTotaal: € 425,75/)
})

test('on a stale ledger no amounts are drafted, and the proposal says why', async t => {
  const office = await anOffice(t)
  await office.db.administration.updateMany({ data: { importedAt: new Date('2026-11-22T06:59:00Z') } }) // 26 hours and a minute

  const view = await office.view(await askStatement(office))

  assert.deepEqual(
    view.actions.map(({ kind }) => kind),
    ['create_task', 'send_reply'],
  )
  const reply = view.actions[1]
  assert.equal(reply?.kind === 'send_reply' && reply.payload.withheld, 'stale_ledger')
  assert.doesNotMatch(reply?.kind === 'send_reply' ? reply.payload.text : '', /€/)
  assert.deepEqual(
    view.warnings.map(({ kind }) => kind),
    ['stale_ledger'],
  )
  assert.equal(view.debtor?.administration.stale, true)
})

test('amounts drafted on a fresh ledger do not leave on one that became stale', async t => {
  const office = await anOffice(t)
  const proposalId = await askStatement(office)
  office.clock.advance({ hours: 24 })
  await approve(office, proposalId)

  await office.work()

  const [reply] = (await office.view(proposalId)).actions
  assert.equal(reply?.status, 'failed')
  assert.equal(codesOf(reply?.problems), 'stale_ledger')
})

test('asked copies go out as PDF by invoice number; one that is missing is named on the card and to the debtor', async t => {
  const office = await anOffice(t, { DUNCAN_INVOICE_COPIES: '' })
  const text = 'Graag kopieën van 2026-001 en 2026-002.'
  const copies = join(office.folder, 'copies')
  mkdirSync(copies)
  writeFileSync(join(copies, '2026_001.PDF'), '%PDF-1.7 one')
  const shop = await anOffice(t, { DUNCAN_INVOICE_COPIES: copies })
  const facts = [fact(text, 'invoice_number', '2026-001'), fact(text, 'invoice_number', '2026-002')]

  const { proposalId } = await shop.proposals.propose(await shop.mail(text, { intents: asserting('invoice_copy_request'), facts }))
  const before = await shop.view(proposalId)
  await approve(shop, proposalId)
  await shop.work()

  assert.deepEqual(
    before.actions.map(({ kind }) => kind),
    ['create_task', 'send_invoice_copies'],
  )
  assert.deepEqual(before.warnings, [{ kind: 'copies_missing', detail: '2026-002' }])
  const mail = await shop.db.outboundMail.findFirstOrThrow()
  assert.deepEqual(
    (mail.attachments as { fileName: string }[]).map(({ fileName }) => fileName),
    ['2026-001.pdf'],
  )
  assert.match(mail.text, /kopie van factuur 2026-001\.[\s\S]*De kopie van factuur 2026-002 hebben wij op dit moment niet/)
})

test("another debtor's invoice is not attached: not when it is asked for, and not when it got into the stored action", async t => {
  const folder = join((await anOffice(t)).folder, 'copies')
  mkdirSync(folder)
  for (const number of ['2026-001', '2026-900']) writeFileSync(join(folder, `${number}.pdf`), '%PDF-1.7')
  const office = await anOffice(t, { DUNCAN_INVOICE_COPIES: folder })
  const text = 'Graag kopieën van 2026-001 en 2026-900.'
  const facts = [fact(text, 'invoice_number', '2026-001'), fact(text, 'invoice_number', '2026-900')]

  const { proposalId } = await office.proposals.propose(await office.mail(text, { intents: asserting('invoice_copy_request'), facts }))
  const view = await office.view(proposalId)
  await approve(office, proposalId)
  const foreign = await office.invoiceId('2026-900')
  await office.db
    .$executeRaw`UPDATE "ProposedAction" SET payload = jsonb_set(payload, '{attachments,0,invoiceId}', to_jsonb(${foreign}::int)) WHERE kind = 'send_invoice_copies'`
  await office.work()

  const copies = view.actions.find(({ kind }) => kind === 'send_invoice_copies')
  assert.deepEqual(copies?.kind === 'send_invoice_copies' && copies.payload.attachments.map(({ fileName }) => fileName), ['2026-001.pdf'])
  assert.deepEqual(view.warnings, [{ kind: 'unknown_invoices', detail: '2026-900' }])
  assert.equal((await office.view(proposalId)).actions.find(({ kind }) => kind === 'send_invoice_copies')?.status, 'failed')
  assert.equal(await office.db.outboundMail.count(), 0)
})

test('an action follows what became of its mail: sent, failed, or unknown with what its server said', async t => {
  const office = await anOffice(t)
  const states = ['sent', 'failed', 'unknown'] as const
  const statuses: (string | undefined)[] = []
  const ids: number[] = []
  for (const state of states) {
    const proposalId = await aPromise(office)
    await approve(office, proposalId)
    await office.work()
    const reply = (await office.view(proposalId)).actions.at(-1)
    const mail = await office.db.outboundMail.update({
      where: { actionId: reply?.id ?? 0 },
      data: { state, problem: [{ code: 'connection_broke', answer: 'reset' }] },
    })
    await office.proposals.settleMail(mail.id)
    await office.proposals.settleMail(mail.id)
    ids.push(reply?.id ?? 0)
    statuses.push((await office.view(proposalId)).actions.at(-1)?.status)
  }

  assert.deepEqual(statuses, ['done', 'failed', 'unknown'])
  assert.equal(await office.db.auditEntry.count({ where: { event: 'action.unknown' } }), 1)
})

/** A reply of which it is not known whether it left, with its bytes as at its first attempt. */
async function anUnknownReply(office: Office) {
  const proposalId = await aPromise(office)
  await approve(office, proposalId)
  await office.work()
  const id = (await office.view(proposalId)).actions.at(-1)?.id ?? 0
  const mail = await office.db.outboundMail.update({ where: { actionId: id }, data: { state: 'unknown', attempts: 1, rawHash: 'a'.repeat(64) } })
  await office.proposals.settleMail(mail.id)
  const state = async () => {
    const { state: now, internetMessageId } = await office.db.outboundMail.findUniqueOrThrow({ where: { id: mail.id } })
    const { status, problem } = await office.db.proposedAction.findUniqueOrThrow({ where: { id } })
    return { mail: now, action: status, problem, isSame: internetMessageId === mail.internetMessageId }
  }
  office.jobs.length = 0
  return { actionId: id, mailId: mail.id, threadId: mail.threadId, state }
}

test('a reply that a person calls sent is sent, done, and stands in its thread', async t => {
  const office = await anOffice(t)
  const { actionId, mailId, threadId, state } = await anUnknownReply(office)

  const outcome = await office.proposals.settleUnknown(actionId, office.jan.id, 'sent', 'console')
  await office.proposals.settleMail(mailId)
  const second = await office.proposals.settleUnknown(actionId, office.mia.id, 'resend', 'console')

  assert.deepEqual([outcome.kind, second.kind], ['decided', 'already_decided'])
  assert.deepEqual(await state(), { mail: 'sent', action: 'done', problem: null, isSame: true })
  assert.equal(await office.db.message.count({ where: { threadId, direction: 'out' } }), 1)
  assert.deepEqual(
    (await office.db.auditEntry.findMany({ where: { actor: `staff:${office.jan.id}`, event: { not: 'proposal.approve' } } }))
      .map(({ event }) => event)
      .toSorted(),
    ['action.done', 'mail.declared_sent'],
  )
})

test('a reply that is to be sent again waits in the outbox under its own Message-ID, once', async t => {
  const office = await anOffice(t)
  const { actionId, mailId, state } = await anUnknownReply(office)

  const outcomes = await Promise.all([office.jan, office.mia].map(({ id }) => office.proposals.settleUnknown(actionId, id, 'resend', 'console')))

  assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ['already_decided', 'decided'])
  assert.deepEqual(await state(), { mail: 'scheduled', action: 'scheduled', problem: null, isSame: true })
  assert.deepEqual(
    office.jobs.filter(({ name }) => name === 'mail.send').map(({ payload }) => payload),
    [{ outboundMailId: mailId }],
  )
  assert.equal(await office.db.decision.count({ where: { kind: 'settle' } }), 1)
})

test('a reply that is given up counts as failed, and is done after all when it turns out to have left', async t => {
  const office = await anOffice(t)
  const { actionId, mailId, state } = await anUnknownReply(office)

  await office.proposals.settleUnknown(actionId, office.jan.id, 'give_up', 'console')
  const given = await state()
  await office.db.outboundMail.update({ where: { id: mailId }, data: { state: 'sent', problem: Prisma.DbNull } })
  await office.proposals.settleMail(mailId)

  assert.deepEqual(given, { mail: 'failed', action: 'failed', problem: [{ code: 'given_up' }], isSame: true })
  assert.deepEqual(await state(), { mail: 'sent', action: 'done', problem: null, isSame: true })
  assert.deepEqual(
    office.jobs.filter(({ name }) => name === 'mail.send'),
    [],
  )
})

test('who may only look says nothing about a mail that may have left', async t => {
  const office = await anOffice(t)
  const { actionId, state } = await anUnknownReply(office)

  const outcome = await office.proposals.settleUnknown(actionId, office.eve.id, 'sent', 'console')

  assert.deepEqual(outcome, { kind: 'not_allowed', why: 'no_right' })
  assert.equal((await state()).mail, 'unknown')
})

test('a reply that went to one recipient and not to the other is done and says so', async t => {
  const office = await anOffice(t)
  const { mailId, state } = await anUnknownReply(office)

  await office.db.outboundMail.update({
    where: { id: mailId },
    data: { state: 'sent', problem: [{ code: 'refused_for', addresses: ['piet@zonneveld.example'] }] },
  })
  await office.proposals.settleMail(mailId)

  assert.deepEqual(await state(), { mail: 'sent', action: 'done', problem: [{ code: 'refused_for', addresses: ['piet@zonneveld.example'] }], isSame: true })
})

test('the job of an approval that was taken back says nothing about the action that waits again', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)
  await approve(office, proposalId)
  await office.proposals.decide({ kind: 'undo', proposalId, staffId: office.jan.id, surface: 'console' })

  for (const { id } of (await office.view(proposalId)).actions) await office.proposals.fail(id, 'its process stopped')

  assert.deepEqual(
    (await office.view(proposalId)).actions.map(({ status }) => status),
    ['pending', 'pending'],
  )
})

test('a reply that its server refused can be sent again from its card, unless the world moved on', async t => {
  const office = await anOffice(t)
  const { actionId, mailId, state } = await anUnknownReply(office)
  await office.db.outboundMail.update({ where: { id: mailId }, data: { state: 'failed', problem: [{ code: 'server_refused', answer: '550 no' }] } })
  await office.proposals.settleMail(mailId)
  const proposalId = (await office.db.proposedAction.findUniqueOrThrow({ where: { id: actionId } })).proposalId
  const resendable = (await office.view(proposalId)).actions.map(action => action.resendable)
  await office.db.contact.updateMany({ where: { email: 'info@zonneveld.example' }, data: { emailStatus: 'bounced' } })

  const refused = await office.proposals.settleUnknown(actionId, office.jan.id, 'resend', 'console')
  const stillFailed = (await state()).mail
  await office.db.contact.updateMany({ data: { emailStatus: 'ok' } })
  const notSent = await office.proposals.settleUnknown(actionId, office.jan.id, 'sent', 'console')
  const again = await office.proposals.settleUnknown(actionId, office.jan.id, 'resend', 'console')

  assert.deepEqual(resendable, [false, true])
  assert.deepEqual([refused.kind, stillFailed, notSent.kind, again.kind], ['invalid', 'failed', 'already_decided', 'decided'])
  assert.deepEqual(await state(), { mail: 'scheduled', action: 'scheduled', problem: null, isSame: true })
})
