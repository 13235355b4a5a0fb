import type { PlanView } from '#ledger'
import type { NextStep } from '#search'
import { type Card, type CardElement, type CardInput, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { nextStepLine } from '../cards/next-step-line.ts'
import type { CardContext } from '../cards/proposal-card.ts'

const tones = { running: 'neutral', at_risk: 'bad', finished: 'good', ended: 'neutral', cancelled: 'neutral' } as const
const marks = { open: '–', kept: '✓', missed: '!', credited: '✓' } as const

export type PlanDebtor = { id: number; number: string; name: string }

/** The payment plans of a debtor, newest first: each with its instalments and what may be done about it. `told` is said first. */
export function plansCard(debtor: PlanDebtor, plans: readonly PlanView[], next: NextStep | undefined, context: CardContext, told?: string): Card {
  const { words, format } = context
  const { plans: say, button } = words
  const about = { debtor: String(debtor.id) }
  const title = `${say.plans} · ${oneLine(debtor.name, 80)}`
  const standing = plans.find(({ status }) => status === 'running' || status === 'at_risk')
  const card: CardInput = {
    title,
    subtitle: [debtor.number, plans.length === 0 && say.none].filter(Boolean).join(' · '),
    ...(standing && { status: { text: say.status[standing.status], tone: tones[standing.status] } }),
    elements: [
      ...(told ? [{ type: 'notice' as const, tone: 'good' as const, title: told }] : []),
      ...plans.slice(0, 5).flatMap(plan => planElements(plan, context)),
      ...nextStepLine(next, context),
    ],
    buttons: [
      { action: 'plan.agree', label: say.agree, data: about },
      ...(standing
        ? [
            {
              action: 'plan.end',
              label: say.end,
              style: 'danger' as const,
              data: { ...about, plan: String(standing.id) },
              confirm: { title: say.endTitle, text: say.endText, yes: say.end },
            },
          ]
        : []),
    ],
    more: [{ action: 'debtor.show', label: button.debtor, data: about }],
    fallback: [title, ...plans.slice(0, 1).map(plan => planLine(plan, { words, format }))].join(': '),
  }
  return cardSchema.parse(card)
}

function planElements(plan: PlanView, context: CardContext): CardElement[] {
  const { plans: say } = context.words
  const { format } = context
  const rows = plan.instalments.map(({ dueOn, amount, status }) => [
    format.day(dueOn.toString()),
    format.money(amount.toString(), plan.currency),
    `${marks[status]} ${say.instalmentStatus[status]}`,
  ])
  return [
    { type: 'text', text: planLine(plan, context), weight: 'strong', tone: tones[plan.status] },
    { type: 'text', text: plan.invoices.map(({ number }) => number).join(', '), weight: 'subtle', tone: 'neutral' },
    {
      type: 'table',
      columns: [
        { title: say.dueOn, align: 'left' },
        { title: say.amount, align: 'right' },
        { title: say.state, align: 'left' },
      ],
      rows,
    },
  ]
}

/** A plan on one line: how it stands, what was paid of it, what comes next. */
export function planLine(plan: PlanView, { words: { plans: say }, format }: CardContext): string {
  const money = (amount: { toString: () => string }) => format.money(amount.toString(), plan.currency)
  const next = plan.instalments.find(({ status }) => status === 'open')
  const isStanding = plan.status === 'running' || plan.status === 'at_risk'
  return [
    say.summary(money(plan.paid), money(plan.total)),
    plan.credited.gt(0) && say.credited(money(plan.credited)),
    say.status[plan.status],
    isStanding && next && say.next(money(next.amount), format.day(next.dueOn.toString())),
  ]
    .filter(Boolean)
    .join(' · ')
}
