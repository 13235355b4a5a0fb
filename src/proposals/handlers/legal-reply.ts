import { addWorkingDays } from '#ledger'
import { evidenceOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/** Lawyers and courts are answered by people: whoever leads reads it; until then nothing goes out to this debtor. */
export const legalReply: Handler = async situation => {
  const evidence = evidenceOf(situation, 'legal_reply', [])
  const lead = await situation.leadOf()
  const dueOn = addWorkingDays(situation.calendar, situation.today, 1).toString()
  return {
    actions: [
      { kind: 'place_hold', payload: { invoiceIds: [], reason: 'legal' }, evidence, protective: true },
      {
        kind: 'create_task',
        payload: { about: { code: 'legal_letter' }, dueOn, ...(lead !== undefined && { assigneeId: lead }) },
        evidence,
      },
    ],
  }
}
