/** Credit insurance: deadlines of the policy, what was reported, and what goes beyond it, in English. */
export const insuranceEn = {
  help: 'note that overdue items were reported to the credit insurer',
  title: 'Credit insurance',
  reported: 'Reported',
  reportedOn: 'Reported on',
  reference: 'Case number of the insurer',
  invoices: 'Invoices (numbers, with commas; empty: all that are overdue and not reported)',
  dayToCome: 'That day is still to come.',
  nothingToReport: 'None of these is both insured and overdue, or all of them are reported already.',
  /** Of a warning, and of a line of the debtor's card. */
  policy: (insurer: string, number: string) => `Credit insurance: ${insurer}, policy ${number}`,
  beyondExtension: (moneyOn: string, until: string, invoices: string) =>
    `The money is to come on ${moneyOn}. Without the insurer’s consent an extension is covered until ${until} at most (${invoices}): approving this may cost the cover.`,
  mustReport: (by: string, invoices: string) => `Overdue and not reported: ${invoices}. The insurer must know by ${by}, before this money comes.`,
  hadToReport: (by: string, invoices: string) => `Overdue and not reported: ${invoices}. The insurer had to know by ${by}.`,
  beyond: 'This goes beyond what the insurance policy allows. Nothing is done yet: read what it means, then approve or reject it.',
  /** On a form that gives time. */
  atMost: (insurer: string, day: string) => `${insurer} covers an extension until ${day} at most`,
  reportBy: (day: string, items: string) => `report by ${day} (${items})`,
  lateReport: (day: string, items: string) => `not reported by ${day} (${items})`,
  handOverBy: (day: string, items: string) => `hand over by ${day} (${items})`,
  lateHandOver: (day: string, items: string) => `not handed over by ${day} (${items})`,
  reportedItems: (day: string, items: string) => `reported on ${day} (${items})`,
  inTime: 'no deadline',
  discretionary: (amount: string) => `discretionary limit ${amount}`,
  mustHear: (tasks: number) => (tasks === 1 ? '1 task for the credit insurer has a deadline' : `${tasks} tasks for the credit insurer have a deadline`),
  toReport: 'Insurer must hear of it',
}

export type InsuranceWords = typeof insuranceEn
