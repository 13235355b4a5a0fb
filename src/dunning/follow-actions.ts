import type { Temporal } from 'temporal-polyfill'
import { type Db, recordAudit, toInstant } from '#platform'
import { type ActionEnd, settleAction } from './settle-action.ts'

type Row = { id: number; entry: string | null; mail: string | null; sentAt: Date | null; task: string | null; timeZone: string }

/** What became of entry, mail or task of an action, as an end of it; undefined while it goes on. */
function endOf({ entry, mail, sentAt, task, timeZone }: Row, now: Temporal.Instant): ActionEnd | undefined {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate()
  if (task === 'done') return { kind: 'done', on: today, outcome: 'done' }
  if (task === 'cancelled' || entry === 'rejected') return { kind: 'skipped' }
  if (entry === 'superseded' || entry === 'withdrawn' || entry === 'undone') return { kind: 'withdrawn' }
  if (mail !== 'sent') return undefined
  const on = sentAt ? toInstant(sentAt).toZonedDateTimeISO(timeZone).toPlainDate() : today
  return { kind: 'done', on, outcome: 'sent' }
}

/**
 * Brings open actions up to what became of their entries, mails and tasks, whoever settled those and wherever: looked up, so that nothing is
 * missed. A mail that failed stays with its entry, where somebody sends it again or gives it up. Returns how many ended.
 */
export async function followActions(tx: Db, now: Temporal.Instant): Promise<number> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT a.id, e.status AS entry, COALESCE(m.state, x.state) AS mail, COALESCE(m."sentAt", x."sentAt") AS "sentAt", t.status AS task, b."timeZone" FROM "DunningAction" a
    JOIN "Debtor" d ON d.id = a."debtorId" JOIN "Administration" b ON b.id = d."administrationId"
    LEFT JOIN "DebtorEntry" e ON e.id = a."entryId" LEFT JOIN "Task" t ON t.id = a."taskId"
    LEFT JOIN "OutboundMail" m ON m."entryId" = e.id LEFT JOIN "Dispatch" x ON x."entryId" = e.id
    WHERE a.status = 'open' AND (t.status IN ('done', 'cancelled') OR e.status IN ('rejected', 'superseded', 'withdrawn', 'undone') OR m.state = 'sent' OR x.state = 'sent')
    ORDER BY a.id LIMIT ${1000} FOR UPDATE OF a SKIP LOCKED`
  let ended = 0
  for (const row of rows) {
    const end = endOf(row, now)
    if (!end || !(await settleAction(tx, row.id, end, { now }))) continue
    await recordAudit(tx, { actor: 'duncan', event: `dunning.${end.kind}`, subject: `dunning:${row.id}`, detail: {} })
    ended += 1
  }
  return ended
}
