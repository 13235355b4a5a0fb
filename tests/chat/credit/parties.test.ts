import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { importLedger } from '#ledger'
import { silentLog } from '#platform'
import { aCompany } from '../../credit/bureau-company.ts'
import { aCreditOffice, cardOf, messageOf, picksOf } from './credit-office.ts'

const dutch = (serial: number, name = `Voorbeeld ${serial} B.V.`) =>
  aCompany({ id: `NL-X-9999${1000 + serial}`, registrationNumber: `9999${1000 + serial}`, name })
const numberOf = (serial: number) => `9999${1000 + serial}`

const lineOf = (card: ReturnType<typeof cardOf>) => JSON.stringify(card).match(/"Monitoring","value":"([^"]+)"/)?.[1]

describe('who is not monitored, and why', () => {
  it('stands on a list once a week, by reason, and leaves it when the number is corrected; the import does not undo that', async t => {
    const belgian = aCompany({ id: 'BE-X-403019261', country: 'BE', registrationNumber: '0403019261', vatNumber: 'BE0403019261', name: 'Voorbeeld Gent BV' })
    const office = await aCreditOffice(
      t,
      [
        { company: dutch(1), number: '10' },
        { number: '11', companyNumber: null },
        { number: '12', country: null },
        { number: '13', country: 'BE', companyNumber: null },
      ],
      { companies: [dutch(1), belgian] },
    )
    const folder = mkdtempSync(join(tmpdir(), 'duncan-parties-'))
    t.after(() => rmSync(folder, { recursive: true, force: true }))
    const { client, clock } = office
    const wrong = { companyNumberGiven: '0403.019.262', companyNumberProblem: 'not a valid company number of BE: the check digit is wrong' }
    await client.debtor.updateMany({ where: { number: '13' }, data: { ...wrong, imported: { companyNumber: '0403.019.262' } } })
    await office.nightWithCards()
    clock.advance({ hours: 24 })
    await office.nightWithCards()
    const lists = await office.posts('credit-gaps:')
    const collector = await office.person('collector')
    const debtor = String(await office.idOf('13'))

    const form = cardOf(await collector.press('gap.fix', { debtor }))
    const refused = await collector.press('gap.correct', { debtor }, { country: 'BE', companyNumber: '0403.019.262 ', vatNumber: 'BE0403019262' })
    const same = await collector.press('gap.correct', { debtor }, { country: 'BE', companyNumber: '0403.019.262', vatNumber: '' })
    const fixed = await collector.press('gap.correct', { debtor }, { country: 'be', companyNumber: '0403.019.261', vatNumber: '' })
    const left = cardOf(await collector.type('/duncan creditsafe gaps'))

    assert.equal(lists.length, 1)
    assert.equal(lists[0]?.card.subtitle, '3 of 4 debtors in scope are not monitored')
    assert.deepEqual(picksOf(lists[0]?.card ?? assert.fail()), [
      'Debtor 11 | company number missing · 11 · €1,000.00',
      'Debtor 12 | country missing · 12 · €1,000.00',
      'Debtor 13 | company number not valid: the check digit is wrong · 13 · €1,000.00',
    ])
    assert.deepEqual(
      form.elements.flatMap(element => (element.type === 'field' ? [element.field.value] : [])),
      ['BE', '0403.019.262', ''],
    )
    assert.equal(messageOf(refused), 'VAT number: the check digit is wrong.')
    assert.equal(messageOf(same), 'Nothing was changed.')
    assert.match(messageOf(fixed), /^Corrected\. Linked to Voorbeeld Gent BV\./)
    assert.deepEqual(picksOf(left).length, 2)
    const stored = await client.debtor.findFirstOrThrow({ where: { number: '13' } })
    assert.deepEqual([stored.companyNumber, stored.companyNumberProblem, stored.imported], ['0403019261', null, { companyNumber: '0403.019.262' }])
    const audit = await client.auditEntry.findFirstOrThrow({ where: { event: 'debtor.corrected' } })
    assert.deepEqual(audit.detail, { fields: ['companyNumber'], surface: 'console' })

    const imported = async (companyNumber: string) => {
      const file = join(folder, 'ledger.csv')
      const rows = ['10', '11', '12', '13'].map(
        number => `BD,${number},Debtor ${number},BE,${number === '13' ? companyNumber : ''},F${number},2026-02-01,1000,1000,EUR`,
      )
      writeFileSync(
        file,
        ['administration,debtor_number,debtor_name,country,company_number,invoice_number,due_date,amount,open_amount,currency', ...rows].join('\n'),
      )
      assert.equal((await importLedger({ database: office.database, clock, log: silentLog, dataDir: folder }, { file })).kind, 'imported')
      return (await client.debtor.findFirstOrThrow({ where: { number: '13' } })).companyNumber
    }
    assert.deepEqual([await imported('0403.019.262'), await imported('0417.497.106')], ['0403019261', '0417497106'])
  })

  it('is not listed while the bureau is switched off, and nothing of a debtor’s card is different', async t => {
    const office = await aCreditOffice(t, [{ company: dutch(1), number: '10' }], { rules: { on: false } })
    const manager = await office.person('manager')
    await office.chat.postCreditNight(1)

    const card = cardOf(await manager.press('debtor.show', { debtor: String(await office.idOf('10')) }))
    const found = cardOf(await manager.type('/duncan find Voorbeeld'))

    assert.equal(JSON.stringify([card, found]).includes('monitor'), false)
    assert.equal(messageOf(await manager.type('/duncan creditsafe gaps')), 'Credit monitoring is switched off in the settings.')
    assert.equal(messageOf(await manager.type('/duncan creditsafe find Voorbeeld NL')), 'Credit monitoring is switched off in the settings.')
    assert.equal(await office.client.chatPost.count({ where: { privateTo: null } }), 0)
  })
})

