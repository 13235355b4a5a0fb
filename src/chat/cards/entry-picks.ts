import type { EntryView } from '#proposals'
import type { CardInput } from '../card.ts'
import { summaryOf } from './entry-text.ts'
import type { CardContext } from './proposal-card.ts'

const shown = 5

/** The entries that wait about a debtor, each leading to its card. */
export const entryPicks = (entries: readonly EntryView[], context: CardContext): CardInput['elements'] =>
  entries.slice(0, shown).map(({ id, content, status }) => ({
    type: 'pick',
    text: `${context.words.entries.kind[content.kind]}: ${summaryOf(content, context)}`,
    note: context.words.entries.status[status],
    button: { action: 'entry.show', label: context.words.button.openProposal, data: { entry: String(id) } },
  }))
