import assert from 'node:assert/strict'
import { copyFileSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { importDropFolder } from '#ledger'
import { aBank } from '../ledger/statements/support.ts'
import { duncan } from '../support/cli.ts'

const samples = join(import.meta.dirname, '../../samples/statements')

test('duncan statement import takes files, matches their payments, and changes nothing the second time', async t => {
  const bank = await aBank(t)
  await bank.import({
    file: bank.file('open.csv', ['administration,debtor_number,debtor_name,invoice_number,due_date,amount', 'NL01,1,Zonneveld,2026-0117,2026-02-01,605.00']),
  })
  const env = { DATABASE_URL: bank.database.url, DUNCAN_DATA_DIR: bank.dataDir }
  const files = [join(samples, 'camt053.xml'), join(samples, 'mt940.sta')]

  const first = await duncan(['statement', 'import', ...files], env)
  const again = await duncan(['statement', 'import', ...files, '--json'], env)

  assert.deepEqual([first.code, first.err], [0, ''])
  assert.match(
    first.out,
    /camt053\.xml: 1 statements with 4 lines; 4 payments are new, 0 were known\.\nmt940\.sta: .*\nAllocated 1 payments; 4 wait for a person/,
  )
  assert.equal(again.code, 0)
  assert.deepEqual(
    (JSON.parse(again.out) as { files: { created: number }[] }).files.map(({ created }) => created),
    [0, 0],
  )
  assert.equal((await bank.db.invoice.findFirstOrThrow()).openAmount.toFixed(2), '0.00')
})

test('statements that are dropped into the import folder are known by what they hold', async t => {
  const bank = await aBank(t)
  const before = new Date(Date.parse('2026-03-02T07:00:00Z'))
  const folder = bank.dataDir
  for (const [sample, name] of [
    ['camt053.xml', 'a.xml'],
    ['mt940.sta', 'b.txt'],
    ['bank.csv', 'bank-1.csv'],
    ['bank.yaml', 'bank.yaml'],
  ] as const) {
    copyFileSync(join(samples, sample), join(folder, name))
    utimesSync(join(folder, name), before, before)
  }
  await bank.db.administration.deleteMany({ where: { code: 'default' } })

  const dropped = await importDropFolder(bank.deps, folder)

  assert.deepEqual(
    dropped.map(({ name, outcome }) => [name, outcome.kind]),
    [
      ['a.xml', 'imported'],
      ['b.txt', 'imported'],
      ['bank-1.csv', 'imported'],
    ],
  )
  assert.equal(await bank.db.payment.count({ where: { source: 'bank' } }), 6)
})
