import { may } from '#people'
import type { Db } from '#platform'
import { Refused } from '../problem.ts'
import type { DisputeRules } from './disputes-kind.ts'

type About = { type: string; debtorId: number; rules: DisputeRules }

/** Who disputes of this type go to: whom the settings name, else the debtor's collector; undefined when neither can see to them. */
export async function namedDisputeOwner(db: Db, { type, debtorId, rules }: About): Promise<{ id: number; name: string } | undefined> {
  const debtor = await db.debtor.findUnique({ where: { id: debtorId }, select: { collector: true } })
  const keys = [rules.types[type]?.owner, debtor?.collector?.toLowerCase()].filter(key => key !== undefined)
  const people = await db.staff.findMany({ where: { key: { in: keys }, active: true } })
  const [owner] = keys.flatMap(key => people.find(person => person.key === key && may(person, 'decide')) ?? [])
  return owner && { id: owner.id, name: owner.name }
}

/** The id of who owns a new dispute: whom it goes to, else the first of the candidates who can, else whoever leads. Throws when nobody can. */
export async function disputeOwner(db: Db, about: About, candidates: readonly (number | null | undefined)[]): Promise<number> {
  const named = await namedDisputeOwner(db, about)
  if (named) return named.id
  const people = await db.staff.findMany({ where: { active: true }, orderBy: { id: 'asc' } })
  const able = people.filter(person => may(person, 'decide'))
  const wanted = candidates.flatMap(id => able.find(person => person.id === id) ?? [])
  const [owner] = [...wanted, ...able.filter(({ role }) => role === 'manager'), ...able]
  if (owner) return owner.id
  throw new Refused({ code: 'no_dispute_owner' })
}
