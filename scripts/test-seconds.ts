// A reporter for `node --test`: how many seconds the tests of each file took together, as JSON.
import { relative } from 'node:path'
import type { TestEvent } from 'node:test/reporters'

export default async function* testSeconds(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const taken: Record<string, number> = {}
  for await (const { type, data } of events) {
    if (type !== 'test:complete' || data.nesting > 0 || !data.file) continue
    const file = relative(process.cwd(), data.file)
    taken[file] = (taken[file] ?? 0) + data.details.duration_ms / 1000
  }
  yield JSON.stringify(Object.fromEntries(Object.entries(taken).map(([file, seconds]) => [file, Math.round(seconds)])))
}
