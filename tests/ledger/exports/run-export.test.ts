import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { aLedgerToExport, fileOf } from './support.ts'

const header = 'administration,debtor_number,debtor_name,country,language,email,phone,contact_name,invoice_number,due_date,amount,open_amount,currency'
const rows = [
  'NL01,0007,"Bakkerij ""De Aar"", Zwolle",NL,nl,aar@debtor.example; boek@debtor.example,+31 38 555 0101,Els Bos,2026-001,2026-02-01,1210.00,605.00,EUR',
  'NL01,0007,"Bakkerij ""De Aar"", Zwolle",NL,nl,aar@debtor.example; boek@debtor.example,+31 38 555 0101,Els Bos,2026-002,2026-02-09,-90.75,-90.75,EUR',
  'NL01,0008,=HYPERLINK("http://bad.example"),DE,de,,,,2026-003,2026-03-01,5000,5000,JPY',
  'BE01,0007,Andere Boekhouding,BE,nl,,,,2026-001,2026-02-01,10.00,10.00,EUR',
]

test('open items are written with their debtors, amounts as numbers, formulas guarded, and a manifest that counts and hashes', async t => {
  const ledger = await aLedgerToExport(t)
  await ledger.import({ file: ledger.file('open.csv', [header, ...rows]) })

  const outcome = await ledger.export({ administrations: ['NL01'] })

  const lines = ledger.read(outcome).split('\r\n')
  assert.deepEqual(lines[0]?.split(';').slice(0, 6), ['administration', 'debtor_number', 'debtor_name', 'country', 'language', 'email'])
  assert.equal(
    lines[1],
    `NL01;0007;"Bakkerij ""De Aar"", Zwolle";NL;nl;"aar@debtor.example; boek@debtor.example";+31 38 555 0101;Els Bos;;;;;;;2026-001;invoice;;2026-02-01;EUR;1210.00;605.00;605.00;open;;`,
  )
  assert.match(lines[2] ?? '', /;2026-002;credit_note;;2026-02-09;EUR;-90\.75;-90\.75;-90\.75;/)
  assert.match(lines[3] ?? '', /;"'=HYPERLINK\(""http:\/\/bad\.example""\)";.*;JPY;5000;5000;5000;/)
  assert.equal(lines.length, 5) // three rows, and what follows the last line end
  assert.ok(outcome.kind === 'done')
  const manifest = JSON.parse(readFileSync(join(ledger.folder, outcome.manifest), 'utf8')) as {
    takenAt: string
    files: { file: string; rows: object; sums: object; sha256: string }[]
  }
  const sha256 = createHash('sha256')
    .update(readFileSync(join(ledger.folder, fileOf(outcome))))
    .digest('hex')
  assert.deepEqual([manifest.takenAt, manifest.files[0]?.rows, manifest.files[0]?.sha256], ['2026-03-02T08:00:00Z', { open_items: 3 }, sha256])
  const sums = { amount: { EUR: '1119.25', JPY: '5000' }, open_amount: { EUR: '514.25', JPY: '5000' }, ledger_open_amount: { EUR: '514.25', JPY: '5000' } }
  assert.deepEqual(manifest.files[0]?.sums, { open_items: sums })
  const audit = await ledger.db.auditEntry.findFirstOrThrow({ where: { event: 'ledger.exported' } })
  assert.deepEqual(
    [audit.subject, audit.detail],
    [`export:${outcome.runId}`, { export: 'erp', changes: false, files: [{ file: fileOf(outcome), rows: { open_items: 3 }, sha256 }] }],
  )
})

test('separator, decimal mark, dates, encoding and column names follow the settings', async t => {
  const ledger = await aLedgerToExport(t)
  await ledger.import({ file: ledger.file('open.csv', [header, 'NL01,1,Zakłady Mięsne €20,PL,pl,,,,A-1,2026-02-01,1210.5,1210.5,EUR']) })
  const columns = { open_items: { debtor_name: 'Nazwa', open_amount: 'Kwota' } }

  const outcome = await ledger.export({ columns, csv: { separator: ',', decimal: ',', dates: 'dd-MM-yyyy', encoding: 'windows-1252' } })

  const text = new TextDecoder('windows-1252').decode(readFileSync(join(ledger.folder, fileOf(outcome))))
  assert.match(text, /^administration,debtor_number,Nazwa,.*,Kwota,/)
  assert.match(text, /NL01,1,Zaklady Miesne €20,.*,01-02-2026,EUR,"1210,50","1210,50",/)
  assert.ok(outcome.kind === 'done')
  assert.equal(outcome.files[0]?.altered, 2) // the two letters that windows-1252 does not have
  const marked = await ledger.export({ csv: { encoding: 'utf-8-bom' } })
  assert.deepEqual([...readFileSync(join(ledger.folder, fileOf(marked))).subarray(0, 3)], [0xef, 0xbb, 0xbf])
})

