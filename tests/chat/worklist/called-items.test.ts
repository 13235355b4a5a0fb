import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ActionItem } from '#dunning'
import { calledItems } from '../../../src/chat/worklist/called-items.ts'

const item = (debtorId: number, number: string) => ({ debtorId, number }) as ActionItem

test('what comes of a call to a central file is about the debtor whose numbers are named, else about who leads it or the first who owes', () => {
  const items = [item(2, 'S-1'), item(1, 'N 10'), item(1, 'N-11'), item(2, 'N-11')]

  const cases: [lead: number, typed: string[], debtor: number, numbers: string[]][] = [
    [1, [], 1, ['N 10', 'N-11']],
    [9, [], 2, ['S-1', 'N-11']],
    [1, ['s1'], 2, ['S-1', 'N-11']],
    [1, ['n-11'], 1, ['N 10', 'N-11']],
    [9, ['N10'], 1, ['N 10', 'N-11']],
    [1, ['X-5'], 1, ['N 10', 'N-11']],
  ]

  for (const [debtorId, typed, owner, numbers] of cases) assert.deepEqual(calledItems({ debtorId, items }, typed), { debtorId: owner, numbers })
  assert.deepEqual(calledItems({ debtorId: 9, items: [] }), { debtorId: 9, numbers: [] })
})
