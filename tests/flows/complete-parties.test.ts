import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { fullSight } from '#people'
import { type EntryContent, entriesAwaiting, viewEntry } from '#proposals'
import { completeMasterData, groupDuplicates } from '../../src/flows/complete-parties.ts'
import { anOffice } from '../proposals/support.ts'

const identity = { name: 'Zonneveld Bloemen B.V.', vatNumber: 'NL004495445B01', legalForm: 'Besloten vennootschap', telephone: '+31 515 000 000' }
const text = (value: string) => ({ is: 'text', text: value })

const fields = ({ content }: { content: EntryContent }) =>
  content.kind === 'master_data' ? content.changes.map(({ field, from, to, ticked }) => `${ticked ? 'x' : '-'} ${field}: ${from ?? ''} > ${to}`) : []

async function aDesk(t: TestContext) {
  const office = await anOffice(t)
  const { db, debtor, other, proposals } = office
  const boss = await db.staff.create({ data: { key: 'bo', name: 'Bo', email: 'bo@nordlicht.example', role: 'manager' } })
  await db.debtor.update({ where: { id: debtor.id }, data: { country: 'NL', companyNumber: '99991001' } })
  const company = await db.creditCompany.create({
    data: { bureau: 'creditsafe', bureauId: 'NL-X-1', country: 'NL', name: identity.name, monitoring: 'monitored' },
  })
  const link = (debtorId: number) =>
    db.creditLink.create({ data: { debtorId, companyId: company.id, source: 'number', number: '99991001', linkedBy: 'duncan', linkedAt: new Date() } })
  await link(debtor.id)
  const report = async (at: string, told: object, address: string) => {
    await db.creditCompany.update({ where: { id: company.id }, data: { reportedAt: new Date(at), identity: told } })
    const row = { value: text(address), raw: address, source: 'report', since: new Date(at), seenAt: new Date(at) }
    const key = { companyId: company.id, criterion: 'address' }
    await db.creditValue.upsert({ where: { companyId_criterion: key }, create: { ...key, ...row }, update: row })
  }
  const entries = async () =>
    (await db.debtorEntry.findMany({ orderBy: { id: 'asc' } })).map(({ id, status, payload }) => ({ id, status, content: payload as EntryContent }))
  const vote = (entryId: number, kind: 'approve' | 'reject' | 'undo', more: object = {}) =>
    proposals.voteOnEntry({ entryId, staffId: boss.id, surface: 'console', kind, ...more })
  const run = () => completeMasterData({ client: db, proposals })
  return { ...office, boss, company, link, report, entries, vote, run, other }
}

test('what a report knows and the ledger lacks is one entry: approving writes what is ticked, undo takes it back, what was rejected is not asked again', async t => {
  const { db, debtor, report, entries, vote, run } = await aDesk(t)
  await report('2026-11-22T22:00:00Z', identity, 'Kade 1, 8600 AA Sneek')

  await run()
  await run()
  const [first, ...none] = await entries()
  const id = first?.id ?? 0

  assert.deepEqual(none, [])
  assert.deepEqual(first && fields(first).toSorted(), [
    '- name: Kwekerij Zonneveld BV > Zonneveld Bloemen B.V.',
    'x address:  > Kade 1, 8600 AA Sneek',
    'x legalForm:  > Besloten vennootschap',
    'x phone:  > +31 515 000 000',
    'x vatNumber:  > NL004495445B01',
  ])

  // Somebody fills one of them in meanwhile: the card says so before anything is written.
  await db.debtor.update({ where: { id: debtor.id }, data: { legalForm: 'BV' } })
  const changed = await vote(id, 'approve', { version: 0 })
  const approved = await vote(id, 'approve', { version: 1 })
  const written = await db.debtor.findUniqueOrThrow({ where: { id: debtor.id }, include: { contacts: { orderBy: { id: 'asc' } } } })

  assert.deepEqual([changed.kind, approved.kind], ['changed', 'entered'])
  assert.deepEqual([written.name, written.vatNumber, written.legalForm], ['Kwekerij Zonneveld BV', 'NL004495445B01', 'BV'])
  assert.deepEqual(
    written.contacts.map(({ email, phone, address, source }) => [email, phone, address, source]),
    [
      ['info@zonneveld.example', null, null, 'import'],
      [null, '+31 515 000 000', 'Kade 1, 8600 AA Sneek', 'bureau'],
    ],
  )

  await vote(id, 'undo')
  const before = await db.debtor.findUniqueOrThrow({ where: { id: debtor.id }, include: { contacts: true } })
  assert.deepEqual([before.vatNumber, before.contacts.length], [null, 1])

  // The same values again, and then a new address.
  await report('2026-11-24T22:00:00Z', identity, 'Kade 1, 8600 AA Sneek')
  await run()
  assert.equal((await entries()).length, 1)
  await report('2026-11-25T22:00:00Z', identity, 'Laan 9, 8600 AB Sneek')
  await run()
  const second = (await entries())[1]
  await vote(second?.id ?? 0, 'reject')
  await report('2026-11-26T22:00:00Z', identity, 'Laan 9, 8600 AB Sneek')
  await run()

  assert.deepEqual(second && fields(second), ['x address:  > Laan 9, 8600 AB Sneek'])
  assert.equal((await entries()).length, 2)
  const trail = await db.auditEntry.findMany({ where: { subject: `entry:${id}` }, select: { event: true, detail: true } })
  assert.equal(JSON.stringify(trail).includes('Sneek'), false)
})

