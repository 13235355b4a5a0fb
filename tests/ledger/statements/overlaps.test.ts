import assert from 'node:assert/strict'
import { test } from 'node:test'
import { defaultMatchingRules, findingSchema, matchPayments, settlePayment } from '#ledger'
import { aBank, mt940 } from './support.ts'

type Line = { day: string; amount: string; text: string; iban?: string }

/** A camt.053 statement without references, numbered by its sequence. */
const camt = (sequence: number, from: string, until: string, [opening, closing]: [string, string], lines: Line[], account = 'NL91ABNA0417164300') =>
  `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>S${sequence}</Id><ElctrncSeqNb>${sequence}</ElctrncSeqNb>
   <FrToDt><FrDtTm>${from}T00:00:00</FrDtTm><ToDtTm>${until}T23:59:59</ToDtTm></FrToDt><Acct><Id><IBAN>${account}</IBAN></Id><Ccy>EUR</Ccy></Acct>
   ${balance('OPBD', opening, from)}${balance('CLBD', closing, until)}${lines.map(entry).join('')}</Stmt></BkToCstmrStmt></Document>`
const balance = (code: string, amount: string, day: string) =>
  `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`
const entry = ({ day, amount, text, iban = 'NL20INGB0001234567' }: Line) =>
  `<Ntry><Amt Ccy="EUR">${amount.replace('-', '')}</Amt><CdtDbtInd>${amount.startsWith('-') ? 'DBIT' : 'CRDT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>${day}</Dt></BookgDt>
   <NtryDtls><TxDtls><RltdPties><DbtrAcct><Id><IBAN>${iban}</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>${text}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>`

const monday: Line[] = [
  { day: '2026-03-02', amount: '50.00', text: 'Huur maart' },
  { day: '2026-03-02', amount: '50.00', text: 'Huur maart' },
  { day: '2026-03-02', amount: '-20.00', text: 'kosten' },
]
const tuesday: Line[] = [{ day: '2026-03-03', amount: '75.00', text: 'Factuur 2026-0101' }]

test('the lines of a week are those of its days, as the balances prove; without balances a person says whether', async t => {
  const bank = await aBank(t)
  const deps = { ...bank.deps, client: bank.db, calendars: {}, rules: defaultMatchingRules }
  await bank.statement(bank.file('mon.xml', [camt(1, '2026-03-02', '2026-03-02', ['1000.00', '1080.00'], monday)]))
  await bank.statement(bank.file('tue.xml', [camt(2, '2026-03-03', '2026-03-03', ['1080.00', '1155.00'], tuesday)]))

  const week = await bank.statement(bank.file('week.xml', [camt(90, '2026-03-02', '2026-03-03', ['1000.00', '1155.00'], [...monday, ...tuesday])]))
  const other = bank.file('other.csv', ['date,amount,text', '2026-03-03,"75.00",factuur 2026-0101', '2026-03-03,"12.00",iets anders'])
  const mapping = bank.file('other.yaml', [
    'type: payments',
    'bank_statement: true',
    'decimal: "."',
    'columns: { received_on: date, amount: amount, text: text }',
  ])
  const csv = await bank.statement(other, { mapping, account: 'NL91ABNA0417164300' })
  await matchPayments(deps, { again: true })
  const asked = await bank.db.payment.findMany({ where: { status: 'review' }, orderBy: { id: 'asc' } })
  const unsure = asked.find(({ text }) => text?.startsWith('factuur'))

  assert.deepEqual([week.created, week.known, week.unsure, week.gaps], [0, 3, 0, []])
  assert.deepEqual([csv.created, csv.unsure], [2, 1])
  assert.deepEqual(findingSchema.parse(unsure?.finding), { kind: 'review', why: 'seen_twice', candidates: [] })
  const settle = (kind: 'seen_before' | 'match_anew') => settlePayment(deps, { paymentId: unsure?.id ?? 0, actor: 'staff:1', choice: { kind } })
  const said = [await settle('match_anew'), await settle('match_anew'), await settle('seen_before')]
  assert.deepEqual(
    said.map(({ kind }) => kind),
    ['done', 'refused', 'done'],
  )
  assert.equal((await bank.db.payment.findUniqueOrThrow({ where: { id: unsure?.id ?? 0 } })).status, 'not_ours')
})

const rent = (month: string): Line => ({ day: '2026-03-02', amount: '50.00', text: `Huur ${month}` })

