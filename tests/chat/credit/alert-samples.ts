import type { AlertView } from '#credit'
import type { DebtorLimit, Exposure } from '#ledger'
import { Prisma } from '#platform'
import type { EntryView } from '#proposals'
import { entryCard } from '../../../src/chat/cards/entry-card.ts'
import type { ShownEntry } from '../../../src/chat/cards/shown-entry.ts'
import type { cardContext } from '../../../src/chat/context.ts'
import { alertCard } from '../../../src/chat/credit/alert-card.ts'
import type { AlertNext } from '../../../src/chat/credit/alert-next.ts'
import { reminderCard } from '../../../src/chat/credit/remind-alert.ts'
import { riskForm } from '../../../src/chat/forms/risk-forms.ts'
import type { Sample } from '../sample-cards.ts'
import { secondReminder } from '../views.ts'

const at = new Date('2026-03-02T22:10:00Z')
const decimal = (text: string) => new Prisma.Decimal(text)
const euros = (amount: string) => ({ is: 'money' as const, amount, currency: 'EUR' })
const exposure: Exposure = { currency: 'EUR', overdue: decimal('31250.40'), notDue: decimal('58749.60'), orders: decimal('30000'), total: decimal('120000') }
const limit = (amount: string, insurer: string | null = null): DebtorLimit => ({
  id: 1,
  amount: decimal(amount),
  currency: 'EUR',
  source: 'import',
  insurer,
  setAt: at,
})
const debtor = { id: 8, number: '10001', name: 'Kroonenburg Bouw BV' }

const anAlert = (rest: Partial<AlertView> = {}): AlertView => ({
  id: 3,
  channel: 'credit',
  party: 'debtor',
  raisedAt: at,
  mailedAt: undefined,
  isMailOnly: false,
  isMonitored: true,
  company: { id: 2, name: 'Kroonenburg Bouw B.V.', country: 'NL', bureau: 'creditsafe', bureauId: 'NL-X-91110001' },
  administration: { id: 1, code: 'NL01', name: 'Harbourlight Trading' },
  debtors: [debtor],
  facts: [
    fact('international_rating', { is: 'text', text: 'B' }, { is: 'text', text: 'D' }),
    fact('credit_limit', euros('150000'), euros('80000')),
    fact('score', { is: 'number', number: '62', min: '0', max: '100' }, { is: 'number', number: '24', min: '0', max: '100' }),
  ],
  exposure: [exposure],
  limits: { internal: limit('100000'), insured: limit('50000', 'Polder Krediet') },
  creditLimit: euros('80000'),
  status: 'open',
  snoozedUntil: null,
  decidedAt: null,
  decidedBy: undefined,
  ...rest,
})

type Fact = AlertView['facts'][number]
function fact(criterion: Fact['criterion'], before: Fact['before'], value: Fact['value']): Fact {
  return { rule: 'x', order: undefined, criterion, before, value, steps: [] }
}

const aLimit = (rest: Partial<EntryView> = {}): ShownEntry => ({
  next: secondReminder,
  id: 12,
  version: 0,
  debtor: { ...debtor, administration: 'NL01' },
  members: [],
  mailbox: null,
  owner: null,
  responsible: null,
  autonomy: null,
  content: { kind: 'credit_limit', amount: '80000', currency: 'EUR', before: { amount: '100000', currency: 'EUR' } },
  right: 'decide_risk',
  why: { code: 'over_advice', exposure: '120000', advice: '80000', currency: 'EUR', leftOut: [] },
  invoices: [],
  status: 'proposed',
  by: null,
  makers: [],
  at,
  firstVoteBy: null,
  decidedBy: null,
  decidedAt: null,
  ...rest,
})

const next = (rest: Partial<NonNullable<AlertNext['debtor']>> = {}): AlertNext => ({
  link: 'https://app.creditsafe.example/companies/NL-X-91110001',
  debtor: { workflow: undefined, holds: { whole: undefined, items: 0 }, stance: undefined, waiting: [], step: secondReminder, hasWorkflows: true, ...rest },
})

/** Credit alerts, and what is proposed because of them, as people meet them. */
export function alertSamples(context: ReturnType<typeof cardContext>): Sample[] {
  const workflow = aLimit({
    id: 13,
    content: { kind: 'workflow', workflow: 'reinforced', title: 'Reinforced', before: 'amicable', beforeTitle: 'Amicable' },
    why: { code: 'alert', alertId: 3 },
    by: 'Eva Lindner',
  })
  const insolvent = anAlert({ facts: [fact('insolvency', { is: 'none' }, { is: 'text', text: 'Bankruptcy' })], limits: {}, creditLimit: { is: 'none' } })
  const both = anAlert({ debtors: [debtor, { id: 9, number: '10002', name: 'Kroonenburg Bouw BV, Utrecht' }], limits: {} })
  const mailed = anAlert({
    facts: [fact('international_rating', { is: 'text', text: 'B' }, { is: 'text', text: 'D' })],
    mailedAt: at,
    isMailOnly: true,
    isMonitored: false,
  })
  const ordered = anAlert({ facts: [{ ...fact('contract_limit', euros('40000'), euros('55000')), order: 'O-2026-118' }], mailedAt: undefined })
  const form = riskForm(
    { kind: 'credit_limit', amount: '80000', currency: 'EUR', before: { amount: '100000', currency: 'EUR' } },
    {
      debtor: { name: debtor.name, administration: 'NL01' },
      workflows: {},
      button: { action: 'alert.propose', label: context.words.credit.propose, data: {} },
    },
    context,
  )
  return [
    { name: 'credit: a credit alert', on: 'post', card: alertCard(anAlert(), next({ workflow: 'Amicable', stance: 'reduce', waiting: [aLimit()] }), context) },
    { name: 'credit: a hard stop', on: 'post', card: alertCard(insolvent, next({ holds: { whole: { until: null }, items: 0 } }), context) },
    { name: 'credit: an alert about two debtors', on: 'post', card: alertCard(both, { ...next(), debtor: undefined }, context) },
    { name: 'credit: a limit is proposed', on: 'post', card: entryCard(aLimit(), undefined, context) },
    {
      name: 'credit: the first of two votes',
      on: 'post',
      card: entryCard(aLimit({ status: 'awaiting_second', firstVoteBy: 'Eva Lindner', makers: [4] }), undefined, context),
    },
    {
      name: 'credit: a limit that was approved',
      on: 'post',
      card: entryCard(aLimit({ status: 'done', decidedBy: 'Eva Lindner', decidedAt: at }), undefined, context),
    },
    { name: 'credit: a workflow is proposed', on: 'post', card: entryCard(workflow, undefined, context) },
    { name: 'credit: told by a mail alone', on: 'post', card: alertCard(mailed, next(), context) },
    { name: 'credit: a supplier', on: 'post', card: alertCard(anAlert({ party: 'supplier', exposure: [], limits: {} }), next(), context) },
    { name: 'credit: an order above the limit', on: 'post', card: alertCard(ordered, next(), context) },
    { name: 'credit: a reminder', on: 'answer', card: reminderCard(insolvent, context) },
    ...(form ? [{ name: 'credit: a limit to propose', on: 'form' as const, card: form }] : []),
  ]
}
