import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { doneActions, pay } from '../dunning/results/done-actions.ts'
import { aLedger, anItem } from '../search/ledger.ts'
import { duncan } from '../support/cli.ts'
import { createTestDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('duncan tells what came of dunning, which version of a workflow ran, and writes reports as files', async t => {
  const { url, client } = await createTestDatabase(t)
  const folder = temporaryFolder(t)
  const env = { DATABASE_URL: url, DUNCAN_DATA_DIR: folder }
  const { administrationId, debtors } = await aLedger(client, ['Visser BV', 'Duarte Lda'])
  const [visser = 0, duarte = 0] = debtors.map(({ id }) => id)
  const [a, b] = [await item(visser, 'A-1'), await item(duarte, 'B-1')]
  const done = await doneActions(client)
  await done({ debtorId: visser, on: '2026-01-10', items: [{ id: a.id, amount: '100.00' }] })
  await done({ debtorId: duarte, on: '2026-01-10', items: [{ id: b.id, amount: '100.00' }], type: 'call', step: 'call' })
  await pay(client, a.id, '2026-01-12', '100.00')
  const { id: versionId } = await client.workflowVersion.findFirstOrThrow()
  await client.dunningItem.create({ data: { invoiceId: b.id, debtorId: duarte, versionId, step: 1 } })
  const report = (name: string, ...more: string[]) => duncan(['report', name, ...more], env)
  const [excel, pdf] = [join(folder, 'aging.xlsx'), join(folder, 'results.pdf')]

  const results = await duncan(['results', '--days', '3660'], env)
  const found = await duncan(['results', '--days', '3660', '--find', 'Duarte', '--json'], env)
  const recent = await duncan(['results', '--days', '1'], env)
  const refused = await Promise.all([duncan(['results', '--days', '0'], env), duncan(['results', '--find', 'contry:DE'], env)])
  const tests = await duncan(['results', 'tests'], env)
  const versions = await duncan(['workflows', 'versions', 'standard'], env)
  const ran = await duncan(['workflows', 'ran', 'b1'], env)
  const unknown = await Promise.all([duncan(['workflows', 'versions', 'none'], env), duncan(['workflows', 'ran', 'Z-9'], env)])
  const pack = join(import.meta.dirname, '../../samples/settings/en')
  for (const name of ['company.yaml', 'dunning.yaml']) writeFileSync(join(folder, name), readFileSync(join(pack, name), 'utf8').replaceAll('larkfield', 'HL'))
  const preview = (...files: string[]) => duncan(['workflows', 'preview', ...files.map(name => join(folder, name))], env)
  const previews = await Promise.all([preview('company.yaml', 'dunning.yaml'), preview('dunning.yaml')])
  const written = await Promise.all([report('aging', '--out', excel, '--filter', 'Duarte'), report('results', '--out', pdf, '--language', 'de')])
  const wrong = await Promise.all([
    report('nothing', '--out', excel),
    report('aging', '--out', join(folder, 'aging.doc')),
    report('aging', '--out', excel, '--as', '@nobody'),
    report('aging', '--out', join(folder, 'none.xlsx'), '--filter', 'contry:DE'),
  ])

  assert.equal(results.code, 0, results.err)
  assert.match(results.out, /^email +1 +.*100.* 100% \(1\/1\)/m)
  assert.match(results.out, /^standard call call +1 .* 0% \(0\/1\)/m)
  assert.deepEqual(
    (JSON.parse(found.out) as { channels: { channel: string; sent: number }[] }).channels.map(({ channel, sent }) => [channel, sent]),
    [['call', 1]],
  )
  assert.match(recent.out, /Nothing reached a debtor/)
  assert.deepEqual(
    refused.map(({ code }) => code !== 0),
    [true, true],
  )
  assert.match(tests.out, /No test is planned/)
  assert.match(versions.out, /^1 +\d{4}-\d\d-\d\d +1 +Standard +first$/m)
  assert.match(ran.out, /^B-1 +2026-01-10 +call +call +done +standard +1/m)
  assert.match(ran.out, /^B-1 +now +standard +1/m)
  assert.match(unknown.map(({ err }) => err).join(), /No item began on a workflow none[^]*no invoice Z-9/)
  assert.deepEqual([previews[0]?.code, previews[1]?.code], [0, 1], previews[0]?.err)
  assert.match(previews[0]?.out ?? '', /^0 open items are on these workflows/)
  assert.match(previews[1]?.err ?? '', /dunning\.yaml:7:\d+ {2}workflows\.standard\.administrations\.0: names HL/)
  assert.deepEqual(
    written.map(({ code, err }) => [code, err]),
    [
      [0, ''],
      [0, ''],
    ],
  )
  assert.match(written[0]?.out ?? '', /aging\.xlsx: \d+ rows of aging/)
  assert.deepEqual(
    [excel, pdf].map(file => readFileSync(file).subarray(0, 4).toString('latin1')),
    ['PK\u0003\u0004', '%PDF'],
  )
  assert.ok(wrong.every(({ code }) => code !== 0))
  assert.match(wrong.map(({ err }) => err).join('\n'), /no report nothing[^]*neither in \.xlsx nor in \.pdf[^]*Nobody is called[^]*contry/)
  assert.ok(!existsSync(join(folder, 'none.xlsx')))

  function item(debtorId: number, number: string) {
    return anItem(client, { administrationId, debtorId }, number, '2026-01-01', '100.00')
  }
})
