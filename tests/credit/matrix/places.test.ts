import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { debtorsAt, placeDebtor, positionOf, setTags, viewGrid, viewMoves } from '#credit'
import { fullSight } from '#people'
import { createMatrixWorld, money, rating, score } from './matrix-world.ts'

const matrix = { cells: { weak: { large: { stance: 'stop', workflow: 'short' } }, good: { large: { stance: 'maintain', workflow: 'standard' } } } }

describe('places in the decision matrix', () => {
  it('are first told on one card, then each move with the night; a workflow is proposed once, and a softer stance waits', async t => {
    const world = await createMatrixWorld(t, ['Aster', 'Birch', 'Cedar', 'Dogwood', 'Elm'], { matrix })
    const { client, clock, owes, says, posted, opened, follow, night, places, idOf } = world
    for (const [name, amount] of [
      ['Aster', '60000'],
      ['Birch', '20000.50'],
      ['Cedar', '500'],
      ['Dogwood', '80000'],
    ] as const)
      await owes(name, `${name}1`, amount) // prettier-ignore
    await owes('Elm', 'E1', '900', 'USD')
    await client.order.create({ data: { administrationId: world.administrationId, debtorId: idOf('Cedar'), number: 'O1', currency: 'EUR', amount: '9600' } })
    await says('Aster', rating('B'))
    await says('Birch', rating('D'))
    await says('Cedar', { ...rating('A'), insolvency: { is: 'text', text: 'bankruptcy' } })

    await follow() // no night was there yet: nobody's solvency is known
    assert.deepEqual(await places(), [])
    await night()
    assert.deepEqual(await places(), [
      'Aster good large maintain',
      'Birch weak medium reduce',
      'Cedar stopped medium pre_litigation',
      'Dogwood unknown large reinforce',
    ])
    assert.deepEqual([posted, opened], [['placement 1'], []])
    const first = await client.creditPlacement.findFirstOrThrow()
    assert.deepEqual([first.kind, first.placed, first.unplaced, first.currencies], ['first', 4, 1, ['USD']])

    clock.advance({ hours: 24 })
    await says('Aster', rating('D'))
    await says('Dogwood', rating('A'))
    const second = await night()
    await follow(second) // the job came twice
    assert.deepEqual(await places(), [
      'Aster weak large stop',
      'Birch weak medium reduce',
      'Cedar stopped medium pre_litigation',
      'Dogwood strong large maintain',
    ])
    const moves = (await viewMoves(client, { runId: second })).map(({ debtor, from, stance, why }) => [debtor.name, from?.stance, stance, why])
    assert.deepEqual(moves, [
      ['Dogwood', 'reinforce', 'maintain', { by: 'rating', value: 'A' }],
      ['Aster', 'maintain', 'stop', { by: 'rating', value: 'D' }],
    ])
    assert.equal(posted.filter(post => post === `night ${second}`).length, 1)
    assert.deepEqual(
      opened.map(({ debtorId, content, why }) => [debtorId, content, why.code]),
      [[idOf('Aster'), { kind: 'workflow', workflow: 'short', before: null }, 'matrix']],
    ) // prettier-ignore

    clock.advance({ hours: 24 })
    await says('Aster', rating('B'))
    await night()
    assert.equal((await places())[0], 'Aster weak large stop')
    const waiting = await positionOf(client, fullSight, idOf('Aster'))
    assert.deepEqual([waiting?.next?.stance, waiting?.next?.on.toISOString()], ['maintain', '2026-03-18T22:00:00.000Z'])
    clock.advance({ hours: 24 * 14 })
    await night()
    assert.equal((await places())[0], 'Aster good large maintain')
    assert.deepEqual([opened.length, opened[1]?.content], [2, { kind: 'workflow', workflow: 'standard', before: null }])
    const back = await positionOf(client, fullSight, idOf('Aster'))
    assert.deepEqual([back?.before?.stance, back?.before?.at.toISOString()], ['stop', '2026-03-18T22:00:00.000Z'])
  })

  it('add up to the ledger in sight, follow imports and new rules, and are nowhere for who does not see the debtor', async t => {
    const { client, clock, apply, owes, says, posted, opened, follow, night, places, idOf, administrationId } = await createMatrixWorld(t, ['Aster', 'Birch'], {
      matrix,
      segments: { key: { title: 'Key accounts', query: 'balance:>50k' } },
    })
    await client.currencyRate.create({ data: { day: new Date('2026-03-01'), currency: 'GBP', rate: '0.8' } })
    await owes('Aster', 'A1', '60000.25')
    await owes('Aster', 'A2', '-100')
    await owes('Birch', 'B1', '8000', 'GBP')
    await client.order.create({ data: { administrationId, debtorId: idOf('Birch'), number: 'O1', currency: 'EUR', amount: '50' } })
    await says('Aster', rating('C'))
    await says('Birch', { ...rating('C'), privileges: { is: 'number', number: '0' } })
    await night()

    const grid = await viewGrid(client, { sight: fullSight })
    const sum = grid.cells.reduce((total, { amount }) => total.add(amount), money('0'))
    assert.equal(sum.toFixed(2), money('60000.25').sub(100).add(money('8000').div('0.8')).add(50).toFixed(2))
    const at = await debtorsAt(client, { sight: fullSight }, { solvency: 'moderate', band: 'medium' }, { limit: 5, offset: 0 })
    assert.deepEqual([at.total, at.debtors.map(({ name, amount }) => `${name} ${amount.toFixed()}`)], [1, ['Birch 10050']])
    const other = { administrations: ['XX'], mailboxes: [] }
    assert.equal(await positionOf(client, other, idOf('Aster')), undefined)
    assert.deepEqual([...new Set((await viewGrid(client, { sight: other })).cells.map(({ debtors }) => debtors))], [0])

    clock.advance({ hours: 1 })
    await client.invoice.updateMany({ where: { number: 'B1' }, data: { openAmount: '45000' } })
    await follow()
    assert.equal((await places())[1], 'Birch moderate medium maintain') // no import says that the ledger is another one
    const finishedAt = new Date('2026-03-02T22:30:00Z')
    await client.importRun.create({
      data: { type: 'flat', fileName: 'x.csv', fileHash: 'h', mode: 'normal', status: 'done', startedAt: finishedAt, finishedAt },
    })
    await follow()
    assert.equal((await places())[1], 'Birch moderate large reinforce')
    const later = await night()
    assert.deepEqual(
      (await viewMoves(client, { runId: later })).map(({ debtor }) => debtor.name),
      ['Birch'],
    ) // prettier-ignore

    clock.advance({ hours: 1 })
    const version = await apply({
      matrix: { segments: { key: { moderate: { large: { stance: 'develop', workflow: 'standard' } } } }, proposalsPerRun: 1 },
    })
    await follow()
    await follow()
    assert.deepEqual(await places(), ['Aster moderate large develop', 'Birch moderate large develop'])
    const placement = await client.creditPlacement.findFirstOrThrow({ orderBy: { id: 'desc' } })
    assert.deepEqual([placement.kind, placement.matrixVersion, placement.moved], ['settings', version, 2])
    assert.deepEqual(posted.slice(-1), [`placement ${placement.id}`])
    assert.equal((await viewMoves(client, { placementId: placement.id })).length, 2)
    assert.deepEqual(
      opened.map(({ debtorId }) => debtorId),
      [idOf('Aster')],
    ) // one at a time, the largest first // prettier-ignore
    await night()
    assert.equal(opened.length, 2)
    await apply({ currencies: { reporting: 'GBP' } })
    clock.advance({ hours: 1 })
    await follow()
    assert.deepEqual(
      (await client.creditPosition.findMany()).map(({ currency, exposure }) => `${currency} ${exposure.toFixed(2)}`),
      ['GBP 47920.20', 'GBP 45040.00'],
    ) // prettier-ignore

    await client.invoice.updateMany({ where: { number: 'B1' }, data: { status: 'closed' } })
    await client.order.deleteMany()
    await apply({ credit: { on: true, scope: 'outstanding' } })
    clock.advance({ hours: 1 })
    await night()
    assert.equal((await places()).length, 1) // who owes nothing is in scope no more
    await apply({ credit: { on: false } })
    clock.advance({ hours: 1 })
    const before = await client.creditPlacement.count()
    await night()
    assert.equal(await client.creditPlacement.count(), before)
  })

  it('keep the score of each version with all its lines; a tag lowers it at once, and a sector gives one by itself', async t => {
    const { client, clock, apply, owes, says, placing, night, follow, idOf } = await createMatrixWorld(t, ['Aster', 'Birch'])
    await owes('Aster', 'A1', '1000', 'EUR', '2026-04-01')
    await says('Aster', { ...rating('B'), ...score(60), credit_limit: { is: 'money', amount: '10000', currency: 'EUR' } })
    await says('Birch', { ...rating('B'), ...score(60) }, '4120 Construction of buildings')
    await night()
    const scoreOf = async (name: string) => (await positionOf(client, fullSight, idOf(name)))?.score

    const first = await scoreOf('Aster')
    assert.deepEqual([first?.version, first?.score?.toFixed(2), first?.known], [0, '79.69', 80])
    const before = first?.lines.map(({ contribution }) => Number(contribution)).reduce((sum, line) => sum + line, 0)
    assert.equal(before?.toFixed(2), '79.69')

    clock.advance({ hours: 1 })
    assert.equal(await setTags(client, clock, idOf('Aster'), ['tax_deferral'], 1), true)
    await placeDebtor(await placing(), idOf('Aster'))
    assert.equal((await scoreOf('Aster'))?.score?.toFixed(2), '69.69')
    assert.equal(await client.auditEntry.count({ where: { event: 'debtor.tagged' } }), 1)

    clock.advance({ hours: 1 })
    const tags = { building: { title: 'Building', deduction: 20, activities: ['41', 'construct'] }, tax_deferral: { deduction: 5 } }
    const version = await apply({ scorecard: { tags } })
    await follow()
    assert.deepEqual([(await scoreOf('Aster'))?.version, (await scoreOf('Aster'))?.score?.toFixed(2)], [version, '74.69'])
    const tagged = await positionOf(client, fullSight, idOf('Birch'))
    assert.deepEqual(tagged?.tags, [{ key: 'building', title: 'Building' }])
    assert.deepEqual(tagged?.score?.lines.at(-1), { key: 'building', of: 'tag', title: 'Building', contribution: '-20' })

    await night()
    const kept = await client.creditScore.findMany({ where: { debtorId: idOf('Aster') }, orderBy: { id: 'asc' } })
    assert.deepEqual(
      kept.map(row => [row.version, row.score?.toFixed(2)]),
      [
        [0, '79.69'],
        [0, '69.69'],
        [version, '74.69'],
      ],
    ) // prettier-ignore
  })
})
