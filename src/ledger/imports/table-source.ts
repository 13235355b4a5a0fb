/** One row of a file, before anything is believed about it. */
export type SourceRow = {
  /** The line it starts on; 1 is the file's first. */
  line: number
  /** In the order of the columns; empty when the row could not be read at all. */
  cells: string[]
  /** The row as it stands in the file, for the reject file. */
  text: string
  /** Why the row could not be read. */
  problem?: string
}

export type TableSource = {
  columns: string[]
  /** Columns of the file that no field asks for. */
  unknownColumns: string[]
  /** In pieces of some thousand rows: one promise per row would cost more than the parsing. */
  batches: AsyncIterable<SourceRow[]>
  reject: RejectFormat
}

/** How to write a rejected row so that the reject file can be corrected and imported again. */
export type RejectFormat = {
  extension: 'csv' | 'xml'
  head: string
  row: (row: SourceRow, problem: string) => string
  tail: string
}
