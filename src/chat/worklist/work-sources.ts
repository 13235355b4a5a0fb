import { debtorInSight, mailboxOf, mailInSight, may, type Right, roles, type Staff, seesAll, sightOf } from '#people'
import { fromPlainDate, Prisma } from '#platform'
import { entryAwaits, entryDecidedBy } from '#proposals'
import type { CommandDeps } from '../commands/registry.ts'
import { backToday, ownedBy, secondVoteOf, waitingFor } from '../commands/waiting.ts'
import type { ListAsked, Only } from './asked.ts'
import type { WorkItem } from './work-item.ts'

/** Whose work is listed: that of `owners`, and with `orNobody` what is nobody's; everybody's without owners. */
export type Whose = { owners: number[] | undefined; orNobody: boolean }

export type SourceDeps = Pick<CommandDeps, 'client' | 'clock' | 'context'>

/** What narrows a list beside whose it is. */
export type Narrowed = Pick<ListAsked, 'mailbox' | 'promise' | 'only'>

/**
 * Everything that waits in somebody's sight, as SQL rows of (kind, rank, id, at, "debtorId", owner, mailbox): proposals, entries, calls that
 * workflows ask for, and tasks whose day has come. `besides`: one that is among them even if it waits no more.
 */
export function workSources(deps: SourceDeps, staff: Staff, whose: Whose, narrowed: Narrowed, besides?: WorkItem): Prisma.Sql {
  const today = fromPlainDate(deps.clock.today(staff.timeZone ?? deps.context.format.timeZone))
  const asking = { deps, staff, whose, narrowed, today, besideOf: (kind: WorkItem['kind']) => (besides?.kind === kind ? besides.id : 0) }
  return Prisma.join([proposals(asking), entries(asking), calls(asking), tasks(asking)], ' UNION ALL ')
}

type Asking = { deps: SourceDeps; staff: Staff; whose: Whose; narrowed: Narrowed; today: Date; besideOf: (kind: WorkItem['kind']) => number }

function proposals({ deps, staff, whose, narrowed, today, besideOf }: Asking): Prisma.Sql {
  const { owners, orNobody } = whose
  const { only } = narrowed
  const listed =
    only === 'second'
      ? Prisma.sql`${secondVoteOf(staff)} AND ${ownedBy(owners, orNobody)}`
      : only === 'snoozed'
        ? Prisma.sql`${backToday(deps, staff)} AND ${ownedBy(owners, orNobody)}`
        : waitingFor(staff, owners, orNobody)
  return Prisma.sql`SELECT 'proposal' AS kind, 0 AS rank, p.id, p."createdAt" AS at, p."debtorId", p."ownerId" AS owner, b.key AS mailbox
    FROM "Proposal" p JOIN "Mailbox" b ON b.id = p."mailboxId"
    WHERE (${among(only, ['second', 'snoozed'])} AND ${listed} AND ${ofMailbox(narrowed)} AND ${ofPromise(narrowed, Prisma.sql`p."debtorId"`, today)}) OR p.id = ${besideOf('proposal')}`
}

function entries({ staff, whose, narrowed, today, besideOf }: Asking): Prisma.Sql {
  const { only } = narrowed
  const second = only === 'second' ? Prisma.sql`e.status = 'awaiting_second'` : Prisma.sql`TRUE`
  const aboutPromise = Prisma.sql`(e.payload ->> 'about' = 'promise' OR ${ofPromise(narrowed, Prisma.sql`e."debtorId"`, today)})`
  return Prisma.sql`SELECT 'entry', 1, e.id, e."createdAt", e."debtorId", s.id, b.key
    FROM "DebtorEntry" e JOIN "Debtor" d ON d.id = e."debtorId" JOIN "Administration" a ON a.id = d."administrationId" ${collector(entryDecidedBy())}
    LEFT JOIN "Mailbox" b ON b.id = COALESCE(e.payload ->> 'mailboxId', e.payload -> 'mail' ->> 'mailboxId')::int
    WHERE (${among(only, ['second'])} AND ${entryAwaits(staff)} AND ${second} AND ${owned(whose, Prisma.sql`s.id`)} AND ${ofMailbox(narrowed)}
      AND ${aboutPromise}) OR e.id = ${besideOf('entry')}`
}

