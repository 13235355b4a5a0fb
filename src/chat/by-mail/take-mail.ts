import { hashToken, type Staff } from '#people'
import { type DbClient, fromInstant, type MessageModel } from '#platform'
import { type AnswerDeps, answerReply, type SenderVerdict } from './answer-reply.ts'
import { keyIn, keysIn, withoutKey } from './keyword.ts'

export type TakeDeps = AnswerDeps & {
  /** Has a mail marked in its mailbox as one that nothing is left to do about. */
  settleMessage: (messageId: number) => Promise<void>
}

/** What the way that mails come in can tell of one. */
export type AsItCame = { sender: () => Promise<SenderVerdict>; source: () => Promise<Buffer> }

/**
 * Takes a mail that belongs to decisions by mail: a colleague's reply, which is carried out and answered; what their mail system sent
 * back; a copy of Duncan's own; and whatever else quotes a key that still works, which no card may show. It never becomes a debtor's mail,
 * and the keys that it quotes are forgotten; somebody else's stays as it is in its mailbox, where a person looks at it. False for every
 * other mail. Without `came` it is only filed.
 */
export async function takeMail(deps: TakeDeps, message: MessageModel, came?: AsItCame): Promise<boolean> {
  const about = await aboutOf(deps, message, came)
  if (!about) return false
  const isByPerson = message.kind === 'mail' && !saysItIsAutomatic(message)
  if (about.isReply && isByPerson && came && about.staff.active) await answerReply(deps, message, about.staff, came.sender)
  if (message.kind === 'bounce') await tellOfBounce(deps, about.staff)
  await forget(deps, message)
  if (about.isSettled) await deps.settleMessage(message.id)
  return true
}

/** `isSettled`: nobody has to look at it in its mailbox. */
type About = { staff: Staff; isReply: boolean; isSettled: boolean }

async function aboutOf({ client, clock }: TakeDeps, message: MessageModel, came: AsItCame | undefined): Promise<About | undefined> {
  const { internetMessageId, inReplyTo, references, direction, kind, subject, text, fromAddress } = message
  const named = await mailsOf(client, [internetMessageId, inReplyTo, ...references, ...(await attachedIds(client, message, came))])
  const own = named.find(mail => mail.internetMessageId === internetMessageId)
  // One that arrived lies in the mailbox of whom it asks.
  if (own) return { staff: own.staff, isReply: false, isSettled: false }
  // Not every mail program says what it answers, least of all of what is sent on.
  const quoted = await mailsOfKeys(client, [...keysIn(subject), ...keysIn(text)])
  const hash = hashToken(keyIn(subject) ?? '')
  const answered = quoted.find(({ asked }) => asked.some(({ replyHash }) => replyHash === hash)) ?? named.find(mail => mail.internetMessageId === inReplyTo)
  const about = answered ?? named[0] ?? quoted[0]
  if (!about) return undefined
  if (kind === 'bounce') return { staff: about.staff, isReply: false, isSettled: true }
  const isTheirs = answered !== undefined && fromAddress === about.staff.email
  const isLive = [...named, ...quoted].some(({ asked }) => asked.some(({ usedAt, expiresAt }) => !usedAt && expiresAt > fromInstant(clock.now())))
  // What else speaks of an old one is somebody's own mail, and may be a debtor's.
  if (!isTheirs && !isLive) return undefined
  return { staff: about.staff, isReply: direction === 'in', isSettled: direction === 'in' && (isTheirs || kind !== 'mail') }
}

/** The Message-IDs of mails in a mail: one that was passed on as a file, or the header that a report returns (RFC 3464, 2). */
async function attachedIds(client: DbClient, { id, kind }: MessageModel, came: AsItCame | undefined): Promise<string[]> {
  const holdsMail = kind === 'bounce' || (await client.attachment.count({ where: { messageId: id, contentType: 'message/rfc822' } })) > 0
  if (!came || !holdsMail) return []
  const source = (await came.source()).toString('latin1', 0, longestReport)
  return [...source.matchAll(/^message-id:\s*(<[^<>\s]{1,250}>)/gim)].slice(0, 20).map(([, found = '']) => found)
}

const longestReport = 256 * 1024

const include = { staff: true, asked: true }
const mailsOf = (client: DbClient, ids: (string | null)[]) =>
  client.decisionMail.findMany({ where: { internetMessageId: { in: ids.filter(id => id !== null) } }, include, orderBy: { id: 'desc' } })

async function mailsOfKeys(client: DbClient, keys: string[]) {
  if (keys.length === 0) return []
  const hashes = { in: keys.map(hashToken) }
  return client.decisionMail.findMany({ where: { asked: { some: { OR: [{ linkHash: hashes }, { replyHash: hashes }] } } }, include, orderBy: { id: 'desc' } })
}

/** RFC 3834: no machine's mail decides anything, and none is answered. */
function saysItIsAutomatic({ headers }: MessageModel): boolean {
  const lines = headers as { name: string; value: string }[]
  const has = (name: string, value: RegExp) => lines.some(line => line.name === name && value.test(line.value.trim()))
  return has('auto-submitted', /^(?!no\b)/i) || has('precedence', /^(bulk|junk|list|auto)/i) || has('return-path', /^<\s*>$/)
}

const tellOfBounce = ({ ops }: TakeDeps, { key }: Staff): Promise<void> =>
  ops.raise({
    key: `decisions:${key}`,
    problem: `A mail that asked @${key} for decisions came back.`,
    remedy: 'Correct the mail address of this person in the settings.',
  })

/** Nothing of the mail stays but that it came: it is about several debtors or none, and may quote keys that still work. */
async function forget({ client, clock }: TakeDeps, { id, threadId, subject }: MessageModel): Promise<void> {
  await client.$transaction(async tx => {
    await tx.message.update({
      where: { id },
      data: {
        subject: withoutKey(subject),
        text: '',
        replyText: '',
        debtorId: null,
        linkReason: null,
        candidates: [],
        findings: {},
        status: 'processed',
        rawDeletedAt: fromInstant(clock.now()),
      },
    })
    await tx.attachment.deleteMany({ where: { messageId: id } })
    // A conversation that has no other mail is no debtor's.
    const hasNoOther = { id: threadId ?? 0, messages: { every: { text: '', rawDeletedAt: { not: null } } } }
    await tx.thread.updateMany({ where: hasNoOther, data: { debtorId: null, subject: '' } })
  })
}
