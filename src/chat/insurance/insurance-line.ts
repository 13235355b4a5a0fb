import type { InsuranceOverview, NextDeadline } from '#credit'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'

/** How a debtor stands with its insurer, on one line: by when what must be reported or handed over, what was reported, what is covered. */
export function insuranceFact(insurance: InsuranceOverview, { words: { insurance: say }, format }: CardContext): { label: string; value: string } {
  const { insurer, report, handOver, reported, discretionary } = insurance
  const deadline = (next: NextDeadline | undefined, inTime: typeof say.reportBy, late: typeof say.reportBy) =>
    next && (next.state === 'past' ? late : inTime)(format.day(next.by.toString()), format.number(next.items))
  const parts = [
    deadline(report, say.reportBy, say.lateReport),
    deadline(handOver, say.handOverBy, say.lateHandOver),
    reported && say.reportedItems(format.day(reported.on.toString()), format.number(reported.items)),
    discretionary && say.discretionary(format.money(discretionary.amount, discretionary.currency)),
  ].filter(part => part !== undefined)
  return { label: say.title, value: [oneLine(insurer, 40), ...(parts.length > 0 ? parts : [say.inTime])].join(' · ') }
}

/** Until when time may be given without asking the insurer, for a form; undefined where no term of a policy says so. */
export const extensionLimit = (insurance: InsuranceOverview | undefined, { words: { insurance: say }, format }: CardContext): string | undefined =>
  insurance?.extendUntil && say.atMost(oneLine(insurance.insurer, 40), format.day(insurance.extendUntil.toString()))
