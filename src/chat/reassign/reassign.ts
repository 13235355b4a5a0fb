import { findStaff, listStaff, may, type Staff } from '#people'
import { type MovedWork, type Reassigning, type WorkToMove } from '#proposals'
import { allDebtorIds, readQuery } from '#search'
import { type Card, type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { type Click, type ClickOutcome, idOf } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { searchingOf } from '../commands/risk.ts'
import { searchProblem } from '../commands/search-problem.ts'

const actions = ['reassign.open', 'reassign.preview', 'reassign.move', 'reassign.undo'] as const
/** The buttons of work that is moved to a colleague. */
type ReassignAction = (typeof actions)[number]

export const isReassignAction = (action: string): action is ReassignAction => actions.some(known => known === action)

/** `/duncan reassign @jan to @eva [search]` */
export async function reassignCommand(deps: CommandDeps, rest: string): Promise<ClickOutcome> {
  const [, from = '', to = '', search = ''] = /^@?(\S+) to @?(\S+)\s*(.*)$/i.exec(rest) ?? []
  return from === '' ? { kind: 'refused', message: deps.context.words.reassign.usage } : preview(deps, { from, to, search })
}

/** Answers a button of work that is moved to a colleague: what would be moved stands on a card before it is. */
export async function clickReassign(deps: CommandDeps, { action, data, values }: Click & { action: ReassignAction }): Promise<ClickOutcome> {
  switch (action) {
    case 'reassign.open':
      return openForm(deps, data.from ?? '')
    case 'reassign.preview':
      return preview(deps, { from: data.from ?? '', to: values.to ?? '', search: (values.search ?? '').trim() })
    case 'reassign.move':
      return move(deps, data)
    case 'reassign.undo':
      return moveBack(deps, idOf(data.reassignment))
    default:
      return action satisfies never
  }
}

async function openForm({ client, context }: CommandDeps, key: string): Promise<ClickOutcome> {
  const { reassign: say } = context.words
  const from = await findStaff(client, key)
  if (!from) return { kind: 'refused', message: say.notThem }
  const options = (await listStaff(client)).filter(each => each.id !== from.id && mayReceive(each)).map(each => ({ value: each.key, label: each.name }))
  const title = say.title(from.name, '…')
  const card = cardSchema.parse({
    title,
    elements: [
      { type: 'field', field: { type: 'choice', id: 'to', label: say.to, value: options[0]?.value ?? '', options } },
      { type: 'field', field: { type: 'text', id: 'search', label: say.search, value: '' } },
    ],
    buttons: [{ action: 'reassign.preview', label: say.preview, style: 'primary', data: { from: from.key } }],
    fallback: title,
  })
  return { kind: 'form', card }
}

const mayReceive = (person: Staff): boolean => may(person, 'decide') && may(person, 'task')

type Asked = { from: string; to: string; search: string }

/** Whom it is about, and the debtors that a search fits; an outcome where something of it is wrong. */
async function readReassigning(deps: CommandDeps, { from, to, search }: Asked): Promise<Reassigning | { wrong: ClickOutcome }> {
  const { client, staff, context } = deps
  const [giving, receiving] = [await findStaff(client, from), await findStaff(client, to)]
  // Who left the company is not active any more: their work is just what is moved.
  if (!giving || !receiving || giving.id === receiving.id || !mayReceive(receiving))
    return { wrong: { kind: 'refused', message: context.words.reassign.notThem } }
  if (search === '') return { from: giving, to: receiving, by: staff }
  const read = await readQuery(client, search, await searchingOf(deps))
  if (read.kind === 'problem') return { wrong: searchProblem(search, read.problem, context.words) }
  return { from: giving, to: receiving, by: staff, only: [...(await allDebtorIds(client, read.query, read.context))] }
}

async function preview(deps: CommandDeps, asked: Asked, told?: string): Promise<ClickOutcome> {
  const reassigning = await readReassigning(deps, asked)
  if ('wrong' in reassigning) return reassigning.wrong
  const work = await deps.proposals.workToMove(reassigning)
  const { words, format } = deps.context
  const { reassign: say } = words
  const { from, to } = reassigning
  const title = say.title(from.name, to.name)
  const data = { from: from.key, to: to.key, search: asked.search, mark: markOf(work) }
  const isNothing = work.debtors.length + work.proposals.length + work.tasks.length === 0
  const elements: CardElement[] = [
    ...(told ? [{ type: 'notice' as const, tone: 'warning' as const, title: told, lines: [] }] : []),
    countsOf(work, deps),
    ...(work.unseen > 0 ? [{ type: 'text' as const, text: say.unseen(work.unseen, to.name), tone: 'warning' as const, weight: 'normal' as const }] : []),
    { type: 'text', text: isNothing ? say.nothing : say.follows, tone: 'neutral', weight: 'subtle' },
  ]
  const card = cardSchema.parse({
    title,
    ...(asked.search !== '' && { subtitle: oneLine(asked.search, 100) }),
    elements,
    buttons: isNothing ? [] : [{ action: 'reassign.move', label: say.move, style: 'primary', data }],
    fallback: `${title}: ${format.list([work.debtors.length, work.proposals.length, work.tasks.length].map(String))}`,
  })
  return { kind: 'private', card }
}

/** What was shown, by its counts: whoever confirms something else is shown it anew. */
const markOf = ({ debtors, proposals, tasks }: WorkToMove): string => [debtors, proposals, tasks].map(({ length }) => length).join('.')

function countsOf({ debtors, proposals, tasks }: MovedWork, { context }: CommandDeps): CardElement {
  const { reassign: say } = context.words
  const facts = [
    { label: say.debtors, value: String(debtors.length) },
    { label: say.proposals, value: String(proposals.length) },
    { label: say.tasks, value: String(tasks.length) },
  ]
  return { type: 'facts', inline: true, facts }
}

async function move(deps: CommandDeps, { from = '', to = '', search = '', mark }: Click['data']): Promise<ClickOutcome> {
  const { proposals, surface, context } = deps
  const { reassign: say } = context.words
  const asked = { from, to, search }
  const reassigning = await readReassigning(deps, asked)
  if ('wrong' in reassigning) return reassigning.wrong
  if (markOf(await proposals.workToMove(reassigning)) !== mark) return preview(deps, asked, say.changed)
  const { id, moved } = await proposals.reassignWork(reassigning, surface)
  const undo = { action: 'reassign.undo', label: say.undo, style: 'default' as const, data: { reassignment: String(id) } }
  return { kind: 'private', card: toldCard(deps, say.moved(reassigning.from.name, reassigning.to.name), moved, [undo]) }
}

async function moveBack(deps: CommandDeps, id: number): Promise<ClickOutcome> {
  const { client, proposals, staff, surface, context } = deps
  const { reassign: say } = context.words
  const moved = await proposals.takeBackReassignment(id, staff, surface)
  const row = moved && (await client.reassignment.findUnique({ where: { id } }))
  if (!moved || !row) return { kind: 'refused', message: say.gone }
  const [from, to] = [await findStaff(client, row.toId), await findStaff(client, row.fromId)]
  return { kind: 'private', card: toldCard(deps, say.movedBack(from?.name ?? '?', to?.name ?? '?'), moved, []) }
}

function toldCard(deps: CommandDeps, title: string, moved: MovedWork, buttons: Card['buttons']): Card {
  return cardSchema.parse({ title, status: { text: deps.context.words.bulk.done, tone: 'good' }, elements: [countsOf(moved, deps)], buttons, fallback: title })
}
