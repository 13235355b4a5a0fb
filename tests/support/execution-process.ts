import { AsyncLocalStorage } from 'node:async_hooks'
import { join } from 'node:path'
import { createSmtpTransport, mailSettled, openMaildirMailbox, outboxJobs, type SendDeps, workOutbox } from '#mail'
import { type Clock, createBlobs, createOps, createQueue, openDatabase, type Queue, silentLog } from '#platform'
import { actionExecute, createProposals, proposalChanged, proposalOpened, proposalsConfig } from '#proposals'

export type ExecutionProcess = { databaseUrl: string; smtpPort: number; folder: string; staffId: number; proposalId: number }

/** Where a process can die between an approval and the end of its actions; `in_...` lies inside a transaction. */
export type ExecutionStep =
  | 'in_decision'
  | 'decided'
  | 'in_execution'
  | 'executed'
  | 'in_settlement'
  | 'settled'
  | Parameters<NonNullable<SendDeps['onStep']>>[0]

/** Approves a proposal, if that is still to be done, and carries it out with the real queue, as Duncan does. */
export async function startExecution(settings: ExecutionProcess, clock: Clock, onStep: (step: ExecutionStep) => void | Promise<void> = () => undefined) {
  const database = openDatabase(settings.databaseUrl, 6)
  const { client } = database
  const queue = createQueue(database, silentLog, [actionExecute, proposalChanged, proposalOpened, ...outboxJobs])
  const blobs = createBlobs(join(settings.folder, 'blobs'))
  const within = new AsyncLocalStorage<ExecutionStep>()
  const steppedQueue: Pick<Queue, 'send'> = {
    send: async (db, kind, payload, options) => {
      await queue.send(db, kind, payload, options)
      // The last job that the transaction enqueues: everything else of it is written, nothing is committed.
      const step = within.getStore()
      if (step && (kind.name === proposalChanged.name || kind.name === actionExecute.name)) await onStep(step)
    },
  }
  const proposals = createProposals({
    client,
    queue: steppedQueue,
    blobs,
    clock,
    log: silentLog,
    config: proposalsConfig.parse({ DUNCAN_UNDO_SECONDS: 0 }),
  })
  const account = {
    fromName: 'Nordlicht BV',
    transport: createSmtpTransport({ host: '127.0.0.1', port: settings.smtpPort, tls: 'none' }),
    sentCopy: 'append' as const,
    selfBcc: false,
    openMailbox: () => openMaildirMailbox({ path: join(settings.folder, 'mailbox'), folders: ['INBOX'] }),
  }
  const ops = createOps(client, { send: async () => undefined })

  await queue.start()
  const { proposalId, staffId } = settings
  await within.run('in_decision', () => proposals.decide({ kind: 'approve', proposalId, staffId, surface: 'console' }))
  await onStep('decided')
  await workOutbox(queue, { client, queue, blobs, clock, log: silentLog, ops, account: () => account, onStep })
  await queue.work(actionExecute, async ({ actionId }) => {
    await within.run('in_execution', () => proposals.execute(actionId))
    await onStep('executed')
  })
  await queue.work(mailSettled, async ({ outboundMailId }) => {
    await within.run('in_settlement', () => proposals.settleMail(outboundMailId))
    await onStep('settled')
  })
  const stop = async () => {
    await queue.stop()
    await database.close()
  }
  return { stop, proposals }
}