describe('a person’s word on monitoring', () => {
  it('goes before the scope: from its card a debtor is monitored, or not any more, from the next night on', async t => {
    const paid = { closedOn: '2025-01-10' }
    const office = await aCreditOffice(t, [
      { company: dutch(1), number: '10' },
      { company: dutch(2), number: '11', ...paid },
    ])
    const { client, clock } = office
    await office.nightWithCards()
    const manager = await office.person('manager')
    const [owing, settled] = [String(await office.idOf('10')), String(await office.idOf('11'))]
    const monitored = async () => (await client.creditCompany.findMany({ where: { monitoring: 'monitored' } })).map(({ name }) => name)

    const before = cardOf(await manager.press('debtor.show', { debtor: settled }))
    const on = cardOf(await manager.press('monitor.on', { debtor: settled }))
    const off = cardOf(await manager.press('monitor.off', { debtor: owing }))
    const first = await monitored()
    clock.advance({ hours: 24 })
    await office.nightWithCards()
    const second = await monitored()
    await manager.press('monitor.on', { debtor: owing })

    assert.deepEqual([before, on, off].map(lineOf), ['not monitored', 'monitored from the next night on', 'monitored until the next night'])
    assert.deepEqual([first, second], [['Voorbeeld 1 B.V.'], ['Voorbeeld 2 B.V.']])
    assert.deepEqual(
      (await client.creditWish.findMany()).map(({ debtorId, wanted }) => [debtorId, wanted]),
      [[Number(settled), true]],
    )
  })

  it('is given for a whole search after its number was confirmed, and each debtor is added or told of with the reason', async t => {
    const paid = { closedOn: '2025-01-10' }
    const debtors = Array.from({ length: 40 }, (_, index) => ({ number: String(100 + index), companyNumber: index < 4 ? null : numberOf(index), ...paid }))
    const office = await aCreditOffice(t, [...debtors, { company: dutch(50), number: '300' }], { companies: [dutch(50)] })
    const manager = await office.person('manager')
    const viewer = await office.person('viewer')
    await office.client.debtor.updateMany({ where: { number: { in: ['100', '101'] } }, data: { companyNumberProblem: 'x' } })
    const query = 'country:NL'

    const find = cardOf(await manager.type(`/duncan find ${query}`))
    const button = find.buttons.find(({ action }) => action === 'monitor.all')
    const form = cardOf(await manager.press('monitor.all', button?.data))
    const stale = await manager.press('monitor.confirm', { query, count: '40' })
    const done = await manager.press('monitor.confirm', form.buttons[0]?.data)

    assert.equal(
      cardOf(await viewer.type(`/duncan find ${query}`)).buttons.some(({ action }) => action === 'monitor.all'),
      false,
    )
    assert.equal(form.title, 'Monitor 41 debtors?')
    assert.match(messageOf(stale), /^The search finds 41 debtors by now/)
    assert.equal(messageOf(done), '36 added, 1 monitored already, 2 not yet: company number not valid, 2 not yet: company number missing.')
    assert.equal(await office.client.creditWish.count({ where: { wanted: true } }), 40)
  })
})

