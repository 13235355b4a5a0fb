import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { defaultMapping, importLedger, isLedgerStale } from '#ledger'
import { emptyTestDatabase } from '../support/database.ts'
import { aLedger, flatCsv } from './support.ts'

const many = (count: number) => Array.from({ length: count }, (_, index) => `${index % 3},Debtor ${index % 3},I-${index},2026-02-01,${index + 1}.00`)

test('a full export closes the invoices that it no longer holds, in its own administrations only', async t => {
  const ledger = await aLedger(t)
  const header = 'administration,debtor_number,debtor_name,invoice_number,due_date,amount'
  const all = Array.from({ length: 20 }, (_, index) => `NL,1,Alder,N-${index},2026-02-01,10`)
  await ledger.import({ file: ledger.file('a.csv', [header, ...all, 'BE,1,Alder,B-1,2026-02-01,5']) })

  const result = await ledger.import({ file: ledger.file('b.csv', [header, ...all.slice(2)]), fullExport: true })

  assert.equal(result.kind, 'imported')
  assert.equal(result.counts.invoicesClosed, 2)
  const closed = await ledger.db.invoice.findMany({ where: { status: 'closed' }, orderBy: { number: 'asc' } })
  assert.deepEqual(
    closed.map(each => [each.number, each.closedReason, each.openAmount.toFixed(), each.closedOn?.toISOString().slice(0, 10)]),
    [
      ['N-0', 'missing_from_import', '0', '2026-03-02'],
      ['N-1', 'missing_from_import', '0', '2026-03-02'],
    ],
  )

  await ledger.import({ file: ledger.file('c.csv', [header, ...all]), fullExport: true })

  assert.equal(await ledger.db.invoice.count({ where: { status: 'closed' } }), 0)
})

test('a full export that would close more than a tenth waits for confirmation with nothing applied', async t => {
  const ledger = await aLedger(t)
  await ledger.import({ file: ledger.file('a.csv', flatCsv(many(20))) })
  const before = await ledger.dump()
  const request = { file: ledger.file('b.csv', flatCsv(many(17))), fullExport: true }

  const waiting = await ledger.import(request)

  assert.equal(waiting.kind, 'waiting_confirmation')
  assert.deepEqual(waiting.kind === 'waiting_confirmation' && [waiting.closing, waiting.open], [3, 20])
  assert.deepEqual(await ledger.dump(), before)
  assert.equal((await ledger.db.importRun.findFirstOrThrow({ orderBy: { id: 'desc' } })).status, 'waiting_confirmation')

  const confirmed = await ledger.import({ ...request, confirm: true })

  assert.equal(confirmed.kind, 'imported')
  assert.equal(confirmed.counts.invoicesClosed, 3)
})

test('exactly a tenth closes without asking, and a mapping may keep what is missing', async t => {
  const ledger = await aLedger(t)
  await ledger.import({ file: ledger.file('a.csv', flatCsv(many(20))) })

  const kept = await ledger.import({
    file: ledger.file('b.csv', flatCsv(many(2))),
    mapping: { ...defaultMapping(), full_export: true, missing_invoices: 'keep' },
  })
  const closed = await ledger.import({ file: ledger.file('c.csv', flatCsv(many(18))), fullExport: true })

  assert.equal(kept.counts.invoicesClosed, 0)
  assert.equal(closed.counts.invoicesClosed, 2)
})

test('a full export never closes the invoice of a rejected row, and closes nothing when a rejected row has no number', async t => {
  const ledger = await aLedger(t)
  await ledger.import({ file: ledger.file('a.csv', flatCsv(many(20))) })
  const broken = many(20).with(0, '0,Debtor 0,I-0,someday,1.00')

  const named = await ledger.import({ file: ledger.file('b.csv', flatCsv(broken.slice(0, 19))), fullExport: true })
  const nameless = await ledger.import({ file: ledger.file('c.csv', flatCsv(many(20).with(0, '0,Debtor 0,,2026-02-01,1.00'))), fullExport: true })

  assert.equal(named.counts.invoicesClosed, 1)
  assert.equal((await ledger.db.invoice.findFirstOrThrow({ where: { number: 'I-0' } })).status, 'open')
  assert.equal(nameless.counts.invoicesClosed, 0)
  assert.match(nameless.closingSkipped ?? '', /line 2 was rejected/)
})

