import { debtorInSight, mailboxOf, mailInSight, may, type Right, roles, type Staff, seesAll, sightOf } from '#people'
import { fromPlainDate, Prisma } from '#platform'
import { entryAwaits, entryNeeds } from '#proposals'
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
 * Everything that waits in somebody's sight, as SQL rows of (kind, rank, id, at, "debtorId", assigned, right, "mailboxId"): proposals, entries,
 * calls that workflows ask for, and tasks whose day has come. What is assigned to nobody is its debtor's collector's, if that person has the
 * right (`ownersOf`). `besides`: one that is among them even if it waits no more.
 */
export function workSources(deps: SourceDeps, staff: Staff, whose: Whose, narrowed: Narrowed, besides?: WorkItem): Prisma.Sql {
  const today = fromPlainDate(deps.clock.today(staff.timeZone ?? deps.context.format.timeZone))
  const asking = { deps, staff, whose, narrowed, today, besides }
  const rights = (['decide', 'decide_risk'] as const).filter(right => may(staff, right) || may(staff, 'second_vote') || besides?.kind === 'entry')
  return Prisma.join([proposals(asking), ...rights.map(right => entries(asking, right)), calls(asking), tasks(asking)], ' UNION ALL ')
}

type Asking = { deps: SourceDeps; staff: Staff; whose: Whose; narrowed: Narrowed; today: Date; besides: WorkItem | undefined }

/** All of these conditions, or to be the one that stands beside; without one the conditions alone, which an index may answer. */
function where({ besides }: Asking, kind: WorkItem['kind'], id: Prisma.Sql, conditions: Prisma.Sql[]): Prisma.Sql {
  const all = Prisma.join(conditions, ' AND ')
  return besides?.kind === kind ? Prisma.sql`WHERE (${all}) OR ${id} = ${besides.id}` : Prisma.sql`WHERE ${all}`
}

function proposals(asking: Asking): Prisma.Sql {
  const { deps, staff, narrowed } = asking
  const { owners, orNobody } = asking.whose
  const { only } = narrowed
  const listed =
    only === 'second'
      ? Prisma.sql`${secondVoteOf(staff)} AND ${ownedBy(owners, orNobody)}`
      : only === 'snoozed'
        ? Prisma.sql`${backToday(deps, staff)} AND ${ownedBy(owners, orNobody)}`
        : waitingFor(staff, owners, orNobody)
  const conditions = [among(only, ['second', 'snoozed']), listed, ofMailbox(narrowed, Prisma.sql`p."mailboxId"`), ofPromise(asking, Prisma.sql`p."debtorId"`)]
  return Prisma.sql`SELECT 'proposal' AS kind, 0 AS rank, p.id, p."createdAt" AS at, p."debtorId", p."ownerId" AS assigned, NULL::text AS right, p."mailboxId"
    FROM "Proposal" p ${where(asking, 'proposal', Prisma.sql`p.id`, conditions)}`
}

function entries(asking: Asking, right: 'decide' | 'decide_risk'): Prisma.Sql {
  const { staff, narrowed } = asking
  const { only } = narrowed
  const theirs = collectors(asking, right, Prisma.sql`e."debtorId"`)
  const second = only === 'second' ? Prisma.sql`e.status = 'awaiting_second'` : Prisma.sql`TRUE`
  const aboutPromise = Prisma.sql`(e.payload ->> 'about' = 'promise' OR ${ofPromise(asking, Prisma.sql`e."debtorId"`)})`
  const conditions = [
    among(only, ['second', 'dunning']),
    only === 'dunning' ? Prisma.sql`e.kind IN ('dunning', 'hand_over')` : Prisma.sql`TRUE`,
    entryAwaits(staff),
    entryNeeds(right),
    second,
    theirs.condition,
    ofMailbox(narrowed, Prisma.sql`e."mailboxId"`),
    aboutPromise,
  ]
  return Prisma.sql`SELECT 'entry', 1, e.id, e."createdAt", e."debtorId", NULL::int, ${right}::text, e."mailboxId"
    FROM "DebtorEntry" e ${theirs.join} ${where(asking, 'entry', Prisma.sql`${entryNeeds(right)} AND e.id`, conditions)}`
}

