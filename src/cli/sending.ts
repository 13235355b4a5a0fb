import { Command } from 'commander'
import { explainHold, flowJobs } from '#flows'
import { outboxJobs, releaseSending, sendingHolds } from '#mail'
import { createQueue, type Database, DuncanError, silentLog } from '#platform'
import { withDatabase } from './with-database.ts'

export function sendingCommand(): Command {
  const sending = new Command('sending').action(() => withDatabase(status))
  sending
    .command('release')
    .description('let the mail of a mailbox leave, although it has not told what was sent since the backup')
    .argument('<mailbox>', 'its short name')
    .action((mailbox: string) => withDatabase(database => release(database, mailbox)))
  return sending
}

async function status({ client }: Database): Promise<void> {
  const holds = await sendingHolds(client)
  if (holds.length === 0) return console.log('Nothing holds mail back.')
  console.log(`Duncan was restored from a backup at ${holds[0]?.since.toISOString()}. No mail leaves:`)
  for (const hold of holds) console.log(`  ${explainHold(hold)}`)
  process.exitCode = 1
}

async function release(database: Database, mailbox: string): Promise<void> {
  const queue = createQueue(database, silentLog, [...flowJobs, ...outboxJobs])
  await queue.start()
  try {
    if (await releaseSending({ client: database.client, queue }, mailbox, 'cli')) console.log(`${mailbox} holds mail back no longer.`)
    else throw new DuncanError('sending.free', `There is no mailbox ${mailbox} that holds mail back.`, '`duncan sending` lists those that do.')
  } finally {
    await queue.stop()
  }
}