test('equal payments in statements that follow each other, or that say something else, are payments of their own', async t => {
  const bank = await aBank(t)

  const first = await bank.statement(bank.file('1.xml', [camt(1, '2026-03-02', '2026-03-02', ['1000.00', '1050.00'], [rent('maart')])]))
  const second = await bank.statement(bank.file('2.xml', [camt(2, '2026-03-02', '2026-03-02', ['1050.00', '1100.00'], [rent('maart')])]))
  const missing = await bank.statement(bank.file('4.xml', [camt(4, '2026-03-02', '2026-03-02', ['1300.00', '1350.00'], [rent('maart')])]))
  const unlike = await bank.statement(bank.file('6.xml', [camt(6, '2026-03-02', '2026-03-02', ['1500.00', '1550.00'], [{ ...rent('april'), iban: 'X' }])]))

  assert.deepEqual(
    [first, second, missing, unlike].map(({ created, unsure }) => [created, unsure]),
    [
      [1, 0],
      [1, 0],
      [1, 1],
      [1, 0],
    ],
  )
})

test('a bank’s own first lines, ends of messages and empty lines in a text do not hide an MT940 file', async t => {
  const bank = await aBank(t)
  const body = mt940([':61:2603020302C100,00NTRFNONREF', ':86:Betaling factuur', '', '2026-0101'])
  const ing = ['0000 01INGBNL2AXXXX00001', '0000 01INGBNL2AXXXX00001', '940 00', ...body.slice(0, -1), '-XXX']
  const abn = [
    'ABNANL2A',
    '940',
    'ABNANL2A',
    ...mt940([':61:2603020302C7,00N196NONREF', ':86:SEPA OVERBOEKING IBAN: NL46ABNA0499998748'], { account: 'B1', closing: '1007,00' }),
  ]

  await bank.statement(bank.file('ing.sta', ing))
  await bank.statement(bank.file('abn.txt', abn))

  assert.deepEqual(
    (await bank.payments()).map(([, amount, , text]) => [amount, text]),
    [
      ['7.00', 'SEPA OVERBOEKING IBAN: NL46ABNA0499998748'],
      ['100.00', 'Betaling factuur 2026-0101'],
    ],
  )
})

test('money that the bank takes back is known by every mark that banks use, from the account and in the currency that it came in', async t => {
  const bank = await aBank(t)
  const deps = { ...bank.deps, client: bank.db, calendars: {}, rules: defaultMatchingRules }
  const text = ':86:109?00RUECKLASTSCHRIFT?20EREF+E2E-7?21SVWZ+Rueckgabe'
  const paid = ':61:2603010301C60,00NTRFNONREF'
  await bank.statement(bank.file('a.sta', mt940([paid, ':86:166?20EREF+E2E-7', ':61:2603020302D60,00NMSCNONREF', text], { closing: '1000,00' })))
  await bank.statement(
    bank.file(
      'b.sta',
      mt940([':61:2603010301C30,00NTRFNONREF', ':86:bedankt', ':61:2603020302D30,00NRTINONREF', ':86:storno'], { account: 'B2', closing: '1000,00' }),
    ),
  )
  await bank.statement(bank.file('c.sta', mt940([':61:2603020302D30,00NRTINONREF', ':86:bedankt'], { account: 'B3', closing: '970,00' })))
  await bank.statement(
    bank.file('d.sta', [
      ':20:X',
      ':25:B4',
      ':28C:1',
      ':60F:C260301USD100,00',
      ':61:2603020302D60,00NRTINONREF',
      ':86:166?20EREF+E2E-7',
      ':62F:C260302USD40,00',
    ]),
  )
  const code = camt(1, '2026-03-02', '2026-03-02', ['100.00', '95.00'], [{ day: '2026-03-02', amount: '-5.00', text: 'x' }], 'B5').replace(
    '<NtryDtls>',
    '<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>IDDT</Cd><SubFmlyCd>UPDD</SubFmlyCd></Fmly></Domn></BkTxCd><NtryDtls>',
  )
  await bank.statement(bank.file('e.xml', [code]))

  await matchPayments(deps)

  const rows = await bank.db.payment.findMany({ where: { amount: { lt: 0 } }, include: { statement: { include: { account: true } } }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    rows.map(row => [row.statement?.account.number, row.amount.toFixed(2), row.status]),
    [
      ['NL91ABNA0417164300', '-60.00', 'reversed'],
      ['B2', '-30.00', 'review'],
      ['B3', '-30.00', 'review'],
      ['B4', '-60.00', 'review'],
      ['B5', '-5.00', 'review'],
    ],
  )
})
