import { settleAction, takeBackAction } from '#dunning'
import { recordAudit } from '#platform'
import type { EntryEnd, EntryWork } from '../entries/kinds/kind.ts'

/** What becomes of the action of a step when its entry ends: turned down it is skipped, else it is planned anew when it is due. */
export async function endStep({ tx, now }: EntryWork, { actionId }: { actionId: number }, how: EntryEnd): Promise<void> {
  const kind = how === 'rejected' ? 'skipped' : 'withdrawn'
  if (await settleAction(tx, actionId, { kind }, { now }))
    await recordAudit(tx, { actor: 'duncan', event: `dunning.${kind}`, subject: `dunning:${actionId}`, detail: { entry: how } })
}

/** Opens the action of a step again whose entry was turned down; false when its day is over or its items went on. */
export const reopenStep = ({ tx, now }: EntryWork, { actionId }: { actionId: number }): Promise<boolean> => takeBackAction(tx, actionId, now)
