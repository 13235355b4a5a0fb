export type Delimiter = ';' | ',' | '\t' | '|'

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

/** A copy of a cell that is kept: a cell itself keeps the piece of the file alive that it was cut from. */
export const detached = (text: string): string => Buffer.from(text).toString()

export type TableSource = {
  columns: string[]
  /** Columns of the file that no field asks for. */
  unknownColumns: string[]
  /** Where the table begins: the line of its header, and what separates the columns of a CSV file. */
  layout?: { headerLine: number; delimiter?: Delimiter; sheet?: string }
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
