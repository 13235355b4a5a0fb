import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { placeHold } from '#dunning'
import { agreePlan, judgePlans, judgePromises } from '#ledger'
import { fullSight } from '#people'
import { fromInstant } from '#platform'
import { entriesWaitingOf, viewEntry } from '#proposals'
import { anOffice, aPromise, asserting, fact } from './support.ts'

async function anOfficeOfMornings(t: TestContext) {
  const office = await anOffice(t)
  const { db, clock, proposals, debtor, jan } = office
  const by = { staffId: jan.id, surface: 'console' }
  const approve = async (proposalId: number) => {
    const outcome = await proposals.decide({ proposalId, ...by, kind: 'approve' })
    assert.equal(outcome.kind, 'decided')
    await office.work()
  }
  /** The ledger is imported, what is due is judged, and what is to be followed up is opened; returns how many were. */
  const morning = async (day: string) => {
    clock.set(`${day}T06:30:00Z`)
    await db.administration.updateMany({ data: { importedAt: new Date(`${day}T05:00:00Z`) } })
    await judgePromises(db, { clock, calendars: {} }, 'due')
    await judgePlans(db, { clock, calendars: {} })
    await proposals.releaseHolds()
    return proposals.followUp()
  }
  const owe = async (number: string, openAmount: string) => {
    const paid = openAmount === '0' ? { status: 'closed', closedReason: 'paid' } : {}
    await db.invoice.updateMany({ where: { number }, data: { openAmount, ...paid } })
    await proposals.paymentsChanged([debtor.id])
  }
  const only = async () => {
    const [one, ...others] = await entriesWaitingOf(db, fullSight, debtor.id)
    assert.ok(one?.content.kind === 'follow_up' && others.length === 0)
    return { ...one, content: one.content }
  }
  const vote = (entryId: number, kind: 'approve' | 'undo', more: object = {}) => proposals.voteOnEntry({ entryId, ...by, kind, ...more })
  const statusOf = async (id: number) => (await viewEntry(db, fullSight, id))?.status
  return { ...office, approve, morning, owe, only, vote, statusOf }
}

test('a broken promise is told once, on a working morning, as a mail that says what is open; it follows money that comes, also before it leaves', async t => {
  const office = await anOfficeOfMornings(t)
  const { db, approve, morning, owe, only, vote, statusOf } = office
  await approve(await aPromise(office))

  const opened = [await morning('2026-12-09'), await morning('2026-12-12'), await morning('2026-12-14'), await morning('2026-12-15')]
  const told = await only()
  await owe('2026-001', '60')
  const renewed = await only()
  const stale = await vote(told.id, 'approve', { version: told.version })
  const foreign = await vote(told.id, 'approve', { content: { ...renewed.content, mail: { ...renewed.content.mail, text: 'Betaal € 75,25.', written: true } } })
  const approved = await vote(told.id, 'approve', { version: renewed.version })
  const mail = await db.outboundMail.findFirstOrThrow({ orderBy: { id: 'desc' } })
  const leaving = (await viewEntry(db, fullSight, told.id))?.mail
  await owe('2026-001', '0')

  assert.deepEqual(opened, [0, 0, 1, 0])
  assert.deepEqual(told.why, {
    code: 'promise_not_kept',
    promisedOn: '2026-12-04',
    waitedUntil: '2026-12-09',
    partly: false,
    open: [{ amount: '100.00', currency: 'EUR' }],
    record: { kept: 0, judged: 1, percent: 33 },
  })
  assert.deepEqual([told.content.mail?.to, told.content.mail?.subject, told.invoices], [['info@zonneveld.example'], 'Re: Facturen', ['2026-001']])
  assert.match(
    told.content.mail?.text ?? '',
    /dat u factuur 2026-001 uiterlijk 4 december 2026 zou betalen\. Die betaling hebben wij niet ontvangen: er staat nog € 100,00 open\./,
  )
  assert.match(renewed.content.mail?.text ?? '', /€ 60,00 open/)
  assert.deepEqual([stale.kind, foreign.kind === 'invalid' && foreign.problem.code, approved.kind], ['changed', 'mail_refused', 'entered'])
  assert.equal(leaving?.state, 'scheduled')
  assert.deepEqual([mail.state, mail.inReplyTo, mail.sendAfter.toISOString()], ['scheduled', '<1@zonneveld.example>', '2026-12-15T06:32:00.000Z'])
  assert.deepEqual([(await db.outboundMail.findFirstOrThrow({ orderBy: { id: 'desc' } })).state, await statusOf(told.id)], ['cancelled', 'superseded'])
})

