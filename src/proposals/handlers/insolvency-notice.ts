import type { Temporal } from 'temporal-polyfill'
import { addWorkingDays } from '#ledger'
import { evidenceOf } from '../situation.ts'
import { claimDeadline } from './claim-deadline.ts'
import type { Handler } from './handler.ts'

/**
 * A hard stop on everything at once: no reminder, and no approved reply leaves any more. What follows (proof, claim, administrator) is the
 * work of whoever leads. Never answered by itself.
 */
export const insolvencyNotice: Handler = async situation => {
  const evidence = evidenceOf(situation, 'insolvency_notice', [])
  const { calendar, today, mailDay, debtor } = situation
  const lead = await situation.leadOf()
  const task = (code: 'insolvency_check' | 'insolvency_claim', dueOn: Temporal.PlainDate) =>
    ({ kind: 'create_task', payload: { about: { code }, dueOn: dueOn.toString(), ...(lead !== undefined && { assigneeId: lead }) }, evidence }) as const
  return {
    actions: [
      { kind: 'place_hold', payload: { invoiceIds: [], reason: 'insolvency' }, evidence, protective: true },
      task('insolvency_check', addWorkingDays(calendar, today, 1)),
      task('insolvency_claim', claimDeadline(debtor?.country ?? null, mailDay)),
    ],
  }
}
