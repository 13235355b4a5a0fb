import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftLanguages, draftReminder, drawLetter, type Letter } from '#drafting'

const item = (index: number) => ({
  number: `Ł-${index}`,
  invoiceDate: index === 0 ? null : '2026-09-01',
  due: '2026-10-01',
  daysLate: index === 0 ? 0 : 54,
  open: { amount: '1234.50', currency: 'EUR' },
  stage: 'final_notice',
})
const letterOf = (language: Letter['language'], count: number, given: Partial<Letter> = {}): Letter => {
  const items = Array.from({ length: count }, (_, index) => item(index))
  const creditor = { name: 'Żółw & Straße GmbH' }
  const reminder = { template: 'final_notice', channel: 'letter', items, payBy: '2026-12-01', creditor, country: 'DE' } as const
  const drafted = draftReminder(
    { language, administration: creditor.name },
    { ...reminder, disputed: [{ number: 'Ł-99', open: { amount: '1', currency: 'EUR' } }] },
  )
  const totals = [{ amount: '1234.50', currency: 'EUR' }]
  return {
    language,
    date: '2026-11-24',
    sender: { name: creditor.name, address: ['Große Straße 1'] },
    to: ['Kwekerij Zonneveld BV', 'Hoofdstraat 1', 'Łódź'],
    country: 'DE',
    customerNumber: 'D100',
    ...drafted,
    table: { sections: [{ items, subtotals: totals }], totals },
    transfers: [
      {
        name: creditor.name,
        iban: 'NL02ABNA0123456789',
        amount: '1234.50',
        currency: 'EUR',
        reference: 'RF18539007547034',
        printed: 'RF18 5390 0754 7034',
      },
    ],
    ...given,
  }
}

const look = (pdf: Buffer) => ({
  pages: pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length,
  hasCode: pdf.includes('/Subtype /Image'),
  hasMono: pdf.includes('DejaVuSansMono'),
})

test('a letter has its table in every language, goes on over pages, and is the same bytes each time', async () => {
  for (const language of draftLanguages) {
    const letter = letterOf(language, 3)
    assert.ok(letter.text.includes(letter.overview) && !letter.overview.includes('Ł-99'), language)
    assert.deepEqual(look(await drawLetter(letter)), { pages: 1, hasCode: true, hasMono: false }, language)
  }
  const [once, twice] = [await drawLetter(letterOf('de', 90)), await drawLetter(letterOf('de', 90))]
  assert.deepEqual(look(once), { pages: 4, hasCode: true, hasMono: false })
  assert.deepEqual(once, twice)
})

test('a letter has no code that nobody could pay, and writes the overview of several steps as its text has it', async () => {
  const abroad = letterOf('pl', 2, { transfers: [{ name: 'x', iban: 'NL02ABNA0123456789', amount: '5', currency: 'PLN' }] })
  const several = letterOf('nl', 2, { table: undefined, transfers: [] })

  assert.deepEqual(look(await drawLetter(abroad)), { pages: 1, hasCode: false, hasMono: false })
  assert.deepEqual(look(await drawLetter(several)), { pages: 1, hasCode: false, hasMono: true })
})
