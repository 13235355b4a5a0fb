import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { ratingClasses } from '#credit'
import { Prisma } from '#platform'
import { checkSettings } from '#settings'
import { decideMove, type Standing } from '../../../src/credit/matrix/decide-move.ts'
import { bandOf, cellOf, columnsOf, rowsOf } from '../../../src/credit/matrix/grid.ts'
import { matrixKind } from '../../../src/credit/matrix/matrix-kind.ts'
import { rowOf } from '../../../src/credit/matrix/row-of.ts'
import type { DebtorFacts } from '../../../src/credit/scorecard/measures.ts'
import { pointsOf, scoreDebtor } from '../../../src/credit/scorecard/score-debtor.ts'
import { type ScorecardTerm, scorecardKind, scorecardOf } from '../../../src/credit/scorecard/scorecard-kind.ts'

const matrix = matrixKind.schema.parse({})
const scorecard = scorecardOf(scorecardKind.schema.parse({}))
const nothing: DebtorFacts = {
  rating: undefined,
  bureauScore: undefined,
  daysBeyondTerms: undefined,
  judgments: undefined,
  privileges: undefined,
  limitUsed: undefined,
  daysLate: undefined,
  promisesKept: undefined,
  daysOverdue: undefined,
  overdueShare: undefined,
  tags: [],
}
const day = (number: number) => new Date(Date.UTC(2026, 2, number))
const decimal = (number: number | string) => new Prisma.Decimal(number)
const faultsOf = (sections: Record<string, unknown>) =>
  checkSettings([matrixKind, scorecardKind, { name: 'workflows', schema: matrixKind.schema }] as never, {
    content: sections,
    placeOf: () => ({ file: 'x' }),
    inForce: 'y',
  }).faults.map(({ path, message }) => `${path}: ${message}`)

const anAmount = fc.double({ min: -1e9, max: 1e9, noNaN: true })
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const someFacts: fc.Arbitrary<DebtorFacts> = fc.record({
  rating: maybe(fc.constantFrom(...ratingClasses)),
  bureauScore: maybe(fc.double({ min: 0, max: 100, noNaN: true }).map(decimal)),
  daysBeyondTerms: maybe(anAmount.map(decimal)),
  judgments: maybe(fc.nat().map(decimal)),
  privileges: maybe(fc.nat().map(decimal)),
  limitUsed: maybe(fc.double({ min: 0, max: 999, noNaN: true }).map(decimal)),
  daysLate: maybe(anAmount.map(decimal)),
  promisesKept: maybe(fc.double({ min: 0, max: 100, noNaN: true }).map(decimal)),
  daysOverdue: maybe(fc.nat().map(decimal)),
  overdueShare: maybe(fc.double({ min: 0, max: 100, noNaN: true }).map(decimal)),
  tags: fc.array(fc.constantFrom('sector_crisis', 'tax_deferral', 'gone', '__proto__')),
})

