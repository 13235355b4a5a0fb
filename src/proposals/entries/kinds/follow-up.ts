import { z } from 'zod'
import { daysIn } from '#drafting'
import { cancelTask, createTask, isLedgerStale, type TaskAbout } from '#ledger'
import { cancelMail } from '#mail'
import { checkMail } from '../../check-mail.ts'
import { draftFollowUp, type FollowUpMail, followUpMailSchema } from '../../follow-ups/follow-up-mail.ts'
import { type FollowUpKind, followUpKinds, whetherToFollow } from '../../follow-ups/whether-to-follow.ts'
import { scheduleEntryMail } from '../schedule-entry-mail.ts'
import type { EntryMail, EntryRules } from './kind.ts'
import { invoiceIds } from './named-invoices.ts'

/** `refId`: of what is followed up. `mail`: null where nobody can be written to; approving it makes a task then. */
const schema = z.object({
  kind: z.literal('follow_up'),
  about: z.enum(followUpKinds),
  refId: z.int(),
  invoiceIds,
  mail: followUpMailSchema.nullable(),
})
const resultSchema = z.object({ outboundMailId: z.int().optional(), taskId: z.int().optional() })

const calls = {
  promise: 'call_promise',
  payment_claim: 'call_claim',
  entered_claim: 'call_claim',
  instalment: 'call_instalment',
  dispute: 'call_dispute',
} as const satisfies Record<FollowUpKind, TaskAbout['code']>

/** What a debtor said would come, or agreed to, and did not: a mail about it, or a call. */
export const followUp = {
  schema,
  right: 'decide',
  actionKinds: ['send_reply'],
  isOnly: false,
  prepare: async ({ tx, debtor, today, rules, deps }, content) => {
    const { clock, config } = deps
    const found = await whetherToFollow(tx, content.about, content.refId, today.toString())
    if (!found) return { code: 'nothing_open' }
    if (await isLedgerStale(tx, debtor.administrationId, clock, config.DUNCAN_LEDGER_MAX_AGE_HOURS)) return { code: 'stale_ledger' }
    const drafted = await draftFollowUp(
      { db: tx, clock, timeZone: config.DUNCAN_TIME_ZONE, templates: rules.templates, debtor },
      found.section,
      found.messageId,
    )
    if (!drafted) return { ...content, invoiceIds: found.invoiceIds, mail: null }
    const mail = content.mail?.written ? { ...drafted, text: content.mail.text, written: true } : drafted
    const whole = { ...mail, cc: [], attachments: [], template: '', days: daysIn(drafted.text), needsFreshLedger: true }
    const problems = await checkMail(tx, { ...mail, debtorId: debtor.id }, whole)
    return problems.length > 0 ? { code: 'mail_refused', problems } : { ...content, invoiceIds: found.invoiceIds, mail }
  },
  mailOf: ({ mail }) => mail && leavingOf(mail),
  carryOut: async (work, { about, mail }, { entryId }) => {
    const { tx, debtor } = work
    if (!mail) return { taskId: await createTask(tx, { debtorId: debtor.id, about: { code: calls[about] } }) }
    return scheduleEntryMail(work, entryId, leavingOf(mail), { subject: mail.subject, text: mail.text })
  },
  takeBack: async ({ tx }, result) => {
    const { outboundMailId, taskId } = resultSchema.parse(result)
    if (taskId !== undefined) return cancelTask(tx, { id: taskId })
    return outboundMailId !== undefined && cancelMail(tx, outboundMailId)
  },
  prose: ({ mail }) => ({ text: mail?.text ?? '' }),
} satisfies EntryRules<z.infer<typeof schema>>

const leavingOf = ({ mailboxId, messageId, threadId, to, amounts }: FollowUpMail): EntryMail => ({
  mailboxId,
  answers: messageId,
  threadId,
  to,
  amounts,
  chases: true,
})
