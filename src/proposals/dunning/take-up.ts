import { dunningActionOf, settleAction, type WrittenAction } from '#dunning'
import { createTask, type RiskProblem } from '#ledger'
import { recordAudit } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { debtorFor } from '../entries/entering.ts'
import type { EntryContent } from '../entries/kinds/index.ts'
import { openEntryIn } from '../entries/open.ts'
import type { InvoiceCopy } from '../invoice-copies.ts'
import { transaction } from '../propose.ts'
import { channelOf, type WrittenChannel } from './channel.ts'
import { decideStep } from './decide-step.ts'
import { whyStep } from './why-step.ts'

/** Why a step is not written: the ledger is old, the law or the check of what leaves is against its text, or something that nobody thought of. */
export type NotWritten = 'stale_ledger' | 'consumer_law' | 'mail_refused' | 'fault'

/**
 * Takes a planned action of dunning up: a mail, letter or SMS is drafted and waits for a decision, as a hand-over does; a call waits on the
 * list of who makes it, and everything else is a task of the debtor's collector. Once: of two at once the second finds it taken up. `problem`: why
 * a look at the credit risk is one. Returns why its text could not be written: it stays planned then.
 */
export async function takeUpDunning(deps: ProposalsDeps, actionId: number, problem?: RiskProblem): Promise<NotWritten | undefined> {
  const action = await dunningActionOf(deps.client, actionId)
  if (action?.status !== 'planned') return undefined
  const { type, audience } = action.step
  if (audience === 'internal')
    return giveTask(deps, action, type === 'email' || type === 'letter' || type === 'sms' || type === 'call' ? 'internal' : type, problem)
  const channel = await channelOf(deps.client, action)
  if (channel) return askToSend(deps, action, channel)
  if (type === 'call') return void (await deps.client.dunningAction.updateMany({ where: { id: actionId, status: 'planned' }, data: { status: 'open' } }))
  if (type === 'hand_over') return ask(deps, action, { kind: 'hand_over', actionId, invoiceIds: [], open: [] })
  return type === 'email' || type === 'letter' || type === 'sms' ? undefined : giveTask(deps, action, type, problem)
}

async function askToSend(deps: ProposalsDeps, action: WrittenAction, channel: WrittenChannel): Promise<NotWritten | undefined> {
  const { id, step } = action
  // By which way it is asked for counts before the law, so that it stands with the action.
  if (channel !== step.type) await deps.client.dunningAction.updateMany({ where: { id, status: 'planned' }, data: { type: channel } })
  const attachments = step.attachInvoices && channel === 'email' ? await copiesOf(deps, action) : []
  const drafts = { mail: null, letter: null, sms: null }
  return ask(deps, action, { kind: 'dunning', actionId: id, channel, template: step.template ?? '', invoiceIds: [], attachments, ...drafts })
}

/** Drafts it and opens the entry that decides on it, or lets it leave alone, in one transaction with the action. */
async function ask(deps: ProposalsDeps, action: WrittenAction, content: EntryContent): Promise<NotWritten | undefined> {
  const { id, debtorId } = action
  const outcome = await deps.client.$transaction(async tx => {
    await tx.$queryRaw`SELECT id FROM "DunningAction" WHERE id = ${id} FOR UPDATE`
    const opened = await openEntryIn(tx, deps, { debtorId, content, key: `dunning ${id}`, why: whyStep(action), quiet: true })
    const debtor = await debtorFor(tx, undefined, debtorId)
    if (opened.kind === 'entered' && debtor) {
      const { count } = await tx.dunningAction.updateMany({ where: { id, status: 'planned' }, data: { status: 'open', entryId: opened.entryId } })
      if (count === 1) await decideStep({ tx, deps, debtor, surface: 'duncan' }, action, opened.entryId)
    }
    if (opened.kind === 'invalid' && opened.problem.code === 'nothing_open') await settleAction(tx, id, { kind: 'withdrawn' }, { now: deps.clock.now() })
    return opened
  }, transaction)
  if (outcome.kind !== 'invalid' || outcome.problem.code === 'nothing_open') return undefined
  const { code } = outcome.problem
  deps.log.warn({ action: id, code }, 'a step of dunning could not be drafted')
  return code === 'stale_ledger' || code === 'consumer_law' || code === 'mail_refused' ? code : 'fault'
}

/** The copies that there are of its invoices: who approves sees which of them go with the mail. */
async function copiesOf({ client, findCopy }: ProposalsDeps, { items }: WrittenAction): Promise<InvoiceCopy[]> {
  const copies: InvoiceCopy[] = []
  for (const { invoiceId, number, debtorId, administration } of items) {
    const copy = await findCopy(client, { id: invoiceId, number, debtorId, administrationCode: administration })
    if (copy) copies.push(copy)
  }
  return copies
}

async function giveTask(
  { client }: ProposalsDeps,
  { id, debtorId, step, workflow, collectorId }: WrittenAction,
  type: Exclude<WrittenAction['step']['type'], 'email' | 'call'>,
  problem?: RiskProblem,
): Promise<undefined> {
  await client.$transaction(async tx => {
    const { count } = await tx.dunningAction.updateMany({ where: { id, status: 'planned' }, data: { status: 'open' } })
    if (count === 0) return
    const about = { code: 'dunning_step' as const, type, step: step.name, title: step.title, workflow: workflow.title, ...(problem && { problem }) }
    const taskId = await createTask(tx, { debtorId, about, ...(collectorId !== undefined && { assigneeId: collectorId }) })
    await tx.dunningAction.update({ where: { id }, data: { taskId } })
    await recordAudit(tx, { actor: 'duncan', event: 'dunning.task', subject: `dunning:${id}`, detail: { task: taskId, type } })
  }, transaction)
}
