import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { amountParser, signOf } from '../../src/ledger/imports/amounts.ts'
import { dateParser, judgeDates } from '../../src/ledger/imports/dates.ts'
import { encodeText, encodingOfWords } from '../../src/ledger/imports/encoding.ts'
import { headerScore } from '../../src/ledger/imports/suggest/header-words.ts'
import { lookAtColumn } from '../../src/ledger/imports/suggest/look-at-column.ts'

const cents = fc.array(fc.integer({ min: -99_999_999_999, max: 99_999_999_999 }), { minLength: 1, maxLength: 20 })

for (const locale of ['nl-NL', 'de-DE', 'fr-FR', 'pl-PL', 'en-GB', 'de-CH']) {
  test(`a column of amounts as ${locale} writes them arrives as it was meant`, () => {
    const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, useGrouping: 'always' })

    fc.assert(
      fc.property(cents, given => {
        const column = given.map(each => format.format(each / 100))

        const marks = new Set(column.map(signOf))
        const [mark] = marks

        assert.equal(marks.size, 1)
        assert.ok(mark === ',' || mark === '.')
        const parse = amountParser(mark)
        assert.deepEqual(
          column.map(text => parse(text)),
          given.map(each => ({ value: each === 0 ? '0.00' : (each / 100).toFixed(2) })),
        )
      }),
    )
  })
}

const day = fc.tuple(fc.integer({ min: 1970, max: 2069 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
const two = (part: number): string => String(part).padStart(2, '0')

const dayFirst = ([year, month, date]: [number, number, number]): string => `${two(date)}/${two(month)}/${year}`
const monthFirst = ([year, month, date]: [number, number, number]): string => `${two(month)}/${two(date)}/${year}`

for (const [order, written] of [
  ['day_first', dayFirst],
  ['month_first', monthFirst],
] as const) {
  test(`dates with slashes are read ${order} when any of them shows it, and never the other way`, () => {
    fc.assert(
      fc.property(fc.array(day, { minLength: 1, maxLength: 20 }), days => {
        const judge = judgeDates()
        for (const each of days) judge.add(written(each))

        const verdict = judge.verdict()

        const isTold = days.some(([, , date]) => date > 12)
        const isOpen = !isTold && days.some(([, month, date]) => month !== date)
        assert.equal('kind' in verdict, isOpen)
        if ('kind' in verdict) return
        const parse = dateParser(verdict)
        assert.deepEqual(
          days.map(each => parse(written(each))),
          days.map(([year, month, date]) => ({ value: `${year}-${two(month)}-${two(date)}` })),
        )
      }),
    )
  })
}

for (const text of [
  '5. März 2026',
  '5 mrt 2026',
  '5 mars 2026',
  '5 marca 2026',
  'Mar 5, 2026',
  'do 5 maart 2026',
  '05-MRZ-26',
  '2026-03-05T00:00:00Z',
  '46086',
  '46086.5',
]) {
  test(`"${text}" is the fifth of March 2026`, () => {
    const verdict = judgeDates().verdict()

    assert.ok(!('kind' in verdict))
    assert.deepEqual(dateParser(verdict)(text), { value: '2026-03-05' })
  })
}

test('no cell and no header makes the reading throw', () => {
  const verdict = judgeDates().verdict()
  assert.ok(!('kind' in verdict))
  const [date, amount] = [dateParser(verdict), amountParser(',')]

  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), text => {
      signOf(text)
      judgeDates().add(text)
      lookAtColumn([text])
      assert.ok(headerScore(text, 'amount') <= 1)
      assert.ok('value' in date(text) || 'problem' in date(text))
      assert.ok('value' in amount(text) || 'problem' in amount(text))
      encodingOfWords([Buffer.from(text)])
      encodeText(text, 'windows-1250')
    }),
  )
})
