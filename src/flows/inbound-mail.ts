import { absorbOwnCopy } from '#mail'
import type { MessageModel } from '#platform'
import type { Proposals } from '#proposals'
import { type Reading, storeReading } from '#triage'
import { inputOf, type ReadDeps, readInbound, type SenderVerdict, storedMessage, verdictOnSender } from './read-inbound.ts'

export type InboundDeps = ReadDeps & {
  proposals: Proposals
  /** Takes what colleagues answer when they are asked for decisions by mail; false for every other mail. Without `came` it is only filed. */
  takeStaffMail?: (message: MessageModel, came?: { sender: () => Promise<SenderVerdict>; source: () => Promise<Buffer> }) => Promise<boolean>
  /** Takes what came back of reports that were mailed; false for every other mail. */
  takeReportMail?: (message: MessageModel) => Promise<boolean>
  /** Takes the alert mails of a credit bureau; false for every other mail. */
  takeBureauMail?: (message: MessageModel, sender: () => Promise<SenderVerdict>) => Promise<boolean>
}

/** The story of one message from its arrival to the proposal. Runs again after a crash, to the same end. */
export async function handleInboundMail(deps: InboundDeps, messageId: number): Promise<void> {
  const { client, blobs, proposals } = deps
  const [isOwnCopy, message] = await Promise.all([absorbOwnCopy({ client, blobs }, messageId), storedMessage(client, messageId)])
  if (isOwnCopy || message?.status !== 'received') return
  const came = { sender: () => verdictOnSender(deps, message), source: () => blobs.read(message.rawHash) }
  if (await deps.takeStaffMail?.(message, came)) return
  if (await deps.takeReportMail?.(message)) return
  if (await deps.takeBureauMail?.(message, came.sender)) return

  if (message.direction === 'out') await proposals.supersedeByOwnAnswer(messageId)
  else {
    const input = await readInbound(deps, message)
    // Neither needs the other; a second try after a fault of one stores the same again.
    await Promise.all([storeReading(client, messageId, input.reading), proposals.propose(input)])
    await proposals.closeAnswered(messageId)
  }
  await client.message.update({ where: { id: messageId }, data: { status: 'processed' } })
}

const nothingRead: Reading = { engine: 'structure', language: 'und', intents: [], facts: [], quarantine: [], disagreements: [] }

/** A message whose reading failed for good still becomes a card, which asks a person to read it. */
export async function proposeUnreadable({ client, proposals, takeStaffMail }: InboundDeps, messageId: number, problem: string): Promise<void> {
  const message = await storedMessage(client, messageId)
  if (!message || message.direction === 'out' || message.status !== 'received') return
  if (await takeStaffMail?.(message)) return
  await proposals.propose(inputOf({ ...message, parseProblem: message.parseProblem ?? problem }, { reading: nothingRead, bounced: [] }))
  await proposals.closeAnswered(messageId)
  await client.message.update({ where: { id: messageId }, data: { status: 'processed' } })
}
