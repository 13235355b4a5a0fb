import { fromInstant } from '#platform'
import { isMonitoredAt } from '../scope.ts'
import type { Night } from './run-night.ts'

/** The bureau has a company no more: what is known of it stays, its debtors are listed as not monitored, and the run counts them so. */
export async function leaveCompany({ client, clock, rules, timeZone, bureau, runId }: Night, companyId: number): Promise<void> {
  await client.$executeRaw`
    WITH gone AS (UPDATE "CreditCompany" SET monitoring = 'gone', "reportOwed" = FALSE WHERE id = ${companyId} RETURNING id),
      told AS (INSERT INTO "CreditRunCompany" ("runId", "companyId", outcome) SELECT ${runId}, id, 'gone' FROM gone
        ON CONFLICT ("runId", "companyId") DO UPDATE SET outcome = 'gone', problem = NULL)
    INSERT INTO "CreditGap" ("debtorId", reason, number, "checkedAt")
    SELECT d.id, 'gone', l.number, ${fromInstant(clock.now())} FROM gone JOIN "CreditLink" l ON l."companyId" = gone.id JOIN "Debtor" d ON d.id = l."debtorId"
    WHERE ${isMonitoredAt(rules, clock.today(timeZone), bureau.name)}
    ON CONFLICT ("debtorId") DO UPDATE SET reason = 'gone', detail = NULL, candidates = '[]', number = excluded.number, "checkedAt" = excluded."checkedAt"`
}
