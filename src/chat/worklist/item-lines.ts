import { coversToday, type Staff, sightOf } from '#people'
import { Prisma } from '#platform'
import { type EntryView, type EntryWhy, viewEntries } from '#proposals'
import type { CardButton } from '../card.ts'
import { amountConcerned } from '../cards/amount-concerned.ts'
import { oneLine } from '../cards/cut.ts'
import { cardTitle } from '../cards/proposal-card.ts'
import { taskTitle } from '../cards/task-title.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { tasksAmong } from '../commands/task-list.ts'
import { callHeads } from './call.ts'
import type { Listed } from './read-worklist.ts'
import { type WorkKind, writeItem } from './work-item.ts'

/** What a list says of one that waits, and the button that opens its card. `sums`: what it is about. */
export type Line = {
  item: Listed
  text: string
  sums: { amount: string; currency: string }[]
  extra?: string | undefined
  /** Since when it waits; of a mail, when it came. */
  at: Date
  owner: string | undefined
  button: CardButton
}

type LineDeps = Pick<CommandDeps, 'client' | 'clock' | 'context'> & { proposals: Pick<CommandDeps['proposals'], 'view'>; staff: Staff }

/** The lines of a page, in its order, without what went meanwhile; their buttons lead on in the list (as `writeAsked` writes it). */
export async function linesOf(deps: LineDeps, items: readonly Listed[], list: string): Promise<Line[]> {
  const { client, clock, staff, context } = deps
  const { words } = context
  const ids = (kind: WorkKind) => items.flatMap(item => (item.kind === kind ? [item.id] : []))
  const [entries, calls, tasks] = [
    await viewEntries(client, sightOf(staff), ids('entry')),
    await callHeads(client, Prisma.sql`c.id = ANY(${ids('call')}::int[])`),
    await tasksAmong(deps, ids('task')),
  ]
  const covers = await coversToday(client, clock, context.format.timeZone)
  const people = await client.staff.findMany({ select: { id: true, name: true }, orderBy: { id: 'asc' } })
  const nameOf = (id: number | undefined) => people.find(person => person.id === id)?.name

  async function lineOf(item: Listed): Promise<Line | undefined> {
    const { kind, id, at, owner: ownerId } = item
    const name = nameOf(ownerId ?? undefined)
    const cover = ownerId === null ? undefined : nameOf(covers.get(ownerId))
    const owner = name && cover ? words.card.coveredBy(name, cover) : name
    const button: CardButton = {
      action: `${kind}.show`,
      label: words.button.openProposal,
      style: 'default',
      data: { [kind]: String(id), list, item: writeItem(item) },
    }
    switch (kind) {
      case 'proposal': {
        const view = await deps.proposals.view(id, { brief: true })
        return view && { item, text: cardTitle(view, words), sums: amountConcerned(view), at: view.message.receivedAt, owner, button }
      }
      case 'entry': {
        const entry = entries.find(each => each.id === id)
        return (
          entry && {
            item,
            text: `${entrySubject(entry, deps)} · ${oneLine(entry.debtor.name, 80)}`,
            sums: entry.why ? sumsOf(entry.why) : [],
            extra: entry.why?.code === 'dunning_step' ? words.calls.late(entry.why.daysLate) : undefined,
            at,
            owner,
            button,
          }
        )
      }
      case 'call': {
        const call = calls.find(each => each.id === id)
        const extra = call && (call.tries > 0 ? words.calls.tried(call.tries) : words.calls.late(call.daysLate))
        return call && { item, text: words.calls.line(oneLine(call.debtor, 80)), sums: call.sums, extra, at, owner, button }
      }
      case 'task': {
        const task = tasks.find(each => each.id === id)
        const subject = task && [oneLine(taskTitle(task, context), 160), task.debtor && oneLine(task.debtor, 60)].filter(Boolean).join(' · ')
        return subject === undefined ? undefined : { item, text: subject, sums: [], at, owner, button }
      }
      default:
        return kind satisfies never
    }
  }

  const lines = await Promise.all(items.map(lineOf))
  return lines.filter(line => line !== undefined)
}

function entrySubject({ content }: EntryView, { context: { words } }: LineDeps): string {
  return content.kind === 'follow_up' ? words.plans.about[content.about] : words.entries.kind[content.kind]
}

/** What a follow-up or reminder asks for. */
function sumsOf(why: EntryWhy): Line['sums'] {
  if (why.code === 'promise_not_kept' || why.code === 'payment_not_seen' || why.code === 'dunning_step') return why.open
  if (why.code === 'instalment_missed') return [why]
  return why.code === 'dispute_decided' && why.due ? [why.due] : []
}
