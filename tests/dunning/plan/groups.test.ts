import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { createDayTable } from '../../../src/dunning/path/day-table.ts'
import { type DebtorFacts, groupKey, type Touches } from '../../../src/dunning/plan/debtor-facts.ts'
import { type Planning, planUnit } from '../../../src/dunning/plan/plan-unit.ts'
import type { OpenItem } from '../../../src/dunning/plan/planned-items.ts'
import { workflowSchema } from '../../../src/dunning/workflows-kind.ts'

const [group, today] = [7, 20_500] // a Tuesday
const steps = [
  { name: 'first', type: 'email', template: 'reminder_first', after: { days: 1 } },
  { name: 'second', type: 'letter', template: 'reminder_second', after: { days: 14 } },
  { name: 'look', type: 'task', after: { days: 28 } },
]
const version = { id: 1, key: 'standard', settingsVersion: 1, workflow: workflowSchema.parse({ title: 'Standard', steps }) }
const calendar = createDayTable({ isWorkingDay: () => true })
const nothing = { remindedOn: null, remindedBy: null, announcedOn: null, announcedBy: null }

const debtors = [1, 2, 3, 4]
const world = fc.record({
  consumers: fc.subarray(debtors),
  lead: fc.option(fc.constantFrom(...debtors)),
  held: fc.subarray(debtors),
  items: fc.array(fc.record({ debtor: fc.constantFrom(...debtors), due: fc.integer({ min: -40, max: 5 }), step: fc.nat(2), credit: fc.boolean() }), {
    minLength: 1,
    maxLength: 10,
  }),
  heard: fc.boolean(),
})

test('a central file hears once a day, by who leads it; none of its debtors hears alone but a private person', () => {
  fc.assert(
    fc.property(world, ({ consumers, lead, held, items, heard }) => {
      const touches: Touches = new Map(heard ? [[groupKey(group), { today: 1, week: 1 }]] : [])
      const facts = (id: number): DebtorFacts => ({
        id,
        country: 'DE',
        workflow: 'standard',
        calendar,
        isConsumer: consumers.includes(id),
        isStale: false,
        person: `p${id}`,
        backOn: null,
      })
      const planning: Planning = {
        today,
        rules: { perDay: 1, perWeek: 3 },
        debtors: new Map(debtors.map(id => [id, facts(id)])),
        holds: { debtors: new Map(held.map(id => [id, { reason: 'dispute', before: Infinity }])), items: new Map(), parts: new Map() },
        touches,
        acted: new Set(),
        leads: new Map(lead === null ? [] : [[group, lead]]),
        versions: new Map([[1, version]]),
        current: new Map([['standard', version]]),
        moving: new Set(),
        matches: () => false,
        usualDaysLate: new Map(),
        inReporting: () => null,
      }
      const open = items.map(
        ({ debtor, due, step, credit }, index): OpenItem => ({
          unit: -group,
          invoiceId: index,
          debtorId: debtor,
          dueOn: today + due,
          openAmount: credit ? '-5' : '10',
          currency: 'EUR',
          isCreditNote: credit,
          stored: step === 0 ? undefined : { ...nothing, versionId: 1, step, shift: 0, lastOn: null, nextOn: null, reason: null, actionId: null, revision: 0 },
        }),
      )

      const plan = planUnit(planning, open)
      const again = planUnit(planning, open)

      assert.deepEqual(
        plan.items.map(({ item }) => item.invoiceId).toSorted((a, b) => a - b),
        open.map(({ invoiceId }) => invoiceId),
      )
      const outside = plan.actions.filter(({ track }) => track === 'outside')
      const ofGroup = outside.filter(({ groupId }) => groupId === group)
      assert.ok(ofGroup.length <= (heard ? 0 : 1))
      for (const action of plan.actions) {
        const owners = new Set(plan.items.filter(each => each.action === action).map(({ item }) => item.debtorId))
        for (const owner of owners) assert.ok(!held.includes(owner))
        if (action.groupId === null) assert.deepEqual([[...owners], consumers.includes(action.debtorId)], [[action.debtorId], true])
        else {
          assert.ok([...owners].every(owner => !consumers.includes(owner)))
          if (lead !== null) assert.equal(action.debtorId, lead)
        }
      }
      assert.deepEqual(
        again.actions.filter(({ track, groupId }) => track === 'outside' && groupId !== null),
        [],
      )
    }),
    { numRuns: 150 },
  )
})
