import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import jsqr from 'jsqr'
import { PNG } from 'pngjs'
import { isPaymentReference } from '#ledger/payment-references'
import { drawTransfer, transferText } from '../../src/drafting/payment-qr.ts'
import { paymentReferenceOf } from '../../src/drafting/payment-reference.ts'

const transfer = { name: 'Nordlicht Żółw GmbH', iban: 'NL02 ABNA 0123 4567 89', bic: 'ABNANL2A', amount: '1234.5', currency: 'EUR' }

/** What an independent reader finds in a picture. */
function decode(picture: Buffer) {
  const { data, width, height } = PNG.sync.read(picture)
  // jsqr is a CommonJS module whose function is its default.
  const read = jsqr as unknown as { default: (pixels: Uint8ClampedArray, width: number, height: number) => { binaryData: number[]; version: number } | null }
  const found = read.default(new Uint8ClampedArray(data), width, height)
  return found && { text: Buffer.from(found.binaryData).toString(), version: found.version }
}

test('the drawn code tells account, amount and reference, and says nothing after its last line', async () => {
  const structured = await drawTransfer({ ...transfer, reference: 'RF18539007547034' })
  const longest = { ...transfer, name: 'Ä'.repeat(90), bic: 'ABNANL2AXXX', amount: '999999999.99', text: 'x'.repeat(125) }
  const [plain, full] = [await drawTransfer(transfer), await drawTransfer(longest)]

  assert.ok(structured && plain && full)
  assert.equal(decode(structured)?.text, 'BCD\n002\n1\nSCT\nABNANL2A\nNordlicht Żółw GmbH\nNL02ABNA0123456789\nEUR1234.50\n\nRF18539007547034')
  assert.equal(decode(plain)?.text, 'BCD\n002\n1\nSCT\nABNANL2A\nNordlicht Żółw GmbH\nNL02ABNA0123456789\nEUR1234.50')
  const read = decode(full)
  assert.equal(read?.text.split('\n')[5], 'Ä'.repeat(70))
  assert.equal(read?.text.split('\n').at(-1), 'x'.repeat(125))
  assert.ok((read?.version ?? 99) <= 13)
  // More bytes than version 13 holds.
  assert.equal(await drawTransfer({ ...longest, text: 'ł'.repeat(140) }), undefined)
})

test('there is no code where a transfer in euros to SEPA cannot be', () => {
  for (const other of [
    { currency: 'PLN' },
    { iban: 'US64SVBKUS6S3300958879' },
    { amount: '0' },
    { amount: '-5' },
    { amount: '1.005' },
    { amount: '1000000000' },
    { text: 'x'.repeat(141) },
  ])
    assert.equal(transferText({ ...transfer, ...other }), undefined, JSON.stringify(other))
})

test('an invoice is paid by the reference of the ledger where it holds, else by its number with check digits', () => {
  assert.deepEqual(paymentReferenceOf('539007547034', null), { printed: 'RF18 5390 0754 7034', rf: 'RF18539007547034' })
  assert.deepEqual(paymentReferenceOf('F-1', '123456789002'), { printed: '+++123/4567/89002+++', rf: undefined })
  assert.deepEqual(paymentReferenceOf('F-1', '+++000/8000/90655+++'), { printed: '+++000/8000/90655+++', rf: undefined })
  assert.deepEqual(paymentReferenceOf('F-1', '5000056789012345'), { printed: '5000 0567 8901 2345', rf: undefined })
  assert.deepEqual(paymentReferenceOf('F-1', '210000000003139471430009017'), { printed: '21 00000 00003 13947 14300 09017', rf: undefined })
  assert.deepEqual(paymentReferenceOf('F-1', 'RF18 5390 0754 7034'), { printed: 'RF18 5390 0754 7034', rf: 'RF18539007547034' })
  // Check digits that do not hold would send the money astray.
  assert.equal(paymentReferenceOf('F-1', '123456789003')?.rf?.slice(4), 'F1')
  assert.equal(paymentReferenceOf('žž', null), undefined)
  fc.assert(
    fc.property(fc.string(), number => {
      const rf = paymentReferenceOf(number, null)?.rf
      assert.ok(rf === undefined || isPaymentReference(rf))
    }),
  )
})
