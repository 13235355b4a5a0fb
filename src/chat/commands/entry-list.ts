import type { Staff } from '#people'
import type { DbClient } from '#platform'
import { entriesAwaiting } from '#proposals'
import { type Card, cardSchema } from '../card.ts'
import { summaryOf } from '../cards/entry-text.ts'
import type { CardContext } from '../cards/proposal-card.ts'

const shown = 20

/** What was entered or opened and waits for this person, as a card to pick from; undefined when nothing does. */
export async function entryList(client: DbClient, staff: Staff, context: CardContext): Promise<Card | undefined> {
  const { entries: say, button } = context.words
  const waiting = await entriesAwaiting(client, staff)
  if (waiting.length === 0) return undefined
  const left = waiting.length - shown
  return cardSchema.parse({
    title: say.waiting,
    subtitle: say.count(waiting.length),
    elements: [
      ...waiting.slice(0, shown).map(view => ({
        type: 'pick',
        text: `${view.debtor.name} · ${say.kind[view.content.kind]}`,
        note: [summaryOf(view.content, context), view.by ?? say.byDuncan, context.format.dateTime(view.at)].join(' · '),
        button: { action: 'entry.show', label: button.openProposal, data: { entry: String(view.id) } },
      })),
      ...(left > 0 ? [{ type: 'text', text: say.later(left), weight: 'subtle' }] : []),
    ],
    fallback: `${say.waiting}: ${waiting.length}`,
  })
}
