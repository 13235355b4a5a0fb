import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultMatchingRules, matchPayments } from '#ledger'
import { anOffice, asserting, codesOf, fact, type Office } from './support.ts'

/** A bank statement of 22 November with these payments of the debtor, matched. */
async function theBank(office: Office, payments: { amount: string; text: string }[]) {
  const { db, administration, debtor } = office
  const account = await db.bankAccount.upsert({
    where: { number: 'NL91ABNA0417164300' },
    create: { number: 'NL91ABNA0417164300', administrationId: administration.id },
    update: {},
  })
  const statement = await db.bankStatement.create({
    data: {
      accountId: account.id,
      number: '1',
      currency: 'EUR',
      closedOn: new Date('2026-11-22T00:00:00Z'),
      lines: payments.length,
      contentKey: `${payments.length} ${office.clock.now().toString()}`,
      format: 'mt940',
      fileName: 'a.sta',
      fileHash: 'x',
    },
  })
  for (const { amount, text } of payments) {
    const reference = `bank:${text} ${amount}`
    const shared = { administrationId: administration.id, source: 'bank', status: 'new', reference, currency: 'EUR', statementId: statement.id }
    await db.payment.create({ data: { ...shared, amount, text, payerName: debtor.name, receivedOn: new Date('2026-11-20T00:00:00Z') } })
  }
  await matchPayments({ client: db, clock: office.clock, calendars: {}, rules: defaultMatchingRules })
}

const approve = (office: Office, proposalId: number) => office.proposals.decide({ kind: 'approve', proposalId, staffId: office.jan.id, surface: 'console' })

async function claims(office: Office, text = 'Factuur 2026-002 is betaald.') {
  // Invoices of the office were imported long before the payments came.
  await office.db.invoice.updateMany({ data: { ledgerOpenSince: new Date('2026-11-01T00:00:00Z') } })
  const { proposalId } = await office.proposals.propose(
    await office.mail(text, { intents: asserting('payment_made'), facts: [fact(text, 'invoice_number', '2026-002')] }),
  )
  return proposalId
}
const replyOf = async (office: Office, proposalId: number) => {
  const reply = (await office.view(proposalId)).actions.at(-1)
  return reply?.kind === 'send_reply' ? reply.payload.text : ''
}

test('a payment that the bank has is said to be received, and the card shows the line that says so', async t => {
  const office = await anOffice(t)
  await office.db.invoice.updateMany({ data: { ledgerOpenSince: new Date('2026-11-01T00:00:00Z') } })
  await theBank(office, [{ amount: '250.50', text: 'fact 2026-002' }])

  const proposalId = await claims(office)

  const view = await office.view(proposalId)
  assert.deepEqual(
    view.actions.map(({ kind }) => kind),
    ['send_reply'],
  )
  assert.match(await replyOf(office, proposalId), /uw betaling van factuur 2026-002 op 20 november 2026 ontvangen/)
  assert.deepEqual(view.claim, {
    kind: 'matched',
    bankDataUntil: '2026-11-22',
    payments: [{ receivedOn: '2026-11-20', amount: '250.50', currency: 'EUR', text: 'fact 2026-002' }],
    stillOpen: [],
  })
})

test('a part of it is said to be received, with what is open', async t => {
  const office = await anOffice(t)
  await office.db.invoice.updateMany({ data: { ledgerOpenSince: new Date('2026-11-01T00:00:00Z') } })
  await theBank(office, [{ amount: '200.00', text: 'fact 2026-002' }])

  const proposalId = await claims(office)

  assert.match(await replyOf(office, proposalId), /factuur 2026-002 is nog niet volledig betaald: er staat nog € 50,50 open/)
  assert.deepEqual((await office.view(proposalId)).claim?.kind, 'partial')
})

test('statements that reach beyond the day and do not have it lead to a question; those that do not reach so far lead to patience', async t => {
  const office = await anOffice(t)
  await theBank(office, [])
  const text = 'Factuur 2026-002 is op 2 november betaald.'
  const facts = [fact(text, 'invoice_number', '2026-002'), fact(text, 'paid_date', '2 november', '2026-11-02')]

  const early = await claims(office)
  const { proposalId: late } = await office.proposals.propose(await office.mail(text, { intents: asserting('payment_made'), facts }))

  assert.deepEqual([(await office.view(early)).claim?.kind, (await office.view(late)).claim?.kind], ['unknown', 'not_found'])
  assert.match(await replyOf(office, early), /Zodra de betaling binnen is/)
  assert.match(await replyOf(office, late), /betaalbewijs/)
})

