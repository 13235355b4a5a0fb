import { assertedFrom, type Intent, intents, type Reading } from '#triage'
import type { LabelledMail } from './corpus.ts'

export type Judged = { mail: LabelledMail; reading: Pick<Reading, 'language' | 'intents' | 'facts' | 'model'> }
export type Rates = { precision: number; recall: number; f1: number; support: number }
/** All intents of the mails in one language, and the figures that goals are set for. */
export type LanguageScores = Rates & {
  mails: number
  primaryMacroF1: number
  primaryAccuracy: number
  promisedDatesExact: number
  invoiceNumberF1: number
  calibrationError: number
}
export type Scores = {
  mails: number
  /** Mails that a language model was to read and gave no answer to. */
  unanswered: number
  /** F1 of the first intent against the first label, averaged over the intents. */
  primaryMacroF1: number
  primaryAccuracy: number
  /** Every asserted intent (confidence of 0.5 or more) against every label, averaged over the intents. */
  assertedMacroF1: number
  /** Expected calibration error over ten bins of confidence, all intents. */
  calibrationError: number
  languageAccuracy: number
  intents: Record<string, Rates>
  /** Of the mails that promise on a day, how many were read with exactly the days that they promise. */
  promisedDatesExact: number
  languages: Record<string, LanguageScores>
  facts: Record<string, Rates>
}

type Counts = { right: number; claimed: number; wanted: number }

const rates = ({ right, claimed, wanted }: Counts): Rates => {
  const precision = claimed === 0 ? 0 : right / claimed
  const recall = wanted === 0 ? 0 : right / wanted
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall), support: wanted }
}

const count = <T>(pairs: { claimed: Iterable<T>; wanted: Iterable<T> }[]): Counts => {
  const counts = { right: 0, claimed: 0, wanted: 0 }
  for (const pair of pairs) {
    const [claimed, wanted] = [new Set(pair.claimed), new Set(pair.wanted)]
    counts.right += [...claimed].filter(value => wanted.has(value)).length
    counts.claimed += claimed.size
    counts.wanted += wanted.size
  }
  return counts
}

const asserted = ({ reading }: Judged): Intent[] => reading.intents.filter(({ confidence }) => confidence >= assertedFrom).map(({ intent }) => intent)
const primary = ({ reading }: Judged): Intent | undefined => reading.intents[0]?.intent
const mean = (values: number[]): number => (values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length)
const macroF1 = (all: Rates[]): number => mean(all.filter(({ support }) => support > 0).map(({ f1 }) => f1))

const intentRates = (judged: Judged[], pick: (one: Judged) => { claimed: Intent[]; wanted: Intent[] }): Record<string, Rates> =>
  Object.fromEntries(
    intents.map(intent => {
      const pairs = judged
        .map(pick)
        .map(({ claimed, wanted }) => ({ claimed: claimed.filter(it => it === intent), wanted: wanted.filter(it => it === intent) }))
      return [intent, rates(count(pairs))]
    }),
  )

const allLabels = (one: Judged) => ({ claimed: asserted(one), wanted: one.mail.intents })
const firstLabel = (one: Judged) => {
  const guess = primary(one)
  return { claimed: guess === undefined ? [] : [guess], wanted: one.mail.intents.slice(0, 1) }
}
const accuracy = (judged: Judged[]): number => mean(judged.map(one => (primary(one) === one.mail.intents[0] ? 1 : 0)))

const calibrationError = (judged: Judged[]): number => {
  const bins = Array.from({ length: 10 }, () => ({ count: 0, confidence: 0, right: 0 }))
  for (const { mail, reading } of judged) {
    for (const { intent, confidence } of reading.intents) {
      const bin = bins[Math.min(9, Math.floor(confidence * 10))]
      if (bin === undefined) continue
      bin.count += 1
      bin.confidence += confidence
      bin.right += mail.intents.includes(intent) ? 1 : 0
    }
  }
  const total = bins.reduce((sum, bin) => sum + bin.count, 0)
  return bins.reduce((sum, bin) => sum + Math.abs(bin.confidence - bin.right), 0) / Math.max(1, total)
}

