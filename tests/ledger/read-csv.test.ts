import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { scoreByLabels } from '../../src/ledger/imports/find-header.ts'
import { readCsv } from '../../src/ledger/imports/read-csv.ts'

/** The text in pieces of a length, as a file arrives. */
async function* pieces(text: string, length: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length)
}

async function rowsOf(text: string, length: number): Promise<{ cells: string[]; line: number; problem: string | undefined }[]> {
  const table = await readCsv(pieces(text, length), 'a.csv', { delimiter: ';', scoreHeader: scoreByLabels(['one', 'two', 'three']), fillDown: [] })
  const rows = []
  for await (const batch of table.batches) rows.push(...batch.map(({ cells, line, problem }) => ({ cells, line, problem })))
  return rows
}

const cell = fc.string({ unit: fc.constantFrom('a', 'b', '"', ';', '\n', ' ', 'é'), maxLength: 6 })
const written = (text: string) => (/["\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

test('well-formed CSV is read as a CSV library reads it, wherever it is cut into pieces', async () => {
  const table = fc.array(fc.tuple(fc.constant('x'), cell, cell), { minLength: 1, maxLength: 8 })

  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 1, max: 40 }), async (rows, length) => {
      const text = `one;two;three\n${rows.map(row => row.map(written).join(';')).join('\n')}\n`

      const read = await rowsOf(text, length)

      const expected = parse(text, { delimiter: ';', info: true, from_line: 2 }) as unknown as { record: string[] }[]
      assert.deepEqual(
        read.map(each => each.cells),
        expected.map(each => each.record),
      )
    }),
  )
})

test('no text whatever makes the reader throw or lose a line', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: fc.constantFrom('a', '"', ';', '\n', '\r'), maxLength: 80 }), fc.integer({ min: 1, max: 30 }), async (body, length) => {
      const read = await rowsOf(`one;two\n${body}\nlast;row\n`, length)

      const end = read.at(-1)
      assert.ok(end?.problem !== undefined || end?.cells.at(-1) === 'row')
    }),
  )
})
