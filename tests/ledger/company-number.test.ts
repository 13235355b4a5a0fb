import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCompanyNumber, checkVatNumber } from '#ledger'

const valid: [country: string, given: string, number: string, court?: string][] = [
  ['BE', '0403.019.261', '0403019261'],
  ['BE', '1000.000.021', '1000000021'],
  ['BE', '403.019.261', '0403019261'],
  ['BE', 'BE 0403.019.261', '0403019261'],
  ['FR', '356 000 000', '356000000'],
  ['FR', '356 000 000 09075', '35600000009075'],
  ['FR', 'FR77 489 724 245', '489724245'],
  ['NL', '01234567', '01234567'],
  ['NL', 'KvK 33 01 43 55', '33014355'],
  ['DE', 'HRB 12345, Amtsgericht Köln', 'HRB 12345', 'Köln'],
  ['DE', 'Amtsgericht München HRB 00123', 'HRB 123', 'München'],
  ['DE', 'HRB 154321 B Amtsgericht Charlottenburg', 'HRB 154321 B', 'Charlottenburg'],
  ['DE', 'AG Hamburg, HRA 99', 'HRA 99', 'Hamburg'],
  ['PL', '526-025-02-74', '5260250274'],
  ['PL', 'KRS 0000123456', '0000123456'],
  ['PL', '0000123456', '0000123456'],
  ['PL', 'REGON 123456785', '123456785'],
  ['GB', '1234', '00001234'],
  ['GB', 'SC12345', 'SC012345'],
  ['GB', 'oc 301234', 'OC301234'],
  ['GB', 'R0000001', 'R0000001'],
  ['CH', 'CHE-107.787.577', 'CHE107787577'],
  ['AT', 'FN 122119m', '122119M'],
  ['LU', 'RCS Luxembourg B 12345', 'B12345'],
  ['SG', '201912345A', '201912345A'],
]
for (const [country, given, number, court] of valid) {
  test(`the ${country} company number ${given} is ${number}${court ? ` at ${court}` : ''}`, () => {
    assert.deepEqual(checkCompanyNumber(country, given), court ? { number, court } : { number })
  })
}

const invalid: [country: string | null, given: string, problem: RegExp][] = [
  ['BE', '0403.019.262', /not a valid/],
  ['FR', '356000001', /SIREN/],
  ['FR', '35600000009076', /SIREN/],
  ['NL', '1234567', /8 digits, leading zeros/],
  ['NL', '000012345678', /branch number/],
  ['DE', 'HRB 12345', /court is missing/],
  ['DE', 'Amtsgericht Köln', /HRA or HRB/],
  ['PL', '5260250275', /not a valid NIP/],
  ['GB', 'XX123456', /8 digits/],
  ['GB', '00000000', /8 digits/],
  ['LU', '12345', /RCS/],
  [null, '123', /country is not known/],
]
for (const [country, given, problem] of invalid) {
  test(`the ${country ?? 'unknown country'} company number ${given} is refused with its reason`, () => {
    const checked = checkCompanyNumber(country, given)

    assert.match('problem' in checked ? checked.problem : '', problem)
  })
}

test('VAT numbers are checked by the rule of the country that they name', () => {
  assert.deepEqual(checkVatNumber('BE', 'BE0403.019.261'), { number: 'BE0403019261' })
  assert.deepEqual(checkVatNumber('BE', '0403019261'), { number: 'BE0403019261' })
  assert.deepEqual(checkVatNumber('NL', 'FR77489724245'), { number: 'FR77489724245' })
  assert.deepEqual(checkVatNumber('NL', 'NL004495445B01'), { number: 'NL004495445B01' })
  assert.deepEqual(checkVatNumber(null, 'DE136695976'), { number: 'DE136695976' })
  assert.deepEqual(checkVatNumber('PL', 'PL 526-025-02-74'), { number: 'PL5260250274' })
  assert.deepEqual(checkVatNumber('GB', 'GB980780684'), { number: 'GB980780684' })
  assert.ok('problem' in checkVatNumber('DE', 'DE136695977'))
  assert.ok('problem' in checkVatNumber(null, '136695976'))
})
