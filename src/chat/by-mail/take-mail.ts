import { hashToken, type Staff } from '#people'
import { fromInstant, type MessageModel } from '#platform'
import { type AnswerDeps, answerReply, type SenderVerdict } from './answer-reply.ts'
import { keyIn, withoutKey } from './keyword.ts'

export type TakeDeps = AnswerDeps & {
  /** Has a mail marked in its mailbox as one that nothing is left to do about. */
  settleMessage: (messageId: number) => Promise<void>
}

/** What the way that mails come in can tell of one. */
export type AsItCame = { sender: () => Promise<SenderVerdict>; source: () => Promise<Buffer> }

/**
 * Takes a mail that belongs to decisions by mail: a colleague's reply, which is carried out and answered; what their mail system sent
 * back; a copy of Duncan's own. It never becomes a debtor's mail, and the keys that it quotes are forgotten. False for every other mail.
 * Without `came` it is only filed.
 */
export async function takeMail(deps: TakeDeps, message: MessageModel, came?: AsItCame): Promise<boolean> {
  const about = await aboutOf(deps, message, came)
  if (!about) return false
  const isByPerson = message.kind === 'mail' && !saysItIsAutomatic(message)
  if (about.isReply && isByPerson && came && about.staff.active) await answerReply(deps, message, about.staff, came.sender)
  if (message.kind === 'bounce') await tellOfBounce(deps, about.staff)
  await forget(deps, message)
  if (message.direction === 'in') await deps.settleMessage(message.id)
  return true
}

type About = { staff: Staff; isReply: boolean }

async function aboutOf({ client }: TakeDeps, message: MessageModel, came: AsItCame | undefined): Promise<About | undefined> {
  const { internetMessageId, inReplyTo, direction, kind, subject } = message
  const mailsOf = (ids: string[]) => client.decisionMail.findMany({ where: { internetMessageId: { in: ids } }, include: { staff: true } })
  const mails = await mailsOf([internetMessageId, inReplyTo].filter(id => id !== null))
  const own = mails.find(mail => mail.internetMessageId === internetMessageId)
  if (own || direction === 'out') return own && { staff: own.staff, isReply: false }
  const key = keyIn(subject)
  const asked = key && (await client.mailedDecision.findUnique({ where: { replyHash: hashToken(key) }, include: { mail: { include: { staff: true } } } }))
  const [answered] = asked ? [asked.mail] : mails
  if (answered) return { staff: answered.staff, isReply: kind !== 'bounce' }
  if (kind !== 'bounce' || !came) return undefined
  // A report returns the header of the mail that did not arrive (RFC 3464, 2).
  const report = (await came.source()).toString('latin1', 0, longestReport)
  const returned = [...report.matchAll(/^message-id:\s*(<[^<>\s]{1,250}>)/gim)].slice(0, 20)
  const [bounced] = await mailsOf(returned.map(([, id = '']) => id))
  return bounced && { staff: bounced.staff, isReply: false }
}

const longestReport = 256 * 1024

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
        status: 'processed',
        rawDeletedAt: fromInstant(clock.now()),
      },
    })
    await tx.attachment.deleteMany({ where: { messageId: id } })
    // A conversation that such a mail began is no debtor's.
    const isAlone = { id: threadId ?? 0, messages: { every: { id } } }
    await tx.thread.updateMany({ where: isAlone, data: { debtorId: null, subject: '' } })
  })
}
