import { Temporal } from 'temporal-polyfill'
import { Prisma } from '#platform'
import { cardSchema } from '../../src/chat/card.ts'
import { entryCard } from '../../src/chat/cards/entry-card.ts'
import { proposalCard } from '../../src/chat/cards/proposal-card.ts'
import type { ShownEntry } from '../../src/chat/cards/shown-entry.ts'
import { taskTitle } from '../../src/chat/cards/task-title.ts'
import type { cardContext } from '../../src/chat/context.ts'
import { entryForm } from '../../src/chat/forms/entry-form.ts'
import { extensionLimit, insuranceFact } from '../../src/chat/insurance/insurance-line.ts'
import { workflowCard } from '../../src/chat/workflows/workflow-card.ts'
import type { Sample } from './sample-cards.ts'
import { aPromise, aReply, aView, secondReminder } from './views.ts'

// Credit insurance: what goes beyond a policy, what must be told, and the workflow that is suggested for a debtor.

const insurer = { insurer: 'Veilig Krediet', policy: 'P-2026-1' }
const insurance = {
  ...insurer,
  extension: { until: '2026-03-31', moneyOn: '2026-06-30', invoices: ['2026-0412', '2026-0398'] },
  report: { by: '2026-03-15', late: false, invoices: ['2026-0398'] },
}
const promise = { promisedOn: '2026-06-30', amount: '1210.00', currency: 'EUR', invoiceIds: [11, 12], conditional: false, insurance }
const asked: ShownEntry = {
  next: secondReminder,
  id: 21,
  version: 0,
  debtor: { id: 8, number: '10001', name: 'Visser Installatie BV', administration: 'NL01' },
  members: [],
  mailbox: null,
  owner: null,
  responsible: null,
  autonomy: null,
  content: { kind: 'promise', promisedOn: '2026-06-30', amount: '1210.00', currency: 'EUR', invoiceIds: [11, 12], insurance },
  right: 'decide',
  why: { code: 'beyond_insurance' },
  invoices: ['2026-0412', '2026-0398'],
  status: 'proposed',
  by: 'Jan Willems',
  makers: [5],
  at: new Date('2026-03-02T12:00:00Z'),
  firstVoteBy: null,
  decidedBy: null,
  decidedAt: null,
}

const day = (text: string) => Temporal.PlainDate.from(text)

/** Every sample in a language. */
export function insuranceSamples(context: ReturnType<typeof cardContext>): Sample[] {
  const { words } = context
  const standing = {
    ...insurer,
    report: { by: day('2026-03-09'), state: 'due' as const, items: 2 },
    handOver: { by: day('2026-02-27'), state: 'past' as const, items: 1 },
    reported: { items: 1, on: day('2026-02-20') },
    extendUntil: day('2026-03-31'),
    discretionary: { amount: new Prisma.Decimal('10000'), currency: 'EUR' },
  }
  const task = taskTitle({ about: { code: 'insurance_report', ...insurer, by: '2026-03-09', invoices: ['2026-0412', '2026-0398'] } }, context)
  const check = taskTitle({ about: { code: 'dunning_step', type: 'risk_check', step: 'look', workflow: 'High risk', problem: 'over_quota' } }, context)
  const event = taskTitle({ about: { code: 'insurance_event', ...insurer, criterion: 'judgments' } }, context)
  const handOver = taskTitle({ about: { code: 'insurance_hand_over', ...insurer, by: '2026-03-09', invoices: ['2026-0398'] } }, context)
  const form = { id: 8, name: 'Visser Installatie BV', currency: 'EUR', disputeTypes: [] }
  const { insurance: say } = words
  const debtor = cardSchema.parse({
    title: 'Visser Installatie BV',
    elements: [{ type: 'facts', facts: [insuranceFact(standing, context)] }, ...[task, handOver, event, check].map(text => ({ type: 'text', text }))],
    fallback: say.title,
  })
  const open = [words.entries.open(context.format.money('1210', 'EUR'), 2), extensionLimit(standing, context)].join(' · ')
  const key = { key: 'a', today: day('2026-03-02') }
  return [
    {
      name: 'insurance: a promise beyond the policy',
      on: 'post',
      card: proposalCard(aView({ id: 12, actions: [aPromise({ payload: promise }), aReply()] }), context),
    },
    { name: 'insurance: asked once more', on: 'answer', card: entryCard(asked, 5, context) },
    { name: 'insurance: a promise by hand', on: 'form', card: entryForm('promise', { ...form, open }, key, context) },
    {
      name: 'insurance: reported',
      on: 'form',
      card: entryForm('insurance_report', { ...form, open: context.words.entries.open(context.format.money('1210', 'EUR'), 2) }, key, context),
    },
    {
      name: 'insurance: what was reported',
      on: 'answer',
      card: entryCard(
        {
          ...asked,
          status: 'done',
          why: null,
          content: { kind: 'insurance_report', reportedOn: '2026-03-02', reference: 'S-1783', invoiceIds: [11, 12], policyId: 'all', insurer: insurer.insurer },
        },
        5,
        context,
      ),
    },
    { name: 'insurance: lines', on: 'answer', card: debtor },
    {
      name: 'workflow: another one is suggested',
      on: 'answer',
      card: workflowCard(
        {
          debtor: { id: 8, number: '10001', name: 'Visser Installatie BV' },
          assigned: { title: 'Standard', workflow: 'standard', reason: 'entry:12', at: new Date('2026-02-12T10:00:00Z'), by: 'Anna de Wit' },
          suggested: {
            rule: 'high-risk',
            workflow: 'strict',
            title: 'High risk',
            why: [
              { condition: 'rating:D,E', value: { kind: 'text', value: 'D' } },
              { condition: 'overdue:>5000', value: { kind: 'amounts', amounts: [{ currency: 'EUR', amount: '7200' }] } },
            ],
          },
          segments: [
            {
              segment: {
                key: 'late_payers',
                title: 'Late payers',
                query: 'overdue days_late:>30',
                priority: 50,
                reason: { kind: 'pays_late' },
                debtors: 14,
                ofAll: 412,
              },
              why: [{ condition: 'days_late:>30', value: { kind: 'number', value: '42' } }],
            },
          ],
          key: 'a',
        },
        context,
      ),
    },
  ]
}
