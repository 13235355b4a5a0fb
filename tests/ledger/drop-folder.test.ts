import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { importDropFolder } from '#ledger'
import { aLedger, flatCsv } from './support.ts'

async function aFolder(t: Parameters<typeof aLedger>[0]) {
  const ledger = await aLedger(t)
  const folder = join(ledger.dataDir, 'drop')
  mkdirSync(folder)
  return {
    ...ledger,
    folder,
    drop: (name: string, lines: string[], secondsAgo = 60) => {
      writeFileSync(join(folder, name), `${lines.join('\n')}\n`)
      const at = ledger.clock.now().epochMilliseconds / 1000 - secondsAgo
      utimesSync(join(folder, name), at, at)
    },
    in: (name: string) => readdirSync(join(folder, name)).toSorted(),
  }
}

test('a dropped file is imported once and moves to done with its report', async t => {
  const it = await aFolder(t)
  it.drop('open.csv', flatCsv(['1,Alder,I-1,2026-02-01,10', '1,Alder,I-2,never,10']))

  const first = await importDropFolder(it.deps, it.folder)
  const second = await importDropFolder(it.deps, it.folder)

  assert.deepEqual(
    first.map(({ name, outcome }) => [name, outcome.kind]),
    [['open.csv', 'imported']],
  )
  assert.deepEqual(second, [])
  assert.deepEqual(it.in('done'), ['2026-03-02T080000Z-open.csv', '2026-03-02T080000Z-open.csv.report.json'])
  const report = JSON.parse(readFileSync(join(it.folder, 'done/2026-03-02T080000Z-open.csv.report.json'), 'utf8')) as {
    counts: object
    rejects: { line: number }[]
  }
  assert.equal(report.rejects[0]?.line, 3)
  assert.equal(await it.db.invoice.count(), 1)
})

test('a file that still grows is left alone', async t => {
  const it = await aFolder(t)
  it.drop('open.csv', flatCsv(['1,Alder,I-1,2026-02-01,10']), 1)

  const early = await importDropFolder(it.deps, it.folder)
  it.clock.advance({ seconds: 10 })
  const later = await importDropFolder(it.deps, it.folder)

  assert.deepEqual([early.length, later.length], [0, 1])
})

test('mapping files are chosen by their pattern, and a file that cannot be read moves to failed with the remedy', async t => {
  const it = await aFolder(t)
  it.drop('debtors.yaml', ['files: "debtors-*.csv"', 'type: debtors', 'columns: {debtor_number: Nr, debtor_name: Name}'])
  it.drop('debtors-1.csv', ['Nr;Name', '5;Elm'])
  it.drop('other.csv', ['Nr;Name', '5;Elm'])

  const dropped = await importDropFolder(it.deps, it.folder)

  assert.deepEqual(
    dropped.map(({ name, outcome }) => [name, outcome.kind]),
    [
      ['debtors-1.csv', 'imported'],
      ['other.csv', 'failed'],
    ],
  )
  assert.equal((await it.dump()).debtors[0]?.name, 'Elm')
  const report = JSON.parse(readFileSync(join(it.folder, 'failed', it.in('failed').find(name => name.endsWith('.json')) ?? ''), 'utf8')) as {
    problem: string
    remedy: string
  }
  assert.match(report.problem, /no column "debtor_number"/)
  assert.match(report.remedy, /--suggest/)
})

test('a full export that waits for confirmation moves to failed and says how to go on', async t => {
  const it = await aFolder(t)
  it.drop('mapping.yaml', ['full_export: true'])
  it.drop('a.csv', flatCsv(['1,Alder,I-1,2026-02-01,10', '1,Alder,I-2,2026-02-01,10']))
  it.drop('b.csv', flatCsv(['1,Alder,I-1,2026-02-01,10']))

  const dropped = await importDropFolder(it.deps, it.folder)

  assert.deepEqual(
    dropped.map(({ outcome }) => outcome.kind),
    ['imported', 'waiting_confirmation'],
  )
  const report = readFileSync(join(it.folder, 'failed', it.in('failed').find(name => name.endsWith('.json')) ?? ''), 'utf8')
  assert.match(report, /--confirm/)
})

test('several processes that watch one folder import each file once', async t => {
  const it = await aFolder(t)
  for (const index of [1, 2, 3]) it.drop(`${index}.csv`, flatCsv([`${index},Debtor,I-${index},2026-02-01,10`]))

  const rounds = await Promise.all([1, 2, 3].map(() => importDropFolder(it.deps, it.folder)))

  assert.equal(rounds.flat().length, 3)
  assert.equal(await it.db.importRun.count(), 3)
})
