import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DuncanError, Prisma } from '#platform'
import type { BankLine, StatementPart } from '../../../src/ledger/statements/bank-line.ts'
import { readCamt053 } from '../../../src/ledger/statements/read-camt053.ts'

type Detail = { cents: number; mark: 'CRDT' | 'DBIT' | ''; currency: string; place: 'Amt' | 'TxAmt' | 'none'; isReturn: boolean }
type Entry = { mark: 'CRDT' | 'DBIT'; status: string; extra: number; details: Detail[]; isReversal: boolean }

const amount = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`

/** `modern`: as of version .08, else as .02 writes it. */
function detailOf({ cents, mark, currency, place, isReturn }: Detail, index: number, modern: boolean): string {
  const money = `<Amt Ccy="${currency}">${amount(cents)}</Amt>`
  const side = mark === '' ? '' : `<CdtDbtInd>${mark}</CdtDbtInd>`
  const own = place === 'Amt' ? `${money}${side}` : place === 'TxAmt' ? `<AmtDtls><TxAmt>${money}</TxAmt></AmtDtls>${side}` : side
  const name = modern ? `<Pty><Nm>Payer ${index}</Nm></Pty>` : `<Nm>Payer ${index}</Nm>`
  // Payments of one batch may share the payer's reference.
  const back = isReturn ? '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' : ''
  return `<TxDtls><Refs><EndToEndId>SAME</EndToEndId></Refs>${own}<RltdPties><Dbtr>${name}</Dbtr></RltdPties><RmtInf><Ustrd>No ${index}</Ustrd></RmtInf>${back}</TxDtls>`
}

function entryOf({ mark, status, extra, details, isReversal }: Entry, modern: boolean): string {
  const code = modern ? `<Sts><Cd>${status}</Cd></Sts>` : `<Sts>${status}</Sts>`
  const reversal = isReversal ? '<RvslInd>true</RvslInd>' : ''
  return `<Ntry><Amt Ccy="EUR">${amount(wholeOf({ details, mark, extra }))}</Amt><CdtDbtInd>${mark}</CdtDbtInd>${reversal}${code}<BookgDt><Dt>2026-03-02</Dt></BookgDt>
    <AcctSvcrRef>B1</AcctSvcrRef><NtryDtls>${details.map((detail, index) => detailOf(detail, index, modern)).join('')}</NtryDtls></Ntry>`
}

/** The entry's own amount: that of its payments, off by `extra`. */
function wholeOf({ details, mark, extra }: Pick<Entry, 'details' | 'mark' | 'extra'>): number {
  return Math.abs(details.reduce((sum, { cents, mark: own }) => sum + ((own || mark) === mark ? cents : -cents), 0)) + extra
}

const aStatement = (entries: string, version: string): string =>
  `<?xml version="1.0"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.${version}"><BkToCstmrStmt><Stmt><Id>1</Id><Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id><Ccy>EUR</Ccy></Acct>${entries}</Stmt></BkToCstmrStmt></Document>`

async function* pieces(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536)
}

async function linesOf(text: string): Promise<BankLine[]> {
  const lines: BankLine[] = []
  for await (const part of readCamt053(pieces(text), 'x.xml') as AsyncIterable<StatementPart>) if (part.kind === 'lines') lines.push(...part.lines)
  return lines
}

const aDetail: fc.Arbitrary<Detail> = fc.record({
  cents: fc.integer({ min: 0, max: 99_999 }),
  mark: fc.constantFrom('CRDT', 'DBIT', ''),
  currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'USD'),
  place: fc.constantFrom('Amt', 'Amt', 'TxAmt', 'none'),
  isReturn: fc.boolean(),
})
const anEntry: fc.Arbitrary<Entry> = fc.record({
  mark: fc.constantFrom('CRDT', 'DBIT'),
  status: fc.constantFrom('BOOK', 'BOOK', 'BOOK', 'PDNG', 'INFO', 'FUTR'),
  extra: fc.constantFrom(0, 0, 0, 1, 12_345),
  details: fc.array(aDetail, { maxLength: 5 }),
  isReversal: fc.boolean(),
})

test('whatever a batch says of its payments, its lines make the amount of the entry, in every version; what is not booked makes none', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anEntry, { maxLength: 4 }), fc.constantFrom('02', '04', '08', '10', '13'), async (entries, version) => {
      const modern = Number(version) >= 8

      const lines = await linesOf(aStatement(entries.map(entry => entryOf(entry, modern)).join('\n'), version))

      const booked = entries.filter(({ status }) => status === 'BOOK')
      const expected = booked.reduce((sum, entry) => sum + (entry.mark === 'CRDT' ? 1 : -1) * wholeOf(entry), 0)
      const found = lines.reduce((sum, line) => sum.add(line.direction === 'in' ? line.amount : line.amount.neg()), new Prisma.Decimal(0))
      assert.equal(found.toFixed(2), new Prisma.Decimal(expected).div(100).toFixed(2))
      assert.ok(lines.length >= booked.length && lines.every(line => !line.amount.isNegative()))
    }),
    { numRuns: 150 },
  )
})

test('an amount that is negative, in no account’s currency or none at all is refused with its line', async () => {
  const broken = [
    '<Amt Ccy="EUR">-5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>',
    '<Amt Ccy="USD">5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>',
    '<Amt Ccy="EUR">5.00</Amt>',
    '<Amt Ccy="EUR">1e3</Amt><CdtDbtInd>CRDT</CdtDbtInd>',
  ]

  for (const money of broken) {
    const text = aStatement(`\n<Ntry>${money}<Sts>BOOK</Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt></Ntry>`, '02')
    await assert.rejects(
      linesOf(text),
      (error: unknown) => error instanceof DuncanError && error.message.startsWith('x.xml, line 2: an entry (Ntry) without an amount'),
    )
  }
  const plain = aStatement(
    '<Ntry><Amt>5.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><DtTm>2026-03-02T23:59:59+01:00</DtTm></BookgDt></Ntry>',
    '02',
  )
  assert.deepEqual(
    (await linesOf(plain)).map(line => [line.amount.toFixed(2), line.bookedOn]),
    [['5.00', '2026-03-02']],
  )
})

test('files that are made to break readers are refused with a place', async () => {
  const bombs = {
    entities: `<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${aStatement('', '08')}`,
    external: `<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>${aStatement('<Ntry>&x;</Ntry>', '08')}`,
    deep: aStatement(`<Ntry>${'<a>'.repeat(200_000)}`, '08'),
    quote: aStatement(`<Ntry a="${' '.repeat(3_000_000)}`, '08'),
    inside: aStatement(`<Ntry>${'<a>'.repeat(99)}${'</a>'.repeat(99)}</Ntry>`, '08'),
    other: '<html><body>BkToCstmrStmt</body></html>',
  }

  for (const [name, text] of Object.entries(bombs)) {
    await assert.rejects(linesOf(text), (error: unknown) => error instanceof DuncanError && error.message.startsWith('x.xml'), name)
  }
  // An undeclared entity, or one of XML's own, is text.
  const [line] = await linesOf(
    aStatement(
      '<Ntry><Amt Ccy="EUR">1</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-03-02</Dt></BookgDt><AddtlNtryInf>A &amp; B &x; &lt;c&gt;</AddtlNtryInf></Ntry>',
      '08',
    ),
  )
  assert.equal(line?.text, 'A & B &x; <c>')
})
