import { may, type Sight, sightOf } from '#people'
import { type Db, fromInstant, Prisma, recordAudit } from '#platform'
import { assertedFrom, type Intent } from '#triage'
import type { ProposalsDeps } from './deps.ts'
import { proposalInSight } from './in-sight.ts'
import { proposalChanged, proposalOpened } from './jobs.ts'
import type { Plan, ProposalInput } from './proposal.ts'
import { isId, type StoredAction } from './store.ts'
import { endUndecidedHold } from './undecided-hold.ts'

/** Mails that ask nothing of anybody: thanks, advertisements, and servers that will try again. */
const quiet: readonly Intent[] = ['acknowledgement', 'unrelated', 'bounce']

/** How sure a reading must be for a mail to be filed without a person. */
const sureFrom = 0.8

type Planned = Pick<Plan, 'needsPerson' | 'warnings' | 'sections'>

/**
 * Whether a mail is filed without a card: it asks nothing, surely, nothing is left to be decided about it, and nothing is wrong with it.
 * Thanks with a file may be more than thanks, and what a debtor writes that is not about money may still want an answer, such as about a delivery.
 */
export function filesItself({ reading, message, link }: ProposalInput, planned: Planned, actions: Pick<StoredAction, 'status'>[]): boolean {
  const asserted = reading.intents.filter(({ confidence }) => confidence >= assertedFrom)
  const isSure = asserted.length > 0 && asserted.every(({ intent, confidence }) => quiet.includes(intent) && confidence >= sureFrom)
  const isOfDebtor = link.kind === 'linked' && asserted.some(({ intent }) => intent === 'unrelated')
  const isThanks = asserted.some(({ intent }) => intent === 'acknowledgement')
  const isPlain = reading.quarantine.length === 0 && reading.disagreements.length === 0 && planned.needsPerson === null && planned.warnings.length === 0
  const isSettled = planned.sections.length === 0 && actions.every(({ status }) => status === 'done')
  return isSure && isPlain && isSettled && !isOfDebtor && !(isThanks && message.attachments.length > 0)
}

/** Files the proposal of a mail that asks nothing: it counts as handled, has no card, and can be found. */
export async function file(tx: Db, { clock, queue }: Pick<ProposalsDeps, 'clock' | 'queue'>, proposalId: number): Promise<void> {
  const decidedAt = fromInstant(clock.now())
  await tx.proposal.update({ where: { id: proposalId }, data: { status: 'filed', decidedAt } })
  await endUndecidedHold(tx, proposalId, decidedAt)
  await recordAudit(tx, { actor: 'duncan', event: 'proposal.filed', subject: `proposal:${proposalId}` })
  await queue.send(tx, proposalChanged, { proposalId })
}

/** Opens a filed mail's proposal for people to decide, as somebody who sees it wants; false when that cannot be. */
export async function reopenFiled({ client, clock, queue }: ProposalsDeps, { proposalId, staffId }: { proposalId: number; staffId: number }): Promise<boolean> {
  if (!isId(proposalId)) return false
  return client.$transaction(async tx => {
    const person = await tx.staff.findUnique({ where: { id: staffId } })
    if (!person?.active || !may(person, 'decide')) return false
    const seen = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Proposal" p WHERE p.id = ${proposalId} AND ${proposalInSight(sightOf(person), Prisma.raw('p'))}`
    if (seen.length === 0) return false
    const waitingSince = fromInstant(clock.now())
    const { count } = await tx.proposal.updateMany({
      where: { id: proposalId, status: 'filed' },
      data: { status: 'open', needsPerson: 'unclear', decidedAt: null, waitingSince, ownerId: staffId },
    })
    if (count === 0) return false
    await recordAudit(tx, { actor: `staff:${staffId}`, event: 'proposal.reopened', subject: `proposal:${proposalId}`, detail: { filed: true } })
    await queue.send(tx, proposalOpened, { proposalId })
    return true
  })
}

export type FiledMail = { proposalId: number; subject: string; from: string | null; debtor: string | null; intents: Intent[]; at: Date }

/** The mails in sight that were filed without a card since a moment, and how many; a sample of them, spread by the hash of their ids. */
export async function filedSince(
  db: Db,
  sight: Sight,
  since: Date,
  { limit, offset = 0, sample = false }: { limit: number; offset?: number; sample?: boolean },
) {
  const where = Prisma.sql`p.status = 'filed' AND p."decidedAt" >= ${since} AND ${proposalInSight(sight, Prisma.raw('p'))}`
  const [count] = await db.$queryRaw<{ total: number }[]>`SELECT count(*)::int AS total FROM "Proposal" p WHERE ${where}`
  const order = sample ? Prisma.sql`md5(p.id::text)` : Prisma.sql`p.id DESC`
  const mails = await db.$queryRaw<FiledMail[]>`
    SELECT p.id AS "proposalId", m.subject, m."fromAddress" AS from, d.name AS debtor, m."receivedAt" AS at,
      ARRAY(SELECT i ->> 'intent' FROM jsonb_array_elements(p.basis -> 'reading' -> 'intents') i WHERE (i ->> 'confidence')::float8 >= ${assertedFrom}) AS intents
    FROM "Proposal" p JOIN "Message" m ON m.id = p."messageId" LEFT JOIN "Debtor" d ON d.id = p."debtorId"
    WHERE ${where} ORDER BY ${order} LIMIT ${limit} OFFSET ${offset}`
  return { total: count?.total ?? 0, mails }
}
