// A Duncan process that works jobs: told to `die` it kills itself in the first one, told to `stop` it ends in order.
import { z } from 'zod'
import { createQueue, jobKind, openDatabase, silentLog } from '#platform'

export const crashing = jobKind('test.crashing', z.object({ number: z.int() }))
export const fatal = jobKind('test.fatal', z.object({ number: z.int() }), { retries: 0 })

async function die(): Promise<void> {
  process.kill(process.pid, 'SIGKILL')
  await new Promise(() => undefined)
}

if (import.meta.main) {
  const [url, task] = process.argv.slice(2)
  const database = openDatabase(url ?? '', 2)
  const queue = createQueue(database, silentLog, [crashing, fatal])
  await queue.start()
  if (task === 'die') {
    await queue.work(crashing, die)
    await queue.work(fatal, die)
  }
  if (task === 'stop') {
    await queue.work(crashing, async () => undefined)
    await queue.stop()
    await database.close()
    // Nothing may keep the process alive now.
  }
}
