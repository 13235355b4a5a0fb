import { simpleParser } from 'mailparser'
import type { Blobs } from '#platform'
import { parserOptions } from './parse-mail.ts'

const largestSource = 64 * 1024 * 1024

export type ReadAttachment = { kind: 'read'; content: Buffer } | { kind: 'too_large' } | { kind: 'gone' }

/** The decoded content of one attachment of a stored mail, found by its sha256 (hex) in the raw source of that mail. */
export async function readAttachment(blobs: Pick<Blobs, 'size' | 'stream'>, rawHash: string, hash: string): Promise<ReadAttachment> {
  const size = await blobs.size(rawHash)
  if (size === undefined) return { kind: 'gone' }
  if (size > largestSource) return { kind: 'too_large' }
  const mail = await simpleParser(blobs.stream(rawHash), parserOptions)
  const found = mail.attachments.find(({ checksum }) => checksum === hash)
  return found ? { kind: 'read', content: found.content } : { kind: 'gone' }
}
