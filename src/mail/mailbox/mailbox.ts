import type { Readable } from 'node:stream'

/** What a folder's sync has stored so far. */
export type FolderCursor = { uidValidity: bigint | null; lastUid: bigint; highestModseq: bigint | null }

/** One mail as the mailbox hands it on; the source is a stream when the mail is large. */
export type FetchedMail = {
  uid: bigint
  uidValidity: bigint
  /** When the mailbox received it; undefined when the mailbox does not say. */
  internalDate: Date | undefined
  size: number
  flags: string[]
  source: Buffer | Readable
  /** Why the source is not the mail itself: the server lists it but does not hand it out. */
  problem?: string
}

export type FolderRole = 'inbox' | 'sent'
export type Folder = { path: string; role: FolderRole }

/** A batch of mails and the cursor that is true once they are stored: store both in one transaction. */
export type FetchedBatch = { folder: Folder; mails: FetchedMail[]; cursor: FolderCursor }

/** A connected mailbox, whatever kind: the port that the sync is written against. */
export type Mailbox = {
  /** The folders to sync, the Sent folder among them when there is one. */
  folders: () => Promise<Folder[]>
  /** Mails that came after the cursor, oldest first, in batches. Ends normally only when the folder was seen to its end. */
  fetchSince: (folder: Folder, cursor: FolderCursor) => AsyncIterable<FetchedBatch>
  /** Resolves when something may have arrived in one of the folders, or when the signal ends the wait. */
  waitForNews: (signal: AbortSignal) => Promise<void>
  /** Marks a mail as handled for colleagues who see the mailbox in their own client (an IMAP keyword, a Maildir flag). */
  markHandled: (folder: Folder, uid: bigint) => Promise<void>
  /** Files a copy of a sent mail in the Sent folder. */
  fileSent: (source: Buffer, sentAt: Date) => Promise<void>
  /** Whether a mail with this Message-ID stands in the Sent folder. */
  hasSent: (internetMessageId: string) => Promise<boolean>
  close: () => Promise<void>
}

/** Opens a new connection. Throws a `DuncanError` with what to do when it cannot. */
export type OpenMailbox = () => Promise<Mailbox>
