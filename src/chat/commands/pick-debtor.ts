import type { FoundDebtor } from '#search'
import { type Card, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'

const mostButtons = 20

/** All the debtors that a look-up could mean, each with a button; never the first one taken for the right one. */
export function pickDebtor(query: string, found: FoundDebtor[], action: 'debtor.show' | 'debtor.inbox', title: string, { words }: CardContext): Card {
  if (found.length === 0) {
    const none = words.command.noneTitle(oneLine(query, 60))
    return cardSchema.parse({ title: none, elements: [{ type: 'text', text: words.command.noneText }], fallback: none })
  }
  const shown = found.slice(0, mostButtons)
  const rest = found.length - shown.length
  return cardSchema.parse({
    title,
    subtitle: rest > 0 ? `${words.command.pickText(found.length)} ${words.command.narrow(rest)}` : words.command.pickText(found.length),
    elements: shown.map(({ id, number, name, administration }) => ({
      type: 'pick',
      text: oneLine(name, 80),
      note: `${number} · ${administration}`,
      button: { action, label: oneLine(name, 60), data: { debtor: String(id) } },
    })),
    fallback: [title, ...found.map(({ number, name }) => `${number} ${name}`)].join('\n'),
  })
}
