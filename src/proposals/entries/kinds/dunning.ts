import { z } from 'zod'
import { findLinks, mailHtml } from '#drafting'
import { dunningActionOf, untoldSchema } from '#dunning'
import { cancelTask, createTask } from '#ledger'
import { cancelMail } from '#mail'
import { ownLinksIn } from '#payments'
import { attachmentSchema } from '../../action.ts'
import { checkMail } from '../../check-mail.ts'
import { writtenChannels } from '../../dunning/channel.ts'
import { isAnyLedgerStale, severalOf } from '../../dunning/debtors-of.ts'
import { cancelDispatch, scheduleDispatch } from '../../dunning/dispatch.ts'
import { draftStep, type WrittenStep } from '../../dunning/draft-step.ts'
import { endStep, reopenStep } from '../../dunning/end-step.ts'
import { leftOutOf, leftOutSchema } from '../../dunning/left-out.ts'
import { stepLetterSchema, stepSmsSchema } from '../../dunning/letter-and-sms.ts'
import { type FollowUpMail, followUpMailSchema } from '../../follow-ups/follow-up-mail.ts'
import { scheduleEntryMail } from '../schedule-entry-mail.ts'
import type { EntryMail, EntryRules } from './kind.ts'
import { invoiceIds, nameOfFile } from './named-invoices.ts'

/**
 * `actionId`: of dunning. `debtorIds`: all that it is about, where it is for a central file. `attachments`: copies of its invoices, for a mail. Of `mail`, `letter` and `sms` its channel's is there, or none where
 * nobody can be written to that way; approving it makes a call then. `untold`: charges that it should tell and cannot; `leftOut`: late
 * invoices that something keeps back.
 */
const schema = z.object({
  kind: z.literal('dunning'),
  actionId: z.int(),
  debtorIds: z.array(z.int()).optional(),
  channel: z.enum(writtenChannels).default('email'),
  template: z.string(),
  invoiceIds,
  attachments: z.array(attachmentSchema).default([]),
  mail: followUpMailSchema.nullable(),
  letter: stepLetterSchema.nullable().default(null),
  sms: stepSmsSchema.nullable().default(null),
  untold: z.array(untoldSchema).optional(),
  leftOut: z.array(leftOutSchema).optional(),
})
type Content = z.infer<typeof schema>
const resultSchema = z.object({ outboundMailId: z.int().optional(), dispatchId: z.int().optional(), taskId: z.int().optional() })

