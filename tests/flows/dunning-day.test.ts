import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { templatesKind } from '#drafting'
import { assignmentKind, noteChange } from '#dunning'
import { dunningDay, followAssignment, followChanges } from '../../src/flows/dunning-day.ts'
import { registerAbsenceAction } from '../../src/proposals/actions/contact-actions.ts'
import type { ActionRun } from '../../src/proposals/actions/runner.ts'
import { anOfficeThatDuns } from './dunning-office.ts'

const workflows = {
  standard: {
    title: 'Standard',
    steps: [
      { name: 'first_reminder', type: 'email', template: 'reminder_first', after: { days: 1 }, attachInvoices: true },
      { name: 'call', type: 'call', after: { days: 14 } },
      { name: 'look', type: 'internal', after: { days: 16 } },
      { name: 'final_notice', type: 'email', template: 'final_notice', after: { days: 28 } },
    ],
  },
  strict: { title: 'Strict', steps: [{ name: 'final', type: 'email', template: 'final_notice', after: { days: 10 } }] },
}

/** One debtor of Jan's, all of whose invoices were due on 23 November. */
async function oneDebtor(t: TestContext) {
  const office = await anOfficeThatDuns(t, workflows)
  const { db, debtor, jan, waitingOf } = office
  await db.debtor.updateMany({ where: { id: { not: debtor.id } }, data: { archived: true } })
  await db.invoice.updateMany({ data: { dueDate: new Date('2026-11-23') } })
  await db.debtor.update({ where: { id: debtor.id }, data: { collector: jan.key } })
  const reminder = async () => {
    const one = await waitingOf(debtor.id)
    assert.ok(one.content.kind === 'dunning')
    return { ...one, content: one.content }
  }
  const places = async () => {
    const rows = await db.dunningItem.findMany({ orderBy: { invoiceId: 'asc' } })
    return rows.map(({ step, nextOn, reason }) =>
      [step, nextOn?.toISOString().slice(5, 10), reason].filter(each => each !== null && each !== undefined).join(' '),
    )
  }
  return { ...office, reminder, places }
}

test('a reminder is drafted when its day comes, asks for what is open then, and takes its step when it has left', async t => {
  const { db, deps, at, morning, reminder, vote, actions, places, proposals, debtor } = await oneDebtor(t)

  await at('2026-11-24T04:30:00Z') // 05:30: before the time of the settings
  const before = await actions()
  await morning('2026-11-24')
  await at('2026-11-24T07:01:00Z')
  const drafted = await reminder()
  await db.invoice.updateMany({ where: { number: '2026-002' }, data: { openAmount: '0', status: 'closed', closedReason: 'paid' } })
  await proposals.paymentsChanged([debtor.id])
  const renewed = await reminder()
  const approved = await vote(renewed.id, 'approve')
  const [mail] = await db.outboundMail.findMany()
  await at('2026-11-24T07:05:00Z')
  const waiting = await actions()
  await db.outboundMail.updateMany({ data: { state: 'sent', sentAt: new Date('2026-11-24T07:07:00Z') } })
  // What comes when it has left, and before that is looked up, takes nothing back.
  await db.dunningHold.create({ data: { debtorId: debtor.id, reason: 'promise', until: new Date('2026-11-24') } })
  await noteChange(db, [debtor.id])
  await followChanges(deps)
  await at('2026-11-24T07:10:00Z')
  await morning('2026-11-25')

  assert.deepEqual(before, [])
  assert.deepEqual(
    [drafted.why?.code, drafted.content.mail?.to, drafted.invoices],
    ['dunning_step', ['info@zonneveld.example'], ['2026-001', '2026-002', '2026-003']],
  )
  assert.match(drafted.content.mail?.text ?? '', /250,50/)
  assert.match(renewed.content.mail?.text ?? '', /2026-001[\s\S]*100,00[\s\S]*2026-003[\s\S]*75,25[\s\S]*175,25/)
  assert.doesNotMatch(renewed.content.mail?.text ?? '', /2026-002|250,50/)
  assert.equal(approved.kind === 'entered' && approved.status, 'done')
  assert.match(mail?.text ?? '', /175,25/)
  assert.deepEqual(waiting, ['first_reminder open 3'])
  // Seven days after the due date the call is due on the fourteenth: 7 December.
  assert.deepEqual(await places(), ['1 12-07', '1 12-07'])
})

