import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { officeDay, workingMinutes } from '../../src/proposals/working-hours.ts'
import { anOffice, asserting, type Office } from './support.ts'

/** An open proposal of Jan's, on Monday 23 November 2026 at 9:00 UTC, which is 10:00 in the office. */
async function aWaitingProposal(office: Office) {
  await office.db.debtor.update({ where: { id: office.debtor.id }, data: { collector: 'Jan' } })
  const { proposalId } = await office.proposals.propose(await office.mail('Graag een overzicht.', { intents: asserting('statement_request') }))
  office.jobs.splice(0)
  return proposalId
}
const manager = (office: Office, key: string, administrations = ['*']) =>
  office.db.staff.create({ data: { key, name: key, email: `${key}@nordlicht.example`, role: 'manager', administrations } })
const told = (office: Office) => office.jobs.splice(0).flatMap(({ name, payload }) => (name === 'proposal.reminder' ? [payload.staffId] : []))

const minutes = (since: string, until: string) =>
  workingMinutes(Temporal.Instant.from(since), Temporal.Instant.from(until), 'Europe/Amsterdam', { from: 9 * 60, until: 17 * 60 })

test('working time is Monday to Friday within office hours, on the calendar of its zone', () => {
  assert.equal(minutes('2026-11-23T09:00:00Z', '2026-11-23T12:30:00Z'), 210)
  assert.equal(minutes('2026-11-20T15:00:00Z', '2026-11-23T09:00:00Z'), 120, 'an hour on Friday, none at the weekend, an hour on Monday')
  assert.equal(minutes('2026-11-21T09:00:00Z', '2026-11-22T23:00:00Z'), 0)
  assert.equal(minutes('2026-11-23T12:00:00Z', '2026-11-23T09:00:00Z'), 0)
  assert.deepEqual([officeDay('08:30-16:00'), officeDay('17:00-09:00'), officeDay('9-17')], [{ from: 510, until: 960 }, undefined, undefined])
})

test('the owner is reminded once after the owner’s hours, the managers who see the administration once after theirs', async t => {
  const office = await anOffice(t)
  const proposalId = await aWaitingProposal(office)
  const lead = await manager(office, 'lea')
  await manager(office, 'far', ['elsewhere'])
  const heard: unknown[] = []

  for (const at of [
    '2026-11-23T12:59:00Z',
    '2026-11-23T13:00:00Z',
    '2026-11-23T15:30:00Z',
    '2026-11-24T08:59:00Z',
    '2026-11-24T09:00:00Z',
    '2026-11-26T09:00:00Z',
  ]) {
    office.clock.set(at)
    await office.proposals.due()
    heard.push(told(office))
  }

  assert.deepEqual(heard, [[], [office.jan.id], [], [], [lead.id], []])
  assert.equal(await office.db.auditEntry.count({ where: { event: 'proposal.reminded', subject: `proposal:${proposalId}` } }), 2)
})

test('without an owner who may decide, the managers hear at the owner’s time; without managers, the administrators', async t => {
  const office = await anOffice(t)
  await aWaitingProposal(office)
  await office.db.staff.update({ where: { id: office.jan.id }, data: { active: false } })
  const admin = await office.db.staff.create({ data: { key: 'ada', name: 'Ada', email: 'ada@nordlicht.example', role: 'admin' } })
  office.clock.advance({ hours: 4 })

  await office.proposals.due()

  assert.deepEqual(told(office), [admin.id])
})

test('what is decided or snoozed is not told of; what is woken or handed over waits anew', async t => {
  const office = await anOffice(t)
  await manager(office, 'lea')
  const proposalId = await aWaitingProposal(office)
  const decide = (request: object) => office.proposals.decide({ proposalId, staffId: office.jan.id, surface: 'console', ...request } as never)
  await decide({ kind: 'snooze', until: new Date('2026-11-25T08:00:00Z') })
  office.clock.set('2026-11-24T15:00:00Z')
  await office.proposals.due()
  const asleep = told(office)
  office.clock.set('2026-11-25T08:00:00Z')
  await office.proposals.due()
  const woken = told(office)
  office.clock.set('2026-11-25T11:00:00Z')
  await decide({ kind: 'reassign', ownerId: office.mia.id })
  office.clock.set('2026-11-25T14:00:00Z')
  await office.proposals.due()
  const handedOver = told(office)
  office.clock.set('2026-11-25T15:00:00Z')
  await office.proposals.due()
  const waited = told(office)
  await decide({ kind: 'reject', reason: 'no' })
  office.clock.set('2026-11-30T15:00:00Z')
  await office.proposals.due()

  assert.deepEqual([asleep, woken, handedOver, waited, told(office)], [[], [], [], [office.mia.id], []])
})

test('two processes that look at once remind once', async t => {
  const office = await anOffice(t)
  await aWaitingProposal(office)
  office.clock.advance({ hours: 5 })

  await Promise.all([office.proposals.due(), office.proposals.due(), office.proposals.due()])

  assert.deepEqual(told(office), [office.jan.id])
})

test('a proposal never expires by itself, unless a setting says when; then nothing of it runs and dunning goes on', async t => {
  const [patient, strict] = [await anOffice(t), await anOffice(t, { DUNCAN_EXPIRE_DAYS: 14 })]
  const ids = [await aWaitingProposal(patient), await aWaitingProposal(strict)] as const
  const held = await strict.standingHolds()
  for (const office of [patient, strict]) {
    office.clock.advance({ hours: 15 * 24 })
    await office.proposals.due()
  }

  const [waiting, expired] = [await patient.view(ids[0]), await strict.view(ids[1])]
  const late = await strict.proposals.decide({ kind: 'approve', proposalId: ids[1], staffId: strict.jan.id, surface: 'console' })

  assert.deepEqual([waiting.status, expired.status, expired.actions[0]?.status, late.kind], ['open', 'expired', 'skipped', 'already_decided'])
  assert.deepEqual([held, await strict.standingHolds()], [['open_proposal all'], []])
  assert.equal(await strict.db.auditEntry.count({ where: { event: 'proposal.expired' } }), 1)
})
