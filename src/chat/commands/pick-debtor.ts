import type { LookUp } from '#search'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { type PickAction, pickActions, pickOf } from '../cards/similar-picks.ts'

export const pickPageLength = 20

export type Picking = { query: string; page: number; action: PickAction }

/** What a button of a picker asks for; whatever a browser sends. */
export const pickingOf = ({ query = '', page = '', action }: Record<string, string>): Picking => ({
  query,
  page: /^\d{1,4}$/.test(page) ? Number(page) : 0,
  action: pickActions.find(known => known === action) ?? 'debtor.show',
})

/** A page of the debtors that a look-up could mean, each with a button; never the first one taken for the right one. */
export function pickDebtor({ query, page, action }: Picking, { hits, total, isCut }: LookUp, title: string, { words }: CardContext): Card {
  if (total === 0) {
    const none = words.command.noneTitle(oneLine(query, 60))
    return cardSchema.parse({ title: none, elements: [{ type: 'text', text: words.command.noneText }], fallback: none })
  }
  const cut: CardInput['elements'] = isCut ? [{ type: 'text', text: words.search.cut, weight: 'subtle' }] : []
  return cardSchema.parse({
    title,
    subtitle: words.command.pickText(total),
    elements: [...hits.map(hit => pickOf(hit, action, words)), ...cut],
    buttons: pageButtons('debtor.pick', { query, action }, { page, last: Math.ceil(total / pickPageLength) - 1 }, words.button),
    fallback: [title, ...hits.map(({ number, name }) => `${number} ${name}`)].join('\n'),
  })
}

/** The ways to the page before and the page after. */
export function pageButtons(
  action: string,
  data: Record<string, string>,
  { page, last }: { page: number; last: number },
  words: { previous: string; next: string },
): NonNullable<CardInput['buttons']> {
  const to = (target: number, label: string) => ({ action, label, data: { ...data, page: String(target) } })
  return [...(page > 0 ? [to(page - 1, words.previous)] : []), ...(page < last ? [to(page + 1, words.next)] : [])]
}