describe('the decision matrix', () => {
  it('gives every debtor exactly one cell, whatever is known of it and however it is asked', () => {
    fc.assert(
      fc.property(someFacts, anAmount, fc.subarray(['insolvency', 'judgments', 'privileges', 'inactive'] as const), (facts, exposure, stops) => {
        for (const solvencyBy of ['rating', 'score', 'scorecard'] as const) {
          const { solvency } = rowOf({ ...matrix, solvencyBy }, { facts, stops, score: scoreDebtor(scorecard, facts) })
          const band = bandOf(matrix, decimal(exposure))
          assert.equal(rowsOf(matrix).filter(row => row === solvency).length, 1)
          assert.equal(columnsOf(matrix).filter(column => column.band === band).length, 1)
          assert.equal(solvency === 'stopped', stops.length > 0)
          assert.ok(cellOf(matrix, { solvency, band }).stance)
        }
      }),
    )
    assert.deepEqual(
      ['-5', '0', '9999.99', '10000', '50000'].map(amount => bandOf(matrix, decimal(amount))),
      ['small', 'small', 'small', 'medium', 'large'],
    ) // prettier-ignore
  })

  it('lets a harder stance count at once and a softer one only after it has held; out of what was not known there is no waiting', () => {
    const at = (number: number) => ({ now: day(number), softerAfterDays: 14, isReset: false })
    const weak: Standing = { solvency: 'weak', band: 'large', stance: 'stop', workflow: null, next: undefined }
    const good = { solvency: 'good', band: 'large', stance: 'maintain', workflow: null } as const

    const first = decideMove(weak, good, at(1))
    assert.deepEqual(first, { kind: 'waits', next: { solvency: 'good', band: 'large', since: day(1).toISOString() } })
    const waiting = { ...weak, next: first.kind === 'waits' ? first.next : undefined }
    assert.equal(decideMove(waiting, good, at(14)).kind, 'waits')
    assert.deepEqual(decideMove(waiting, good, at(15)), { kind: 'moves', isNews: true })
    assert.deepEqual(decideMove(waiting, { ...good, solvency: 'strong' }, at(15)), {
      kind: 'waits',
      next: { solvency: 'strong', band: 'large', since: day(15).toISOString() },
    })
    assert.deepEqual(decideMove(waiting, { ...weak, solvency: 'weak' }, at(3)), { kind: 'stays', next: undefined })
    assert.deepEqual(decideMove(waiting, { solvency: 'stopped', band: 'large', stance: 'pre_litigation', workflow: null }, at(2)), {
      kind: 'moves',
      isNews: true,
    })
    assert.deepEqual(decideMove({ ...good, next: undefined }, { ...good, band: 'medium' }, at(1)), { kind: 'moves', isNews: false })
    assert.equal(decideMove({ ...weak, solvency: 'unknown', stance: 'reinforce' }, good, at(1)).kind, 'moves')
    assert.equal(decideMove(weak, good, { ...at(1), isReset: true }).kind, 'moves')
    assert.deepEqual(decideMove(undefined, weak, at(1)), { kind: 'moves', isNews: true })
    assert.deepEqual(decideMove(undefined, good, at(1)), { kind: 'moves', isNews: false })
  })

  it('is refused with every hole, double and name that does not exist at its own line; its own is whole', () => {
    assert.deepEqual(faultsOf({ matrix: {}, scorecard: {} }), [])
    assert.deepEqual(
      faultsOf({
        matrix: {
          classes: { high: { from: 60, ratings: ['A', 'B'] }, low: { from: 10, ratings: ['B'] }, unknown: { from: 10 } },
          cells: {
            high: { small: { stance: 'develop', workflow: 'soft' } },
            middle: {},
            low: { tiny: { stance: 'stop' }, large: { stance: 'offer_for_sale' } },
          },
        },
      }),
      [
        'matrix.classes.unknown: is a row already',
        'matrix.classes.unknown.from: starts where low does',
        'matrix.classes: has none that starts at 0',
        'matrix.classes.low.ratings.0: B is in high already',
        'matrix.cells.middle: is no row',
        'matrix.cells.low.tiny: is no column',
        'matrix.cells.low.large.stance: is not enabled',
        'matrix.cells.high.medium: has no stance',
        'matrix.cells.high.large: has no stance',
        'matrix.cells.low.small: has no stance',
        'matrix.cells.low.medium: has no stance',
      ],
    )
    assert.deepEqual(faultsOf({ matrix: { cells: { weak: { large: { stance: 'stop', workflow: 'short' } } } } }), [
      'matrix.cells.weak.large.workflow: names short, which workflows does not have',
    ])
    assert.deepEqual(
      faultsOf({
        matrix: { bands: { all: { from: '5' } }, cells: { strong: { all: { stance: 'hug' } } } },
        scorecard: {
          terms: {
            late: {
              measure: 'days_late',
              weight: 1,
              points: [
                [0, 100],
                [5, 50],
                [5, 70],
              ],
            }, // prettier-ignore
            wrong: { measure: 'mood', weight: 1, points: [] },
          },
        },
      }),
      [
        'matrix.cells.strong.all.stance: must be one of develop, maintain, reinforce, reduce, compensate, stop, pre_litigation, offer_for_sale',
        'scorecard.terms.late.points.2: is not above the value before it: 5',
        'scorecard.terms.late.points.2: turns back: more would be better and worse',
        'scorecard.terms.wrong.measure: must be one of rating, bureau_score, limit_used, days_beyond_terms, judgments, privileges, days_late, promises_kept, days_overdue, overdue_share',
      ],
    )
  })
})

describe('the scorecard', () => {
  it('never turns a better value into fewer points, and stays between 0 and 100', () => {
    const steps = fc
      .tuple(
        fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 6 }),
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 6 }),
      )
      .map(([values, points]) =>
        values.toSorted((one, other) => one - other).map((value, index): [number, number] => [value, points.toSorted((one, other) => other - one)[index] ?? 0]),
      )
    fc.assert(
      fc.property(steps, anAmount, anAmount, (points, one, other) => {
        const term: ScorecardTerm = { measure: 'days_late', weight: 1, points }
        const [low, high] = [Math.min(one, other), Math.max(one, other)].map(days => pointsOf(term, { ...nothing, daysLate: decimal(days) }))
        assert.ok(low && high && low.gte(high), 'later is never better')
        assert.ok(high.gte(0) && low.lte(100))
      }),
    )
    const term = scorecard.terms.days_late as ScorecardTerm
    assert.deepEqual(
      [-3, 0, 7.5, 15, 37.5, 60, 900].map(days => pointsOf(term, { ...nothing, daysLate: decimal(days) })?.toNumber()),
      [100, 100, 85, 70, 35, 0, 0],
    ) // prettier-ignore
  })

  it('adds its lines up to the score, whatever is known; too little known is no score, and a tag takes its points off', () => {
    fc.assert(
      fc.property(someFacts, facts => {
        const { score, known, lines } = scoreDebtor(scorecard, facts)
        const sum = lines.reduce((total, { contribution }) => total.add(contribution), decimal(0))
        assert.equal(sum.toString(), (score ?? decimal(0)).toString())
        assert.equal(score === undefined, known < scorecard.minimumKnown)
        assert.ok(!score || (score.gte(0) && score.lte(100)))
      }),
    )
    const facts = { ...nothing, rating: 'B' as const, bureauScore: decimal(60), daysLate: decimal(15) }
    const { score, known, lines } = scoreDebtor(scorecard, facts)
    assert.deepEqual([score?.toString(), known], ['68.08', 65]) // (75 × 25 + 60 × 25 + 70 × 15) / 65
    assert.deepEqual(
      lines.find(({ key }) => key === 'limit_used'),
      { key: 'limit_used', of: 'term', measure: 'limit_used', weight: 15, contribution: '0' },
    ) // prettier-ignore
    assert.equal(scoreDebtor(scorecard, { ...facts, tags: ['sector_crisis', 'unheard_of'] }).score?.toString(), '53.08')
    assert.equal(scoreDebtor(scorecard, { ...nothing, daysLate: decimal(0) }).score, undefined)
    assert.equal(scoreDebtor(scorecard, { ...facts, rating: 'E' as const }).known, 40) // E says nothing: not scored
  })
})
