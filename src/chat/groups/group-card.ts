import type { GroupView } from '#ledger'
import type { EntryView } from '#proposals'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { oneLine } from '../cards/cut.ts'
import { agingCharts } from '../cards/debtor-card.ts'
import { entryPicks } from '../cards/entry-picks.ts'
import type { CardContext } from '../cards/proposal-card.ts'

const shownDebtors = 20

/** `entries`: that wait about it. `inReporting`: its balance and what is overdue of it in the reporting currency; undefined where all is in one that is. */
export type BesideGroup = { entries: readonly EntryView[]; inReporting?: { currency: string; balance: string; overdue: string } | undefined }

type Sums = GroupView['balances']

/** A central file as one: the sums of its debtors, who is written to for all of them, what waits, and each debtor with its own share. */
export function groupCard(group: GroupView, { entries, inReporting }: BesideGroup, context: CardContext): Card {
  const { words, format } = context
  const { groups: say, debtorCard } = words
  const sum = (balances: Sums, of: 'balance' | 'overdue') => balances.map(row => format.money(row[of], row.currency)).join(' + ') || words.card.none
  const count = (of: 'openCount' | 'overdueCount') => group.balances.reduce((total, row) => total + row[of], 0)
  const share = (balances: Sums) => [sum(balances, 'balance'), `${debtorCard.overdue.toLowerCase()}: ${sum(balances, 'overdue')}`]
  const overdue = sum(group.balances, 'overdue')
  const lead = group.entities.find(({ debtorId }) => debtorId === group.leadId)
  const rest = group.entities.length - shownDebtors
  const card: CardInput = {
    title: oneLine(group.name, 120),
    subtitle: [say.button, say.count(group.entities.length)].join(' · '),
    ...(count('overdueCount') > 0 && { status: { text: `${inReporting?.overdue ?? overdue} ${debtorCard.overdue.toLowerCase()}`, tone: 'warning' as const } }),
    elements: [
      {
        type: 'facts',
        inline: true,
        facts: [
          { label: debtorCard.balance, value: `${sum(group.balances, 'balance')} (${count('openCount')})` },
          { label: debtorCard.overdue, value: `${overdue} (${count('overdueCount')})` },
          ...(inReporting
            ? [
                {
                  label: say.inReporting(inReporting.currency),
                  value: `${inReporting.balance} (${debtorCard.overdue.toLowerCase()}: ${inReporting.overdue})`,
                },
              ]
            : []),
        ],
      },
      ...agingCharts({ aging: group.balances }, words, format),
      ...(lead ? [] : [{ type: 'text' as const, text: say.nobodyLeads, weight: 'subtle' as const }]),
      ...entryPicks(entries, context),
      ...group.entities.slice(0, shownDebtors).map(({ debtorId, name, number, administration, balances }) => ({
        type: 'pick' as const,
        text: [oneLine(name, 80), debtorId === group.leadId && say.leads].filter(Boolean).join(' · '),
        note: [number, administration, ...(balances.length > 0 ? share(balances) : [])].join(' · '),
        button: { action: 'debtor.show', label: oneLine(name, 60), data: { debtor: String(debtorId) } },
      })),
      ...(rest > 0 ? [{ type: 'text' as const, text: say.more(rest), weight: 'subtle' as const }] : []),
    ],
    buttons: [{ action: 'group.lead', label: say.choose, data: { group: String(group.id) } }],
    fallback: `${group.name}: ${debtorCard.balance} ${sum(group.balances, 'balance')}, ${debtorCard.overdue} ${overdue}`,
  }
  return cardSchema.parse(card)
}

/** The form for who of a central file gets the reminders. */
export function leadForm(group: GroupView, { words }: CardContext): Card {
  const { groups: say } = words
  const title = say.chooseFor(oneLine(group.name, 80))
  const options = group.entities.map(({ debtorId, name, number, administration }) => ({
    value: String(debtorId),
    label: oneLine(`${name} (${number}, ${administration})`, 70),
  }))
  const value = String(group.leadId ?? group.entities[0]?.debtorId ?? '')
  return cardSchema.parse({
    title,
    elements: [{ type: 'field', field: { type: 'choice', id: 'lead', label: say.debtor, value, options } }],
    buttons: [{ action: 'group.lead_save', label: words.button.save, style: 'primary', data: { group: String(group.id) } }],
    fallback: title,
  })
}
