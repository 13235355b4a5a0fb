/** Promises that were not kept, payments that are not found, payment plans. In English. */
export const plansEn = {
  help: 'the payment plans of a debtor, and agreeing one',
  title: 'Payment plan',
  plans: 'Payment plans',
  none: 'There is no payment plan.',
  action: (count: string, total: string, invoices: string, until: string) =>
    `Agree a payment plan: ${total} in ${count} instalments until ${until} (${invoices})`,
  instalments: (currency: string) => `Instalments, one a line: day and amount (${currency})`,
  instalment: 'Instalment',
  dueOn: 'Due',
  amount: 'Amount',
  state: 'State',
  total: 'In all',
  differs: (open: string) => `The instalments do not add up to what is open: ${open}.`,
  status: { running: 'running', at_risk: 'at risk', finished: 'finished', ended: 'ended', cancelled: 'taken back' },
  instalmentStatus: { open: 'open', kept: 'paid', missed: 'missed', credited: 'credited' },
  credited: (amount: string) => `${amount} credited`,
  summary: (paid: string, total: string) => `${paid} of ${total} paid`,
  next: (amount: string, day: string) => `next ${amount} on ${day}`,
  agree: 'Agree a plan',
  save: 'Agree the plan',
  end: 'End the plan',
  endTitle: 'End this payment plan?',
  endText: 'Its invoices are asked for again. What was paid stays paid.',
  ended: 'The plan has ended. Its invoices are asked for again.',
  cannotEnd: 'This plan stands no more.',
  exists: 'One of these invoices is in another payment plan. End that one first.',
  currencies: 'These invoices are in several currencies: agree a plan for those of one.',
  staleLedger: 'The ledger is too old to tell a debtor amounts. Import the open items first.',
  /** Of a promise on a card: why dunning waits so long. */
  waits: (until: string) => `Reminders wait until ${until}`,
  shortened: (day: string) => `not until the promised ${day}, which is further off than a promise of this debtor holds reminders`,
  record: (kept: string, judged: string, percent: string) => `kept ${kept} of ${judged} promises, ${percent}%`,
  mailTo: (to: string) => `Mail to ${to}`,
  asTask: 'Nobody can be written to: it becomes a task',
  /** What a follow-up is about. */
  about: {
    promise: 'Promise not kept',
    payment_claim: 'Payment not found',
    entered_claim: 'Payment not found',
    instalment: 'Instalment missed',
    dispute: 'Dispute ended',
  },
  why: {
    promise: (day: string, waited: string, open: string) => `Payment was promised by ${day}. We waited until ${waited}, and ${open} is still open.`,
    promisePart: (day: string, waited: string, open: string) => `Payment was promised by ${day}. Part of it came by ${waited}; ${open} is still open.`,
    claim: (waited: string, open: string) => `The debtor said that it had paid. Up to ${waited} no such payment came, and ${open} is still open.`,
    claimPart: (waited: string, open: string) => `The debtor said that it had paid. Up to ${waited} only part of it came; ${open} is still open.`,
    instalment: (amount: string, day: string) => `The instalment of ${amount} due on ${day} did not come. The plan is at risk.`,
  },
}

export type PlanWords = typeof plansEn
