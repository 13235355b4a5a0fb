import { addWorkingDays } from '#ledger'
import { evidenceOf } from '../situation.ts'
import type { Handler } from './handler.ts'

/** A hard stop on everything at once; what follows (proof, claim, administrator) is a person's work. Never answered by itself. */
export const insolvencyNotice: Handler = situation => {
  const evidence = evidenceOf(situation, 'insolvency_notice', [])
  const dueOn = addWorkingDays(situation.calendar, situation.today, 1).toString()
  return {
    actions: [
      { kind: 'place_hold', payload: { invoiceIds: [], reason: 'insolvency' }, evidence, protective: true },
      { kind: 'create_task', payload: { title: 'Insolvency notice: check it at the register and file the claim', dueOn }, evidence },
    ],
  }
}
