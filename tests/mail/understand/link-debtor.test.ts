import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import fc from 'fast-check'
import { searchName, searchNumber } from '#ledger'
import type { FoundReference, FoundReferences, LinkableMessage } from '#mail'
import { linkDebtors } from '#mail'
import type { Db } from '#platform'
import { weighEvidence } from '../../../src/mail/link/weigh-evidence.ts'
import { createTestDatabase } from '../../support/database.ts'

const nothing: FoundReferences = { numbers: [], paymentReferences: [], companyNumbers: [], ibans: [], emails: [], companyNames: [] }
const found = (key: string, more: Partial<FoundReference> = {}): FoundReference => ({ key, place: 'text', weak: false, ...more })
const aMessage = (more: Partial<Omit<LinkableMessage, 'references'>> & { references?: Partial<FoundReferences> } = {}): LinkableMessage => ({
  direction: 'in',
  fromAddress: 'stranger@nowhere.example',
  fromName: undefined,
  recipients: ['debtors@us.example'],
  bounced: [],
  threadDebtorId: undefined,
  ...more,
  references: { ...nothing, ...more.references },
})

async function aLedger(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const nl = await client.administration.create({ data: { code: 'nl', name: 'Us NL' } })
  const be = await client.administration.create({ data: { code: 'be', name: 'Us BE', country: 'BE' } })
  const group = await client.debtorGroup.create({ data: { name: 'Jansen groep' } })
  const debtor = async (number: string, name: string, more: { email?: string; groupId?: number; administrationId?: number; [field: string]: unknown } = {}) => {
    const { email, ...fields } = more
    const row = await client.debtor.create({ data: { administrationId: nl.id, number, name, searchName: searchName(name), ...fields } })
    if (email) await client.contact.create({ data: { debtorId: row.id, email } })
    return row.id
  }
  const invoice = async (debtorId: number, number: string, more: object = {}) =>
    client.invoice.create({
      data: {
        administrationId: nl.id,
        debtorId,
        number,
        searchNumber: searchNumber(number),
        dueDate: new Date('2026-11-01'),
        currency: 'EUR',
        amount: 100,
        openAmount: 100,
        ...more,
      },
    })
  const acme = await debtor('1', 'Acme Metaal B.V.', { email: 'ap@acme.example', companyNumber: '12345678', vatNumber: 'NL123456789B01' })
  const bolt = await debtor('2', 'Bolt Fietsen B.V.', { email: 'info@bolt.example', paymentReference: '+++123/4567/89002+++' })
  const north = await debtor('3', 'Jansen Noord B.V.', { email: 'noord@jansen.example', groupId: group.id })
  const south = await debtor('4', 'Jansen Zuid B.V.', { email: 'zuid@jansen.example', groupId: group.id })
  const belgian = await debtor('1', 'Acme België NV', { administrationId: be.id, email: 'ap@acme.example' })
  await invoice(acme, '2026-0412')
  await invoice(bolt, '2026-0555', { paymentReference: 'RF18539007547034' })
  await invoice(south, '2026-0700')
  await invoice(belgian, 'BE-88001', { administrationId: be.id })
  return { client, nl, be, acme, bolt, north, south, belgian }
}

test('a known sender, domain, invoice number, payment reference, company number or name links with that reason', async t => {
  const { client, acme, bolt, nl } = await aLedger(t)

  const links = await linkDebtors(client, [
    aMessage({ fromAddress: 'info@bolt.example' }),
    aMessage({ fromAddress: 'piet@bolt.example' }),
    aMessage({ references: { numbers: [found('20260412')] } }),
    aMessage({ references: { paymentReferences: [found('123456789002')] } }),
    aMessage({ references: { paymentReferences: [found('RF18539007547034')] } }),
    aMessage({ references: { companyNumbers: [found('12345678')] }, administrationIds: [nl.id] }),
    aMessage({ fromName: 'Administratie - Bolt Fietsen' }),
    aMessage({ threadDebtorId: acme }),
    aMessage({ references: { numbers: [found('20260555', { place: 'quoted' })] } }),
  ])

  assert.deepEqual(links, [
    { kind: 'linked', debtorId: bolt, reason: 'sender', candidates: [] },
    { kind: 'linked', debtorId: bolt, reason: 'contact_domain', candidates: [] },
    { kind: 'linked', debtorId: acme, reason: 'invoice_number', candidates: [] },
    { kind: 'linked', debtorId: bolt, reason: 'payment_reference', candidates: [] },
    { kind: 'linked', debtorId: bolt, reason: 'payment_reference', candidates: [] },
    { kind: 'linked', debtorId: acme, reason: 'company_number', candidates: [] },
    { kind: 'linked', debtorId: bolt, reason: 'name', candidates: [] },
    { kind: 'linked', debtorId: acme, reason: 'thread', candidates: [] },
    { kind: 'linked', debtorId: bolt, reason: 'invoice_number', candidates: [] },
  ])
})

test("a sender who cites another debtor's invoice is ambiguous, with both as candidates and why", async t => {
  const { client, acme, bolt } = await aLedger(t)

  const [link] = await linkDebtors(client, [aMessage({ fromAddress: 'info@bolt.example', references: { numbers: [found('20260412')] } })])

  assert.deepEqual(link, {
    kind: 'ambiguous',
    candidates: [
      { debtorId: bolt, reasons: ['sender', 'contact_domain'] },
      { debtorId: acme, reasons: ['invoice_number'] },
    ],
  })
})

