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
  const task = (title: string, dueOn: Temporal.PlainDate) =>
    ({ kind: 'create_task', payload: { title, dueOn: dueOn.toString(), ...(lead !== undefined && { assigneeId: lead }) }, evidence }) as const
  return {
    actions: [
      { kind: 'place_hold', payload: { invoiceIds: [], reason: 'insolvency' }, evidence, protective: true },
      task('Insolvency notice: check it at the register and stop deliveries', addWorkingDays(calendar, today, 1)),
      task('Insolvency: file our claim with the administrator', claimDeadline(debtor?.country ?? null, mailDay)),
    ],
  }
}
