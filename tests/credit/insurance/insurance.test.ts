import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { coverDebtors, followInsurance, insuranceClock, insuranceKind, insuredItems, reportOverdue, takeReportBack } from '#credit'
import { Prisma } from '#platform'
import { createInsuranceWorld, terms } from './insurance-world.ts'

const nobody = async () => new Map<string, Set<number>>()

test('the first policy that fits covers a debtor, and its deadlines are the same in searches of many as one by one', async t => {
  const special = { ...terms, id: 'special', debtors: ['10002'], reportOverdue: { days: 10, from: 'original_due_date' } }
  const inSegment = { ...terms, id: 'key', segments: [], handOver: undefined }
  const world = await createInsuranceWorld(t, ['Acme', 'Brouwer', 'Cohen'], [special, inSegment])
  const { client, idOf, owes, today } = world
  const dues = ['2025-10-01', '2026-01-24', '2026-01-31', '2026-02-05', '2026-02-10', '2026-02-27', '2026-03-02', '2026-03-10']
  for (const name of ['Acme', 'Brouwer', 'Cohen']) for (const due of dues) await owes(name, `${name}-${due}`, due)
  await client.debtor.update({ where: { id: idOf('Cohen') }, data: { archived: true } })

  assert.equal(await coverDebtors(client, nobody), 2)
  assert.equal(await coverDebtors(client, nobody), 0)
  // What is agreed later moves the due date, and not the first one.
  await client.invoice.updateMany({ where: { number: { endsWith: '2026-01-24' } }, data: { dueDate: new Date('2026-02-20') } })
  const items = await insuredItems(client, today, { debtorIds: ['Acme', 'Brouwer', 'Cohen'].map(idOf) })
  const reported = items.find(({ number }) => number === 'Acme-2026-01-31')
  const report = { debtorId: idOf('Acme'), policyId: 'key', invoiceIds: [reported?.invoiceId ?? 0], staffId: 1, at: new Date() }
  await reportOverdue(client, { ...report, reportedOn: '2026-03-01', reference: 'S-17' })

  assert.deepEqual([...new Set(items.map(({ debtorId, policy }) => `${debtorId} ${policy.id}`))].toSorted(), [
    `${idOf('Acme')} key`,
    `${idOf('Brouwer')} special`,
  ])
  for (const on of [today, ...[-40, -1, 1, 5, 9, 30, 62, 90].map(days => today.add({ days }))]) {
    const oneByOne = await insuredItems(client, on, { debtorIds: ['Acme', 'Brouwer'].map(idOf) })
    const together = await client.$queryRaw<{ invoiceId: number }[]>(
      Prisma.sql`SELECT c."invoiceId", c."isReported", c.report, c."handOver" FROM (${insuranceClock(on, () => Prisma.sql`TRUE`)}) AS c ORDER BY 1`,
    )

    const told = oneByOne.map(item => ({ invoiceId: item.invoiceId, isReported: !!item.reportedOn, report: item.report, handOver: item.handOver }))
    assert.deepEqual(
      together,
      told.toSorted((one, other) => one.invoiceId - other.invoiceId),
    )
  }
  const acme = new Map((await insuredItems(client, today, { debtorIds: [idOf('Acme')] })).map(item => [item.number.slice(5), item]))
  assert.deepEqual(
    dues.map(due => acme.get(due)?.report),
    ['past', 'fine', 'done', 'due', 'fine', 'fine', 'fine', 'fine'],
  )
  assert.deepEqual(acme.get('2026-01-24')?.deadlines.extendUntil?.toString(), '2026-03-25')
})