const distinct = (values: string[]): string => [...new Set(values)].toSorted().join()

const promisedDatesExact = (judged: Judged[]): number =>
  mean(
    judged
      .filter(({ mail }) => (mail.facts.promised_dates ?? []).length > 0)
      .map(one => (distinct(factValues(one, ['promised_date'])) === distinct(one.mail.facts.promised_dates ?? []) ? 1 : 0)),
  )

const given = (value: string | undefined) => (value === undefined ? [] : [value])

const amountKinds = ['promised_amount', 'paid_amount', 'instalment']

const factValues = ({ reading }: Judged, kinds: string[]): string[] =>
  reading.facts
    .filter(({ kind, confidence }) => kinds.includes(kind) && confidence >= assertedFrom)
    .flatMap(({ value }) => (typeof value === 'string' ? [value] : given(value.amount)))

const factRates = (judged: Judged[]): Record<string, Rates> => {
  const of = (wanted: (mail: LabelledMail) => string[], kinds: string[]) =>
    rates(count(judged.map(one => ({ claimed: factValues(one, kinds), wanted: wanted(one.mail) }))))
  // "250" and "250.00" are one amount. Other amounts are not labelled, so only mails count that say which they pay.
  const amountRates = () =>
    rates(
      count(
        judged.flatMap(one => {
          const wanted = one.mail.facts.amounts
          return wanted === undefined ? [] : [{ claimed: factValues(one, amountKinds).map(Number), wanted: wanted.map(Number) }]
        }),
      ),
    )
  return {
    promised_date: of(({ facts }) => facts.promised_dates ?? [], ['promised_date']),
    invoice_number: of(({ facts }) => facts.invoice_numbers ?? [], ['invoice_number']),
    amount: amountRates(),
    dispute_reason: of(({ facts }) => given(facts.dispute_reason), ['dispute_reason']),
    return_date: of(({ facts }) => given(facts.return_date), ['return_date']),
  }
}

const scoreLanguage = (judged: Judged[]): LanguageScores => ({
  ...rates(count(judged.map(allLabels))),
  mails: judged.length,
  primaryMacroF1: macroF1(Object.values(intentRates(judged, firstLabel))),
  primaryAccuracy: accuracy(judged),
  promisedDatesExact: promisedDatesExact(judged),
  invoiceNumberF1: factRates(judged).invoice_number?.f1 ?? 0,
  calibrationError: calibrationError(judged),
})

/** How well readings match the labels of their mails; all figures from 0 to 1. */
export const scoreReadings = (judged: Judged[]): Scores => {
  const byLanguage = Map.groupBy(judged, ({ mail }) => mail.language)
  return {
    mails: judged.length,
    unanswered: judged.filter(({ reading }) => reading.model?.problem !== undefined).length,
    primaryMacroF1: macroF1(Object.values(intentRates(judged, firstLabel))),
    primaryAccuracy: accuracy(judged),
    assertedMacroF1: macroF1(Object.values(intentRates(judged, allLabels))),
    calibrationError: calibrationError(judged),
    promisedDatesExact: promisedDatesExact(judged),
    languageAccuracy: mean(judged.map(({ mail, reading }) => (reading.language === mail.language ? 1 : 0))),
    intents: intentRates(judged, allLabels),
    languages: Object.fromEntries([...byLanguage].toSorted(([a], [b]) => a.localeCompare(b)).map(([language, mails]) => [language, scoreLanguage(mails)])),
    facts: factRates(judged),
  }
}

/** The figures that a change may not lower (or, for the calibration error, raise). */
export const guardedFigures = (scores: Scores): Record<string, number> => ({
  primaryMacroF1: scores.primaryMacroF1,
  assertedMacroF1: scores.assertedMacroF1,
  calibration: 1 - scores.calibrationError,
  promisedDatesExact: scores.promisedDatesExact,
  languageAccuracy: scores.languageAccuracy,
  ...Object.fromEntries(Object.entries(scores.languages).map(([language, { f1 }]) => [`language ${language} F1`, f1])),
  ...Object.fromEntries(Object.entries(scores.facts).map(([fact, { f1 }]) => [`${fact} F1`, f1])),
})
