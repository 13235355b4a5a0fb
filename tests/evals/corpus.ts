import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { intents as allIntents, type DisputeReason, disputeReasons, type Intent, type MessageToRead } from '#triage'
import type { Example } from '../../src/triage/local/fit.ts'

const mailSchema = z.strictObject({
  id: z.string(),
  /** The story underneath; mails of one situation, in whatever language, are never split between training and test. */
  situation: z.string().regex(/^[a-z0-9-]+$/),
  subject: z.string(),
  text: z.string().min(1),
  /** The one that matters most first. */
  intents: z.array(z.enum(allIntents)).min(1),
  /** The day of the mail, where words such as "tomorrow" are counted from. */
  date: z.iso.date().default('2026-05-18'),
  facts: z
    .strictObject({
      /** Each day of payment that is promised. */
      promised_dates: z.array(z.iso.date()).optional(),
      invoice_numbers: z.array(z.string()).optional(),
      /** What is paid, promised or offered in parts; an empty list says that none of the mail's amounts is. */
      amounts: z.array(z.string()).optional(),
      dispute_reason: z.enum(disputeReasons).optional(),
      return_date: z.iso.date().optional(),
    })
    .default({}),
})

export type LabelledMail = z.infer<typeof mailSchema> & { language: string }

export const corpusFolder = join(import.meta.dirname, 'corpus')

const read = new Map<string, LabelledMail[]>()

/** All labelled mails of a corpus folder (`<language>/*.yaml`), in the order of their file names, read once; a bad record throws with its place. */
export const readCorpus = (folder = corpusFolder): LabelledMail[] => {
  const known = read.get(folder)
  if (known !== undefined) return known
  const mails = globSync('*/*.yaml', { cwd: folder })
    .toSorted()
    .flatMap(file => {
      const records = z.array(mailSchema).safeParse(parse(readFileSync(join(folder, file), 'utf8')))
      if (!records.success) throw new Error(`${file}: ${z.prettifyError(records.error)}`)
      return records.data.map(mail => ({ ...mail, language: basename(dirname(file)) }))
    })
  read.set(folder, mails)
  return mails
}

/** The fingerprint of what a model learns from: it changes with any letter, label or fold of it, and with which mails are held back. */
export const hashExamples = (examples: Example[]): string => hashOf(JSON.stringify(examples))

const phrasesSchema = z.partialRecord(z.enum(allIntents), z.array(z.string().min(1)))

/** A plain sentence of one intent, to learn from only: nothing is judged by it. */
export type Phrase = { language: string; intent: Intent; text: string }

/** How each intent is mostly put, from `phrases/<language>.yaml`, and each reason to dispute; a bad file throws with its name. */
export const readPhrases = (): Phrase[] => [
  ...readGroups(join(import.meta.dirname, 'phrases'), phrasesSchema).flatMap(([language, groups]) =>
    allIntents.flatMap(intent => (groups[intent] ?? []).map(text => ({ language, intent, text }))),
  ),
  ...readReasons().map(({ language, text }) => ({ language, intent: 'dispute' as const, text })),
]

const reasonsSchema = z.partialRecord(z.enum(disputeReasons), z.array(z.string().min(1)))

/** A plain sentence of one reason to dispute, to learn from only. */
export type ReasonPhrase = { language: string; reason: DisputeReason; text: string }

/** How each reason is mostly put, from `reasons/<language>.yaml`; a bad file throws with its name. */
export const readReasons = (): ReasonPhrase[] =>
  readGroups(join(import.meta.dirname, 'reasons'), reasonsSchema).flatMap(([language, groups]) =>
    disputeReasons.flatMap(reason => (groups[reason] ?? []).map(text => ({ language, reason, text }))),
  )

const readGroups = <T>(folder: string, schema: z.ZodType<T>): [language: string, groups: T][] =>
  globSync('*.yaml', { cwd: folder })
    .toSorted()
    .map(file => {
      const groups = schema.safeParse(parse(readFileSync(join(folder, file), 'utf8')))
      if (!groups.success) throw new Error(`${file}: ${z.prettifyError(groups.error)}`)
      return [basename(file, '.yaml'), groups.data]
    })

export type SplitCorpus = { training: (LabelledMail & { fold: number })[]; heldBack: LabelledMail[] }

const folds = 5
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * The mails to learn from, in five folds, and the quarter that is kept to judge by. Both go by the hash of the situation alone:
 * no story stands on both sides in whatever language, and none ever changes sides because others were added.
 */
export const splitCorpus = (mails: LabelledMail[]): SplitCorpus => {
  const split: SplitCorpus = { training: [], heldBack: [] }
  for (const mail of mails) {
    const place = Number.parseInt(hashOf(mail.situation).slice(0, 8), 16)
    if (place % 4 === 1) split.heldBack.push(mail)
    else split.training.push({ ...mail, fold: Math.floor(place / 4) % folds })
  }
  return split
}

const wordsOf = (text: string) => new Set(text.toLowerCase().match(/\p{L}+/gu))

/** Pairs of a held-back mail and a training mail or phrase that say nearly the same (token sets more than 0.8 alike). */
export const findLeaks = ({ training, heldBack }: SplitCorpus, phrases: Phrase[]): string[] => {
  const known = [
    ...training.map(({ id, language, subject, text }) => ({ name: id, language, words: wordsOf(`${subject} ${text}`) })),
    ...phrases.map(({ language, text }) => ({ name: text, language, words: wordsOf(text) })),
  ]
  return heldBack.flatMap(({ id, language, subject, text }) => {
    const held = [wordsOf(`${subject} ${text}`), wordsOf(text)]
    return known.filter(other => other.language === language && held.some(words => similarity(words, other.words) > 0.8)).map(({ name }) => `${id} ~ ${name}`)
  })
}

const similarity = (a: Set<string>, b: Set<string>): number => {
  const shared = [...a].filter(word => b.has(word)).length
  return shared / Math.max(1, a.size + b.size - shared)
}

/** A labelled mail as triage gets it. */
export const messageOf = ({ subject, text, date, intents }: LabelledMail): MessageToRead => ({
  kind: 'mail',
  subject,
  replyText: text,
  fullText: text,
  html: undefined,
  from: { address: intents[0] === 'bounce' ? 'mailer-daemon@debtor.example' : 'someone@debtor.example', name: '' },
  replyTo: [],
  attachmentNames: [],
  headers: [],
  date,
  senderVerified: 'unknown',
})

/** What the classifier learns from: the training mails, and the phrases, each a story of its own. */
export const examplesOf = (training: SplitCorpus['training'], phrases: Phrase[]): Example[] => [
  ...training.map(({ subject, text, language, intents, situation, fold }) => ({ subject, replyText: text, language, labels: intents, situation, fold })),
  ...phrases.map(({ language, intent, text }) => ({ subject: '', replyText: text, language, labels: [intent], situation: text, fold: undefined })),
]

/** What the model of dispute reasons learns from: the training mails that dispute, and the plain sentences of each reason. */
export const reasonExamplesOf = (training: SplitCorpus['training'], reasons: ReasonPhrase[]): Example[] => [
  ...training.flatMap(({ subject, text, language, situation, fold, facts }) =>
    facts.dispute_reason === undefined ? [] : [{ subject, replyText: text, language, labels: [facts.dispute_reason], situation, fold }],
  ),
  ...reasons.map(({ language, reason, text }) => ({ subject: '', replyText: text, language, labels: [reason], situation: text, fold: undefined })),
]
