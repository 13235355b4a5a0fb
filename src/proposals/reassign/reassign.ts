import { z } from 'zod'
import { giveDebtors, giveTasks } from '#ledger'
import { debtorInSight, debtorRowInSight, mailInSight, type Staff, sightOf } from '#people'
import { type Db, fromInstant, Prisma, recordAudit } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { proposalInSight } from '../in-sight.ts'
import { proposalChanged } from '../jobs.ts'
import { transaction } from '../propose.ts'
import { waitsFrom } from '../remind.ts'

/** `only`: of these debtors alone. `by`: who moves it; what they do not see stays where it is. */
export type Reassigning = { from: Staff; to: Staff; by: Staff; only?: readonly number[] | undefined }

/** Ids of what is moved. Entries and calls of workflows are the work of their debtor's collector, and go with it. */
export type MovedWork = { debtors: number[]; proposals: number[]; tasks: number[] }

/** `unseen`: how many debtors stay, as the other one does not see them. */
export type WorkToMove = MovedWork & { unseen: number }

const idsOf = (rows: { id: number }[]): number[] => rows.map(({ id }) => id)

const movedSchema = z.object({ debtors: z.array(z.int()), proposals: z.array(z.int()), tasks: z.array(z.int()) })

/** What would be moved now: the debtors whose collector somebody is, the proposals that wait for them, and their open tasks. */
export async function workToMove(db: Db, { from, to, by, only }: Reassigning): Promise<WorkToMove> {
  const among = (column: Prisma.Sql) => (only ? Prisma.sql`${column} = ANY(${[...only]}::int[])` : Prisma.sql`TRUE`)
  // Who sees their own accounts alone sees a debtor as soon as it is theirs.
  const receiving = sightOf({ ...to, ownAccounts: false })
  const debtors = await db.$queryRaw<{ id: number; seen: boolean }[]>`
    SELECT d.id, ${debtorRowInSight(receiving, Prisma.raw('d'), Prisma.sql`a.code`)} AS seen FROM "Debtor" d JOIN "Administration" a ON a.id = d."administrationId"
    WHERE NOT d.archived AND lower(d.collector) = ${from.key} AND ${debtorRowInSight(sightOf(by), Prisma.raw('d'), Prisma.sql`a.code`)}
      AND ${among(Prisma.sql`d.id`)} ORDER BY d.id`
  const both = (condition: (sight: ReturnType<typeof sightOf>) => Prisma.Sql) => Prisma.sql`${condition(sightOf(by))} AND ${condition(sightOf(to))}`
  const proposals = await db.$queryRaw<{ id: number }[]>`
    SELECT p.id FROM "Proposal" p WHERE p."ownerId" = ${from.id} AND p.status IN ('open', 'awaiting_second', 'snoozed')
      AND ${both(sight => proposalInSight(sight, Prisma.raw('p')))} AND ${among(Prisma.sql`p."debtorId"`)} ORDER BY p.id`
  const tasks = await db.$queryRaw<{ id: number }[]>`
    SELECT t.id FROM "Task" t WHERE t."assigneeId" = ${from.id} AND t.status = 'open' AND ${both(sight => debtorInSight(sight, Prisma.sql`t."debtorId"`))}
      AND (t."messageId" IS NULL OR EXISTS (SELECT FROM "Message" m WHERE m.id = t."messageId" AND ${both(sight => mailInSight(sight, Prisma.sql`m`))}))
      AND ${among(Prisma.sql`t."debtorId"`)} ORDER BY t.id`
  const seen = debtors.filter(each => each.seen)
  return { debtors: idsOf(seen), proposals: idsOf(proposals), tasks: idsOf(tasks), unseen: debtors.length - seen.length }
}

/** Moves what `workToMove` told, as far as it still stands so, in one transaction; returns what was moved and the id to move it back by. */
export async function reassignWork(deps: ProposalsDeps, asked: Reassigning, surface: string): Promise<{ id: number; moved: MovedWork }> {
  const { from, to, by } = asked
  return deps.client.$transaction(async tx => {
    const at = fromInstant(deps.clock.now())
    const moved = await move({ tx, deps, by, surface, at }, await workToMove(tx, asked), from, to)
    const { id } = await tx.reassignment.create({ data: { fromId: from.id, toId: to.id, staffId: by.id, moved, at } })
    const counts = { debtors: moved.debtors.length, proposals: moved.proposals.length, tasks: moved.tasks.length }
    const detail = { from: from.id, to: to.id, surface, ...counts }
    await recordAudit(tx, { actor: `staff:${by.id}`, event: 'work.reassigned', subject: `reassignment:${id}`, detail })
    return { id, moved }
  }, transaction)
}

/** Moves back what this person moved, as far as nobody else has it by now; undefined when there is none of theirs that stands. */
export async function takeBackReassignment(deps: ProposalsDeps, id: number, by: Staff, surface: string): Promise<MovedWork | undefined> {
  return deps.client.$transaction(async tx => {
    const at = fromInstant(deps.clock.now())
    const [standing] = await tx.reassignment.updateManyAndReturn({ where: { id, staffId: by.id, takenBackAt: null }, data: { takenBackAt: at } })
    if (!standing) return undefined
    const [from, to] = [
      await tx.staff.findUniqueOrThrow({ where: { id: standing.toId } }),
      await tx.staff.findUniqueOrThrow({ where: { id: standing.fromId } }),
    ]
    const moved = await move({ tx, deps, by, surface, at }, movedSchema.parse(standing.moved), from, to)
    const counts = { debtors: moved.debtors.length, proposals: moved.proposals.length, tasks: moved.tasks.length }
    await recordAudit(tx, { actor: `staff:${by.id}`, event: 'work.moved_back', subject: `reassignment:${id}`, detail: { surface, ...counts } })
    return moved
  }, transaction)
}

type Moving = { tx: Db; deps: ProposalsDeps; by: Staff; surface: string; at: Date }

async function move({ tx, deps, by, surface, at }: Moving, work: MovedWork, from: Staff, to: Staff): Promise<MovedWork> {
  const debtors = await giveDebtors(tx, work.debtors, { from: from.key, to: to.key, now: at })
  const tasks = await giveTasks(tx, work.tasks, { from: from.id, to: to.id })
  const given = await tx.proposal.updateManyAndReturn({
    where: { id: { in: work.proposals }, ownerId: from.id, status: { in: ['open', 'awaiting_second', 'snoozed'] } },
    data: { ownerId: to.id, ...waitsFrom(at) },
    select: { id: true },
  })
  const proposals = given.map(({ id }) => id).toSorted((a, b) => a - b)
  const detail = { owner: to.id, formerOwner: from.id }
  await tx.decision.createMany({ data: proposals.map(proposalId => ({ proposalId, kind: 'reassign', staffId: by.id, surface, detail, createdAt: at })) })
  for (const proposalId of proposals) await deps.queue.send(tx, proposalChanged, { proposalId })
  return { debtors, proposals, tasks }
}
