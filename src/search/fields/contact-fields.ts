import { Prisma } from '#platform'
import { among, flag, flagAmong, type SearchField, sqlDay } from './field.ts'

const ofContact = (value: Prisma.Sql) => ({ debtorId: Prisma.sql`c."debtorId"`, value, from: Prisma.sql`"Contact" c`, where: Prisma.sql`TRUE` })
const contacts = (where: Prisma.Sql) => ({ debtorId: Prisma.sql`c."debtorId"`, from: Prisma.sql`"Contact" c`, where })

const reachable = flagAmong('reachable', '', () => contacts(Prisma.sql`c.email IS NOT NULL AND c.verified AND c."emailStatus" <> 'bounced'`))

/** Whom to reach. */
export const contactFields: readonly SearchField[] = [
  among({ name: 'contact', type: 'text', help: 'name of a contact', example: 'contact:petra' }, () => ofContact(Prisma.sql`c.name`)),
  among({ name: 'email', type: 'text', help: 'address of a contact, or its domain', example: 'email:@acme.example' }, () => ofContact(Prisma.sql`c.email`)),
  among({ name: 'phone', type: 'digits', help: 'telephone number of a contact', example: 'phone:0205550100' }, () => ofContact(Prisma.sql`c.phone`)),
  flagAmong('bounced', 'mail to a contact came back', () => contacts(Prisma.sql`c."emailStatus" <> 'ok'`)),
  flagAmong('absent', 'a contact is away today', ({ today }) => contacts(Prisma.sql`c."absentUntil" >= ${sqlDay(today)}`)),
  flag('unreachable', 'has no contact that mail can be sent to', context => Prisma.sql`NOT COALESCE(${reachable.holds(context)}, FALSE)`),
]
