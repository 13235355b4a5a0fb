import { join } from 'node:path'
import { drawLetter } from '#drafting'
import { type DispatchModel, fromInstant, Prisma, recordAudit } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { entryContentSchema } from '../entries/kinds/index.ts'
import { whyEntryNotLeave } from '../entries/why-not-leave.ts'
import { entryChanged } from '../jobs.ts'
import { transaction } from '../propose.ts'
import { giveBack } from './called-back.ts'
import type { DispatchChannel } from './dispatch.ts'
import { writePackage } from './hand-over/write-package.ts'
import { type Left, writeOnce } from './outbox-file.ts'
import { outboxFileName, outboxFolder } from './outboxes.ts'
import { sendSms } from './send-sms.ts'

/** How long one may take to leave before its process counts as dead. */
const deadAfter = { minutes: 10 }

/**
 * Sends what waits no more: letters into the folder of the printer, SMS by the gateway, files for collection into theirs. Each at most once: one
 * of which nobody knows whether it left stays unknown until a person says. Returns how many left.
 */
export async function sendDispatches(deps: ProposalsDeps): Promise<number> {
  const { client, clock } = deps
  const lost = await client.dispatch.findMany({
    where: { state: 'sending', claimedAt: { lt: fromInstant(clock.now().subtract(deadAfter)) } },
    orderBy: { id: 'asc' },
  })
  for (const dispatch of lost) await settle(deps, dispatch, { kind: 'unknown', problems: [{ code: 'ended_leaving' }] })
  const due = await client.dispatch.findMany({ where: { state: 'scheduled', sendAfter: { lte: fromInstant(clock.now()) } }, orderBy: { id: 'asc' } })
  let sent = 0
  for (const dispatch of due) if (await send(deps, dispatch)) sent += 1
  return sent
}

async function send(deps: ProposalsDeps, dispatch: DispatchModel): Promise<boolean> {
  const { client, clock, log } = deps
  const { id, entryId } = dispatch
  const claim = { where: { id, state: 'scheduled' }, data: { state: 'sending', claimedAt: fromInstant(clock.now()) } }
  if ((await client.dispatch.updateMany(claim)).count === 0) return false
  const why = await whyEntryNotLeave(client, deps, entryId)
  const left: Left = why.length === 0 ? await leave(deps, dispatch).catch(fault) : { kind: 'failed', problems: [{ code: 'stopped' }, ...why] }
  if (left.kind !== 'sent') log.warn({ dispatch: id, channel: dispatch.channel, outcome: left.kind }, 'a letter, SMS or file of dunning did not leave')
  await settle(deps, dispatch, left)
  return left.kind === 'sent'

  /** What nobody thought of must not keep the others from leaving. */
  function fault(error: unknown): Left {
    log.error({ err: error, dispatch: id }, 'a letter, SMS or file of dunning could not be made')
    return { kind: 'unknown', problems: [{ code: 'fault' }] }
  }
}

async function leave(deps: ProposalsDeps, { entryId, name }: DispatchModel): Promise<Left> {
  const { client, config } = deps
  const entry = await client.debtorEntry.findUniqueOrThrow({ where: { id: entryId } })
  const content = entryContentSchema.parse(entry.payload)
  const placeOf = (channel: DispatchChannel) => join(outboxFolder(config, channel), outboxFileName({ channel, name }))
  if (content.kind === 'hand_over') return writePackage(deps, content, placeOf('hand_over'))
  if (content.kind !== 'dunning') throw new RangeError(`entry ${entryId} sends nothing of this kind`)
  const { letter, sms } = content
  if (letter) return writeOnce(placeOf('letter'), async file => file.writeFile(await drawLetter(letter)))
  if (!sms) throw new RangeError(`entry ${entryId} has neither letter nor SMS`)
  const message = { key: name, to: sms.to, text: sms.text }
  if (config.DUNCAN_SMS_URL) return sendSms({ url: config.DUNCAN_SMS_URL, token: config.DUNCAN_SMS_TOKEN }, message)
  return writeOnce(placeOf('sms'), file => file.writeFile(`${JSON.stringify(message)}\n`))
}

/** Writes what became of it, with its audit row, and has the card of its entry drawn anew. */
async function settle(deps: ProposalsDeps, { id, entryId, channel }: DispatchModel, left: Left): Promise<void> {
  const { client, clock, queue } = deps
  await client.$transaction(async tx => {
    const data = {
      state: left.kind,
      ...(left.kind === 'sent' ? { sentAt: fromInstant(clock.now()), problem: Prisma.DbNull } : { problem: [...left.problems] }),
    }
    const { count } = await tx.dispatch.updateMany({ where: { id, state: 'sending' }, data })
    if (count === 0) return
    await recordAudit(tx, { actor: 'duncan', event: `dispatch.${left.kind}`, subject: `dispatch:${id}`, detail: { entry: entryId, channel } })
    await queue.send(tx, entryChanged, { entryId })
    if (left.kind === 'failed') await giveBack(tx, deps, entryId, left.problems)
  }, transaction)
}
