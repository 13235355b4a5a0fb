import { isLedgerStale } from '#ledger'
import { type Db, fromInstant, Prisma, toPlainDate } from '#platform'
import { amountAtStake } from './amount-at-stake.ts'
import type { ProposalsDeps } from './deps.ts'
import type { ActionStatus, ActionView, InvoiceView, MoneyView, PersonReason, PersonView, ProposalView } from './proposal.ts'
import { undoDeadline } from './run-action.ts'
import { invoiceIdsOf, isWholeDebtor, readProposal, type StoredAction, type StoredProposal } from './store.ts'
import { isActionUndoable, isUndoable } from './undo.ts'

/** Everything that a card shows of a proposal; undefined when there is none of that id. */
export async function view(deps: ProposalsDeps, proposalId: number): Promise<ProposalView | undefined> {
  const db = deps.client
  const proposal = await readProposal(db, proposalId)
  if (!proposal) return undefined
  const [message, debtor, decisions, people, candidates] = await Promise.all([
    db.message.findUniqueOrThrow({
      where: { id: proposal.messageId },
      include: { attachments: { select: { id: true, fileName: true, contentType: true, size: true, inline: true }, orderBy: { id: 'asc' } } },
    }),
    debtorHeader(db, deps, proposal.debtorId),
    db.decision.findMany({ where: { proposalId }, orderBy: { id: 'asc' } }),
    db.staff.findMany({ select: { id: true, name: true } }),
    candidatesOf(db, proposal),
  ])
  const today = deps.clock.today(debtor?.timeZone ?? 'UTC')
  const invoices = await invoicesOf(db, proposal.actions, today)
  const failedMails = await failedMailsOf(db, proposal.actions)
  const ticked = proposal.actions.filter(action => action.ticked)
  const stake = await amountAtStake(db, proposal, ticked, deps.config.DUNCAN_REPORTING_CURRENCY)
  const personOf = (id: number | null): PersonView | null => (id === null ? null : (people.find(person => person.id === id) ?? { id, name: `staff ${id}` }))
  const { status, basis } = proposal
  return {
    id: proposal.id,
    status,
    needsPerson: proposal.needsPerson as PersonReason | null,
    summary: proposal.summary,
    language: proposal.language,
    edited: proposal.edited,
    createdAt: proposal.createdAt,
    decidedAt: proposal.decidedAt,
    decidedBy: personOf(proposal.decidedById),
    firstVoteBy: personOf(proposal.firstVoteById),
    owner: personOf(proposal.ownerId),
    snoozedUntil: proposal.snoozedUntil,
    supersededBy: proposal.supersededBy,
    undoUntil: isUndoable(deps, proposal) ? fromInstant(undoDeadline(deps, proposal)) : null,
    intents: basis.reading.intents,
    facts: basis.reading.facts,
    disagreements: basis.reading.disagreements,
    quarantine: basis.reading.quarantine,
    warnings: basis.warnings,
    candidates,
    atStake: stake && { currency: deps.config.DUNCAN_REPORTING_CURRENCY, amount: stake.toFixed(2) },
    debtor: debtor && { ...debtor.header, linkReason: message.linkReason },
    message: {
      id: message.id,
      threadId: message.threadId,
      mailboxId: message.mailboxId,
      from: message.fromAddress === null ? null : { address: message.fromAddress, name: message.fromName ?? '' },
      to: message.to,
      cc: message.cc,
      subject: message.subject,
      receivedAt: message.receivedAt,
      replyText: message.replyText,
      attachments: message.attachments,
    },
    actions: proposal.actions.map(action => ({ ...actionView(deps, proposal, action, invoices), resendable: failedMails.has(action.id) })),
    decisions: decisions.map(({ kind, staffId, createdAt, edited, reason, surface, detail }) => ({
      kind,
      by: personOf(staffId),
      at: createdAt,
      edited,
      reason,
      surface,
      detail,
    })),
  }
}

async function failedMailsOf(db: Db, actions: StoredAction[]): Promise<Set<number | null>> {
  const failed = actions.filter(({ status }) => status === 'failed').map(({ id }) => id)
  const mails = failed.length > 0 ? await db.outboundMail.findMany({ where: { actionId: { in: failed }, state: 'failed' }, select: { actionId: true } }) : []
  return new Set(mails.map(({ actionId }) => actionId))
}

