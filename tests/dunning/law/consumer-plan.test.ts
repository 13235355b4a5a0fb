import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { Prisma } from '#platform'
import { belgianDays } from '../../../src/dunning/law/legal-days.ts'
import { dayNumber } from '../../../src/dunning/path/day-number.ts'
import type { DebtorFacts } from '../../../src/dunning/plan/debtor-facts.ts'
import { planUnit } from '../../../src/dunning/plan/plan-unit.ts'
import type { OpenItem, StoredItem } from '../../../src/dunning/plan/planned-items.ts'
import { workflowSchema } from '../../../src/dunning/workflows-kind.ts'

const number = (iso: string) => dayNumber(Temporal.PlainDate.from(iso))
const workflow = workflowSchema.parse({
  title: 'x',
  steps: [
    { name: 'first', type: 'email', after: { days: 1 }, template: 'reminder_first' },
    { name: 'notice', type: 'email', after: { days: 10 }, template: 'consumer_notice', charges: 'announce' },
    { name: 'claim', type: 'email', after: { days: 15 }, template: 'final_notice', charges: 'claim' },
  ],
})
const version = { id: 1, key: 'w', settingsVersion: 1, workflow }
const today = number('2026-06-17')

const begun: StoredItem = {
  step: 2,
  shift: 0,
  lastOn: number('2026-06-01'),
  versionId: 1,
  nextOn: null,
  reason: null,
  actionId: null,
  revision: 0,
  remindedOn: null,
  remindedBy: null,
  announcedOn: null,
  announcedBy: null,
}

const item = (invoiceId: number, dueOn: string, stored?: Partial<StoredItem>): OpenItem => ({
  unit: 7,
  invoiceId,
  debtorId: 7,
  dueOn: number(dueOn),
  openAmount: '100',
  currency: 'EUR',
  isCreditNote: false,
  stored: stored && {
    ...begun,
    ...stored,
  },
})

function plan(isConsumer: boolean, items: OpenItem[]) {
  const debtor: DebtorFacts = { id: 7, country: 'NL', workflow: 'w', calendar: belgianDays(), isConsumer, isStale: false, person: 'p', backOn: null }
  const planned = planUnit(
    {
      today,
      rules: { perDay: 1, perWeek: 3 },
      debtors: new Map([[7, debtor]]),
      holds: { debtors: new Map(), items: new Map(), parts: new Map() },
      touches: new Map(),
      acted: new Set(),
      leads: new Map(),
      versions: new Map([[1, version]]),
      current: new Map([['w', version]]),
      moving: new Set(),
      matches: () => true,
      usualDaysLate: new Map(),
      inReporting: () => new Prisma.Decimal(1),
    },
    items,
  )
  return { steps: planned.actions.map(({ stepName }) => stepName), items: planned.items.map(each => `${each.item.invoiceId} ${each.reason}`) }
}

const announced = { announcedOn: number('2026-06-01'), announcedBy: 'email' }

test('a consumer is asked for costs of what was announced alone; other items wait for their own text', () => {
  const items = [item(1, '2026-05-20', announced), item(2, '2026-05-20', {}), item(3, '2026-06-16')]

  assert.deepEqual(plan(true, items), { steps: ['claim'], items: ['1 in_action', '2 legal_wait', '3 contact_budget'] })
  assert.deepEqual(plan(false, items), { steps: ['claim'], items: ['1 in_action', '2 in_action', '3 in_action'] })
})
