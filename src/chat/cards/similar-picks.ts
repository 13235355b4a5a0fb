import type { LookUpHit } from '#search'
import type { CardInput } from '../card.ts'
import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'

/** What choosing a debtor leads to. */
export const pickActions = [
  'debtor.show',
  'debtor.inbox',
  'note.open',
  'entry.promise',
  'entry.dispute',
  'entry.hold',
  'entry.insurance_report',
  'entry.credit_limit',
  'entry.workflow',
  'risk.debtor',
  'debtor.why',
  'credit.company',
  'tag.open',
  'tone.open',
  'mail.open',
  'mail.list',
  'plan.show',
  'group.show',
  'pay_links.show',
] as const
export type PickAction = (typeof pickActions)[number]

/** A debtor to choose, with what it was found by. */
export function pickOf(
  { id, number, name, administration, by, found }: LookUpHit,
  action: PickAction,
  { debtorCard: say }: Words,
): CardInput['elements'][number] {
  const label = foundLabel(by, say.foundBy)
  const why = label && [label, found && oneLine(found, 60)].filter(Boolean).join(' ')
  return {
    type: 'pick',
    text: oneLine(name, 80),
    note: [number, administration, why].filter(Boolean).join(' · '),
    button: { action, label: oneLine(name, 60), data: { debtor: String(id) } },
  }
}

function foundLabel(by: LookUpHit['by'], words: Words['debtorCard']['foundBy']): string {
  if (by === 'invoice_start') return words.invoice
  return by in words ? words[by as keyof typeof words] : ''
}

/** What else could have been meant beside the debtor that is shown; nothing when there is nothing. */
export function similarPicks(others: readonly LookUpHit[], action: PickAction, words: Words): CardInput['elements'] {
  if (others.length === 0) return []
  return [{ type: 'text', text: words.debtorCard.alsoSimilar, weight: 'strong' }, ...others.map(hit => pickOf(hit, action, words))]
}
