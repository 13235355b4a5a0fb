import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findPaymentReferences, isIban, isPaymentReference } from '#ledger/payment-references'

test('references of every country are known by their check digits', () => {
  const references = ['123456789002', '000800090655', 'RF18539007547034', '5000056789012345', '210000000003139471430009017']

  assert.deepEqual(references.map(isPaymentReference), [true, true, true, true, true])
})

test('a wrong check digit is no reference', () => {
  const wrong = ['123456789003', 'RF19539007547034', '4000056789012345', '210000000003139471430009016', '', 'RF18', '__proto__']

  assert.deepEqual(wrong.filter(isPaymentReference), [])
})

test('a remainder of nought is written 97 in a Belgian reference', () => {
  assert.equal(isPaymentReference('000000009797'), true)
  assert.equal(isPaymentReference('000000009700'), false)
})

test('references are found in the text of a payment however they are grouped', () => {
  const text = 'Fact. +++123/4567/89002+++ en RF18 5390 0754 7034 ref 21 00000 00003 13947 14300 09017'

  assert.deepEqual(
    findPaymentReferences(text).map(({ key }) => key),
    ['123456789002', 'RF18539007547034', '210000000003139471430009017'],
  )
})

test('an account number is an IBAN only with right check digits', () => {
  assert.equal(isIban('NL91ABNA0417164300'), true)
  assert.equal(isIban('NL92ABNA0417164300'), false)
})
