import assert from 'node:assert/strict'
import { test } from 'node:test'
import { draftLanguages, draftReminder, drawLetter, type Letter } from '#drafting'
import { pdfText } from '../support/pdf-text.ts'

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

test('a payment code never stands alone on a page, and no page ends with what only announces the next lines', async () => {
  for (let count = 6; count < 20; count += 1) {
    const letter = letterOf('en', count)
    const text = letter.text.replace('Kind regards,', 'Please pay to this account:\n\nIBAN: NL02ABNA0123456789\n\nKind regards,')
    const [first = '', second] = pdfText(await drawLetter({ ...letter, text })).split('Page 1 of 2')

    if (second === undefined) continue
    const lines = first.trim().split('\n').slice(0, -1) // without the foot of the page
    assert.match(second, /Kind regards,[\s\S]*scan this code/, `${count} items`)
    assert.doesNotMatch(lines.at(-1) ?? '', /:$/, `${count} items`)
  }
})

test('a letter has no code that nobody could pay, and writes the overview of several steps as its text has it', async () => {
  const abroad = letterOf('pl', 2, { transfers: [{ name: 'x', iban: 'NL02ABNA0123456789', amount: '5', currency: 'PLN' }] })
  const several = letterOf('nl', 2, { table: undefined, transfers: [] })

  assert.deepEqual(look(await drawLetter(abroad)), { pages: 1, hasCode: false, hasMono: false })
  assert.deepEqual(look(await drawLetter(several)), { pages: 1, hasCode: false, hasMono: true })
})

test('a table that goes on over pages repeats its headings and carries its sums, and a long name or number is not cut', async () => {
  const name = 'Kwekerij Zonneveld & Zonen Internationale Handelsonderneming BV'
  const owners = [
    { administration: 'Nordlicht BV', number: '1001', debtor: 'Zonneveld' },
    { administration: 'Nordlicht Ltd', number: 'C7', debtor: 'Sunfield' },
  ]
  const items = Array.from({ length: 40 }, (_, index) => ({ ...item(index), number: index === 3 ? 'F'.repeat(60) : `F-${index}`, daysLate: 0 }))
  const huge = { amount: '123456789012.50', currency: 'PLN' }
  const totals = [{ amount: '49380.00', currency: 'EUR' }, huge]
  const one = { sections: [{ items, subtotals: totals }], totals }
  const two = {
    sections: [
      { owner: owners[0], items: items.slice(0, 10), subtotals: totals },
      { owner: owners[1], items: items.slice(10), subtotals: totals },
    ],
    totals,
  }

  const text = pdfText(await drawLetter(letterOf('en', 1, { to: [name], table: one, transfers: [] })))
  const apart = pdfText(await drawLetter(letterOf('en', 1, { table: two, transfers: [] })))

  assert.equal(text.split('Days overdue').length, 3)
  const [carried, brought] = ['Carried', 'Brought'].map(word => new RegExp(`${word} forward\\s*(€[\\d.,]+)`).exec(text)?.[1])
  const before = text.slice(0, text.indexOf('Carried forward')).match(/F-\d+/g)?.length ?? 0
  assert.ok(carried && brought === carried)
  assert.equal(Number(carried.replaceAll(/[€,]/g, '')), (before + 1) * 1234.5) // and the one with the long number
  assert.equal(text.match(/F{5,}/g)?.join(''), 'F'.repeat(60))
  assert.ok(text.replaceAll(/\s+/g, ' ').includes(name))
  assert.ok(text.includes('123,456,789,012.50'))
  assert.equal(apart.split('Nordlicht BV · Customer number 1001 · Zonneveld').length, 2)
  assert.equal(apart.split('Nordlicht Ltd · ').length, 3)
})