describe('a company of the bureau', () => {
  it('becomes a debtor, prospect or supplier with its numbers and its link; a second one in the administration is refused', async t => {
    const german = aCompany({ id: 'DE-X-7', country: 'DE', registrationNumber: 'HRB 9123', name: 'Kranbau Essen GmbH', city: 'Essen' })
    const office = await aCreditOffice(t, [{ number: '10', companyNumber: numberOf(2) }], { companies: [dutch(1), dutch(2), german] })
    const { client, clock } = office
    const manager = await office.person('manager')
    const find = async (text: string) => manager.type(`/duncan creditsafe find ${text}`)
    const values = { as: 'prospect', administration: '', name: 'Voorbeeld Een', number: '', monitor: 'true' }

    const several = cardOf(await find('Voorbeeld'))
    const [pick] = several.elements
    const data = pick?.type === 'pick' ? pick.button.data : {}
    const form = cardOf(await manager.press('party.open', data))
    const administration = String((await client.administration.findFirstOrThrow()).id)
    const added = cardOf(await manager.press('party.create', data, { ...values, administration }))
    const again = cardOf(await manager.press('party.create', data, { ...values, administration }))
    const known = cardOf(await find(`${numberOf(2)} NL`))
    const second = known.elements[0]?.type === 'pick' ? known.elements[0].button.data : {}
    const exists = cardOf(await manager.press('party.create', second, { ...values, administration }))
    await manager.press('party.link', exists.buttons[0]?.data)
    const elsewhere = await manager.press('party.create', data, { ...values, administration: '999' })
    const byRegister = cardOf(await find('HRB 9123 DE'))
    clock.advance({ hours: 24 })
    await office.nightWithCards()

    assert.deepEqual(picksOf(several), [
      'Voorbeeld 1 B.V. | 99991001 · Havenkade 3, 8600 AA Sneek · Active',
      'Voorbeeld 2 B.V. | 99991002 · Havenkade 3, 8600 AA Sneek · Active',
    ])
    assert.equal(form.title, 'Add Voorbeeld 1 B.V.')
    assert.equal(added.title, 'Voorbeeld Een')
    const created = await client.debtor.findFirstOrThrow({ where: { number: 'CS-1' }, include: { contacts: true } })
    assert.deepEqual([created.partyType, created.companyNumber, created.country, created.imported], ['prospect', numberOf(1), 'NL', {}])
    assert.deepEqual(
      created.contacts.map(({ address, source }) => [address, source]),
      [['Havenkade 3, 8600 AA Sneek', 'bureau']],
    )
    const audit = await client.auditEntry.findFirstOrThrow({ where: { event: 'debtor.created' } })
    assert.equal((audit.detail as { bureauId?: string }).bureauId, dutch(1).id)
    assert.deepEqual([again.title, again.buttons.map(({ action }) => action)], ['Voorbeeld 1 B.V. is here already', ['debtor.show']])
    assert.deepEqual(
      exists.buttons.map(({ action }) => action),
      ['party.link', 'debtor.show'],
    )
    assert.equal(elsewhere.kind, 'refused')
    assert.deepEqual(picksOf(byRegister).length, 1)
    const links = await client.creditLink.findMany({ include: { company: true }, orderBy: { debtorId: 'asc' } })
    assert.deepEqual(
      links.map(({ source, company }) => [source, company.bureauId, company.monitoring]),
      [
        ['chosen', dutch(2).id, 'monitored'],
        ['chosen', dutch(1).id, 'monitored'],
      ],
    )
  })

  it('is asked for with its country, which legal forms are not', async t => {
    const office = await aCreditOffice(t, [{ company: dutch(1, 'Voorbeeld Een BV'), number: '10' }])
    await office.client.administration.create({ data: { code: 'DE01', name: 'Brightdesk Büro GmbH', country: 'DE' } })
    const manager = await office.person('manager')
    const own = await office.person('collector', { ownAccounts: true, role: 'manager' })

    const open = await manager.type('/duncan creditsafe find Voorbeeld Een bv')
    const named = await manager.type('/duncan creditsafe find Voorbeeld Een bv nl')
    const pick = cardOf(named).elements[0]
    const refused = await own.press('party.open', pick?.type === 'pick' ? pick.button.data : {})

    assert.match(messageOf(open), /^In which country\?/)
    assert.equal(picksOf(cardOf(named)).length, 1)
    assert.equal(messageOf(refused), 'You see no administration that a company could be added to.')
  })
})
