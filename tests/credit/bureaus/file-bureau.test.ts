import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import ExcelJS from 'exceljs'
import fc from 'fast-check'
import { parse } from 'yaml'
import { fixedClock } from '#platform'
import { type Bureau, BureauError } from '../../../src/credit/bureaus/bureau.ts'
import { readScore } from '../../../src/credit/bureaus/creditsafe/read-value.ts'
import { createFileBureau } from '../../../src/credit/bureaus/file-bureau/file-bureau.ts'
import { matrixKind } from '../../../src/credit/matrix/matrix-kind.ts'
import { rowOf } from '../../../src/credit/matrix/row-of.ts'
import { creditKind } from '../../../src/credit/rules.ts'
import type { DebtorFacts } from '../../../src/credit/scorecard/measures.ts'
import type { DebtorScore } from '../../../src/credit/scorecard/score-debtor.ts'
import type { CriterionValue } from '../../../src/credit/values/criteria.ts'
import { classOf, normalised, solvencyOf } from '../../../src/credit/values/normalise.ts'
import { createBureauFolder, northernScales } from './bureau-files.ts'

const clock = fixedClock('2026-03-01T22:00:00Z')
const folder = (t: TestContext) => createBureauFolder(t, clock)

const head = 'company_number;name;score;payment_score;rating;credit_limit;currency;risk;date\n'
const csv = `${head}99990001;Sterk Voorbeeld B.V.;7,7;8,1;AAA;1.000.000;EUR;Very low risk;2026-02-27\n99990002;Zwak Voorbeeld B.V.;4,7;3,9;C;0;EUR;Raised risk;2026-02-27\n`

/** What a bureau says of a company by its number. */
async function told(bureau: Bureau, registrationNumber: string) {
  const [found] = await bureau.find({ country: 'NL', registrationNumber })
  const report = await bureau.report(found?.companyId ?? assert.fail(`${registrationNumber} is not there`))
  return { ...report, of: Object.fromEntries(report.values.map(({ criterion, value }) => [criterion, value])) }
}

const fault = (problem: string, words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof BureauError, String(error))
  assert.equal(error.problem, problem)
  assert.match(error.message, words)
  return true
}

const scored = (score: string): string => csv.replace('7,7', score)

