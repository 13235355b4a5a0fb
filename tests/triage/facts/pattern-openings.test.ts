import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openingAt, openingsOf } from '../../../src/triage/facts/pattern-openings.ts'

const cases: [pattern: string, openings: string[]][] = [
  ['morgen(?: fruh)?', ['morg']],
  ['(?:de )?vrijdag', ['de v', 'vrij']],
  [String.raw`(?<n>\d{1,3}|een)\s{1,3}dagen`, ['### ', '##  ', '## d', '#   ', '#  d', '# da', 'een ']],
  [String.raw`(?<!goede\s)(?:op\s{0,3})?[ab]\.`, ['op  ', 'op a', 'op b', 'opa.', 'opb.', 'a.', 'b.']],
  ['w', ['w']],
  [String.raw`n[o°]\.?`, ['no.', 'no', 'n~.', 'n~']],
]
for (const [pattern, openings] of cases)
  test(`a text that "${pattern}" matches begins with one of ${JSON.stringify(openings)}`, () => {
    assert.deepEqual([...openingsOf(pattern)].toSorted(), openings.toSorted())
  })

test('the opening of a text is written as that of a pattern', () => {
  assert.deepEqual(
    ['om 5', '5 juni', 'a\nb', 'n° 3', 'x'].map(text => openingAt(text, 0)),
    ['om #', '# ju', 'a b', 'n~ #', 'x'],
  )
})
