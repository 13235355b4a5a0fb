import assert from 'node:assert/strict'
import { test } from 'node:test'
import { extractFacts } from '#triage'
import { aContext, aMessage } from '../messages.ts'
import { de } from './days/de.ts'
import { en } from './days/en.ts'
import { es } from './days/es.ts'
import { fr } from './days/fr.ts'
import { it } from './days/it.ts'
import { nl } from './days/nl.ts'
import { pl } from './days/pl.ts'

const promises = {
  nl: { days: nl, say: 'Wij betalen' },
  fr: { days: fr, say: 'Nous paierons' },
  de: { days: de, say: 'Wir zahlen' },
  pl: { days: pl, say: 'Zapłacimy' },
  en: { days: en, say: 'We will pay' },
  es: { days: es, say: 'Pagaremos' },
  it: { days: it, say: 'Pagheremo' },
}

for (const [language, { days, say }] of Object.entries(promises))
  test(`${language}: ${days.length} ways to say a day, or none, are read as what they mean`, () => {
    const read = days.map(([said]) => {
      const facts = extractFacts(aMessage(`${say} ${said}.`), aContext(), language, [{ intent: 'promise_to_pay', confidence: 0.9 }])
      const promised = facts.filter(({ kind, confidence }) => kind === 'promised_date' && confidence >= 0.5)
      return [
        said,
        promised
          .map(({ value }) => JSON.stringify(value))
          .join(' and ')
          .replaceAll('"', ''),
      ]
    })

    assert.deepEqual(read, days)
  })
