import { addWorkingDays, calendarOf, finishTask, plainWeek, repeatTask } from '#ledger'
import { may, sightOf } from '#people'
import { recordAudit, toPlainDate } from '#platform'
import { type NextStep, nextStepOf } from '#search'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { cut, oneLine } from '../cards/cut.ts'
import { nextStepLine } from '../cards/next-step-line.ts'
import { suspicions } from '../cards/suspicion-lines.ts'
import { taskTitle } from '../cards/task-title.ts'
import type { Click, ClickOutcome } from '../click.ts'
import { pageButtons } from './pick-debtor.ts'
import type { CommandDeps } from './registry.ts'
import { openTask, openTasks, readTasks, type TaskLine, type TasksAsked, writeTasks } from './task-list.ts'
import { typedWords } from './typed-words.ts'

const pageLength = 20

/** `/duncan tasks [mine | team] [due]`: the open tasks, each with the way to its card. */
export const tasksCommand = (deps: CommandDeps, rest: string): Promise<ClickOutcome> => tasksAnswer(deps, readTasks(typedWords(rest, deps.context.words)))

/** A page of the open tasks that were asked for; `told` is said first. */
export async function tasksAnswer(deps: CommandDeps, asked: TasksAsked, page = 0, told?: string): Promise<ClickOutcome> {
  const { words, format } = deps.context
  const { tasks: say } = words
  const tasks = await openTasks(deps, asked)
  const last = Math.max(0, Math.ceil(tasks.length / pageLength) - 1)
  const current = Math.min(Math.max(0, page), last)
  const summary = tasks.length === 0 ? say.none : say.count(tasks.length, tasks.filter(({ isDue }) => isDue).length)
  const picks = tasks.slice(current * pageLength, (current + 1) * pageLength).map(task => ({
    type: 'pick' as const,
    text: oneLine(taskTitle(task, deps.context), 160),
    note:
      [task.debtor && oneLine(task.debtor, 60), dueText(task, deps)].filter(Boolean).join(' · ') || format.day(deps.clock.today(format.timeZone).toString()),
    button: { action: 'task.show', label: say.task, data: { task: String(task.id), list: writeTasks(asked) } },
  }))
  const card = cardSchema.parse({
    title: [say.title, words.button[asked.whose], asked.due && say.onlyDue].filter(Boolean).join(' · '),
    subtitle: [told, summary].filter(Boolean).join(' '),
    elements: picks,
    buttons: [
      ...pageButtons('task.list', { list: writeTasks(asked) }, { page: current, last }, words.button),
      asked.whose === 'mine' ? show(words.button.team, { ...asked, whose: 'team' }) : show(words.button.mine, { ...asked, whose: 'mine' }),
    ],
    more: [asked.due ? show(say.allOpen, { ...asked, due: false }) : show(say.onlyDue, { ...asked, due: true })],
    fallback: [`${say.title}: ${summary}`, ...tasks.slice(0, pageLength).map(task => oneLine(taskTitle(task, deps.context), 160))].join('\n'),
  })
  return { kind: 'private', card }
}

const show = (label: string, other: TasksAsked) => ({ action: 'task.list', label, data: { list: writeTasks(other), page: '0' } })

/** The card of one open task in sight, with what may be done about it. */
export async function taskAnswer(deps: CommandDeps, id: number, list: string): Promise<ClickOutcome> {
  const task = await openTask(deps, id)
  if (!task) return { kind: 'refused', message: deps.context.words.tasks.changed }
  const ofDebtor = { debtorId: task.debtorId ?? 0, pinned: true }
  const pinned = await deps.client.note.findFirst({ where: ofDebtor, orderBy: { id: 'desc' }, select: { text: true } })
  const next = await nextStepOf(deps.client, { sight: sightOf(deps.staff), clock: deps.clock }, ofDebtor.debtorId, { kind: 'task', id })
  return { kind: 'private', card: taskCard(deps, task, { list, pinned: pinned?.text, next }) }
}

