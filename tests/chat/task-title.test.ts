import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type TaskAbout, taskAboutSchema } from '#ledger'
import { taskTitle } from '../../src/chat/cards/task-title.ts'
import { createFormat } from '../../src/chat/format.ts'
import { wordsOf } from '../../src/chat/words/index.ts'

const abouts = taskAboutSchema.options.flatMap(({ shape }): TaskAbout[] => {
  const code = shape.code.value
  const mail = { address: 'a@b.example', refused: true, invoices: ['2026-1'], poNumber: 'PO7', promisedOn: '2026-12-04', items: 400 }
  const insured = { insurer: 'Veilig Krediet', policy: 'P-1', by: '2026-12-04', criterion: 'judgments' }
  const paid = { what: 'taken_back', amount: '10.00', currency: 'EUR' }
  const data = { ...mail, ...insured, ...paid, type: code === 'dunning_step' ? 'letter' : 'price', step: 'second', workflow: 'standard' }
  return [taskAboutSchema.parse({ code, ...data })]
})

test('what a task of Duncan’s asks for is told in each reader’s language, with its data; a person’s own words stay', () => {
  const told = ['en', 'nl', 'fr', 'de', 'pl'].map(language => {
    const context = { words: wordsOf(language), format: createFormat(language, 'Europe/Amsterdam') }
    return [...abouts.map(about => taskTitle({ about }, context)), taskTitle({ title: 'Bel Piet', about: { code: 'question' } }, context)]
  })

  for (const [at, { code }] of abouts.entries()) assert.equal(new Set(told.map(titles => titles[at])).size, 5, code)
  assert.deepEqual(
    told.map(titles => titles.at(-1)),
    Array.from({ length: 5 }, () => 'Bel Piet'),
  )
  const german = told[3]?.join('\n') ?? ''
  for (const said of ['a@b.example', '2026-1', 'PO7', '4. Dez. 2026', '400 Posten', 'Preis']) assert.ok(german.includes(said), said)
})