function calls(asking: Asking): Prisma.Sql {
  const { staff, narrowed, today } = asking
  const theirs = collectors(asking, 'task', Prisma.sql`c."debtorId"`)
  const due = Prisma.sql`c.type = 'call' AND c.status = 'open' AND (c."callOn" IS NULL OR c."callOn" <= ${today}::date)`
  const conditions = [
    among(narrowed.only, ['calls', 'dunning']),
    due,
    callInSight(staff),
    theirs.condition,
    noMailbox(narrowed),
    ofPromise(asking, Prisma.sql`c."debtorId"`),
  ]
  return Prisma.sql`SELECT 'call', 2, c.id, c."createdAt", c."debtorId", NULL::int, 'task', NULL::int
    FROM "DunningAction" c ${theirs.join} ${where(asking, 'call', Prisma.sql`c.id`, conditions)}`
}

function tasks(asking: Asking): Prisma.Sql {
  const { staff, whose, narrowed, today } = asking
  const sight = sightOf(staff)
  const inSight = Prisma.sql`${debtorInSight(sight, Prisma.sql`t."debtorId"`)}
    AND (t."messageId" IS NULL OR EXISTS (SELECT 1 FROM "Message" m WHERE m.id = t."messageId" AND ${mailInSight(sight, Prisma.sql`m`)}))`
  // One without a day is due as soon as it is there.
  const due = Prisma.sql`t.status = 'open' AND (t."dueOn" IS NULL OR t."dueOn" <= ${today}::date)`
  const theirs = owned(whose, Prisma.sql`COALESCE(t."assigneeId", s.id)`)
  const conditions = [among(narrowed.only, ['tasks', 'dunning']), due, inSight, theirs, noMailbox(narrowed), ofPromise(asking, Prisma.sql`t."debtorId"`)]
  return Prisma.sql`SELECT 'task', 3, t.id, t."createdAt", t."debtorId", t."assigneeId", 'task', NULL::int
    FROM "Task" t LEFT JOIN "Debtor" d ON d.id = t."debtorId" LEFT JOIN "Administration" a ON a.id = d."administrationId"
    LEFT JOIN "Staff" s ON ${isCollector} AND ${ableTo('task')} ${where(asking, 'task', Prisma.sql`t.id`, conditions)}`
}

/** An SQL condition on a row of "DunningAction" c: all debtors that it is about are in somebody's sight. */
export function callInSight(staff: Staff): Prisma.Sql {
  const sight = sightOf(staff)
  if (seesAll(sight)) return Prisma.sql`TRUE`
  return Prisma.sql`${debtorInSight(sight, Prisma.sql`c."debtorId"`)} AND (c."groupId" IS NULL OR NOT EXISTS (SELECT 1 FROM "DunningActionItem" x
    JOIN "Invoice" i ON i.id = x."invoiceId" WHERE x."actionId" = c.id AND NOT ${debtorInSight(sight, Prisma.sql`i."debtorId"`)}))`
}

