import type { CellChange } from '#credit'
import type { SettingsOutcome, SettingsPlan } from '#settings'

/** What chat needs of the decision matrix beside looking at it. */
export type MatrixPort = {
  /** Whether credit risk is on in the settings. */
  isOn: () => Promise<boolean>
  /** Scores and places a debtor anew, after a person said something of it. */
  place: (debtorId: number) => Promise<void>
  planCell: (change: CellChange) => Promise<SettingsPlan>
  /** For somebody (`staff:3`) who looked at version `base`. */
  changeCell: (change: CellChange, by: string, base: number) => Promise<SettingsOutcome>
}
