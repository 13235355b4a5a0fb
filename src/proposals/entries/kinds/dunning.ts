import { z } from 'zod'
import { dunningActionOf } from '#dunning'
import { cancelTask, createTask, isLedgerStale } from '#ledger'
import { cancelMail } from '#mail'
import { attachmentSchema } from '../../action.ts'
import { checkMail } from '../../check-mail.ts'
import { draftStep } from '../../dunning/draft-step.ts'
import { type FollowUpMail, followUpMailSchema } from '../../follow-ups/follow-up-mail.ts'
import { scheduleEntryMail } from '../schedule-entry-mail.ts'
import type { EntryMail, EntryRules } from './kind.ts'
import { invoiceIds } from './named-invoices.ts'

/** `actionId`: of dunning. `attachments`: copies of its invoices. `mail`: null where nobody can be written to; approving it makes a call then. */
const schema = z.object({
  kind: z.literal('dunning'),
  actionId: z.int(),
  template: z.string(),
  invoiceIds,
  attachments: z.array(attachmentSchema).default([]),
  mail: followUpMailSchema.nullable(),
})
type Content = z.infer<typeof schema>
const resultSchema = z.object({ outboundMailId: z.int().optional(), taskId: z.int().optional() })

/** A mail that a step of a dunning workflow asks for: about what is open of its items when it is looked at, approved and sent. */
export const dunning = {
  schema,
  right: 'decide',
  actionKinds: ['send_reply'],
  isOnly: false,
  prepare: async ({ tx, debtor, today, rules, deps }, content) => {
    const { clock, config } = deps
    const action = await dunningActionOf(tx, content.actionId)
    if (!action || action.items.length === 0 || !['planned', 'open', 'failed'].includes(action.status)) return { code: 'nothing_open' }
    if (await isLedgerStale(tx, debtor.administrationId, clock, config.DUNCAN_LEDGER_MAX_AGE_HOURS)) return { code: 'stale_ledger' }
    const ids = action.items.map(({ invoiceId }) => invoiceId)
    const attachments = content.attachments.filter(({ invoiceId }) => invoiceId !== undefined && ids.includes(invoiceId))
    const drafted = await draftStep({ db: tx, clock, timeZone: config.DUNCAN_TIME_ZONE, rules, debtor, today }, action, content.template)
    const now = { ...content, invoiceIds: ids, attachments }
    if ('kind' in drafted) return drafted.kind === 'nobody' ? { ...now, mail: null } : { code: 'mail_refused', text: drafted.why }
    const mail = content.mail?.written ? { ...drafted.mail, text: content.mail.text, written: true } : drafted.mail
    const whole = { ...mail, cc: [], attachments, template: content.template, days: drafted.days, needsFreshLedger: true }
    const [problem] = await checkMail(tx, { ...mail, debtorId: debtor.id }, whole)
    return problem ? { code: 'mail_refused', text: problem.text } : { ...now, mail }
  },
  mailOf: ({ mail }) => mail && leavingOf(mail),
  carryOut: async (work, { mail, attachments }, { entryId }) => {
    const { tx, debtor } = work
    if (!mail) return { taskId: await createTask(tx, { debtorId: debtor.id, about: { code: 'call_reminder' } }) }
    const files = attachments.map(({ fileName, contentType, hash }) => ({ fileName, contentType, hash }))
    return scheduleEntryMail(work, entryId, leavingOf(mail), { subject: mail.subject, text: mail.text, attachments: files })
  },
  takeBack: async ({ tx }, result) => {
    const { outboundMailId, taskId } = resultSchema.parse(result)
    if (taskId !== undefined) return cancelTask(tx, { id: taskId })
    return outboundMailId !== undefined && cancelMail(tx, outboundMailId)
  },
  prose: ({ mail }) => ({ text: mail?.text ?? '' }),
} satisfies EntryRules<Content>

const leavingOf = ({ mailboxId, messageId, threadId, to, amounts }: FollowUpMail): EntryMail => ({
  mailboxId,
  answers: messageId,
  threadId,
  to,
  amounts,
  chases: true,
})