function actionView(deps: ProposalsDeps, proposal: StoredProposal, action: StoredAction, invoices: Map<number, InvoiceView>): ActionView {
  const { id, position, kind, payload, evidence, protective, ticked, edited, status, scheduledFor, finishedAt, problem } = action
  return {
    id,
    position,
    kind,
    payload,
    messageId: action.messageId ?? proposal.messageId,
    evidence,
    protective,
    ticked,
    edited,
    status: status as ActionStatus,
    scheduledFor,
    finishedAt,
    problem,
    invoices: invoiceIdsOf(action).flatMap(invoiceId => invoices.get(invoiceId) ?? []),
    wholeDebtor: isWholeDebtor(action),
    undoable: isActionUndoable(deps, proposal, action),
  } as ActionView
}

async function invoicesOf(db: Db, actions: StoredAction[], today: ReturnType<ProposalsDeps['clock']['today']>): Promise<Map<number, InvoiceView>> {
  const ids = [...new Set(actions.flatMap(invoiceIdsOf))]
  const rows = ids.length === 0 ? [] : await db.invoice.findMany({ where: { id: { in: ids } } })
  const views = rows.map(({ id, number, dueDate, amount, openAmount, currency, status }) => {
    const due = toPlainDate(dueDate)
    const daysOverdue = Math.max(0, due.until(today, { largestUnit: 'days' }).days) // the due date itself is not overdue
    return { id, number, dueDate: due.toString(), amount: amount.toFixed(2), openAmount: openAmount.toFixed(2), currency, daysOverdue, status }
  })
  return new Map(views.map(invoice => [invoice.id, invoice]))
}

async function debtorHeader(db: Db, { clock, config }: ProposalsDeps, debtorId: number | null) {
  if (debtorId === null) return null
  const debtor = await db.debtor.findUnique({
    where: { id: debtorId },
    include: { administration: true, notes: { where: { pinned: true }, orderBy: { id: 'desc' }, take: 1 } },
  })
  if (!debtor) return null
  const { administration } = debtor
  const { id, code, name, importedAt, timeZone } = administration
  const before = new Date(`${clock.today(timeZone).toString()}T00:00:00Z`)
  const totals = (where: object) =>
    db.invoice.groupBy({
      by: ['currency'],
      where: { debtorId, status: 'open', ...where },
      _sum: { openAmount: true },
      _count: true,
      orderBy: { currency: 'asc' },
    })
  const [open, overdue, stale] = await Promise.all([
    totals({}),
    totals({ dueDate: { lt: before } }),
    isLedgerStale(db, id, clock, config.DUNCAN_LEDGER_MAX_AGE_HOURS),
  ])
  return {
    timeZone,
    header: {
      id: debtor.id,
      number: debtor.number,
      name: debtor.name,
      country: debtor.country,
      administration: { id, code, name, importedAt, stale },
      open: open.map(moneyOf),
      overdue: overdue.map(moneyOf),
      openCount: open.reduce((sum, { _count }) => sum + _count, 0),
      overdueCount: overdue.reduce((sum, { _count }) => sum + _count, 0),
      pinnedNote: debtor.notes[0]?.text ?? null,
    },
  }
}

const moneyOf = ({ currency, _sum }: { currency: string; _sum: { openAmount: Prisma.Decimal | null } }): MoneyView => ({
  currency,
  amount: (_sum.openAmount ?? new Prisma.Decimal(0)).toFixed(2),
})

async function candidatesOf(db: Db, { basis }: StoredProposal): Promise<ProposalView['candidates']> {
  if (basis.link.kind !== 'ambiguous') return []
  const { candidates } = basis.link
  const debtors = await db.debtor.findMany({
    where: { id: { in: candidates.map(({ debtorId }) => debtorId) } },
    include: { administration: { select: { code: true } } },
  })
  return candidates.flatMap(({ debtorId, reasons }) => {
    const debtor = debtors.find(({ id }) => id === debtorId)
    return debtor ? [{ debtorId, number: debtor.number, name: debtor.name, administration: debtor.administration.code, reasons }] : []
  })
}