function calls({ staff, whose, narrowed, today, besideOf }: Asking): Prisma.Sql {
  const due = Prisma.sql`(c."callOn" IS NULL OR c."callOn" <= ${today}::date)`
  return Prisma.sql`SELECT 'call', 2, c.id, c."createdAt", c."debtorId", s.id, NULL
    FROM "DunningAction" c JOIN "Debtor" d ON d.id = c."debtorId" JOIN "Administration" a ON a.id = d."administrationId" ${collector(ableTo('task'))}
    WHERE c.type = 'call' AND c.status = 'open' AND ${among(narrowed.only, ['calls'])} AND ${due} AND ${callInSight(staff)} AND ${owned(whose, Prisma.sql`s.id`)}
      AND ${narrowed.mailbox === undefined} AND ${ofPromise(narrowed, Prisma.sql`c."debtorId"`, today)} OR c.id = ${besideOf('call')}`
}

function tasks({ staff, whose, narrowed, today, besideOf }: Asking): Prisma.Sql {
  const sight = sightOf(staff)
  const owner = Prisma.sql`COALESCE(t."assigneeId", s.id)`
  const inSight = Prisma.sql`${debtorInSight(sight, Prisma.sql`t."debtorId"`)}
    AND (t."messageId" IS NULL OR EXISTS (SELECT 1 FROM "Message" m WHERE m.id = t."messageId" AND ${mailInSight(sight, Prisma.sql`m`)}))`
  // One without a day is due as soon as it is there.
  return Prisma.sql`SELECT 'task', 3, t.id, t."createdAt", t."debtorId", ${owner}, NULL
    FROM "Task" t LEFT JOIN "Debtor" d ON d.id = t."debtorId" LEFT JOIN "Administration" a ON a.id = d."administrationId" ${collector(ableTo('task'))}
    WHERE t.status = 'open' AND ${among(narrowed.only, ['tasks'])} AND (t."dueOn" IS NULL OR t."dueOn" <= ${today}::date) AND ${inSight} AND ${owned(whose, owner)}
      AND ${narrowed.mailbox === undefined} AND ${ofPromise(narrowed, Prisma.sql`t."debtorId"`, today)} OR t.id = ${besideOf('task')}`
}

/** An SQL condition on a row of "DunningAction" c: all debtors that it is about are in somebody's sight. */
export function callInSight(staff: Staff): Prisma.Sql {
  const sight = sightOf(staff)
  if (seesAll(sight)) return Prisma.sql`TRUE`
  return Prisma.sql`${debtorInSight(sight, Prisma.sql`c."debtorId"`)} AND (c."groupId" IS NULL OR NOT EXISTS (SELECT 1 FROM "DunningActionItem" x
    JOIN "Invoice" i ON i.id = x."invoiceId" WHERE x."actionId" = c.id AND NOT ${debtorInSight(sight, Prisma.sql`i."debtorId"`)}))`
}

/** A debtor's collector, who has its work: an active colleague who sees it and may do it. */
const collector = (able: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`LEFT JOIN "Staff" s ON s.key = lower(d.collector) AND s.active AND ('*' = ANY(s.administrations) OR a.code = ANY(s.administrations)) AND ${able}`

const ableTo = (right: Right): Prisma.Sql => Prisma.sql`s.role = ANY(${roles.filter(role => may({ role, active: true }, right))}::text[])`

function owned({ owners, orNobody }: Whose, owner: Prisma.Sql): Prisma.Sql {
  if (!owners) return Prisma.sql`TRUE`
  return Prisma.sql`(${owner} = ANY(${owners}::int[]) OR (${orNobody} AND ${owner} IS NULL))`
}

/** Whether this source has anything of what alone is asked for. */
const among = (only: Only | undefined, own: Only[]): Prisma.Sql => (only === undefined || own.includes(only) ? Prisma.sql`TRUE` : Prisma.sql`FALSE`)

const ofMailbox = ({ mailbox }: Narrowed): Prisma.Sql => (mailbox === undefined ? Prisma.sql`TRUE` : Prisma.sql`b.key = ${mailboxOf(mailbox)}`)

/** That the debtor broke a promise, or let its day pass. */
const ofPromise = ({ promise }: Narrowed, debtorId: Prisma.Sql, today: Date): Prisma.Sql =>
  promise
    ? Prisma.sql`EXISTS (SELECT 1 FROM "PromiseToPay" r WHERE r."debtorId" = ${debtorId}
        AND (r.status = 'broken' OR (r.status IN ('open', 'partly_kept') AND r."promisedOn" < ${today}::date)))`
    : Prisma.sql`TRUE`
