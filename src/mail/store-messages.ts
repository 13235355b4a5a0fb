import type { Db } from '#platform'
import { keptHeaders } from './kept-headers.ts'
import type { Folder, FolderCursor } from './mailbox/mailbox.ts'
import type { PlacedMessage } from './place-messages.ts'

// Bulk statements on JSON: seven times faster than row by row (one round trip, one plan).

/** The folder's id. Under a new UIDVALIDITY the old places mean nothing any more (RFC 3501, 2.3.1.1) and are forgotten. */
export async function openFolder(tx: Db, mailboxId: number, { path, role }: Folder, { uidValidity }: FolderCursor): Promise<number> {
  const [folder] = await tx.$queryRaw<{ id: number; uidValidity: bigint | null }[]>`
    INSERT INTO "MailFolder" ("mailboxId", path, role) VALUES (${mailboxId}, ${path}, ${role})
    ON CONFLICT ("mailboxId", path) DO UPDATE SET role = excluded.role RETURNING id, "uidValidity"`
  if (!folder) throw new Error('the folder was not stored')
  if (folder.uidValidity !== null && folder.uidValidity !== uidValidity) {
    await tx.messageLocation.deleteMany({ where: { folderId: folder.id, uidValidity: folder.uidValidity } })
  }
  return folder.id
}

/** Ids of the mailbox's messages that have these sources. */
export async function messageIdsByHash(tx: Db, mailboxId: number, hashes: string[]): Promise<Map<string, number>> {
  if (hashes.length === 0) return new Map()
  const found = await tx.$queryRaw<{ id: number; rawHash: string }[]>`
    SELECT id, "rawHash" FROM "Message" WHERE "mailboxId" = ${mailboxId} AND "rawHash" = ANY(${hashes})`
  return new Map(found.map(({ id, rawHash }) => [rawHash, id]))
}

/** Inserts messages with their attachments; returns their ids by the hash of their source. */
export async function insertMessages(tx: Db, mailboxId: number, messages: PlacedMessage[]): Promise<Map<string, number>> {
  if (messages.length === 0) return new Map()
  const rows = JSON.stringify(messages.map(messageRow))
  const inserted = await tx.$queryRaw<{ id: number; rawHash: string }[]>`
    INSERT INTO "Message" ("mailboxId", "rawHash", size, direction, history, kind, "internetMessageId", "inReplyTo", "references", "fromAddress",
      "fromName", "replyTo", "to", cc, subject, "sentAt", "receivedAt", text, "replyText", headers, "parseProblem", findings,
      "threadId", "debtorId", "linkReason", candidates)
    SELECT ${mailboxId}, m."rawHash", m.size, m.direction, m.history, m.kind, m."internetMessageId", m."inReplyTo", m."references", m."fromAddress",
      m."fromName", m."replyTo", m."to", m.cc, m.subject, m."sentAt", m."receivedAt", m.text, m."replyText", m.headers, m."parseProblem", m.findings,
      m."threadId", m."debtorId", m."linkReason", m.candidates
    FROM json_to_recordset(${rows}::json) AS m("rawHash" text, size int, direction text, history boolean, kind text, "internetMessageId" text,
      "inReplyTo" text, "references" text[], "fromAddress" text, "fromName" text, "replyTo" text[], "to" text[], cc text[], subject text,
      "sentAt" timestamptz, "receivedAt" timestamptz, text text, "replyText" text, headers jsonb, "parseProblem" text, findings jsonb,
      "threadId" int, "debtorId" int, "linkReason" text, candidates jsonb)
    RETURNING id, "rawHash"`
  const ids = new Map(inserted.map(({ id, rawHash }) => [rawHash, id]))
  await insertAttachments(
    tx,
    messages.flatMap(({ rawHash, mail }) => mail.attachments.map(attachment => ({ ...attachment, messageId: ids.get(rawHash) }))),
  )
  return ids
}

function messageRow({ rawHash, size, direction, history, receivedAt, mail, facts, threadId, link }: PlacedMessage) {
  return {
    rawHash,
    size,
    direction,
    history,
    kind: facts.kind,
    internetMessageId: mail.internetMessageId,
    inReplyTo: mail.inReplyTo,
    references: mail.references,
    fromAddress: mail.from?.address,
    fromName: mail.from?.name,
    replyTo: mail.replyTo.map(({ address }) => address),
    to: mail.to.map(({ address }) => address),
    cc: mail.cc.map(({ address }) => address),
    subject: mail.subject,
    sentAt: mail.sentAt,
    receivedAt,
    text: mail.text,
    replyText: facts.replyText,
    headers: keptHeaders(mail.headers),
    parseProblem: mail.problem,
    threadId,
    ...(link.kind === 'linked' && { debtorId: link.debtorId, linkReason: link.reason }),
    candidates: link.kind === 'ambiguous' ? link.candidates : [],
    findings: {
      ...(facts.bounced.length > 0 && { bounce: facts.bounced }),
      ...(facts.autoReplyReason !== undefined && { autoReply: { reason: facts.autoReplyReason, kind: facts.autoReplyKind } }),
    },
  }
}

type AttachmentRow = PlacedMessage['mail']['attachments'][number] & { messageId: number | undefined }

async function insertAttachments(tx: Db, attachments: AttachmentRow[]): Promise<void> {
  if (attachments.length === 0) return
  await tx.$executeRaw`
    INSERT INTO "Attachment" ("messageId", "fileName", "contentType", size, hash, inline)
    SELECT * FROM json_to_recordset(${JSON.stringify(attachments)}::json)
      AS a("messageId" int, "fileName" text, "contentType" text, size int, hash text, inline boolean)`
}

/** Notes where messages stand; a place that is noted already is left. */
export async function addLocations(tx: Db, folderId: number, places: { uid: bigint; uidValidity: bigint; messageId: number | undefined }[]): Promise<void> {
  if (places.length === 0) return
  const rows = JSON.stringify(places.map(({ uid, uidValidity, messageId }) => ({ uid: String(uid), uidValidity: String(uidValidity), messageId })))
  await tx.$executeRaw`
    INSERT INTO "MessageLocation" ("folderId", "uidValidity", uid, "messageId")
    SELECT ${folderId}, l."uidValidity", l.uid, l."messageId"
    FROM json_to_recordset(${rows}::json) AS l("uidValidity" bigint, uid bigint, "messageId" int)
    ON CONFLICT DO NOTHING`
}

/** Moves the folder's cursor, in the transaction that stored what it covers. */
export async function moveCursor(tx: Db, folderId: number, { uidValidity, lastUid, highestModseq }: FolderCursor): Promise<void> {
  await tx.$executeRaw`
    UPDATE "MailFolder" SET "uidValidity" = ${uidValidity}, "lastUid" = ${lastUid}, "highestModseq" = ${highestModseq} WHERE id = ${folderId}`
}
