import { type Staff, sightOf } from '#people'
import { type DbClient, fromInstant } from '#platform'
import { type FiledMail, filedSince } from '#proposals'
import { type CardElement, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import type { ClickOutcome } from '../click.ts'
import { pageButtons } from './pick-debtor.ts'
import type { CommandDeps } from './registry.ts'

const pageLength = 15
const days = 7
const sampleLength = 3

/** `/duncan filed`: the mails of the last days that asked nothing and were filed without a card. */
export async function filedAnswer({ client, clock, staff, context }: CommandDeps, page = 0): Promise<ClickOutcome> {
  const { filed: say, button } = context.words
  const since = fromInstant(clock.now().subtract({ hours: days * 24 }))
  const { total, mails } = await filedSince(client, sightOf(staff), since, { limit: pageLength, offset: page * pageLength })
  const summary = total === 0 ? say.none : say.count(total)
  const card = cardSchema.parse({
    title: say.title,
    subtitle: summary,
    elements: mails.map(mail => filedPick(mail, context)),
    buttons: pageButtons('filed.show', {}, { page, last: Math.max(0, Math.ceil(total / pageLength) - 1) }, button),
    fallback: [`${say.title}: ${summary}`, ...mails.map(({ subject }) => oneLine(subject, 100))].join('\n'),
  })
  return { kind: 'private', card }
}

/** A few of the mails that were filed without a card since a moment, for people to check; nothing when there were none. */
export async function filedSample(client: DbClient, staff: Staff, since: Date, context: CardContext): Promise<CardElement[]> {
  const { filed: say } = context.words
  const { total, mails } = await filedSince(client, sightOf(staff), since, { limit: sampleLength, sample: true })
  if (total === 0) return []
  return [{ type: 'text', text: say.sample(total), tone: 'neutral', weight: 'strong' }, ...mails.map(mail => filedPick(mail, context))]
}

/** Puts a filed mail's card up for decision, because it did ask something. */
export async function reopenAnswer(deps: CommandDeps, proposalId: number): Promise<ClickOutcome> {
  const { proposals, staff, context } = deps
  const isOpen = await proposals.reopenFiled({ proposalId, staffId: staff.id })
  return isOpen ? { kind: 'done', message: context.words.filed.reopened } : { kind: 'refused', message: context.words.outcome.gone }
}

function filedPick({ proposalId, subject, from, debtor, intents, at }: FiledMail, { words, format }: CardContext): CardElement {
  const note = [debtor ?? from, intents.map(intent => words.intent[intent]).join(', '), format.dateTime(at)].filter(Boolean).join(' · ')
  return {
    type: 'pick',
    text: oneLine(subject, 100) || '–',
    note: oneLine(note, 200),
    button: { action: 'filed.reopen', label: words.filed.reopen, style: 'default', data: { proposal: String(proposalId) } },
  }
}
