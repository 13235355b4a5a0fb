import type { DraftLanguage } from '#drafting'
import type { Sight } from '#people'
import { type Clock, type Database, Prisma } from '#platform'
import { debtorsFitting, type QueryProblem, readQuery, readSearchContext } from '#search'
import type { Cell, Column, Report, ReportKey, Totals } from './report.ts'
import { reports } from './reports.ts'
import { type ReportWords, reportWords } from './words/index.ts'

/** Which report, narrowed by a search (empty: by none), and how many a list of the largest holds. */
export type ReportAsked = { report: ReportKey; filter: string; top?: number | undefined }

/** For whom a report is: nothing out of their sight is read. `work`: the counts of the action lists that they may see. */
export type Reader = { sight: Sight; language: DraftLanguage; timeZone: string; work: () => Promise<Cell[][]> }

export type OpenDeps = { database: Pick<Database, 'client'>; clock: Clock }

/** A report while it is read, row by row, from one moment of the database. */
export type OpenReport = {
  key: ReportKey
  report: Report
  columns: readonly Column[]
  say: ReportWords
  language: DraftLanguage
  filter: string
  sight: Sight
  rows: AsyncIterable<Cell[][]>
  /** Sums and the number of the rows that were taken so far. */
  totals: () => Totals
  count: () => number
}

const defaultTop = 10
const longest = 30 * 60_000 // milliseconds that reading and writing may take

/** Reads a report under its reader's sight while `use` takes its rows; or says what is wrong with its search. */
export async function openReport<T>(
  { database, clock }: OpenDeps,
  { report: key, filter: typed, top = defaultTop }: ReportAsked,
  reader: Reader,
  use: (open: OpenReport) => Promise<T>,
): Promise<{ kind: 'read'; result: T } | { kind: 'problem'; problem: QueryProblem }> {
  const report = reports[key]
  const filter = report.isOfPeople ? '' : typed
  const context = await readSearchContext(database.client, { sight: reader.sight, clock, timeZone: reader.timeZone })
  const read = filter === '' ? { kind: 'read' as const, query: { kind: 'all' } as const, context } : await readQuery(database.client, filter, context)
  if (read.kind === 'problem') return read
  const say = reportWords[reader.language]
  const result = await database.client.$transaction(
    db => {
      const counter = countRows(report.columns)
      const rows = report.rows({
        db,
        context: read.context,
        debtors: debtorsFitting(read.query, read.context),
        isNarrowed: filter !== '',
        say,
        top,
        work: reader.work,
      })
      const { language, sight } = reader
      return use({ key, report, columns: report.columns, say, language, filter, sight, rows: counter.over(rows), totals: counter.totals, count: counter.count })
    },
    { isolationLevel: 'RepeatableRead', timeout: longest, maxWait: 60_000 },
  )
  return { kind: 'read', result }
}

/** Adds up what passes: amounts by their row's currency, counts by themselves. */
function countRows(columns: readonly Column[]) {
  const currencyAt = columns.findIndex(({ id }) => id === 'currency')
  const summed = columns.flatMap(({ total, kind }, index) => (total ? [{ index, isMoney: kind === 'money' }] : []))
  const sums = new Map<string | null, Map<number, Prisma.Decimal>>()
  let count = 0

  function add(row: Cell[]): void {
    count++
    for (const { index, isMoney } of summed) {
      const currency = isMoney ? (row[currencyAt] ?? null) : null
      const value = row[index]
      if (value == null || (isMoney && currency === null)) continue
      const own = sums.get(currency) ?? new Map<number, Prisma.Decimal>()
      sums.set(currency, own.set(index, new Prisma.Decimal(value).add(own.get(index) ?? 0)))
    }
  }

  return {
    over: async function* (rows: AsyncIterable<Cell[][]>) {
      for await (const batch of rows) {
        batch.forEach(add)
        yield batch
      }
    },
    totals: (): Totals => [...sums].map(([currency, own]) => ({ currency, sums: own })).toSorted((a, b) => (a.currency ?? '').localeCompare(b.currency ?? '')),
    count: () => count,
  }
}
