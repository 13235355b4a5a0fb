import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBlobs, fromPlainDate, silentLog } from '#platform'
import { createProposals, proposalsConfig } from '#proposals'
import { workflowSchema } from '../../src/dunning/workflows-kind.ts'
import { checkRisks } from '../../src/flows/check-risk.ts'
import { aCompany } from '../credit/bureau-company.ts'
import { createNightWorld } from '../credit/night/night-world.ts'

const content = workflowSchema.parse({ title: 'High risk', steps: [{ name: 'look', type: 'risk_check', after: { days: 14 } }] })

const company = (serial: number) => aCompany({ id: `NL-X-9999${serial}`, registrationNumber: `9999${serial}`, name: `Voorbeeld ${serial} B.V.` })

test('steps that look at the credit risk ask the bureau once, are done with what it told, and are a task where it told nothing', async t => {
  const debtors = [1001, 1002, 1003].map(serial => ({ company: company(serial), number: String(serial) }))
  const { client, clock, sandbox, night } = await createNightWorld(t, [...debtors, { number: '1004', companyNumber: '99990000' }])
  await night()
  clock.advance({ hours: 48 })
  const jobs: string[] = []
  const queue = { send: async (_db: unknown, { name }: { name: string }) => void jobs.push(name) }
  const config = { ...proposalsConfig.parse({}), DUNCAN_DATA_DIR: '/nowhere' }
  const proposals = createProposals({ client, queue, blobs: createBlobs('/nowhere'), clock, log: silentLog, config })
  let isOn = true
  const minute = () => checkRisks({ client, clock, queue, proposals, timeZone: 'UTC', credit: { rules: async () => ({ on: isOn }) as never } })
  const version = await client.workflowVersion.create({ data: { workflow: 'high', settingsVersion: 1, content, contentHash: 'x' } })
  const plan = async (...numbers: string[]) => {
    for (const { id: debtorId, invoices } of await client.debtor.findMany({
      where: { number: { in: numbers } },
      include: { invoices: true },
      orderBy: { id: 'asc' },
    })) {
      const items = invoices.map(({ id: invoiceId }) => ({ invoiceId, step: 0, stepName: 'look', amount: '1000', currency: 'EUR' }))
      const step = { versionId: version.id, step: 0, stepName: 'look', type: 'risk_check', track: 'risk_check' }
      await client.dunningAction.create({ data: { debtorId, ...step, plannedOn: fromPlainDate(clock.today('UTC')), items: { create: items } } })
    }
  }
  const states = async () =>
    (await client.dunningAction.findMany({ orderBy: { id: 'asc' } })).map(({ status, outcome, taskId }) => [status, outcome, taskId !== null])
  const problems = async () =>
    (await client.task.findMany({ where: { status: 'open' }, orderBy: { id: 'asc' } })).map(({ about }) => (about as { problem?: string }).problem)

  await plan('1001', '1002', '1004')
  await minute()
  await minute()
  const ordered = sandbox.orders.length
  const asked = await states()
  await night()
  await minute()

  assert.deepEqual(asked, [
    ['open', null, false],
    ['open', null, false],
    ['open', null, true],
  ])
  assert.deepEqual([jobs, sandbox.orders.slice(ordered).toSorted()], [['credit.sync'], ['NL-X-99991001', 'NL-X-99991002']])
  assert.deepEqual(await states(), [
    ['done', 'unchanged', false],
    ['done', 'unchanged', false],
    ['open', null, true],
  ])

  // A report of last night is not paid for again; without quota, or switched off, somebody looks.
  await client.dunningAction.deleteMany()
  await plan('1001', '1003')
  await minute()
  const { id: companyId } = await client.creditCompany.findFirstOrThrow({ where: { bureauId: 'NL-X-99991003' } })
  const run = { bureau: 'creditsafe', trigger: 'demand', startedAt: new Date(), finishedAt: new Date(), eventsFrom: new Date() }
  await client.creditRun.create({ data: { ...run, companies: { create: { companyId, outcome: 'over_quota' } } } })
  await minute()
  isOn = false
  await plan('1002')
  await minute()
  // One that was never answered on its day is looked at the next day.
  isOn = true
  clock.advance({ hours: 48 })
  await client.dunningAction.updateMany({ where: { status: 'done' }, data: { status: 'planned', taskId: null } })
  await minute()
  const waits = (await states()).filter(([, , isTask]) => !isTask).length
  clock.advance({ hours: 24 })
  await minute()

  assert.deepEqual(await problems(), ['not_linked', 'over_quota', 'off', 'unanswered'])
  assert.equal(waits, 1)
})
