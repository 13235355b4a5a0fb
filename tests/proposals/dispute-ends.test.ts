import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { fullSight } from '#people'
import { type EntryContent, entriesWaitingOf, viewDispute, viewEntry } from '#proposals'
import { anOffice } from './support.ts'

type End = { move: 'resolved' | 'rejected' | 'reopened'; outcome?: 'accepted' | 'partly'; staysDue?: string }

/** An office where a colleague entered a dispute; `follow` does what the worker would with the jobs that disputes left. */
async function aDesk(t: TestContext, contested: { numbers: string[]; amount?: string }) {
  const office = await anOffice(t)
  const { db, clock, proposals, debtor, jan } = office
  const by = { staffId: jan.id, surface: 'console' }
  let forms = 0
  const enter = (content: EntryContent, invoiceNumbers: string[] = []) => {
    forms += 1
    return proposals.enter({ debtorId: debtor.id, ...by, formKey: `form ${forms}`, invoiceNumbers, content })
  }
  const { numbers, ...amount } = contested
  await enter({ kind: 'dispute', reason: 'price', text: 'te duur', invoiceIds: [], ...amount }, numbers)
  const { id: disputeId } = await db.dispute.findFirstOrThrow({ orderBy: { id: 'desc' } })
  const follow = async () => {
    for (const { name, payload } of office.jobs.splice(0)) if (name === 'dispute.decided') await proposals.followDispute(payload.disputeId ?? 0)
  }
  const end = async (how: End) => {
    const outcome = await enter({ kind: 'dispute_move', disputeId, reason: 'as agreed', invoiceIds: [], ...how })
    await follow()
    return outcome
  }
  const waiting = async () => {
    const entries = (await entriesWaitingOf(db, fullSight, debtor.id)).flatMap(({ content, ...entry }) =>
      content.kind === 'follow_up' ? [{ ...entry, content }] : [],
    )
    return entries.map(({ id, content, why }) => ({ id, why, text: content.mail?.text ?? '' }))
  }
  const vote = (entryId: number, kind: 'approve' | 'undo') => proposals.voteOnEntry({ entryId, ...by, kind })
  const morning = async (day: string) => {
    clock.set(`${day}T06:30:00Z`)
    await db.administration.updateMany({ data: { importedAt: new Date(`${day}T05:00:00Z`) } })
    await proposals.releaseHolds()
    await proposals.followUp()
    return office.standingHolds()
  }
  return { ...office, disputeId, enter, end, follow, waiting, vote, morning, seen: () => viewDispute(db, fullSight, clock.today, disputeId) }
}

test('the end of a dispute is a mail to approve: what is credited, what stays due and by when; dunning waits until both are over', async t => {
  const { db, proposals, end, waiting, vote, morning, seen, jan } = await aDesk(t, { numbers: ['2026-002'], amount: '50' })

  await end({ move: 'resolved', outcome: 'accepted' })
  const [told] = await waiting()
  const view = await seen()
  const again = [await morning('2026-11-24'), (await waiting()).length]
  const approved = await vote(told?.id ?? 0, 'approve')
  const mail = await db.outboundMail.findFirst({ orderBy: { id: 'desc' } })
  const untilDay = await morning('2026-12-02')
  const uncredited = await morning('2026-12-03')
  await db.invoice.updateMany({ where: { number: '2026-002' }, data: { openAmount: '200.50' } })
  const credited = await morning('2026-12-04')

  for (const said of [/klacht over factuur 2026-002 onderzocht en u hebt gelijk/, /creditnota van € 50,00/, /€ 200,50 te betalen.*2 december 2026/])
    assert.match(told?.text ?? '', said)
  assert.deepEqual([view?.end?.outcome, view?.end?.staysDue, view?.end?.payBy?.toString()], ['accepted', '200.5', '2026-12-02'])
  assert.deepEqual(told?.why?.code === 'dispute_decided' && [told.why.credit, told.why.due], [
    { amount: '50.00', currency: 'EUR' },
    { amount: '200.50', currency: 'EUR' },
  ])
  assert.deepEqual([again, approved.kind, mail?.to], [[['dispute 2026-002'], 1], 'entered', ['info@zonneveld.example']])
  assert.deepEqual([untilDay, uncredited, credited], [['dispute 2026-002'], ['dispute 2026-002'], []])
  const undone = await proposals.voteOnEntry({ entryId: told?.id ?? 0, staffId: jan.id, surface: 'console', kind: 'undo' })
  assert.equal(undone.kind, 'entered')
})

test('what stays due is typed where the debtor is right in part, falls with what was paid, and is all of it where the debtor is wrong', async t => {
  const { db, clock, administration, debtor, invoiceId, proposals, end, waiting, seen } = await aDesk(t, { numbers: ['2026-001', '2026-003'] })

  const refused = [await end({ move: 'resolved', outcome: 'partly' }), await end({ move: 'resolved', outcome: 'partly', staysDue: '175.26' })]
  await end({ move: 'resolved', outcome: 'partly', staysDue: '150' })
  const payment = {
    administrationId: administration.id,
    debtorId: debtor.id,
    reference: 'p',
    currency: 'EUR',
    amount: '40',
    receivedOn: new Date('2026-11-23'),
    createdAt: new Date('2026-11-23T12:00:00Z'),
  }
  const allocations = { create: { invoiceId: await invoiceId('2026-001'), amount: '40' } }
  const [partly] = await waiting()
  await db.payment.create({ data: { ...payment, allocations } })
  await db.invoice.updateMany({ where: { number: '2026-001' }, data: { openAmount: '60' } })
  await proposals.paymentsChanged([debtor.id])
  const [paid] = await waiting()
  await end({ move: 'reopened' })
  clock.advance({ hours: 4 })
  const taken = [await waiting(), (await seen())?.end]
  await end({ move: 'rejected' })
  const [rejected, ...others] = await waiting()

  assert.deepEqual(
    refused.map(outcome => outcome.kind === 'invalid' && outcome.problem.code),
    ['amount', 'amount'],
  )
  assert.match(partly?.text ?? '', /gedeeltelijk gelijk\. U ontvangt een creditnota van € 25,25\. Er blijft € 150,00 te betalen/)
  assert.deepEqual(paid?.why?.code === 'dispute_decided' && paid.why.due, { amount: '110.00', currency: 'EUR' })
  assert.match(paid?.text ?? '', /creditnota van € 25,25\. Er blijft € 110,00 te betalen/)
  assert.deepEqual(taken, [[], null])
  assert.match(rejected?.text ?? '', /onze factuur blijft ongewijzigd\. Er blijft € 135,25 te betalen/)
  assert.equal(others.length, 0)
})

test('an end that is taken back is told to nobody; one about nothing in particular tells no amounts; one that is told to nobody opens nothing', async t => {
  const { db, end, follow, waiting, vote, standingHolds } = await aDesk(t, { numbers: [] })

  const accepted = await end({ move: 'resolved', outcome: 'accepted' })
  const [told] = await waiting()
  const holds = await standingHolds()
  await vote(accepted.kind === 'entered' ? accepted.entryId : 0, 'undo')
  await follow()
  const after = [await waiting(), (await viewEntry(db, fullSight, told?.id ?? 0))?.status, await standingHolds()]
  await end({ move: 'resolved' })

  assert.match(told?.text ?? '', /Wij hebben uw klacht onderzocht en u hebt gelijk\.\s/)
  assert.doesNotMatch(told?.text ?? '', /€/)
  assert.deepEqual([holds, after, await waiting()], [[], [[], 'superseded', ['dispute all']], []])
})
