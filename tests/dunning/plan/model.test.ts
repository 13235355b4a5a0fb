import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { dayNumber } from '../../../src/dunning/path/day-number.ts'
import { createDayTable } from '../../../src/dunning/path/day-table.ts'
import type { DebtorFacts, Holds, Touches } from '../../../src/dunning/plan/debtor-facts.ts'
import { touch } from '../../../src/dunning/plan/debtor-facts.ts'
import { type Planning, planUnit } from '../../../src/dunning/plan/plan-unit.ts'
import type { OpenItem, StoredItem } from '../../../src/dunning/plan/planned-items.ts'
import { workflowSchema } from '../../../src/dunning/workflows-kind.ts'

// Random ledgers live through random weeks, planned by Duncan and by a model that is as simple as the rules are told to a person. Both must
// do the same things on the same days.

const firstDay = Temporal.PlainDate.from('2026-03-02')
const path = [1, 14, 15, 28, 60]
const [mail, task] = [1, 3]
const typeOf = (index: number) => (index === mail ? { type: 'email', template: 'reminder' } : { type: index === task ? 'task' : 'call' })
const steps = path.map((days, index) => ({ name: `step_${index}`, ...typeOf(index), after: { days } }))
const mostAwayDays = 7
const version = { id: 1, key: 'standard', settingsVersion: 1, workflow: workflowSchema.parse({ title: 'Standard', absenceDays: mostAwayDays, steps }) }

type World = {
  /** Days after the first one. `paid`: when it is; never where it is beyond the end. */
  items: { debtor: number; due: number; paid: number }[]
  /** `item` of nobody: the whole debtor. */
  holds: { debtor: number; item: number | null; from: number; days: number }[]
  /** When whoever takes a debtor's mail is away. */
  absences: { debtor: number; from: number; days: number }[]
  closed: number[]
  /** How many days the n-th action of a debtor waits for somebody, and whether it is skipped then. */
  waits: { days: number; skipped: boolean }[]
}

const debtors = [1, 2, 3]
const length = 110 // days

const world: fc.Arbitrary<World> = fc.record({
  items: fc.array(fc.record({ debtor: fc.constantFrom(...debtors), due: fc.integer({ min: -40, max: 40 }), paid: fc.integer({ min: 0, max: 2 * length }) }), {
    minLength: 1,
    maxLength: 8,
  }),
  holds: fc.array(
    fc.record({
      debtor: fc.constantFrom(...debtors),
      item: fc.option(fc.nat(7)),
      from: fc.integer({ min: 0, max: length }),
      days: fc.integer({ min: 0, max: 30 }),
    }),
    { maxLength: 6 },
  ),
  absences: fc.array(fc.record({ debtor: fc.constantFrom(...debtors), from: fc.integer({ min: 0, max: length }), days: fc.integer({ min: 1, max: 20 }) }), {
    maxLength: 6,
  }),
  closed: fc.array(fc.integer({ min: 0, max: length }), { maxLength: 5 }),
  waits: fc.array(fc.record({ days: fc.constantFrom(0, 0, 0, 1, 5), skipped: fc.boolean() }), { minLength: 1, maxLength: 6 }),
})

/** What happened: on which day which step of which items, `skipped` or not. */
type Happened = { day: number; debtor: number; items: number[]; kind: 'planned' | 'done' | 'skipped' }

const isHeld = ({ holds }: World, item: number, debtor: number, day: number): boolean =>
  holds.some(hold => hold.debtor === debtor && (hold.item === null || hold.item === item) && hold.from <= day && day < hold.from + hold.days)

/** When somebody who takes the mail of a debtor is back; nothing while nobody is away. */
function backOn({ absences }: World, debtor: number, day: number): number | null {
  const away = absences.filter(each => each.debtor === debtor && each.from <= day && day < each.from + each.days)
  return away.length === 0 ? null : Math.max(...away.map(({ from, days }) => from + days))
}

const worksOn = ({ closed }: World, day: number): boolean => firstDay.add({ days: day }).dayOfWeek <= 5 && !closed.includes(day)