/** A task with what may be done about it; `list`: the words of the list that it was opened from. */
export function taskCard(
  deps: Pick<CommandDeps, 'context' | 'staff'>,
  task: TaskLine,
  { list, pinned, next }: { list: string; pinned: string | undefined; next: NextStep | undefined },
): Card {
  const { tasks: say, button, debtorCard } = deps.context.words
  const data = { task: String(task.id), list }
  const debtor: CardInput['buttons'] = task.debtorId === null ? [] : [{ action: 'debtor.show', label: button.debtor, data: { debtor: String(task.debtorId) } }]
  // What the insurer must hear is done once that is noted: with its day and number it counts for the deadline.
  const isReport = task.about?.code === 'insurance_report' && task.debtorId !== null
  const buttons = [
    isReport
      ? { action: 'entry.insurance_report', label: deps.context.words.insurance.reported, style: 'primary' as const, data: { debtor: String(task.debtorId) } }
      : { action: 'task.done', label: say.done, style: 'primary' as const, data },
    { action: 'task.no_answer', label: say.noAnswer, data },
  ]
  return cardSchema.parse({
    title: oneLine(taskTitle(task, deps.context), 160),
    subtitle: [task.debtor && oneLine(task.debtor, 80), !task.isDue && dueText(task, deps)].filter(Boolean).join(' · '),
    ...(task.isDue && { status: { text: dueText(task, deps), tone: 'warning' } }),
    elements: [
      ...(pinned ? [{ type: 'notice', tone: 'warning', title: debtorCard.pinned, lines: [oneLine(pinned, 300)] } as const] : []),
      ...suspicions(task, deps.context),
      ...(task.detail ? [{ type: 'text', text: cut(task.detail, 1500).text } as const] : []),
      ...nextStepLine(next, deps.context),
    ],
    buttons: may(deps.staff, 'task') ? [...buttons, ...debtor] : debtor,
    more: [{ action: 'task.list', label: say.back, data: { list, page: '0' } }],
    fallback: `${say.task}: ${oneLine(taskTitle(task, deps.context), 160)}`,
  })
}

/** Takes a task off the list, or puts it there again for the next working day where nobody answered, and shows the list. */
export async function finishClick(deps: CommandDeps, id: number, { action, data }: Click): Promise<ClickOutcome> {
  const { client, clock, staff, surface, calendars, context } = deps
  const { tasks: say } = context.words
  const task = await openTask(deps, id)
  if (!task) return { kind: 'refused', message: say.changed }
  const today = clock.today(task.administration?.timeZone ?? context.format.timeZone)
  const calendar = task.administration ? calendarOf(calendars(), task.administration) : plainWeek
  const next = action === 'task.no_answer' ? addWorkingDays(calendar, today, 1).toString() : undefined
  const isTaken = await client.$transaction(async tx => {
    const again = next === undefined ? undefined : await repeatTask(tx, task.id, next)
    if (next === undefined ? !(await finishTask(tx, task.id)) : again === undefined) return false
    const event = next === undefined ? 'task.done' : 'task.no_answer'
    await recordAudit(tx, {
      actor: `staff:${staff.id}`,
      event,
      subject: `task:${task.id}`,
      detail: { surface, ...(again !== undefined && { again, dueOn: next }) },
    })
    return true
  })
  if (!isTaken) return { kind: 'refused', message: say.changed }
  const told = next === undefined ? say.wasDone : say.wasMoved(context.format.day(next))
  // Who works through the list of all that waits is led on in it.
  return data.item === undefined ? tasksAnswer(deps, readTasks((data.list ?? '').split(' ')), 0, told) : { kind: 'done', message: told }
}

const dueText = ({ dueOn }: TaskLine, { context: { words, format } }: Pick<CommandDeps, 'context'>): string =>
  dueOn ? words.tasks.due(format.day(toPlainDate(dueOn).toString())) : ''
