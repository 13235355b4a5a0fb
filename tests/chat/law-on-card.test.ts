import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ConsumerFault } from '#dunning'
import { lawText } from '../../src/chat/cards/law-text.ts'
import { cardContext } from '../../src/chat/context.ts'
import { stepSamples } from './step-samples.ts'

const faults: ConsumerFault[] = [
  { kind: 'too_early', invoice: 'F-1', from: '2026-06-17' },
  { kind: 'too_early', invoice: 'F-2', from: null },
  ...(['free_of_charge', 'term', 'delivery', 'term'] as const).map(field => ({ kind: 'missing', field }) as const),
]

test('a refusal by consumer law names every fault once, and a card what its text leaves out, in the words of its reader', () => {
  const told = { en: [] as string[], nl: [] as string[], fr: [] as string[], de: [] as string[], pl: [] as string[] }
  for (const language of Object.keys(told) as (keyof typeof told)[]) {
    const context = cardContext(language, 'Europe/Amsterdam')
    const elements = stepSamples(context).find(({ name }) => name === 'step: what is not asked for')?.card.elements ?? []
    const shown = elements.flatMap(element => {
      if (element.type === 'notice') return [element.title, ...element.lines]
      return element.type === 'text' && element.text.includes('2026-0431') ? [element.text] : []
    })
    const long = lawText(
      Array.from({ length: 40 }, (_, index) => ({ kind: 'too_early', invoice: `F-${index}`, from: null })),
      context,
    )
    told[language] = [lawText(faults, context), ...shown]
    assert.match(long, /F-11 .*; \+ 28\.$/)
  }

  assert.deepEqual(told.nl, [
    'Het consumentenrecht laat dit nog niet toe: F-1 vanaf 17 jun 2026; F-2 pas na de aanmaning die eraan voorafgaat. Een eerste herinnering aan een particulier mag niets kosten. De wet wil dat een tekst aan een particulier meer vermeldt. Ontbreekt: de termijn van 14 dagen; dat de termijn ingaat op de dag na de bezorging.',
    'Weggelaten: 2026-0431 (er loopt een betaaltoezegging), 2026-0440 (een betwisting houdt de aanmaningen tegen)',
    'In deze tekst niet gevraagd',
    'Rente, 2026-0412, 2026-0413: vanaf 1 jul 2026 is geen rentevoet bekend',
    'Vergoeding van kosten, alle posten: het is niet bekend of dit een bedrijf of een particulier is',
  ])
  for (const index of told.nl.keys()) assert.equal(new Set(Object.values(told).map(lines => lines[index])).size, 5, `sentence ${index}`)
})
