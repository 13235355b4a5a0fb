import type { PolicyWarning } from '#credit'
import type { ProposalView } from '#proposals'
import type { CardElement } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'

const shownInvoices = 8

/** The same of actions of a proposal. */
export const policyNotices = (actions: ProposalView['actions'], context: CardContext): CardElement[] =>
  actions.flatMap(({ payload }) => ('insurance' in payload && payload.insurance ? [policyNotice(payload.insurance, context)] : []))

/** What waiting for money means for its insurance: past which days it goes, and what that may cost. */
export function policyNotice(warning: PolicyWarning, { words: { insurance: say }, format }: CardContext): CardElement {
  const { insurer, policy, extension, report } = warning
  const lines = [
    extension && say.beyondExtension(format.day(extension.moneyOn), format.day(extension.until), numbersOf(extension.invoices)),
    report && (report.late ? say.hadToReport : say.mustReport)(format.day(report.by), numbersOf(report.invoices)),
  ]
  return { type: 'notice', tone: 'warning', title: say.policy(oneLine(insurer, 60), oneLine(policy, 40)), lines: lines.filter(line => line !== undefined) }
}

function numbersOf(invoices: readonly string[]): string {
  const rest = invoices.length - shownInvoices
  return [
    invoices
      .slice(0, shownInvoices)
      .map(number => oneLine(number, 40))
      .join(', '),
    rest > 0 && `+ ${rest}`,
  ]
    .filter(Boolean)
    .join(' ')
}