test("the end of a number that is whole in the ledger is not somebody else's invoice", async t => {
  const { client, acme, bolt, nl } = await aLedger(t)
  const invoice = (debtorId: number, number: string) => ({
    administrationId: nl.id,
    debtorId,
    number,
    searchNumber: searchNumber(number),
    dueDate: new Date('2026-11-01'),
    currency: 'EUR',
    amount: 100,
    openAmount: 100,
  })
  await client.invoice.createMany({ data: [invoice(acme, 'FS 402/2025'), invoice(bolt, '402/2025')] })

  const links = await linkDebtors(client, [
    aMessage({ references: { numbers: [found('4022025'), found('FS4022025')] } }),
    aMessage({ references: { numbers: [found('4022025'), found('FV4022025')] } }),
  ])

  assert.deepEqual(
    links.map(link => link.kind === 'linked' && link.debtorId),
    [acme, bolt],
  )
})

test('an address of debtors in two administrations asks, unless an invoice or the mailbox tells them apart', async t => {
  const { client, acme, belgian, be } = await aLedger(t)

  const [plain, named, restricted] = await linkDebtors(client, [
    aMessage({ fromAddress: 'ap@acme.example' }),
    aMessage({ fromAddress: 'ap@acme.example', references: { numbers: [found('BE88001')] } }),
    aMessage({ fromAddress: 'ap@acme.example', administrationIds: [be.id] }),
  ])

  assert.deepEqual(plain?.kind === 'ambiguous' && plain.candidates.map(({ debtorId }) => debtorId), [acme, belgian])
  assert.deepEqual(named, { kind: 'linked', debtorId: belgian, reason: 'sender', candidates: [] })
  assert.deepEqual(restricted, { kind: 'linked', debtorId: belgian, reason: 'sender', candidates: [] })
})

test('within a group the member whose invoice is named is meant', async t => {
  const { client, south } = await aLedger(t)

  const [fromSister, fromDomain] = await linkDebtors(client, [
    aMessage({ fromAddress: 'noord@jansen.example', references: { numbers: [found('20260700')] } }),
    aMessage({ fromAddress: 'boekhouding@jansen.example', references: { numbers: [found('20260700')] } }),
  ])

  assert.deepEqual(fromSister, { kind: 'linked', debtorId: south, reason: 'invoice_number', candidates: [] })
  assert.deepEqual(fromDomain, { kind: 'linked', debtorId: south, reason: 'invoice_number', candidates: [] })
})

test('a domain of several debtors, a name that is only alike and a number that means little alone never link', async t => {
  const { client, bolt, north, south } = await aLedger(t)

  const [domain, name, number, mailDomain] = await linkDebtors(client, [
    aMessage({ fromAddress: 'boekhouding@jansen.example' }),
    aMessage({ fromName: 'Bolt Fietsenmaker' }),
    aMessage({ references: { numbers: [found('20260412', { weak: true })] } }),
    aMessage({ fromAddress: 'someone@gmail.com' }),
  ])

  assert.deepEqual(domain?.kind === 'ambiguous' && domain.candidates.map(({ debtorId }) => debtorId), [north, south])
  assert.deepEqual(name, { kind: 'ambiguous', candidates: [{ debtorId: bolt, reasons: ['name'] }] })
  assert.equal(number?.kind, 'ambiguous')
  assert.deepEqual(mailDomain, { kind: 'unknown' })
})

test('a bounce is linked by the address that failed, a sent mail by whom it went to', async t => {
  const { client, bolt } = await aLedger(t)

  const links = await linkDebtors(client, [
    aMessage({ fromAddress: 'mailer-daemon@us.example', bounced: ['info@bolt.example'] }),
    aMessage({ direction: 'out', fromAddress: 'debtors@us.example', recipients: ['info@bolt.example'] }),
  ])

  assert.deepEqual(
    links,
    links.map(() => ({ kind: 'linked', debtorId: bolt, reason: 'sender', candidates: [] })),
  )
})

test('hundreds of messages cost a fixed number of statements', async t => {
  const { client } = await aLedger(t)
  const messages = Array.from({ length: 300 }, (_, at) =>
    aMessage({ fromAddress: `a${at}@x${at}.example`, fromName: `Company number ${at}`, references: { numbers: [found(`9${at}000`)] } }),
  )
  let statements = 0
  const counting = new Proxy(client, {
    get: (target, name) => {
      if (name === '$queryRaw') statements++
      return Reflect.get(target, name) as unknown
    },
  }) as Db

  const links = await linkDebtors(counting, messages)

  assert.equal(links.length, 300)
  assert.ok(statements <= 7, `${statements} statements`)
})

test('no debtor is linked against strong evidence for another outside its group', () => {
  const aDebtor = fc.record({ debtorId: fc.integer({ min: 1, max: 4 }), key: fc.constant(''), administrationId: fc.constant(1), groupId: fc.constant(null) })
  const reason = fc.constantFrom('sender' as const, 'invoice_number' as const, 'payment_reference' as const, 'company_number' as const, 'thread' as const)
  const evidence = fc.record({
    reason,
    strength: fc.constantFrom('strong' as const, 'medium' as const, 'weak' as const),
    debtors: fc.array(aDebtor, { minLength: 1, maxLength: 3 }),
  })

  fc.assert(
    fc.property(fc.array(evidence, { maxLength: 6 }), items => {
      const link = weighEvidence(items)

      if (link.kind !== 'linked') return true
      return items.filter(({ strength }) => strength === 'strong').every(({ debtors }) => debtors.some(({ debtorId }) => debtorId === link.debtorId))
    }),
  )
})
