import { type ExperimentResult, readExperiments, type Workflows } from '#dunning'
import { sightOf } from '#people'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import type { Words } from '../words/index.ts'
import { stepOf } from './results-card.ts'

const shownTests = 4

/** The tests of two variants, newest first: what each found, and whether anything can be said from it. */
export async function testsAnswer({ client, clock, staff, context, workflows }: CommandDeps): Promise<ClickOutcome> {
  const found = await readExperiments(client, { sight: sightOf(staff), today: clock.today(context.format.timeZone) })
  return { kind: 'private', card: testsCard(found, workflows(), context) }
}

/** Tests with their figures and intervals. */
export function testsCard(found: readonly ExperimentResult[], workflows: Workflows, context: CardContext): Card {
  const { words } = context
  const say = words.results
  const shown = found.slice(0, shownTests)
  return cardSchema.parse({
    title: say.testsTitle,
    ...(found.length === 0 && { subtitle: say.noTests }),
    elements: [
      ...shown.flatMap((result, index) => [...(index > 0 ? [{ type: 'divider' as const }] : []), ...testElements(result, workflows, context)]),
      ...(found.length > shown.length ? [{ type: 'text' as const, text: say.more(found.length - shown.length), weight: 'subtle' as const }] : []),
      ...(found.length > 0 ? [{ type: 'text' as const, text: say.testRule, weight: 'subtle' as const }] : []),
    ],
    buttons: [{ action: 'results.show', label: say.title, data: { asked: '90' } }],
    fallback: [
      say.testsTitle,
      ...(found.length === 0 ? [say.noTests] : shown.map(result => `${result.experiment.title}: ${verdictText(result, context)}`)),
    ].join('\n'),
  })
}

function testElements(result: ExperimentResult, workflows: Workflows, context: CardContext): CardInput['elements'] {
  const { words, format } = context
  const say = words.results
  const { experiment, variants } = result
  const { within, until, debtors } = experiment
  const planned = [until && say.planned.until(format.day(until)), debtors !== undefined && say.planned.debtors(format.number(debtors))]
    .filter(Boolean)
    .join(', ')
  const about = [stepOf(experiment, workflows, words), experiment.only && oneLine(experiment.only, 60), stateText(result, context), planned]
  const right = { align: 'right' as const }
  const columns = [
    { title: say.testColumns.variant },
    { title: say.testColumns.units, ...right },
    ...paidColumns(result, context),
    { title: say.testColumns.meanDays, ...right },
  ]
  const rows = variants.map(({ name, units, paid, meanDays }) => [
    `${say.variant[name]}: ${saysOf(experiment.variants[name], context)}`,
    String(units),
    ...paid.map(each =>
      each.of === 0
        ? say.notYet
        : withInterval(
            say.share(format.percent(each.paid / each.of), each.paid, each.of),
            format.percent(each.interval.low),
            format.percent(each.interval.high),
          ),
    ),
    meanDays === null ? say.notYet : format.number(meanDays.days),
  ])
  return [
    { type: 'text', text: oneLine(experiment.title, 120), weight: 'strong' },
    { type: 'text', text: about.filter(Boolean).join(' · '), weight: 'subtle' },
    { type: 'text', text: verdictText(result, context), weight: 'strong', tone: result.verdict === 'a' || result.verdict === 'b' ? 'good' : 'neutral' },
    { type: 'table', columns, rows },
    ...differences(result, within, context).map(text => ({ type: 'text' as const, text })),
  ]
}

const paidColumns = ({ variants }: ExperimentResult, { words }: CardContext) =>
  variants[0].paid.map(({ days }) => ({ title: words.results.columns.within(days), align: 'right' as const }))

function differences({ difference, daysDifference }: ExperimentResult, within: number, { words, format }: CardContext): string[] {
  const say = words.results
  const signed = (value: number) => (value > 0 ? `+${format.number(value)}` : format.number(value))
  const range = (value: number, { low, high }: { low: number; high: number }) => withInterval(signed(value), signed(low), signed(high))
  return [
    ...(difference
      ? [say.difference(within, range(difference.share * 100, { low: difference.interval.low * 100, high: difference.interval.high * 100 }))]
      : []),
    ...(daysDifference ? [say.daysDifference(range(daysDifference.days, daysDifference.interval))] : []),
  ]
}

const verdictText = ({ state, verdict }: ExperimentResult, { words: { results: say } }: CardContext): string =>
  verdict === 'too_early' && state.kind === 'stopped' ? say.verdict.stopped : say.verdict[verdict]

function stateText({ state }: ExperimentResult, { words: { results: say }, format }: CardContext): string {
  switch (state.kind) {
    case 'begins':
    case 'stopped':
      return say.state[state.kind](format.day(state.on))
    case 'waits':
      return say.state.waits(format.day(state.until))
    case 'takes_in':
    case 'over':
      return say.state[state.kind]
    default:
      return state satisfies never
  }
}

/** What a variant does otherwise than its workflow. */
function saysOf({ template, tone, attachInvoices, paymentLink }: ExperimentResult['experiment']['variants']['a'], { words }: CardContext): string {
  const { says, asIs } = words.results
  const parts = [
    template !== undefined && says.template(textName(template, words)),
    tone !== undefined && says.tone(words.disputes.tone[tone]),
    attachInvoices !== undefined && (attachInvoices ? says.attach : says.noAttach),
    paymentLink !== undefined && (paymentLink ? says.link : says.noLink),
  ].filter(part => part !== false)
  return parts.length > 0 ? parts.join(', ') : asIs
}

const withInterval = (value: string, low: string, high: string): string => `${value} [${low}; ${high}]`

/** A text as people know it, with its wording where it is one: "First reminder (short)". */
function textName(template: string, { reminders }: Words): string {
  const [text = '', wording] = template.split('.')
  const known = reminders.texts[text as keyof typeof reminders.texts] ?? text
  return wording === undefined ? known : `${known} (${wording.replaceAll('_', ' ')})`
}
