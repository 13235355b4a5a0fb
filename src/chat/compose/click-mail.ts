import { randomUUID } from 'node:crypto'
import type { Click, ClickOutcome } from '../click.ts'
import { oneDebtor } from '../commands/debtor.ts'
import { type PostEntry, tellEntered } from '../commands/entry.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { composeForm, readChoice, readWritten } from './compose-form.ts'
import { conversationsAnswer, moveForm, moveTo } from './move-conversation.ts'

const actions = ['mail.open', 'mail.send', 'mail.list', 'mail.move', 'mail.move_to', 'mail.move_away'] as const
/** The buttons of mails that colleagues write, and of conversations that they move. */
export type MailAction = (typeof actions)[number]

export const isMailButton = (action: string): action is MailAction => actions.some(known => known === action)

/** `/duncan mail`: the form for a mail to the one debtor that is meant, or all debtors that could be. */
export const mailCommand = (deps: CommandDeps, query: string): Promise<ClickOutcome> =>
  oneDebtor(deps, query, 'mail.open', (own, debtorId) => openMail(own, debtorId, {}, {}))

/** `/duncan move`: the conversations of the one debtor that is meant, each to be moved. */
export const moveCommand = (deps: CommandDeps, query: string): Promise<ClickOutcome> =>
  oneDebtor(deps, query, 'mail.list', (own, debtorId) => conversationsAnswer(own, debtorId))

/** Answers a button of mails that colleagues write. */
export function clickMail(
  deps: CommandDeps,
  post: PostEntry,
  { action, data, values }: Click & { action: MailAction },
  debtorId: number,
): Promise<ClickOutcome> {
  switch (action) {
    case 'mail.open':
      return openMail(deps, debtorId, data, values)
    case 'mail.send':
      return sendMail(deps, post, debtorId, data, values)
    case 'mail.list':
      return conversationsAnswer(deps, debtorId)
    case 'mail.move':
      return moveForm(deps, Number(data.message), values.query?.trim() ?? '')
    case 'mail.move_to':
      return moveTo(deps, Number(data.message), debtorId)
    case 'mail.move_away':
      return moveTo(deps, Number(data.message), null)
    default:
      return action satisfies never
  }
}

/** The form for a mail, filled in by what was chosen on it so far; from a mail, its answer. */
async function openMail(
  { client, proposals, staff, context }: CommandDeps,
  debtorId: number,
  data: Click['data'],
  values: Click['values'],
): Promise<ClickOutcome> {
  const { compose: say, outcome } = context.words
  const chosen = readChoice(values)
  const choice = data.message !== undefined && chosen.answers === undefined ? { ...chosen, answers: Number(data.message) } : chosen
  const drafted = await proposals.draftMail({ staffId: staff.id, debtorId, choice })
  if (drafted.kind === 'not_found') return { kind: 'refused', message: outcome.gone }
  if (drafted.kind !== 'draft') return { kind: 'refused', message: drafted.kind === 'no_mailbox' ? say.noMailbox : say.noRecipient }
  const { draft } = drafted
  const waiting =
    draft.threadId === null ? 0 : await client.proposal.count({ where: { threadId: draft.threadId, status: { in: ['open', 'awaiting_second', 'snoozed'] } } })
  const round = Math.min(999, Math.max(0, Math.trunc(Number(data.round)) || 0))
  return { kind: 'form', card: composeForm(draft, { key: data.form ?? randomUUID(), round, waits: waiting > 0 }, context) }
}

async function sendMail(deps: CommandDeps, post: PostEntry, debtorId: number, data: Click['data'], values: Click['values']): Promise<ClickOutcome> {
  const { proposals, context, staff, surface } = deps
  const read = readWritten(values, data.round ?? '0', context)
  if ('wrong' in read) return { kind: 'refused', message: context.words.outcome.invalid(read.wrong) }
  return tellEntered(deps, post, await proposals.composeMail({ ...read, debtorId, staffId: staff.id, surface, formKey: data.form ?? '' }))
}
