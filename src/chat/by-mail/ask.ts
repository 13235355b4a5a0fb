import { randomUUID } from 'node:crypto'
import { isSendingHeld, type SendingAccount, sendUnkept, type UnkeptMail } from '#mail'
import { coversToday, hashToken, listStaff, may, newToken, type Staff } from '#people'
import { DuncanError, errorText, fromInstant, type Log, type Ops, recordAudit } from '#platform'
import type { ProposalView } from '#proposals'
import { type RestDeps, restOf } from '../approvals/rest-of.ts'
import { proposalVersion } from '../cards/proposal-version.ts'
import { ownersActedFor } from '../commands/waiting.ts'
import { cardContext } from '../context.ts'
import type { AskedDeps } from './asked.ts'
import type { ByMailSettings } from './by-mail-kind.ts'
import { decisionsFor, outOfReach, type WaitingDecision } from './waiting-decisions.ts'
import { writeRequest } from './write-request.ts'

export type SendDeps = Pick<AskedDeps, 'client' | 'clock'> & {
  log: Log
  ops: Pick<Ops, 'raise' | 'resolve'>
  /** How mail leaves a mailbox; undefined for one that names no server. Throws when a secret is missing. */
  account: (mailbox: string) => SendingAccount | undefined
  /** As the settings stand now. */
  settings: () => ByMailSettings
}

export type AskDeps = SendDeps & RestDeps & Pick<AskedDeps, 'proposals'> & { publicUrl: string }

const keysLive = { hours: 24 }
const mostInOne = 8
/** A mail that nobody handed over after this time never left: its process died. */
const longestHandover = { minutes: 10 }

/**
 * Mails every person what waits for their decision: where a chat platform has been away too long, and where they chose so; of who is away
 * themselves, to who covers them. Each question once, in bundles with a rest between them, and outside quiet hours; hard stops wait for
 * neither. Returns how many mails left.
 */
export async function askByMail(deps: AskDeps): Promise<number> {
  const { client, clock, settings, log, timeZone } = deps
  const { mailbox: key, afterMinutes } = settings()
  const wanting = new Set((await client.staffPreference.findMany({ where: { decisionsByMail: true } })).map(({ staffId }) => staffId))
  const away = key === undefined ? [] : await outOfReach(client, fromInstant(clock.now().subtract({ minutes: afterMinutes })))
  if (away.length === 0 && wanting.size === 0) return 0
  const mailbox = key === undefined ? null : await client.mailbox.findUnique({ where: { key } })
  if (!mailbox) {
    await deps.ops.raise(noMailbox)
    return 0
  }
  await deps.ops.resolve(noMailbox.key)
  if (await isSendingHeld(client, mailbox.id)) return 0
  // The mail stays known: it may have left, and what answers it is no debtor's.
  const tooLong = fromInstant(clock.now().subtract(longestHandover))
  await client.mailedDecision.deleteMany({ where: { mail: { sentAt: null, createdAt: { lt: tooLong } } } })
  const covered = await coversToday(client, clock, timeZone)
  let left = 0
  for (const person of await listStaff(client)) {
    const why = wanting.has(person.id) ? 'wanted' : 'away'
    if (!may(person, 'decide') || covered.has(person.id) || (why === 'away' && away.length === 0)) continue
    try {
      if (await askPerson(deps, mailbox.address, person, why, why === 'wanted' ? undefined : away)) left++
    } catch (error) {
      log.error({ err: error, staff: person.id }, 'somebody could not be asked by mail') // which keeps nobody else from being asked
    }
  }
  return left
}

const noMailbox = {
  key: 'decisions',
  problem: 'People wait to be asked for decisions by mail, but there is no mailbox to ask from.',
  remedy: 'Name one of the mailboxes as decisionsByMail.mailbox in the settings, and see with `duncan doctor` that it is connected.',
}

