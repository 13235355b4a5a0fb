import { type Credit, isBureauAddress, keepBureauMail } from '#credit'
import { linkThread, type Parser } from '#mail'
import type { Blobs, Clock, DbClient, Log, MessageModel, Queue } from '#platform'
import { creditSync, messageSettled } from './jobs.ts'
import type { SenderVerdict } from './read-inbound.ts'

export type BureauMailDeps = {
  client: DbClient
  clock: Clock
  log: Log
  queue: Pick<Queue, 'send' | 'sendMany'>
  blobs: Pick<Blobs, 'path'>
  parser: Pick<Parser, 'parse'>
  credit: Pick<Credit, 'rules'>
}

/**
 * Takes an alert mail of the credit bureau: what it tells is kept with the companies' events, and the mail is filed with its debtor, without a
 * proposal. Only a mail that proves to come from the bureau is believed. False for every other mail, and for one with a company of nobody:
 * that stays a card for a person.
 */
export async function takeBureauMail(deps: BureauMailDeps, message: MessageModel, sender: () => Promise<SenderVerdict>): Promise<boolean> {
  const { client, clock, log, queue, blobs, parser, credit } = deps
  if (message.direction === 'out' || message.kind === 'bounce') return false
  const rules = await credit.rules()
  if (!rules.on || !isBureauAddress(rules, message.fromAddress)) return false
  if ((await sender()) !== 'pass') return false

  const { mail } = await parser.parse(blobs.path(message.rawHash), { withHtml: true })
  const told = { messageId: message.id, receivedAt: message.receivedAt, subject: message.subject, text: message.text, html: mail.html }
  const { isWhole, asksNow, debtorIds } = await keepBureauMail({ client, clock, queue, rules }, told)
  if (asksNow) await queue.send(client, creditSync, { urgent: true }, { key: `${creditSync.name} now` })
  log.info({ message: message.id, debtors: debtorIds.length, isWhole }, 'a mail of the credit bureau was read')
  if (!isWhole) return false

  const [only, ...others] = [...new Set(debtorIds)]
  await client.$transaction(async tx => {
    if (others.length > 0) {
      const candidates = [only, ...others].map(debtorId => ({ debtorId, reasons: ['company_number'] }))
      await tx.message.update({ where: { id: message.id }, data: { debtorId: null, linkReason: null, candidates } })
    } else if (only !== undefined && message.debtorId !== only) {
      await linkThread(tx, { threadId: null, messageId: message.id, debtorId: only, reason: 'company_number', actor: 'duncan' })
    }
    await tx.message.update({ where: { id: message.id }, data: { status: 'processed' } })
    await queue.send(tx, messageSettled, { messageId: message.id })
  })
  return true
}
