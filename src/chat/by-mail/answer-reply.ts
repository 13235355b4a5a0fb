import type { Staff } from '#people'
import { fromInstant, type MessageModel, recordAudit } from '#platform'
import { oneLine } from '../cards/cut.ts'
import { cardContext } from '../context.ts'
import { handOver, messageIdAt, type SendDeps } from './ask.ts'
import { type AskedDeps, type Choice, decideAsked, decidedLines, standsInTheWay } from './asked.ts'
import { keyIn, keywordOf, keywordsIn } from './keyword.ts'

/** `timeZone`: IANA name; times in answers are in it. */
export type AnswerDeps = SendDeps & AskedDeps & { timeZone: string }

export type SenderVerdict = 'pass' | 'fail' | 'unknown'

/** What became of a reply: `why` of a refusal is for the audit. */
type Outcome = { kind: 'done'; told: string } | { kind: 'refused'; why: string; told: string }

/**
 * Carries out what a reply says, if it is that person's own word, and answers it: to their own address, whoever wrote. A reply decides with
 * the key in its subject, from its owner's address, which the sender check must pass (DMARC, DKIM), by one word alone on its first line.
 */
export async function answerReply(deps: AnswerDeps, message: MessageModel, staff: Staff, sender: () => Promise<SenderVerdict>): Promise<void> {
  const outcome = await carryOut(deps, message, staff, sender)
  if (outcome.kind === 'refused') {
    const detail = { staff: staff.id, why: outcome.why }
    await recordAudit(deps.client, { actor: 'duncan', event: 'decision_mail.refused', subject: `message:${message.id}`, detail })
  }
  await answer(deps, message, staff, outcome.told)
}

async function carryOut(deps: AnswerDeps, message: MessageModel, staff: Staff, sender: () => Promise<SenderVerdict>): Promise<Outcome> {
  const context = cardContext(staff.language, deps.timeZone)
  const { byMail: say } = context.words
  if (message.fromAddress !== staff.email) return refused('stranger', say.answerStranger(oneLine(message.fromAddress ?? '?', 100)))
  if ((await sender()) !== 'pass') return refused('unproven', say.answerUnproven)
  const key = keyIn(message.subject)
  if (key === undefined) return refused('no_key', say.answerNoKey)
  const word = keywordOf(message.text)
  const { approve, reject } = keywordsIn(context.words)
  if (word === undefined) return refused('no_word', say.answerNoWord(approve, reject))
  const choice: Choice = word === 'approve' ? { kind: 'approve' } : { kind: 'reject', reason: reasonOf(message) || say.rejectedByMail }
  const result = await decideAsked(deps, { by: 'reply', key }, choice)
  if (result.kind !== 'answered') return refused(result.kind, `${say.answerRefused} ${standsInTheWay(result, context)}`)
  const { outcome } = result
  if (outcome.kind === 'done') return { kind: 'done', told: decidedLines(result, context).join('\n') }
  return refused('not_taken', `${say.answerRefused} ${outcome.kind === 'refused' ? outcome.message : ''}`.trim())
}

const refused = (why: string, told: string): Outcome => ({ kind: 'refused', why, told })

/** What stands below the word of a rejection, without history and signature. */
function reasonOf({ replyText }: MessageModel): string {
  const [first = '', ...rest] = replyText.split('\n')
  return oneLine((keywordOf(first) ? rest : [first, ...rest]).join(' '), 500)
}

const mostAnswers = { count: 10, within: { hours: 1 } }

/** Answers to the person's own address, and no more often than a person could want: two machines must not talk for ever. */
async function answer(deps: AnswerDeps, message: MessageModel, staff: Staff, told: string): Promise<void> {
  const { client, clock, log, settings } = deps
  const { mailbox: key } = settings()
  const mailbox = key === undefined ? null : await client.mailbox.findUnique({ where: { key } })
  const since = fromInstant(clock.now().subtract(mostAnswers.within))
  const before = await client.decisionMail.count({ where: { staffId: staff.id, kind: 'answer', createdAt: { gt: since } } })
  if (!mailbox || before >= mostAnswers.count) return log.warn({ staff: staff.id, message: message.id }, 'a reply about a decision was not answered')
  const internetMessageId = messageIdAt(mailbox.address)
  const { id } = await client.decisionMail.create({ data: { internetMessageId, staffId: staff.id, kind: 'answer', createdAt: fromInstant(clock.now()) } })
  const subject = `Re: ${message.subject.replace(/^(\s*re\s*:)+\s*/i, '')}`
  const mail = { from: mailbox.address, to: staff.email, subject, text: told, html: null, internetMessageId, inReplyTo: message.internetMessageId }
  await handOver(deps, staff, id, mail)
}
