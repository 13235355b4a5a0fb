import type { JobKind, Queue } from '#platform'
import { fileSentMail } from './file-sent.ts'
import { mailFile, mailReconcile, mailSend, mailSettled } from './jobs.ts'
import { reconcileMail } from './reconcile-sent.ts'
import { type SendDeps, sendMail } from './send.ts'

/** The kinds of job that sending uses, for `createQueue`. `mailSettled` is for whoever scheduled the mail. */
export const outboxJobs: JobKind[] = [mailSend, mailSettled, mailFile, mailReconcile]

/** Starts sending, filing and looking after outbound mails in this process. */
export async function workOutbox(queue: Queue, deps: SendDeps): Promise<void> {
  await queue.work(mailSend, ({ outboundMailId }) => sendMail(deps, outboundMailId), { concurrency: 8 })
  await queue.work(mailFile, ({ outboundMailId }) => fileSentMail(deps, outboundMailId))
  await queue.work(mailReconcile, ({ outboundMailId }) => reconcileMail(deps, outboundMailId))
}
