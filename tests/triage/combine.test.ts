import assert from 'node:assert/strict'
import { test } from 'node:test'
import { silentLog } from '#platform'
import { assertedIntents, combineReadings, createTriage, type Fact, type Reading } from '#triage'
import { aContext, aMessage } from './messages.ts'

const evidence = { start: 0, end: 6, text: 'Friday' }
const aFact = (value: string, over: Partial<Fact> = {}): Fact => ({
  kind: 'promised_date',
  value,
  evidence,
  confidence: 0.8,
  promise: 1,
  conditional: false,
  ...over,
})
const aReading = (engine: 'local' | 'llm', intents: Reading['intents'], facts: Fact[] = []): Reading => ({
  engine,
  language: 'en',
  intents,
  facts,
  quarantine: [],
  disagreements: [],
})

test('agreement raises the confidence of an intent and of a fact', () => {
  const intents: Reading['intents'] = [{ intent: 'promise_to_pay', confidence: 0.8 }]

  const both = combineReadings(aReading('local', intents, [aFact('2026-11-27')]), aReading('llm', intents, [aFact('2026-11-27')]))

  assert.equal((both.intents[0]?.confidence ?? 0) > 0.9, true)
  assert.equal((both.facts[0]?.confidence ?? 0) > 0.9, true)
  assert.deepEqual(both.disagreements, [])
})

test('an intent that only one asserts is lowered and named', () => {
  const local = aReading('local', [{ intent: 'dispute', confidence: 0.7 }])
  const llm = aReading('llm', [{ intent: 'promise_to_pay', confidence: 0.7 }])

  const both = combineReadings(local, llm)

  assert.deepEqual(assertedIntents(both), [])
  assert.equal(both.disagreements.length, 2)
})

test('two different days are both kept, lowered, and named', () => {
  const intents: Reading['intents'] = [{ intent: 'promise_to_pay', confidence: 0.8 }]

  const both = combineReadings(aReading('local', intents, [aFact('2026-11-27')]), aReading('llm', intents, [aFact('2026-12-04')]))

  assert.deepEqual(
    both.facts.map(({ value, confidence }) => [value, confidence < 0.5]),
    [
      ['2026-11-27', true],
      ['2026-12-04', true],
    ],
  )
  assert.equal(both.disagreements.length, 2)
})

test('a condition that one engine sees makes the promise conditional', () => {
  const both = combineReadings(aReading('local', [], [aFact('2026-11-27')]), aReading('llm', [], [aFact('2026-11-27', { conditional: true })]))

  assert.equal(both.facts[0]?.conditional, true)
  assert.equal(both.disagreements.length, 1)
})

test('a bounce is settled by structure and the language model is not asked', async () => {
  let asked = 0
  const llm = { name: 'llm' as const, read: async () => (asked++, aReading('llm', [])) }

  const reading = await createTriage({ llm, log: silentLog }).readMessage(aMessage('550 user unknown', { kind: 'bounce' }), aContext())

  assert.equal(reading.engine, 'structure')
  assert.deepEqual(assertedIntents(reading), ['bounce'])
  assert.equal(asked, 0)
})

test('an absence notice that mentions a payment is an absence notice', async () => {
  const text = 'I am out of the office until 4 December. All invoices will be paid on 10 December.'

  const reading = await createTriage({ log: silentLog }).readMessage(aMessage(text, { kind: 'auto_reply' }), aContext())

  assert.deepEqual(assertedIntents(reading), ['out_of_office'])
  assert.deepEqual(
    reading.facts.map(({ kind, value }) => [kind, value]),
    [['return_date', '2026-12-04']],
  )
})

test('an automatic answer that its mail shows to be an absence is one, whatever words it has', async () => {
  const text = 'Nora Webb has left us. Please write to accounts@noordhout.example.'

  const reading = await createTriage({ log: silentLog }).readMessage(aMessage(text, { kind: 'auto_reply', autoReply: 'absence' }), aContext())

  assert.deepEqual(assertedIntents(reading), ['out_of_office'])
  assert.deepEqual(
    reading.facts.map(({ kind, value }) => [kind, value]),
    [['stand_in', 'accounts@noordhout.example']],
  )
})

test('a language model that throws leaves the local reading', async () => {
  const llm = { name: 'llm' as const, read: async () => Promise.reject(new Error('down')) }

  const reading = await createTriage({ llm, log: silentLog }).readMessage(aMessage('We will pay invoice F-1001 on Friday.'), aContext())

  assert.equal(reading.engine, 'local')
  assert.equal(assertedIntents(reading)[0], 'promise_to_pay')
})

test('an empty mail and one of a single letter are read without a fault', async () => {
  for (const text of ['', ' ', '?', '\u0000']) {
    const reading = await createTriage({ log: silentLog }).readMessage(aMessage(text), aContext())

    assert.deepEqual(reading.facts, [])
  }
})

test('what is written differently and means alike agrees; another currency does not', () => {
  const amount = (value: string, currency?: string) => aFact(value, { kind: 'promised_amount', ...(currency && { currency }) })
  const plan = (dates: string[]) => ({ ...aFact('', { kind: 'instalment' }), value: { count: 2, amount: '50.00', dates } })
  const local = [amount('1200.00', 'EUR'), aFact('F-1001', { kind: 'invoice_number' }), plan(['2026-12-01', '2027-01-01'])]
  const llm = [amount('1200'), aFact('f 1001', { kind: 'invoice_number' }), plan(['2027-01-01', '2026-12-01'])]

  const both = combineReadings(aReading('local', [], local), { ...aReading('llm', [], llm), model: { name: 'm', prompt: 'p@2' } })
  const differing = combineReadings(aReading('local', [], [amount('1200.00', 'EUR')]), aReading('llm', [], [amount('1200.00', 'USD')]))

  assert.deepEqual(both.disagreements, [])
  assert.equal(both.facts.length, 3)
  assert.equal(
    both.facts.every(({ confidence }) => confidence > 0.9),
    true,
  )
  assert.deepEqual(both.model, { name: 'm', prompt: 'p@2' })
  assert.equal(differing.disagreements.length, 2)
})
