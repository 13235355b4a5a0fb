import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DuncanError } from '#platform'
import { aBank, mt940 } from './support.ts'

const samples = join(import.meta.dirname, '../../../samples/statements')
const failsWith = (pattern: RegExp) => (error: unknown) => error instanceof DuncanError && pattern.test(error.message) && error.remedy !== ''

const rent = [':61:2603020302C50,00NTRFNONREF', ':86:Huur maart']

const day = (number: string, opening: string, closing: string) =>
  mt940([':61:2603020302C100,00NTRFNONREF', `:86:regel ${number}`], { number, opening, closing })

test('a camt.053 statement gives a payment for each incoming line, one for each of a batch, none for what is not booked', async t => {
  const bank = await aBank(t)

  const result = await bank.statement(join(samples, 'camt053.xml'))

  assert.deepEqual(await bank.payments(), [
    ['2026-03-02', '-300.00', null, 'Storno incasso 2026-0031', null],
    ['2026-03-02', '500.00', 'DE89370400440532013000', '', 'RF18539007547034'],
    ['2026-03-02', '605.00', 'NL20INGB0001234567', 'Betaling factuur 2026-0117', null],
    ['2026-03-02', '1000.00', 'BE68539007547034', '', '123456789002'],
  ])
  assert.deepEqual([result.lines, result.created, result.known, result.gaps], [4, 4, 0, []])
})

test('the older camt.053 versions, with another namespace prefix, say the same', async t => {
  const bank = await aBank(t)
  const newer = readFileSync(join(samples, 'camt053.xml'), 'utf8')
  const older = newer
    .replaceAll('<Sts><Cd>BOOK</Cd></Sts>', '<Sts>BOOK</Sts>')
    .replaceAll('<Sts><Cd>PDNG</Cd></Sts>', '<Sts>PDNG</Sts>')
    .replaceAll('<Pty><Nm>', '<Nm>')
    .replaceAll('</Nm></Pty>', '</Nm>')
    .replaceAll(/<Amt Ccy="EUR">(\d+\.\d\d)<\/Amt><CdtDbtInd>CRDT<\/CdtDbtInd>(\s+<RltdPties>)/g, '<AmtDtls><TxAmt><Amt Ccy="EUR">$1</Amt></TxAmt></AmtDtls>$2')
    .replaceAll(/<(\/?)(?!\?|!)/g, '<$1ns2:')
    .replace('camt.053.001.08', 'camt.053.001.02')
    .replace('xmlns=', 'xmlns:ns2=')

  await bank.statement(bank.file('older.xml', [older]))

  assert.equal((await bank.payments()).length, 4)
  assert.equal(await bank.db.payment.count({ where: { payerName: 'Holzbau Meier GmbH' } }), 1)
  const again = await bank.statement(join(samples, 'camt053.xml'))
  assert.deepEqual([again.created, again.known, again.statements[0]?.isDuplicate], [0, 4, true])
})

test('importing a file twice changes nothing, nor does the same day in another format', async t => {
  const bank = await aBank(t)
  await bank.statement(join(samples, 'mt940.sta'))
  const before = await bank.payments()
  const sameDay = readFileSync(join(samples, 'camt053.xml'), 'utf8')
    .replace(
      /<Ntry>[\s\S]*<\/Ntry>/,
      `
      <Ntry><Amt Ccy="EUR">250.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-03-03</Dt></BookgDt><NtryDtls><TxDtls><RmtInf><Ustrd>x</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
      <Ntry><Amt Ccy="EUR">75.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-03-03</Dt></BookgDt></Ntry>`,
    )
    .replace('10000.00', '11805.00')
    .replace(
      '>11805.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>\n      <!--',
      '>11980.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-03</Dt></Dt></Bal>\n      <!--',
    )

  const twice = await bank.statement(join(samples, 'mt940.sta'))
  const other = await bank.statement(bank.file('day.xml', [sameDay]))

  assert.deepEqual([twice.created, other.created, other.statements[0]?.isDuplicate], [0, 0, true])
  assert.deepEqual(await bank.payments(), before)
})

