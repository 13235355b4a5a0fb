import { type AgedBalance, agingBuckets } from '#ledger'
import type { DebtorOverview } from '#search'
import { oneLine } from '../cards/cut.ts'
import { partyOf } from '../cards/debtor-card.ts'
import { behaviorLines, contactLine, promiseLine, segmentLines } from '../cards/debtor-facts.ts'
import { disputeReason } from '../cards/dispute-reason.ts'
import { nextStepText } from '../cards/next-step-line.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { taskTitle } from '../cards/task-title.ts'
import { limitFacts } from '../credit/limit-facts.ts'
import { planLine } from '../plans/plan-card.ts'

/** A list of the page; `post`: the card that the line leads to. */
type Section = { title: string; lines: { text: string; note?: string; tone?: 'good' | 'warning' | 'bad'; post?: string }[] }

/** What the page of a debtor shows, in the reader's language. `posts`: where the cards of its proposals stand, as `channel/post`; `dunning`: what it does next, and did last. */
export function debtorPage(debtor: DebtorOverview, posts: ReadonlyMap<number, string>, dunning: readonly string[], context: CardContext) {
  const { words, format } = context
  const say = words.debtorCard
  const sums = (of: 'balance' | 'overdue') =>
    debtor.aging.map(sum => format.money(sum[of], sum.currency)).join(' + ') || format.money('0', debtor.administration.currency)
  const { averageDaysLate: late } = debtor.behavior
  const unapplied = debtor.unapplied.map(({ amount, currency }) => format.money(amount, currency))
  return {
    id: debtor.id,
    name: debtor.name,
    about: [partyOf(debtor, words), debtor.number, debtor.administration.name, debtor.country, debtor.legalForm, debtor.companyNumber, debtor.group]
      .filter(Boolean)
      .join(' · '),
    collector: debtor.collector && `@${debtor.collector}`,
    next: {
      title: say.nextStep,
      text: nextStepText(debtor.next, context),
      tone: nextTone(debtor),
      post: debtor.next.kind === 'decide' ? posts.get(debtor.next.proposalId) : undefined,
    },
    figures: [
      { label: say.balance, value: sums('balance'), note: say.itemCount(String(debtor.openCount)) },
      { label: say.overdue, value: sums('overdue'), note: say.itemCount(String(debtor.overdueCount)), tone: debtor.overdueCount > 0 ? 'bad' : 'good' },
      ...limitFacts(debtor, context),
      ...(unapplied.length > 0 ? [{ label: say.unapplied, value: unapplied.join(' + ') }] : []),
      ...(late === null
        ? []
        : [{ label: say.daysLate, value: format.number(late), note: behaviorLines(debtor, context)[0], tone: late > 30 ? 'warning' : undefined }]),
    ],
    pinned: debtor.notes.filter(({ pinned }) => pinned).map(({ text }) => ({ title: say.pinned, text })),
    aging: debtor.aging.map(sum => agingChart(sum, context)),
    items: {
      title: say.openInvoices,
      columns: [say.invoice, say.due, say.daysLate, say.openAmount],
      rows: debtor.openItems.map(item => ({
        late: item.daysOverdue > 0,
        cells: [
          item.number,
          format.day(item.dueDate.toString()),
          item.daysOverdue > 0 ? `+${item.daysOverdue}` : '',
          format.money(item.openAmount, item.currency),
        ],
      })),
      more: debtor.openCount > debtor.openItems.length ? say.more(debtor.openCount - debtor.openItems.length) : '',
    },
    money: [
      promises(debtor, context),
      plans(debtor, context),
      disputes(debtor, context),
      payments(debtor, context),
      holds(debtor, context),
      { title: words.dunning.place.title, lines: dunning.map(text => ({ text })) },
    ].filter(hasLines),
    people: [
      waiting(debtor, posts, context),
      tasks(debtor, context),
      contacts(debtor, context),
      mails(debtor, context),
      notes(debtor, context),
      segments(debtor, context),
    ].filter(hasLines),
  }
}

const hasLines = ({ lines }: Section): boolean => lines.length > 0

function nextTone({ next }: DebtorOverview): 'good' | 'warning' | 'neutral' {
  if (next.kind === 'nothing_open' || next.kind === 'nothing_due') return 'good'
  return next.kind === 'wait' || next.kind === 'planned' ? 'neutral' : 'warning'
}

/** The buckets with their part of the largest one, in percent: the height of a bar. Credit that outweighs what is owed has no bar. */
function agingChart({ currency, balance, buckets }: AgedBalance, { words, format }: CardContext) {
  const largest = agingBuckets.map(({ name }) => buckets[name]).reduce((most, amount) => (amount.gt(most) ? amount : most))
  const bars = agingBuckets.map(({ name }) => ({
    label: words.debtorCard.bucket[name],
    value: format.shortMoney(buckets[name], currency),
    percent: largest.gt(0) && buckets[name].gt(0) ? Math.max(2, buckets[name].times(100).div(largest).round().toNumber()) : 0,
    overdue: name !== 'not_due',
  }))
  return { currency, title: `${words.debtorCard.balance} · ${format.money(balance, currency)}`, bars }
}

