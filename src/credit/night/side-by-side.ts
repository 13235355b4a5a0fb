/** Does a piece of work for each item, at most `width` at a time, taking items as places become free. The first fault ends it, after what runs has ended. */
export async function sideBySide<T>(items: AsyncIterable<T> | Iterable<T>, width: number, work: (item: T) => Promise<void>): Promise<void> {
  const running = new Set<Promise<void>>()
  let fault: { error: unknown } | undefined
  for await (const item of items) {
    const one = work(item)
      .catch((error: unknown) => void (fault ??= { error }))
      .finally(() => running.delete(one))
    running.add(one)
    if (running.size >= width) await Promise.race(running)
    if (fault) break
  }
  await Promise.all(running)
  if (fault) throw fault.error
}