test('what is rejected is skipped, what is disputed leaves its mail, a call waits for somebody, and everything else is a task', async t => {
  const { db, clock, morning, reminder, vote, actions, places, debtor, jan } = await oneDebtor(t)
  await morning('2026-11-24')
  const [first] = await db.invoice.findMany({ where: { debtorId: debtor.id }, orderBy: { id: 'asc' } })
  await vote((await reminder()).id, 'reject')
  await morning('2026-11-25')
  const skipped = await places()
  await morning('2026-12-07')
  await db.dunningHold.create({
    data: { debtorId: debtor.id, invoiceId: first?.id ?? 0, reason: 'dispute', createdAt: new Date(clock.now().epochMilliseconds) },
  })
  await morning('2026-12-08')
  const during = [await actions(), await places()]
  await db.dunningAction.updateMany({ where: { stepName: 'call' }, data: { status: 'done', doneOn: new Date('2026-12-08') } })
  await db.$executeRaw`UPDATE "DunningItem" SET step = 2, "lastOn" = '2026-12-08', "actionId" = NULL, reason = NULL, revision = revision + 1 WHERE "actionId" IS NOT NULL`
  await morning('2026-12-09')
  const [task] = await db.task.findMany()
  await db.task.updateMany({ data: { status: 'done' } })
  await morning('2026-12-10')

  assert.deepEqual(skipped, ['1 12-07', '1 12-07', '1 12-07'])
  assert.deepEqual(during, [
    ['first_reminder skipped 3', 'call open 2'],
    ['1 held:dispute', '1 12-07 in_action', '1 12-07 in_action'],
  ])
  assert.deepEqual([task?.assigneeId, task?.about], [jan.id, { code: 'dunning_step', type: 'internal', step: 'look', workflow: 'Standard' }])
  assert.deepEqual(await actions(), ['first_reminder skipped 3', 'call done 2', 'look done 2'])
  assert.deepEqual(await places(), ['1 held:dispute', '3 12-21', '3 12-21'])
})

test('what happens takes effect at once: next days are worked out anew, and a waiting reminder of the old path is withdrawn', async t => {
  const { db, clock, deps, at, morning, reminder, vote, actions, places, proposals, debtor, jan } = await oneDebtor(t)
  const [first] = await db.invoice.findMany({ where: { debtorId: debtor.id }, orderBy: { id: 'asc' } })
  await morning('2026-11-24')
  await vote((await reminder()).id, 'reject')
  await at('2026-11-24T07:01:00Z') // what became of the entry is looked up
  await followChanges(deps)
  const settled = await places()
  const promise = { kind: 'promise' as const, promisedOn: '2026-12-10', invoiceIds: [first?.id ?? 0] }
  await proposals.enter({ debtorId: debtor.id, staffId: jan.id, surface: 'console', formKey: 'p', invoiceNumbers: ['2026-001'], content: promise })
  await followChanges(deps)
  const promised = await places()
  await db.invoice.updateMany({ where: { number: '2026-002' }, data: { openAmount: '0', status: 'closed', closedReason: 'paid' } })
  await proposals.paymentsChanged([debtor.id])
  await followChanges(deps)
  const paid = await places()
  await morning('2026-12-07')
  const calling = await actions()
  // A judgment at 23:00: the night puts the debtor on the other workflow.
  clock.set('2026-12-07T22:00:00Z')
  const assignment = assignmentKind.schema.parse({ default: { workflow: 'strict' } })
  await followAssignment({ ...deps, assignment })
  await followChanges({ ...deps, assignment })
  const night = [await actions(), await places()]
  await db.administration.updateMany({ data: { importedAt: new Date('2026-12-08T04:00:00Z') } })
  clock.set('2026-12-08T07:00:00Z')
  await dunningDay({ ...deps, assignment })

  // Rejected: without its step, and the call is due on the fourteenth day.
  assert.deepEqual(settled, ['1 12-07', '1 12-07', '1 12-07'])
  assert.match(promised[0] ?? '', /^1 12-1\d held:promise$/)
  assert.deepEqual(paid, [promised[0], '1 12-07'])
  assert.deepEqual(calling, ['first_reminder skipped 3', 'call open 1'])
  // What is due already goes with the next morning's plan, not in the night.
  assert.deepEqual(night, [
    ['first_reminder skipped 3', 'call withdrawn 0'],
    [promised[0]?.replace(/^1/, '0'), '0 12-08'],
  ])
  assert.deepEqual((await actions()).slice(2), ['final open 1'])
  assert.equal(await db.dunningChange.count(), 0)
})

