import { z } from 'zod'
import { resolveUnknown, type UnknownVerdict } from '#mail'
import { may } from '#people'
import { fromInstant } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { dispatchedSchema, resolveDispatch } from '../dunning/dispatch.ts'
import { followMail } from '../follow-mail.ts'
import { transaction } from '../propose.ts'
import { asJson, isId } from '../store.ts'
import { announce, auditEntry, debtorFor, enteredAs, seesAllOf } from './entering.ts'
import type { EntryOutcome } from './entry.ts'
import { entryContentSchema, rulesOf } from './kinds/index.ts'
import { newestMessage } from './newest-message.ts'
import { sentSchema } from './schedule-entry-mail.ts'
import { whyEntryNotLeave } from './why-not-leave.ts'

export type EntryMailClick = { entryId: number; staffId: number; surface: string }

/**
 * Follows what a person says of an entry's mail, letter or SMS of which it is not known whether it left: it did; it did not, send it again; it
 * did not, and nothing more shall come of it. One that failed, or was stopped, can be sent again, too, as long as what it says stands.
 */
export async function settleEntryMail(deps: ProposalsDeps, { entryId, staffId, surface }: EntryMailClick, verdict: UnknownVerdict): Promise<EntryOutcome> {
  return deps.client.$transaction<EntryOutcome>(async tx => {
    const person = await tx.staff.findUnique({ where: { id: staffId } })
    if (!person?.active) return { kind: 'not_allowed', why: 'not_staff' }
    if (isId(entryId)) await tx.$queryRaw`SELECT id FROM "DebtorEntry" WHERE id = ${entryId} FOR UPDATE`
    const entry = isId(entryId) ? await tx.debtorEntry.findUnique({ where: { id: entryId } }) : null
    const debtor = entry && (await debtorFor(tx, person, entry.debtorId))
    if (!entry || !debtor) return { kind: 'not_found' }
    const content = entryContentSchema.parse(entry.payload)
    if (!(await seesAllOf(tx, person, content))) return { kind: 'not_found' }
    if (!may(person, rulesOf(content.kind).right)) return { kind: 'not_allowed', why: 'no_right' }
    const sent = z.union([sentSchema, dispatchedSchema]).safeParse(entry.result)
    if (entry.status !== 'done' || !sent.success) return { kind: 'changed' }
    if (verdict === 'resend') {
      // Whoever sends it again has seen what came meanwhile; what it says must be true all the same.
      await tx.debtorEntry.update({
        where: { id: entry.id },
        data: { result: asJson({ ...sent.data, lastMessageId: await newestMessage(tx) }), decidedById: entry.decidedById ?? person.id },
      })
      const problems = await whyEntryNotLeave(tx, deps, entry.id)
      if (problems.length > 0) return { kind: 'invalid', problem: { code: 'mail_refused', problems } }
    }
    const isSettled =
      'dispatchId' in sent.data
        ? await resolveDispatch(tx, sent.data.dispatchId, verdict, { now: fromInstant(deps.clock.now()), staffId })
        : await resolveUnknown(tx, deps, sent.data.outboundMailId, verdict, staffId)
    if (!isSettled) return { kind: 'changed' }
    const entering = { tx, deps, debtor, person, surface }
    await auditEntry(entering, entry, `entry.mail_${verdict}`)
    if (verdict !== 'resend' && 'outboundMailId' in sent.data) await followMail(tx, deps, sent.data.outboundMailId, `staff:${staffId}`)
    await announce(entering, entry)
    return enteredAs(entry)
  }, transaction)
}
