import type { Staff } from '#people'
import { type Db, Prisma, toPlainDate } from '#platform'
import { callInSight } from './work-sources.ts'

/** A call that a workflow asks for, with what it is about as it stands now. Amounts are decimal strings, one per currency. */
export type CallHead = {
  id: number
  debtorId: number
  debtor: string
  /** Name of the central file that it is about as a whole. */
  group: string | null
  administration: { code: string; country: string; timeZone: string; currency: string }
  /** Of the debtor; its administration's where it has none. */
  country: string
  /** The version of the settings that brought the workflow as it is followed here. */
  settingsVersion: number
  tries: number
  sums: { amount: string; currency: string }[]
  /** Calendar days since its oldest open item was due, on the day for which it was planned. */
  daysLate: number
}

/** The calls that fit an SQL condition on a row of "DunningAction" c, whatever their state, in the order of their ids. */
export async function callHeads(db: Db, where: Prisma.Sql): Promise<CallHead[]> {
  const rows = await db.$queryRaw<(Omit<CallHead, 'administration' | 'sums' | 'daysLate'> & AdministrationRow & { plannedOn: Date })[]>`
    SELECT c.id, c."debtorId", d.name AS debtor, g.name AS group, a.code, a.country AS home, a."timeZone", a.currency, COALESCE(d.country, a.country) AS country,
      v."settingsVersion", c.tries, c."plannedOn"
    FROM "DunningAction" c JOIN "Debtor" d ON d.id = c."debtorId" JOIN "Administration" a ON a.id = d."administrationId"
    JOIN "WorkflowVersion" v ON v.id = c."versionId" LEFT JOIN "DebtorGroup" g ON g.id = c."groupId"
    WHERE c.type = 'call' AND ${where} ORDER BY c.id`
  const items = await db.$queryRaw<{ actionId: number; currency: string; amount: Prisma.Decimal; due: Date }[]>`
    SELECT x."actionId", i.currency, sum(i."openAmount" - COALESCE(h.amount, 0)) AS amount, min(i."dueDate") AS due
    FROM "DunningActionItem" x JOIN "Invoice" i ON i.id = x."invoiceId" AND i.status = 'open'
    LEFT JOIN LATERAL (SELECT sum(k.amount) AS amount FROM "DunningHold" k WHERE k."debtorId" = i."debtorId" AND k."invoiceId" = i.id AND k."endedAt" IS NULL) h ON TRUE
    WHERE x."actionId" = ANY(${rows.map(({ id }) => id)}::int[]) GROUP BY 1, 2 ORDER BY 2`
  return rows.map(({ code, home, timeZone, currency, plannedOn, ...row }) => {
    const own = items.filter(({ actionId }) => actionId === row.id)
    const planned = toPlainDate(plannedOn)
    return {
      ...row,
      administration: { code, country: home, timeZone, currency },
      sums: own.map(sum => ({ amount: sum.amount.toFixed(), currency: sum.currency })),
      daysLate: Math.max(0, ...own.map(({ due }) => toPlainDate(due).until(planned, { largestUnit: 'day' }).days)),
    }
  })
}

type AdministrationRow = { code: string; home: string; timeZone: string; currency: string }

/** A call in sight that still waits; undefined when there is none of that id. */
export const openCall = async (db: Db, staff: Staff, id: number): Promise<CallHead | undefined> =>
  (await callHeads(db, Prisma.sql`c.id = ${id} AND c.status = 'open' AND ${callInSight(staff)}`))[0]