async function askPerson(deps: AskDeps, mailbox: string, person: Staff, why: 'away' | 'wanted', among: number[] | undefined): Promise<boolean> {
  const { client, clock, timeZone, publicUrl } = deps
  const context = cardContext(person.language, timeZone)
  const owners = await ownersActedFor({ client, clock, context }, person)
  const waiting = await decisionsFor(client, person, owners, among)
  if (waiting.length === 0) return false
  const isResting = (await wasAskedLately(deps, person)) || (await restOf(deps, person)) !== undefined
  const due = isResting ? waiting.filter(({ hardStop }) => hardStop) : waiting
  const chosen = await viewed(deps, due.slice(0, mostInOne))
  if (chosen.length === 0) return false
  const items = chosen.map(item => ({ ...item, linkKey: newToken(), replyKey: newToken() }))
  const until = clock.now().add(keysLive)
  const internetMessageId = messageIdAt(mailbox)
  // Kept before it leaves, so that no other process asks the same; of two at once one fails here.
  const mail = await client.$transaction(async tx => {
    const row = await tx.decisionMail.create({ data: { internetMessageId, staffId: person.id, kind: 'request', createdAt: fromInstant(clock.now()) } })
    for (const { proposalId, vote, view, linkKey, replyKey } of items) {
      const keys = { linkHash: hashToken(linkKey), replyHash: hashToken(replyKey), expiresAt: fromInstant(until) }
      await tx.mailedDecision.create({ data: { mailId: row.id, proposalId, staffId: person.id, vote, version: proposalVersion(view), ...keys } })
    }
    return row
  })
  const more = waiting.length - items.length
  const written = writeRequest({ items, more, why, until: fromInstant(until), mailbox, publicUrl }, context)
  return handOver(deps, person, mail.id, { ...written, from: mailbox, to: person.email, internetMessageId, inReplyTo: null })
}

/** Whether this person got such a mail less than the rest ago that the settings want between two of them. */
async function wasAskedLately({ client, clock, settings }: AskDeps, { id }: Staff): Promise<boolean> {
  const since = fromInstant(clock.now().subtract({ minutes: settings().everyMinutes }))
  return (await client.decisionMail.count({ where: { staffId: id, asked: { some: {} }, createdAt: { gt: since } } })) > 0
}

async function viewed({ proposals }: AskDeps, waiting: WaitingDecision[]): Promise<(WaitingDecision & { view: ProposalView })[]> {
  const views = await Promise.all(waiting.map(async decision => ({ ...decision, view: await proposals.view(decision.proposalId) })))
  // Decided while this one was looked at, or waiting for the other vote now: the next look says.
  return views.flatMap(({ view, ...decision }) => (view?.status === (decision.vote === 'first' ? 'open' : 'awaiting_second') ? [{ ...decision, view }] : []))
}

/** A fresh Message-ID (RFC 5322, 3.6.4) in the domain of an address. */
export const messageIdAt = (address: string): string => `<${randomUUID()}@${address.split('@').at(-1)}>`

/**
 * Hands one mail to a colleague over and keeps whether it left; a person hears of it when it does not, and it is forgotten, to be written
 * anew. One that may have left counts as sent: nobody gets two keys to one question.
 */
export async function handOver(deps: SendDeps, person: Staff, id: number, mail: UnkeptMail): Promise<boolean> {
  const { client, clock, ops, log } = deps
  const alert = `decisions:${person.key}`
  const problem = await tryToSend(deps, mail)
  if (problem === undefined) {
    await client.$transaction(async tx => {
      const { asked } = await tx.decisionMail.update({ where: { id }, data: { sentAt: fromInstant(clock.now()) }, include: { asked: true } })
      for (const { proposalId, vote } of asked) {
        await recordAudit(tx, { actor: 'duncan', event: 'proposal.mailed', subject: `proposal:${proposalId}`, detail: { staff: person.id, vote } })
      }
    })
    await ops.resolve(alert)
    return true
  }
  log.warn({ staff: person.id }, 'a mail about decisions did not leave')
  await client.decisionMail.delete({ where: { id } })
  await ops.raise({
    key: alert,
    problem: `@${person.key} cannot be asked for decisions by mail: ${problem}`,
    remedy: 'See that the mailbox of decisionsByMail in the settings can send (`duncan doctor`), and that the address of this person is right.',
  })
  return false
}

/** Why a mail surely did not leave. */
async function tryToSend({ account: accountOf, settings, clock }: SendDeps, mail: UnkeptMail): Promise<string | undefined> {
  const { mailbox = '' } = settings()
  try {
    const account = accountOf(mailbox)
    if (!account) return `The mailbox ${mailbox} has no server to send with.`
    const sent = await sendUnkept(account, fromInstant(clock.now()), mail)
    return sent.kind === 'refused' ? sent.problem : undefined
  } catch (error) {
    return error instanceof DuncanError ? error.message : errorText(error)
  }
}