type Open = { debtor: number; items: number[]; until: number; skipped: boolean; outside: boolean }

/** The days of the world, with what somebody does about actions that wait; `plan` says what is new on a day. */
function live(
  given: World,
  plan: (day: number, busy: Set<number>, takenUp: (items: number[], outside: boolean) => void) => void,
  settle: (open: Open, day: number) => void,
) {
  const happened: Happened[] = []
  let open: Open[] = []
  const count = new Map<number, number>()
  for (let day = 0; day < length; day++) {
    const finish = (which: Open[]) => {
      for (const action of which) {
        settle(action, day)
        happened.push({ day, debtor: action.debtor, items: action.items, kind: action.skipped ? 'skipped' : 'done' })
      }
      open = open.filter(action => !which.includes(action))
    }
    finish(open.filter(action => action.until <= day))
    const planned: Open[] = []
    plan(day, new Set(open.flatMap(({ items }) => items)), (items, outside) => {
      const debtor = given.items[items[0] ?? 0]?.debtor ?? 0
      const number = count.get(debtor) ?? 0
      count.set(debtor, number + 1)
      const wait = given.waits[number % given.waits.length] ?? { days: 0, skipped: false }
      happened.push({ day, debtor, items, kind: 'planned' })
      planned.push({ debtor, items, until: day + wait.days, skipped: wait.skipped, outside })
    })
    open.push(...planned)
    finish(open.filter(action => action.until <= day))
  }
  return happened
}

/** The rules as they are told: one file would be enough to explain them. */
function byModel(given: World): Happened[] {
  const places = given.items.map(({ due }) => ({ next: 0, due, late: 0, last: Number.NEGATIVE_INFINITY }))
  const heard = new Map<number, number[]>()
  const works = (day: number) => worksOn(given, day)
  const nextWorking = (day: number): number => (works(day) ? day : nextWorking(day + 1))
  const seen = (debtor: number, day: number) => (heard.get(debtor) ?? []).filter(on => on === day).length

  const plan = (day: number, busy: Set<number>, takeUp: (items: number[], outside: boolean) => void) => {
    for (const debtor of debtors) {
      const due = given.items.flatMap((item, index) => {
        const place = places[index]
        if (!place || item.debtor !== debtor || item.paid <= day || busy.has(index) || isHeld(given, index, debtor, day) || !works(day)) return []
        const days = path[place.next]
        if (days === undefined) return []
        let on = nextWorking(place.due + days + place.late)
        if (on <= place.last) on = nextWorking(place.last + 1)
        const back = place.next === mail ? backOn(given, debtor, day) : null
        if (back !== null && nextWorking(Math.max(on, Math.min(back, on + mostAwayDays))) > day) return []
        return on <= day ? [{ index, delay: day - on, outside: place.next !== task }] : []
      })
      for (const outside of [true, false]) {
        const group = due.filter(each => each.outside === outside)
        if (group.length === 0 || (outside && seen(debtor, day) > 0)) continue
        for (const { index, delay } of group) {
          const place = places[index]
          if (place) place.late += delay
        }
        if (outside) heard.set(debtor, [...(heard.get(debtor) ?? []), day])
        takeUp(
          group.map(({ index }) => index),
          outside,
        )
      }
    }
  }
  return live(given, plan, ({ items, skipped }, day) => {
    for (const index of items) {
      const place = places[index]
      if (!place) continue
      place.next += 1
      if (!skipped) place.last = day
    }
  })
}

const epoch = dayNumber(firstDay)

