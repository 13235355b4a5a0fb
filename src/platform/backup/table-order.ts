import type pg from 'pg'

type Table = { name: string; columns: string[] }

/**
 * Every table of the schema with the columns that can be written, those first that others point at: loaded in this order no row
 * ever points at one that is not there yet. Rows of one table may point at each other.
 */
export async function tablesInOrder(client: Pick<pg.Client, 'query'>): Promise<Table[]> {
  const { rows: tables } = await client.query<Table>(`
    SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'
    GROUP BY c.relname ORDER BY c.relname`)
  const { rows: links } = await client.query<{ from: string; to: string }>(`
    SELECT f.relname AS "from", t.relname AS "to" FROM pg_constraint k
    JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
    WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND k.conrelid <> k.confrelid`)
  return sortByLinks(tables, links)
}

function sortByLinks(tables: Table[], links: { from: string; to: string }[]): Table[] {
  const sorted: Table[] = []
  let waiting = tables
  while (waiting.length > 0) {
    const names = new Set(waiting.map(({ name }) => name))
    const ready = waiting.filter(({ name }) => !links.some(({ from, to }) => from === name && names.has(to)))
    if (ready.length === 0) throw new Error(`These tables point at each other in a circle: ${[...names].join(', ')}`)
    sorted.push(...ready)
    waiting = waiting.filter(table => !ready.includes(table))
  }
  return sorted
}
