import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import type { PaymentProblem } from '#ledger'
import { problemSchema } from '#proposals'
import { quarantineSchema } from '#triage'
import { createFormat } from '../../src/chat/format.ts'
import { languages, type Words, wordsOf } from '../../src/chat/words/index.ts'
import { tell } from '../../src/chat/words/sentences.ts'
import { suspicionSchema } from '../../src/triage/quarantine.ts'

const leaves = (node: object, path = ''): [string, unknown][] =>
  Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? leaves(value, `${path}.${key}`) : [[`${path}.${key}`, value] as [string, unknown]],
  )
const say = (word: unknown): string => String(typeof word === 'function' ? word('<1>', '<2>', '<3>') : word)

/** All but what is told of facts of its own. */
function textsOf(language: string): object {
  const { problems: _problems, suspicion: _suspicion, paymentProblems: _payments, ...texts } = wordsOf(language)
  return texts
}

test('every language says everything, in its own words', () => {
  const english = new Map(leaves(textsOf('en')))
  for (const language of languages.filter(name => name !== 'en')) {
    const own = leaves(textsOf(language))
    const same = own.filter(([path, word]) => say(word) === say(english.get(path)))

    assert.deepEqual(own.map(([path]) => path).toSorted(), [...english.keys()].toSorted(), language)
    assert.ok(
      own.every(([path, word]) => path.endsWith('.pending') || say(word).trim() !== ''),
      language,
    )
    assert.ok(same.length < own.length / 8, `${language}: ${same.map(([path]) => path).join(' ')}`)
  }
})

test('no language loses what a text is about', () => {
  const english = leaves(textsOf('en'))
  for (const language of languages) {
    const own = new Map(leaves(textsOf(language)))
    for (const [path, word] of english) {
      const told = ['<1>', '<2>', '<3>'].filter(part => say(word).includes(part))
      assert.deepEqual(
        ['<1>', '<2>', '<3>'].filter(part => say(own.get(path)).includes(part)),
        told,
        `${language} ${path}`,
      )
    }
  }
})

/** One of each code that a schema knows, about facts of its own. */
function samplesOf<T>(schema: { options: readonly z.ZodObject[]; parse: (value: unknown) => T }): T[] {
  const facts: Record<string, unknown> = {
    kind: 'injection',
    day: '2026-03-12',
    status: 418,
    most: 17,
    addresses: ['a@korf.example', 'b@korf.example'],
    how: 'too_small',
    before: ['NL', 'BE'],
  }
  return schema.options.flatMap(({ shape }) => {
    const about = Object.entries(shape).map(([name, type]) => [name, type instanceof z.ZodLiteral ? type.value : (facts[name] ?? `<${name}>`)])
    const codes = shape.code instanceof z.ZodEnum ? shape.code.options : [(shape.code as z.ZodLiteral).value]
    return codes.map(code => schema.parse({ ...Object.fromEntries(about), code }))
  })
}

test('every problem, and every suspicion, is told in every language, in its own words, with all that it is about', () => {
  const problems = samplesOf(problemSchema)
  const suspicions = samplesOf(suspicionSchema)
  const tellAll = (language: string) => {
    const [words, format] = [wordsOf(language), createFormat(language, 'Europe/Amsterdam')]
    return [
      ...problems.map(each => [each, tell(words.problems, each, format)] as const),
      ...suspicions.map(each => [each, tell(words.suspicion, each, format)] as const),
    ]
  }
  const english = tellAll('en')

  for (const language of languages) {
    for (const [index, [each, told]] of tellAll(language).entries()) {
      const { code, ...about } = each
      const shown = Object.entries(about).flatMap(([name, value]) => (name === 'kind' || name === 'how' || code === 'day_over' ? [] : value))
      assert.deepEqual(
        shown.filter(value => !told.includes(String(value))),
        [],
        `${language} ${code}: ${told}`,
      )
      assert.equal(told === english[index]?.[1], language === 'en' || code === 'said', `${language} ${code}: ${told}`)
    }
  }
  assert.ok(english.some(([, told]) => told.includes('12 Mar 2026')) && problems.length > 60 && suspicions.length > 20)
})

test('why a payment is not booked is told in every language with its amounts as they are written there', () => {
  const about = { invoice: '<1>', amount: '1234.5', currency: 'EUR', paidIn: 'USD', charges: '<3>' }
  const codes = Object.keys(wordsOf('en').paymentProblems)
  for (const language of languages) {
    const [{ paymentProblems: sentences }, format] = [wordsOf(language), createFormat(language, 'Europe/Amsterdam')]
    const told = Object.fromEntries(codes.map(code => [code, tell(sentences, { code, ...about } as PaymentProblem, format)]))

    assert.ok(told.beyond_invoice?.includes('<1>') && told.beyond_invoice.includes(format.money('1234.5', 'EUR')), language)
    assert.ok(told.beyond_payment?.includes(format.money('1234.5', 'EUR')), language)
    assert.match(`${told.other_currency} ${told.no_invoice} ${told.several_invoices} ${told.not_returnable}`, /<1>.*EUR.*USD.*<1>.*<1>.*<3>/, language)
    assert.equal(new Set(Object.values(told)).size, codes.length, language)
  }
})

test('what an older release said of a mail that is not to be trusted is shown as it is', () => {
  const found = quarantineSchema.parse({ kind: 'bank_change', reason: 'The mail speaks of new bank details.' })

  assert.equal(tell(wordsOf('pl').suspicion, found, createFormat('pl', 'Europe/Warsaw')), 'The mail speaks of new bank details.')
})

test('a language that Duncan does not speak is answered in English', () => {
  const words: Words = wordsOf('sv')

  assert.equal(words, wordsOf('en'))
})
