import assert from 'node:assert/strict'
import test from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { dayNumber, isoDay } from '../../../src/dunning/path/day-number.ts'
import { createDayTable } from '../../../src/dunning/path/day-table.ts'
import { type ItemFacts, nextStep, type Position, positionOn } from '../../../src/dunning/path/next-step.ts'
import { type WorkflowStep, workflowSchema } from '../../../src/dunning/workflows-kind.ts'
import { createWorkCalendar, weekdays } from '../../../src/ledger/work-calendar.ts'

const dutch = createDayTable(createWorkCalendar({ country: 'NL', publicHolidays: true, workingDays: weekdays.slice(0, 5), closed: [], open: [] }))
const day = (iso: string) => dayNumber(Temporal.PlainDate.from(iso))
const stepsOf = (steps: object[]): WorkflowStep[] => workflowSchema.parse({ title: 'A path', steps }).steps

const lowRisk = stepsOf([
  { name: 'reminder', type: 'email', template: 'reminder_first', after: { days: 1 } },
  { name: 'dunning', type: 'email', template: 'reminder_second', after: { days: 14 } },
  { name: 'call', type: 'call', after: { days: 28 } },
  { name: 'final', type: 'letter', template: 'final_notice', after: { days: 42 } },
  { name: 'collection', type: 'hand_over', after: { days: 60 } },
])
const highRisk = stepsOf([
  { name: 'call', type: 'call', after: { days: 1 } },
  { name: 'dunning', type: 'email', template: 'reminder_second', after: { days: 14 } },
  { name: 'call_again', type: 'call', after: { days: 18 } },
  { name: 'final', type: 'letter', template: 'final_notice', after: { days: 31 } },
  { name: 'collection', type: 'hand_over', after: { days: 45 } },
])

type Given = Omit<Partial<ItemFacts>, 'dueOn' | 'today'> & { dueOn: string; today?: string }
const facts = ({ dueOn, today = dueOn, ...given }: Given): ItemFacts => ({
  calendar: dutch,
  heldBefore: null,
  patientBefore: null,
  absence: null,
  legalFrom: () => null,
  fits: () => true,
  branch: undefined,
  ...given,
  dueOn: day(dueOn),
  today: day(today),
})

/** Lives day by day, takes each step when it is due, and tells when each was. */
function live(steps: readonly WorkflowStep[], given: Given & { from: string; until: string; heldOn?: (day: string) => number | null }): string[] {
  let position: Position = { step: 0, shift: 0, lastOn: null }
  const taken: string[] = []
  for (let today = day(given.from); today <= day(given.until); today++) {
    const next = nextStep(steps, position, { ...facts({ ...given, today: isoDay(today) }), heldBefore: given.heldOn?.(isoDay(today)) ?? null })
    position = next.position
    if (next.kind !== 'due') continue
    taken.push(`${isoDay(today)} ${steps[position.step]?.name}`)
    position = { step: position.step + 1, shift: position.shift, lastOn: today }
  }
  return taken
}

test('the shipped paths fall on their days after the due date, moved to the next working day', () => {
  // 4 May 2026 is a Monday; Ascension Day (14 May) and Whit Monday (25 May) are days off in the Netherlands.
  const low = live(lowRisk, { dueOn: '2026-05-04', from: '2026-05-01', until: '2026-08-01' })
  const high = live(highRisk, { dueOn: '2026-05-04', from: '2026-05-01', until: '2026-08-01' })

  assert.deepEqual(low, ['2026-05-05 reminder', '2026-05-18 dunning', '2026-06-01 call', '2026-06-15 final', '2026-07-03 collection'])
  assert.deepEqual(high, ['2026-05-05 call', '2026-05-18 dunning', '2026-05-22 call_again', '2026-06-04 final', '2026-06-18 collection'])
})

test('a weekend moves one step and not those behind it', () => {
  // Due on Friday 1 May: the reminder falls on Saturday and leaves on Monday; what follows stands on its days after the due date.
  const taken = live(lowRisk, { dueOn: '2026-05-01', from: '2026-05-01', until: '2026-08-01' })

  assert.deepEqual(taken, ['2026-05-04 reminder', '2026-05-15 dunning', '2026-05-29 call', '2026-06-12 final', '2026-06-30 collection'])
})

