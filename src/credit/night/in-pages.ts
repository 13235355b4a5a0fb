const pageSize = 500

/**
 * Rows in the order of their ids, read page by page, so that memory does not grow with their number. `read` returns at most `limit` rows behind
 * an id; what becomes of a row meanwhile moves no other.
 */
export async function* rowsInPages<Row extends { id: number }>(read: (after: number, limit: number) => Promise<Row[]>): AsyncIterable<Row> {
  for (let after = 0; ; ) {
    const page = await read(after, pageSize)
    yield* page
    if (page.length < pageSize) return
    after = page.at(-1)?.id ?? after
  }
}

/** What comes one by one, in pages. */
export async function* inPages<T>(items: AsyncIterable<T>): AsyncIterable<T[]> {
  let page: T[] = []
  for await (const item of items) {
    page.push(item)
    if (page.length < pageSize) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
