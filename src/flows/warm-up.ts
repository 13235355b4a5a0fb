import { type Clock, type DbClient, fromInstant, type Log } from '#platform'
import type { Proposals } from '#proposals'
import { createTriage, type Reading } from '#triage'

type WarmUpDeps = { client: DbClient; clock: Clock; log: Log; proposals: Pick<Proposals, 'plan' | 'view'> }

const said = 'De factuur wordt vrijdag betaald.'
const mail = {
  kind: 'mail' as const,
  subject: 'Factuur',
  replyText: said,
  fullText: said,
  html: undefined,
  from: { address: 'sender@duncan.example', name: '' },
  replyTo: [],
  attachmentNames: [],
  headers: [],
}
const context = { invoiceNumbers: [], invoiceNumberShapes: [], country: undefined, currency: 'EUR', knownDomains: [], contactAddresses: [] }

/**
 * Reads, plans and draws a made-up mail, so that the first real one does not wait for the model to load and queries and templates
 * to be compiled. Stores and sends nothing and asks no language model; a fault in it is only logged, for a real mail tells its own.
 */
export async function warmUp({ client, clock, log, proposals }: WarmUpDeps): Promise<void> {
  try {
    const date = clock.today('UTC').toString()
    const reading = await createTriage({ log }).readMessage({ ...mail, date, senderVerified: 'unknown' }, context)
    const debtor = await client.debtor.findFirst({ select: { id: true } })
    await proposals.plan(inputOf(clock, debtor?.id, reading))
    const newest = await client.proposal.findFirst({ orderBy: { id: 'desc' }, select: { id: true } })
    if (newest) await proposals.view(newest.id)
  } catch (error) {
    log.debug({ err: error }, 'warming up failed')
  }
}

function inputOf(clock: Clock, debtorId: number | undefined, reading: Reading): Parameters<Proposals['plan']>[0] {
  const { subject, from, replyText } = mail
  return {
    messageId: 0,
    mailboxId: 0,
    threadId: null,
    link: debtorId === undefined ? { kind: 'unknown' } : { kind: 'linked', debtorId, reason: 'sender', candidates: [] },
    message: {
      subject,
      from,
      replyTo: [],
      to: [],
      cc: [],
      receivedAt: fromInstant(clock.now()),
      internetMessageId: null,
      references: [],
      replyText,
      attachments: [],
    },
    reading,
    bounced: [],
  }
}
