import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { coversToday, endAbsence, ensureStaff, listAbsences, planAbsence, type Staff } from '#people'
import { fixedClock } from '#platform'
import { createTestDatabase } from '../support/database.ts'

async function aTeam(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-03-02T09:00:00Z')
  const deps = { client, clock, timeZone: 'Europe/Amsterdam' }
  const person = (key: string, role: Staff['role'] = 'collector') =>
    ensureStaff(client, { key, name: key, email: `${key}@creditor.example`, role: role as 'collector' })
  const [jan, eva, bo] = [await person('jan'), await person('eva'), await person('bo')]
  const away = (staff: Staff, cover: Staff, from: string, until: string) =>
    planAbsence(
      deps,
      { staffId: staff.id, coverId: cover.id, from: Temporal.PlainDate.from(from), until: Temporal.PlainDate.from(until) },
      { staffId: staff.id, surface: 'console' },
    )
  const covers = async () => Object.fromEntries(await coversToday(client, clock, deps.timeZone))
  return { client, clock, deps, person, jan, eva, bo, away, covers }
}

test('somebody who is away is covered from the first day to the end of the last, by the days where they live', async t => {
  const { client, clock, jan, eva, away, covers } = await aTeam(t)
  await client.staff.update({ where: { id: jan.id }, data: { timeZone: 'America/New_York' } })
  await away(jan, eva, '2026-03-03', '2026-03-04')
  const seen: unknown[] = []

  for (const at of ['2026-03-03T04:59:00Z', '2026-03-03T05:00:00Z', '2026-03-05T04:59:00Z', '2026-03-05T05:00:00Z']) {
    clock.set(at)
    seen.push(await covers())
  }

  assert.deepEqual(seen, [{}, { [jan.id]: eva.id }, { [jan.id]: eva.id }, {}])
})

test('a cover who is away too hands on to their own cover; a ring of covers leaves the work where it is', async t => {
  const { jan, eva, bo, away, covers } = await aTeam(t)
  await away(jan, eva, '2026-03-02', '2026-03-10')
  await away(eva, bo, '2026-03-02', '2026-03-04')
  const chain = await covers()

  await away(bo, jan, '2026-03-02', '2026-03-03')

  assert.deepEqual(chain, { [jan.id]: bo.id, [eva.id]: bo.id })
  assert.deepEqual(await covers(), {})
})

test('a cover who left, or may not decide any more, covers nobody', async t => {
  const { client, jan, eva, away, covers } = await aTeam(t)
  await away(jan, eva, '2026-03-02', '2026-03-10')

  await client.staff.update({ where: { id: eva.id }, data: { role: 'viewer' } })

  assert.deepEqual(await covers(), {})
})

test('a cover is refused who is the person, may not decide, or sees less; and days that are over, backwards or taken', async t => {
  const { client, person, jan, eva, bo, away } = await aTeam(t)
  const vic = await person('vic', 'viewer')
  await client.staff.update({ where: { id: bo.id }, data: { mailboxes: ['debtors'] } })
  await away(jan, eva, '2026-03-20', '2026-03-25')

  const outcomes = [
    await away(jan, jan, '2026-03-02', '2026-03-03'),
    await away(jan, vic, '2026-03-02', '2026-03-03'),
    await away(jan, bo, '2026-03-02', '2026-03-03'),
    await away(jan, eva, '2026-03-05', '2026-03-04'),
    await away(jan, eva, '2026-02-20', '2026-03-01'),
    await away(jan, eva, '2026-03-25', '2026-03-26'),
    await away(bo, jan, '2026-03-02', '2026-03-03'),
  ]

  assert.deepEqual(
    outcomes.map(outcome => (outcome.kind === 'refused' ? outcome.why : outcome.kind)),
    ['self', 'cover_may_not_decide', 'cover_sees_less', 'backwards', 'past', 'overlaps', 'planned'],
  )
})

test('of two absences said at once for the same days one is recorded', async t => {
  const { client, jan, eva, bo, away } = await aTeam(t)

  const outcomes = await Promise.all([eva, bo, eva, bo].map(cover => away(jan, cover, '2026-03-02', '2026-03-05')))

  assert.equal(outcomes.filter(({ kind }) => kind === 'planned').length, 1)
  assert.equal(await client.staffAbsence.count(), 1)
})

test('an absence that is ended early brings the work back at once, and stays in the list until it is handed back', async t => {
  const { client, clock, deps, jan, eva, away, covers } = await aTeam(t)
  await away(jan, eva, '2026-03-02', '2026-03-10')

  const ended = await endAbsence(deps, jan.id, { staffId: jan.id, surface: 'console' })

  assert.deepEqual([ended, await covers()], [1, {}])
  assert.deepEqual(
    (await listAbsences(client, clock, deps.timeZone)).map(({ state }) => state),
    ['over'],
  )
  assert.deepEqual(
    (await client.auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ event }) => event),
    ['absence.planned', 'absence.ended'],
  )
})
