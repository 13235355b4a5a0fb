import assert from 'node:assert/strict'
import { test } from 'node:test'
import { may, type Right, type Role, rights, roles } from '#people'
import { Prisma } from '#platform'

// The whole table, written out a second time on purpose: a change of rights must be made twice, knowingly.
const expected: Record<Role, Record<Right, boolean>> = {
  viewer: row(['look_up']),
  collector: row(['look_up', 'decide', 'note', 'task']),
  approver: row(['look_up', 'decide', 'second_vote', 'note', 'task']),
  manager: row(['look_up', 'decide', 'second_vote', 'note', 'task', 'confirm_import', 'set_autonomy', 'configure']),
  admin: row(['look_up', 'decide', 'second_vote', 'note', 'task', 'confirm_import', 'set_autonomy', 'configure', 'connect']),
}

const limit = new Prisma.Decimal('5000')
const amounts = [
  { amount: undefined, within: true },
  { amount: new Prisma.Decimal('4999.99'), within: true },
  { amount: new Prisma.Decimal('5000'), within: true },
  { amount: new Prisma.Decimal('5000.01'), within: false },
]

test('every role has exactly the rights of the table, and only a decision depends on the amount', () => {
  const wrong: string[] = []
  for (const role of roles) {
    for (const right of rights) {
      for (const { amount, within } of amounts) {
        for (const amountLimit of [null, limit]) {
          const allowed = may({ id: 1, role, active: true, amountLimit }, right, amount)

          const should = expected[role][right] && (right !== 'decide' || amountLimit === null || within)
          if (allowed !== should) wrong.push(`${role} ${right} ${amount?.toString() ?? 'no amount'} limit ${amountLimit?.toString() ?? 'none'}`)
        }
      }
    }
  }

  assert.deepEqual(wrong, [])
})

test('somebody who left, and a role that nobody knows, may nothing', () => {
  const left = rights.filter(right => may({ id: 1, role: 'admin', active: false, amountLimit: null }, right))
  const unknown = rights.filter(right => may({ id: 1, role: 'superuser', active: true, amountLimit: null }, right))

  assert.deepEqual([...left, ...unknown], [])
})

function row(granted: Right[]): Record<Right, boolean> {
  return Object.fromEntries(rights.map(right => [right, granted.includes(right)])) as Record<Right, boolean>
}
