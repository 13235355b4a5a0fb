import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { type Card, createChat } from '#chat'
import { changeCell, placeDebtor, planCell } from '#credit'
import { ensureStaff, type Staff } from '#people'
import { newestVersion } from '#settings'
import { cardSchema } from '../../../src/chat/card.ts'
import { createMatrixWorld, rating, score } from '../../credit/matrix/matrix-world.ts'
import { chatSettings } from '../chat-settings.ts'
import { fakeProposals } from '../fake-proposals.ts'

async function anOffice(t: TestContext) {
  const world = await createMatrixWorld(t, ['Aster BV', 'Birch BV', 'Cedar BV'])
  const { client, clock, settings, placing, owes, says, night } = world
  await owes('Aster BV', 'A1', '60000')
  await owes('Birch BV', 'B1', '20000')
  await owes('Cedar BV', 'C1', '100')
  await says('Aster BV', { ...rating('D'), ...score(12) })
  await says('Birch BV', { ...rating('D'), ...score(20) })
  await night()
  const person = (key: string, role: 'collector' | 'manager' | 'viewer') => ensureStaff(client, { key, name: key, email: `${key}@harbourlight.example`, role })
  const [eva, jan, ann] = [await person('eva', 'manager'), await person('jan', 'collector'), await person('ann', 'viewer')]
  const other = await client.staff.update({ where: { id: ann.id }, data: { administrations: ['XX'] } })
  const chat = createChat({
    client,
    clock,
    proposals: fakeProposals([], String, () => new Date()),
    ...chatSettings,
    workflows: () => ({ short: { title: 'Short and strict', administrations: [], patienceDays: 0, absenceDays: 7, branches: [], steps: [] } }),
    matrix: {
      isOn: async () => true,
      place: async debtorId => placeDebtor(await placing(), debtorId),
      planCell: change => planCell({ client, settings }, change),
      changeCell: (change, by, base) => changeCell({ client, settings }, change, by, base),
    },
  })
  const type = (staff: Staff, text: string) => chat.command({ staff, surface: 'console', text })
  const press = (staff: Staff, action: string, data: Record<string, string>, values: Record<string, string> = {}) =>
    chat.click({ staff, surface: 'console', action, data, values })
  return { ...world, chat, eva, jan, other, type, press }
}

const cardOf = (outcome: { kind: string; card?: Card }): Card => outcome.card ?? assert.fail(JSON.stringify(outcome))
const picksOf = ({ elements }: Card) => elements.flatMap(element => (element.type === 'pick' ? [`${element.text} | ${element.note}`] : []))
const rowsOf = ({ elements }: Card) => elements.flatMap(element => (element.type === 'table' ? element.rows : []))

