import { z } from 'zod'
import { checkOutbound } from '#drafting'
import { isLedgerStale, tones } from '#ledger'
import { cancelMail } from '#mail'
import { Prisma } from '#platform'
import { attachmentSchema } from '../../action.ts'
import { checkMail } from '../../check-mail.ts'
import { type Problem, Refused } from '../../problem.ts'
import { scheduleEntryMail, sentSchema } from '../schedule-entry-mail.ts'
import type { EntryMail, EntryRules, EntryWork } from './kind.ts'
import { invoiceIds, numbersIn } from './named-invoices.ts'

/** `answers`: the message that it answers; null: it starts a conversation. */
const schema = z.object({
  kind: z.literal('mail'),
  mailboxId: z.int(),
  answers: z.int().nullable(),
  threadId: z.int().nullable(),
  to: z.array(z.email()).min(1).max(20),
  cc: z.array(z.email()).max(20).default([]),
  subject: z.string().min(1).max(300),
  text: z.string().min(1).max(20_000),
  language: z.string(),
  tone: z.enum(tones),
  /** Copies of the debtor's own invoices. */
  attachments: z.array(attachmentSchema).default([]),
  /** The open invoices that it is about: which it names, whose copies it carries, or all where it tells an amount of others; filled in when it is looked up. */
  invoiceIds: invoiceIds.default([]),
})
type Content = z.infer<typeof schema>

/** A mail that a colleague writes to a debtor, or that Duncan writes for one to approve. */
export const mail = {
  schema,
  right: 'decide',
  actionKinds: ['send_reply'],
  isOnly: false,
  prepare: async (work, content) => {
    const { tx, debtor } = work
    const answered = content.answers === null ? null : await tx.message.findFirst({ where: { id: content.answers, debtorId: debtor.id } })
    if (content.answers !== null && answered?.mailboxId !== content.mailboxId) return { code: 'mail_refused', problems: [{ code: 'answers_another' }] }
    const about = await aboutInvoices(work, content)
    const problems = await whyNotSend(work, content, about)
    if (problems.some(({ code }) => code === 'stale_ledger')) return { code: 'stale_ledger' }
    if (problems.length > 0) return { code: 'mail_refused', problems }
    return { ...content, threadId: answered?.threadId ?? null, invoiceIds: about.invoices.map(({ id }) => id) }
  },
  // Without an invoice it tells no figure of the ledger either.
  stake: content => (content.invoiceIds.length === 0 ? [] : undefined),
  mailOf: content => leavingOf(content),
  carryOut: async (work, content, { entryId }) => {
    // Between the first vote and the second contacts, ledger and conversation may have changed.
    const problems = await whyNotSend(work, content, await aboutInvoices(work, content))
    if (problems.length > 0) throw new Refused(...problems)
    const { cc, subject, text } = content
    const attachments = content.attachments.map(({ fileName, contentType, hash }) => ({ fileName, contentType, hash }))
    return scheduleEntryMail(work, entryId, leavingOf(content), { cc, subject, text, attachments })
  },
  takeBack: ({ tx }, result) => cancelMail(tx, sentSchema.parse(result).outboundMailId),
  prose: ({ subject, text }) => ({ subject, text }),
} satisfies EntryRules<Content>

const leavingOf = ({ mailboxId, answers, threadId, to }: Content): EntryMail => ({ mailboxId, answers, threadId, to, chases: false })

type Open = { id: number; amount: Prisma.Decimal; openAmount: Prisma.Decimal; currency: string }
type About = { tellsAmounts: boolean; invoices: Open[] }

/** Whether it tells amounts, and the open invoices that it is about. */
async function aboutInvoices({ tx, debtor }: EntryWork, { subject, text, attachments }: Content): Promise<About> {
  const open = await tx.invoice.findMany({
    where: { debtorId: debtor.id, status: 'open' },
    select: { id: true, searchNumber: true, amount: true, openAmount: true, currency: true },
    orderBy: { id: 'asc' },
  })
  const copied = attachments.map(({ invoiceId }) => invoiceId)
  const written = numbersIn(`${subject}\n${text}`)
  const named = open.filter(({ id, searchNumber }) => copied.includes(id) || written.has(searchNumber))
  const tellsMoreThan = async (amounts: string[]) =>
    (await checkOutbound(tx, { subject, text, debtorId: debtor.id, amounts })).some(({ code }) => code === 'unknown_amount')
  const tellsAmounts = await tellsMoreThan([])
  return { tellsAmounts, invoices: tellsAmounts && (await tellsMoreThan(amountsOf(named))) ? open : named }
}

/** Why it may not leave; none when it may. Whatever tells amounts needs a fresh ledger. */
async function whyNotSend(
  { tx, debtor, deps: { clock, config } }: EntryWork,
  { answers, threadId, to, cc, subject, text, language, tone, attachments }: Content,
  { tellsAmounts, invoices }: About,
): Promise<Problem[]> {
  const about = { messageId: answers, threadId, debtorId: debtor.id }
  if (tellsAmounts && (await isLedgerStale(tx, debtor.administrationId, clock, config.DUNCAN_LEDGER_MAX_AGE_HOURS))) return [{ code: 'stale_ledger' }]
  const amounts = tellsAmounts ? amountsOf(invoices) : []
  const whole = { to, cc, subject, text, language, tone, template: '', attachments, amounts, needsFreshLedger: tellsAmounts }
  return checkMail(tx, about, whole)
}

/** The amounts that a mail may tell of these invoices: of each what it was and what is open, and what is open in each currency. */
function amountsOf(invoices: Open[]): string[] {
  const totals = new Map<string, Prisma.Decimal>()
  for (const { openAmount, currency } of invoices) totals.set(currency, (totals.get(currency) ?? new Prisma.Decimal(0)).add(openAmount))
  return [...invoices.flatMap(({ amount, openAmount }) => [amount, openAmount]), ...totals.values()].map(amount => amount.toFixed())
}
