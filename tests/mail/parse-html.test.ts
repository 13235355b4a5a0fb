import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createParser } from '#mail'

test('the cells of a table stay apart, and its rows stay lines', async t => {
  const parser = createParser({ threads: 1 })
  t.after(() => parser.close())
  const rows = '<tr><th>Invoice</th><th>Amount</th></tr><tr><td>F-2026-0412</td><td>1.250,00</td></tr>'
  const source = `From: a@debtor.example\nSubject: Paid\nContent-Type: text/html; charset=utf-8\n\n<p>Paid today:</p><table>${rows}</table><p>Regards</p>\n`

  const { mail } = await parser.parse(Buffer.from(source))

  assert.deepEqual(
    mail.text
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean),
    ['Paid today:', 'Invoice Amount', 'F-2026-0412 1.250,00', 'Regards'],
  )
})
