import { drawLetter } from '#drafting'
import { mailInSight, type Sight } from '#people'
import { type Db, Prisma } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { nameOfFile } from '../entries/kinds/named-invoices.ts'
import { viewEntry } from '../entries/view-entry.ts'
import { type PackagePart, packageParts } from './hand-over/package-parts.ts'

/**
 * What an entry would write, as a person looks at it before they decide. A letter is as it is printed. Of a hand-over its parts are listed as they
 * are found now, sizes in bytes; `hiddenMails`: how many mails go with it that the person may not see.
 */
export type EntryFile =
  | { kind: 'letter'; fileName: string; content: Buffer }
  | { kind: 'hand_over'; parts: { name: string; size: number }[]; missing: string[]; hiddenMails: number }

/** The letter of an entry, or the list of what its hand-over holds; undefined where it is not in sight or is neither. */
export async function entryFile(deps: ProposalsDeps, sight: Sight, entryId: number): Promise<EntryFile | undefined> {
  const entry = await viewEntry(deps.client, sight, entryId)
  if (entry?.content.kind === 'hand_over') return listHandOver(deps, sight, entry.content.invoiceIds)
  if (entry?.content.kind !== 'dunning' || !entry.content.letter) return undefined
  const { letter, actionId } = entry.content
  return { kind: 'letter', fileName: nameOfFile(letter.date, entry.debtor.number, `${actionId}.pdf`), content: await drawLetter(letter) }
}

async function listHandOver(deps: ProposalsDeps, sight: Sight, invoiceIds: number[]): Promise<EntryFile> {
  const parts: PackagePart[] = []
  for await (const part of packageParts(deps, invoiceIds)) parts.push(part)
  const seen = await mailsInSight(
    deps.client,
    sight,
    parts.flatMap(({ messageId }) => messageId ?? []),
  )
  const isSeen = ({ messageId }: PackagePart) => messageId === undefined || seen.has(messageId)
  const shown = parts.filter(isSeen)
  return {
    kind: 'hand_over',
    parts: shown.flatMap(part => (part.kind === 'there' ? [{ name: part.name, size: part.size }] : [])),
    missing: shown.flatMap(({ kind, name }) => (kind === 'missing' ? [name] : [])),
    hiddenMails: parts.length - shown.length,
  }
}

async function mailsInSight(db: Db, sight: Sight, ids: number[]): Promise<Set<number>> {
  const rows = await db.$queryRaw<{ id: number }[]>`SELECT m.id FROM "Message" m WHERE m.id = ANY(${ids}::int[]) AND ${mailInSight(sight, Prisma.raw('m'))}`
  return new Set(rows.map(({ id }) => id))
}
