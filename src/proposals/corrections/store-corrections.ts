import { type Db, fromInstant, type Prisma, recordAudit } from '#platform'
import { assertedIntents } from '#triage'
import type { ProposalInput } from '../proposal.ts'
import { type Correction, correctionSchema, type Learned } from './correction.ts'
import type { Learning } from './learn.ts'

type Row = { id: number; rule: string; about: string; debtorId: number | null; change: Prisma.JsonValue; staffId: number; createdAt: Date }

const fromRow = ({ staffId, createdAt, ...row }: Row): Correction => correctionSchema.parse({ ...row, by: staffId, at: createdAt.toISOString() })

/** What people corrected on others like this mail: of its debtor with its intents and its sender, in the order in which they said it. */
export async function correctionsFor(db: Db, { link, message, reading }: ProposalInput): Promise<Correction[]> {
  if (link.kind !== 'linked') return []
  const rows = await db.correction.findMany({ where: { debtorId: link.debtorId, forgottenAt: null }, orderBy: { id: 'asc' } })
  const [intents, sender] = [assertedIntents(reading), message.from?.address.toLowerCase()]
  return rows.map(fromRow).filter(({ rule, about }) => {
    if (rule === 'recipients') return about === sender
    return rule === 'wording' || intents.some(intent => about.split(' ')[0] === intent)
  })
}

/** The debtor that a person once linked this sender's mail to, where nothing but a guess stands against it. */
export async function learnedLink(db: Db, { link, message, reading }: ProposalInput): Promise<Correction | undefined> {
  const sender = message.from?.address.toLowerCase()
  const isGuess = link.kind !== 'linked' || ['name', 'contact_domain'].includes(link.reason)
  if (!sender || !isGuess || reading.quarantine.length > 0) return undefined
  const row = await db.correction.findFirst({ where: { rule: 'link', about: sender, forgottenAt: null }, orderBy: { id: 'desc' } })
  return row ? fromRow(row) : undefined
}

/** Keeps corrections of a person, with their audit rows; a newer one on the same takes the place of the older. */
export async function keepCorrections({ tx, deps, proposal, person }: Learning, learned: Learned[]): Promise<void> {
  const now = fromInstant(deps.clock.now())
  for (const { rule, debtorId, about, change } of learned) {
    const standing = { rule, about, forgottenAt: null, ...(rule !== 'link' && { debtorId }) }
    await tx.correction.updateMany({ where: standing, data: { forgottenAt: now, forgottenById: person.id } })
    const row = await tx.correction.create({ data: { rule, debtorId, about, change, proposalId: proposal.id, staffId: person.id, createdAt: now } })
    const detail = { rule, debtor: debtorId, proposal: proposal.id }
    await recordAudit(tx, { actor: `staff:${person.id}`, event: 'correction.learned', subject: `correction:${row.id}`, detail, content: { about, change } })
  }
}

/** Lets a correction go, with its audit row; false when it is gone already. */
export async function forgetCorrection(tx: Db, id: number, staffId: number, at: Date): Promise<boolean> {
  const { count } = await tx.correction.updateMany({ where: { id, forgottenAt: null }, data: { forgottenAt: at, forgottenById: staffId } })
  if (count === 1) await recordAudit(tx, { actor: `staff:${staffId}`, event: 'correction.forgotten', subject: `correction:${id}` })
  return count === 1
}

/** What stands learned, newest first, with its debtor. */
export async function listCorrections(db: Db, where: Prisma.CorrectionWhereInput, limit: number): Promise<(Correction & { proposalId: number })[]> {
  const rows = await db.correction.findMany({ where: { ...where, forgottenAt: null }, orderBy: { id: 'desc' }, take: limit })
  return rows.map(row => ({ ...fromRow(row), proposalId: row.proposalId }))
}