test('an export of changes says what is new, other and gone since the run before, and nothing twice', async t => {
  const ledger = await aLedgerToExport(t)
  const changes = () => ledger.export({ changesOnly: true, columns: { open_items: { change: 'Wat' } } })
  const told = async () =>
    ledger
      .read(await changes())
      .split('\r\n')
      .map(line => line.split(';'))
      .filter(cells => cells.length > 1)
      .map(cells => [cells[0], cells[1], cells.at(-11), cells.at(-5)])
  await ledger.import({ file: ledger.file('a.csv', [header, ...rows]) })

  const first = await told()
  const second = await told()
  await ledger.import({ file: ledger.file('b.csv', [header, rows[0]?.replace('605.00', '100.00') ?? '', rows[3]?.replace('10.00,10.00', '10.00,0') ?? '']) })
  const third = await told()

  assert.deepEqual([first.length, first[0], first[1]], [5, ['Wat', 'administration', 'invoice_number', 'open_amount'], ['new', 'BE01', '2026-001', '10.00']])
  assert.deepEqual(second, [first[0]])
  assert.deepEqual(third, [first[0], ['changed', 'NL01', '2026-001', '100.00'], ['gone', 'BE01', '2026-001', '']])
})

test('of two processes one writes an export; nothing but whole files is ever in the folder', async t => {
  const ledger = await aLedgerToExport(t)
  await ledger.import({ file: ledger.file('open.csv', [header, ...rows]) })

  const outcomes = await Promise.all([ledger.export(), ledger.export()])

  assert.deepEqual(outcomes.map(({ kind }) => kind).toSorted(), ['busy', 'done'])
  assert.equal(ledger.names().filter(name => name.endsWith('.part')).length, 0)
  assert.equal(ledger.names().length, 2)
})

test('a folder that cannot be written is a fault that names it; the run is kept as failed', async t => {
  const ledger = await aLedgerToExport(t)

  await assert.rejects(ledger.export({ folder: join(ledger.folder, 'missing') }), { code: 'export.folder', message: /missing cannot be written: ENOENT/ })

  const run = await ledger.db.exportRun.findFirstOrThrow()
  assert.deepEqual([run.status, /ENOENT/.test(run.error ?? '')], ['failed', true])
  assert.equal(await ledger.db.auditEntry.count({ where: { event: 'ledger.exported' } }), 0)
})

test('what a crash left complete under temporary names gets its names at the next run; what was half written goes', async t => {
  const ledger = await aLedgerToExport(t)
  await ledger.import({ file: ledger.file('open.csv', [header, ...rows]) })
  const outcome = await ledger.export({ changesOnly: true })
  assert.ok(outcome.kind === 'done')
  for (const file of [fileOf(outcome), outcome.manifest]) renameSync(join(ledger.folder, file), join(ledger.folder, `.erp~${file}.part`))
  writeFileSync(join(ledger.folder, '.erp~erp-open_items-half.csv.part'), 'administration;')
  writeFileSync(join(ledger.folder, '.erp-other~x.csv.part'), 'of another export')
  await ledger.db.exportRun.update({ where: { id: outcome.runId }, data: { status: 'written' } })

  const next = await ledger.export({ changesOnly: true })

  assert.equal(ledger.read(outcome).split('\r\n').length, 6)
  assert.equal(ledger.read(next).split('\r\n').length, 2)
  assert.deepEqual(
    ledger.names().filter(name => name.endsWith('.part')),
    ['.erp-other~x.csv.part'],
  )
  assert.equal((await ledger.db.exportRun.findUniqueOrThrow({ where: { id: outcome.runId } })).status, 'done')
})

test('changes whose files are gone before they had their names are said again', async t => {
  const ledger = await aLedgerToExport(t)
  await ledger.import({ file: ledger.file('open.csv', [header, ...rows]) })
  const outcome = await ledger.export({ changesOnly: true })
  assert.ok(outcome.kind === 'done')
  for (const name of ledger.names()) rmSync(join(ledger.folder, name)) // a share that was not mounted for a while
  await ledger.db.exportRun.update({ where: { id: outcome.runId }, data: { status: 'written' } })

  const next = await ledger.export({ changesOnly: true })

  assert.equal(ledger.read(next).split('\r\n').length, 6)
  assert.equal((await ledger.db.exportRun.findUniqueOrThrow({ where: { id: outcome.runId } })).status, 'failed')
})

test('changes that were lost with a folder that is gone are said again', async t => {
  const ledger = await aLedgerToExport(t)
  await ledger.import({ file: ledger.file('open.csv', [header, ...rows]) })
  const outcome = await ledger.export({ changesOnly: true })
  assert.ok(outcome.kind === 'done')
  await ledger.db.exportRun.update({ where: { id: outcome.runId }, data: { status: 'written', folder: join(ledger.folder, 'gone') } })

  const next = await ledger.export({ changesOnly: true })

  assert.equal(ledger.read(next).split('\r\n').length, 6)
})
