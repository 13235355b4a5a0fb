import type { EntryView, Problem } from '#proposals'
import { type Card, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { tellProblems } from '../cards/tell-problems.ts'
import { kindName, sumOf } from './reminder-cards.ts'
import type { ReminderKind } from './waiting-reminders.ts'

const outcomes = ['approved', 'second_vote', 'changed', 'not_allowed', 'gone', 'refused', 'stopped'] as const
/** What became of one reminder that was to be approved with others. */
export type ReminderOutcome = (typeof outcomes)[number]
export const readOutcome = (stored: string | null): ReminderOutcome | null => outcomes.find(known => known === stored) ?? null

/** `outcome` null: its turn has not come. `problems`: why it was refused. */
export type ReceiptLine = { entry: EntryView; outcome: ReminderOutcome | null; problems: readonly Problem[] }

export type Receipt = { runId: number; kind: ReminderKind; by: string; at: Date; isFinished: boolean; lines: ReceiptLine[] }

type Standing = 'working' | 'waits' | 'left' | 'taken_back' | 'failed'

const mostRows = 40

/** What became of each that one person approved together: what was not done first; with the way to take all back as long as any has not left. */
export function receiptCard({ runId, kind, by, at, isFinished, lines }: Receipt, context: CardContext): Card {
  const { words, format } = context
  const say = words.reminders
  const of = (...wanted: Standing[]) => lines.filter(line => wanted.includes(standingOf(line)))
  const [done, failed, waits] = [of('waits', 'left'), of('failed'), of('waits')]
  const title = say.receipt(done.length, lines.length, kindName(kind, context))
  const subtitle = isFinished ? say.finished(by, format.time(at)) : say.running(by, lines.length)
  const moments = waits.flatMap(({ entry }) => entry.mail?.sendAfter ?? []).toSorted((a, b) => a.getTime() - b.getTime())
  const [first, last] = [moments[0], moments.at(-1)]
  const rows = [...failed, ...of('taken_back'), ...of('working'), ...done]
  const rest = rows.length - mostRows
  return cardSchema.parse({
    title,
    subtitle,
    status: isFinished ? { text: say.allDone, tone: failed.length > 0 ? 'warning' : 'good' } : { text: words.platforms.working, tone: 'neutral' },
    elements: [
      ...(failed.length > 0 ? [{ type: 'text', text: say.notDone(failed.length), tone: 'bad', weight: 'strong' } as const] : []),
      ...(isFinished && first ? [{ type: 'text', text: say.leave(format.timeWithSeconds(first)) } as const] : []),
      {
        type: 'table',
        columns: [{ title: say.debtor }, { title: say.amount, align: 'right' }, { title: say.became }],
        rows: rows.slice(0, mostRows).map(line => [oneLine(line.entry.debtor.name, 50), amountOf(line, context), becameOf(line, context)]),
      },
      ...(rest > 0 ? [{ type: 'text', text: say.more(rest), weight: 'subtle' } as const] : []),
    ],
    buttons:
      isFinished && last ? [{ action: 'reminders.undo', label: say.undoAll(waits.length), until: last.toISOString(), data: { run: String(runId) } }] : [],
    fallback: [title, subtitle].join('\n'),
  })
}

/** How one stands now: approved counts as long as nobody took it back and it did not fail to leave. */
export function standingOf({ entry, outcome }: ReceiptLine): Standing {
  if (outcome === null) return 'working'
  if (entry.status === 'undone' || entry.mail?.state === 'cancelled') return outcome === 'approved' ? 'taken_back' : 'failed'
  if (outcome !== 'approved' || entry.status !== 'done' || entry.mail?.state === 'failed' || entry.mail?.state === 'unknown') return 'failed'
  return entry.mail?.state === 'scheduled' ? 'waits' : 'left'
}

const amountOf = ({ entry }: ReceiptLine, context: CardContext): string => sumOf(entry.why?.code === 'dunning_step' ? [{ sums: entry.why.open }] : [], context)

function becameOf(line: ReceiptLine, { words, format }: CardContext): string {
  const { outcome: say } = words.reminders
  const { entry, outcome, problems } = line
  if (outcome === null) return say.working
  if (outcome === 'refused') return say.refused(oneLine(tellProblems(problems, words, format), 160))
  if (outcome !== 'approved') return say[outcome]
  if (standingOf(line) === 'taken_back') return say.taken_back
  if (entry.status !== 'done') return say.changed
  switch (entry.mail?.state) {
    case 'scheduled':
      return say.scheduled(format.timeWithSeconds(entry.mail.sendAfter))
    case 'sent':
      return say.sent
    case 'failed':
      return say.failed(oneLine(tellProblems(entry.mail.problems, words, format), 160))
    case 'unknown':
      return say.unknown
    default:
      return say.approved
  }
}
