import { z } from 'zod'
import type { BounceCause, DebtorLink } from '#mail'
import { type Db, DuncanError, type MessageModel, Prisma, type ProposalModel, type ProposedActionModel } from '#platform'
import { evidenceSchema, readingSchema } from '#triage'
import { type ActionKind, type ActionPayload, actionSchemas } from './action.ts'
import { type Autonomy, autonomySchema } from './autonomy/judge-proposal.ts'
import { correctionSchema } from './corrections/correction.ts'
import { type ProposalInput, type ProposalStatus, warningSchema } from './proposal.ts'

// How proposals lie in the database, and the only place that reads their JSON.

const linkReason = z.string()
const basisSchema = z.object({
  reading: readingSchema,
  link: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('linked'), debtorId: z.int(), reason: linkReason }),
    z.object({ kind: z.literal('ambiguous'), candidates: z.array(z.object({ debtorId: z.int(), reasons: z.array(linkReason) })) }),
    z.object({ kind: z.literal('unknown') }),
  ]),
  bounced: z.array(
    z.object({
      recipient: z.string(),
      status: z.string(),
      permanent: z.boolean(),
      isLate: z.boolean().optional(),
      reason: z.string(),
      cause: z.custom<BounceCause>().default('other'),
    }),
  ),
  sections: z.array(z.object({ template: z.string(), slots: z.record(z.string(), z.unknown()) })),
  copies: z
    .object({
      attachments: z.array(z.object({ fileName: z.string(), contentType: z.string(), hash: z.string(), invoiceId: z.int() })),
      invoiceIds: z.array(z.int()),
      missing: z.array(z.string()),
    })
    .optional(),
  warnings: z.array(warningSchema),
  /** What people corrected before and this was planned by. */
  learned: z.array(correctionSchema).optional(),
})
export type Basis = z.infer<typeof basisSchema>

export type StoredProposal = Omit<ProposalModel, 'status' | 'basis' | 'autonomy'> & {
  status: ProposalStatus
  basis: Basis
  autonomy: Autonomy | null
  actions: StoredAction[]
}
export type AnyAction = { [K in ActionKind]: { kind: K; payload: ActionPayload<K> } }[ActionKind]
export type StoredAction = Omit<ProposedActionModel, 'kind' | 'payload' | 'evidence'> & AnyAction & { evidence: z.infer<typeof evidenceSchema>[] }

/** Whether a number that came from outside can be the id of a row at all; the database refuses others with a fault. */
export const isId = (id: number): boolean => Number.isInteger(id) && id > 0 && id <= 2_147_483_647

/** A proposal with its actions in order, locked until the transaction ends: whoever comes second sees what the first one did. */
export async function lockProposal(tx: Db, id: number): Promise<StoredProposal | undefined> {
  if (!isId(id)) return undefined
  await tx.$queryRaw`SELECT id FROM "Proposal" WHERE id = ${id} FOR UPDATE`
  return readProposal(tx, id)
}

/** A proposal with its actions in order; undefined when there is none of that id. */
export async function readProposal(db: Db, id: number): Promise<StoredProposal | undefined> {
  if (!isId(id)) return undefined
  const row = await db.proposal.findUnique({ where: { id }, include: { actions: { orderBy: { position: 'asc' } } } })
  if (!row) return undefined
  const { status, basis, autonomy, actions } = row
  return {
    ...row,
    status: status as ProposalStatus,
    basis: basisSchema.parse(basis),
    autonomy: autonomySchema.safeParse(autonomy).data ?? null,
    actions: actions.map(storedAction),
  }
}

/** An action as its row holds it, its payload checked by the schema of its kind. */
export function storedAction(row: ProposedActionModel): StoredAction {
  if (!(row.kind in actionSchemas)) {
    throw new DuncanError(
      'action.kind',
      `Action ${row.id} is of the unknown kind ${row.kind}.`,
      'It was made by another release; start that release to carry it out.',
    )
  }
  const payload = actionSchemas[row.kind as ActionKind].safeParse(row.payload)
  const evidence = z.array(evidenceSchema).safeParse(row.evidence)
  if (!payload.success || !evidence.success) {
    const where = (payload.error ?? evidence.error)?.issues.map(({ path }) => path.join('.')).join(', ')
    throw new DuncanError(
      'action.payload',
      `Action ${row.id} (${row.kind}) is stored in a shape that this release does not know: ${where}.`,
      'Start the release that made it, and decide on it there.',
    )
  }
  return { ...row, kind: row.kind, payload: payload.data, evidence: evidence.data } as StoredAction
}

/** A value as a JSON column takes it: PostgreSQL refuses NUL and halves of surrogate pairs, which hostile mails hold. */
export const asJson = <T extends object>(value: T): T & Prisma.InputJsonObject =>
  JSON.parse(JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'string' ? inner.toWellFormed().replaceAll('\0', '') : inner))) as T &
    Prisma.InputJsonObject

/** The invoices that an action names; empty for a kind that names none. */
export const invoiceIdsOf = ({ payload }: AnyAction): number[] => ('invoiceIds' in payload ? payload.invoiceIds : [])

/** Whether an action is about everything that the debtor owes, now or later. */
export const isWholeDebtor = ({ kind, payload }: AnyAction): boolean => kind === 'place_hold' && payload.invoiceIds.length === 0

export type MailAction = Extract<StoredAction, { kind: 'send_reply' | 'send_invoice_copies' }>
export const isMail = (action: StoredAction): action is MailAction => action.kind === 'send_reply' || action.kind === 'send_invoice_copies'

/** What a stored message was planned from, with the given link: the same input as when it came. */
export function inputOf(message: MessageModel, attachments: ProposalInput['message']['attachments'], basis: Basis, link: DebtorLink): ProposalInput {
  const { fromAddress, fromName, subject, replyTo, to, cc, receivedAt, internetMessageId, references, replyText, parseProblem } = message
  const from = fromAddress === null ? undefined : { address: fromAddress, name: fromName ?? '' }
  return {
    messageId: message.id,
    mailboxId: message.mailboxId,
    threadId: message.threadId,
    link,
    message: { subject, from, replyTo, to, cc, receivedAt, internetMessageId, references, replyText, attachments, parseProblem },
    reading: basis.reading,
    bounced: basis.bounced,
  }
}
