import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ActionItem } from '#dunning'
import { calledItems } from '../../../src/chat/worklist/called-items.ts'

const item = (debtorId: number, number: string) => ({ debtorId, number }) as ActionItem

test('what comes of a call to a central file is about each debtor whose numbers are named, and about all of them where none is', () => {
  const items = [item(2, 'S-1'), item(1, 'N 10'), item(1, 'N-11'), item(2, 'N-11')]

  const cases: [lead: number, typed: string[], owners: [number, string[]][]][] = [
    [
      1,
      [],
      [
        [1, []],
        [2, []],
      ],
    ],
    [
      9,
      [],
      [
        [2, []],
        [1, []],
      ],
    ],
    [1, ['s1'], [[2, ['s1']]]],
    [
      1,
      ['s1', 'N10'],
      [
        [2, ['s1']],
        [1, ['N10']],
      ],
    ],
    [1, ['n-11'], [[1, ['n-11']]]],
    [
      1,
      ['n-11', 'N 11'],
      [
        [1, ['n-11']],
        [2, ['N 11']],
      ],
    ],
    [1, ['X-5'], [[1, ['X-5']]]],
  ]

  for (const [debtorId, typed, owners] of cases) {
    assert.deepEqual(
      calledItems({ debtorId, items }, typed),
      owners.map(([id, numbers]) => ({ debtorId: id, numbers })),
    )
  }
  assert.deepEqual(calledItems({ debtorId: 9, items: [] }), [{ debtorId: 9, numbers: [] }])
})
