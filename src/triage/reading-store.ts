import type { Db, Prisma } from '#platform'
import { type Reading, readingSchema } from './reading.ts'

/** Stores what was read in a message; a second reading of the same message replaces the first. */
export async function storeReading(db: Db, messageId: number, reading: Reading): Promise<void> {
  const row = { engine: reading.engine, reading: reading as Prisma.InputJsonValue }
  await db.reading.upsert({ where: { messageId }, create: { messageId, ...row }, update: row })
}

/** The stored reading of a message, or undefined when it was not read yet. */
export async function findReading(db: Db, messageId: number): Promise<Reading | undefined> {
  const row = await db.reading.findUnique({ where: { messageId } })
  return row ? readingSchema.parse(row.reading) : undefined
}
