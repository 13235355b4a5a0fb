import { addWorkingDays } from '#ledger'
import { evidenceOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/**
 * In working days. The terms for a claim run from the opening or its publication, which may lie weeks before the mail: DE two weeks to
 * three months as the court sets (InsO § 28), PL 30 days (Prawo upadłościowe art. 51), FR two months (Code de commerce R622-24); elsewhere the
 * administrator names the day. So the claim is due soon, and not a whole term after the notice.
 */
const daysToClaim = 5

/**
 * A hard stop on everything at once: no reminder, and no approved reply leaves any more. What follows (proof, claim, administrator) is the
 * work of whoever leads. Never answered by itself.
 */
export const insolvencyNotice: Handler = async situation => {
  const evidence = evidenceOf(situation, 'insolvency_notice', [])
  const { calendar, today } = situation
  const lead = await situation.leadOf()
  const task = (code: 'insolvency_check' | 'insolvency_claim', days: number) =>
    ({
      kind: 'create_task',
      payload: { about: { code }, dueOn: addWorkingDays(calendar, today, days).toString(), ...(lead !== undefined && { assigneeId: lead }) },
      evidence,
    }) as const
  return {
    actions: [
      { kind: 'place_hold', payload: { invoiceIds: [], reason: 'insolvency' }, evidence, protective: true },
      task('insolvency_check', 1),
      task('insolvency_claim', daysToClaim),
    ],
  }
}