/** Rows of a list with their `owner`: who something is assigned to, else its debtor's collector. */
export const withOwners = (rows: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT x.*, COALESCE(x.assigned, s.id) AS owner FROM ${rows} AS x LEFT JOIN "Debtor" d ON d.id = x."debtorId" LEFT JOIN "Administration" a ON a.id = d."administrationId"
  LEFT JOIN "Staff" s ON ${isCollector} AND (${Prisma.join(
    (['decide', 'decide_risk', 'task'] as const).map(right => Prisma.sql`x.right = ${right} AND ${ableTo(right)}`),
    ' OR ',
  )})`

/** Whether "Staff" s is the collector of "Debtor" d, of "Administration" a: an active colleague who sees it. */
const isCollector = Prisma.sql`s.key = lower(d.collector) AND s.active AND ('*' = ANY(s.administrations) OR a.code = ANY(s.administrations))`

const ableTo = (right: Right): Prisma.Sql => Prisma.sql`s.role = ANY(${rolesWith(right)}::text[])`

const rolesWith = (right: Right): string[] => roles.filter(role => may({ role, active: true }, right))

/** What is theirs of work that a collector has with that right; everybody's is not looked at debtor by debtor. */
function collectors({ whose }: Asking, right: Right, debtorId: Prisma.Sql): { join: Prisma.Sql; condition: Prisma.Sql } {
  if (!whose.owners) return { join: Prisma.empty, condition: Prisma.sql`TRUE` }
  const join = Prisma.sql`JOIN "Debtor" d ON d.id = ${debtorId} LEFT JOIN "Administration" a ON a.id = d."administrationId" LEFT JOIN "Staff" s ON ${isCollector} AND ${ableTo(right)}`
  const theirs = owned(whose, Prisma.sql`s.id`)
  // Few collectors decide on risk, so that nearly every debtor is nobody's there, but little of it waits: it is gone through from that end.
  if (right === 'decide_risk') return { join: Prisma.sql`LEFT ${join}`, condition: theirs }
  return { join, condition: Prisma.sql`${theirs} AND ${mayBeOwned(whose, right)}` }
}

/**
 * A condition on "Debtor" d that all debtors of `owners` fulfil, and all of nobody where these are asked for, but few others: by the names that stand
 * as collectors, which are few and read along their index, so that a list of one in twenty does not look at all debtors.
 */
function mayBeOwned({ owners, orNobody }: Whose, right: Right): Prisma.Sql {
  const own = Prisma.sql`EXISTS (SELECT FROM "Staff" o WHERE o.id = ANY(${owners}::int[]) AND o.key = lower(known.name))`
  const taken = Prisma.sql`EXISTS (SELECT FROM "Staff" o WHERE o.key = lower(known.name) AND o.active AND '*' = ANY(o.administrations) AND o.role = ANY(${rolesWith(right)}::text[]))`
  const named = Prisma.sql`d.collector = ANY(ARRAY(
    WITH RECURSIVE known AS (
      (SELECT collector AS name FROM "Debtor" WHERE collector IS NOT NULL ORDER BY collector LIMIT 1)
      UNION ALL SELECT (SELECT n.collector FROM "Debtor" n WHERE n.collector > known.name ORDER BY n.collector LIMIT 1) FROM known WHERE known.name IS NOT NULL
    ) SELECT known.name FROM known WHERE known.name IS NOT NULL AND (${own} ${orNobody ? Prisma.sql`OR NOT ${taken}` : Prisma.empty})))`
  return orNobody ? Prisma.sql`(d.collector IS NULL OR ${named})` : named
}

function owned({ owners, orNobody }: Whose, owner: Prisma.Sql): Prisma.Sql {
  if (!owners) return Prisma.sql`TRUE`
  return Prisma.sql`(${owner} = ANY(${owners}::int[]) OR (${orNobody} AND ${owner} IS NULL))`
}

/** Whether this source has anything of what alone is asked for. */
const among = (only: Only | undefined, own: Only[]): Prisma.Sql => (only === undefined || own.includes(only) ? Prisma.sql`TRUE` : Prisma.sql`FALSE`)

const ofMailbox = ({ mailbox }: Narrowed, id: Prisma.Sql): Prisma.Sql =>
  mailbox === undefined ? Prisma.sql`TRUE` : Prisma.sql`${id} = (SELECT b.id FROM "Mailbox" b WHERE b.key = ${mailboxOf(mailbox)})`

const noMailbox = ({ mailbox }: Narrowed): Prisma.Sql => Prisma.sql`${mailbox === undefined}`

/** That the debtor broke a promise, or let its day pass. */
const ofPromise = ({ narrowed, today }: Asking, debtorId: Prisma.Sql): Prisma.Sql =>
  narrowed.promise
    ? Prisma.sql`EXISTS (SELECT 1 FROM "PromiseToPay" r WHERE r."debtorId" = ${debtorId}
        AND (r.status = 'broken' OR (r.status IN ('open', 'partly_kept') AND r."promisedOn" < ${today}::date)))`
    : Prisma.sql`TRUE`