describe('a bureau that tells by files', () => {
  it('keeps its own scales and says what each value is on 0 to 100, the same from CSV, Excel and JSON', async t => {
    const [asCsv, asJson, asExcel] = [folder(t), folder(t), folder(t)]
    await asCsv.drop('scores.csv', csv)
    const companies = [
      { kvk: 99990001, name: 'Sterk Voorbeeld B.V.', scores: { credit: 7.7, payment: '8.1' }, rating: 'aaa', limit: 1000000, risk: 'Very low risk' },
    ]
    await asJson.drop('scores.json', JSON.stringify({ data: { companies } }))
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('Scores')
    for (const row of [['Scores of February'], [], ['company_number', 'name', 'score', 'payment_score', 'rating', 'credit_limit', 'risk']]) sheet.addRow(row)
    sheet.addRow(['99990001', 'Sterk Voorbeeld B.V.', { formula: '7+0.7', result: 7.7 }, 8.1, 'AAA', 1_000_000, 'Very low risk'])
    await asExcel.drop('scores.xlsx', Buffer.from(await book.xlsx.writeBuffer()))

    const columns = { company_number: 'kvk', score: 'scores.credit', payment_score: 'scores.payment', credit_limit: 'limit' }
    const answers = [
      await told(asCsv.open(), '99990001'),
      await told(asJson.open({ list: 'data.companies', columns }), '99990001'),
      await told(asExcel.open(), '99990001'),
    ]

    for (const { of, identity } of answers) {
      assert.deepEqual(of['score'], { is: 'number', number: '7.7', min: '0', max: '10' })
      assert.deepEqual(of['payment_score'], { is: 'number', number: '8.1', min: '0', max: '10' })
      assert.deepEqual(of['rating'], { is: 'text', text: 'AAA', letters: northernScales.ratings })
      assert.equal(of['credit_limit']?.is === 'money' && `${Number(of['credit_limit'].amount)} ${of['credit_limit'].currency}`, '1000000 EUR')
      assert.deepEqual([normalised(of['score'])?.toNumber(), normalised(of['payment_score'])?.toNumber(), normalised(of['rating'])?.toNumber()], [77, 81, 100])
      assert.deepEqual([of['risk'], identity.name], [{ is: 'text', text: 'Very low risk' }, 'Sterk Voorbeeld B.V.'])
    }
    assert.equal(answers[0]?.orderedAt.toString(), '2026-02-27T00:00:00Z')
    assert.equal(answers[1]?.orderedAt.toString(), '2026-03-01T21:59:00Z')
  })

  it('reads the worked example of the documentation: a strong and a weak company, far apart in the matrix', async t => {
    const { folder: path, drop } = folder(t)
    const page = readFileSync(join(import.meta.dirname, '../../../docs/credit.md'), 'utf8')
    const [yaml, table] = [/```yaml\n(credit:\n {2}on: true\n {2}bureaus:[^`]*)```/, /```csv\n([^`]*)```/].map(
      pattern => pattern.exec(page)?.[1] ?? assert.fail('no example'),
    )
    await drop('scores-2026-02.csv', table ?? '')
    const { credit } = parse((yaml ?? '').replace('/srv/duncan/northern', path)) as { credit: unknown }
    const { bureaus } = creditKind.schema.parse(credit)
    const settings = bureaus['northern']?.kind === 'file' ? bureaus['northern'] : assert.fail('no second bureau')
    const bureau = createFileBureau({ name: 'northern', settings, clock, monitored: async () => [] })

    const companies = [await told(bureau, '99990001'), await told(bureau, '99990002')]

    const shown = companies.map(({ of, values }) => {
      const { score, ratingClass } = solvencyOf(values)
      const { solvency } = rowOf(matrixKind.schema.parse({}), { facts: { rating: ratingClass } as DebtorFacts, stops: [], score: {} as DebtorScore })
      return [
        score?.toNumber(),
        of['rating']?.is === 'text' && of['rating'].text,
        of['credit_limit']?.is === 'money' && Number(of['credit_limit'].amount),
        ratingClass,
        solvency,
      ]
    })
    assert.deepEqual(shown, [
      [77, 'AAA', 1_000_000, 'A', 'strong'],
      [47, 'C', 0, 'D', 'weak'],
    ])
  })

  it('loses a row that is wrong and no other, and names each fault by its line and column', async t => {
    const { open, drop } = folder(t)
    const rows = [
      '99990001;Goed B.V.;6,0;;AA;10000;EUR;;2026-02-27',
      '99990002;Te hoog B.V.;11,0;;AA;10000;EUR;;2026-02-27',
      '99990003;Onbekend B.V.;6,0;;AB+;10000;EUR;;2026-02-27',
      '99990004;Formule B.V.;#REF!;;A;10000;EUR;;2026-02-27',
      ';Zonder B.V.;6,0;;A;10000;EUR;;2026-02-27',
      '99990005;"Open B.V.;6,0;;A;10000;EUR;;2026-02-27',
      '99990006;Dubbel B.V.;6,0;;A;10000;EUR;;2026-02-20',
      '99990006;Dubbel B.V.;5,0;;A;10000;EUR;;2026-02-27',
      '99990007;Twee B.V.;6,0;;A;10000;EUR;;',
      '99990007;Twee B.V.;5,0;;A;10000;EUR;;',
    ]
    await drop('scores.csv', `${head}${rows.join('\n')}\n`)
    const bureau = open()

    const file = await bureau.file?.()

    assert.deepEqual(file?.faults, [
      'line 3, score: 11.0 lies outside of its scale of 0 to 10',
      'line 4, rating: the rating is none of those that the settings name',
      'line 5, score: "#REF!" is a fault of the spreadsheet, not an amount',
      'line 6, company_number: the row has no number of a company',
      'line 7, a double quote is opened and not closed, or text follows a closed one',
      'line 11, the company stands there twice with other values, and no date tells which ones hold',
    ])
    assert.deepEqual((await told(bureau, '99990001')).of['score'], { is: 'number', number: '6.0', min: '0', max: '10' })
    assert.deepEqual((await told(bureau, '99990006')).of['score'], { is: 'number', number: '5.0', min: '0', max: '10' })
    for (const number of ['99990002', '99990007']) await assert.rejects(told(bureau, number), fault('faulty', /scores\.csv: /))
  })

  it('takes the newest file that is complete, and nothing that is half written, elsewhere or no table', async t => {
    const { open, drop, remove } = folder(t)
    await drop('scores-1.csv', scored('1,0'), { secondsAgo: 7200 })
    await drop('scores-2.csv', scored('2,0'), { secondsAgo: 3600 })
    await drop('scores-3.csv', scored('3,0'), { secondsAgo: 1 })
    await drop('scores-4.csv.part', scored('4,0'))
    await drop('.scores-5.csv', scored('5,0'))
    await drop('notes.csv', 'nothing\n')
    const score = async () => (await told(open({ files: 'scores-*' }), '99990001')).of['score']

    const newest = await score()
    await remove('scores-1.csv')
    await remove('scores-2.csv')

    assert.equal(newest?.is === 'number' && newest.number, '2.0')
    await assert.rejects(score(), fault('busy', /scores-3\.csv is still being written/))
    await remove('scores-3.csv')
    await assert.rejects(score(), fault('away', /has no file scores-\*/))
  })

  it('reads what other programs write, and refuses what is no list of companies as a fault of the bureau', async t => {
    const { open, drop, remove } = folder(t)
    const columns = { company_number: 'N° entreprise', name: 'Société', score: 'Note', credit_limit: 'Crédit conseillé', risk: 'Avis' }
    const french = 'N° entreprise;Société;Note;Crédit conseillé;Avis\n99990001;Ateliers Forêt;7,25;EUR 12.500,00;"Risque faible; à suivre"\n'
    const read = async (name: string, content: string | Buffer, given: object = {}) => {
      await drop(name, content)
      try {
        return await told(open(given), '99990001')
      } finally {
        await remove(name)
      }
    }

    for (const content of [Buffer.from(french, 'latin1'), Buffer.from(`\ufeff${french}`, 'utf16le'), french]) {
      const { of, identity } = await read('export.csv', content, { columns, currency: 'GBP' })
      assert.deepEqual(
        [of['credit_limit'], of['risk']],
        [
          { is: 'money', amount: '12500.00', currency: 'EUR' },
          { is: 'text', text: 'Risque faible; à suivre' },
        ],
      )
      assert.equal(identity.name, 'Ateliers Forêt')
    }
    await assert.rejects(read('export.csv', csv, { columns: { score: 'Punkte' } }), fault('unreadable', /has no column "Punkte"/))
    await assert.rejects(read('export.csv', csv.replaceAll('9999000', '').replaceAll(',7', 'x').replaceAll(',9', 'x'), {}), fault('unreadable', /No row/))
    await assert.rejects(read('export.json', '{"companies":[{"company_number"'), fault('unreadable', /not JSON, or was cut off/))
    await assert.rejects(read('export.json', '{"companies":[]}'), fault('unreadable', /no list of companies/))
    await assert.rejects(read('export.xlsx', Buffer.from('PK\u0003\u0004broken', 'latin1')), fault('unreadable', /damaged/))
  })

  it('meets any JSON with an answer or a fault of the bureau, never with another error', async t => {
    const { open, drop } = folder(t)

    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.array(fc.dictionary(fc.constantFrom('company_number', 'score', '__proto__', 'name', 'country'), fc.jsonValue())), fc.jsonValue()),
        async value => {
          await drop('any.json', JSON.stringify(value))

          await open()
            .find({ country: 'NL', registrationNumber: '99990001' })
            .catch((error: unknown) => assert.ok(error instanceof BureauError, String(error)))
        },
      ),
      { numRuns: 25 },
    )
  })

  it('does not believe a file that looks cut off, unless somebody says that it is right', async t => {
    const { open, drop } = folder(t)
    await drop('scores.csv', csv)
    const monitored = ['NL-99990001', ...Array.from({ length: 11 }, (_, index) => `NL-9999${1000 + index}`)]

    await assert.rejects(async () => open({}, monitored).portfolio?.ensure(), fault('unreadable', /only 1 of the 12 monitored companies/))
    await open({ mayShrink: true }, monitored).portfolio?.ensure()
    await open({}, monitored.slice(0, 2)).portfolio?.ensure()
  })
})

