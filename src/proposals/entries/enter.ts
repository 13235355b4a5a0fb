import { Temporal } from 'temporal-polyfill'
import { reportingTotal, searchNumber } from '#ledger'
import { debtorsInSight, judge, may, readRightsPolicy, type Staff, sightOf } from '#people'
import { type Db, type DebtorEntryModel, fromInstant, Prisma, recordAudit } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { transaction } from '../propose.ts'
import { asJson, isId } from '../store.ts'
import { carryOut, takeEntryBack } from './carry-out.ts'
import { actionKinds, type EntryContent, type EntryOutcome, type EntryProblem, type EntryRequest, type EntryVote, entryContentSchema } from './entry.ts'

type Entering = { tx: Db; deps: ProposalsDeps; person: Staff }
type EntryDebtor = Prisma.DebtorGetPayload<{ include: { administration: true } }>

/**
 * Takes what a colleague enters about a debtor in their sight, by the same limits as an approval: it is done at once, or counts as the
 * first of two votes. A form that is sent twice is taken once.
 */
export async function enter(deps: ProposalsDeps, request: EntryRequest): Promise<EntryOutcome> {
  return deps.client.$transaction<EntryOutcome>(async tx => {
    const person = await tx.staff.findUnique({ where: { id: request.staffId } })
    if (!person?.active) return { kind: 'not_allowed', why: 'not_staff' }
    const debtor = await debtorOf({ tx, person }, request.debtorId)
    if (!debtor) return { kind: 'not_found' }
    if (!may(person, 'decide')) return { kind: 'not_allowed', why: 'no_right' }
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`entry ${request.formKey}`}))`
    const known = await tx.debtorEntry.findUnique({ where: { formKey: request.formKey } })
    if (known) return known.staffId === person.id ? enteredAs(known.id, known.status) : { kind: 'not_found' }
    const read = await checkContent({ tx, deps, person }, debtor, request)
    return 'code' in read ? { kind: 'invalid', problem: read } : write({ tx, deps, person }, debtor, request, read)
  }, transaction)
}

async function write(entering: Entering, debtor: EntryDebtor, { surface, formKey }: EntryRequest, content: EntryContent): Promise<EntryOutcome> {
  const { tx, deps, person } = entering
  const total = await stakeOf(entering, debtor.id, content)
  const stake = { total, kinds: actionKinds[content.kind].map(kind => ({ kind, amount: total })) }
  const verdict = judge(person, await readRightsPolicy(tx), { vote: 'first', stake })
  if (verdict.kind === 'refused') return { kind: 'not_allowed', why: 'no_right' }
  const isDone = verdict.kind === 'allowed'
  const result = isDone ? await carryOut(tx, debtor.id, content, workOf(deps, debtor)) : Prisma.DbNull
  const status = isDone ? 'done' : 'awaiting_second'
  const createdAt = fromInstant(deps.clock.now())
  const row = { debtorId: debtor.id, kind: content.kind, payload: asJson(content), staffId: person.id, formKey, surface, status, result, createdAt }
  const entry = await tx.debtorEntry.create({ data: { ...row, ...(isDone && { decidedAt: createdAt, decidedById: person.id }) } })
  await audit(entering, entry, isDone ? 'entry.done' : 'entry.first_vote', surface, verdict.kind === 'needs_second' ? { secondVote: verdict.why } : {})
  return enteredAs(entry.id, status)
}

/** Takes the second vote on an entry, withdraws one that waits for it, or takes back one that was done, as long as what it made stands. */
export async function voteOnEntry(deps: ProposalsDeps, { entryId, staffId, surface, kind }: EntryVote): Promise<EntryOutcome> {
  return deps.client.$transaction<EntryOutcome>(async tx => {
    const person = await tx.staff.findUnique({ where: { id: staffId } })
    if (!person?.active) return { kind: 'not_allowed', why: 'not_staff' }
    if (isId(entryId)) await tx.$queryRaw`SELECT id FROM "DebtorEntry" WHERE id = ${entryId} FOR UPDATE`
    const entry = isId(entryId) ? await tx.debtorEntry.findUnique({ where: { id: entryId } }) : null
    const debtor = entry && (await debtorOf({ tx, person }, entry.debtorId))
    if (!entry || !debtor) return { kind: 'not_found' }
    if (!may(person, kind === 'second_vote' ? 'second_vote' : 'decide')) return { kind: 'not_allowed', why: 'no_right' }
    if (entry.status !== (kind === 'undo' ? 'done' : 'awaiting_second')) return { kind: 'changed' }
    const entering = { tx, deps, person }
    if (kind === 'second_vote') return secondVote(entering, debtor, entry, surface)
    if (kind === 'withdraw') return settle(entering, entry, 'withdrawn', surface)
    const isUndone = await takeEntryBack(tx, entry.result, deps.clock.now())
    return isUndone ? settle(entering, entry, 'undone', surface) : { kind: 'changed' }
  }, transaction)
}

async function secondVote(entering: Entering, debtor: EntryDebtor, entry: DebtorEntryModel, surface: string): Promise<EntryOutcome> {
  const { tx, deps, person } = entering
  const verdict = judge(person, await readRightsPolicy(tx), { vote: 'second', makers: [entry.staffId] })
  if (verdict.kind === 'refused') return { kind: 'not_allowed', why: verdict.why === 'own_decision' ? 'own_first_vote' : 'no_right' }
  const result = await carryOut(tx, debtor.id, entryContentSchema.parse(entry.payload), workOf(deps, debtor))
  return settle(entering, entry, 'done', surface, { result })
}

async function settle(
  entering: Entering,
  entry: DebtorEntryModel,
  status: 'done' | 'withdrawn' | 'undone',
  surface: string,
  data: Prisma.DebtorEntryUpdateInput = {},
): Promise<EntryOutcome> {
  const { tx, deps, person } = entering
  await tx.debtorEntry.update({ where: { id: entry.id }, data: { ...data, status, decidedAt: fromInstant(deps.clock.now()), decidedById: person.id } })
  await audit(entering, entry, `entry.${status}`, surface, { enteredBy: entry.staffId })
  return enteredAs(entry.id, status)
}

const enteredAs = (entryId: number, status: string): EntryOutcome => ({ kind: 'entered', entryId, status: status as 'done' })

const debtorOf = async ({ tx, person }: Pick<Entering, 'tx' | 'person'>, id: number): Promise<EntryDebtor | null> =>
  isId(id) ? tx.debtor.findFirst({ where: { id, ...debtorsInSight(sightOf(person)) }, include: { administration: true } }) : null

/** The content with the invoices that its numbers are, or what is wrong with it. */
async function checkContent({ tx, deps }: Entering, debtor: EntryDebtor, { content, invoiceNumbers }: EntryRequest): Promise<EntryContent | EntryProblem> {
  const { today } = workOf(deps, debtor)
  const day = content.kind === 'promise' ? content.promisedOn : content.kind === 'hold' ? content.until : today.toString()
  if (Temporal.PlainDate.compare(Temporal.PlainDate.from(day), today) < 0) return { code: 'day_is_over' }
  if (content.kind === 'promise' && content.amount !== undefined && !new Prisma.Decimal(content.amount).gt(0)) return { code: 'amount' }
  const open = await tx.invoice.findMany({ where: { debtorId: debtor.id, status: 'open' }, select: { id: true, searchNumber: true, kind: true } })
  const known = new Map(open.map(({ id, searchNumber: number }) => [number, id]))
  const unknown = invoiceNumbers.filter(number => !known.has(searchNumber(number)))
  if (unknown.length > 0) return { code: 'unknown_invoices', numbers: unknown }
  const named = [...new Set(invoiceNumbers.flatMap(number => known.get(searchNumber(number)) ?? []))]
  if (content.kind !== 'promise') return { ...content, invoiceIds: named }
  // A promise is about what is open now; a hold on the whole debtor is about what comes later too.
  const promised = named.length > 0 ? named : open.filter(({ kind }) => kind === 'invoice').map(({ id }) => id)
  if (promised.length === 0) return { code: 'nothing_open' }
  return { ...content, currency: content.currency ?? debtor.administration.currency, invoiceIds: promised }
}

/** The open amount that it is about in the reporting currency, as of a proposal; null when a rate is missing: that counts as above every limit. */
async function stakeOf({ tx, deps }: Entering, debtorId: number, { invoiceIds }: EntryContent): Promise<Prisma.Decimal | null> {
  const where = invoiceIds.length > 0 ? { id: { in: invoiceIds } } : { status: 'open' }
  const invoices = await tx.invoice.findMany({ where: { debtorId, ...where }, select: { currency: true, openAmount: true } })
  const amounts = invoices.map(({ currency, openAmount }) => ({ currency, amount: openAmount }))
  const total = await reportingTotal(tx, amounts, deps.rules().reporting, deps.clock.today(deps.config.DUNCAN_TIME_ZONE))
  return total.kind === 'total' ? total.amount : null
}

const workOf = ({ clock, rules }: ProposalsDeps, { administration }: EntryDebtor) => ({
  today: clock.today(administration.timeZone),
  calendar: rules().calendarOf(administration),
})

/** Its text is prose: only its hash enters the chain. */
async function audit({ tx, person }: Entering, entry: DebtorEntryModel, event: string, surface: string, detail: Prisma.InputJsonObject): Promise<void> {
  const content = entryContentSchema.parse(entry.payload)
  await recordAudit(tx, {
    actor: `staff:${person.id}`,
    event,
    subject: `entry:${entry.id}`,
    detail: { debtor: entry.debtorId, kind: content.kind, invoices: content.invoiceIds, surface, ...detail },
    ...(content.kind === 'dispute' && { content: { text: content.text } }),
  })
}
