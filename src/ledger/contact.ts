import { z } from 'zod'
import { type ContactModel, type Db, type Prisma, toPlainDate } from '#platform'

const contactFields = z
  .object({
    name: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    address: z.string().nullable(),
    verified: z.boolean(),
    emailStatus: z.string(),
    emailProblem: z.string().nullable(),
    absentUntil: z.string().nullable(),
    standIn: z.string().nullable(),
  })
  .partial()
type ContactFields = z.infer<typeof contactFields>

/** What a change wrote on a contact and what stood there before, so that it can be undone; null: the contact did not exist. */
export const contactBeforeSchema = z.object({ id: z.int(), before: contactFields.nullable(), after: contactFields })
export type ContactBefore = z.infer<typeof contactBeforeSchema>

/**
 * Stops mail to an address that bounced for good, wherever it stands as a contact; an address that bounced for now is only
 * marked. Returns what the contacts were before; a contact that is stopped already stays stopped and is not returned.
 */
export async function markAddressBounced(tx: Db, input: { address: string; permanent: boolean; problem: string }): Promise<ContactBefore[]> {
  const emailStatus = input.permanent ? 'bounced' : 'bouncing'
  const where = { email: input.address.toLowerCase(), emailStatus: { notIn: ['bounced', emailStatus] } }
  return change(tx, where, { emailStatus, emailProblem: input.problem })
}

/** Notes that the person behind an address is away, until the given ISO day when known; returns what the contacts were before. */
export async function registerAbsence(
  tx: Db,
  input: { debtorId: number; address: string; until?: string | undefined; standIn?: string | undefined },
): Promise<ContactBefore[]> {
  return change(tx, { debtorId: input.debtorId, email: input.address.toLowerCase() }, { absentUntil: input.until ?? null, standIn: input.standIn ?? null })
}

export type ContactChange = { name?: string | undefined; email?: string | undefined; phone?: string | undefined; address?: string | undefined }

/**
 * Changes a contact of the debtor, or adds one when no id is given; verified from then on, since a person approved it. The
 * imported values beside it stay, so that the change survives until the import itself brings another value.
 */
export async function updateContact(tx: Db, input: { debtorId: number; contactId?: number | undefined; change: ContactChange }): Promise<ContactBefore> {
  const given = Object.fromEntries(Object.entries(input.change).filter(([, value]) => value !== undefined)) as ContactChange
  const data = { ...given, ...(given.email && { email: given.email.toLowerCase(), emailStatus: 'ok', emailProblem: null }), verified: true }
  if (input.contactId !== undefined) {
    const [before] = await change(tx, { id: input.contactId, debtorId: input.debtorId }, data)
    if (before) return before
  }
  const { id } = await tx.contact.create({
    data: { debtorId: input.debtorId, source: 'mail', ...data } as Prisma.ContactUncheckedCreateInput,
    select: { id: true },
  })
  return { id, before: null, after: data }
}

/** Takes changes of contacts back, newest first; one that a change added goes. What was changed again meanwhile stays as it is now. */
export async function restoreContacts(tx: Db, contacts: ContactBefore[]): Promise<void> {
  for (const { id, before, after } of contacts.toReversed()) {
    if (!before) {
      await tx.contact.deleteMany({ where: { id } })
      continue
    }
    const contact = await tx.contact.findUnique({ where: { id } })
    if (!contact) continue
    const now = fieldsOf(contact)
    const standing = keysOf(after).filter(key => now[key] === after[key])
    await tx.contact.update({ where: { id }, data: asRow(pick(before, standing)) })
  }
}

async function change(tx: Db, where: object, after: ContactFields): Promise<ContactBefore[]> {
  const contacts = await tx.contact.findMany({ where, orderBy: { id: 'asc' } })
  await tx.contact.updateMany({ where: { id: { in: contacts.map(({ id }) => id) } }, data: asRow(after) })
  return contacts.map(contact => ({ id: contact.id, before: pick(fieldsOf(contact), keysOf(after)), after }))
}

const keysOf = (fields: ContactFields) => Object.keys(fields) as (keyof ContactFields)[]
const pick = (fields: ContactFields, keys: (keyof ContactFields)[]): ContactFields => Object.fromEntries(keys.map(key => [key, fields[key]]))

const fieldsOf = ({ name, email, phone, address, verified, emailStatus, emailProblem, absentUntil, standIn }: ContactModel): Required<ContactFields> => ({
  name,
  email,
  phone,
  address,
  verified,
  emailStatus,
  emailProblem,
  absentUntil: absentUntil ? toPlainDate(absentUntil).toString() : null,
  standIn,
})

const asRow = ({ absentUntil, ...fields }: ContactFields) => ({
  ...(fields as Prisma.ContactUncheckedUpdateManyInput),
  ...(absentUntil !== undefined && { absentUntil: absentUntil === null ? null : new Date(`${absentUntil}T00:00:00Z`) }),
})
