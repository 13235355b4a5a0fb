import { z } from 'zod'
import type { SettingsKind } from '#settings'
import { parseQuery } from '../query/parse-query.ts'
import { type Place, problemText, type QueryProblem } from '../query/problem.ts'
import { parseWithSegments } from './segments.ts'

const segmentSchema = z.strictObject({
  title: z.string().trim().min(1).max(120).describe('Name as colleagues know it'),
  query: z.string().describe('Who is in it, in the language of searches: overdue:>10000 country:BE -dispute. `duncan find --help` lists the fields'),
  priority: z.int().default(0).describe('Where a debtor is in several segments, the one with the highest number leads'),
  strategy: z.string().trim().min(1).max(2000).optional().describe('How these debtors are approached; shown to colleagues'),
})

const remedy = 'Try the query with `duncan find` first; its --help lists the fields.'

const segmentsSchema = z
  .record(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,59}$/, 'A segment has small letters, digits, dashes and underscores: key_accounts.'), segmentSchema)
  .superRefine((section, context) => {
    const segments = Object.entries(section).map(([key, { query }]) => ({ key, query }))
    for (const { key, query } of segments) {
      const parsed = parseWithSegments(query, segments)
      const problem = parsed.kind === 'problem' ? parsed.problem : circleThrough(key, query, section)
      if (problem)
        context.addIssue({ code: 'custom', path: [key, 'query'], message: problemText(problem), params: { remedy, ...lineAndColumn(query, problem) } })
    }
  })
  .describe('Parts of the portfolio, each the debtors that its search finds')

type SegmentsSection = z.output<typeof segmentsSchema>

/** The segments, as settings. */
export const segmentsKind: SettingsKind<typeof segmentsSchema> = {
  name: 'segments',
  schema: segmentsSchema,
  project: async (tx, section) => {
    await tx.segment.deleteMany()
    await tx.segment.createMany({ data: Object.entries(section).map(([key, { strategy = null, ...segment }]) => ({ key, ...segment, strategy })) })
  },
}

/** A segment that its own query asks for, by way of others or not. */
function circleThrough(key: string, query: string, section: SegmentsSection): QueryProblem | undefined {
  const named = segmentsIn(query).find(other => leadsTo(other.key, key, section, new Set()))
  return named && { code: 'segment_in_itself', key, start: named.start, end: named.end }
}

function segmentsIn(query: string): (Place & { key: string })[] {
  const parsed = parseQuery(query)
  return parsed.kind === 'parsed' ? parsed.segments.map(named => ({ ...named, key: named.key.toLowerCase() })) : []
}

function leadsTo(from: string, to: string, section: SegmentsSection, seen: Set<string>): boolean {
  if (from === to) return true
  if (seen.has(from) || !Object.hasOwn(section, from)) return false
  seen.add(from)
  return segmentsIn(section[from]?.query ?? '').some(({ key }) => leadsTo(key, to, section, seen))
}

/** Of the fault in the text of the query, counted from 1. */
function lineAndColumn(query: string, { start }: Place): { line: number; column: number } {
  const before = query.slice(0, start).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