const at = (share: number, { worst, best }: { worst: number; best: number }): CriterionValue => ({
  is: 'number',
  number: (worst + (best - worst) * share).toFixed(6),
  min: String(worst),
  max: String(best),
})

describe('a normalised value', () => {
  const scaled = fc
    .record({ worst: fc.integer({ min: -1000, max: 1000 }), best: fc.integer({ min: -1000, max: 1000 }) })
    .filter(({ worst, best }) => worst !== best)

  it('lies between 0 and 100, better where the value is nearer to the best end, whichever way the scale runs', () => {
    fc.assert(
      fc.property(scaled, fc.integer({ min: 0, max: 100 }), fc.integer({ min: 0, max: 100 }), (scale, one, other) => {
        const [low, high] = [normalised(at(one / 100, scale)), normalised(at(other / 100, scale))]

        assert.ok(low && high && low.gte(0) && high.lte(100))
        assert.ok(low.minus(one).abs().lte(0.01) && high.minus(other).abs().lte(0.01))
      }),
    )
  })

  it('has no place on a scale that nobody named, or outside of it', () => {
    for (const value of [
      { is: 'number', number: '7.7' },
      { is: 'number', number: '11', min: '0', max: '10' },
      { is: 'number', number: '0', min: '0', max: '0' },
      { is: 'text', text: 'AAA' },
      { is: 'text', text: 'AB', letters: ['AAA', 'C'] },
      { is: 'none' },
    ] satisfies CriterionValue[])
      assert.equal(normalised(value), undefined)
  })

  it('is better on an index the lower the index is', () => {
    const [good, bad] = ['150', '500'].map(value => readScore({ value, minValue: '100', maxValue: '600' }, true)[0]?.value ?? { is: 'none' as const })

    assert.deepEqual([good && normalised(good)?.toNumber(), bad && normalised(bad)?.toNumber()], [90, 20])
  })

  it('reads the nine letters from AAA to C as the classes A to D', () => {
    const classes = northernScales.ratings.map(text => classOf('rating', { is: 'text', text, letters: northernScales.ratings }))

    assert.deepEqual(classes, ['A', 'A', 'A', 'B', 'C', 'C', 'D', 'D', 'D'])
  })
})
