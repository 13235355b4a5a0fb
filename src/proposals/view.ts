import { isImportTooOld } from '#ledger'
import { isSendingHeld } from '#mail'
import { coversToday } from '#people'
import { type Db, fromInstant, type InvoiceModel, type Prisma, toPlainDate } from '#platform'
import { nextStepOf } from '#search'
import { amountAtStake } from './amount-at-stake.ts'
import { viewAutonomy, viewLearned } from './autonomy/view-autonomy.ts'
import type { ProposalsDeps } from './deps.ts'
import { maskBankDetails } from './mask-accounts.ts'
import { phonesOnFile } from './phones-on-file.ts'
import { readProblems } from './problem.ts'
import type { ActionStatus, ActionView, InvoiceView, PersonReason, PersonView, ProposalView, Warning } from './proposal.ts'
import { channelOf, readRoutes, routableOf, routeOf } from './route.ts'
import { undoDeadline } from './run-action.ts'
import { invoiceIdsOf, isMail, isWholeDebtor, readProposal, type StoredAction, type StoredProposal } from './store.ts'
import { isActionUndoable, isRedecidable, isUndoable } from './undo.ts'
import { viewClaim } from './view-claim.ts'

/** `brief`: for a line of a list, without what comes next for its debtor. */
export type Viewing = { brief?: boolean }

/** Everything that a card shows of a proposal; undefined when there is none of that id. */
export async function view(deps: ProposalsDeps, proposalId: number, { brief = false }: Viewing = {}): Promise<ProposalView | undefined> {
  const db = deps.client
  const proposal = await readProposal(db, proposalId)
  if (!proposal) return undefined
  const ticked = proposal.actions.filter(action => action.ticked)
  const [message, debtor, decisions, people, candidates, invoiceRows, failedMails, stake, routes, covers, claim, held] = await Promise.all([
    db.message.findUniqueOrThrow({
      where: { id: proposal.messageId },
      include: {
        attachments: { select: { id: true, fileName: true, contentType: true, size: true, inline: true }, orderBy: { id: 'asc' } },
        mailbox: { select: { key: true } },
      },
    }),
    debtorHeader(db, deps, proposal.debtorId),
    db.decision.findMany({ where: { proposalId }, orderBy: { id: 'asc' } }),
    db.staff.findMany({ select: { id: true, name: true } }),
    candidatesOf(db, proposal),
    touchedInvoices(db, proposal.actions),
    failedMailsOf(db, proposal.actions),
    amountAtStake(db, deps, proposal, ticked),
    readRoutes(db),
    coversToday(db, deps.clock, deps.config.DUNCAN_TIME_ZONE),
    viewClaim(db, deps, proposal),
    heldMail(db, proposal),
  ])
  const invoices = invoiceViews(invoiceRows, deps.clock.today(debtor?.timeZone ?? 'UTC'))
  const personOf = (id: number | null): PersonView | null => (id === null ? null : (people.find(person => person.id === id) ?? { id, name: `staff ${id}` }))
  const named = (id: number): PersonView => personOf(id) ?? { id, name: '' }
  const { status, basis, ownerId } = proposal
  const route = await routeOf(db, deps, routes, routableOf(proposal))
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
    owner: personOf(ownerId),
    cover: ownerId === null ? null : personOf(covers.get(ownerId) ?? null),
    channel: channelOf(route, message.mailbox.key),
    snoozedUntil: proposal.snoozedUntil,
    supersededBy: proposal.supersededBy,
    undoUntil: isUndoable(deps, proposal) ? fromInstant(undoDeadline(deps, proposal)) : null,
    redecidable: isRedecidable(proposal),
    autonomy: await viewAutonomy(db, proposal, named),
    learned: (basis.learned ?? []).map(each => viewLearned(each, named)),
    disagreements: basis.reading.disagreements,
    quarantine: basis.reading.quarantine,
    ...(basis.reading.quarantine.length > 0 && proposal.debtorId !== null && { callBackOn: await phonesOnFile(db, proposal.debtorId) }),
    warnings: [...basis.warnings, ...held],
    claim,
    candidates,
    atStake: stake && { currency: deps.rules().reporting.reporting, amount: stake.toFixed(2) },
    debtor: debtor && { ...debtor.header, linkReason: message.linkReason },
    next: debtor && !brief ? await nextBeside(deps, proposalId, debtor.header) : undefined,
    ...maskBankDetails(basis.reading.quarantine, {
      intents: basis.reading.intents,
      facts: basis.reading.facts,
      message: {
        id: message.id,
        threadId: message.threadId,
        mailboxKey: message.mailbox.key,
        from: message.fromAddress === null ? null : { address: message.fromAddress, name: message.fromName ?? '' },
        to: message.to,
        cc: message.cc,
        subject: message.subject,
        receivedAt: message.receivedAt,
        replyText: message.replyText,
        attachments: message.attachments,
      },
      actions: proposal.actions.map(action => ({ ...actionView(deps, proposal, action, invoices), resendable: failedMails.has(action.id) })),
    }),
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

/** Whether a restore holds back a mail that is proposed or on its way. */
async function heldMail(db: Db, { mailboxId, actions }: StoredProposal): Promise<Warning[]> {
  const leaves = actions.some(action => isMail(action) && (action.status === 'pending' || action.status === 'scheduled'))
  return leaves && (await isSendingHeld(db, mailboxId)) ? [{ kind: 'mail_held', detail: '' }] : []
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
    problems: readProblems(problem),
    invoices: invoiceIdsOf(action).flatMap(invoiceId => invoices.get(invoiceId) ?? []),
    wholeDebtor: isWholeDebtor(action),
    undoable: isActionUndoable(deps, proposal, action),
  } as ActionView
}