describe('the decision matrix in chat', () => {
  it('shows its cells with who stands there as far as the asker sees, and lets who sets the rules change one after a look at what changes', async t => {
    const { client, eva, jan, other, type, press, follow, places } = await anOffice(t)

    const grid = cardOf(await type(jan, '/duncan matrix'))
    assert.equal(grid.subtitle, '3 debtors, €80,100 in open items and orders')
    assert.deepEqual(rowsOf(grid)[3], ['Weak', 'Secure', 'Reduce: 1 · €20,000', 'Stop: 1 · €60,000'])
    assert.deepEqual(picksOf(grid), [
      'Weak, large: Stop | 1 debtor · €60,000',
      'Weak, medium: Reduce | 1 debtor · €20,000',
      'Not known, small: Maintain | 1 debtor · €100',
    ]) // prettier-ignore
    assert.deepEqual([grid.buttons, cardOf(await type(eva, '/duncan matrix')).buttons.map(({ action }) => action)], [[], ['matrix.edit']])
    const cell = cardOf(await press(jan, 'matrix.cell', { solvency: 'weak', band: 'large', page: '0' }))
    assert.deepEqual(picksOf(cell), ['Aster BV | €60,000.00 · since 2 Mar 2026 · 10001 · Harbourlight Trading'])
    assert.deepEqual(picksOf(cardOf(await type(other, '/duncan matrix'))), [])
    assert.deepEqual(picksOf(cardOf(await press(other, 'matrix.cell', { solvency: 'weak', band: 'large' }))), [])

    for (const action of ['matrix.edit', 'matrix.preview', 'matrix.apply']) {
      assert.equal((await press(jan, action, { solvency: 'weak', band: 'large' })).kind, 'refused')
    }
    const form = cardOf(await press(eva, 'matrix.edit', { solvency: 'weak', band: 'medium' }))
    const fields = form.elements.flatMap(element => (element.type === 'field' ? [element.field] : []))
    assert.deepEqual(
      fields.map(({ value }) => value),
      ['weak medium', 'reduce', ''],
    ) // prettier-ignore
    assert.ok(!JSON.stringify(fields).includes('offer_for_sale'))

    const preview = cardOf(await press(eva, 'matrix.preview', {}, { cell: 'weak medium', stance: 'compensate', workflow: 'short' }))
    assert.deepEqual(rowsOf(preview), [
      ['Stance', 'Reduce', 'Set off'],
      ['Workflow that is proposed', 'none', 'short'],
    ])
    const told = JSON.stringify(preview.elements)
    assert.ok(told.includes('In this cell, as far as you see: 1 debtor, €20,000.') && told.includes('matrix.cells.weak.medium.stance: – → compensate'), told)
    const data = preview.buttons.find(({ action }) => action === 'matrix.apply')?.data ?? {}
    const before = await newestVersion(client)
    assert.equal((await press(eva, 'matrix.apply', { ...data, base: '0' })).kind, 'refused') // another version than the one looked at
    assert.equal((await newestVersion(client))?.version, before?.version)
    assert.equal((await press(eva, 'matrix.apply', data)).kind, 'done')

    const version = await newestVersion(client)
    assert.deepEqual(
      [version?.actor, version?.content.matrix],
      [`staff:${eva.id}`, { cells: { weak: { medium: { stance: 'compensate', workflow: 'short' } } } }],
    ) // prettier-ignore
    await follow()
    assert.equal((await places())[1], 'Birch BV weak medium compensate')
    const unknown = await press(eva, 'matrix.preview', {}, { cell: 'weak medium', stance: 'offer_for_sale', workflow: 'nowhere' })
    assert.ok(unknown.kind === 'refused' && unknown.message.includes('offerForSale') && (await newestVersion(client))?.version === version?.version)
  })

  it('tells a score line by line, and a tag that a manager gives takes its points off at once', async t => {
    const { client, eva, jan, other, type, press, idOf } = await anOffice(t)
    const debtor = { debtor: String(idOf('Aster BV')) }

    const card = cardOf(await press(jan, 'score.show', debtor))
    assert.equal(card.title, 'Aster BV: own score 21.3 of 100') // (10 × 25 + 12 × 25 + 83.3 × 10 + 0 × 5) / 65: what is not known weighs nothing
    assert.deepEqual(rowsOf(card)[0], ["Bureau's rating", 'D', '3.9 of 38.5'])
    assert.deepEqual(rowsOf(card)[3], ['Days paid late here', 'not known', '–'])
    assert.deepEqual([(await press(other, 'score.show', debtor)).kind, (await type(jan, '/duncan tag Aster tax_deferral')).kind], ['refused', 'refused'])

    assert.deepEqual(await type(eva, '/duncan tag Aster tax_deferral'), { kind: 'done', message: 'Kept. Own score now: 11.3.' })
    assert.ok(JSON.stringify(cardOf(await press(jan, 'score.show', debtor)).elements).includes('"Defers its taxes","value":"-10"'))
    const form = cardOf(await type(eva, '/duncan tag Aster'))
    assert.deepEqual(
      form.elements.flatMap(element => (element.type === 'field' ? [`${element.field.id} ${element.field.value}`] : [])),
      ['tag.sector_crisis false', 'tag.tax_deferral true'],
    ) // prettier-ignore
    assert.deepEqual(await press(eva, 'tag.save', debtor, { 'tag.sector_crisis': 'false', 'tag.tax_deferral': 'false' }), {
      kind: 'done',
      message: 'Kept. Own score now: 21.3.',
    }) // prettier-ignore
    assert.equal(await client.creditTag.count(), 0)
  })

  it('tells who moved on the card of the night, and privately who sees those accounts alone', async t => {
    const { client, clock, chat, administrationId, says, night, idOf, jan, other } = await anOffice(t)
    await client.staff.update({ where: { id: jan.id }, data: { ownAccounts: true } })
    await client.staff.update({ where: { id: other.id }, data: { ownAccounts: true } })
    await client.debtor.update({ where: { id: idOf('Cedar BV') }, data: { collector: 'jan' } })
    clock.advance({ hours: 24 })
    await says('Cedar BV', { ...rating('A'), insolvency: { is: 'text', text: 'bankruptcy' } })
    await says('Aster BV', rating('A'))
    const runId = await night()
    const none = { changed: 2, unchanged: 1, failed: 0, overQuota: 0, gone: 0, notMonitored: 0 }
    await client.creditRun.update({ where: { id: runId }, data: { counts: [{ administrationId, inScope: 3, ...none }] } })

    await chat.postCreditNight(runId)
    await chat.postCreditNight(runId)

    const posts = await client.chatPost.findMany({ where: { subject: { startsWith: 'credit-night' } }, orderBy: { id: 'asc' } })
    const told = posts.map(({ privateTo, card }) => [privateTo, ...picksOf(cardSchema.parse(card))])
    const line = 'Cedar BV: Maintain → Stop | €100 · Hard stop: insolvency · Not known, small → Hard stop, small'
    assert.deepEqual(told, [
      [null, line],
      [jan.id, line],
    ]) // Aster's softer stance has to hold first // prettier-ignore
  })
})
