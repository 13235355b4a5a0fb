// How long a page of `/actions` takes on the actions of two planned days: of one collector of twenty, and of the whole team.

import { type Database, type fixedClock, Prisma } from '#platform'
import { refreshStanding } from '#search'
import { cardContext } from '../src/chat/context.ts'
import { everySort, type ListAsked } from '../src/chat/worklist/asked.ts'
import { linesOf } from '../src/chat/worklist/item-lines.ts'
import { readWorklist } from '../src/chat/worklist/read-worklist.ts'

/**
 * `waiting`: how many there are; `standingSeconds`: storing what every debtor owes, as is done every five minutes. Milliseconds of a page with its
 * 30 lines. Goal of `mineP99` and `teamP99`: below 200.
 */
export type ListBench = { waiting: number; ofOne: number; standingSeconds: number; mineP50: number; mineP99: number; teamP50: number; teamP99: number }

const collectors = 20
const pages = { mine: 3, team: 1 } // of every collector, in every order

/** Takes calls and mails of both days up as `takeUpDunning` does, and opens pages of lists in every order. */
export async function benchActionList({ client }: Database, clock: ReturnType<typeof fixedClock>, timeZone: string): Promise<ListBench> {
  for (const statement of takenUp) await client.$executeRaw(statement)
  const before = performance.now()
  await refreshStanding({ client, clock, timeZone })
  const standingSeconds = Number(((performance.now() - before) / 1000).toFixed(1))
  const people = await client.staff.findMany({ orderBy: { id: 'asc' } })
  const context = cardContext('en', timeZone)
  // Nothing was read from a mail here: there is no proposal to show.
  const deps = { client, clock, context, reportingCurrency: () => 'EUR', proposals: { view: async () => undefined } }
  const totals = { mine: 0, team: 0 }
  const times: Record<keyof typeof totals, number[]> = { mine: [], team: [] }
  for (const whose of ['mine', 'team'] as const) {
    for (const staff of people) {
      for (const sort of everySort) {
        for (let number = 0; number < pages[whose]; number++) {
          const asked: ListAsked = { whose, sort, promise: false }
          const start = performance.now()
          const page = await readWorklist(deps, staff, asked, { page: number, length: 30 })
          const lines = await linesOf({ ...deps, staff }, page?.items ?? [], whose)
          times[whose].push(performance.now() - start)
          if (lines.length === 0) throw new Error('an empty page measures nothing')
          totals[whose] = page?.total ?? 0
        }
      }
    }
  }
  const { mine, team } = times
  return {
    waiting: totals.team,
    ofOne: totals.mine,
    standingSeconds,
    mineP50: at(mine, 0.5),
    mineP99: at(mine, 0.99),
    teamP50: at(team, 0.5),
    teamP99: at(team, 0.99),
  }
}

const at = (all: number[], share: number) => Math.round(all.toSorted((a, b) => a - b)[Math.floor(all.length * share)] ?? 0)

const takenUp = [
  Prisma.sql`INSERT INTO "Staff" (key, name, email, role) SELECT 'c' || n, 'Collector ' || n, 'c' || n || '@harbourlight.example', 'collector' FROM generate_series(1, ${collectors}::int) AS n`,
  Prisma.sql`UPDATE "Debtor" SET collector = 'c' || (1 + id % ${collectors}::int)`,
  Prisma.sql`UPDATE "DunningAction" SET status = 'open'`,
  Prisma.sql`INSERT INTO "DebtorEntry" ("debtorId", kind, payload, "formKey", surface, status, why)
    SELECT "debtorId", 'dunning', jsonb_build_object('kind', 'dunning', 'actionId', id, 'template', 'reminder_first', 'invoiceIds', '[]'::jsonb, 'attachments', '[]'::jsonb, 'mail', NULL),
      'dunning ' || id, 'duncan', 'proposed', '{"code": "dunning_step", "workflow": "Standard", "step": "reminder", "daysLate": 1, "open": []}'::jsonb
    FROM "DunningAction" WHERE type = 'email' AND status = 'open'`,
  Prisma.sql`VACUUM ANALYZE "Debtor", "DunningAction", "DunningActionItem", "DebtorEntry", "Staff"`,
]
