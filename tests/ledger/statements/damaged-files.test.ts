import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import { DuncanError, Prisma } from '#platform'
import type { BankLine, StatementPart } from '../../../src/ledger/statements/bank-line.ts'
import { readDetails } from '../../../src/ledger/statements/mt940-details.ts'
import { readCamt053 } from '../../../src/ledger/statements/read-camt053.ts'
import { readMt940 } from '../../../src/ledger/statements/read-mt940.ts'

const sample = (name: string) => readFileSync(join(import.meta.dirname, '../../../samples/statements', name), 'utf8')
const readers = { 'camt053.xml': readCamt053, 'mt940.sta': readMt940 }

async function* pieces(text: string, length: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length)
}

async function linesOf(parts: AsyncIterable<StatementPart>): Promise<BankLine[]> {
  const lines: BankLine[] = []
  for await (const part of parts) if (part.kind === 'lines') lines.push(...part.lines)
  return lines
}

for (const [name, read] of Object.entries(readers)) {
  test(`${name} is read the same in whatever pieces it arrives`, async () => {
    const whole = await linesOf(read(pieces(sample(name), 1_000_000), name))

    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 400 }), async length => {
        assert.deepEqual(JSON.stringify(await linesOf(read(pieces(sample(name), length), name))), JSON.stringify(whole))
      }),
      { numRuns: 25 },
    )
  })

  test(`whatever is damaged in ${name}, it is read or refused with a place, and amounts stay amounts`, async () => {
    const text = sample(name)

    await fc.assert(
      fc.asyncProperty(fc.nat(text.length), fc.nat(60), fc.string({ unit: 'binary', maxLength: 40 }), async (at, cut, words) => {
        const damaged = text.slice(0, at) + words + text.slice(at + cut)
        try {
          for (const { amount, bookedOn } of await linesOf(read(pieces(damaged, 997), name))) {
            assert.ok(amount instanceof Prisma.Decimal && amount.isFinite() && !amount.isNegative())
            assert.match(bookedOn, /^\d{4}-\d{2}-\d{2}$/)
          }
        } catch (error) {
          if (!(error instanceof DuncanError)) throw error
          assert.match(error.message, new RegExp(`^${name.replace('.', '\\.')}`))
        }
      }),
      { numRuns: 80 },
    )
  })
}

test('the text of an MT940 line is kept whatever it holds', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 65 }), { minLength: 1, maxLength: 6 }), lines => {
      const { text, payerIban = '' } = readDetails(lines)

      assert.equal(typeof text, 'string')
      assert.match(payerIban, /^[A-Z0-9]*$/)
    }),
    { numRuns: 300 },
  )
})
