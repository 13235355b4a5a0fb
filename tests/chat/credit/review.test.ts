import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { aCompany } from '../../credit/bureau-company.ts'
import { aCreditOffice, cardOf, messageOf, picksOf } from './credit-office.ts'

const german = (serial: number, city: string) =>
  aCompany({ id: `DE-X-${serial}`, country: 'DE', registrationNumber: 'HRB 9123', name: `Kranbau ${city} GmbH`, city, court: city, legalForm: 'GmbH' })
const dutch = (serial: number, name: string) => aCompany({ id: `NL-X-9999${1000 + serial}`, registrationNumber: `9999${1000 + serial}`, name })

describe('the company of a debtor', () => {
  it('is asked for on a card where several could be it; who chooses is kept, and the nights keep to it', async t => {
    const companies = [german(1, 'Essen'), german(2, 'Berlin')]
    const office = await aCreditOffice(t, [{ number: '10', country: 'DE', companyNumber: 'HRB 9123' }], { companies })
    const { client, clock, sandbox } = office
    await office.nightWithCards()
    const [asked] = await office.posts('credit-gap:')
    const manager = await office.person('manager')
    const collector = await office.person('collector')
    const debtor = String(await office.idOf('10'))

    const refused = await collector.press('review.choose', { debtor, company: 'DE-X-2' })
    const stranger = await manager.press('review.choose', { debtor, company: 'DE-X-999' })
    const chosen = await manager.press('review.choose', { debtor, company: 'DE-X-2' })
    const again = await manager.press('review.choose', { debtor, company: 'DE-X-1' })
    clock.advance({ hours: 24 })
    await office.nightWithCards()
    clock.advance({ hours: 24 * 8 })
    await office.nightWithCards()

    assert.equal(asked?.channel, 'credit')
    assert.equal(asked.card.title, 'Which company is Debtor 10?')
    assert.deepEqual(picksOf(asked.card), [
      'Kranbau Essen GmbH | HRB 9123 · Havenkade 3, 8600 AA Essen · Active',
      'Kranbau Berlin GmbH | HRB 9123 · Havenkade 3, 8600 AA Berlin · Active',
    ])
    assert.deepEqual([refused.kind, stranger.kind, chosen.kind, again.kind], ['refused', 'refused', 'done', 'refused'])
    assert.match(messageOf(chosen), /Kranbau Berlin GmbH\. Its first report is ordered in the next night/)
    const link = await client.creditLink.findFirstOrThrow({ include: { company: true } })
    assert.deepEqual([link.company.bureauId, link.source, link.linkedBy], ['DE-X-2', 'chosen', `staff:${manager.staff.id}`])
    assert.deepEqual(sandbox.orders, ['DE-X-2'])
    assert.equal(await client.creditGap.count(), 0)
    const [settled] = await office.posts('credit-gap:')
    assert.match(settled?.card.status?.text ?? '', /^Chosen by Name of manager/)
    assert.deepEqual(
      settled?.card.buttons.map(({ action }) => action),
      ['review.reopen'],
    )
    assert.equal(await client.auditEntry.count({ where: { event: 'credit.company_chosen', subject: `debtor:${debtor}` } }), 1)
  })

  it('is not asked for again after "none of these", until other companies are found or its number changes', async t => {
    const office = await aCreditOffice(t, [{ number: '10', country: 'DE', companyNumber: 'HRB 9123' }], {
      companies: [german(1, 'Essen'), german(2, 'Berlin')],
    })
    const { client, clock, sandbox } = office
    await office.nightWithCards()
    const manager = await office.person('manager')
    const debtor = String(await office.idOf('10'))
    const buttonsOf = async () => (await office.posts('credit-gap:'))[0]?.card.buttons.map(({ action }) => action)
    const mark = 'HRB 9123 DE-X-1 DE-X-2'

    const stale = await manager.press('review.none', { debtor, mark: 'HRB 9123 DE-X-1' })
    await manager.press('review.none', { debtor, mark })
    const again = await manager.press('review.none', { debtor, mark })
    clock.advance({ hours: 24 * 8 })
    await office.nightWithCards()
    const quiet = await buttonsOf()
    sandbox.register.companies.set('DE-X-3', german(3, 'Kiel'))
    clock.advance({ hours: 24 * 8 })
    await office.nightWithCards()

    assert.deepEqual([stale.kind, again.kind], ['refused', 'refused'])
    assert.deepEqual(quiet, ['review.search'])
    assert.deepEqual(await buttonsOf(), ['review.none', 'review.search'])
    assert.equal((await client.creditGap.findFirst())?.declined, null)
  })

  it('is searched for by its name where the number finds none; what was found is kept for everybody, and a wrong choice is taken back', async t => {
    const found = [dutch(1, 'Zeilmakerij Voorbeeld B.V.'), dutch(2, 'Zeilmakerij Voorbeeld Noord B.V.')]
    const office = await aCreditOffice(t, [{ number: '10', companyNumber: '99990000' }], { companies: found })
    const { client, clock } = office
    await office.nightWithCards()
    const manager = await office.person('manager')
    const debtor = String(await office.idOf('10'))
    const search = async (text: string, more = {}) => manager.press('review.find', { debtor }, { text, country: 'nl', postalCode: '', ...more })

    const form = cardOf(await manager.press('review.search', { debtor }))
    const nothing = await search('Nobody at all')
    const several = cardOf(await search('Zeilmakerij'))
    clock.advance({ hours: 24 * 8 })
    await office.nightWithCards()
    const kept = picksOf((await office.posts('credit-gap:'))[0]?.card ?? assert.fail())
    await manager.press('review.choose', { debtor, company: found[1]?.id ?? '' })
    await manager.press('review.reopen', { debtor })

    assert.equal(form.title, 'Which company is Debtor 10?')
    assert.equal(messageOf(nothing), 'The bureau found no company.')
    assert.equal(picksOf(several).length, 2)
    assert.equal(kept.length, 2)
    assert.equal(await client.creditLink.count(), 0)
    assert.deepEqual(
      (await client.creditGap.findMany()).map(({ reason }) => reason),
      ['not_found'],
    )
  })

  it('stands on five cards of its own at most; who does not see the debtor sees none of it', async t => {
    const debtors = Array.from({ length: 7 }, (_, index) => ({ number: String(10 + index), companyNumber: `9999000${index}` }))
    const office = await aCreditOffice(t, debtors, { companies: [] })
    await office.nightWithCards()
    const outsider = await office.person('manager', { administrations: ['OTHER'] })
    const debtor = String(await office.idOf('10'))

    const answers = [
      await outsider.press('review.show', { debtor }),
      await outsider.press('review.search', { debtor }),
      await outsider.press('review.choose', { debtor, company: 'x' }),
      await outsider.press('gap.fix', { debtor }),
      await outsider.press('gap.correct', { debtor }, { country: 'NL', companyNumber: '99991001', vatNumber: '' }),
      await outsider.press('monitor.off', { debtor }),
      await outsider.press('party.link', { debtor, text: 'x', country: 'NL', company: 'x' }),
    ]

    assert.equal((await office.posts('credit-gap:')).length, 5)
    assert.deepEqual([...new Set(answers.map(messageOf))], ['This card is no longer there.'])
    assert.deepEqual(picksOf(cardOf(await outsider.type('/duncan creditsafe gaps'))), [])
  })
})
