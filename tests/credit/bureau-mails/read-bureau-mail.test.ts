import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isBureauAddress } from '../../../src/credit/bureau-mails/keep-bureau-mail.ts'
import { readBureauMail } from '../../../src/credit/bureau-mails/read-bureau-mail.ts'
import { isSameTold, toldValue } from '../../../src/credit/bureau-mails/told-value.ts'
import { creditKind } from '../../../src/credit/rules.ts'
import { criteria } from '../../../src/credit/values/criteria.ts'
import { sampleMails } from './a-bureau-mail.ts'

const rules = creditKind.schema.parse({})

describe('an alert mail of the bureau', () => {
  for (const [what, mail, told] of sampleMails) {
    it(`is read: ${what}`, () => {
      const read = readBureauMail(mail, rules.link).map(
        ({ bureauId, criterion, before, value }) => `${bureauId} ${criterion ?? '-'} ${before ?? '-'} > ${value ?? '-'}`,
      )

      assert.deepEqual(read, told)
    })
  }

  it('never breaks the reading, whatever it holds, and names no company that it does not link to', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('Company: ', 'Rating', ' -> ', '|', '\n', ': ', 'from A to D', '<td>', '<a href="https://app.creditsafe.com/companies/', '">', 'NL-X-1'),
    )
    fc.assert(
      fc.property(fc.array(words, { maxLength: 60 }), fc.boolean(), (parts, isHtml) => {
        const source = parts.join('')
        const read = readBureauMail({ subject: source, text: source, html: isHtml ? source : undefined }, rules.link)

        assert.ok(read.length <= 50)
        for (const { bureauId, criterion } of read) {
          assert.ok(source.includes(bureauId))
          assert.ok(criterion === undefined || criteria.includes(criterion))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('tells amounts, letters and counts as values, whatever marks the country writes', () => {
    const table = [
      ['credit_limit', 'EUR 25,000', '25000 EUR'],
      ['credit_limit', '12.500,50 €', '12500.50 EUR'],
      ['credit_limit', '10 000 zł', '10000 PLN'],
      ['credit_limit', 'not applicable', undefined],
      ['international_rating', 'D (high risk)', 'D'],
      ['international_rating', 'Deleted', undefined],
      ['score', '31 / 100', '31'],
      ['judgments', 'two', undefined],
    ] as const
    const read = table.map(([criterion, text]) => {
      const value = toldValue(criterion, text)
      return value?.is === 'money' ? `${value.amount} ${value.currency}` : value?.is === 'number' ? value.number : value?.is === 'text' ? value.text : undefined
    })

    assert.deepEqual(
      read,
      table.map(([, , told]) => told),
    )
  })

  it('is the same telling whichever of two is asked first', () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('B', 'D', '12.500', '12,500 EUR', '', '31'))
    fc.assert(
      fc.property(fc.constantFrom(...criteria), text, text, (criterion, one, other) => {
        const [a, b] = [toldValue(criterion, one), toldValue(criterion, other)]
        assert.equal(isSameTold(criterion, a, b), isSameTold(criterion, b, a))
        assert.ok(isSameTold(criterion, a, a))
      }),
    )
  })

  it('comes from a domain of the settings or one below, and from none that only looks like it', () => {
    const addresses = ['alerts@creditsafe.com', 'a@mail.CREDITSAFE.com', 'a@creditsafe.com.evil.example', 'a@notcreditsafe.com', 'creditsafe.com', null]

    assert.deepEqual(
      addresses.map(address => isBureauAddress(rules, address)),
      [true, true, false, false, false, false],
    )
  })
})
