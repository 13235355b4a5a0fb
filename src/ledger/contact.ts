import { z } from 'zod'
import { type Db, toPlainDate } from '#platform'

/** What a contact was before a change, so that the change can be undone; null: it did not exist. */
export const contactBeforeSchema = z.object({
  id: z.int(),
  before: z
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
    .nullable(),
})
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
  const until = input.until ? new Date(`${input.until}T00:00:00Z`) : null
  return change(tx, { debtorId: input.debtorId, email: input.address.toLowerCase() }, { absentUntil: until, standIn: input.standIn ?? null })
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
  const { id } = await tx.contact.create({ data: { debtorId: input.debtorId, source: 'mail', ...data } as never, select: { id: true } })
  return { id, before: null }
}

/** Puts contacts back to what they were before a change; one that the change added goes. */
export async function restoreContacts(tx: Db, contacts: ContactBefore[]): Promise<void> {
  for (const { id, before } of contacts) {
    if (!before) await tx.contact.deleteMany({ where: { id } })
    else
      await tx.contact.updateMany({ where: { id }, data: { ...before, absentUntil: before.absentUntil ? new Date(`${before.absentUntil}T00:00:00Z`) : null } })
  }
}

async function change(tx: Db, where: object, data: object): Promise<ContactBefore[]> {
  const contacts = await tx.contact.findMany({ where, orderBy: { id: 'asc' } })
  await tx.contact.updateMany({ where: { id: { in: contacts.map(({ id }) => id) } }, data })
  return contacts.map(({ id, name, email, phone, address, verified, emailStatus, emailProblem, absentUntil, standIn }) => ({
    id,
    before: {
      name,
      email,
      phone,
      address,
      verified,
      emailStatus,
      emailProblem,
      absentUntil: absentUntil ? toPlainDate(absentUntil).toString() : null,
      standIn,
    },
  }))
}
