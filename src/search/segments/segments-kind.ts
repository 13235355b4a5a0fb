import { z } from 'zod'
import { tones } from '#ledger'
import type { SettingsKind } from '#settings'
import { isSegmentMeant } from '../fields/segment-field.ts'
import { parseQuery } from '../query/parse-query.ts'
import { type Place, problemText, type QueryProblem } from '../query/problem.ts'
import { parseWithSegments } from './segments.ts'

const segmentSchema = z.strictObject({
  title: z.string().trim().min(1).max(120).describe('Name as colleagues know it'),
  query: z.string().describe('Who is in it, in the language of searches: overdue:>10000 country:BE -dispute. `duncan find --help` lists the fields'),
  priority: z.int().default(0).describe('Where a debtor is in several segments, the one with the highest number leads'),
  strategy: z.string().trim().min(1).max(2000).optional().describe('How these debtors are approached; shown to colleagues'),
  tone: z.enum(tones).optional().describe('How mails to these debtors sound; a tone of the debtor’s own comes before it'),
})

const remedy = 'Try the query with `duncan find` first; its --help lists the fields.'

const segmentsSchema = z
  .record(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,59}$/, 'A segment has small letters, digits, dashes and underscores: key_accounts.'), segmentSchema)
  .superRefine((section, context) => {
    const segments = Object.entries(section).map(([key, { query }]) => readSegment(key, query))
    for (const { key, text: query, named } of segments) {
      const parsed = parseWithSegments(query, segments)
      const problem = circleThrough(key, named, segments) ?? (parsed.kind === 'problem' ? parsed.problem : undefined)
      if (problem)
        context.addIssue({ code: 'custom', path: [key, 'query'], message: problemText(problem), params: { remedy, ...lineAndColumn(query, problem) } })
    }
  })
  .describe('Parts of the portfolio, each the debtors that its search finds')

/** The segments, as settings. */
export const segmentsKind: SettingsKind<typeof segmentsSchema> = {
  name: 'segments',
  schema: segmentsSchema,
  project: async (tx, section) => {
    await tx.segment.deleteMany()
    await tx.segment.createMany({
      data: Object.entries(section).map(([key, { strategy = null, tone = null, ...segment }]) => ({ key, ...segment, strategy, tone })),
    })
  },
}

type Written = ReturnType<typeof readSegment>

/** A segment as the settings write it; one whose query cannot be read asks for nothing, so that its own fault is told alone. */
function readSegment(key: string, text: string) {
  const parsed = parseQuery(text)
  return parsed.kind === 'parsed' ? { key, text, query: parsed.query, named: parsed.segments } : { key, text, query: { kind: 'all' as const }, named: [] }
}

/** A segment that its own query asks for, by way of others or not. */
function circleThrough(key: string, named: Written['named'], segments: readonly Written[]): QueryProblem | undefined {
  const isMeant = ({ test }: Written['named'][number]) => segments.some(other => isSegmentMeant(other.key, test) && leadsTo(other, key, segments, new Set()))
  const own = named.find(isMeant)
  return own && { code: 'segment_in_itself', key, start: own.start, end: own.end }
}

function leadsTo(from: Written, to: string, segments: readonly Written[], seen: Set<string>): boolean {
  if (from.key === to) return true
  if (seen.has(from.key)) return false
  seen.add(from.key)
  return segments.some(next => from.named.some(({ test }) => isSegmentMeant(next.key, test)) && leadsTo(next, to, segments, seen))
}

/** Of the fault in the text of the query, counted from 1. */
function lineAndColumn(query: string, { start }: Place): { line: number; column: number } {
  const before = query.slice(0, start).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