test('two equal payments of one day are two payments, also when their statement comes again with others', async t => {
  const bank = await aBank(t)
  const [one, two] = [mt940([...rent, ...rent]), mt940(rent, { number: '2/1', opening: '1100,00', closing: '1150,00' })]

  await bank.statement(bank.file('1.sta', one))
  await bank.statement(bank.file('2.sta', two))
  await bank.statement(bank.file('both.sta', [...two, ...one]))

  assert.equal((await bank.payments()).length, 3)
})

test('lines that do not lead to the closing balance are refused as a whole, with the place and what is missing', async t => {
  const bank = await aBank(t)
  const good = mt940([':61:2603020302C100,00NTRFNONREF', ':86:een'])
  const bad = mt940([':61:2603020302C90,00NTRFNONREF', ':86:twee'], { number: '2/1', opening: '1100,00', closing: '1200,00' })

  await assert.rejects(bank.statement(bank.file('bad.sta', [...good, ...bad])), failsWith(/statement 2\/1 \(line 9\).* 10\.00 is missing/))

  assert.deepEqual([await bank.db.payment.count(), await bank.db.bankStatement.count(), await bank.db.bankAccount.count()], [0, 0, 0])
})

test('a line that cannot be read is named, and nothing of the file is taken', async t => {
  const bank = await aBank(t)
  const files = {
    'line.sta': mt940([':61:2603020302C100,00NTRFNONREF', ':86:een', ':61:26030299XX']),
    'cut.sta': mt940([':61:2603020302C100,00NTRFNONREF']).slice(0, -2),
    'entry.xml': readFileSync(join(samples, 'camt053.xml'), 'utf8').replace('>500.00</Amt>', '>5OO</Amt>').replace('>1500.00</Amt>', '>many</Amt>').split('\n'),
    'cut.xml': readFileSync(join(samples, 'camt053.xml'), 'utf8').split('\n').slice(0, 30),
    'none.xml': ['<Document><BkToCstmrAcctRpt><Rpt><Id>1</Id></Rpt></BkToCstmrAcctRpt></Document>'],
    'doctype.xml': ['<!DOCTYPE x [<!ENTITY a "BkToCstmrStmt">]><Document/>'],
  }

  const problems: string[] = []
  for (const [name, lines] of Object.entries(files)) {
    await bank.statement(bank.file(name, lines)).catch((error: unknown) => problems.push(error instanceof DuncanError ? error.message : 'another error'))
  }

  assert.match(problems[0] ?? '', /line\.sta, line 7: the line "26030299XX" cannot be read/)
  assert.match(problems[1] ?? '', /no closing balance/)
  assert.match(problems[2] ?? '', /entry\.xml, line 25: an entry \(Ntry\) without an amount/)
  assert.match(problems[3] ?? '', /cut\.xml, line \d+: the file ends inside/)
  assert.match(problems[4] ?? '', /neither a camt\.053 nor an MT940/)
  assert.match(problems[5] ?? '', /document type declaration/)
  assert.equal(await bank.db.payment.count(), 0)
})

test('a statement that does not follow the one before is taken and told; the missing one closes the gap', async t => {
  const bank = await aBank(t)

  await bank.statement(bank.file('1.sta', day('1/1', '1000,00', '1100,00')))

  const third = await bank.statement(bank.file('3.sta', day('3/1', '1200,00', '1300,00')))
  const second = await bank.statement(bank.file('2.sta', day('2/1', '1100,00', '1200,00')))

  assert.match(third.gaps[0]?.problem ?? '', /opens with 1200.*\(1\/1 of 2026-03-02\) closes with 1100/)
  assert.deepEqual(second.gaps, [])
})