test('a promise that is kept ends its hold and is told to nobody; nor is a broken one of a debtor whom nobody may write to', async t => {
  const office = await anOfficeOfMornings(t)
  const { db, debtor, approve, morning, owe, standingHolds } = office
  await approve(await aPromise(office))
  const before = await standingHolds()
  await owe('2026-001', '0')
  await db.promiseToPay.create({ data: { debtorId: debtor.id, promisedOn: new Date('2026-12-01'), waitUntil: new Date('2026-12-01') } })
  await placeHold(db, { debtorId: debtor.id, invoiceIds: [], reason: 'insolvency' })

  const opened = await morning('2026-12-10')

  const promises = await db.promiseToPay.findMany({ orderBy: { id: 'asc' } })
  assert.deepEqual(before, ['promise 2026-001'])
  assert.deepEqual(
    [opened, promises.map(({ status, followedAt }) => [status, followedAt !== null])],
    [
      0,
      [
        ['kept', false],
        ['broken', true],
      ],
    ],
  )
  assert.deepEqual(await standingHolds(), ['insolvency all'])
})

test('a payment that a debtor told of and that does not come in its days is asked for, once money is known beyond them', async t => {
  const office = await anOfficeOfMornings(t)
  const { approve, morning, only, proposals, mail } = office
  const text = 'Factuur 2026-002 is betaald op 20 november.'
  const facts = [fact(text, 'invoice_number', '2026-002'), fact(text, 'paid_date', '20 november', '2026-11-20')]
  await approve((await proposals.propose(await mail(text, { intents: asserting('payment_made'), facts }))).proposalId)

  const opened = [await morning('2026-11-30'), await morning('2026-12-01'), await morning('2026-12-02')]

  const { content, why } = await only()
  assert.deepEqual(opened, [0, 1, 0])
  assert.deepEqual(why, { code: 'payment_not_seen', waitedUntil: '2026-11-30', partly: false, open: [{ amount: '250.50', currency: 'EUR' }] })
  assert.match(
    content.mail?.text ?? '',
    /dat u factuur 2026-002 op 20 november 2026 hebt betaald\. Wij hebben die betaling niet kunnen vinden; er staat nog € 250,50 open\./,
  )
})

test('a payment that somebody heard of and entered is followed up as well, and not when it is taken back', async t => {
  const office = await anOfficeOfMornings(t)
  const { debtor, jan, proposals, morning, only, vote } = office
  const claim = async (formKey: string, number: string) =>
    proposals.enter({
      debtorId: debtor.id,
      staffId: jan.id,
      surface: 'console',
      formKey,
      invoiceNumbers: [number],
      content: { kind: 'payment_claim', invoiceIds: [] },
    })
  await claim('one', '2026-002')
  const other = await claim('two', '2026-001')
  assert.equal(other.kind, 'entered')
  if (other.kind === 'entered') await vote(other.entryId, 'undo')

  const opened = [await morning('2026-11-30'), await morning('2026-12-01'), await morning('2026-12-02')]

  const { content, why } = await only()
  assert.deepEqual(opened, [0, 1, 0])
  assert.deepEqual(why, { code: 'payment_not_seen', waitedUntil: '2026-11-30', partly: false, open: [{ amount: '250.50', currency: 'EUR' }] })
  assert.match(content.mail?.text ?? '', /2026-002.*niet kunnen vinden; er staat nog € 250,50 open\./s)
})

test('a missed instalment puts its plan at risk and is told once; where nobody can be written to it becomes a task; a finished plan lets its invoices go', async t => {
  const office = await anOfficeOfMornings(t)
  const { db, clock, debtor, invoiceId, morning, only, owe, vote, standingHolds } = office
  const invoiceIds = [await invoiceId('2026-001'), await invoiceId('2026-002')]
  const instalments = ['2026-12-01', '2027-01-04'].map(dueOn => ({ dueOn, amount: '175.25' }))
  await agreePlan(db, { debtorId: debtor.id, invoiceIds, instalments, at: fromInstant(clock.now()), actionId: 7 })
  await placeHold(db, { debtorId: debtor.id, invoiceIds, reason: 'payment_plan', actionId: 7 })
  await db.contact.updateMany({ data: { verified: false } })

  const opened = [await morning('2026-12-04'), await morning('2026-12-07'), await morning('2026-12-08')]
  const { id, content, why } = await only()
  await vote(id, 'approve')
  const task = await db.task.findFirstOrThrow()
  await vote(id, 'undo')
  const held = await standingHolds()
  for (const number of ['2026-001', '2026-002']) await owe(number, '0')
  await morning('2026-12-09')

  assert.deepEqual(opened, [0, 1, 0])
  assert.deepEqual([content.mail, why?.code === 'instalment_missed' && [why.dueOn, why.amount]], [null, ['2026-12-01', '175.25']])
  assert.deepEqual([task.about, (await db.task.findFirstOrThrow()).status], [{ code: 'call_instalment' }, 'cancelled'])
  assert.deepEqual([held, await standingHolds()], [['payment_plan 2026-001', 'payment_plan 2026-002'], []])
  assert.equal((await db.paymentPlan.findFirstOrThrow()).status, 'finished')
})