/** What a step of a dunning workflow writes: about what is open of its items when it is looked at, approved and sent. */
export const dunning = {
  schema,
  right: 'decide',
  actionKinds: ['send_reply'],
  isOnly: false,
  prepare: async ({ tx, debtor, today, rules, deps }, { debtorIds: _before, untold: _told, leftOut: _left, ...content }) => {
    const { clock, config } = deps
    const action = await dunningActionOf(tx, content.actionId)
    if (!action || action.items.length === 0 || !['planned', 'open', 'failed'].includes(action.status)) return { code: 'nothing_open' }
    const several = severalOf(action)
    const { debtorIds: alsoDebtorIds = [] } = several
    if (await isAnyLedgerStale(tx, [debtor.id, ...alsoDebtorIds], deps)) return { code: 'stale_ledger' }
    const ids = action.items.map(({ invoiceId }) => invoiceId)
    const attachments = content.attachments.filter(({ invoiceId }) => invoiceId !== undefined && ids.includes(invoiceId))
    const drafting = { db: tx, clock, timeZone: config.DUNCAN_TIME_ZONE, rules, debtor, today, payLinks: deps.payLinks }
    const drafted = await draftStep(drafting, action, content.channel, content.template, content.mail?.written ? content.mail.text : undefined)
    const leftOut = await leftOutOf(tx, several.debtorIds ?? [debtor.id], ids, today)
    const left = leftOut.length > 0 ? { leftOut } : {}
    const now = { ...content, ...several, invoiceIds: ids, attachments, mail: null, letter: null, sms: null, ...left }
    if (drafted.kind === 'nobody') return now
    if (drafted.kind === 'refused') return { code: 'consumer_law', faults: drafted.faults }
    const own = keepWritten(drafted, content)
    const problems = await checkMail(tx, { messageId: null, threadId: null, debtorId: debtor.id, alsoDebtorIds }, wholeOf(own, { ...content, attachments }))
    if (problems.length > 0) return { code: 'mail_refused', problems }
    return {
      ...now,
      ...(own.kind === 'mail' && { mail: own.mail }),
      ...(own.kind === 'letter' && { letter: own.letter }),
      ...(own.kind === 'sms' && { sms: own.sms }),
      ...(drafted.untold.length > 0 && { untold: drafted.untold }),
    }
  },
  mailOf: ({ mail }) => mail && leavingOf(mail),
  dispatchOf: ({ letter, sms }) => {
    if (letter) return { to: letter.to, amounts: letter.amounts, chases: true, threadId: null }
    return sms && { to: [sms.to], amounts: sms.amounts, chases: true, threadId: null }
  },
  carryOut: async (work, { actionId, debtorIds = [], mail, letter, sms, attachments }: Content, { entryId }: { entryId: number }) => {
    const { tx, debtor, today } = work
    if (mail) {
      const files = attachments.map(({ fileName, contentType, hash }) => ({ fileName, contentType, hash }))
      const links = await ownLinksIn(tx, findLinks(mail.text), [debtor.id, ...debtorIds])
      const html = links.length > 0 ? mailHtml(mail.text, links) : undefined
      const alsoDebtorIds = debtorIds.filter(id => id !== debtor.id)
      return scheduleEntryMail(work, entryId, leavingOf(mail), { subject: mail.subject, text: mail.text, html, attachments: files, alsoDebtorIds })
    }
    if (letter) return scheduleDispatch(work, { entryId, channel: 'letter', name: nameOfFile(today.toString(), debtor.number, `${actionId}.pdf`) })
    if (sms) return scheduleDispatch(work, { entryId, channel: 'sms', name: `duncan-dunning-${actionId}` })
    const taskId = await createTask(tx, { debtorId: debtor.id, about: { code: 'call_reminder' } })
    // Its items go on once that call was made.
    await tx.dunningAction.update({ where: { id: actionId }, data: { taskId } })
    return { taskId }
  },
  ended: endStep,
  reopened: reopenStep,
  takeBack: async ({ tx }, result) => {
    const { outboundMailId, dispatchId, taskId } = resultSchema.parse(result)
    if (taskId !== undefined) {
      await tx.dunningAction.updateMany({ where: { taskId }, data: { taskId: null } })
      return cancelTask(tx, { id: taskId })
    }
    if (dispatchId !== undefined) return cancelDispatch(tx, dispatchId)
    return outboundMailId !== undefined && cancelMail(tx, outboundMailId)
  },
  prose: ({ mail, letter, sms }) => ({ text: (mail ?? letter ?? sms)?.text ?? '' }),
} satisfies EntryRules<Content>

/** What a person wrote in the place of the draft stays. */
const keepWritten = (drafted: WrittenStep, { mail }: Content): WrittenStep =>
  drafted.kind === 'mail' && mail?.written ? { ...drafted, mail: { ...drafted.mail, text: mail.text, written: true } } : drafted

/** It as what leaves is checked, whichever way it goes. */
function wholeOf(own: WrittenStep, { attachments, template }: Content) {
  const shared = { cc: [], template, days: own.days, needsFreshLedger: true }
  switch (own.kind) {
    case 'mail':
      return { ...own.mail, ...shared, attachments }
    case 'letter':
      return { ...own.letter, ...shared, to: [], attachments: [] }
    case 'sms':
      return { ...own.sms, ...shared, to: [], subject: '', attachments: [] }
    default:
      return own satisfies never
  }
}

const leavingOf = ({ mailboxId, messageId, threadId, to, amounts }: FollowUpMail): EntryMail => ({
  mailboxId,
  answers: messageId,
  threadId,
  to,
  amounts,
  chases: true,
})
