import { XMLParser } from 'fast-xml-parser'
import { DuncanError, errorText } from '#platform'
import { cutXmlRecords } from './cut-xml-records.ts'
import { rejectColumns } from './fields.ts'
import type { SourceRow, TableSource } from './table-source.ts'

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false, // "007" is a number with its zeros, not seven
  parseAttributeValue: false,
  htmlEntities: true, // for the sake of numeric ones: &#233;
  trimValues: true,
  removeNSPrefix: true,
})

export type XmlPath = { path: string; isMapped: boolean }

/**
 * An XML file as a table: one row per record at the path, one column per path inside it (`Customer/Name`, `@id`). A path that
 * the mapping does not name is a column only if the first records have it, so that absent elements never clear a value.
 */
export async function readXml(chunks: AsyncIterable<string>, fileName: string, recordPath: string, candidates: XmlPath[]): Promise<TableSource> {
  const names = recordPath.slice(1).split('/')
  const records = cutXmlRecords(chunks, [names], fileName)
  const first = await records.next()
  if (first.done) {
    throw new DuncanError(
      'import.columns',
      `${fileName} has no record at ${recordPath}.`,
      'Correct "records" in the mapping file: it is the path of one record.',
    )
  }
  const start = first.value.map(({ text }) => parseRecord(text))
  const isSeen = (path: string) => start.some(({ fields }) => fields !== undefined && textAt(fields, path.split('/')) !== '')
  const paths = candidates.filter(({ path, isMapped }) => isMapped || isSeen(path)).map(({ path }) => path)
  const known = new Set<string>([...paths.map(path => path.split('/')[0] ?? path), ...rejectColumns])
  const unknown = new Set<string>()
  const steps = paths.map(path => path.split('/'))

  const toRow = ({ line, text }: { line: number; text: string }): SourceRow => {
    const { fields, problem } = parseRecord(text)
    if (fields === undefined) return { line, cells: [], text, problem }
    for (const name of Object.keys(fields)) if (!known.has(name) && name !== '#text') unknown.add(name)
    return { line, cells: steps.map(path => textAt(fields, path)), text }
  }

  async function* batches(): AsyncGenerator<SourceRow[]> {
    for (let batch: IteratorResult<{ line: number; text: string }[]> = first; !batch.done; batch = await records.next()) yield batch.value.map(toRow)
  }

  const head = names.slice(0, -1).map(name => `<${name}>`)
  return {
    columns: paths,
    get unknownColumns() {
      return [...unknown]
    },
    batches: batches(),
    reject: {
      extension: 'xml',
      head: `<?xml version="1.0"?>\n${head.join('')}\n`,
      row: (row, problem) => withProblem(row, problem),
      tail: `${names
        .slice(0, -1)
        .toReversed()
        .map(name => `</${name}>`)
        .join('')}\n`, // prettier-ignore
    },
  }
}

type ParsedRecord = { fields: Record<string, unknown>; problem?: undefined } | { fields?: undefined; problem: string }

function parseRecord(text: string): ParsedRecord {
  try {
    const root = Object.values(parser.parse(text, true) as Record<string, unknown>)[0]
    return { fields: typeof root === 'object' && root !== null ? (root as Record<string, unknown>) : {} }
  } catch (error) {
    return { problem: `the record is not well-formed XML: ${errorText(error).split('\n')[0]}` }
  }
}

/** The text at a path; several elements of one name are joined as a list, as several e-mail addresses are. */
function textAt(node: unknown, path: string[]): string {
  if (Array.isArray(node))
    return node
      .map(each => textAt(each, path))
      .filter(text => text !== '')
      .join('; ') // prettier-ignore
  if (path.length === 0 || node === undefined) return leafText(node)
  return typeof node === 'object' && node !== null ? textAt((node as Record<string, unknown>)[path[0] ?? ''], path.slice(1)) : ''
}

function leafText(node: unknown): string {
  if (typeof node === 'string') return node
  return typeof node === 'object' && node !== null ? leafText((node as Record<string, unknown>)['#text']) : ''
}

/** The record with the two reject elements in front; those of an earlier reject file are replaced. */
function withProblem(row: SourceRow, problem: string): string {
  const clean = row.text.replace(/<(duncan_line|duncan_problem)>[^<]*<\/\1>\s*/g, '')
  const end = openTagEnd(clean)
  const escaped = problem.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `${clean.slice(0, end)}<duncan_line>${row.line}</duncan_line><duncan_problem>${escaped}</duncan_problem>${clean.slice(end)}\n`
}

function openTagEnd(text: string): number {
  const tag = /^<(?:"[^"]*"|'[^']*'|[^>"'])*>/.exec(text)
  return tag && !tag[0].endsWith('/>') ? tag[0].length : text.length
}
