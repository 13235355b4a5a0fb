import type { ContentName } from './contents.ts'
import { type ExportPlace, openPartFile, type PartFile } from './part-file.ts'
import type { ExportFiles, ExportRow, TableFile, TitledColumn } from './table-file.ts'

/** How a table becomes the text of a file. */
export type TextFormat = {
  head: string
  rows: (rows: ExportRow[]) => string
  tail: string
  encode: (text: string) => { bytes: Buffer; altered: number }
}

/** Files of text, one for each content. */
export function textFiles(
  place: ExportPlace,
  fileOf: (content: ContentName) => string,
  formatOf: (content: ContentName, columns: TitledColumn[]) => TextFormat,
): ExportFiles {
  const parts: PartFile[] = []
  const done: TableFile[] = []
  return {
    open: async (content, columns) => {
      const part = await openPartFile(place, fileOf(content))
      parts.push(part)
      const { head, rows: textOf, tail, encode } = formatOf(content, columns)
      let altered = 0
      const write = async (text: string) => {
        if (text === '') return
        const encoded = encode(text)
        altered += encoded.altered
        await part.write(encoded.bytes)
      }
      await write(head)
      return {
        write: rows => write(textOf(rows)),
        end: async () => {
          await write(tail)
          done.push({ ...(await part.end()), altered })
        },
      }
    },
    end: async () => done,
    discard: async () => {
      for (const part of parts) await part.discard()
    },
  }
}

/** UTF-8 holds everything. */
export const utf8 = (text: string): { bytes: Buffer; altered: number } => ({ bytes: Buffer.from(text), altered: 0 })
