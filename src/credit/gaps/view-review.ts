import type { Temporal } from 'temporal-polyfill'
import { type AgedBalance, agingOf } from '#ledger'
import { debtorsInSight, type Sight } from '#people'
import type { Db } from '#platform'
import type { GapReason } from '../identify.ts'
import { type Candidate, candidatesOf } from '../parties/candidate.ts'
import { markOf } from './declined.ts'

type Decided = { by: string; at: Date }

export type ReviewState =
  /** `mark`: the question as it stands; a button of another one is refused. */
  | { kind: 'open'; reason: GapReason; candidates: (Candidate & { court: string | undefined })[]; mark: string; declined: Decided | undefined }
  | { kind: 'chosen'; company: string; decided: Decided }
  /** By its number, without a person. */
  | { kind: 'linked'; company: string }
  /** Nobody was asked yet. */
  | { kind: 'unasked' }

export type ReviewView = {
  debtor: {
    id: number
    number: string
    name: string
    country: string | null
    /** As the ledger has it, valid or not. */
    companyNumber: string | null
    court: string | null
    vatNumber: string | null
    address: string | null
  }
  administration: { id: number; code: string; name: string }
  balances: AgedBalance[]
  state: ReviewState
}

/** Which company a debtor is or may be, for who decides it; undefined when there is no such debtor in sight. */
export async function viewReview(db: Db, { sight, today }: { sight: Sight; today: Temporal.PlainDate }, debtorId: number): Promise<ReviewView | undefined> {
  const debtor = await db.debtor.findFirst({
    where: { id: debtorId, ...debtorsInSight(sight) },
    include: { administration: true, contacts: { where: { address: { not: null } }, orderBy: { id: 'asc' }, take: 1 } },
  })
  if (!debtor) return undefined
  const { id, number, name, country, companyNumber, companyNumberGiven, companyNumberCourt: court, vatNumber, contacts, administration } = debtor
  return {
    debtor: { id, number, name, country, companyNumber: companyNumber ?? companyNumberGiven, court, vatNumber, address: contacts[0]?.address ?? null },
    administration: { id: administration.id, code: administration.code, name: administration.name },
    balances: await agingOf(db, today, { debtorIds: [id] }),
    state: await stateOf(db, id),
  }
}

async function stateOf(db: Db, debtorId: number): Promise<ReviewState> {
  const link = await db.creditLink.findUnique({ where: { debtorId }, include: { company: true } })
  const gap = await db.creditGap.findUnique({ where: { debtorId } })
  if (link && !gap) {
    if (link.source !== 'chosen') return { kind: 'linked', company: link.company.name }
    return { kind: 'chosen', company: link.company.name, decided: { by: await nameOf(db, link.linkedBy), at: link.linkedAt } }
  }
  if (!gap) return { kind: 'unasked' }
  const declined = gap.declinedBy && gap.declinedAt ? { by: await nameOf(db, gap.declinedBy), at: gap.declinedAt } : undefined
  const candidates = candidatesOf(gap.candidates)
  return { kind: 'open', reason: gap.reason as GapReason, candidates: await withCourts(db, candidates), mark: markOf(gap), declined }
}

/** A search does not tell the court; a report that was once ordered of the company does. */
async function withCourts(db: Db, candidates: Candidate[]) {
  const where = { bureauId: { in: candidates.map(({ companyId }) => companyId) } }
  const known = await db.creditCompany.findMany({ where, select: { bureau: true, bureauId: true, identity: true } })
  return candidates.map(candidate => {
    const identity = known.find(each => each.bureau === candidate.bureau && each.bureauId === candidate.companyId)?.identity as { court?: string } | undefined
    return { ...candidate, court: identity?.court }
  })
}

async function nameOf(db: Db, actor: string): Promise<string> {
  const id = /^staff:(\d+)$/.exec(actor)?.[1]
  const staff = id === undefined ? null : await db.staff.findUnique({ where: { id: Number(id) }, select: { name: true } })
  return staff?.name ?? actor
}
