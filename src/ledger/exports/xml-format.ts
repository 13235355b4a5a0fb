import { XMLBuilder } from 'fast-xml-parser'
import { type ContentName, exportContents } from './contents.ts'
import { plainAmount } from './plain-amount.ts'
import { type TitledColumn, xmlText } from './table-file.ts'
import { type TextFormat, utf8 } from './text-files.ts'

const builder = new XMLBuilder({})

/** XML: an element for each row, in it one for each column, empty where there is no value. */
export function xmlFormat(content: ContentName, columns: TitledColumn[]): TextFormat {
  const { row: element } = exportContents[content]
  const currency = columns.findIndex(({ name }) => name === 'currency')
  return {
    head: `<?xml version="1.0" encoding="UTF-8"?>\n<${content}>\n`,
    rows: rows =>
      rows
        .map(row => {
          const fields = columns.map(({ title, kind }, index) => {
            const value = row[index] ?? ''
            return [title, kind === 'amount' && value !== '' ? plainAmount(value, row[currency]) : xmlText(value)]
          })
          // A reader takes a bare carriage return for a line feed (XML 1.0, 2.11).
          return `${builder.build({ [element]: Object.fromEntries(fields) }).replaceAll('\r', '&#13;')}\n`
        })
        .join(''),
    tail: `</${content}>\n`,
    encode: utf8,
  }
}
