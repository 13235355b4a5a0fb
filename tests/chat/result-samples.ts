import { Temporal } from 'temporal-polyfill'
import { type ActionOutcome, type ChannelResult, type ExperimentResult, workflowsKind } from '#dunning'
import { fullSight } from '#people'
import { Prisma } from '#platform'
import type { cardContext } from '../../src/chat/context.ts'
import { resultsCard } from '../../src/chat/results/results-card.ts'
import { testsCard } from '../../src/chat/results/tests-answer.ts'
import type { Sample } from './sample-cards.ts'

// What came of dunning, and tests of two variants, for those who make their cards to look at.

const shownSteps = ['first_reminder', 'final_notice', 'sms_reminder', 'call'].map(name => ({ name, type: 'call', after: { days: 1 } }))
const workflows = workflowsKind.schema.parse({ standard: { title: 'Business customers', steps: shownSteps } })

const none: Record<ActionOutcome, number> = { paid: 0, partly: 0, disputed: 0, promised: 0, bounced: 0, credited: 0, nothing: 0, running: 0 }
const money = (asked: string, came: string) => ({ asked: new Prisma.Decimal(asked), came: new Prisma.Decimal(came) })
const channel = (name: string, sent: number, paid: [number, number, number], running: [number, number, number], asked: string, came: string): ChannelResult => {
  const of = (index: 0 | 1 | 2) => {
    const left = sent - paid[index] - running[index]
    const [disputed, promised, partly] = [Math.floor(left / 12), Math.floor(left / 6), Math.floor(left / 9)]
    return { ...none, paid: paid[index], running: running[index], disputed, promised, partly, nothing: left - disputed - promised - partly }
  }
  const amount = {
    currency: 'EUR',
    items: sent * 2,
    asked: new Prisma.Decimal(asked),
    windows: { 7: money(asked, came), 14: money(asked, came), 30: money(asked, came) },
  }
  return { channel: name, sent, outcomes: { 7: of(0), 14: of(1), 30: of(2) }, amounts: [amount] }
}
const channels = [
  channel('email', 412, [121, 170, 204], [12, 40, 96], '486210.50', '241900'),
  channel('letter', 58, [9, 15, 20], [0, 6, 14], '122004.10', '40112.25'),
  channel('sms', 96, [31, 40, 44], [3, 9, 22], '60118.00', '28004.75'),
  channel('call', 141, [38, 60, 77], [6, 17, 41], '301555.80', '148200'),
]
const steps = channels.map((each, index) => ({ ...each, workflow: 'standard', step: ['first_reminder', 'final_notice', 'sms_reminder', 'call'][index] ?? '' }))
const searching = { sight: fullSight, today: Temporal.PlainDate.from('2026-03-02'), timeZone: 'Europe/Amsterdam' }
const shares = (units: number, paid: [number, number, number], spread: number) =>
  ([7, 14, 30] as const).map((days, index) => {
    const share = (paid[index] ?? 0) / units
    return { days, of: units, paid: paid[index] ?? 0, interval: { low: share - spread, high: share + spread } }
  })
const over: ExperimentResult = {
  key: 'shorter',
  experiment: {
    title: 'A shorter first reminder',
    workflow: 'standard',
    step: 'first_reminder',
    only: 'country:NL',
    from: '2025-11-01',
    debtors: 400,
    within: 14,
    variants: { a: {}, b: { template: 'reminder_first.short', tone: 'friendly' } },
    stopped: false,
  },
  startedOn: '2025-11-01',
  state: { kind: 'over' },
  variants: [
    { name: 'a', units: 206, paid: shares(206, [60, 84, 110], 0.065), meanDays: { days: 19.4, upTo: 30 } },
    { name: 'b', units: 194, paid: shares(194, [81, 110, 127], 0.07), meanDays: { days: 15.9, upTo: 30 } },
  ],
  difference: { share: 0.159, interval: { low: 0.056, high: 0.257 } },
  daysDifference: { days: -3.5, interval: { low: -5.6, high: -1.4 } },
  verdict: 'b',
}
const running: ExperimentResult = {
  ...over,
  key: 'copies',
  experiment: {
    ...over.experiment,
    title: 'Without copies',
    only: undefined,
    debtors: undefined,
    until: '2026-04-30',
    variants: { a: {}, b: { attachInvoices: false } },
  },
  state: { kind: 'takes_in' },
  variants: [
    {
      name: 'a',
      units: 31,
      paid: [
        { days: 7, of: 12, paid: 4, interval: { low: 0.14, high: 0.61 } },
        { days: 14, of: 0, paid: 0, interval: { low: 0, high: 1 } },
        { days: 30, of: 0, paid: 0, interval: { low: 0, high: 1 } },
      ],
      meanDays: null,
    },
    {
      name: 'b',
      units: 27,
      paid: [
        { days: 7, of: 9, paid: 5, interval: { low: 0.27, high: 0.81 } },
        { days: 14, of: 0, paid: 0, interval: { low: 0, high: 1 } },
        { days: 30, of: 0, paid: 0, interval: { low: 0, high: 1 } },
      ],
      meanDays: null,
    },
  ],
  difference: null,
  daysDifference: null,
  verdict: 'too_early',
}

/** Every sample in a language. */
export function resultSamples(context: ReturnType<typeof cardContext>): Sample[] {
  const promises = [
    { takenBy: { staffId: 5 }, kept: 12, partlyKept: 2, broken: 4, open: 3 },
    { takenBy: 'mail' as const, kept: 7, partlyKept: 0, broken: 5, open: 1 },
  ]
  const links = [{ channel: 'email', sent: 310, opened: 122, started: 70, paid: 61, nextDay: 34 }]
  const results = { channels, steps, promises, links, searching, nameOf: () => 'Jan Willems', workflows }
  const card = (by: 'channel' | 'step') => resultsCard(results, { days: 90, by, search: '', periods: [7, 30, 90] }, context)
  return [
    { name: 'results', on: 'answer', card: card('channel') },
    { name: 'results by step', on: 'answer', card: card('step') },
    { name: 'tests of two variants', on: 'answer', card: testsCard([over, running], workflows, context) },
  ]
}