test('who begins late or was held keeps the distances between the steps', () => {
  const late = live(lowRisk, { dueOn: '2026-01-05', from: '2026-05-04', until: '2026-07-31' })
  const held = live(lowRisk, {
    dueOn: '2026-05-04',
    from: '2026-05-04',
    until: '2026-08-15',
    heldOn: today => (today <= '2026-05-31' && today > '2026-05-10' ? day('2026-06-01') : null),
  })

  assert.deepEqual(late, ['2026-05-04 reminder', '2026-05-18 dunning', '2026-06-01 call', '2026-06-15 final', '2026-07-02 collection'])
  assert.deepEqual(held, ['2026-05-05 reminder', '2026-06-01 dunning', '2026-06-15 call', '2026-06-29 final', '2026-07-17 collection'])
})

test('a hold, the law and patience each say until when nothing happens', () => {
  const start: Position = { step: 0, shift: 0, lastOn: null }
  const at = (given: Partial<Given>) => nextStep(lowRisk, start, facts({ dueOn: '2026-05-04', today: '2026-05-06', ...given }))
  const told = (given: Partial<Given>) => {
    const next = at(given)
    return next.kind === 'waits' ? [next.on === null ? null : isoDay(next.on), next.for] : [next.kind]
  }

  assert.deepEqual(told({}), ['due'])
  assert.deepEqual(told({ heldBefore: day('2026-05-09') }), ['2026-05-11', 'held'])
  assert.deepEqual(told({ heldBefore: Number.POSITIVE_INFINITY }), [null, 'held'])
  assert.deepEqual(told({ patientBefore: day('2026-05-10') }), ['2026-05-11', 'patience'])
  assert.deepEqual(told({ patientBefore: day('2026-05-10'), legalFrom: () => day('2026-05-13') }), ['2026-05-13', 'legal_wait'])
  // Waiting for the day on which somebody always pays moves nothing behind it.
  assert.equal(nextStep(lowRisk, start, facts({ dueOn: '2026-05-04', today: '2026-05-11', patientBefore: day('2026-05-10') })).position.shift, 0)
})

test('a step whose conditions do not fit is left out on its day; what counts from it counts from its day', () => {
  const steps = stepsOf([
    { name: 'reminder', type: 'email', template: 'a', after: { days: 1 }, conditions: 'overdue:>1000' },
    { name: 'call', type: 'call', after: { days: 3, from: 'previous_step', working: true } },
  ])
  const after = live(steps, { dueOn: '2026-05-04', from: '2026-05-04', until: '2026-05-31', fits: step => step !== 0 })
  const all = nextStep(steps, { step: 0, shift: 0, lastOn: null }, facts({ dueOn: '2026-05-04', today: '2026-06-01', fits: () => false }))

  // 5 May and three working days, as if the reminder had been sent.
  assert.deepEqual(after, ['2026-05-08 call'])
  assert.equal(all.kind, 'through')
})

test('a branch goes ahead at once and never back', () => {
  const position: Position = { step: 1, shift: 0, lastOn: day('2026-05-05') }
  const ahead = nextStep(lowRisk, position, facts({ dueOn: '2026-05-04', today: '2026-05-08', branch: 3 }))
  const back = nextStep(lowRisk, { ...position, step: 4 }, facts({ dueOn: '2026-05-04', today: '2026-05-08', branch: 3 }))

  assert.deepEqual([ahead.kind, ahead.position.step], ['due', 3])
  // The collection stays eighteen days behind the final notice.
  const then = nextStep(lowRisk, { step: 4, shift: ahead.position.shift, lastOn: day('2026-05-08') }, facts({ dueOn: '2026-05-04', today: '2026-05-09' }))
  assert.equal(then.kind === 'waits' && then.on !== null && isoDay(then.on), '2026-05-26')
  assert.equal(back.position.step, 4)
})

test('who changes to another path goes on at the day that was reached; nothing taken begins anew', () => {
  const at = facts({ dueOn: '2026-05-04', today: '2026-05-20' })
  const afterDunning = positionOn(highRisk, { step: 2, shift: 0, lastOn: day('2026-05-18') }, at)

  assert.deepEqual(highRisk[afterDunning.step]?.name, 'call_again')
  assert.deepEqual(positionOn(highRisk, { step: 0, shift: 9, lastOn: null }, at), { step: 0, shift: 0, lastOn: null })
  assert.equal(positionOn(highRisk, { step: 5, shift: 0, lastOn: day('2026-07-03') }, at).step, highRisk.length)
})
