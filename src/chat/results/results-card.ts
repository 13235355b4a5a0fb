import { actionOutcomes, type ChannelResult, type LinkResult, type PromiseResult, type StepResult, type Window, type Workflows, windows } from '#dunning'
import type { SearchContext } from '#search'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { stepName } from '../cards/step-name.ts'
import { inReporting } from '../commands/in-reporting.ts'
import type { Words } from '../words/index.ts'

/** `days`: how far back. `search`: which debtors; '' for all. */
export type ResultsAsked = { days: number; by: 'channel' | 'step'; search: string }

type Results = {
  channels: readonly ChannelResult[]
  steps: readonly StepResult[]
  promises: readonly PromiseResult[]
  links: readonly LinkResult[]
  searching: SearchContext
  nameOf: (staffId: number) => string
  /** The dunning workflows of the settings. */
  workflows: Workflows
}

const shownSteps = 15

/** What came of what reached debtors: shares paid by channel or by step, what became of the rest, promises and pages to pay on. */
export function resultsCard(results: Results, asked: ResultsAsked & { periods: readonly number[] }, context: CardContext): Card {
  const { words } = context
  const say = words.results
  const title = [say.title, words.report.period(asked.days), oneLine(asked.search, 60)].filter(Boolean).join(' · ')
  const lines = asked.by === 'step' ? results.steps : results.channels
  const summary = summaryOf(results.channels, asked, context)
  const promises = promiseFacts(results, context)
  const links = linkFacts(results, context)
  const show = (label: string, other: Partial<ResultsAsked>) => ({ action: 'results.show', label, data: dataOf({ ...asked, ...other }) })
  return cardSchema.parse({
    title,
    subtitle: summary,
    elements: [
      ...(lines.length === 0
        ? []
        : [...chart(results.channels, windowFor(asked.days), context), table(lines.slice(0, shownSteps), results, asked.by, context)]),
      ...(lines.length > shownSteps ? [{ type: 'text' as const, text: say.more(lines.length - shownSteps), weight: 'subtle' as const }] : []),
      ...(asked.by === 'step' ? [] : [...outcomes(results, asked, context), ...facts(say.promises, promises), ...facts(say.links, links)]),
      ...(lines.length === 0 ? [] : [{ type: 'text' as const, text: say.rule, weight: 'subtle' as const }]),
    ],
    buttons: [asked.by === 'step' ? show(say.byChannel, { by: 'channel' }) : show(say.bySteps, { by: 'step' }), { action: 'results.tests', label: say.tests }],
    more: asked.periods.filter(days => days !== asked.days).map(days => show(words.report.period(days), { days })),
    fallback: [
      `${title}: ${summary}`,
      ...lines.slice(0, shownSteps).map(line => `${nameOf(line, results, words)}: ${line.sent}, ${share(line, 14, context)}`),
    ].join('\n'),
  })
}

const dataOf = ({ days, by, search }: ResultsAsked) => ({ asked: [days, by === 'step' ? 'steps' : '', search].filter(part => part !== '').join(' ') })

/** The longest window that most of the period has behind it. */
const windowFor = (days: number): Window => (days <= 7 ? 7 : days <= 30 ? 14 : 30)

function summaryOf(channels: readonly ChannelResult[], { days }: ResultsAsked, context: CardContext): string {
  const say = context.words.results
  const sent = channels.reduce((sum, channel) => sum + channel.sent, 0)
  if (sent === 0) return say.nothing
  const within = windowFor(days)
  const [paid, of] = channels.reduce(([count, all], { outcomes: each, sent: own }) => [count + each[within].paid, all + own - each[within].running], [0, 0])
  return say.summary(sent, shareOf(paid, of, context), within)
}

const shareOf = (count: number, of: number, { words: { results: say }, format }: CardContext): string =>
  of === 0 ? say.notYet : say.share(format.percent(count / of), count, of)

function share({ sent, outcomes: each }: ChannelResult, days: Window, context: CardContext): string {
  return shareOf(each[days].paid, sent - each[days].running, context)
}

const channelName = (channel: string, { results: say }: Words): string => say.channel[channel as keyof typeof say.channel] ?? channel