test('what an insurer must hear is work once, of who is responsible, until it was told or is no longer owed', async t => {
  const world = await createInsuranceWorld(t, ['Acme'], [{ ...terms, id: 'all', responsible: 'anna', tell: ['judgments'] }])
  const { client, idOf, owes, today, now } = world
  const anna = await client.staff.findFirstOrThrow({ where: { key: 'anna' } })
  const [first, second] = [await owes('Acme', 'A1', '2026-02-03'), await owes('Acme', 'A2', '2026-01-15')]
  await owes('Acme', 'A3', '2026-03-20')
  await coverDebtors(client, nobody)
  const company = await client.creditCompany.create({ data: { bureau: 'creditsafe', bureauId: 'NL-X-1', country: 'NL', name: 'Acme' } })
  await client.creditLink.create({ data: { debtorId: idOf('Acme'), companyId: company.id, source: 'number', linkedBy: 'duncan', linkedAt: new Date() } })
  const told = { companyId: company.id, administrationId: world.administrationId, rule: 'x', urgency: 'now', channel: 'credit', value: { is: 'none' } }
  await client.creditAlert.create({ data: { ...told, criterion: 'judgments', fact: 'judgments 1', raisedAt: new Date('2026-03-01T22:00:00Z') } })
  await client.creditAlert.create({ data: { ...told, criterion: 'score', fact: 'score 12', raisedAt: new Date('2026-03-01T22:00:00Z') } })
  await client.creditAlert.create({ data: { ...told, criterion: 'judgments', fact: 'judgments 0', raisedAt: new Date('2026-01-01T22:00:00Z') } })
  const open = async () =>
    (await client.task.findMany({ where: { status: 'open' }, orderBy: { id: 'asc' } })).map(({ about, assigneeId }) => [about, assigneeId])
  const insurer = { insurer: terms.insurer, policy: terms.number }

  const made = [await followInsurance({ client, now, today }), await followInsurance({ client, now, today })]

  assert.deepEqual(made, [2, 0])
  assert.deepEqual(await open(), [
    [{ code: 'insurance_report', ...insurer, by: '2026-02-14', invoices: ['A2', 'A1'] }, anna.id],
    [{ code: 'insurance_event', ...insurer, criterion: 'judgments' }, anna.id],
  ])

  const report = { debtorId: idOf('Acme'), policyId: 'all', reportedOn: '2026-03-02', staffId: anna.id, at: new Date() }
  await reportOverdue(client, { ...report, invoiceIds: [first.id] })
  const half = (await open()).length
  const reportId = await reportOverdue(client, { ...report, invoiceIds: [second.id] })
  const whole = (await open()).length
  assert.deepEqual([half, whole], [2, 1])

  assert.deepEqual([await takeReportBack(client, reportId, new Date()), await takeReportBack(client, reportId, new Date())], [true, false])
  assert.equal(await followInsurance({ client, now, today }), 1)
  assert.deepEqual((await open()).at(-1)?.[0], { code: 'insurance_report', ...insurer, by: '2026-02-14', invoices: ['A2'] })

  // Sixty days after it was first due, and thirty more: what was neither paid nor handed over.
  const later = Temporal.PlainDate.from('2026-04-10')
  assert.equal(await followInsurance({ client, now, today: later }), 1)
  assert.deepEqual((await open()).at(-1)?.[0], { code: 'insurance_hand_over', ...insurer, by: '2026-04-15', invoices: ['A2'] })
  await client.invoice.updateMany({ data: { status: 'closed' } })
  assert.equal(await followInsurance({ client, now, today: later }), 0)
  assert.deepEqual(
    (await open()).map(([about]) => about),
    [{ code: 'insurance_event', ...insurer, criterion: 'judgments' }],
  )
  await world.apply([])
  assert.deepEqual([await coverDebtors(client, nobody), await client.insuredDebtor.count()], [0, 0])
})

test('settings of insurance name what they contradict', () => {
  const twice = insuranceKind.schema.safeParse({
    policies: [
      { id: 'one', insurer: 'X', number: '1', handOver: { days: 30, from: 'extension_end' } },
      { id: 'one', insurer: 'X', number: '1' },
    ],
  })

  assert.deepEqual(
    twice.error?.issues.map(({ path }) => path.join('.')),
    ['policies.0.handOver.from', 'policies.1.id'],
  )
})