function byDuncan(given: World): { happened: Happened[]; speechless: string[] } {
  const stored = new Map<number, StoredItem>()
  const calendar = createDayTable({ isWorkingDay: date => worksOn(given, dayNumber(date) - epoch) })
  const facts = new Map(
    debtors.map((id): [number, DebtorFacts] => [
      id,
      { id, country: 'NL', workflow: 'standard', calendar, isConsumer: false, isStale: false, person: `p${id}`, backOn: null },
    ]),
  )
  const touches: { day: number; person: string }[] = []
  const speechless: string[] = []

  const plan = (day: number, busy: Set<number>, takeUp: (items: number[], outside: boolean) => void) => {
    const holds: Holds = { debtors: new Map(), items: new Map(), parts: new Map() }
    for (const hold of given.holds.filter(each => each.from <= day && day < each.from + each.days)) {
      const [all, id] = hold.item === null ? [holds.debtors, hold.debtor] : [holds.items, hold.item]
      if (hold.item !== null && given.items[hold.item]?.debtor !== hold.debtor) continue
      const before = epoch + hold.from + hold.days
      if ((all.get(id)?.before ?? 0) < before) all.set(id, { reason: 'staff', before })
    }
    const counted: Touches = new Map()
    for (const { day: on, person } of touches.filter(each => each.day > day - 7)) touch(counted, person, on === day ? 1 : 0, 1)
    const planning: Planning = {
      today: epoch + day,
      rules: { perDay: 1, perWeek: 50 },
      debtors: facts,
      holds,
      touches: counted,
      acted: new Set(),
      leads: new Map(),
      versions: new Map([[1, version]]),
      current: new Map([['standard', version]]),
      moving: new Set(),
      matches: () => false,
      usualDaysLate: new Map(),
      inReporting: () => null,
    }
    for (const debtor of debtors) {
      const back = backOn(given, debtor, day)
      const known = facts.get(debtor)
      if (known) facts.set(debtor, { ...known, backOn: back === null ? null : epoch + back })
      const items = given.items.flatMap((item, index): OpenItem[] => {
        if (item.debtor !== debtor || item.paid <= day) return []
        const place = stored.get(index)
        const found = place && { ...place, actionId: busy.has(index) ? 1 : null }
        return [
          {
            unit: debtor,
            invoiceId: index,
            debtorId: debtor,
            dueOn: epoch + item.due,
            openAmount: '100.00',
            currency: 'EUR',
            isCreditNote: false,
            stored: found,
          },
        ]
      })
      const unit = planUnit(planning, items)
      for (const each of unit.items) {
        const { step, shift, lastOn, nextOn, reason, item, versionId } = each
        if (nextOn === null && reason === null) speechless.push(`item ${item.invoiceId} on day ${day}`)
        const nothing = { remindedOn: null, remindedBy: null, announcedOn: null, announcedBy: null }
        stored.set(item.invoiceId, { ...nothing, versionId, step, shift, lastOn, nextOn, reason, actionId: null, revision: 0 })
      }
      const ordered = [...unit.actions].toSorted((a, b) => Number(b.track === 'outside') - Number(a.track === 'outside'))
      for (const action of ordered) {
        if (action.track === 'outside') touches.push({ day, person: `p${debtor}` })
        takeUp(
          unit.items.filter(each => each.action === action).map(({ item }) => item.invoiceId),
          action.track === 'outside',
        )
      }
    }
  }
  const happened = live(given, plan, ({ items, skipped }, day) => {
    for (const index of items) {
      const place = stored.get(index)
      if (place) stored.set(index, { ...place, step: place.step + 1, lastOn: skipped ? place.lastOn : epoch + day, reason: null })
    }
  })
  return { happened, speechless }
}

test('random ledgers are dunned as the rules say: never twice a day, nothing that is paid or held, and always a next day or a reason', () => {
  fc.assert(
    fc.property(world, given => {
      const { happened, speechless } = byDuncan(given)

      assert.deepEqual(happened, byModel(given))
      assert.deepEqual(speechless, [])
      const planned = happened.filter(({ kind }) => kind === 'planned')
      const twice = planned.flatMap(({ day, items }) => items.map(item => `${day} ${item}`))
      assert.equal(new Set(twice).size, twice.length)
      for (const { day, debtor, items } of planned) {
        assert.ok(worksOn(given, day))
        for (const item of items) assert.ok((given.items[item]?.paid ?? 0) > day && !isHeld(given, item, debtor, day))
      }
    }),
    { numRuns: 150 },
  )
})
