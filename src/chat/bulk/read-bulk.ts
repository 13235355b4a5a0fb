import type { Db } from '#platform'
import { readProblems } from '#proposals'
import { type Likeness, readLikeness } from './likeness.ts'
import { outcomeSchema, type ReceiptLine } from './outcome.ts'
import { type BulkLine, readLines } from './read-lines.ts'

/** What one person approved at once, and what became of it. */
export type BulkRun = { id: number; by: string; at: Date; isFinished: boolean; lines: ReceiptLine[] }

/** `waiting`: what can still be approved together. */
export type BulkView = { id: number; channel: string; likeness: Likeness; waiting: BulkLine[]; runs: BulkRun[] }

/** Everything that the card of a bulk and its thread show; undefined when there is none of that id. */
export async function readBulk(db: Db, bulkId: number): Promise<BulkView | undefined> {
  const bulk = await db.chatBulk.findUnique({
    where: { id: bulkId },
    include: {
      items: { where: { status: 'folded' }, orderBy: { proposalId: 'asc' } },
      runs: {
        where: { status: { not: 'offered' } },
        orderBy: { startedAt: 'asc' },
        include: { results: { where: { excluded: false }, orderBy: { proposalId: 'asc' } } },
      },
    },
  })
  if (!bulk) return undefined
  const names = new Map((await db.staff.findMany({ select: { id: true, name: true } })).map(({ id, name }) => [id, name]))
  const waiting = bulk.items.map(({ proposalId }) => proposalId)
  const lines = await readLines(db, [...waiting, ...bulk.runs.flatMap(({ results }) => results.map(({ proposalId }) => proposalId))])
  const byId = new Map(lines.map(line => [line.proposalId, line]))
  return {
    id: bulk.id,
    channel: bulk.channel,
    likeness: readLikeness(bulk.likeness),
    waiting: waiting.flatMap(id => byId.get(id) ?? []),
    runs: bulk.runs.map(run => ({
      id: run.id,
      by: names.get(run.staffId) ?? '?',
      at: run.startedAt ?? run.createdAt,
      isFinished: run.status === 'finished',
      lines: run.results.flatMap(({ proposalId, outcome, problem }) => {
        const line = byId.get(proposalId)
        const by = names.get(line?.decidedBy ?? 0) ?? null
        return line ? [{ ...line, by, outcome: outcome === null ? null : outcomeSchema.parse(outcome), problems: readProblems(problem) }] : []
      }),
    })),
  }
}