test('an open amount of zero closes an invoice as paid and a credit note as credited', async t => {
  const ledger = await aLedger(t)
  const header = 'debtor_number,debtor_name,invoice_number,due_date,amount,open_amount'

  await ledger.import({ file: ledger.file('a.csv', [header, '1,A,I-1,2026-02-01,10,0', '1,A,I-2,2026-02-01,-10,0', '1,A,I-3,2026-02-01,10,']) })

  const invoices = await ledger.db.invoice.findMany({ orderBy: { number: 'asc' } })
  assert.deepEqual(
    invoices.map(each => [each.status, each.closedReason, each.openAmount.toFixed()]),
    [
      ['closed', 'paid', '0'],
      ['closed', 'credited', '0'],
      ['open', null, '10'],
    ],
  )
})

test('a dry run says what would be created, changed and closed, and changes nothing', async t => {
  const ledger = await aLedger(t)
  await ledger.import({ file: ledger.file('a.csv', flatCsv(many(20))) })
  const before = await ledger.dump()
  const rows = [...many(19).with(0, '0,Debtor 0,I-0,2026-02-01,99.00'), '9,New,I-99,2026-02-01,5.00', '9,New,I-98,nonsense,5.00']

  const result = await ledger.import({ file: ledger.file('b.csv', flatCsv(rows)), fullExport: true, dryRun: true })

  assert.equal(result.kind, 'dry_run')
  const diff = result.kind === 'dry_run' ? result.diff : []
  const find = (subject: string, change: string) => diff.filter(each => each.subject === subject && each.change === change)
  assert.deepEqual(
    find('invoice', 'changed').map(each => [each.key, each.old?.amount, each.new?.amount]),
    [['I-0', 1, 99]],
  )
  assert.deepEqual(
    find('invoice', 'created').map(each => each.key),
    ['I-99'],
  )
  assert.deepEqual(
    find('invoice', 'closed').map(each => each.key),
    ['I-19'],
  )
  assert.deepEqual(
    find('debtor', 'created').map(each => each.key),
    ['9'],
  )
  assert.equal(result.counts.rejected, 1)
  assert.deepEqual(await ledger.dump(), before)
  assert.equal(await ledger.db.importRun.count(), 1)
  assert.equal(existsSync(`${ledger.dataDir}/rejects`), false)
})

const contactHeader = 'debtor_number,debtor_name,language,email,phone,contact_name,invoice_number,due_date,amount'

test('what Duncan changed on a debtor or contact survives until the imported value itself changes', async t => {
  const ledger = await aLedger(t)
  const row = (email: string, language: string) => ledger.file('a.csv', [contactHeader, `1,Alder,${language},${email},010,Ann,I-1,2026-02-01,10`])
  await ledger.import({ file: row('ann@alder.example', 'nl') })
  await ledger.db.contact.updateMany({ data: { email: 'ap@alder.example', absentUntil: new Date('2026-04-01') } })
  await ledger.db.debtor.updateMany({ data: { language: 'fr' } })

  await ledger.import({ file: row('ann@alder.example', 'nl') })
  const kept = await ledger.dump()
  await ledger.import({ file: row('new@alder.example', 'de') })
  const taken = await ledger.dump()

  assert.deepEqual([kept.debtors[0]?.language, kept.debtors[0]?.contacts[0]?.email], ['fr', 'ap@alder.example'])
  assert.deepEqual([taken.debtors[0]?.language, taken.debtors[0]?.contacts.map(each => each.email)], ['de', ['new@alder.example']])
  assert.equal((await ledger.db.contact.findFirstOrThrow()).absentUntil?.toISOString().slice(0, 10), '2026-04-01')
})

