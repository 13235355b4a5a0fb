import type { Rates, Scores } from './score.ts'

const share = (value: number): string => value.toFixed(3).padStart(9)

const printRates = (title: string, rows: Record<string, Rates>) => {
  console.log(`\n${title.padEnd(26)}precision   recall       F1  support`)
  for (const [name, { precision, recall, f1, support }] of Object.entries(rows)) {
    if (support > 0) console.log(`${name.padEnd(26)}${share(precision)}${share(recall)}${share(f1)}${String(support).padStart(9)}`)
  }
}

/** Prints the scores as tables for people. */
export const printScores = (scores: Scores, engine: string) => {
  console.log(`${engine} engine on ${scores.mails} held-back mails`)
  printRates('Intent (asserted)', scores.intents)
  printRates('Language (all intents)', scores.languages)
  printRates('Fact', scores.facts)
  console.log('')
  for (const [name, value] of [
    ['Primary intent, macro F1', scores.primaryMacroF1],
    ['Primary intent, accuracy', scores.primaryAccuracy],
    ['Asserted intents, macro F1', scores.assertedMacroF1],
    ['Calibration error (10 bins)', scores.calibrationError],
    ['Language accuracy', scores.languageAccuracy],
  ] as const) {
    console.log(`${name.padEnd(29)}${share(value)}`)
  }
}
