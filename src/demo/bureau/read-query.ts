import type { Request } from 'express'

/** A term of a query as text; empty when it is not there, or there more than once. */
export const termOf = ({ query }: Pick<Request, 'query'>, name: string): string => {
  const given = query[name]
  return typeof given === 'string' ? given : ''
}

export type Paging = { size: number; prev: number | null; next: number | null; last: number }

/** The page that is asked for. Pages are counted from 0; 50 rows when nothing else is asked for, 1000 at most. */
export function pageOf<Row>(request: Pick<Request, 'query'>, all: Row[]): { rows: Row[]; paging: Paging } {
  const size = Math.min(Number(request.query['pageSize'] ?? 50), 1000)
  const page = Number(request.query['page'] ?? 0)
  const last = Math.max(0, Math.ceil(all.length / size) - 1)
  return { rows: all.slice(page * size, (page + 1) * size), paging: { size, prev: page > 0 ? page - 1 : null, next: page < last ? page + 1 : null, last } }
}