async function touchedInvoices(db: Db, actions: StoredAction[]): Promise<InvoiceModel[]> {
  const ids = [...new Set(actions.flatMap(invoiceIdsOf))]
  return ids.length === 0 ? [] : db.invoice.findMany({ where: { id: { in: ids } } })
}

function invoiceViews(rows: InvoiceModel[], today: ReturnType<ProposalsDeps['clock']['today']>): Map<number, InvoiceView> {
  const views = rows.map(({ id, number, dueDate, amount, openAmount, currency, status }) => {
    const due = toPlainDate(dueDate)
    const daysOverdue = Math.max(0, due.until(today, { largestUnit: 'days' }).days) // the due date itself is not overdue
    return { id, number, dueDate: due.toString(), amount: amount.toFixed(2), openAmount: openAmount.toFixed(2), currency, daysOverdue, status }
  })
  return new Map(views.map(invoice => [invoice.id, invoice]))
}

async function debtorHeader(db: Db, { clock, config }: ProposalsDeps, debtorId: number | null) {
  if (debtorId === null) return null
  const [debtor, totals] = await Promise.all([
    db.debtor.findUnique({
      where: { id: debtorId },
      include: { administration: true, notes: { where: { pinned: true }, orderBy: { id: 'desc' }, take: 1 } },
    }),
    openTotals(db, debtorId, fromInstant(clock.now())),
  ])
  if (!debtor) return null
  const { id, code, name, importedAt, timeZone } = debtor.administration
  const stale = isImportTooOld(importedAt, clock, config.DUNCAN_LEDGER_MAX_AGE_HOURS)
  const overdue = totals.filter(({ overdueCount }) => overdueCount > 0)
  return {
    timeZone,
    header: {
      id: debtor.id,
      number: debtor.number,
      name: debtor.name,
      country: debtor.country,
      administration: { id, code, name, importedAt, stale },
      open: totals.map(({ currency, open }) => ({ currency, amount: open.toFixed(2) })),
      overdue: overdue.map(each => ({ currency: each.currency, amount: each.overdue.toFixed(2) })),
      openCount: totals.reduce((sum, { openCount }) => sum + openCount, 0),
      overdueCount: overdue.reduce((sum, { overdueCount }) => sum + overdueCount, 0),
      pinnedNote: debtor.notes[0]?.text ?? null,
    },
  }
}

/** What comes next, as everybody may know it who sees the mail: that other mails wait is told by the holds that they place. */
function nextBeside({ client, clock }: ProposalsDeps, id: number, { id: debtorId, administration }: { id: number; administration: { code: string } }) {
  return nextStepOf(client, { sight: { administrations: [administration.code], mailboxes: [] }, clock }, debtorId, { kind: 'proposal', id })
}

type OpenTotal = { currency: string; open: Prisma.Decimal; openCount: number; overdue: Prisma.Decimal; overdueCount: number }

/** What a debtor owes, by currency; overdue is what fell due before the administration's today. */
const openTotals = (db: Db, debtorId: number, now: Date): Promise<OpenTotal[]> => db.$queryRaw`
  SELECT i.currency, sum(i."openAmount") AS open, count(*)::int AS "openCount",
    coalesce(sum(i."openAmount") FILTER (WHERE i."dueDate" < t.today), 0) AS overdue,
    count(*) FILTER (WHERE i."dueDate" < t.today)::int AS "overdueCount"
  FROM "Invoice" i JOIN "Debtor" d ON d.id = i."debtorId" JOIN "Administration" a ON a.id = d."administrationId"
    CROSS JOIN LATERAL (SELECT (${now}::timestamptz AT TIME ZONE a."timeZone")::date AS today) t
  WHERE i."debtorId" = ${debtorId} AND i.status = 'open' GROUP BY i.currency ORDER BY i.currency`

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
