import { aging, collectors } from './contents/aging.ts'
import { debtors } from './contents/debtors.ts'
import { disputes } from './contents/disputes.ts'
import { dso } from './contents/dso.ts'
import { openItems } from './contents/open-items.ts'
import { promises } from './contents/promises.ts'
import { results } from './contents/results.ts'
import { topDebtors } from './contents/top-debtors.ts'
import { work } from './contents/work.ts'
import type { Report, ReportKey } from './report.ts'

/** What each report holds. A report is an entry here, its key in `reportKeys` and its words. */
export const reports: Record<ReportKey, Report> = {
  open_items: openItems,
  aging,
  collectors,
  top_debtors: topDebtors,
  debtors,
  dso,
  promises,
  disputes,
  work,
  results,
}