test('a mail waits for who is away at most its days, goes to a stand-in at once, and one that waits for approval is drawn anew for it', async t => {
  const { db, deps, morning, reminder, actions, places, debtor } = await oneDebtor(t)
  const [info] = await db.contact.findMany({ where: { debtorId: debtor.id, email: 'info@zonneveld.example' } })
  await db.contact.deleteMany({ where: { debtorId: debtor.id, id: { not: info?.id ?? 0 } } })
  const away = async (until: string | undefined, standIn?: string) => {
    const absence = { tx: db, payload: { address: 'info@zonneveld.example', until, standIn }, proposal: { debtorId: debtor.id } }
    await registerAbsenceAction.run(absence as unknown as ActionRun<'register_absence'>)
    await followChanges(deps)
    return places()
  }

  await away('2026-11-27')
  await morning('2026-11-24')
  const [short, kept] = [await places(), await actions()]
  const long = await away('2027-01-04')
  const nobody = await away('2026-11-24', 'jolanda@zonneveld.example')
  await db.contact.create({ data: { debtorId: debtor.id, email: 'jolanda@zonneveld.example', verified: true } })
  const somebody = await away('2027-01-04', 'jolanda@zonneveld.example')
  await morning('2026-11-25')
  const [toStandIn] = (await reminder()).content.mail?.to ?? []
  await away(undefined)
  await db.contact.updateMany({ where: { email: 'jolanda@zonneveld.example' }, data: { absentUntil: new Date('2026-12-01') } })
  await noteChange(db, [debtor.id])
  await followChanges(deps)

  // Back on Saturday, so on Monday; a week after its day of Tuesday is another Tuesday.
  assert.deepEqual([short[0], long[0], nobody[0], somebody[0]], ['0 11-30 absence', '0 12-01 absence', '0 11-25 absence', '0 11-25'])
  assert.deepEqual([kept, await actions()], [[], ['first_reminder open 3']])
  assert.deepEqual([toStandIn, (await reminder()).content.mail?.to], ['jolanda@zonneveld.example', ['info@zonneveld.example']])
})

const told = (what: string) => `Steps of dunning cannot be written, and nobody is asked about them: first of standard: ${what}.`

test('a step that cannot be written keeps no other one back, and people are told of it as long as it stands', async t => {
  const sms = { standard: { title: 'Standard', steps: [{ name: 'first', type: 'sms', template: 'sms_reminder', after: { days: 1 } }] } }
  const templates = templatesKind.schema.parse({ sms_reminder: { nl: `Betaal nu. ${'Graag. '.repeat(60)}` } })
  const { db, rules, at, morning, debtor, other, actions, waitingOf } = await anOfficeThatDuns(t, sms, { templates })
  const third = await db.debtor.create({
    data: {
      administrationId: debtor.administrationId,
      number: 'D300',
      name: 'Third',
      searchName: 'third',
      contacts: { create: [{ email: 'a@third.example' }] },
    },
  })
  await db.invoice.updateMany({ where: { number: '2026-003' }, data: { debtorId: third.id } })
  await db.invoice.updateMany({ data: { dueDate: new Date('2026-11-23') } })
  await db.contact.updateMany({ data: { phone: '+31 6 1234 5678' } })
  await db.debtor.updateMany({ where: { id: { not: other.id } }, data: { language: 'en' } })
  await db.debtor.update({ where: { id: debtor.id }, data: { country: 'BE', legalForm: 'Particulier' } })
  const alerts = async () => (await db.opsAlert.findMany({ where: { resolvedAt: null } })).map(({ problem }) => problem)
  const inMinutes: unknown[] = []
  for (const mend of [
    async () => undefined,
    async () => db.debtor.update({ where: { id: debtor.id }, data: { legalForm: 'BV' } }),
    async () => void (rules.templates = {}),
  ]) {
    await mend()
    await (inMinutes.length === 0 ? morning('2026-11-24') : at(`2026-11-24T07:0${inMinutes.length}:00Z`))
    inMinutes.push([(await actions()).toSorted(), await alerts()])
  }

  assert.ok((await waitingOf(third.id)).content.kind === 'dunning')
  const [law, fault] = [
    'its text does not say what the law wants said to a private person, or its day is too early (1)',
    'a fault, of which the log says more (1)',
  ]
  assert.deepEqual(inMinutes, [
    [['first open 1', 'first planned 1', 'first planned 2'], [told(`${law}; first of standard: ${fault}`)]],
    [['first open 1', 'first open 2', 'first planned 1'], [told(fault)]],
    [['first open 1', 'first open 1', 'first open 2'], []],
  ])
})
