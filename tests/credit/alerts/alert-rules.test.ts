import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { fixedClock } from '#platform'
import { type AlertRule, alertRuleSchema, defaultAlertRules } from '../../../src/credit/alerts/alert-rule.ts'
import { drift, fitsRule } from '../../../src/credit/alerts/fits-rule.ts'
import type { CriterionValue } from '../../../src/credit/values/criteria.ts'

const score = (number: number, max = '100'): CriterionValue => ({ is: 'number', number: String(number), min: '0', max })
const index = (number: number): CriterionValue => ({ is: 'number', number: String(number), min: '600', max: '100' })
const letter = (word: string): CriterionValue => ({ is: 'text', text: word, letters: ['AAA', 'AA', 'A'] })
const count = (number: number): CriterionValue => ({ is: 'number', number: String(number) })
const money = (amount: number, currency?: string): CriterionValue => ({ is: 'money', amount: String(amount), ...(currency && { currency }) })
const text = (word: string, key?: string): CriterionValue => ({ is: 'text', text: word, ...(key && { key }) })
const none: CriterionValue = { is: 'none' }
const rule = (given: object): AlertRule => alertRuleSchema.parse(given)

const step = (day: string, from: number, to: number) => ({ at: new Date(`${day}T22:00:00Z`), before: score(from), value: score(to) })

describe('an alert rule', () => {
  const table: [what: string, rule: AlertRule, before: CriterionValue | undefined, value: CriterionValue, fits: boolean][] = [
    ['a fall of just enough', rule({ criterion: 'score', when: 'falls_by', amount: 10 }), score(60), score(50), true],
    ['a fall of too little', rule({ criterion: 'score', when: 'falls_by', amount: 10 }), score(60), score(51), false],
    ['a rise', rule({ criterion: 'score', when: 'falls_by', amount: 10 }), score(50), score(60), false],
    ['an index, where low is good', rule({ criterion: 'score', when: 'falls_by', amount: 10 }), index(300), index(200), false],
    ['another scale', rule({ criterion: 'score', when: 'falls_by', amount: 10 }), score(77), score(7, '10'), false],
    ['another scale below a line', rule({ criterion: 'score', when: 'falls_below', amount: 30 }), score(77), score(7, '10'), false],
    ['a step of its own letters', rule({ criterion: 'rating', when: 'worsens' }), letter('AAA'), letter('AA'), true],
    ['its own letters better', rule({ criterion: 'rating', when: 'worsens' }), letter('AA'), letter('AAA'), false],
    ['no score any more', rule({ criterion: 'score', when: 'falls_by', amount: 10 }), score(60), none, false],
    ['a first value', rule({ criterion: 'score', when: 'falls_by', amount: 10 }), undefined, score(10), false],
    ['18 to 32 days', rule({ criterion: 'days_beyond_terms', when: 'rises_by', amount: 14 }), count(18), count(32), true],
    ['a limit cut by a third', rule({ criterion: 'credit_limit', when: 'falls_by_percent', amount: 30 }), money(30_000, 'EUR'), money(20_000, 'EUR'), true],
    ['another currency', rule({ criterion: 'credit_limit', when: 'falls_by_percent', amount: 30 }), money(30_000, 'EUR'), money(10_000, 'GBP'), false],
    ['below the line', rule({ criterion: 'score', when: 'falls_below', amount: 30 }), score(31), score(29), true],
    ['below it all the time', rule({ criterion: 'score', when: 'falls_below', amount: 30 }), score(29), score(20), false],
    ['a letter worse', rule({ criterion: 'international_rating', when: 'worsens' }), text('B'), text('C'), true],
    ['a letter better', rule({ criterion: 'international_rating', when: 'worsens' }), text('C'), text('B'), false],
    ['not scored is no step of the ladder', rule({ criterion: 'international_rating', when: 'worsens' }), text('B'), text('E'), false],
    ['not scored any more', rule({ criterion: 'international_rating', when: 'becomes', value: 'E' }), text('B'), text('E'), true],
    ['a first judgment', rule({ criterion: 'judgments', when: 'rises_above', amount: 0 }), count(0), count(1), true],
    ['a further judgment', rule({ criterion: 'judgments', when: 'rises_above', amount: 0 }), count(1), count(2), true],
    ['a judgment less', rule({ criterion: 'judgments', when: 'rises_above', amount: 0 }), count(2), count(1), false],
    ['judgments seen for the first time', rule({ criterion: 'judgments', when: 'rises_above', amount: 0 }), undefined, count(1), true],
    ['an insolvency', rule({ criterion: 'insolvency', when: 'appears' }), none, text('Bankrupt'), true],
    ['an insolvency of before we looked', rule({ criterion: 'insolvency', when: 'appears' }), undefined, text('Bankrupt'), true],
    ['no insolvency', rule({ criterion: 'insolvency', when: 'appears' }), undefined, none, false],
    ['not active any more', rule({ criterion: 'status', when: 'leaves', value: 'ACTIVE' }), text('Active', 'ACTIVE'), text('Closed', 'NONACTIVE'), true],
    ['another wording of active', rule({ criterion: 'status', when: 'leaves', value: 'ACTIVE' }), text('Active', 'ACTIVE'), text('Active: x', 'ACTIVE'), false],
    ['another name', rule({ criterion: 'name', when: 'changes' }), text('Oud B.V.'), text('Nieuw B.V.'), true],
  ]
  for (const [what, given, before, value, fits] of table) {
    it(`${fits ? 'sees' : 'leaves'} ${what}`, () => assert.equal(fitsRule(given, { before, value }), fits))
  }

  it('sees a drift of several small falls within its days, of which none would be told alone', () => {
    const given = rule({ criterion: 'score', when: 'drifts', amount: 12, times: 3, days: 90 }) as AlertRule & { when: 'drifts' }
    const steps = [step('2026-01-10', 70, 66), step('2026-02-01', 66, 62), step('2026-03-01', 62, 57)]
    const now = fixedClock('2026-03-01T22:00:00Z').now()

    assert.deepEqual(drift(given, steps, now), steps)
    assert.equal(drift(given, steps.slice(1), now), undefined)
    assert.equal(drift(given, [...steps.slice(0, 2), step('2026-02-20', 62, 75), step('2026-03-01', 75, 70)], now), undefined)
    assert.equal(drift(given, steps, now.add({ hours: 24 * 60 })), undefined)
  })

  it('comes with rules that tell hard stops at once and the rest with the night', () => {
    const urgent = Object.entries(defaultAlertRules).filter(([, { urgency }]) => urgency === 'now')
    assert.deepEqual(
      urgent.map(([key]) => key),
      ['insolvency', 'judgment', 'privilege', 'inactive'],
    )
  })
})
