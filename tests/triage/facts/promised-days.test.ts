import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { extractFacts } from '#triage'
import { aContext, aMessage } from '../messages.ts'

const context = aContext({ invoiceNumbers: ['2026-0412', '2026-0413', '2026-0414'], invoiceNumberShapes: ['9999-9999'] })

/** The days that a mail promises and that may be counted on. */
function promisedDays(text: string, date: string, language: string, isPromise: boolean): string[] {
  const intents = isPromise ? [{ intent: 'promise_to_pay' as const, confidence: 0.9 }] : []
  const facts = extractFacts(aMessage(text, { date }), { ...context, country: undefined }, language, intents)
  const firm = facts.filter(({ kind, confidence, conditional }) => kind === 'promised_date' && confidence >= 0.5 && !conditional)
  return [...new Set(firm.map(({ value }) => JSON.stringify(value).replaceAll('"', '')))].toSorted()
}

// A line is a mail and the days that it promises: none where it promises nothing, "-" where it promises without a day to count on. "#" is the mails' day.
for (const language of ['nl', 'fr', 'de', 'pl', 'en', 'es', 'it'])
  test(`${language}: mails that say when somebody pays, or something else, give that day or none`, () => {
    const lines = readFileSync(join(import.meta.dirname, `promised-days/${language}.txt`), 'utf8')
      .trimEnd()
      .split('\n')
    let date = ''

    const read = lines.map(line => {
      if (line.startsWith('# ')) date = line.slice(2)
      const at = line.lastIndexOf(' |')
      if (at < 0) return line
      const [text, expected] = [line.slice(0, at), line.slice(at + 2).trim()]
      const days = promisedDays(text, date, language, expected !== '')
      return `${text} | ${days.join(' ') || expected.replace(/^\d.*/, 'none')}`
    })

    assert.deepEqual(
      read.map(line => line.trimEnd()),
      lines.map(line => line.trimEnd()),
    )
  })
