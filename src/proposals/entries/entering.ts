import { reportingTotal } from '#ledger'
import { type DecidedKind, debtorsInSight, judge, mailboxesIn, type Person, readRightsPolicy, type Staff, sightOf, type Verdict } from '#people'
import { type Db, type DebtorEntryModel, fromInstant, type Prisma, recordAudit } from '#platform'
import { openAmount } from '../amount-at-stake.ts'
import type { ProposalsDeps } from '../deps.ts'
import { entryChanged } from '../jobs.ts'
import { isId } from '../store.ts'
import type { EntryOutcome, EntryStatus } from './entry.ts'
import { debtorIdsOf, type EntryContent, entryContentSchema, invoiceIdsOf, mailboxIdOf, rulesOf } from './kinds/index.ts'
import type { EntryDebtor, EntryWork } from './kinds/kind.ts'

/** One transaction about one entry of one debtor. `person`: who acts; Duncan when left out. `leaves`: after the undo window when left out. */
export type Entering = { tx: Db; deps: ProposalsDeps; debtor: EntryDebtor; person?: Staff; surface: string; leaves?: EntryWork['leaves'] }

/** The same where a person acts. */
export type PersonEntering = Entering & { person: Staff }

/** A debtor with its administration, if it is in the person's sight; for Duncan every one is. */
export async function debtorFor(tx: Db, person: Staff | undefined, id: number): Promise<EntryDebtor | null> {
  if (!isId(id)) return null
  const inSight = person ? debtorsInSight(sightOf(person)) : {}
  return tx.debtor.findFirst({ where: { id, ...inSight }, include: { administration: true } })
}

/** Whether all that an entry is about is in the person's sight: each of its debtors, and the mailbox that its mail leaves from. */
export async function seesAllOf(tx: Db, person: Staff, content: EntryContent): Promise<boolean> {
  const ids = debtorIdsOf(content)
  const mailboxId = mailboxIdOf(content)
  const mailboxes = mailboxesIn(sightOf(person))
  if (mailboxId !== null && mailboxes !== 'all' && (await tx.mailbox.count({ where: { id: mailboxId, key: { in: mailboxes } } })) === 0) return false
  if (ids.length === 0) return true
  const [all, seen] = [
    await tx.debtor.count({ where: { id: { in: ids } } }),
    await tx.debtor.count({ where: { id: { in: ids }, ...debtorsInSight(sightOf(person)) } }),
  ]
  return all === seen
}

/** What the kinds work with. */
export function workOf({ tx, deps, debtor, leaves }: Entering): EntryWork {
  const { clock, rules, config } = deps
  const { administration } = debtor
  const now = clock.now()
  return {
    tx,
    debtor,
    now,
    today: clock.today(administration.timeZone),
    calendar: rules().calendarOf(administration),
    rules: rules(),
    leaves: leaves ?? { at: now.add({ seconds: config.DUNCAN_UNDO_SECONDS }), automatic: false },
    deps,
  }
}

/** Whether this person's vote decides it, counts as the first of two, or is refused. */
export async function judgeFirst(entering: Entering, person: Person, content: EntryContent): Promise<Verdict> {
  const total = await stakeOf(entering, content)
  const beyond: DecidedKind[] = isBeyondInsurance(content) ? ['beyond_insurance'] : []
  const kinds = [...rulesOf(content.kind).actionKinds, ...beyond].map(kind => ({ kind, amount: total }))
  return judge(person, await readRightsPolicy(entering.tx), { vote: 'first', stake: { total, kinds } })
}

/** Whether it waits longer for money than the debtor's credit insurance goes along with. */
export const isBeyondInsurance = (content: EntryContent): boolean => 'insurance' in content && content.insurance !== undefined

/** What it is about in the reporting currency, as of a proposal; null when a rate is missing: that counts as above every limit. */
export async function stakeOf({ tx, deps, debtor }: Entering, content: EntryContent): Promise<Prisma.Decimal | null> {
  const amounts = rulesOf(content.kind).stake?.(content)
  const ids = invoiceIdsOf(content)
  if (!amounts) return ids.length > 0 ? openAmount(tx, deps, [debtor.id, ...debtorIdsOf(content)], ids) : openAmount(tx, deps, [debtor.id], 'all')
  const total = await reportingTotal(tx, amounts, deps.rules().reporting, deps.clock.today(deps.config.DUNCAN_TIME_ZONE))
  return total.kind === 'total' ? total.amount : null
}

/** Writes what became of an entry, with its audit row; one that was opened has its card drawn anew. */
export async function settle(
  entering: Entering,
  entry: DebtorEntryModel,
  status: EntryStatus,
  { event = `entry.${status}`, ...data }: Prisma.DebtorEntryUpdateInput & { event?: string } = {},
): Promise<EntryOutcome> {
  const { tx, deps, person } = entering
  const decided = status === 'proposed' ? { decidedAt: null, decidedById: null } : { decidedAt: fromInstant(deps.clock.now()), decidedById: person?.id ?? null }
  const settled = await tx.debtorEntry.update({ where: { id: entry.id }, data: { ...decided, ...data, status } })
  if (status !== 'proposed' && status !== 'awaiting_second' && status !== 'done') {
    const content = entryContentSchema.parse(settled.payload)
    await rulesOf(content.kind).ended?.(workOf(entering), content, status)
  }
  await auditEntry(entering, settled, event, { enteredBy: entry.staffId })
  await announce(entering, settled)
  return enteredAs(settled)
}

/** Has the card of an opened entry drawn; what somebody entered by a form has none that others see. */
export async function announce({ tx, deps }: Entering, { id, why }: DebtorEntryModel): Promise<void> {
  if (why !== null) await deps.queue.send(tx, entryChanged, { entryId: id })
}

export const enteredAs = ({ id, status }: Pick<DebtorEntryModel, 'id' | 'status'>): EntryOutcome => ({
  kind: 'entered',
  entryId: id,
  status: status as EntryStatus,
})

/** The audit row of what happened to an entry. Its text is prose: only its hash enters the chain. */
export async function auditEntry(
  { tx, person, surface }: Entering,
  entry: DebtorEntryModel,
  event: string,
  detail: Prisma.InputJsonObject = {},
): Promise<void> {
  const content = entryContentSchema.parse(entry.payload)
  const prose = rulesOf(content.kind).prose?.(content)
  await recordAudit(tx, {
    actor: person ? `staff:${person.id}` : 'duncan',
    event,
    subject: `entry:${entry.id}`,
    detail: { debtor: entry.debtorId, kind: content.kind, invoices: invoiceIdsOf(content), surface, ...detail },
    ...(prose && { content: prose }),
  })
}
