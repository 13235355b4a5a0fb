import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Db, DebtorEntryModel } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { whyStepNotAlone } from '../dunning/called-back.ts'
import { isHardStopped, isMovedAway } from '../outdated-mail.ts'
import { type Problem, problemsOfEntry } from '../problem.ts'
import { debtorFor, workOf } from './entering.ts'
import { debtorIdsOf, type EntryContent, entryContentSchema, invoiceIdsOf, rulesOf } from './kinds/index.ts'
import type { EntryDispatch, EntryMail } from './kinds/kind.ts'

const sentSchema = z.object({ lastMessageId: z.int().optional() })

/**
 * Why the mail of an entry, or what it sends otherwise, must not leave now; none when it may. Asked just before every attempt:
 * it stands as long as its kind would write the same to the same people, and nobody wrote or answered since a person decided that it leaves.
 */
export async function whyEntryNotLeave(db: Db, deps: ProposalsDeps, entryId: number): Promise<readonly Problem[]> {
  const entry = await db.debtorEntry.findUnique({ where: { id: entryId } })
  const debtor = entry && (await debtorFor(db, undefined, entry.debtorId))
  const content = entry && entryContentSchema.parse(entry.payload)
  const mail = content && leavingOf(content)
  if (!debtor || !mail) return []
  if (await isMovedAway(db, { entryId }, entry.debtorId)) return [{ code: 'moved_away' }]
  const ended = (await whyStepNotAlone(db, deps, entry, debtor)) ?? (await newsSince(db, entry, content, mail))
  if (ended) return [ended]
  const now = await rulesOf(content.kind).prepare(workOf({ tx: db, deps, debtor, surface: entry.surface }), content, [])
  return 'code' in now ? problemsOfEntry(now) : changesOf(content, now)
}

/** What it sends, by mail or otherwise. */
const leavingOf = (content: EntryContent): EntryMail | EntryDispatch | null =>
  rulesOf(content.kind).mailOf?.(content) ?? rulesOf(content.kind).dispatchOf?.(content) ?? null

/** What happened since the decision that its mail could not know of. */
async function newsSince(
  db: Db,
  entry: DebtorEntryModel,
  content: EntryContent,
  { threadId, chases }: EntryMail | EntryDispatch,
): Promise<Problem | undefined> {
  // Who is insolvent is not chased, whoever decided it and when; what a colleague writes themselves may well be about it.
  if (await isHardStopped(db, chases ? { ...entry, decidedById: null } : entry)) return { code: 'insolvent' }
  const sent = sentSchema.safeParse(entry.result)
  const since = sent.data?.lastMessageId
  if (since === undefined) return undefined
  const inThread = threadId === null ? [] : [{ threadId }]
  const ofDebtor = chases ? [{ debtorId: { in: [entry.debtorId, ...debtorIdsOf(content)] } }] : []
  const newer = { history: false, id: { gt: since } }
  const came = await db.message.count({ where: { ...newer, direction: 'in', kind: { not: 'auto_reply' }, OR: [...inThread, ...ofDebtor] } })
  if (came > 0) return { code: 'new_mail' }
  const left = await db.message.count({ where: { ...newer, direction: 'out', OR: inThread } })
  return left > 0 ? { code: 'answered_meanwhile' } : undefined
}

/** What of its figures and recipients is another now than in the mail that was approved. */
function changesOf(approved: EntryContent, now: EntryContent): Problem[] {
  const [mail, mailNow] = [approved, now].map(leavingOf)
  if (!isDeepStrictEqual(mail?.to, mailNow?.to)) return [{ code: 'other_recipients' }]
  const isSame = isDeepStrictEqual([invoiceIdsOf(approved), mail?.amounts], [invoiceIdsOf(now), mailNow?.amounts])
  return isSame ? [] : [{ code: 'figures_changed' }]
}