const promiseTones: Record<string, 'good' | 'warning' | 'bad'> = { kept: 'good', partly_kept: 'warning', broken: 'bad' }

const promises = (debtor: DebtorOverview, context: CardContext): Section => ({
  title: context.words.debtorCard.promises,
  lines: debtor.promises.map(promise => {
    const tone = promise.passed ? 'bad' : promiseTones[promise.status]
    return { text: promiseLine(promise, debtor, context), ...(tone && { tone }) }
  }),
})

const plans = (debtor: DebtorOverview, context: CardContext): Section => ({
  title: context.words.plans.plans,
  lines: debtor.plans.map(plan => ({ text: planLine(plan, context), ...(plan.status === 'at_risk' && { tone: 'bad' as const }) })),
})

const disputes = ({ disputes: open }: DebtorOverview, { words, format }: CardContext): Section => ({
  title: words.debtorCard.disputes,
  lines: open.map(({ reason, invoices, answerDue }) => ({
    text: [disputeReason(reason, words), invoices.join(', ')].filter(Boolean).join(' · '),
    ...(answerDue && { note: format.day(answerDue.toString()) }),
    tone: 'warning',
  })),
})

const payments = ({ payments: received }: DebtorOverview, { words, format }: CardContext): Section => ({
  title: words.debtorCard.payments,
  lines: received.map(({ receivedOn, amount, currency, invoices, unapplied }) => ({
    text: [format.money(amount, currency), invoices.slice(0, 4).join(', ')].filter(Boolean).join(' · '),
    note: [format.day(receivedOn.toString()), unapplied.gt(0) && `${words.debtorCard.unapplied}: ${format.money(unapplied, currency)}`]
      .filter(Boolean)
      .join(' · '),
  })),
})

const holds = ({ holds: standing }: DebtorOverview, { words, format }: CardContext): Section => ({
  title: words.debtorCard.holds,
  lines: standing.map(({ reason, invoice, until }) => ({
    text: words.debtorCard.holdOn(invoice ?? words.card.allInvoices, until ? format.day(until.toString()) : ''),
    note: words.debtorCard.waitReason[reason as keyof typeof words.debtorCard.waitReason] ?? reason,
  })),
})

const waiting = ({ proposals }: DebtorOverview, posts: ReadonlyMap<number, string>, { words, format }: CardContext): Section => ({
  title: words.debtorCard.openProposals,
  lines: proposals.map(({ id, status, createdAt }) => {
    const post = posts.get(id)
    return { text: `#${id} · ${words.status[status as keyof typeof words.status]}`, note: format.dateTime(createdAt), ...(post && { post }) }
  }),
})

const tasks = ({ tasks: open }: DebtorOverview, { words, format }: CardContext): Section => ({
  title: words.debtorCard.tasks,
  lines: open.map(task => ({ text: oneLine(taskTitle(task, { words, format }), 160), ...(task.dueOn && { note: format.day(task.dueOn.toString()) }) })),
})

const contacts = (debtor: DebtorOverview, context: CardContext): Section => ({
  title: context.words.debtorCard.contacts,
  lines: debtor.contacts.map(contact => ({ text: contactLine(contact, context), ...(contact.emailStatus !== 'ok' && { tone: 'bad' as const }) })),
})

const mails = ({ mails: { in: received, out: sent } }: DebtorOverview, { words, format }: CardContext): Section => ({
  title: words.debtorCard.mails,
  lines: [
    ...received.map(mail => ({ ...mail, way: `← ${words.command.direction.in}` })),
    ...sent.map(mail => ({ ...mail, way: `→ ${words.command.direction.out}` })),
  ]
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
    .map(({ way, at, subject, from }) => ({
      text: oneLine(subject, 120) || '…',
      note: [way, format.dateTime(at), from && oneLine(from, 60)].filter(Boolean).join(' · '),
    })),
})

const notes = (debtor: DebtorOverview, { words, format }: CardContext): Section => ({
  title: words.debtorCard.notes,
  lines: debtor.notes
    .filter(({ pinned }) => !pinned)
    .map(({ text, at, invoices }) => ({ text: oneLine(text, 300), note: [format.dateTime(at), invoices.join(', ')].filter(Boolean).join(' · ') })),
})

const segments = (debtor: DebtorOverview, context: CardContext): Section => ({
  title: context.words.debtorCard.segment,
  lines: debtor.segments.map(({ title, strategy }, index) => ({
    text: segmentLines(debtor, context)[index] ?? title,
    ...(strategy && { note: oneLine(strategy, 300) }),
  })),
})