test('a rename at the bureau is proposed unticked, and written once a person ticks it', async t => {
  const { db, debtor, company, report, entries, vote, run } = await aDesk(t)
  await db.debtor.update({ where: { id: debtor.id }, data: { vatNumber: 'NL004495445B01', legalForm: 'BV' } })
  await db.contact.updateMany({ where: { debtorId: debtor.id }, data: { phone: '1', address: 'Kade 1, 8600 AA Sneek' } })
  await report('2026-11-22T22:00:00Z', identity, 'Kade 1 8600AA Sneek')
  await run()
  const quiet = await entries()

  const at = new Date('2026-11-23T22:00:00Z')
  await db.creditChange.create({
    data: {
      companyId: company.id,
      criterion: 'name',
      before: text('Kwekerij Zonneveld B.V.'),
      value: text(identity.name),
      raw: identity.name,
      source: 'report',
      at,
    },
  })
  await report(at.toISOString(), identity, 'Kade 1 8600AA Sneek')
  await run()
  const entry = (await entries())[0] ?? assert.fail()
  const { content } = entry
  const ticked = content.kind === 'master_data' ? { ...content, changes: content.changes.map(change => ({ ...change, ticked: true })) } : content
  await vote(entry.id, 'approve', { content: ticked })
  const renamed = await db.debtor.findUniqueOrThrow({ where: { id: debtor.id } })

  assert.deepEqual(quiet, [])
  assert.deepEqual(fields(entry), ['- name: Kwekerij Zonneveld BV > Zonneveld Bloemen B.V.'])
  assert.deepEqual([renamed.name, renamed.searchName], ['Zonneveld Bloemen B.V.', 'zonneveld bloemen'])
})

test('debtors of one company, in several administrations, are proposed as one group, for who sees all of them; a rejected one is not proposed again', async t => {
  const { db, debtor, other, boss, proposals, link, entries, vote } = await aDesk(t)
  const east = await db.administration.create({ data: { code: 'ost', name: 'Nordlicht Ost GmbH' } })
  const third = await db.debtor.create({
    data: { administrationId: east.id, number: '7', name: 'Zonneveld', searchName: 'zonneveld', country: 'NL', companyNumber: '99991001' },
  })
  await link(other.id)
  const run = () => groupDuplicates({ client: db, proposals })

  await run()
  await run()
  const [entry, ...none] = await entries()
  const id = entry?.id ?? 0
  const seen = async (administrations: string[]) => {
    const staff = await db.staff.update({ where: { id: boss.id }, data: { administrations } })
    const waiting = await entriesAwaiting(db, staff)
    return [waiting.length, (await vote(id, 'undo')).kind]
  }
  const partly = await seen(['nordlicht'])
  const wholly = await seen(['nordlicht', 'ost'])
  const members = (await viewEntry(db, fullSight, id))?.members.map(({ number, administration }) => `${administration} ${number}`)
  await vote(id, 'approve')
  const grouped = await db.debtor.findMany({ where: { group: { name: identity.name } }, orderBy: { id: 'asc' } })
  await run()

  assert.deepEqual(none, [])
  assert.deepEqual(entry?.content, { kind: 'group', debtorIds: [debtor.id, other.id, third.id], groupId: null, name: identity.name })
  assert.deepEqual(
    [partly, wholly],
    [
      [0, 'not_found'],
      [1, 'changed'],
    ],
  )
  assert.deepEqual(members?.toSorted(), ['nordlicht D100', 'nordlicht D200', 'ost 7'])
  assert.deepEqual(
    grouped.map(each => each.id),
    [debtor.id, other.id, third.id],
  )
  assert.equal((await entries()).length, 1)

  await vote(id, 'undo')
  assert.equal(await db.debtorGroup.count(), 0)
  await run()
  assert.equal((await entries()).length, 1)
})
