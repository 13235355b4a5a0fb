import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linesOf, postalContact } from '#ledger'
import { aLedger } from './support.ts'

const header = 'debtor_number,debtor_name,country,address,street,house_number,postcode,city'

test('addresses for post stand as envelopes of their country want them, whichever columns they come in', async t => {
  const ledger = await aLedger(t)
  const rows = [
    ['1,Alder,NL,,Oude Werf,14,3500zz,Utrecht', 'Oude Werf 14|3500 ZZ  UTRECHT'],
    ['2,Birch,BE,,Rue de la Loi 16,,1000,Bruxelles', 'Rue de la Loi 16|1000 BRUXELLES'],
    ['3,Cèdre,FR,,rue des Tilleuls,12 bis,1000,Bourg-en-Bresse', '12 bis rue des Tilleuls|01000 BOURG-EN-BRESSE'],
    ['4,Dąb,PL,,ul. Długa,3/7,00950,Warszawa', 'ul. Długa 3/7|00-950 Warszawa'],
    ['5,Eiche,DE,,Musterweg 8,,1067,Dresden', 'Musterweg 8|01067 Dresden'],
    ['6,Fir,GB,,High Street,2,ls12ab,Leeds', '2 High Street|LEEDS|LS1 2AB'],
    ['7,Gorse,NL,"Postbus 12, 3500 AA Utrecht",,,3500AA,Utrecht', 'Postbus 12|3500 AA Utrecht'],
    ['8,Hazel,NL,"t.a.v. Crediteuren\nKade 9",,,,', 't.a.v. Crediteuren|Kade 9'],
    ['9,Iris,NL,,,,,', null],
  ] as const
  const file = ledger.file('debtors.csv', [header, ...rows.map(([row]) => row)])
  const mapping = ledger.file('debtors.yaml', ['type: debtors'])

  await ledger.import({ file, mapping })

  const contacts = await ledger.db.contact.findMany({ include: { debtor: true }, orderBy: { debtor: { number: 'asc' } } })
  assert.deepEqual(
    contacts.map(({ address }) => address?.replaceAll('\n', '|')),
    rows.flatMap(([, address]) => address ?? []),
  )
})

test('an address that a person approved is where letters go, until the import brings another one', async t => {
  const ledger = await aLedger(t)
  const mapping = ledger.file('debtors.yaml', ['type: debtors'])
  const withStreet = (name: string, street: string) => ({ file: ledger.file(name, [header, `1,Alder,DE,,${street},,50667,Köln`]), mapping })
  const letterGoesTo = async () => linesOf(postalContact(await ledger.db.contact.findMany())?.address ?? '')[0]
  await ledger.import(withStreet('a.csv', 'Am Markt 1'))
  assert.equal(await letterGoesTo(), 'Am Markt 1')
  const { id: debtorId } = await ledger.db.debtor.findFirstOrThrow()

  await ledger.db.contact.create({ data: { debtorId, source: 'mail', name: 'Ute', address: 'Neuer Weg 2, 50667 Köln' } })
  await ledger.import(withStreet('b.csv', 'Am Markt 1'))
  assert.equal(await letterGoesTo(), 'Neuer Weg 2')
  await ledger.import(withStreet('c.csv', 'Am Hafen 3'))

  assert.equal(await letterGoesTo(), 'Am Hafen 3')
  assert.equal(await ledger.db.contact.count({ where: { address: { not: null } } }), 1)
})
