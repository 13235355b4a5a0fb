import { debtorsInSight, may, type Staff, sightOf } from '#people'
import type { Db } from '#platform'
import { whoSees } from './in-sight.ts'

/** The id of a manager who sees the debtor and may decide, else of an administrator; undefined when there is none. */
export async function leadOf(db: Db, debtorId: number): Promise<number | undefined> {
  for (const person of await leading(db)) if ((await db.debtor.count({ where: { id: debtorId, ...debtorsInSight(sightOf(person)) } })) > 0) return person.id
  return undefined
}

/** The ids of all managers who see a proposal, else of the administrators who do. */
export async function leadsOf(db: Db, proposalId: number): Promise<number[]> {
  const people = await leading(db)
  const sees = await whoSees(db, people, [proposalId])
  const seeing = people.filter(person => sees(person, proposalId))
  const managers = seeing.filter(({ role }) => role === 'manager')
  return (managers.length > 0 ? managers : seeing).map(({ id }) => id)
}

/** Managers first. */
async function leading(db: Db): Promise<Staff[]> {
  const staff = await db.staff.findMany({ where: { active: true, role: { in: ['manager', 'admin'] } }, orderBy: [{ role: 'desc' }, { id: 'asc' }] })
  return staff.filter(person => may(person, 'decide'))
}
