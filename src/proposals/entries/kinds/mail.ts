import { z } from 'zod'
import { checkOutbound } from '#drafting'
import { isLedgerStale, tones } from '#ledger'
import { cancelMail, scheduleMail } from '#mail'
import { type Db, DuncanError, Prisma } from '#platform'
import { attachmentSchema } from '../../action.ts'
import { checkMail } from '../../check-mail.ts'
import type { EntryRules, EntryWork } from './kind.ts'

/** `answers`: the message that it answers; null: it starts a conversation. */
const schema = z.object({
  kind: z.literal('mail'),
  mailboxId: z.int(),
  answers: z.int().nullable(),
  threadId: z.int().nullable(),
  to: z.array(z.email()).min(1).max(20),
  subject: z.string().min(1).max(300),
  text: z.string().min(1).max(20_000),
  language: z.string(),
  tone: z.enum(tones),
  /** Copies of the debtor's own invoices. */
  attachments: z.array(attachmentSchema).default([]),
})
type Content = z.infer<typeof schema>
const resultSchema = z.object({ outboundMailId: z.int() })

/** A mail that a colleague writes to a debtor. */
export const mail = {
  schema,
  right: 'decide',
  actionKinds: ['send_reply'],
  isOnly: false,
  prepare: async (work, content) => {
    const { tx, debtor } = work
    const answered = content.answers === null ? null : await tx.message.findFirst({ where: { id: content.answers, debtorId: debtor.id } })
    if (content.answers !== null && answered?.mailboxId !== content.mailboxId) return { code: 'nothing_changes' }
    const problem = await whyNotSend(work, content)
    if (problem === 'stale_ledger') return { code: 'stale_ledger' }
    return problem === undefined ? { ...content, threadId: answered?.threadId ?? null } : { code: 'mail_refused', text: problem }
  },
  carryOut: async (work, content) => {
    // Between the first vote and the second contacts, ledger and conversation may have changed.
    const problem = await whyNotSend(work, content)
    if (problem !== undefined) throw new DuncanError('mail.refused', `The mail cannot leave: ${problem}`, 'Withdraw it, and write it anew.')
    const { tx, debtor, now, deps } = work
    const { mailboxId, answers, threadId, to, subject, text } = content
    const attachments = content.attachments.map(({ fileName, contentType, hash }) => ({ fileName, contentType, hash }))
    const sendAfter = now.add({ seconds: deps.config.DUNCAN_UNDO_SECONDS })
    const draft = { mailboxId, answers: answers ?? undefined, threadId: threadId ?? undefined, debtorId: debtor.id, to, subject, text, attachments, sendAfter }
    return { outboundMailId: (await scheduleMail(tx, deps.queue, draft)).id }
  },
  takeBack: ({ tx }, result) => cancelMail(tx, resultSchema.parse(result).outboundMailId),
  prose: ({ subject, text }) => ({ subject, text }),
} satisfies EntryRules<Content>

/** Why it may not leave, for a person; undefined when it may. Whatever tells amounts needs a fresh ledger. */
async function whyNotSend(
  { tx, debtor, deps: { clock, config } }: EntryWork,
  { answers, threadId, to, subject, text, language, tone, attachments }: Content,
): Promise<string | undefined> {
  const about = { messageId: answers, threadId, debtorId: debtor.id }
  const tellsAmounts = (await checkOutbound(tx, { subject, text, debtorId: debtor.id, amounts: [] })).some(({ code }) => code === 'unknown_amount')
  if (tellsAmounts && (await isLedgerStale(tx, debtor.administrationId, clock, config.DUNCAN_LEDGER_MAX_AGE_HOURS))) return 'stale_ledger'
  const amounts = tellsAmounts ? await openAmounts(tx, debtor.id) : []
  const whole = { to, cc: [], subject, text, language, tone, template: '', attachments, amounts, needsFreshLedger: tellsAmounts }
  return (await checkMail(tx, about, whole))[0]?.text
}

/** The amounts that a mail may tell: of each open item what it was and what is open, and what is open in each currency. */
async function openAmounts(db: Db, debtorId: number): Promise<string[]> {
  const items = await db.invoice.findMany({ where: { debtorId, status: 'open' }, select: { amount: true, openAmount: true, currency: true } })
  const totals = new Map<string, Prisma.Decimal>()
  for (const { openAmount, currency } of items) totals.set(currency, (totals.get(currency) ?? new Prisma.Decimal(0)).add(openAmount))
  return [...items.flatMap(({ amount, openAmount }) => [amount, openAmount]), ...totals.values()].map(amount => amount.toFixed())
}
