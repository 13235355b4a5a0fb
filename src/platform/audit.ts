import { createHash } from 'node:crypto'
import { advisoryLocks } from './advisory-locks.ts'
import type { Db, DbClient } from './db.ts'
import { Prisma } from './db.ts'

export type AuditRecord = {
  /** `staff:3`, `duncan`, `import:12`, `cli`. */
  actor: string
  /** `proposal.approved`, `action.done`, `contact.changed` ... */
  event: string
  /** `proposal:12`, `debtor:7` ... */
  subject: string
  /** Ids, states and counts; no personal data. */
  detail?: Prisma.InputJsonObject
  /** Personal data that belongs to the event. Only its hash enters the chain, so that it can be erased later. */
  content?: Prisma.InputJsonObject
}

/** Writes an audit entry inside the caller's transaction: the trail and the change stand or fall together. */
export async function recordAudit(tx: Db, { actor, event, subject, detail = {}, content }: AuditRecord): Promise<void> {
  const stored = content && storable(content)
  const data = { actor, event, subject, detail: storable(detail), ...(stored && { contentHash: sha256(canonicalJson(stored)) }) }
  const { id: entryId } = await tx.auditEntry.create({ data, select: { id: true } })
  if (stored) await tx.auditContent.create({ data: { entryId, content: stored }, select: { entryId: true } })
}

/** The content as it will be read back: Prisma drops keys named `__proto__` on the way to the database, so they must not be hashed either. */
const storable = (content: Prisma.InputJsonObject): Prisma.InputJsonObject =>
  JSON.parse(JSON.stringify(content), (key, value: unknown) => (key === '__proto__' ? undefined : value)) as Prisma.InputJsonObject

// Chaining inside each transaction would make all writers wait for each other; one sealer does it afterwards.
const batchSize = 500

type ChainedEntry = {
  id: number
  at: Date
  actor: string
  event: string
  subject: string
  detail: Prisma.JsonValue
  contentHash: string | null
}

/** Chains up to 500 entries that are not sealed yet; returns how many. One process at a time seals, the others return 0. */
export async function sealAudit(client: DbClient): Promise<number> {
  return client.$transaction(async tx => {
    const [lock] = await tx.$queryRaw<{ locked: boolean }[]>`SELECT pg_try_advisory_xact_lock(${advisoryLocks.auditSealer}) AS locked`
    if (!lock?.locked) return 0
    const last = await tx.auditEntry.findFirst({ where: { seq: { not: null } }, orderBy: { seq: 'desc' }, select: { seq: true, hash: true } })
    const entries = await tx.auditEntry.findMany({ where: { seq: null }, orderBy: { id: 'asc' }, take: batchSize })
    let { seq, hash } = { seq: last?.seq ?? 0, hash: last?.hash ?? '' }
    const sealed = entries.map(entry => {
      const prevHash = hash
      hash = entryHash(entry, ++seq, prevHash)
      return { id: entry.id, seq, prevHash, hash }
    })
    await tx.$executeRaw`
      UPDATE "AuditEntry" SET seq = s.seq, "prevHash" = s."prevHash", hash = s.hash
      FROM jsonb_to_recordset(${JSON.stringify(sealed)}::jsonb) AS s(id int, seq int, "prevHash" text, hash text) WHERE "AuditEntry".id = s.id`
    return sealed.length
  })
}

export type AuditVerdict = { ok: true; sealed: number; unsealed: number; head: string } | { ok: false; entry: number; problem: string }

/** A verdict's `sealed` and `head`, kept outside the database: whoever owns the database could build a new chain, but not this one. */
export type KeptHead = { sealed: number; head: string }

/** Recomputes the whole chain and says where it breaks, if it does. Content that was erased leaves the chain whole. */
export async function verifyAudit(client: DbClient, kept?: KeptHead): Promise<AuditVerdict> {
  let { seq, hash } = { seq: 0, hash: '' }
  for (;;) {
    const entries = await client.auditEntry.findMany({ where: { seq: { gt: seq } }, orderBy: { seq: 'asc' }, take: batchSize, include: { content: true } })
    if (entries.length === 0) break
    for (const entry of entries) {
      const broken = (problem: string) => ({ ok: false, entry: entry.id, problem }) as const
      if (entry.seq !== seq + 1) return broken(`entries ${seq + 1} to ${(entry.seq ?? 0) - 1} of the chain are missing`)
      if (entry.prevHash !== hash) return broken('it does not follow on the entry before it')
      if (entry.hash !== entryHash(entry, entry.seq, hash)) return broken('it was changed after it was written')
      if (entry.content && sha256(canonicalJson(entry.content.content)) !== entry.contentHash) return broken('its content was changed after it was written')
      ;({ seq, hash } = { seq: entry.seq, hash: entry.hash })
      if (kept?.sealed === seq && kept.head !== hash) return broken('it is not the entry whose hash was kept')
    }
  }
  if (kept && kept.sealed > seq) return { ok: false, entry: 0, problem: `the trail ends at entry ${seq} of the chain, but was ${kept.sealed} long` }
  return { ok: true, sealed: seq, unsealed: await client.auditEntry.count({ where: { seq: null } }), head: hash }
}

function entryHash(entry: ChainedEntry, seq: number, prevHash: string): string {
  const { id, at, actor, event, subject, detail, contentHash } = entry
  return sha256(canonicalJson([seq, prevHash, id, at.toISOString(), actor, event, subject, detail, contentHash]))
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** JSON with sorted keys: the database does not keep the order of keys in a JSON column. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
