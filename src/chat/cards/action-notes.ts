import { Prisma } from '#platform'
import type { ActionView } from '#proposals'
import type { CardElement } from '../card.ts'
import type { CardContext } from './proposal-card.ts'

/** What stands beside an action on its card: why dunning waits so long for a promise; the instalments of a payment plan. */
export function actionNotes(action: ActionView, context: CardContext): CardElement[] {
  const text = action.kind === 'register_promise' ? pauseText(action.payload, context) : undefined
  if (text) return [{ type: 'text', text, tone: 'neutral', weight: 'subtle' }]
  return action.kind === 'agree_payment_plan' ? instalmentElements(action.payload, context) : []
}

type Promise = Extract<ActionView, { kind: 'register_promise' }>['payload']

function pauseText({ holdUntil, waitUntil, promisedOn, record }: Promise, { words: { plans: say }, format }: CardContext): string | undefined {
  if (holdUntil === undefined) return undefined
  const isShortened = waitUntil !== undefined && promisedOn !== undefined && holdUntil < promisedOn
  const why = [
    isShortened && say.shortened(format.day(promisedOn)),
    record && say.record(String(record.kept), String(record.judged), String(record.percent)),
  ].filter(Boolean)
  return [say.waits(format.day(holdUntil)), ...why].join(' · ')
}

type Plan = Pick<Extract<ActionView, { kind: 'agree_payment_plan' }>['payload'], 'instalments' | 'currency' | 'total'>

/** The days and amounts of a plan, with a warning where they are not what is open. */
export function instalmentElements({ instalments, currency, total }: Plan, { words: { plans: say }, format }: CardContext): CardElement[] {
  const sum = instalments.reduce((all, { amount }) => all.add(amount), new Prisma.Decimal(0))
  const rows = instalments.map(({ dueOn, amount }, index) => [String(index + 1), format.day(dueOn), format.money(amount, currency)])
  return [
    {
      type: 'table',
      columns: [
        { title: say.instalment, align: 'left' },
        { title: say.dueOn, align: 'left' },
        { title: say.amount, align: 'right' },
      ],
      rows: [...rows, [say.total, '', format.money(sum.toFixed(2), currency)]],
    },
    ...(sum.eq(total) ? [] : [{ type: 'notice', tone: 'warning', title: say.differs(format.money(total, currency)), lines: [] } as CardElement]),
  ]
}
