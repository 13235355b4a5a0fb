import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cardContext } from '../../src/chat/context.ts'
import { editForm, readEdits, tickedIds } from '../../src/chat/forms/edit-form.ts'
import { parseAmount } from '../../src/chat/forms/parse-amount.ts'
import { aView } from './views.ts'

const english = cardContext('en', 'Europe/Amsterdam')
const dutch = cardContext('nl', 'Europe/Amsterdam')
const recipients = { recipients: ['p.visser@visserinstallatie.example', 'finance@visserinstallatie.example'], disputeTypes: ['price', 'other'] }

const filledIn = () => {
  const fields = editForm(aView(), recipients, {}, english).elements.flatMap(element => (element.type === 'field' ? [element.field] : []))
  return Object.fromEntries(fields.map(field => [field.id, String(field.value)]))
}

test('the edit form is filled in as the proposal stands, and sending it back unchanged edits nothing', () => {
  const values = filledIn()

  assert.equal(values['edit.1.promisedOn'], '2026-03-06')
  assert.equal(values['edit.1.amount'], '1210.00')
  assert.equal(values['edit.1.invoices'], '2026-0412')
  assert.equal(values['edit.2.to'], 'p.visser@visserinstallatie.example')
  const withBrowserLineEnds = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, value.replaceAll('\n', '\r\n')]))
  assert.deepEqual(readEdits(aView(), recipients, withBrowserLineEnds, english), { kind: 'edits', edits: [] })
  assert.deepEqual(tickedIds(aView(), values), [1, 2])
})

const textsOf = (extension?: string) => editForm(aView(), { ...recipients, extension }, {}, english).elements.filter(({ type }) => type === 'text')

test('who gives time in the edit form reads until when the credit insurer covers it', () => {
  assert.deepEqual(textsOf(), [])
  assert.deepEqual(JSON.stringify(textsOf('covers until 31 March')).match(/covers until/g)?.length, 1) // the promise, not the reply
})

test('what was changed is read by action, amounts in the reader’s language', () => {
  const values = {
    ...filledIn(),
    'tick.1': 'false',
    'edit.1.amount': '1.000,50',
    'edit.1.promisedOn': '2026-03-13',
    'edit.1.invoices': '2026-0412, 2026-0413; 2026-0414',
    'edit.2.text': 'Dear Petra,',
    'edit.2.to': 'finance@visserinstallatie.example',
  }

  assert.deepEqual(readEdits(aView(), recipients, values, dutch), {
    kind: 'edits',
    edits: [
      { actionId: 1, promisedOn: '2026-03-13', amount: '1000.50', invoiceNumbers: ['2026-0412', '2026-0413', '2026-0414'] },
      { actionId: 2, to: ['finance@visserinstallatie.example'], text: 'Dear Petra,' },
    ],
  })
  assert.deepEqual(tickedIds(aView(), values), [2])
})

test('an amount that is none, or could be read in two ways, is asked about and never guessed', () => {
  const values = { ...filledIn(), 'edit.1.amount': 'about 1000' }

  assert.deepEqual(readEdits(aView(), recipients, values, english), { kind: 'invalid', label: 'Amount (EUR): about 1000' })
  const cases: [string, string, string | undefined][] = [
    ['1250', ',', '1250'],
    ['€ 1.250,50', '.', '1250.50'],
    ['1,250.50', ',', '1250.50'],
    ['1250,5', '.', '1250.5'],
    ['1.250', '.', '1250'],
    ['1,250', ',', '1250'],
    ['1.250', ',', undefined],
    ['12.345.678', ',', '12345678'],
    ['1 250,00', '\u00a0', '1250.00'],
    ['1.25.50', '.', undefined],
    ['1,25,5', '.', undefined],
    ['', '.', undefined],
    ['-50.00', ',', '-50.00'],
    ['1e3', ',', undefined],
  ]
  for (const [typed, groups, expected] of cases) assert.equal(parseAmount(typed, groups), expected, `${typed} with ${groups}`)
})
