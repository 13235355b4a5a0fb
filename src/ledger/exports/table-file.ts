import type { ExportColumn } from './content.ts'
import type { ContentName } from './contents.ts'
import type { WrittenFile } from './part-file.ts'

/** One row as the database gives it: texts, dates as yyyy-MM-dd, amounts with a point, in the order of the columns. */
export type ExportRow = (string | null)[]

export type TitledColumn = Pick<ExportColumn, 'name' | 'kind'> & { title: string }

type ExportTable = { write: (rows: ExportRow[]) => Promise<void>; end: () => Promise<void> }

/** `altered`: characters or texts that the format could not hold as they are. */
export type TableFile = WrittenFile & { altered: number }

/** The files of one run in one format, one table after the other. */
export type ExportFiles = {
  open: (content: ContentName, columns: TitledColumn[]) => Promise<ExportTable>
  end: () => Promise<TableFile[]>
  /** Removes what was written. */
  discard: () => Promise<void>
}

/** What XML cannot hold, as escape or otherwise. */
const notXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** The text with a mark in the place of each character that XML cannot hold. */
export const xmlText = (text: string): string => text.replace(notXml, '\ufffd')