test('MT940 of many banks: codes between slashes, numbered fields, free text, the account beside the line', async t => {
  const bank = await aBank(t)
  const lines = [
    ':61:2603020302CR10,00N541EREF//B1',
    ':86:/CNTP/NL20INGB0001234567/INGBNL2A/Kwekerij Zonneveld BV///REMI/STRD/CUR/5000056789012345/',
    ':61:260302C20,00NTRFNONREF//B2',
    ':86:166?00GUTSCHRIFT?10931?20EREF+E2E-7?21SVWZ+Rechnung Nummer 2026-0?22118 vom 3. Februar?30COBADEFF?31DE89370400440532013000?32HOLZBAU MEIER',
    '?33 UND SOEHNE GMBH',
    ':61:2603020302C30,00S944NONREF//B3',
    ':86:944~00PRZELEW~20Faktura FV/12/2026~21 oplata~32KOWALSKI SP. Z O.O.~33KRAKOW~38PL61109010140000071219812874',
    ':61:2603020302C39,50N541NONREF',
    'NL20INGB0001234567',
    ':86:/ORDP//NAME/Zonneveld/ADDR/Dorp 1/REMI/fact. 2026-0119',
    ':61:2603020302RD0,50NTRFNONREF//B5',
    ':86:***123/4567/89002*** VRIJE MEDEDELING',
  ]

  await bank.statement(bank.file('many.sta', mt940(lines)))

  const rows = await bank.db.payment.findMany({ orderBy: { amount: 'asc' } })
  assert.deepEqual(
    rows.map(each => [each.amount.toFixed(2), each.status, each.payerName, each.payerIban, each.text, each.structuredReference, each.endToEndId]),
    [
      ['0.50', 'not_ours', null, null, '***123/4567/89002*** VRIJE MEDEDELING', null, null],
      ['10.00', 'new', 'Kwekerij Zonneveld BV', 'NL20INGB0001234567', '', '5000056789012345', null],
      ['20.00', 'new', 'HOLZBAU MEIER UND SOEHNE GMBH', 'DE89370400440532013000', 'Rechnung Nummer 2026-0118 vom 3. Februar', null, 'E2E-7'],
      ['30.00', 'new', 'KOWALSKI SP. Z O.O. KRAKOW', 'PL61109010140000071219812874', 'Faktura FV/12/2026 oplata', null, null],
      ['39.50', 'new', 'Zonneveld', 'NL20INGB0001234567', 'fact. 2026-0119', null, null],
    ],
  )
})

test('lines of an account come from CSV by a mapping', async t => {
  const bank = await aBank(t)

  const result = await bank.statement(join(samples, 'bank.csv'), { mapping: join(samples, 'bank.yaml') })
  const again = await bank.statement(join(samples, 'bank.csv'), { mapping: join(samples, 'bank.yaml') })

  assert.deepEqual([result.lines, result.created, again.created], [2, 1, 0])
  assert.deepEqual(await bank.payments(), [['2026-03-04', '1250.00', 'BE68539007547034', 'factuur 2026-0125', null]])
})

test('with several administrations an account is named once, and known afterwards', async t => {
  const bank = await aBank(t)
  await bank.db.administration.create({ data: { code: 'BE01', name: 'Nordlicht België' } })

  await assert.rejects(bank.statement(join(samples, 'mt940.sta')), failsWith(/not known whose account NL91ABNA0417164300 is/))
  await bank.statement(join(samples, 'mt940.sta'), { administration: 'BE01' })
  const next = await bank.statement(join(samples, 'camt053.xml'))

  assert.equal(next.created, 4)
  await assert.rejects(bank.statement(join(samples, 'camt053.xml'), { administration: 'NL01' }), failsWith(/belongs to the administration BE01/))
})

test('a dry run reads and checks everything and leaves nothing', async t => {
  const bank = await aBank(t)

  const result = await bank.statement(join(samples, 'camt053.xml'), { dryRun: true })

  assert.deepEqual([result.kind, result.created, await bank.db.payment.count(), await bank.db.bankStatement.count()], ['dry_run', 4, 0, 0])
})

test('hostile text of a payer is stored as text', async t => {
  const bank = await aBank(t)
  const text = 'ignore all rules &#0; &#xD800; ﻿ __proto__'
  const file = readFileSync(join(samples, 'camt053.xml'), 'utf8').replace('Betaling factuur 2026-0117', text)

  await bank.statement(bank.file('hostile.xml', [file]))

  const [row] = await bank.db.payment.findMany({ where: { amount: 605 } })
  assert.match(row?.text ?? '', /^ignore all rules .*__proto__$/)
})
