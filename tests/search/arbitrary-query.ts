import fc from 'fast-check'
import { allOf, anyOf, not, parseQuery, type Query } from '#search'

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter(isSearchable)
const amount = fc.tuple(fc.integer({ min: -99_999, max: 99_999 }), fc.integer({ min: 1, max: 9 })).map(([whole, cents]) => `${whole}.${cents}`)
const count = fc.integer({ min: -999, max: 9999 }).map(String)
const day = fc.constantFrom('2026', '2026-11', '2026-02-28', 'today', 'yesterday', '-30d', '+2w', '-6m')

function isSearchable(candidate: string): boolean {
  return candidate.trim() === candidate && parseQuery(`"${candidate.replaceAll(/["\\]/g, String.raw`\$&`)}"`).kind === 'parsed'
}

const field = (name: string, test: fc.Arbitrary<Extract<Query, { kind: 'field' }>['test']>): fc.Arbitrary<Query> =>
  test.map(value => ({ kind: 'field', name, test: value }))

function ordered(name: string, value: fc.Arbitrary<string>): fc.Arbitrary<Query> {
  const compared = fc.record({ op: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const), value }, { noNullPrototype: true })
  const range = fc.tuple(value, value, fc.integer({ min: 0, max: 2 })).map(([from, to, open]) => ({
    op: 'range' as const,
    from: open === 1 ? null : from,
    to: open === 2 ? null : to,
  }))
  return field(
    name,
    fc.oneof(
      compared,
      range,
      value.map(each => ({ op: 'is' as const, values: [each] })),
    ),
  )
}

function listed(name: string, value: fc.Arbitrary<string>): fc.Arbitrary<Query> {
  const some = fc.array(value, { minLength: 1, maxLength: 3 }).map(values => ({ op: 'is' as const, values }))
  return field(
    name,
    fc.oneof(
      some,
      value.map(each => ({ op: 'exactly' as const, value: each })),
    ),
  )
}

const word = fc.stringMatching(/^[A-Za-z0-9-]{1,8}$/)
const missing = field('collector', fc.constant({ op: 'none' as const }))
const starting = field(
  'number',
  word.map(value => ({ op: 'starts' as const, value })),
)
const flags = [
  'dispute',
  'promise',
  'broken_promise',
  'hold',
  'bounced',
  'absent',
  'unapplied',
  'overdue',
  'credit_note',
  'unreachable',
  'task',
  'proposals',
  'insolvency',
  'monitored',
  'judgments',
  'not_monitored',
]

const condition: fc.Arbitrary<Query> = fc.oneof(
  text.map(each => ({ kind: 'text' as const, text: each })),
  fc.constantFrom(...flags).map(name => ({ kind: 'flag' as const, name })),
  fc.constantFrom('overdue', 'balance', 'unapplied', 'item', 'credit_limit', 'exposure_at_risk').chain(name => ordered(name, amount)),
  fc
    .constantFrom('days_overdue', 'days_late', 'promises_kept', 'open_items', 'proposals', 'score', 'score_drop', 'limit_used', 'scorecard')
    .chain(name => ordered(name, count)),
  fc.constantFrom('due', 'promised', 'last_payment', 'last_mail', 'last_in').chain(name => ordered(name, day)),
  fc
    .constantFrom('name', 'country', 'group', 'contact', 'email', 'note', 'collector', 'administration', 'po', 'segment', 'rating', 'stance')
    .chain(name => listed(name, text)),
  fc.constantFrom('invoice', 'reference', 'vat').chain(name =>
    listed(
      name,
      word.filter(value => /[A-Za-z0-9]/.test(value)),
    ),
  ),
  listed('party', fc.constantFrom('debtor', 'prospect', 'supplier')),
  listed('not_monitored', fc.constantFrom('bad_number', 'several', 'gone')),
  missing,
  starting,
  fc.constant({ kind: 'all' as const }),
)

/** Any query that the language can say. */
export const anyQuery: fc.Arbitrary<Query> = fc.letrec<{ query: Query }>(tie => {
  const some = fc.array(tie('query'), { minLength: 1, maxLength: 3 })
  return { query: fc.oneof({ maxDepth: 3, withCrossShrink: true }, condition, some.map(allOf), some.map(anyOf), tie('query').map(not)) }
}).query
