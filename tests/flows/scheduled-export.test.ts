import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { type ExportSettings, exportSettingsSchema } from '#ledger'
import { createOps, createQueue, silentLog } from '#platform'
import { createExportSchedule, exportScheduled, ledgerExport } from '../../src/flows/scheduled-export.ts'
import { aLedgerToExport } from '../ledger/exports/support.ts'
import { eventually } from '../support/app.ts'

const noQueue = { send: async () => undefined }
const settings = (folder: string, more: Partial<ExportSettings> = {}) => exportSettingsSchema.parse({ folder, contents: ['debtors'], ...more })

test('an export that cannot be written is told with what to do, until a run succeeds or the settings drop it', async t => {
  const ledger = await aLedgerToExport(t)
  const ops = createOps(ledger.db, noQueue)
  const run = (folder: string) => exportScheduled(ledger.deps, ops, 'erp', settings(folder))
  const schedule = createExportSchedule({ ...ledger.deps, queue: createQueue(ledger.database, silentLog, []), ops, timeZone: 'UTC' })
  const open = () => ledger.db.opsAlert.findMany({ where: { resolvedAt: null } })

  await run(join(ledger.folder, 'missing'))
  const [told] = await open()
  await run(ledger.folder)
  const afterSuccess = await open()
  await run(join(ledger.folder, 'missing'))
  await schedule.replace({ erp: settings(ledger.folder) })
  const whileItStands = await open()
  await schedule.replace({ other: settings(ledger.folder) })
  await schedule.stop()

  assert.equal(told?.key, 'export:erp')
  assert.match(told.problem, /The export erp was not written: The export folder .*missing cannot be written/)
  assert.match(told.remedy, /duncan extract run erp/)
  assert.deepEqual([afterSuccess.length, whileItStands.length, await open()], [0, 1, []])
})

test('schedules follow the settings: a tick missed while all were down is caught up, once for all processes', async t => {
  const ledger = await aLedgerToExport(t)
  const queue = createQueue(ledger.database, silentLog, [ledgerExport])
  await queue.start()
  const ran: string[] = []
  await queue.work(ledgerExport, async ({ name }) => void ran.push(name))
  await ledger.db.scheduleTick.create({ data: { name: 'ledger.export:nightly', lastTick: new Date('2026-02-27T06:00:00Z') } })
  const deps = { ...ledger.deps, queue, ops: createOps(ledger.db, noQueue), timeZone: 'Europe/Amsterdam' }
  const [one, other] = [createExportSchedule(deps), createExportSchedule(deps)]
  const nightly = settings(ledger.folder, { schedule: '0 5 * * *' })

  await Promise.all([one, other].map(schedule => schedule.replace({ byHand: settings(ledger.folder), nightly })))
  await eventually('the missed tick ran', () => ran[0])
  await one.replace({})
  for (const schedule of [one, other]) await schedule.stop()
  await queue.stop()

  assert.deepEqual(ran, ['nightly'])
  const tick = await ledger.db.scheduleTick.findUniqueOrThrow({ where: { name: 'ledger.export:nightly' } })
  assert.equal(tick.lastTick.toISOString(), '2026-03-02T04:00:00.000Z') // five o'clock in Amsterdam
})
