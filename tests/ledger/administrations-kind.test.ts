import assert from 'node:assert/strict'
import { test } from 'node:test'
import { administrationsKind } from '#ledger'
import { createSettings, joinSettingsFiles, parseSettingsFile } from '#settings'
import { createTestDatabase } from '../support/database.ts'
import { kindFaults } from '../support/kind-faults.ts'

const dutch = { name: 'Nordlicht BV', country: 'NL', language: 'nl', currency: 'EUR', timeZone: 'Europe/Amsterdam' }
const yaml = (codes: string[]) =>
  joinSettingsFiles([parseSettingsFile('a.yaml', `administrations: ${JSON.stringify(Object.fromEntries(codes.map(code => [code, dutch])))}\n`)])
const written = (more: object) => joinSettingsFiles([parseSettingsFile('a.yaml', `administrations: ${JSON.stringify({ nord: { ...dutch, ...more } })}\n`)])

test('administrations of the settings stand in the ledger; the one that debtors hang on cannot be taken out', async t => {
  const { client } = await createTestDatabase(t)
  const settings = createSettings({ client, kinds: [administrationsKind] })
  await client.administration.create({ data: { code: 'nord', name: 'as imported' } })

  const first = await settings.apply(yaml(['nord', 'sud']), { actor: 'cli' })
  await client.administration.update({ where: { code: 'nord' }, data: { debtors: { create: { number: '1', name: 'Acme', searchName: 'acme' } } } })
  const refused = await settings.plan(yaml(['sud']))
  const shrunk = await settings.apply(yaml(['nord']), { actor: 'cli' })

  assert.equal(first.kind, 'applied')
  assert.ok(refused.kind === 'refused')
  assert.deepEqual(
    refused.faults.map(({ line, message }) => [line, message]),
    [[1, 'no longer names nord, which holds 1 debtors and 0 invoices']],
  )
  assert.equal(shrunk.kind, 'applied')
  const rows = await client.administration.findMany({ select: { code: true, name: true, language: true } })
  assert.deepEqual(rows, [{ code: 'nord', name: 'Nordlicht BV', language: 'nl' }])
})

test('the account that debtors pay to is checked, and goes when the settings name it no more', async t => {
  const { client } = await createTestDatabase(t)
  const settings = createSettings({ client, kinds: [administrationsKind] })
  const accountOf = () => client.administration.findFirstOrThrow({ select: { iban: true, bic: true, accountName: true } })

  await settings.apply(written({ iban: 'nl91 abna 0417 1643 00', bic: 'ABNANL2A', accountName: 'Nordlicht Holding' }), { actor: 'cli' })
  const before = await accountOf()
  const wrong = await settings.plan(written({ iban: 'NL00ABNA0417164300', bic: 'ABN' }))
  await settings.apply(written({}), { actor: 'cli' })

  assert.deepEqual(before, { iban: 'NL91ABNA0417164300', bic: 'ABNANL2A', accountName: 'Nordlicht Holding' })
  assert.ok(wrong.kind === 'refused' && wrong.faults.length === 2)
  assert.deepEqual(await accountOf(), { iban: null, bic: null, accountName: null })
})

test('what is no country, currency or time zone is refused', () => {
  const faults = kindFaults(
    [administrationsKind],
    'administrations:\n  a:\n    name: A\n    country: Netherlands\n    language: nl\n    currency: EURO\n    timeZone: Amsterdam\n',
  )

  assert.deepEqual(
    faults.map(fault => fault.split(' ').slice(0, 2).join(' ')),
    [':4:14 administrations.a.country', ':6:15 administrations.a.currency', ':7:15 administrations.a.timeZone'],
  )
})
