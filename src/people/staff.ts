import { type Db, Prisma, type StaffModel } from '#platform'
import { type Role, roles } from './rights.ts'

export type Staff = StaffModel

/** A member of staff by id, short name (`jan` or `@jan`) or mail address; undefined when there is none. */
export async function findStaff(db: Db, who: number | string): Promise<Staff | undefined> {
  if (typeof who === 'number') return (await db.staff.findUnique({ where: { id: who } })) ?? undefined
  const name = who.trim().replace(/^@/, '').toLowerCase()
  return (await db.staff.findFirst({ where: { OR: [{ key: name }, { email: name }] } })) ?? undefined
}

/** Everyone who is active, by name. */
export async function listStaff(db: Db): Promise<Staff[]> {
  return db.staff.findMany({ where: { active: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }] })
}

export type StaffInput = {
  key: string
  name: string
  email: string
  role: Role
  language?: string
  /** Highest total that this person decides alone (reporting currency, decimal string); null: no limit. */
  amountLimit?: string | null
}

/** Creates the person with this short name or brings their record up to date; returns the record. */
export async function ensureStaff(db: Db, input: StaffInput): Promise<Staff> {
  if (!roles.includes(input.role)) throw new TypeError(`unknown role ${input.role}`)
  const key = input.key.trim().replace(/^@/, '').toLowerCase()
  const fields = {
    name: input.name,
    email: input.email.trim().toLowerCase(),
    role: input.role,
    ...(input.language !== undefined && { language: input.language }),
    ...(input.amountLimit !== undefined && { amountLimit: input.amountLimit === null ? null : new Prisma.Decimal(input.amountLimit) }),
  }
  return db.staff.upsert({ where: { key }, create: { key, ...fields }, update: fields })
}
