import type { Db, Prisma } from '#platform'
import type { SearchContext } from '#search'
import type { ReportWords } from './words/index.ts'

/** Every report, in the order in which lists show them. */
export const reportKeys = ['open_items', 'aging', 'collectors', 'top_debtors', 'debtors', 'dso', 'promises', 'disputes', 'work', 'results'] as const
export type ReportKey = (typeof reportKeys)[number]

export const isReportKey = (text: string): text is ReportKey => (reportKeys as readonly string[]).includes(text)

/** Text as it stands, an exact decimal, an ISO day; a percentage is a part of one. Null: there is none. */
export type Cell = string | null

export type Column = {
  /** Names its title in the words; `currency` is the one that the row's amounts are in. */
  id: keyof ReportWords['columns']
  kind: 'text' | 'money' | 'day' | 'number' | 'percent'
  /** Summed up at the end, amounts by currency. */
  total?: true
}

/** What a report reads from: one moment of the database, and the debtors in somebody's sight that a search fits. */
export type Reading = {
  db: Db
  context: SearchContext
  /** What follows FROM: debtors `d` with their `administration`. */
  debtors: Prisma.Sql
  say: ReportWords
  /** Whether there is a search at all. */
  isNarrowed: boolean
  /** How many a list of the largest holds. */
  top: number
  /** What waits for people, a row for each: name, proposals, entries, calls, tasks, all. */
  work: () => Promise<Cell[][]>
}

/** Bars: for each label one of each series. */
export type Chart = { title: string; labels: string[]; series: { name: string; values: number[] }[] }

/** Sums of the columns with `total`, by the index of the column. `currency`: null for what is counted and not paid. */
export type Totals = { currency: string | null; sums: Map<number, Prisma.Decimal> }[]

/** What a chart is drawn from: the first rows and the sums of all of them. */
export type Seen = { rows: readonly Cell[][]; totals: Totals; say: ReportWords }

export type Report = {
  columns: readonly Column[]
  /** All rows, in batches. */
  rows: (reading: Reading) => AsyncIterable<Cell[][]>
  chart?: (seen: Seen) => Chart | undefined
  /** It is of people, not of debtors: no search narrows it. */
  isOfPeople?: true
}