test('a payment that comes while the proposal waits has its reply drafted anew before it can be approved', async t => {
  const office = await anOffice(t)
  const proposalId = await claims(office)
  office.jobs.length = 0
  await theBank(office, [{ amount: '250.50', text: 'fact 2026-002' }])

  await office.proposals.paymentsChanged([office.debtor.id])
  const unseen = await approve(office, proposalId)
  const seen = await approve(office, proposalId)

  assert.equal(office.jobs[0]?.name, 'proposal.changed')
  assert.deepEqual(unseen.kind === 'invalid' && unseen.problems.map(({ code }) => code), ['drafted_anew'])
  assert.match(await replyOf(office, proposalId), /ontvangen/)
  assert.equal(seen.kind, 'decided')
})

test('a reply that says the payment is still to come is stopped as soon as it is there, and its owner told; another one leaves', async t => {
  const office = await anOffice(t)
  const proposalId = await claims(office)
  const text = 'Wij betalen factuur 2026-003 op 4 december.'
  const { proposalId: other } = await office.proposals.propose(
    await office.mail(text, {
      intents: asserting('promise_to_pay'),
      facts: [fact(text, 'invoice_number', '2026-003'), fact(text, 'promised_date', '4 december', '2026-12-04')],
    }),
  )
  await approve(office, proposalId)
  await approve(office, other)
  await office.work()
  const actionId = (await office.view(proposalId)).actions.at(-1)?.id ?? 0
  const before = await office.proposals.whyNotLeave(actionId)
  await office.proposals.paymentsChanged([office.debtor.id])
  const waiting = await office.db.outboundMail.count({ where: { state: 'scheduled' } })
  await theBank(office, [{ amount: '250.50', text: 'fact 2026-002' }])
  const late = await office.proposals.whyNotLeave(actionId)
  office.jobs.length = 0

  await office.proposals.paymentsChanged([office.debtor.id])
  await office.proposals.paymentsChanged([office.debtor.id])

  assert.deepEqual([codesOf(before), waiting, codesOf(late)], ['', 2, 'figures_changed'])
  const action = (await office.view(proposalId)).actions.at(-1)
  assert.equal(action?.status, 'failed')
  assert.equal(codesOf(action?.problems), 'stopped,figures_changed')
  assert.deepEqual(
    (await office.db.outboundMail.findMany({ orderBy: { id: 'asc' } })).map(({ state }) => state),
    ['cancelled', 'scheduled'],
  )
  assert.deepEqual(office.jobs, [
    { name: 'proposal.changed', payload: { proposalId } },
    { name: 'proposal.reminder', payload: { proposalId, staffId: office.jan.id } },
  ])
  assert.equal((await office.view(proposalId)).redecidable, true)
})

test('an old part payment is not what a debtor means who paid days ago; what the ledger has as paid is said to be received', async t => {
  const office = await anOffice(t)
  await office.db.invoice.updateMany({ data: { ledgerOpenSince: new Date('2026-11-01T00:00:00Z') } })
  await theBank(office, [{ amount: '200.00', text: 'fact 2026-002' }])
  await office.db.invoice.updateMany({ where: { number: '2026-001' }, data: { status: 'closed', openAmount: 0, closedReason: 'paid' } })
  const claim = async (number: string, day: [string, string]) => {
    const text = `Factuur ${number} is op ${day[0]} betaald.`
    const facts = [fact(text, 'invoice_number', number), fact(text, 'paid_date', day[0], day[1])]
    const { proposalId } = await office.proposals.propose(await office.mail(text, { intents: asserting('payment_made'), facts }))
    return (await office.view(proposalId)).claim?.kind
  }

  const kinds = [
    await claim('2026-002', ['27 november', '2026-11-27']),
    await claim('2026-002', ['21 november', '2026-11-21']),
    await claim('2026-001', ['2 november', '2026-11-02']),
  ]

  assert.deepEqual(kinds, ['unknown', 'partial', 'matched'])
})

test('what is at stake in other currencies counts by dated rates, and as above every limit without them', async t => {
  const office = await anOffice(t)
  await office.db.staff.update({ where: { id: office.jan.id }, data: { amountLimit: '1000' } })
  await office.db.invoice.updateMany({ where: { number: '2026-002' }, data: { currency: 'USD' } })
  const proposalId = await claims(office)
  const without = (await office.view(proposalId)).atStake
  await office.db.currencyRate.create({ data: { day: new Date('2026-11-20T00:00:00Z'), currency: 'USD', rate: '1.25' } })

  const { atStake } = await office.view(proposalId)
  const outcome = await approve(office, proposalId)

  assert.deepEqual([without, atStake], [null, { currency: 'EUR', amount: '200.40' }])
  assert.equal(outcome.kind === 'decided' && outcome.status, 'approved')
})
