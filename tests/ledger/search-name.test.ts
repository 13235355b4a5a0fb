import assert from 'node:assert/strict'
import { test } from 'node:test'
import { searchName, searchNumber } from '#ledger'

const names: [string, string][] = [
  ['Bakkerij De Gouden Aar B.V.', 'bakkerij de gouden aar'],
  ['BAKKERIJ DE GOUDEN AAR BV', 'bakkerij de gouden aar'],
  ['Zakład Łódź Sp. z o.o.', 'zaklad lodz'],
  ['Zaklad Lodz sp. z o. o.', 'zaklad lodz'],
  ['Zakład Łódź sp. z o.o. sp.k.', 'zaklad lodz'],
  ['Müller & Söhne GmbH & Co. KG', 'muller sohne'],
  ['Straßenbau Groß e.K.', 'strassenbau gross'],
  ['Dépôt Général S.A.R.L.', 'depot general'],
  ['SARL Dépôt Général', 'depot general'],
  ["L'Étoile SAS", 'letoile'],
  ['Smørrebrød A/S', 'smorrebrod'],
  ['Northgate Foods Ltd.', 'northgate foods'],
  ['Northgate Foods (UK) Limited', 'northgate foods uk'],
  ['Peeters & Co', 'peeters'],
  ['Hotel & Spa', 'hotel spa'],
  ['Ferro S.p.A.', 'ferro'],
  ['Interconnect NV/SA', 'interconnect'],
  ['SA', 'sa'],
  ['B.V.', 'bv'],
  ['3M Deutschland GmbH', '3m deutschland'],
  ['J.P. van den Berg', 'jp van den berg'],
  ['  ', ''],
]

for (const [name, expected] of names) {
  test(`the name "${name}" is matched on "${expected}"`, () => {
    assert.equal(searchName(name), expected)
  })
}

test('a search name stays as it is when it is made again', () => {
  for (const [, found] of names) assert.equal(searchName(found), found)
})

test('invoice numbers are matched on letters and digits only', () => {
  assert.equal(searchNumber('inv-2026/00 17'), 'INV20260017')
  assert.equal(searchNumber('Fakt. é12'), 'FAKTE12')
  assert.equal(searchNumber('---'), '')
})
