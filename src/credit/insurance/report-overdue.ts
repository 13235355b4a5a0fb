import { type Db, recordAudit } from '#platform'

export type OverdueReport = {
  debtorId: number
  policyId: string
  invoiceIds: readonly number[]
  /** ISO day. */
  reportedOn: string
  /** As the insurer calls the case. */
  reference?: string | undefined
  staffId: number
  at: Date
}

/** Keeps that overdue items were reported to the insurer, and ends the work of reporting them; returns the report's id. */
export async function reportOverdue(tx: Db, { invoiceIds, reportedOn, reference, ...report }: OverdueReport): Promise<number> {
  const day = new Date(`${reportedOn}T00:00:00Z`)
  const items = { create: invoiceIds.map(invoiceId => ({ invoiceId })) }
  const { id } = await tx.insuranceReport.create({ data: { ...report, reportedOn: day, reference: reference ?? null, items } })
  const detail = { debtor: report.debtorId, policy: report.policyId, invoices: [...invoiceIds], reportedOn }
  await recordAudit(tx, { actor: `staff:${report.staffId}`, event: 'insurance.reported', subject: `insurance-report:${id}`, detail })
  await endReportTasks(tx, report.debtorId)
  return id
}

/** Takes a report back; false when it was already. Its items are work again with the next look at the deadlines. */
export async function takeReportBack(tx: Db, id: number, at: Date): Promise<boolean> {
  const { count } = await tx.insuranceReport.updateMany({ where: { id, takenBackAt: null }, data: { takenBackAt: at } })
  if (count === 0) return false
  await tx.$executeRaw`UPDATE "InsuredItem" SET "reportTaskId" = NULL WHERE "invoiceId" IN (SELECT "invoiceId" FROM "InsuranceReportItem" WHERE "reportId" = ${id})`
  await recordAudit(tx, { actor: 'duncan', event: 'insurance.report_taken_back', subject: `insurance-report:${id}` })
  return true
}

/** Work of reporting, of which every item is reported or no longer open, is done. */
async function endReportTasks(tx: Db, debtorId: number): Promise<void> {
  await tx.$executeRaw`UPDATE "Task" t SET status = 'done' WHERE t.status = 'open' AND t."debtorId" = ${debtorId} AND t.id IN (SELECT n."reportTaskId" FROM "InsuredItem" n WHERE n."debtorId" = ${debtorId})
    AND NOT EXISTS (SELECT 1 FROM "InsuredItem" n JOIN "Invoice" i ON i.id = n."invoiceId" AND i.status = 'open' WHERE n."reportTaskId" = t.id
      AND NOT EXISTS (SELECT 1 FROM "InsuranceReportItem" x JOIN "InsuranceReport" r ON r.id = x."reportId" AND r."takenBackAt" IS NULL WHERE x."invoiceId" = i.id))`
}
