import { debtorsInSight, mailInSight, sightOf } from '#people'
import { Prisma } from '#platform'
import { lookUp } from '#search'
import { type CardInput, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'

const shownConversations = 10

/** The newest conversations with a debtor in sight, each to be moved to another one. */
export async function conversationsAnswer({ client, staff, context }: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { words, format } = context
  const sight = sightOf(staff)
  const debtor = await client.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sight) }, select: { id: true, name: true } })
  if (!debtor) return { kind: 'refused', message: words.outcome.gone }
  const mails = await client.$queryRaw<{ id: number; subject: string; at: Date }[]>`
    SELECT * FROM (
      SELECT DISTINCT ON (COALESCE(m."threadId", -m.id)) m.id, m.subject, m."receivedAt" AS at FROM "Message" m
      WHERE m."debtorId" = ${debtorId} AND ${mailInSight(sight, Prisma.sql`m`)} ORDER BY COALESCE(m."threadId", -m.id), m."receivedAt" DESC, m.id DESC) newest
    ORDER BY at DESC, id DESC LIMIT ${shownConversations}`
  const title = `${words.compose.moveTitle} ${oneLine(debtor.name, 60)}`
  const picks = mails.map(({ id, subject, at }) => ({
    type: 'pick' as const,
    text: oneLine(subject, 80) || words.card.mail,
    note: format.dateTime(at),
    button: { action: 'mail.move', label: words.compose.move, data: { message: String(id) } },
  }))
  const none = { type: 'text' as const, text: words.compose.none }
  return { kind: 'private', card: cardSchema.parse({ title, elements: picks.length > 0 ? picks : [none], fallback: title }) }
}

/** Asks for the debtor that a conversation belongs to; with a query, offers every hit. */
export async function moveForm({ client, staff, context }: CommandDeps, messageId: number, query: string): Promise<ClickOutcome> {
  const { compose: say, form, button, command, outcome } = context.words
  const sight = sightOf(staff)
  const [mail] = await client.$queryRaw<{ subject: string }[]>`
    SELECT m.subject FROM "Message" m WHERE m.id = ${Number.isInteger(messageId) ? messageId : 0} AND ${mailInSight(sight, Prisma.sql`m`)}`
  if (!mail) return { kind: 'refused', message: outcome.gone }
  const hits = query === '' ? undefined : (await lookUp(client, sight, query)).hits
  const data = { message: String(messageId) }
  const picks: CardInput['elements'] = (hits ?? []).map(({ id, number, name, administration }) => ({
    type: 'pick',
    text: oneLine(name, 80),
    note: `${number} · ${administration}`,
    button: { action: 'mail.move_to', label: oneLine(name, 60), data: { ...data, debtor: String(id) } },
  }))
  const nothing = hits?.length === 0 ? [{ type: 'text', text: command.noneTitle(query), tone: 'warning' } as const] : []
  const card = cardSchema.parse({
    title: say.moveTo(oneLine(mail.subject, 60)),
    subtitle: say.moveHint,
    elements: [
      { type: 'field', field: { type: 'text', id: 'query', label: form.linkQuery, value: query, multiline: false, required: true } },
      ...picks,
      ...nothing,
    ],
    buttons: [
      { action: 'mail.move', label: button.search, style: picks.length > 0 ? 'default' : 'primary', data },
      { action: 'mail.move_away', label: say.away, data },
    ],
    fallback: say.moveTo(oneLine(mail.subject, 60)),
  })
  return { kind: 'form', card }
}

/** Moves a conversation to a debtor, or to none, and says so. */
export async function moveTo({ client, proposals, staff, surface, context }: CommandDeps, messageId: number, debtorId: number | null): Promise<ClickOutcome> {
  const { compose: say, outcome: told } = context.words
  const outcome = await proposals.moveConversation({ messageId, debtorId, staffId: staff.id, surface })
  switch (outcome.kind) {
    case 'moved': {
      const { from, stays } = outcome
      const debtors = await client.debtor.findMany({ where: { id: { in: [debtorId, from].flatMap(id => id ?? []) } }, select: { id: true, name: true } })
      const nameOf = (id: number | null) => oneLine(debtors.find(debtor => debtor.id === id)?.name ?? '', 80)
      const moved = debtorId === null ? say.unlinked : say.moved(nameOf(debtorId))
      return { kind: 'done', message: stays > 0 ? `${moved} ${say.stays(String(stays), nameOf(from))}` : moved }
    }
    case 'already_there':
      return { kind: 'refused', message: say.already }
    case 'waits_for_decision':
      return { kind: 'refused', message: say.undecided }
    case 'not_allowed':
      return { kind: 'refused', message: told.notAllowed }
    case 'not_found':
      return { kind: 'refused', message: told.gone }
    default:
      return outcome satisfies never
  }
}
