import { type Clock, type DbClient, DuncanError, recordAudit } from '#platform'
import { createInvitation } from './sign-in.ts'
import { findStaff } from './staff.ts'

export type Invitation = { key: string; name: string; link: string }

/** Invites a member of staff (`@jan`): a link that lets them in once, within 7 days; earlier ones that were not used are void. */
export async function inviteStaff({ client, clock }: { client: DbClient; clock: Clock }, who: string, publicUrl: string, actor: string): Promise<Invitation> {
  const person = await findStaff(client, who)
  if (!person?.active) {
    const name = who.trim().replace(/^@/, '')
    throw new DuncanError(
      'staff.unknown',
      `There is nobody called @${name} who is active.`,
      'Add the person under `staff` in the settings and apply them first.',
    )
  }
  return client.$transaction(async tx => {
    await tx.signInLink.deleteMany({ where: { staffId: person.id, usedAt: null } })
    const link = await createInvitation(tx, clock, person.id, publicUrl)
    await recordAudit(tx, { actor, event: 'staff.invited', subject: `staff:${person.id}` })
    return { key: person.key, name: person.name, link }
  })
}
