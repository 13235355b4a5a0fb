import { PassThrough } from 'node:stream'
import { writtenDay } from '#drafting'
import type { Blobs, Log } from '#platform'
import type { QueryProblem } from '#search'
import { type Cover, coverOf } from './files/cover.ts'
import { drawPdf, mostDrawn } from './files/draw-pdf.ts'
import { readLogo } from './files/logo.ts'
import { mostPictured, writeWorkbook } from './files/workbook.ts'
import { type OpenDeps, type OpenReport, openReport, type Reader, type ReportAsked } from './open-report.ts'
import type { Cell, Column, Totals } from './report.ts'

export const reportForms = ['xlsx', 'pdf'] as const
export type ReportForm = (typeof reportForms)[number]

const contentTypes: Record<ReportForm, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
}

/** The pictures that stand on reports, by their files: the company's, and of each administration its own by its code. */
export type Logos = { company?: string | undefined; administrations: Readonly<Record<string, string>> }

export type WriteDeps = OpenDeps & { blobs: Pick<Blobs, 'put'>; log: Log; logos: () => Promise<Logos> }

export type WrittenReport = {
  /** Of the file in the blob store, with its bytes. */
  hash: string
  size: number
  fileName: string
  contentType: string
  rows: number
  /** What a mail shows of it. */
  shown: { cover: Cover; columns: readonly Column[]; rows: Cell[][]; totals: Totals }
}

/** How many rows a mail shows of its report. */
const shownRows = 10

/** Writes a report for its reader as a file into the blob store; or says what is wrong with its search. */
export async function writeReport(
  deps: WriteDeps,
  asked: ReportAsked,
  reader: Reader,
  form: ReportForm,
): Promise<{ kind: 'read'; result: WrittenReport } | { kind: 'problem'; problem: QueryProblem }> {
  const { clock, blobs } = deps
  const brand = await brandOf(deps, reader)
  const now = clock.now()
  const at = now.toZonedDateTimeISO(reader.timeZone)
  const day = at.toPlainDate().toString()
  const taken = `${writtenDay(reader.language, day)}, ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`

  return openReport(deps, asked, reader, async open => {
    const batches = open.rows[Symbol.asyncIterator]()
    const first = await readFirst(batches, form === 'pdf' ? mostDrawn : mostPictured)
    const cover = () => coverOf(open, { ...brand, taken }, reader.language)
    const out = new PassThrough()
    const written = (form === 'pdf' ? drawShort(out, open, first, batches, cover) : writeWorkbook(out, open, first, batches, cover)).catch((error: unknown) => {
      out.destroy(error as Error) // ends who waits for the file
      throw error
    })
    const [blob] = await Promise.all([blobs.put(out), written])
    return {
      ...blob,
      fileName: `${fileNameOf(open)}-${day}.${form}`,
      contentType: contentTypes[form],
      rows: open.count(),
      shown: { cover: cover(), columns: open.columns, rows: first.slice(0, shownRows), totals: open.totals() },
    }
  })
}

/** The rows up to a number, and with the last batch some more. */
async function readFirst(batches: AsyncIterator<Cell[][]>, least: number): Promise<Cell[][]> {
  const rows: Cell[][] = []
  while (rows.length <= least) {
    const next = await batches.next()
    if (next.done) break
    rows.push(...next.value)
  }
  return rows
}

/** Draws the first rows; the others are only read for the sums. */
async function drawShort(out: PassThrough, open: OpenReport, first: Cell[][], rest: AsyncIterator<Cell[][]>, cover: () => Cover): Promise<void> {
  for (let next = await rest.next(); !next.done; ) next = await rest.next()
  await drawPdf(out, open, first.slice(0, mostDrawn), cover())
}

const fileNameOf = ({ say, key }: OpenReport): string =>
  say.reports[key]
    .replaceAll('ł', 'l') // these two Unicode does not decompose
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .replaceAll(/[^a-z0-9]+/gi, '-')
    .replaceAll(/^-|-$/g, '')
    .toLowerCase()

const mostNames = 3

/** Under whose name and logo a report goes: the one administration that its reader sees, or all of them together. */
async function brandOf({ database: { client }, log, logos }: WriteDeps, { sight }: Reader) {
  const codes = sight.administrations
  const seen = await client.administration.findMany({
    ...(codes !== 'all' && { where: { code: { in: [...codes] } } }),
    orderBy: { code: 'asc' },
    select: { code: true, name: true },
    take: mostNames + 1,
  })
  const { company, administrations } = await logos()
  const own = seen.length === 1 ? administrations[seen[0]?.code ?? ''] : undefined
  const names = [...new Set(seen.slice(0, mostNames).map(({ name }) => name)), ...(seen.length > mostNames ? ['…'] : [])]
  return { company: names.join(' · '), logo: await readLogo(own ?? company, log) }
}