/** A step with its workflow, as the settings call them now. */
export function stepOf({ workflow, step: name }: { workflow: string; step: string }, workflows: Workflows, words: Words): string {
  const known = workflows[workflow]
  return `${oneLine(known?.title ?? workflow, 40)}: ${stepName(known?.steps.find(step => step.name === name) ?? { name }, words)}`
}

/** A channel, or a step with the way it went. */
function nameOf(line: ChannelResult | StepResult, { workflows }: Results, words: Words): string {
  const channel = channelName(line.channel, words)
  return 'step' in line ? `${stepOf(line, workflows, words)} (${channel})` : channel
}

function chart(channels: readonly ChannelResult[], days: Window, context: CardContext): CardInput['elements'] {
  const { words, format } = context
  const say = words.results
  const points = channels.map(channel => {
    const passed = channel.sent - channel.outcomes[days].running
    const part = passed === 0 ? 0 : channel.outcomes[days].paid / passed
    const value = { value: (part * 100).toFixed(1), text: passed === 0 ? say.notYet : format.percent(part) }
    return { label: channelName(channel.channel, words), values: [value] }
  })
  return [{ type: 'chart', title: say.chart(days), series: [say.outcome.paid], points }]
}

function table(lines: readonly (ChannelResult | StepResult)[], results: Results, by: ResultsAsked['by'], context: CardContext) {
  const { columns } = context.words.results
  const right = { align: 'right' as const }
  return {
    type: 'table' as const,
    columns: [
      { title: by === 'step' ? columns.step : columns.channel },
      { title: columns.sent, ...right },
      { title: columns.asked, ...right },
      ...windows.map(days => ({ title: columns.within(days), ...right })),
    ],
    rows: lines.map(line => [
      nameOf(line, results, context.words),
      String(line.sent),
      inReporting(
        line.amounts.map(({ currency, asked: amount }) => ({ currency, amount })),
        results.searching,
        context,
      ),
      ...windows.map(days => share(line, days, context)),
    ]),
  }
}

/** Every outcome of each channel, which add up to what was done, and how much money came. */
function outcomes({ channels, searching }: Results, { days }: ResultsAsked, context: CardContext): CardInput['elements'] {
  const say = context.words.results
  const within = windowFor(days)
  const lines = channels.map(({ channel, sent, outcomes: each, amounts }) => {
    const counts = actionOutcomes.flatMap(outcome => (each[within][outcome] > 0 ? [`${say.outcome[outcome]} ${each[within][outcome]}`] : []))
    const sums = (of: 'asked' | 'came') =>
      inReporting(
        amounts.map(({ currency, windows: passed }) => ({ currency, amount: passed[within][of] })),
        searching,
        context,
      )
    const isPassed = sent > each[within].running
    return {
      label: `${channelName(channel, context.words)} (${sent})`,
      value: [counts.join(' · '), isPassed ? say.came(sums('came'), sums('asked')) : ''].filter(Boolean).join('\n'),
    }
  })
  return facts(say.became(within), lines)
}

function promiseFacts({ promises, nameOf: name }: Results, { words: { results: say } }: CardContext) {
  return promises.map(({ takenBy, ...counts }) => ({
    label: takenBy === 'mail' ? say.byMail : takenBy === 'unknown' ? say.byNobody : name(takenBy.staffId),
    value: (['kept', 'partlyKept', 'broken', 'open'] as const).flatMap(of => (counts[of] > 0 ? [`${say.promise[of]} ${counts[of]}`] : [])).join(' · '),
  }))
}

function linkFacts({ links }: Results, context: CardContext) {
  const { words } = context
  return links.map(({ channel, sent, opened, paid, nextDay }) => ({
    label: channelName(channel, words),
    value: words.results.link(sent, shareOf(opened, sent, context), shareOf(paid, sent, context), shareOf(nextDay, sent, context)),
  }))
}

const facts = (title: string, lines: { label: string; value: string }[]): CardInput['elements'] =>
  lines.length === 0
    ? []
    : [
        { type: 'text', text: title, weight: 'strong' },
        { type: 'facts', facts: lines },
      ]
