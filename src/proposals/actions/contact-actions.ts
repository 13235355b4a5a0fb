import { z } from 'zod'
import { noteChange } from '#dunning'
import { contactBeforeSchema, markAddressBounced, registerAbsence, restoreContacts, updateContact } from '#ledger'
import { type ActionRun, type ActionRunner, debtorOf } from './runner.ts'

// Three changes of contacts, undone in the same way: by what the contacts were before.

const resultSchema = z.object({ contacts: z.array(contactBeforeSchema) })

async function restore({ tx, result }: Pick<ActionRun<'update_contact'>, 'tx'> & { result: unknown }): Promise<boolean> {
  await restoreContacts(tx, resultSchema.parse(result).contacts)
  return true
}

/** Stops mail to an address, or notes that it has trouble for now. */
export const markAddressBouncedAction: ActionRunner<'mark_address_bounced'> = {
  run: async ({ tx, payload: { address, permanent, status, reason } }) => ({
    result: { contacts: await markAddressBounced(tx, { address, permanent, problem: [status, reason].filter(Boolean).join(' ') }) },
  }),
  undo: restore,
}

/** Notes who is away until when; reminders go to who is there, or wait a little (`absenceDays` of a workflow). */
export const registerAbsenceAction: ActionRunner<'register_absence'> = {
  run: async action => {
    const debtorId = debtorOf(action)
    await noteChange(action.tx, [debtorId])
    return { result: { contacts: await registerAbsence(action.tx, { debtorId, ...action.payload }) } }
  },
  undo: async undone => {
    await noteChange(undone.tx, [debtorOf(undone)])
    return restore(undone)
  },
}

/** Changes or adds a contact of the debtor. */
export const updateContactAction: ActionRunner<'update_contact'> = {
  run: async action => {
    const { contactId, ...change } = action.payload
    return { result: { contacts: [await updateContact(action.tx, { debtorId: debtorOf(action), contactId, change })] } }
  },
  undo: restore,
}
