import type { QuotedFigures } from './judge-quoted.ts'
import type { Rates, Scores } from './score.ts'

const share = (value: number): string => value.toFixed(3).padStart(9)

const printRates = (title: string, rows: Record<string, Rates>) => {
  console.log(`\n${title.padEnd(26)}precision   recall       F1  support`)
  for (const [name, { precision, recall, f1, support }] of Object.entries(rows)) {
    if (support > 0) console.log(`${name.padEnd(26)}${share(precision)}${share(recall)}${share(f1)}${String(support).padStart(9)}`)
  }
}

/** Prints the scores of an engine as tables for people. */
export const printScores = (scores: Scores, engine: string) => {
  console.log(`${engine} engine on ${scores.mails} held-back mails`)
  if (scores.unanswered > 0) console.log(`The language model gave no answer to ${scores.unanswered} of them.`)
  printRates('Intent (asserted)', scores.intents)
  printRates('Fact', scores.facts)
  console.log(`\n${'Language'.padEnd(10)}   mails  first F1   all F1    days numbers F1  calibration error`)
  for (const [language, row] of Object.entries(scores.languages)) {
    const figures = [row.primaryMacroF1, row.f1, row.promisedDatesExact, row.invoiceNumberF1, row.calibrationError]
    console.log(`${language.padEnd(10)}${String(row.mails).padStart(8)}${figures.map(share).join(' ')}`)
  }
  console.log('')
  for (const [name, value] of [
    ['Primary intent, macro F1', scores.primaryMacroF1],
    ['Primary intent, accuracy', scores.primaryAccuracy],
    ['Asserted intents, macro F1', scores.assertedMacroF1],
    ['Promised days, all exact', scores.promisedDatesExact],
    ['Calibration error (10 bins)', scores.calibrationError],
    ['Language accuracy', scores.languageAccuracy],
  ] as const) {
    console.log(`${name.padEnd(29)}${share(value)}`)
  }
}

/** Prints what an engine read out of quoted history. */
export const printQuoted = ({ mails, falsePromises, falsePayments, falseDisputes, sameIntents, wrong }: QuotedFigures) => {
  console.log(`\nThe same mails with a reminder and an older answer quoted below (${mails}):`)
  console.log(`false promises ${falsePromises}, false payments ${falsePayments}, false disputes ${falseDisputes}; same intents ${sameIntents.toFixed(3)}\n`)
  for (const line of wrong) console.log(`  ${line}`)
}