test('several addresses make several contacts, one that leaves the export goes, one that a person made stays', async t => {
  const ledger = await aLedger(t)
  const row = (emails: string) => ledger.file('a.csv', [contactHeader, `1,Alder,nl,${emails},010,Ann,I-1,2026-02-01,10`])
  const emails = async () => (await ledger.db.contact.findMany({ orderBy: { email: 'asc' } })).map(each => each.email)
  await ledger.import({ file: row('a@alder.example; b@alder.example') })
  const { id } = await ledger.db.debtor.findFirstOrThrow()
  await ledger.db.contact.create({ data: { debtorId: id, email: 'staff@alder.example', name: 'Sam', source: 'staff' } })

  assert.deepEqual(await emails(), ['a@alder.example', 'b@alder.example', 'staff@alder.example'])
  await ledger.import({ file: row('b@alder.example') })
  assert.deepEqual(await emails(), ['b@alder.example', 'staff@alder.example'])
  await ledger.import({ file: row('b@alder.example;staff@alder.example') })
  assert.deepEqual(await emails(), ['b@alder.example', 'staff@alder.example'])
  const again = await ledger.import({ file: row('b@alder.example;staff@alder.example') })
  assert.equal(again.counts.contactsChanged + again.counts.contactsCreated + again.counts.contactsRemoved, 0)
  assert.equal((await ledger.db.contact.findFirstOrThrow({ where: { email: 'staff@alder.example' } })).name, 'Sam')
})

test('columns that a file does not have leave their fields alone', async t => {
  const ledger = await aLedger(t)
  await ledger.import({ file: ledger.file('a.csv', [contactHeader, '1,Alder,nl,a@alder.example,010,Ann,I-1,2026-02-01,10']) })

  await ledger.import({ file: ledger.file('b.csv', flatCsv(['1,Alder,I-1,2026-02-01,10'])) })

  const { debtors } = await ledger.dump()
  assert.deepEqual([debtors[0]?.language, debtors[0]?.contacts], ['nl', [{ email: 'a@alder.example', name: 'Ann', phone: '010' }]])
})

test('a debtor whose rows differ is taken from the later line, with a warning', async t => {
  const ledger = await aLedger(t)

  const result = await ledger.import({
    file: ledger.file('a.csv', flatCsv(['1,Alder,I-1,2026-02-01,10', '1,Elder,I-2,2026-02-01,10', '1,Elder,I-3,2026-02-01,10'])),
  })

  assert.equal((await ledger.dump()).debtors[0]?.name, 'Elder')
  assert.deepEqual(
    result.warnings.map(({ line, column }) => [line, column]),
    [[3, 'debtor_number']],
  )
})

test('a normal import makes the ledger fresh; a backfill loads history and does not', async t => {
  const ledger = await aLedger(t)
  const file = ledger.file('a.csv', flatCsv(['1,Alder,I-1,2020-02-01,10']))
  const stale = async () => isLedgerStale(ledger.db, (await ledger.db.administration.findFirstOrThrow()).id, ledger.clock, 24)

  const backfill = await ledger.import({ file, mode: 'backfill' })
  const afterBackfill = await stale()
  await ledger.import({ file })
  const afterNormal = await stale()
  ledger.clock.advance({ hours: 25 })

  assert.equal(backfill.mode, 'backfill')
  assert.equal(backfill.counts.invoicesCreated, 1)
  assert.deepEqual([afterBackfill, afterNormal, await stale()], [true, false, true])
})

test('a run leaves one audit entry with its counts and the file hash', async t => {
  const ledger = await aLedger(t)

  const result = await ledger.import({ file: ledger.file('a.csv', flatCsv(['1,Alder,I-1,2026-02-01,10'])), actor: 'staff:1' })

  const entries = await ledger.db.auditEntry.findMany()
  assert.equal(entries.length, 1)
  const detail = entries[0]?.detail as { fileHash?: string; counts?: { invoicesCreated?: number } }
  assert.deepEqual([entries[0]?.actor, entries[0]?.event, detail.fileHash, detail.counts?.invoicesCreated], ['staff:1', 'ledger.imported', result.fileHash, 1])
})

