import type { ReportAsked } from './open-report.ts'
import type { ReportForm } from './write-report.ts'

/** Where the console makes a report for who is signed in: a path on its own address. */
export function filePathOf({
  report,
  form,
  filter,
  own,
  top,
}: Pick<ReportAsked, 'report' | 'filter'> & { form: ReportForm; own: boolean; top?: number | null | undefined }): string {
  const query = new URLSearchParams({ form, ...(filter !== '' && { filter }), ...(own && { own: 'true' }), ...(top != null && { top: String(top) }) })
  return `/api/files/reports/${report}?${query.toString()}`
}
