// Entries per second of a camt.053 statement that is read, stored and matched against open invoices, beside bare XML parsing of the
// same file. `node bench/statements.ts --entries 5000 --invoices 20000 --json`

import { once } from 'node:events'
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { XMLParser } from 'fast-xml-parser'
import { defaultMatchingRules, importStatement, matchPayments } from '#ledger'
import { type Database, ensureDatabase, migrate, openDatabase, startEmbeddedPostgres, systemClock } from '#platform'

export type StatementsBench = {
  entries: number
  invoices: number
  fileMb: number
  importSeconds: number
  matchSeconds: number
  /** Read, stored and matched. */
  entriesPerSecond: number
  importEntriesPerSecond: number
  matchEntriesPerSecond: number
  bareParseSeconds: number
  bareParseEntriesPerSecond: number
  /** Of all payments: allocated without asking, left to a person. */
  matched: number
  review: number
  unapplied: number
}

/** One statement of `entries` lines against `invoices` open invoices of a tenth as many debtors. */
export async function benchStatements({ entries, invoices }: { entries: number; invoices: number }): Promise<StatementsBench> {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-bench-'))
  const server = await startEmbeddedPostgres(join(folder, 'pg'))
  try {
    await ensureDatabase(server, 'bench_statements')
    const url = server.url('bench_statements')
    await migrate(url)
    const database = openDatabase(url)
    try {
      await fillLedger(database, invoices)
      const file = await writeStatement(join(folder, 'camt053.xml'), entries, invoices)
      const bareParseSeconds = await seconds(async () => void new XMLParser({ ignoreAttributes: false }).parse(readFileSync(file.path, 'utf8')))
      const importSeconds = await seconds(async () => void (await importStatement({ database, clock: systemClock }, { file: file.path })))
      let counts = { matched: 0, review: 0, unapplied: 0 }
      const deps = { client: database.client, clock: systemClock, calendars: {}, rules: defaultMatchingRules }
      const matchSeconds = await seconds(async () => void (counts = await matchPayments(deps)))
      const rate = (time: number) => Math.round(entries / time)
      return {
        entries,
        invoices,
        fileMb: Math.round(file.bytes / 1e6),
        importSeconds,
        matchSeconds,
        entriesPerSecond: rate(importSeconds + matchSeconds),
        importEntriesPerSecond: rate(importSeconds),
        matchEntriesPerSecond: rate(matchSeconds),
        bareParseSeconds,
        bareParseEntriesPerSecond: rate(bareParseSeconds),
        matched: counts.matched,
        review: counts.review,
        unapplied: counts.unapplied,
      }
    } finally {
      await database.close()
    }
  } finally {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const started = performance.now()
  await work()
  return Number(((performance.now() - started) / 1000).toFixed(2))
}

const cents = (invoice: number): number => 1000 + ((invoice * 7919) % 900_000)
const money = (amount: number): string => `${Math.floor(amount / 100)}.${String(amount % 100).padStart(2, '0')}`
/** ISO 11649 of the invoice's number. */
const reference = (invoice: number): string => {
  const number = String(2_026_000_000 + invoice)
  return `RF${String(98n - (BigInt(`${number}271500`) % 97n)).padStart(2, '0')}${number}`
}

async function fillLedger({ pool }: Database, invoices: number): Promise<void> {
  await pool.query(`INSERT INTO "Administration" (code, name, "importedAt") VALUES ('NL01', 'NL01', now())`)
  await pool.query(
    `INSERT INTO "Debtor" ("administrationId", number, name, "searchName", "updatedAt") SELECT 1, 'D' || (100000 + n), 'Debtor ' || n || ' Trading B.V.', 'debtor ' || n || ' trading', now() FROM generate_series(1, $1::int) n`,
    [Math.max(1, Math.floor(invoices / 10))],
  )
  const rows = Array.from({ length: invoices }, (_, invoice) => ({ n: invoice, amount: money(cents(invoice)), reference: reference(invoice) }))
  for (let at = 0; at < rows.length; at += 20_000) {
    await pool.query(
      `INSERT INTO "Invoice" ("administrationId", "debtorId", number, "searchNumber", "dueDate", currency, amount, "openAmount", "paymentReference", "ledgerOpenSince")
       SELECT 1, 1 + (r.n * 7919) % $2::int, (2026000000 + r.n)::text, (2026000000 + r.n)::text, '2026-02-01', 'EUR', r.amount, r.amount, r.reference, '2026-03-01'
       FROM jsonb_to_recordset($1::jsonb) AS r(n int, amount numeric, reference text)`,
      [JSON.stringify(rows.slice(at, at + 20_000)), Math.max(1, Math.floor(invoices / 10))],
    )
  }
  await pool.query('VACUUM ANALYZE "Debtor", "Invoice"') // as an import leaves them
}

const debtorOf = (invoice: number, invoices: number): number => 1 + ((invoice * 7919) % Math.max(1, Math.floor(invoices / 10)))

const balance = (code: string, amount: number) =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${money(amount)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-05</Dt></Dt></Bal>`

/** Half with the number in free text, a quarter with a reference, an eighth with the name alone, the rest with nothing that helps. */
async function writeStatement(path: string, entries: number, invoices: number): Promise<{ path: string; bytes: number }> {
  const out = createWriteStream(path)
  const total = Array.from({ length: entries }, (_, entry) => cents(entry)).reduce((sum, each) => sum + each, 0)
  out.write(
    `<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id><ElctrncSeqNb>1</ElctrncSeqNb><Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id><Ccy>EUR</Ccy></Acct>${balance('OPBD', 0)}${balance('CLBD', total)}\n`,
  )
  for (let entry = 0; entry < entries; entry++) {
    const kind = entry % 8
    const name = kind === 7 ? `Somebody ${entry}` : `Debtor ${debtorOf(entry, invoices)} Trading`
    const text =
      kind < 4 ? `<Ustrd>Betaling factuur ${2_026_000_000 + entry} met dank</Ustrd>` : kind === 7 ? '<Ustrd>zie bericht</Ustrd>' : '<Ustrd>Betaling</Ustrd>'
    const remittance =
      kind === 4 || kind === 5 ? `<Strd><CdtrRefInf><Tp><CdOrPrtry><Cd>SCOR</Cd></CdOrPrtry></Tp><Ref>${reference(entry)}</Ref></CdtrRefInf></Strd>` : text
    const written = out.write(
      `<Ntry><NtryRef>${entry}</NtryRef><Amt Ccy="EUR">${money(cents(entry))}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-05</Dt></BookgDt><ValDt><Dt>2026-03-05</Dt></ValDt><AcctSvcrRef>B${1_000_000 + entry}</AcctSvcrRef><BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls><TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><Amt Ccy="EUR">${money(cents(entry))}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>${name}</Nm></Pty></Dbtr><DbtrAcct><Id><IBAN>NL00BANK${String(debtorOf(entry, invoices)).padStart(10, '0')}</IBAN></Id></DbtrAcct></RltdPties><RmtInf>${remittance}</RmtInf></TxDtls></NtryDtls></Ntry>\n`,
    )
    if (!written) await once(out, 'drain')
  }
  out.end('</Stmt></BkToCstmrStmt></Document>\n')
  await finished(out)
  return { path, bytes: out.bytesWritten }
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { entries: { type: 'string', default: '50000' }, invoices: { type: 'string', default: '200000' }, json: { type: 'boolean', default: false } },
  })
  const figures = await benchStatements({ entries: Number(values.entries), invoices: Number(values.invoices) })
  if (values.json) console.log(JSON.stringify(figures, null, 2))
  else console.table(figures)
}
