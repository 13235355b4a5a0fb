import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { consumerWait, type Told } from '../../../src/dunning/law/consumer-wait.ts'
import { belgianDays } from '../../../src/dunning/law/legal-days.ts'
import { dayNumber, isoDay } from '../../../src/dunning/path/day-number.ts'
import { nextStep } from '../../../src/dunning/path/next-step.ts'
import { type WorkflowStep, workflowSchema } from '../../../src/dunning/workflows-kind.ts'
import { daysOf, easter, plus, publicHolidays, weekdayOf } from './holidays.ts'

const number = (iso: string) => dayNumber(Temporal.PlainDate.from(iso))
const nothing: Told = { remindedOn: null, remindedBy: null, announcedOn: null, announcedBy: null }
const told = (iso: string, by: string): Told => ({ remindedOn: number(iso), remindedBy: by, announcedOn: number(iso), announcedBy: by })
const step = (type: WorkflowStep['type'], charges: WorkflowStep['charges'] = 'none', audience: WorkflowStep['audience'] = 'external') => ({
  type,
  charges,
  audience,
})
const wait = (country: string, next: ReturnType<typeof step>, before: Told) => {
  const day = consumerWait(country, next, before)
  return day === null || day === Infinity ? day : isoDay(day)
}

test('a second step for a Belgian consumer comes fourteen days after the reminder, and one that asks for costs never comes first', () => {
  // 18 May 2026 is a Monday; Whit Monday is the 25th, Ascension was the 14th.
  assert.equal(wait('BE', step('email'), told('2026-05-18', 'email')), '2026-06-02') // 19 May is the first day, 1 June the last
  assert.equal(wait('BE', step('call'), told('2026-05-13', 'letter')), '2026-06-02') // posted on Wednesday: the 19th is the third working day
  assert.equal(wait('BE', step('letter', 'claim'), nothing), Infinity)
  assert.equal(wait('BE', step('hand_over'), nothing), Infinity)
  assert.deepEqual([wait('BE', step('email'), nothing), wait('BE', step('email', 'announce'), nothing)], [null, null])
  assert.deepEqual(
    [wait('BE', step('task'), told('2026-05-18', 'email')), wait('BE', step('email', 'none', 'internal'), told('2026-05-18', 'email'))],
    [null, null],
  )
})

test('a Dutch consumer is asked for costs on the day after the fourteen, which begin after the delivery and end on no day off', () => {
  assert.equal(wait('NL', step('email', 'claim'), told('2026-06-01', 'email')), '2026-06-16')
  assert.equal(wait('NL', step('email', 'claim'), told('2026-06-06', 'email')), '2026-06-23') // the fourteenth day, the 20th, is a Saturday: until the 22nd
  assert.equal(wait('NL', step('hand_over'), told('2026-05-29', 'letter')), '2026-06-17') // posted on Friday: delivered on Saturday and Tuesday, the 2nd
  assert.equal(wait('NL', step('email', 'claim'), { ...told('2026-06-01', 'email'), announcedOn: null, announcedBy: null }), Infinity)
  assert.deepEqual([wait('NL', step('email'), told('2026-06-01', 'email')), wait('NL', step('email', 'announce'), nothing)], [null, null])
})

test('a step that the law never lets happen waits without a day, and says for what', () => {
  const steps = workflowSchema.parse({ title: 'x', steps: [{ name: 'claim', type: 'email', after: { days: 1 }, template: 'x', charges: 'claim' }] }).steps
  const facts = { dueOn: number('2026-05-04'), today: number('2026-06-01'), calendar: belgianDays(), heldBefore: null, patientBefore: null, absence: null }

  const next = nextStep(steps, { step: 0, shift: 0, lastOn: null }, { ...facts, legalFrom: () => Infinity, fits: () => true, branch: undefined })

  assert.deepEqual(next, { kind: 'waits', position: { step: 0, shift: 0, lastOn: null }, on: null, for: 'legal_wait' })
})

test('elsewhere these laws hold nothing back', () => {
  assert.deepEqual(
    ['DE', 'FR', 'PL', 'GB'].map(country => wait(country, step('letter', 'claim'), nothing)),
    [null, null, null, null],
  )
})

const nth = (from: string, count: number, counts: (day: string) => boolean) => {
  let at = from
  for (let left = count; left > 0; ) {
    at = plus(at, 1)
    if (counts(at)) left -= 1
  }
  return at
}
const isOff = (day: string, off: number[], holidays: Set<string>) => off.includes(weekdayOf(day)) || holidays.has(day)

test('no letter or e-mail of eleven years leads to a wrong legal day', () => {
  const years = Array.from({ length: 13 }, (_, index) => 2019 + index)
  const belgian = new Set(years.flatMap(year => publicHolidays.BE?.(year) ?? []))
  // Algemene termijnenwet, art. 3: Good Friday and 5 May count as well.
  const dutch = new Set(years.flatMap(year => [...(publicHolidays.NL?.(year) ?? []), plus(easter(year), -2), `${year}-05-05`]))
  const dutchEnd = (last: string): string => (isOff(last, [0, 6], dutch) ? dutchEnd(plus(last, 1)) : last)

  const wrong = [...daysOf(2020, 2030)].filter(day => {
    const third = nth(day, 3, each => !isOff(each, [0, 6], belgian))
    const delivered = nth(day, 2, each => !isOff(each, [0, 1], dutch))
    const expected = [plus(third, 14), plus(day, 15), plus(dutchEnd(plus(delivered, 14)), 1), plus(dutchEnd(plus(day, 14)), 1)]
    const found = [
      wait('BE', step('email'), told(day, 'letter')),
      wait('BE', step('email'), told(day, 'email')),
      wait('NL', step('email', 'claim'), told(day, 'letter')),
      wait('NL', step('email', 'claim'), told(day, 'email')),
    ]
    return expected.join() !== found.join()
  })

  assert.deepEqual(wrong, [])
})
