import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseQuery, pointAt, printQuery, problemText } from '#search'
import { anyQuery } from './arbitrary-query.ts'

const parsed = (text: string) => {
  const result = parseQuery(text)
  assert.equal(result.kind, 'parsed', `${text}: ${result.kind === 'problem' ? problemText(result.problem) : ''}`)
  return result.kind === 'parsed' ? result.query : undefined
}

function testOf(text: string) {
  const query = parsed(text)
  return query?.kind === 'field' ? query.test : undefined
}

const codes = (...texts: string[]): string[] =>
  texts.map(text => {
    const result = parseQuery(text)
    return result.kind === 'problem' ? result.problem.code : result.kind
  })

/** The query with a caret under what is wrong, and the sentence below. */
function complaint(text: string): string {
  const result = parseQuery(text)
  assert.equal(result.kind, 'problem', text)
  return result.kind === 'problem' ? `${pointAt(text, result.problem)}\n${problemText(result.problem)}` : ''
}

test('conditions side by side must all hold, OR binds looser, a hyphen negates', () => {
  const query = parsed('overdue:>10k country:BE,nl -dispute "acme trading" OR (hold | NOT language:fr)')

  assert.deepEqual(query, {
    kind: 'or',
    parts: [
      {
        kind: 'and',
        parts: [
          { kind: 'field', name: 'overdue', test: { op: '>', value: '10000' } },
          { kind: 'field', name: 'country', test: { op: 'is', values: ['BE', 'nl'] } },
          { kind: 'not', part: { kind: 'flag', name: 'dispute' } },
          { kind: 'text', text: 'acme trading' },
        ],
      },
      { kind: 'flag', name: 'hold' },
      { kind: 'not', part: { kind: 'field', name: 'language', test: { op: 'is', values: ['fr'] } } },
    ],
  })
})

test('amounts, days and words are read as people write them', () => {
  assert.deepEqual(testOf('balance:<=1234,5'), { op: '<=', value: '1234.5' })
  assert.deepEqual(testOf('balance:1.5m..'), { op: 'range', from: '1500000', to: null })
  assert.deepEqual(testOf('days-overdue:30..60'), { op: 'range', from: '30', to: '60' })
  assert.deepEqual(testOf('due:2026-11'), { op: 'is', values: ['2026-11'] })
  assert.deepEqual(testOf('last_mail:<-30d'), { op: '<', value: '-30d' })
  assert.deepEqual(testOf('collector:none'), { op: 'none' })
  assert.deepEqual(testOf('collector:"none"'), { op: 'is', values: ['none'] })
  assert.deepEqual(testOf('number:100*'), { op: 'starts', value: '100' })
  assert.deepEqual(testOf('name:="Acme BV"'), { op: 'exactly', value: 'Acme BV' })
  assert.deepEqual(testOf('name:“acme”'), { op: 'is', values: ['acme'] }, 'chat programs turn quotation marks round')
})

test('a word that is a flag can be quoted to be a word', () => {
  assert.deepEqual(parsed('hold'), { kind: 'flag', name: 'hold' })
  assert.deepEqual(parsed('"hold"'), { kind: 'text', text: 'hold' })
  assert.deepEqual(parsed('overdue'), { kind: 'flag', name: 'overdue' }, 'alone: more than nothing')
})

test('a fault points at its word, says what to write, and names near ones', () => {
  assert.equal(
    complaint('overdeu:>10 country:BE'),
    'overdeu:>10 country:BE\n^^^^^^^\nThere is no field overdeu. Did you mean overdue? To search for the text itself, put it in quotation marks.',
  )
  assert.equal(
    complaint('country:BE overdue:>lots'),
    'country:BE overdue:>lots\n                    ^^^^\noverdue: needs an amount such as 10000, 12500.50 or 10k.',
  )
  assert.equal(complaint('party:prospct'), 'party:prospct\n      ^^^^^^^\nparty: needs one of debtor, prospect, supplier. Did you mean prospect?')
  assert.equal(
    complaint('country:BE\n(hold OR'),
    '(hold OR\n      ^^\nAfter OR something must follow. To search for the word itself, put it in quotation marks.',
  )
})

test('every way to write it wrong is an answer of its own', () => {
  assert.deepEqual(codes('', '  ', '""', 'name:""', 'name:', 'overdue:>'), ['empty', 'empty', 'empty', 'missing_value', 'missing_value', 'missing_value'])
  assert.deepEqual(codes('"acme', '(acme', 'acme)', '()', '-', 'a AND', 'OR a', 'a AND OR b'), [
    'unclosed_quote',
    'unclosed_group',
    'unopened_group',
    'empty_group',
    'nothing_after',
    'nothing_after',
    'nothing_before',
    'nothing_before',
  ])
  assert.deepEqual(codes('overdue:>10.000', 'country:>BE', 'country:(BE OR NL)', 'dispute:yes', 'due:2026-02-30', 'days_overdue:1e9'), [
    'ambiguous_amount',
    'wrong_comparison',
    'group_of_values',
    'is_a_flag',
    'wrong_value',
    'wrong_value',
  ])
  assert.deepEqual(codes('a\0b', 'a\uD800', 'x '.repeat(101), 'x'.repeat(2001), `${'-('.repeat(30)}x${')'.repeat(30)}`), [
    'bad_character',
    'bad_character',
    'too_many',
    'too_long',
    'too_deep',
  ])
})

test('a query that is printed reads as the same query', () => {
  fc.assert(
    fc.property(anyQuery, query => {
      const text = printQuery(query)

      const again = parseQuery(text)

      // Two thousand characters are the most that a query has.
      if (again.kind === 'problem') assert.equal(again.problem.code, 'too_long', text)
      else assert.deepEqual(again.query, query, text)
    }),
    { numRuns: 300 },
  )
})

test('any text is a query or a fault inside that text', () => {
  const piece = fc.oneof(
    fc.constantFrom('overdue:', 'name:', '>', '=', '..', '10', '"', '(', ')', '-', ' OR ', '|', 'due:', '2026-13', ',', '*', '\\', 'none', 'NOT ', ' '),
    fc.string({ unit: 'binary', maxLength: 6 }),
    fc.constant('__proto__:'),
  )
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join('')),
      text => {
        const result = parseQuery(text)

        if (result.kind === 'parsed') return
        const { start, end } = result.problem
        assert.ok(start >= 0 && start <= end && end <= text.length + 1, `${start}-${end} of ${text.length}`)
        assert.ok(problemText(result.problem).length > 0 && pointAt(text, result.problem).endsWith('^'))
      },
    ),
    { numRuns: 400 },
  )
})
