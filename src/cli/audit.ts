import { Command } from 'commander'
import { connectDatabase, platformConfig, readConfig, readEnvironment, sealAudit, verifyAudit } from '#platform'

export function auditCommand(): Command {
  const audit = new Command('audit').description('the trail of what was done, and by whom')
  audit.command('verify').description('recompute the hash chain of the whole audit trail').action(verify)
  return audit
}

async function verify(): Promise<void> {
  const database = await connectDatabase(readConfig(platformConfig, readEnvironment()))
  try {
    while ((await sealAudit(database.client)) > 0);
    const verdict = await verifyAudit(database.client)
    if (verdict.ok) {
      console.log(`The audit trail is whole: ${verdict.sealed} entries, chained up to ${verdict.head.slice(0, 16) || 'the beginning'}.`)
      return
    }
    console.error(`The audit trail is broken at entry ${verdict.entry}: ${verdict.problem}.`)
    console.error('→ Compare the database with a backup from before the change, and find out who had access to it.')
    process.exitCode = 1
  } finally {
    await database.close()
  }
}
