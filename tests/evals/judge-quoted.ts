import { createParser } from '#mail'
import { assertedFrom, assertedIntents, type Intent, type MessageToRead, type Reading } from '#triage'
import { type LabelledMail, messageOf } from './corpus.ts'
import type { ReadMail } from './engines.ts'
import { quoteStyles, writeQuotedMail } from './quoted-mail.ts'

export type QuotedFigures = {
  mails: number
  /** Asserted with the history below and not without it: each is an action that nobody asked for. */
  falsePromises: number
  falsePayments: number
  falseDisputes: number
  /** Share of the mails of which the same intents are asserted with and without a history. */
  sameIntents: number
  /** By mail and style, what was falsely read. */
  wrong: string[]
}

/** `alone`: the same answer with nothing below it, parsed and trimmed alike. */
export type QuotedMail = { mail: LabelledMail; style: string; message: MessageToRead; alone: MessageToRead }

/**
 * The labelled mails as answers to a reminder, each with one style of quoting in turn, parsed and trimmed the way live mail
 * is. Absences and bounces are left out: they are known by their structure.
 */
export const quoteMails = async (mails: LabelledMail[]): Promise<QuotedMail[]> => {
  const parser = createParser({ threads: 1 })
  const answers = mails.filter(({ intents }) => intents[0] !== 'bounce' && intents[0] !== 'out_of_office')
  const quoted = await Promise.all(
    answers.map(async (mail, at) => {
      const style = quoteStyles[at % quoteStyles.length] ?? ''
      const live = async (wanted: string) => {
        const { mail: parsed, facts } = await parser.parse(writeQuotedMail(mail, wanted), { withHtml: true })
        return { ...messageOf(mail), kind: facts.kind, replyText: facts.replyText, fullText: parsed.text }
      }
      return { mail, style, message: await live(style), alone: await live('nothing quoted') }
    }),
  )
  await parser.close()
  return quoted
}

/** What is read out of quoted history: readings of the same mails with and without it are compared. */
export const judgeQuoted = async (read: ReadMail, quoted: QuotedMail[]): Promise<QuotedFigures> => {
  const figures = { mails: quoted.length, falsePromises: 0, falsePayments: 0, falseDisputes: 0, sameIntents: 0, wrong: [] as string[] }
  for (const { mail, style, message, alone } of quoted) {
    const [plain, below] = [await read(mail, alone), await read(mail, message)]
    const said = actsOf(plain).map(({ what }) => what)
    const added = actsOf(below).filter(({ what }) => !said.includes(what))
    if (added.some(({ intent }) => intent === 'promise_to_pay')) figures.falsePromises += 1
    if (added.some(({ intent }) => intent === 'payment_made')) figures.falsePayments += 1
    if (added.some(({ intent }) => intent === 'dispute')) figures.falseDisputes += 1
    if (added.length > 0) figures.wrong.push(`${mail.id} (${style}): ${added.map(({ what }) => what).join(', ')}`)
    if (assertedIntents(below).toSorted().join() === assertedIntents(plain).toSorted().join()) figures.sameIntents += 1 / quoted.length
  }
  return figures
}

const acts: Partial<Record<string, Intent>> = {
  promised_date: 'promise_to_pay',
  promised_amount: 'promise_to_pay',
  paid_date: 'payment_made',
  paid_amount: 'payment_made',
  dispute_reason: 'dispute',
}

/** The promises, payments and disputes that a reading asserts: each as an intent, and each fact with its value, so that a day more is seen. */
const actsOf = (reading: Reading): { intent: Intent; what: string }[] => [
  ...assertedIntents(reading).flatMap(intent => (Object.values(acts).includes(intent) ? [{ intent, what: intent }] : [])),
  ...reading.facts.flatMap(({ kind, value, confidence }) => {
    const intent = acts[kind]
    return intent === undefined || confidence < assertedFrom ? [] : [{ intent, what: `${kind} ${JSON.stringify(value)}` }]
  }),
]
