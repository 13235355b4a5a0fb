import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createOps, fixedClock, silentLog } from '#platform'
import { importDropped } from '../../src/flows/drop-import.ts'
import { watchLedger } from '../../src/flows/watch-ledger.ts'
import { createTestDatabase } from '../support/database.ts'

const noQueue = { send: async () => undefined }
const header = 'debtor_number,debtor_name,invoice_number,due_date,amount'

async function setUp(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-drop-'))
  const database = await createTestDatabase(t)
  t.after(() => rmSync(folder, { recursive: true }))
  const clock = fixedClock('2026-11-23T09:00:00Z')
  const drop = (name: string, content: string) => {
    writeFileSync(join(folder, name), content)
    utimesSync(join(folder, name), new Date('2026-11-23T08:00:00Z'), new Date('2026-11-23T08:00:00Z'))
  }
  const ops = createOps(database.client, noQueue)
  const openAlerts = () => database.client.opsAlert.findMany({ where: { resolvedAt: null } })
  return { database, clock, ops, folder, drop, openAlerts, deps: { database, clock, log: silentLog, dataDir: folder } }
}

test('a dropped export is imported; one that cannot be read is told with where it lies, until a good one of its name comes', async t => {
  const { database, ops, folder, drop, openAlerts, deps } = await setUp(t)

  drop('ledger.csv', 'some,other,columns\n1,2,3\n')
  await importDropped(deps, ops, folder)
  const [alert] = await openAlerts()
  const movedTo = /now (\S+);/.exec(alert?.remedy ?? '')?.[1]
  drop('ledger.csv', `${header}\n1,Larkspur Ltd,INV-1,2026-12-01,10.00\n`)
  await importDropped(deps, ops, folder)

  assert.match(alert?.problem ?? '', /ledger\.csv failed/)
  assert.ok(movedTo !== undefined && existsSync(movedTo))
  assert.deepEqual(await openAlerts(), [])
  assert.equal(await database.client.invoice.count(), 1)
})

test('a ledger that grew old raises an alert, and a new import closes it', async t => {
  const { database, clock, ops, folder, drop, openAlerts, deps } = await setUp(t)
  const watch = () => watchLedger({ client: database.client, clock, ops, maxAgeHours: 26 })
  drop('ledger.csv', `${header}\n1,Larkspur Ltd,INV-1,2026-12-01,10.00\n`)
  await importDropped(deps, ops, folder)

  await watch()
  const fresh = await openAlerts()
  clock.advance({ hours: 27 })
  await watch()
  await watch()
  const stale = await openAlerts()
  drop('ledger.csv', `${header}\n1,Larkspur Ltd,INV-1,2026-12-01,9.00\n`)
  await importDropped(deps, ops, folder)
  await watch()

  assert.deepEqual(fresh, [])
  assert.equal(stale.length, 1)
  assert.match(stale[0]?.problem ?? '', /more than 26 hours ago/)
  assert.deepEqual(await openAlerts(), [])
})