test('two imports of overlapping files at once both succeed, one after the other', async t => {
  const ledger = await aLedger(t)
  const files = [0, 1, 2].map(index => ledger.file(`${index}.csv`, flatCsv(many(300).slice(index * 50))))

  const results = await Promise.all(files.map(file => importLedger(ledger.deps, { file })))

  assert.deepEqual(
    results.map(each => each.kind),
    ['imported', 'imported', 'imported'],
  )
  assert.equal(await ledger.db.invoice.count(), 300)
  assert.equal(await ledger.db.administration.count(), 1)
  assert.deepEqual(await ledger.db.$queryRaw`SELECT tablename FROM pg_tables WHERE schemaname = 'import_staging'`, [])
})

const invoice = fc.record({
  debtor: fc.integer({ min: 1, max: 4 }),
  number: fc.integer({ min: 1, max: 30 }),
  amount: fc.integer({ min: -500, max: 900 }).filter(amount => amount !== 0),
  isBad: fc.boolean(),
})
const invoices = fc.uniqueArray(invoice, { selector: each => each.number, minLength: 1, maxLength: 25 })
type Invoice = { debtor: number; number: number; amount: number; isBad: boolean }
const line = ({ debtor, number, amount, isBad }: Invoice, isFixed = false) =>
  `${debtor},"Debtor; ${debtor}",N-${number},${isBad && !isFixed ? '31.31.2026' : '2026-02-01'},${amount}.50`

test('a corrected reject file brings the ledger to where a clean file would have', async t => {
  const [clean, mended] = [await aLedger(t), await aLedger(t)]

  await fc.assert(
    fc.asyncProperty(invoices, async rows => {
      await emptyTestDatabase(clean.database)
      await emptyTestDatabase(mended.database)
      await clean.import({ file: clean.file('a.csv', flatCsv(rows.map(row => line(row, true)))) })

      const first = await mended.import({ file: mended.file('a.csv', flatCsv(rows.map(row => line(row)))) })
      if (first.kind === 'imported' && first.rejectFile) {
        const corrected = readFileSync(first.rejectFile, 'utf8').replaceAll(/,31\.31\.2026,/g, ',2026-02-01,')
        const second = await mended.import({ file: mended.file('fixed.csv', Buffer.from(corrected)), fullExport: true })
        assert.equal(second.counts.rejected, 0)
      }

      assert.deepEqual(await mended.dump(), await clean.dump())
    }),
    { numRuns: 5 },
  )
})

test('files imported in any order, and again, come to the same ledger', async t => {
  const [one, other] = [await aLedger(t), await aLedger(t)]

  await fc.assert(
    fc.asyncProperty(invoices, fc.integer({ min: 0, max: 25 }), async (rows, cut) => {
      await emptyTestDatabase(one.database)
      await emptyTestDatabase(other.database)
      const part = (from: number, to?: number) => flatCsv(rows.slice(from, to).map(row => line(row, true)))
      const files = [part(0, cut), part(cut)].filter(lines => lines.length > 1)
      for (const lines of files) await one.import({ file: one.file('a.csv', lines) })
      for (const lines of [...files.toReversed(), ...files]) await other.import({ file: other.file('a.csv', lines) })

      assert.deepEqual(await other.dump(), await one.dump())
    }),
    { numRuns: 4 },
  )
})

test('the next import clears away what a crashed one left behind', async t => {
  const ledger = await aLedger(t)
  const { db } = ledger
  const crashed = await db.importRun.create({
    data: { type: 'flat', fileName: 'x.csv', fileHash: '', mode: 'normal', status: 'running', startedAt: new Date('2026-03-01') },
  })
  await db.$executeRaw`CREATE SCHEMA import_staging`
  await db.$executeRawUnsafe(`CREATE UNLOGGED TABLE import_staging.invoice_${crashed.id} (line int)`)

  await ledger.import({ file: ledger.file('a.csv', flatCsv(['1,Alder,I-1,2026-02-01,10'])) })

  assert.equal((await db.importRun.findUniqueOrThrow({ where: { id: crashed.id } })).status, 'failed')
  assert.deepEqual(await db.$queryRaw`SELECT tablename FROM pg_tables WHERE schemaname = 'import_staging'`, [])
})
