import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { exportsKind } from '#ledger'
import { createSettings, joinSettingsFiles, parseSettingsFile } from '#settings'
import { aLedger } from '../ledger/support.ts'
import { duncan } from '../support/cli.ts'

test('duncan extract writes what is asked for once, never over what stands, and what the settings name', async t => {
  const ledger = await aLedger(t)
  const env = { DATABASE_URL: ledger.database.url, DUNCAN_DATA_DIR: ledger.dataDir }
  await ledger.import({
    file: ledger.file('open.csv', ['administration,debtor_number,debtor_name,invoice_number,due_date,amount', 'NL01,1,Zonneveld,A-1,2026-02-01,605.00']),
  })
  const out = join(ledger.dataDir, 'out')
  const yaml = `exports: { erp: { folder: ${JSON.stringify(out)}, contents: [debtors, open_items], format: xml } }\n`
  await createSettings({ client: ledger.db, kinds: [exportsKind] }).apply(joinSettingsFiles([parseSettingsFile('a.yaml', yaml)]), { actor: 'cli' })

  const written = await duncan(['extract', 'write', out, '--contents', 'open_items,payments', '--decimal', ',', '--json'], env)
  const again = await duncan(['extract', 'write', out], env)
  await ledger.db.administration.create({ data: { code: 'BE01', name: 'België' } })
  await ledger.db.staff.create({ data: { key: 'jan', name: 'Jan', email: 'jan@creditor.example', administrations: ['BE01'] } })
  const own = await duncan(['extract', 'write', join(out, 'jan'), '--as', '@jan'], env)
  const others = await duncan(['extract', 'write', join(out, 'jan'), '--as', '@jan', '--administration', 'NL01'], env)
  const run = await duncan(['extract', 'run', 'erp'], env)
  const status = await duncan(['extract', 'status'], env)

  assert.deepEqual([written.code, written.err], [0, ''])
  assert.match(readFileSync(join(out, 'extract-open_items.csv'), 'utf8'), /;EUR;605,00;605,00;/)
  assert.equal(again.code, 2)
  assert.match(again.err, /extract-open_items\.csv stands already/)
  assert.match(own.out, /extract-open_items\.csv: 0 open_items/)
  assert.deepEqual([others.code, others.err.split('.')[0]?.trim()], [2, '@jan may not see NL01'])
  assert.deepEqual([run.code, run.err], [0, ''])
  assert.match(run.out, /erp-debtors-\S+\.xml: 1 debtors, \d+ bytes\n\S+erp-open_items-\S+\.xml: 1 open_items, \d+ bytes\n {2}open_items amount: EUR 605\.00\n/)
  assert.match(status.out, /erp +done .* 2\nextract +done .* 0/)
})
