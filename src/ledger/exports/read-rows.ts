import type { Db } from '#platform'
import type { ExportColumn, ExportContent } from './content.ts'
import type { ContentName } from './contents.ts'
import type { ExportRow } from './table-file.ts'

const batch = 2_000

// DECLARE and CREATE TABLE AS take no parameters: expressions and names in these statements are this folder's own, ids are numbers.

/** All rows of a content in the order of their keys, in batches. Inside one transaction that reads one moment (repeatable read). */
export async function* readRows(tx: Db, content: ExportContent, administrations: number[] | undefined): AsyncGenerator<ExportRow[]> {
  const { cells, order } = parts(content)
  yield* fetchAll(tx, `SELECT ${cells} AS cells FROM ${tables(content, administrations)} ORDER BY ${order}`)
}

/**
 * The rows that are other than the named export last said, with `new`, `changed` or `gone` in front; one that is gone has only its key
 * columns. `rememberRows` afterwards makes them what was said.
 */
export async function* readChanges(
  tx: Db,
  content: ExportContent,
  administrations: number[] | undefined,
  { name, said }: { name: ContentName; said: string },
): AsyncGenerator<ExportRow[]> {
  const { cells, order } = parts(content)
  const key = `json_build_array(${sqlOf(keyColumns(content))})::text`
  await run(tx, 'DROP TABLE IF EXISTS pg_temp.export_now')
  await run(
    tx,
    `CREATE TEMP TABLE export_now ON COMMIT DROP AS SELECT position, id, cells, key, md5(cells)::uuid AS hash
     FROM (SELECT row_number() OVER (ORDER BY ${order}) AS position, (${content.id})::text AS id, ${cells} AS cells, ${key} AS key FROM ${tables(content, administrations)}) now`,
  )
  await run(tx, 'ANALYZE pg_temp.export_now')
  const mine = `e.export = ${literal(said)} AND e.content = ${literal(name)}`
  const keys = keyColumns(content).map(({ name: column }) => column)
  const places = content.columns.map(column => keys.indexOf(column.name))
  for await (const rows of fetchAll(
    tx,
    `SELECT change, cells FROM (
       SELECT CASE WHEN e.row IS NULL THEN 'new' ELSE 'changed' END AS change, n.cells, n.position
       FROM pg_temp.export_now n LEFT JOIN "ExportedRow" e ON ${mine} AND e.row = n.id WHERE e.hash IS DISTINCT FROM n.hash
       UNION ALL SELECT 'gone', e.key, NULL FROM "ExportedRow" e WHERE ${mine} AND NOT EXISTS (SELECT FROM pg_temp.export_now n WHERE n.id = e.row)) r
     ORDER BY position NULLS LAST, cells`,
  )) {
    yield rows.map(([change = null, ...given]) => [change, ...(change === 'gone' ? places.map(place => given[place] ?? null) : given)])
  }
}

/** Keeps what `readChanges` has just found as what the export said. */
export async function rememberRows(tx: Db, { name, said }: { name: ContentName; said: string }): Promise<void> {
  await run(
    tx,
    `DELETE FROM "ExportedRow" e WHERE e.export = ${literal(said)} AND e.content = ${literal(name)} AND NOT EXISTS (SELECT FROM pg_temp.export_now n WHERE n.id = e.row)`,
  )
  await run(
    tx,
    `INSERT INTO "ExportedRow" (export, content, "row", key, hash) SELECT ${literal(said)}, ${literal(name)}, id, key, hash FROM pg_temp.export_now
     ON CONFLICT (export, content, "row") DO UPDATE SET key = excluded.key, hash = excluded.hash WHERE "ExportedRow".hash <> excluded.hash`,
  )
}

async function* fetchAll(tx: Db, query: string): AsyncGenerator<ExportRow[]> {
  await run(tx, `DECLARE export_rows NO SCROLL CURSOR FOR ${query}`)
  for (;;) {
    const found = await tx.$queryRawUnsafe<{ change?: string; cells: string }[]>(`FETCH ${batch} FROM export_rows`)
    if (found.length > 0) yield found.map(({ change, cells }) => [...(change === undefined ? [] : [change]), ...(JSON.parse(cells) as ExportRow)])
    if (found.length < batch) break
  }
  await run(tx, 'CLOSE export_rows')
}

const run = (tx: Db, sql: string) => tx.$executeRawUnsafe(sql)

function parts(content: ExportContent) {
  const cells = `json_build_array(${content.columns.map(({ sql }) => `(${sql})::text`).join(', ')})::text`
  return { cells, order: `${sqlOf(keyColumns(content))}, ${content.id}` }
}

const keyColumns = ({ columns, key }: ExportContent): ExportColumn[] => columns.filter(({ name }) => key.includes(name))
const sqlOf = (columns: ExportColumn[]): string => columns.map(({ sql }) => `(${sql})`).join(', ')
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

function tables({ from, where }: ExportContent, administrations: number[] | undefined): string {
  const conditions = [...(where ? [where] : []), ...(administrations ? [`a.id IN (${['0', ...administrations].join(', ')})`] : [])]
  return conditions.length > 0 ? `${from} WHERE ${conditions.join(' AND ')}` : from
}
