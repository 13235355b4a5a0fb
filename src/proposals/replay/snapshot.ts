import { createHash } from 'node:crypto'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { Temporal } from 'temporal-polyfill'
import { currentRelease, type Db, DuncanError, fromInstant, type Release } from '#platform'
import type { Carried, PlanWithCopies, Prepared } from '../plan.ts'
import { decode, encode } from './encode.ts'
import { type Answers, answering } from './recording.ts'

/** Everything that a plan came from, and what it was. The words of the mail stay with the mail; here is their hash. */
export type Snapshot = { prepared: Omit<Prepared, 'handled'>; carried: Carried; planned: PlanWithCopies }

type Stored = {
  /** The release that planned it. */
  release: Release
  mail: { messageId: number; hash: string }
  prepared: Omit<Prepared, 'handled' | 'answers'>
  answers: Answers
  carried: Carried
  planned: unknown
}

const sha256 = (content: string): string => createHash('sha256').update(content).digest('hex')

/** Keeps what a proposal was planned from; returns the hash that enters the audit trail. */
export async function keepSnapshot(
  tx: Db,
  proposalId: number,
  { prepared, carried, planned }: Omit<Snapshot, 'prepared'> & { prepared: Prepared },
  now: Temporal.Instant,
): Promise<string> {
  const { situation, lock, needsPerson, corrections, answers } = prepared
  const { message, messageId } = situation.input
  const input = { ...situation.input, message: { ...message, replyText: '' } }
  const stored = {
    release: currentRelease(),
    mail: { messageId, hash: sha256(message.replyText) },
    prepared: { situation: { ...situation, input }, input, lock, needsPerson, corrections },
    carried,
    planned,
  }
  const content = JSON.stringify({ ...(encode(stored) as object), answers })
  const hash = sha256(content)
  await tx.proposalSnapshot.create({ data: { proposalId, content: Uint8Array.from(gzipSync(content)), hash, createdAt: fromInstant(now) } })
  return hash
}

/** `release`: that planned it; null where the snapshot does not name it. */
export type OpenedSnapshot = Snapshot & { hash: string; createdAt: Date; release: Release | null }

/** The snapshot of a proposal as it was last planned; undefined for one of a release that kept none. Throws `replay.mail_changed`, `replay.snapshot_changed`. */
export async function openSnapshot(db: Db, proposalId: number): Promise<OpenedSnapshot | undefined> {
  const row = await db.proposalSnapshot.findFirst({ where: { proposalId }, orderBy: { id: 'desc' } })
  if (!row) return undefined
  const content = gunzipSync(row.content).toString('utf8')
  if (sha256(content) !== row.hash) {
    throw new DuncanError('replay.snapshot_changed', `What proposal ${proposalId} was planned from was changed since.`, 'Compare the database with a backup.')
  }
  const { answers, ...coded } = JSON.parse(content) as Stored & { answers: Answers }
  const { mail, prepared, carried, planned, release } = decode(coded, path => answering(answers)(path.replace('/prepared/situation', ''))) as Omit<
    Stored,
    'release'
  > &
    Partial<Stored>
  const message = await db.message.findUnique({ where: { id: mail.messageId }, select: { replyText: true } })
  if (!message || sha256(message.replyText) !== mail.hash) {
    throw new DuncanError(
      'replay.mail_changed',
      `The mail of proposal ${proposalId} is not there any more as it was read.`,
      'Restore the mail from a backup, then replay again.',
    )
  }
  prepared.situation.input.message.replyText = message.replyText
  return {
    prepared: { ...prepared, input: prepared.situation.input, answers },
    carried,
    planned: planned as PlanWithCopies,
    hash: row.hash,
    release: release ?? null,
    createdAt: row.createdAt,
  }
}
