import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { planAbsence } from '#people'
import { followAbsences } from '../../src/flows/follow-absences.ts'
import { anOffice, asserting, fact } from '../proposals/support.ts'

/** An office whose debtor is Jan's; Mia covers Jan on the two days after today, a Monday. */
async function janIsAway(t: TestContext) {
  const office = await anOffice(t)
  const { db, clock, queue, jan, mia, proposals, debtor } = office
  await db.debtor.update({ where: { id: debtor.id }, data: { collector: 'jan' } })
  const timeZone = 'Europe/Amsterdam'
  const days = { from: Temporal.PlainDate.from('2026-11-24'), until: Temporal.PlainDate.from('2026-11-25') }
  await planAbsence({ client: db, clock, timeZone }, { staffId: jan.id, coverId: mia.id, ...days }, { staffId: jan.id, surface: 'console' })
  const told: number[] = []
  const follow = () => followAbsences({ client: db, queue, clock, timeZone, posts: { postHandBack: async id => told.push(id) } })
  const aProposal = async () => {
    const text = 'Factuur 2026-001 betalen wij op 4 december.'
    const facts = [fact(text, 'invoice_number', '2026-001'), fact(text, 'promised_date', '4 december', '2026-12-04')]
    return (await proposals.propose(await office.mail(text, { intents: asserting('promise_to_pay'), facts }))).proposalId
  }
  const redrawn = () => office.jobs.splice(0).flatMap(({ name, payload }) => (name === 'proposal.changed' ? payload.proposalId : []))
  return { ...office, follow, told, aProposal, redrawn }
}

test('while somebody is away the cover acts for them, on old proposals and new ones, and afterwards the work is theirs again', async t => {
  const { clock, follow, told, aProposal, redrawn, view } = await janIsAway(t)
  const old = await aProposal()
  const covers: unknown[] = [(await view(old)).cover]
  redrawn()

  clock.set('2026-11-24T08:00:00Z')
  await follow()
  await follow()
  const began = redrawn()
  const fresh = await aProposal()
  covers.push((await view(old)).cover?.name, (await view(fresh)).owner?.name, (await view(fresh)).cover?.name)
  redrawn()
  clock.set('2026-11-26T08:00:00Z')
  await follow()
  await follow()
  covers.push((await view(fresh)).cover)

  assert.deepEqual(covers, [null, 'Mia', 'Jan', 'Mia', null])
  assert.deepEqual([began, redrawn()], [[old], [old, fresh]])
  assert.equal(told.length, 1, 'the returning person is told once')
})

test('reminders go to the cover while the owner is away', async t => {
  const { clock, aProposal, proposals, jobs, mia } = await janIsAway(t)
  clock.set('2026-11-24T08:00:00Z')
  const proposalId = await aProposal()

  clock.set('2026-11-24T14:00:00Z')
  await proposals.due()

  assert.deepEqual(
    jobs.filter(({ name }) => name === 'proposal.reminder').map(({ payload }) => payload),
    [{ proposalId, staffId: mia.id }],
  )
})

test('an absence that was called off before it began tells nobody anything', async t => {
  const { db, clock, follow, told } = await janIsAway(t)
  await db.staffAbsence.updateMany({ data: { endedAt: new Date(clock.now().epochMilliseconds) } })

  await follow()

  assert.deepEqual(told, [])
  assert.equal(await db.staffAbsence.count({ where: { handedBackAt: null } }), 0)
})
