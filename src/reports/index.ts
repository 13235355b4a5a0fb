export { isReportKey, type ReportKey, reportKeys } from './report.ts'
export { type ReportForm, reportForms, writeReport } from './write-report.ts'
