import { may, type Staff } from '#people'
import { type AutonomyGrantModel, type Db, fromInstant, type Prisma, recordAudit } from '#platform'
import type { AutonomyLevel } from '../autonomy-kind.ts'
import type { ProposalsDeps } from '../deps.ts'
import { grantEnded } from '../jobs.ts'
import { transaction } from '../propose.ts'
import type { RecordState } from './bound.ts'
import { type Combination, canBeEarned, highestLevel, lowest } from './combination.ts'
import { isSparse, readRecords } from './record.ts'

/** The grant under which an action runs, and the record that it rests on. */
export type Standing = { grant: AutonomyGrantModel; record: RecordState }

/**
 * What stands granted for a combination of a mailbox: its own grant, or that of all mailboxes where its own record is sparse or good as well;
 * undefined without one. Records are read only where something is granted: every new mail asks.
 */
export async function standingOf(db: Db, combination: Combination & { mailboxId: number }): Promise<Standing | undefined> {
  const { kind, intent, language, mailboxId } = combination
  const grants = await db.autonomyGrant.findMany({ where: { kind, intent, language, endedAt: null, OR: [{ mailboxId }, { mailboxId: null }] } })
  const [ownGrant, shared] = [grants.find(each => each.mailboxId === mailboxId), grants.find(each => each.mailboxId === null)]
  if (!ownGrant && !shared) return undefined
  const { own, all } = await readRecords(db, combination)
  // A bad case that came while it was being granted ends no grant, but its record does not pass any more.
  if (ownGrant) return own.passedAt === null ? undefined : { grant: ownGrant, record: own }
  const covers = all.passedAt !== null && (isSparse(own) || own.passedAt !== null)
  return covers && shared ? { grant: shared, record: all } : undefined
}

export type GrantOutcome =
  | { kind: 'granted'; level: AutonomyLevel }
  | { kind: 'revoked' }
  | { kind: 'not_allowed' }
  /** `always_person`: never; `not_earned`: its record has not passed; `ceiling`: the settings keep it at asking; `gone`: it stands otherwise by now. */
  | { kind: 'refused'; why: 'always_person' | 'not_earned' | 'ceiling' | 'gone' }

export type GrantRequest = { staffId: number; combination: Combination; give: boolean }

/** Grants a combination what its record earned, or takes it back at once, with its audit row. */
export function decideGrant(deps: ProposalsDeps, { staffId, combination, give }: GrantRequest): Promise<GrantOutcome> {
  return deps.client.$transaction(async tx => {
    const person = await tx.staff.findUnique({ where: { id: staffId } })
    if (!person || !may(person, 'set_autonomy')) return { kind: 'not_allowed' }
    // Two who press at once make one grant.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`autonomy ${JSON.stringify(combination)}`}))`
    const standing = await tx.autonomyGrant.findFirst({ where: { ...combination, endedAt: null } })
    return give ? grant(tx, deps, person, combination, standing) : revoke(tx, deps, person, standing)
  }, transaction)
}

async function grant(tx: Db, deps: ProposalsDeps, person: Staff, combination: Combination, standing: AutonomyGrantModel | null): Promise<GrantOutcome> {
  const level = levelFor(deps, combination)
  if (standing) return { kind: 'refused', why: 'gone' }
  if (!canBeEarned(combination)) return { kind: 'refused', why: 'always_person' }
  if (level === 'ask') return { kind: 'refused', why: 'ceiling' }
  const { own, all } = await readRecords(tx, combination)
  const record = combination.mailboxId === null ? all : own
  if (record.passedAt === null) return { kind: 'refused', why: 'not_earned' }
  const grantedAt = fromInstant(deps.clock.now())
  const row = await tx.autonomyGrant.create({ data: { ...combination, level, record: asRecord(record), grantedAt, grantedById: person.id } })
  const detail = { ...combination, level, record: asRecord(record) }
  await recordAudit(tx, { actor: `staff:${person.id}`, event: 'autonomy.granted', subject: `autonomy:${row.id}`, detail })
  return { kind: 'granted', level }
}

const asRecord = ({ n, unchanged, bound, passedAt }: RecordState): Prisma.InputJsonObject => ({ n, unchanged, bound, look: passedAt })

async function revoke(tx: Db, deps: ProposalsDeps, person: Staff, standing: AutonomyGrantModel | null): Promise<GrantOutcome> {
  if (!standing) return { kind: 'refused', why: 'gone' }
  await end(tx, deps, standing.id, { endReason: 'revoked', endedById: person.id }, { actor: `staff:${person.id}`, event: 'autonomy.revoked' })
  return { kind: 'revoked' }
}

/** What a kind of action may do by itself under the settings as they stand now. */
export const levelFor = (deps: Pick<ProposalsDeps, 'rules'>, { kind }: Pick<Combination, 'kind'>): AutonomyLevel => {
  const { autonomy } = deps.rules()
  return autonomy.on ? lowest([autonomy[kind as 'send_reply'] ?? 'ask', highestLevel(kind)]) : 'ask'
}

/** Ends what stands granted on combinations, for their mailbox and for all together, because of one bad case each; their records begin anew after it. */
export async function demote(tx: Db, deps: EndingDeps, bad: (Combination & { caseId: number })[]): Promise<void> {
  if (bad.length === 0) return
  const of = bad.map(({ kind, intent, language, mailboxId }) => ({ kind, intent, language, OR: [{ mailboxId }, { mailboxId: null }] }))
  const standing = await tx.autonomyGrant.findMany({ where: { endedAt: null, OR: of }, orderBy: { id: 'asc' } })
  for (const each of standing) {
    const found = bad.find(({ kind, intent, language }) => each.kind === kind && each.intent === intent && each.language === language)
    await end(tx, deps, each.id, { endReason: 'bad_case', endCaseId: found?.caseId ?? null }, { actor: 'duncan', event: 'autonomy.demoted' })
  }
}

/** Ends every grant of a database that was restored: bad cases and what was taken back since the backup are not known. Returns how many stood. */
export async function endAllGrants(tx: Db, deps: EndingDeps): Promise<number> {
  const standing = await tx.autonomyGrant.findMany({ where: { endedAt: null }, orderBy: { id: 'asc' }, select: { id: true } })
  for (const { id } of standing) await end(tx, deps, id, { endReason: 'restored' }, { actor: 'cli', event: 'autonomy.ended' })
  return standing.length
}

type EndingDeps = Pick<ProposalsDeps, 'clock' | 'queue'>
type Ending = { endReason: EndReason; endedById?: number; endCaseId?: number | null }

/** Why a grant ended. `restored`: with the backup that the database was restored from. */
export type EndReason = 'revoked' | 'bad_case' | 'restored'

/** Ends one grant, with its audit row; what was decided on it and has not left comes back, and its people are told. */
async function end(tx: Db, { clock, queue }: EndingDeps, id: number, ending: Ending, { actor, event }: { actor: string; event: string }): Promise<void> {
  const { count } = await tx.autonomyGrant.updateMany({ where: { id, endedAt: null }, data: { ...ending, endedAt: fromInstant(clock.now()) } })
  if (count === 0) return
  await recordAudit(tx, { actor, event, subject: `autonomy:${id}`, ...(ending.endCaseId && { detail: { case: ending.endCaseId } }) })
  await queue.send(tx, grantEnded, { grantId: id })
}
