import { agingBuckets } from '#ledger'
import type { EntryView, ProposalView } from '#proposals'
import type { DebtorOverview, LookUpHit } from '#search'
import { type Card, type CardInput, cardSchema } from '../card.ts'
import { limitFacts } from '../credit/limit-facts.ts'
import type { MonitoringShown } from '../credit/monitoring-shown.ts'
import type { Format } from '../format.ts'
import { insuranceFact } from '../insurance/insurance-line.ts'
import { planLine } from '../plans/plan-card.ts'
import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'
import { behaviorLines, contactLine, noteLine, promiseLine, segmentLines } from './debtor-facts.ts'
import { disputeReason } from './dispute-reason.ts'
import { entryPicks } from './entry-picks.ts'
import { nextStepLine } from './next-step-line.ts'
import { type CardContext, matterOf } from './proposal-card.ts'
import { similarPicks } from './similar-picks.ts'

const shownItems = 5

/** `credit`: what a bureau says of it, on one line. `monitoring`: whether a bureau watches it. `workflow`: the one that it is on, and who said so. `entries`: that wait. */
export type Beside = {
  waiting: readonly ProposalView[]
  similar: readonly LookUpHit[]
  credit?: string | undefined
  monitoring?: MonitoringShown | undefined
  workflow?: string | undefined
  entries?: readonly EntryView[]
  /** What dunning does next, and did last. */
  dunning?: readonly string[]
  /** What was paid by link and the ledger does not show yet. */
  paidByLink?: readonly string[]
}

/**
 * The status card of a debtor: what to do next, totals and aging, what is going on, its proposals that wait, and what else could
 * have been meant.
 */
export function debtorCard(
  debtor: DebtorOverview,
  { waiting, similar, credit, monitoring, workflow, entries = [], dunning = [], paidByLink = [] }: Beside,
  context: CardContext,
): Card {
  const { words, format } = context
  const say = words.debtorCard
  const pinned = debtor.notes.filter(note => note.pinned)
  const balance = totals(debtor, 'balance', words, format)
  const overdue = totals(debtor, 'overdue', words, format)
  const button = (action: string, label: string) => ({ action, label, data: { debtor: String(debtor.id) } })
  const risk = button('risk.debtor', words.risk.atRisk)
  const proposals = waiting.slice(0, shownItems).map(view => ({
    type: 'pick' as const,
    text: matterOf(view, words),
    note: `${format.dateTime(view.message.receivedAt)} · “${oneLine(view.message.subject, 80)}”`,
    button: { action: 'proposal.show', label: words.button.openProposal, data: { proposal: String(view.id) } },
  }))
  const standing = [
    ...(paidByLink.length > 0 ? [{ label: words.payLinks.payments, value: paidByLink.slice(0, shownItems).join('\n') }] : []),
    ...limitFacts(debtor, context),
    ...(debtor.insurance ? [insuranceFact(debtor.insurance, context)] : []),
    ...(workflow ? [{ label: words.entries.kind.workflow, value: workflow }] : []),
    ...(dunning.length > 0 ? [{ label: words.dunning.place.title, value: dunning.slice(0, shownItems).join('\n') }] : []),
  ]
  const card: CardInput = {
    title: debtor.name,
    subtitle: [
      debtor.partyType !== 'debtor' && partyOf(debtor, words),
      debtor.number,
      debtor.administration.name,
      debtor.group,
      debtor.collector && `@${debtor.collector}`,
    ]
      .filter(Boolean)
      .join(' · '),
    ...(debtor.overdueCount > 0 && { status: { text: `${overdue} ${say.overdue.toLowerCase()}`, tone: 'warning' as const } }),
    elements: [
      ...nextStepLine(debtor.next, context, 'strong'),
      ...pinned.map(({ text }) => ({ type: 'notice' as const, tone: 'warning' as const, title: say.pinned, lines: [oneLine(text, 300)] })),
      {
        type: 'facts',
        inline: true,
        facts: [
          { label: say.balance, value: `${balance} (${debtor.openCount})` },
          { label: say.overdue, value: `${overdue} (${debtor.overdueCount})` },
        ],
      },
      ...bureauFacts(credit, monitoring, words),
      ...(standing.length > 0 ? [{ type: 'facts' as const, facts: standing }] : []),
      ...agingCharts(debtor, words, format),
      ...openItems(debtor, words, format),
      ...situation(debtor, context),
      ...(proposals.length > 0 ? [{ type: 'text', text: say.openProposals, weight: 'strong' } as const, ...proposals] : []),
      ...entryPicks(entries, context),
      ...similarPicks(similar, 'debtor.show', words),
      { type: 'page', label: say.openPage, debtorId: debtor.id },
    ],
    buttons: [button('debtor.inbox', words.button.inbox), ...(monitoring ? [risk, ...monitoring.buttons.slice(0, 1)] : [])],
    more: [
      ...(debtor.group ? [button('group.show', words.groups.button)] : []),
      button('debtor.why', words.why.button),
      ...(monitoring ? [] : [risk]),
      button('mail.open', words.compose.write),
      button('pay_links.show', words.payLinks.show),
      button('entry.promise', words.entries.kind.promise),
      button('plan.show', words.plans.title),
      button('entry.dispute', words.entries.kind.dispute),
      button('entry.hold', words.entries.kind.hold),
      ...(debtor.insurance ? [button('entry.insurance_report', words.entries.kind.insurance_report)] : []),
      button('tone.open', words.disputes.toneLabel),
      button('workflow.show', words.entries.kind.workflow),
      ...(monitoring?.buttons.slice(1) ?? []),
    ],
    fallback: `${debtor.name} (${debtor.number}): ${say.balance} ${balance}, ${say.overdue} ${overdue}`,
  }
  return cardSchema.parse(card)
}

