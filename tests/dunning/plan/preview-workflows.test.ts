import assert from 'node:assert/strict'
import test from 'node:test'
import { dunningKind, type PlanDeps, planDay, previewWorkflows, workflowsKind } from '#dunning'
import { fullSight } from '#people'
import { fixedClock, silentLog } from '#platform'
import { readSearchContext } from '#search'
import { createTestDatabase } from '../../support/database.ts'

const timeZone = 'Europe/Amsterdam'
const reminders = (...days: number[]) =>
  workflowsKind.schema.parse({ standard: { title: 'Standard', steps: days.map(each => ({ name: `day_${each}`, type: 'call', after: { days: each } })) } })

test('a change is previewed, items under way finish on their version, and moving them gives the days of the preview', async t => {
  const database = await createTestDatabase(t)
  const { client } = database
  const clock = fixedClock('2026-05-18T05:00:00Z') // a Monday
  const importedAt = new Date('2026-05-18T04:00:00Z')
  const { id: administrationId } = await client.administration.create({ data: { code: 'nl', name: 'Larkfield', country: 'NL', importedAt } })
  const { id: debtorId } = await client.debtor.create({ data: { administrationId, number: '1', name: 'Debtor', searchName: 'debtor' } })
  for (const dueOn of ['2026-05-04', '2026-05-18', '2026-06-01']) {
    const money = { currency: 'EUR', amount: '100', openAmount: '100', dueDate: new Date(dueOn) }
    await client.invoice.create({ data: { administrationId, debtorId, number: dueOn, searchNumber: dueOn, ...money } })
  }
  await client.workflowAssignment.create({ data: { debtorId, workflow: 'standard', reason: 'rule:default', settingsVersion: 0, at: importedAt } })
  const deps = (workflows: PlanDeps['workflows']): PlanDeps => ({
    database,
    clock,
    log: silentLog,
    timeZone,
    rules: dunningKind.schema.parse({}),
    workflows,
    calendars: {},
    maxLedgerAgeHours: 100,
    search: db => readSearchContext(db, { sight: fullSight, clock, timeZone }),
  })
  const nextDays = async () => (await client.dunningItem.findMany({ orderBy: { invoiceId: 'asc' } })).map(({ nextOn }) => nextOn?.toISOString().slice(5, 10))
  const [before, after] = [reminders(15, 30), reminders(17, 30)]

  await planDay(deps(before))
  const first = await nextDays()
  const preview = await previewWorkflows(deps(before), after)
  const untouched = await nextDays()
  await planDay(deps(after))
  const finishing = await nextDays()
  await planDay(deps(after), new Set(['standard']))

  assert.deepEqual(first, ['05-19', '06-02', '06-16'])
  assert.deepEqual([untouched, finishing], [first, first])
  assert.deepEqual([preview.items, preview.same, preview.later, preview.due], [3, 0, 3, 0])
  assert.deepEqual(
    preview.days.map(({ day, before: now, after: then }) => `${day} ${now} ${then}`),
    ['2026-05-19 1 0', '2026-05-21 0 1', '2026-06-02 1 0', '2026-06-04 0 1', '2026-06-16 1 0', '2026-06-18 0 1'],
  )
  assert.deepEqual(await nextDays(), ['05-21', '06-04', '06-18'])
})
