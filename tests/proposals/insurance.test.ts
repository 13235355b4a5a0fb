import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { coverDebtors, insuranceOf } from '#credit'
import { fullSight } from '#people'
import { type EntryContent, viewEntry } from '#proposals'
import { anOffice, aPromise, asserting, fact } from './support.ts'

const insurer = { insurer: 'Veilig Krediet', policy: 'P-1' }

/** An office whose items were due on 31 October, may be extended until 30 November and must be reported by 5 December; it is 23 November. */
async function anInsuredOffice(t: Pick<TestContext, 'after'>) {
  const office = await anOffice(t)
  const { db, proposals, jan } = office
  const whom = { administrations: [], segments: [], debtors: [], tell: [] }
  const terms = { ...whom, extendDays: 30, extendFrom: 'due_date', reportDays: 35, reportFrom: 'due_date', warnDays: 7 }
  await db.insurancePolicy.create({ data: { id: 'all', position: 0, insurer: insurer.insurer, number: insurer.policy, ...terms } })
  await coverDebtors(db, async () => new Map())
  let forms = 0
  const enter = (content: EntryContent, invoiceNumbers: string[] = []) =>
    proposals.enter({ debtorId: office.debtor.id, staffId: jan.id, surface: 'console', formKey: `form ${(forms += 1)}`, invoiceNumbers, content })
  const vote = (entryId: number, kind: 'approve' | 'undo' | 'second_vote', staffId = jan.id) =>
    proposals.voteOnEntry({ entryId, staffId, surface: 'console', kind })
  const entry = async (outcome: Awaited<ReturnType<typeof enter>>) => {
    if (outcome.kind !== 'entered') throw new Error(JSON.stringify(outcome))
    const view = await viewEntry(db, fullSight, outcome.entryId)
    if (!view) throw new Error('no entry')
    return view
  }
  return { ...office, enter, vote, entry }
}

test('a promise or plan of a mail that goes beyond the policy says so on its card, follows edits, and may take two people', async t => {
  const office = await anInsuredOffice(t)
  const { db, proposals, jan, mia, view, work } = office
  const proposalId = await aPromise(office)
  const by = { proposalId, staffId: jan.id, surface: 'console' }
  const warned = async (id = proposalId) =>
    (await view(id)).actions.flatMap(({ payload }) => ('insurance' in payload && payload.insurance ? [payload.insurance] : []))
  const actionId = (await view(proposalId)).actions.find(({ kind }) => kind === 'register_promise')?.id ?? 0

  assert.deepEqual(await warned(), [{ ...insurer, extension: { until: '2026-11-30', moneyOn: '2026-12-04', invoices: ['2026-001'] } }])

  await proposals.decide({ kind: 'edit', ...by, edits: [{ actionId, promisedOn: '2026-11-30' }] })
  const within = await warned()
  await proposals.decide({ kind: 'edit', ...by, edits: [{ actionId, promisedOn: '2026-12-18' }] })
  const far = await warned()

  assert.deepEqual(within, [])
  assert.deepEqual(far, [
    {
      ...insurer,
      extension: { until: '2026-11-30', moneyOn: '2026-12-18', invoices: ['2026-001'] },
      report: { by: '2026-12-05', late: false, invoices: ['2026-001'] },
    },
  ])

  await db.secondVoteRule.create({ data: { actionKind: 'beyond_insurance' } })
  const first = await proposals.decide({ kind: 'approve', ...by })
  const second = await proposals.decide({ kind: 'second_vote', proposalId, staffId: mia.id, surface: 'console' })
  await work()
  assert.deepEqual(
    [first, second].map(outcome => outcome.kind === 'decided' && outcome.status),
    ['awaiting_second', 'approved'],
  )
  assert.equal(await db.promiseToPay.count(), 1)

  const text = 'Kunnen wij 2026-002 in 3 termijnen betalen?'
  const asked = [fact(text, 'invoice_number', '2026-002'), fact(text, 'instalment', '3 termijnen', { count: 3, dates: [] })]
  const plan = await proposals.propose(await office.mail(text, { intents: asserting('payment_plan_request'), facts: asked }))
  const [last] = await warned(plan.proposalId)
  assert.deepEqual([last?.extension?.until, last?.report?.by, last?.extension?.invoices], ['2026-11-30', '2026-12-05', ['2026-002']])
})

test('what a colleague enters beyond the policy is only done once they approved it knowing that; within it is done at once', async t => {
  const { db, enter, vote, entry } = await anInsuredOffice(t)

  const within = await entry(await enter({ kind: 'promise', promisedOn: '2026-11-30', invoiceIds: [] }, ['2026-001']))
  const beyond = await entry(await enter({ kind: 'promise', promisedOn: '2026-12-01', invoiceIds: [] }, ['2026-001']))
  const promises = await db.promiseToPay.count()
  const approved = await vote(beyond.id, 'approve')

  assert.deepEqual([within.status, within.why, beyond.status, beyond.why, promises], ['done', null, 'proposed', { code: 'beyond_insurance' }, 1])
  assert.deepEqual(beyond.content.kind === 'promise' && beyond.content.insurance?.extension?.until, '2026-11-30')
  assert.deepEqual([approved.kind === 'entered' && approved.status, await db.promiseToPay.count()], ['done', 2])

  await db.secondVoteRule.create({ data: { actionKind: 'beyond_insurance' } })
  const instalments = [{ dueOn: '2027-01-04', amount: '250.50' }]
  const plan = await entry(await enter({ kind: 'payment_plan', instalments, invoiceIds: [], currency: '', total: '0' }, ['2026-002']))
  assert.deepEqual([plan.status, (await vote(plan.id, 'approve')).kind], ['proposed', 'entered'])
  assert.equal((await viewEntry(db, fullSight, plan.id))?.status, 'awaiting_second')
})

test('a report to the insurer is noted for what is overdue and not reported, ends the warning, and can be taken back', async t => {
  const { db, clock, debtor, enter, vote, entry } = await anInsuredOffice(t)
  const standing = async () => {
    const told = await insuranceOf(db, clock.today('UTC'), debtor.id)
    return [told?.report?.by.toString(), told?.report?.items, told?.reported?.items]
  }
  const report = { kind: 'insurance_report' as const, reportedOn: '2026-11-20', reference: 'S-1', invoiceIds: [], policyId: '', insurer: '' }

  const before = await standing()
  const early = await enter({ ...report, reportedOn: '2026-11-24' })
  const one = await entry(await enter(report, ['2026-001']))
  const rest = await entry(await enter(report))
  const nothing = await enter(report)
  const after = await standing()
  await vote(rest.id, 'undo')

  assert.deepEqual(
    [before, after, await standing()],
    [
      ['2026-12-05', 3, undefined],
      [undefined, undefined, 3],
      ['2026-12-05', 2, 1],
    ],
  )
  assert.deepEqual(
    [early, nothing].map(outcome => outcome.kind === 'invalid' && outcome.problem.code),
    ['day_to_come', 'nothing_to_report'],
  )
  assert.deepEqual([one.invoices, rest.invoices], [['2026-001'], ['2026-002', '2026-003']])
  const trail = await db.auditEntry.findMany({ where: { event: { startsWith: 'insurance.report' } }, orderBy: { id: 'asc' }, select: { event: true } })
  assert.deepEqual(
    trail.map(({ event }) => event),
    ['insurance.reported', 'insurance.reported', 'insurance.report_taken_back'],
  )
})