function bureauFacts(credit: string | undefined, monitoring: MonitoringShown | undefined, { risk, parties }: Words): CardInput['elements'] {
  const facts = [...(credit ? [{ label: risk.rating, value: credit }] : []), ...(monitoring ? [{ label: parties.monitoring, value: monitoring.line }] : [])]
  return facts.length > 0 ? [{ type: 'facts', facts }] : []
}

/** Debtor, prospect or supplier, in words. */
export const partyOf = ({ partyType }: DebtorOverview, { debtorCard: { party } }: Words): string => party[partyType as keyof typeof party] ?? partyType

function totals({ aging }: DebtorOverview, of: 'balance' | 'overdue', words: Words, format: Format): string {
  return aging.map(sums => format.money(sums[of], sums.currency)).join(' + ') || words.card.none
}

/** What is open by age, as bars of one currency each: amounts of several share no scale. */
export function agingCharts({ aging }: Pick<DebtorOverview, 'aging'>, { debtorCard: say }: Words, format: Format): CardInput['elements'] {
  return aging.map(({ currency, buckets }) => ({
    type: 'chart',
    title: aging.length > 1 ? `${say.aging} (${currency})` : say.aging,
    series: [say.openAmount],
    points: agingBuckets.map(({ name }) => ({
      label: say.bucket[name],
      values: [{ value: buckets[name].toFixed(2), text: format.shortMoney(buckets[name], currency) }],
    })),
  }))
}

function openItems({ openItems: items, openCount }: DebtorOverview, words: Words, format: Format): CardInput['elements'] {
  if (items.length === 0) return []
  const say = words.debtorCard
  const rows = items
    .slice(0, shownItems)
    .map(item => [
      item.number,
      format.day(item.dueDate.toString()),
      item.daysOverdue > 0 ? `+${item.daysOverdue}` : '',
      format.money(item.openAmount, item.currency),
    ])
  const rest = openCount - rows.length
  return [
    { type: 'text', text: say.openInvoices, weight: 'strong' },
    {
      type: 'table',
      columns: [{ title: say.invoice }, { title: say.due }, { title: say.daysLate, align: 'right' }, { title: say.openAmount, align: 'right' }],
      rows,
    },
    ...(rest > 0 ? [{ type: 'text', text: say.more(rest), weight: 'subtle' } as const] : []),
  ]
}

/** What is going on, and in one line what is not. */
function situation(debtor: DebtorOverview, context: CardContext): CardInput['elements'] {
  const { words, format } = context
  const say = words.debtorCard
  const disputes = debtor.disputes.map(({ reason, invoices }) => [disputeReason(reason, words), invoices.join(', ')].filter(Boolean).join(' · '))
  const holds = debtor.holds.map(({ invoice, until }) => say.holdOn(invoice ?? words.card.allInvoices, until ? format.day(until.toString()) : ''))
  const mail = ([line]: DebtorOverview['mails']['in']) => (line ? [`${format.dateTime(line.at)} · ${oneLine(line.subject, 70)}`] : [])
  const notes = debtor.notes.filter(({ pinned }) => !pinned).map(noteLine)
  const known: [label: string, lines: string[]][] = [
    [say.promises, debtor.promises.map(promise => promiseLine(promise, debtor, context))],
    [words.plans.plans, debtor.plans.map(plan => planLine(plan, context))],
    [say.disputes, disputes],
    [say.holds, holds],
    [say.notes, notes],
    [say.contacts, debtor.contacts.map(contact => contactLine(contact, context))],
    [say.unapplied, debtor.unapplied.map(({ amount, currency }) => format.money(amount, currency))],
    [say.behavior, behaviorLines(debtor, context)],
    [say.segment, segmentLines(debtor, context)],
    [say.lastIn, mail(debtor.mails.in)],
    [say.lastOut, mail(debtor.mails.out)],
  ]
  const missed = new Set([say.promises, say.disputes, say.holds, say.contacts, say.lastIn, say.lastOut])
  const none = known.flatMap(([label, lines]) => (lines.length === 0 && missed.has(label) ? [label] : []))
  return [
    { type: 'facts', facts: known.flatMap(([label, lines]) => (lines.length > 0 ? [{ label, value: lines.slice(0, shownItems).join('\n') }] : [])) },
    ...(none.length > 0 ? [{ type: 'text' as const, text: `${none.join(', ')}: ${say.empty}`, weight: 'subtle' as const }] : []),
  ]
}
