import type { ProposalView } from '#proposals'
import { countLines, type ReceiptLine, standingOf } from '../bulk/outcome.ts'
import type { BulkRun, BulkView } from '../bulk/read-bulk.ts'
import type { BulkLine } from '../bulk/read-lines.ts'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { openOn } from './amount-concerned.ts'
import { oneLine } from './cut.ts'
import { describeStatus, invoiceNumbers } from './describe-action.ts'
import { guardedCard } from './guarded-card.ts'
import { type CardContext, cardTitle } from './proposal-card.ts'
import { tellProblems } from './tell-problems.ts'

const sampled = 3

/** The card of proposals that are alike: how many, about how much, the first three, and one way to approve them together. */
export function bulkCard(bulk: BulkView, context: CardContext): Card {
  const { words, format } = context
  const { waiting, runs, likeness } = bulk
  const say = words.bulk
  const isRunning = runs.some(({ isFinished }) => !isFinished)
  const { done, failed, working } = countLines(runs.flatMap(({ lines }) => lines))
  const count = waiting.length || done + working
  const title = count > 0 ? say.title(count, words.verb[likeness.kind]) : say.empty
  const amounts = amountsOn(waiting, context)
  const language = format.languageName(likeness.language)
  const about = [words.intent[likeness.intent], amounts && words.card.atStake(amounts), language && say.replies(language)]
  const subtitle = about.filter(Boolean).join(' · ')
  const status = waiting.length > 0 ? ({ text: words.status.open, tone: 'warning' } as const) : restingStatus(isRunning, failed, context)
  const told = runs.flatMap(run => toldOf(run, context))
  const left = waiting.length - sampled
  const data = { bulk: String(bulk.id) }
  return cardSchema.parse({
    title,
    subtitle,
    status,
    elements: [
      ...told,
      ...(waiting.length > 0 ? [sampleTable(waiting.slice(0, sampled), context)] : []),
      ...(left > 0 ? [{ type: 'text' as const, text: say.more(left), weight: 'subtle' as const }] : []),
      ...(waiting.length > 0 ? [{ type: 'text' as const, text: say.alike, weight: 'subtle' as const }] : []),
    ],
    buttons:
      waiting.length > 0
        ? [
            { action: 'bulk.review', label: say.review, style: 'primary', data },
            { action: 'bulk.separate', label: say.separate, data },
          ]
        : [],
    fallback: [`${status.text}: ${title}`, subtitle].join('\n'),
    guarded: {
      title,
      subtitle,
      status,
      elements: [...told, { type: 'text', text: words.people.guarded, weight: 'subtle' }],
      buttons: [{ action: 'bulk.show', label: words.button.openProposal, style: 'primary', data }],
      fallback: `${status.text}: ${title}`,
    },
  })
}

/** What became of each proposal that one person approved together with others; what was not done comes first. */
export function receiptCard({ kind }: BulkView['likeness'], run: BulkRun, context: CardContext): Card {
  const { words } = context
  const { done, failed, working } = countLines(run.lines)
  const title = `${words.bulk.part(done, run.lines.length)}: ${words.verb[kind]}`
  const status = restingStatus(working > 0, failed, context)
  const shown = { title, subtitle: runLine(run, context), status, fallback: title }
  const lines = [...run.lines.filter(line => standingOf(line) === 'failed'), ...run.lines.filter(line => standingOf(line) !== 'failed')]
  const columns = [words.card.debtor, words.bulk.invoices, words.bulk.became].map(name => ({ title: name }))
  const rows = lines.map(line => [oneLine(line.debtor, 60), invoiceNumbers(line.invoices) || '–', `${marks[standingOf(line)]} ${becameOf(line, context)}`])
  return cardSchema.parse({ ...shown, elements: [{ type: 'table', columns, rows }], guarded: { ...shown, elements: [] } })
}

/** A proposal's own card while it waits on one with others: whose it is, and the way to all of it for the one who asks. */
export function foldedCard(view: ProposalView, context: CardContext): Card {
  const { words } = context
  const card = (title: string): NonNullable<CardInput['guarded']> => ({
    title,
    status: { text: words.bulk.inBulk, tone: 'neutral' },
    elements: [],
    buttons: [{ action: 'proposal.show', label: words.button.openProposal, data: { proposal: String(view.id) } }],
    fallback: `${words.bulk.inBulk}: ${title}`,
  })
  return cardSchema.parse({ ...card(cardTitle(view, words)), guarded: card(guardedCard(view, context).title) })
}

/** What is open on the invoices of some lines, each counted once; empty when they name none. */
export const amountsOn = (lines: BulkLine[], { format }: CardContext): string =>
  openOn(lines.flatMap(({ invoices }) => invoices))
    .map(({ amount, currency }) => format.money(amount, currency))
    .join(' + ')

// A mark beside the words: never colour alone.
const marks = { done: '✓', failed: '!', working: '…' } as const

const restingStatus = (isRunning: boolean, failed: number, { words }: CardContext): NonNullable<CardInput['status']> =>
  isRunning ? { text: words.platforms.working, tone: 'neutral' } : { text: words.bulk.done, tone: failed > 0 ? 'warning' : 'good' }

function toldOf(run: BulkRun, context: CardContext): CardInput['elements'] {
  const { failed } = countLines(run.lines)
  const problem = context.words.bulk.notDone(failed)
  return [
    { type: 'text', text: runLine(run, context), weight: 'strong' },
    ...(failed > 0 ? [{ type: 'text' as const, text: problem, tone: 'bad' as const }] : []),
  ]
}

function runLine({ by, at, isFinished, lines }: BulkRun, { words, format }: CardContext): string {
  if (!isFinished) return words.bulk.working(by, lines.length)
  return words.bulk.approvedBy(by, format.time(at), words.bulk.part(countLines(lines).done, lines.length))
}

function sampleTable(lines: BulkLine[], context: CardContext): CardInput['elements'][number] {
  const { words } = context
  return {
    type: 'table',
    columns: [{ title: words.card.debtor }, { title: words.bulk.invoices }, { title: words.card.open, align: 'right' }],
    rows: lines.map(line => [oneLine(line.debtor, 60), invoiceNumbers(line.invoices) || '–', amountsOn([line], context) || '–']),
  }
}

function becameOf({ outcome, problems, status, by, action }: ReceiptLine, { words, format }: CardContext): string {
  const { outcome: say } = words.bulk
  switch (outcome) {
    case null:
      return words.actionStatus.claimed
    case 'approved':
      if (status !== 'approved') return words.actionStatus.undone
      return (action && describeStatus(action, words, format)) || say.approved
    case 'already':
      return say.already(by ?? words.decision.duncan)
    case 'invalid':
      return say.invalid(oneLine(tellProblems(problems, words, format), 200))
    default:
      return say[outcome]
  }
}
