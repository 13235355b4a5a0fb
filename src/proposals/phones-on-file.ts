import { z } from 'zod'
import { type Db, Prisma } from '#platform'

export type PhoneOnFile = { name: string | null; phone: string }

const importedSchema = z.object({ phone: z.string().trim().min(5) })
const mostPhones = 3

/**
 * The numbers of a debtor as the ledger's import has them, for calling back on a mail that is not to be trusted. What a mail brought is not
 * among them, approved or not: an attacker gives their own number first, and their own account later.
 */
export async function phonesOnFile(db: Db, debtorId: number): Promise<PhoneOnFile[]> {
  const contacts = await db.contact.findMany({
    where: { debtorId, imported: { not: Prisma.DbNull } },
    orderBy: { id: 'asc' },
    select: { name: true, imported: true },
  })
  const phones = contacts.flatMap(({ name, imported }) => {
    const read = importedSchema.safeParse(imported)
    return read.success ? [{ name, phone: read.data.phone }] : []
  })
  return [...new Map(phones.map(each => [each.phone.replace(/\D/g, ''), each])).values()].slice(0, mostPhones)
}
