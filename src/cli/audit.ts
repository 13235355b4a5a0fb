import { Command, InvalidArgumentError } from 'commander'
import { sealAudit, verifyAudit } from '#platform'
import { withDatabase } from './with-database.ts'

export function auditCommand(): Command {
  const audit = new Command('audit')
  audit
    .command('verify')
    .description('recompute the hash chain of the whole audit trail')
    .option('--kept <mark>', 'a mark that an earlier run printed: also finds a chain that was cut off or rebuilt since', parseMark)
    .action(verify)
  return audit
}

type Mark = { sealed: number; head: string }

function parseMark(text: string): Mark {
  const [, sealed, head] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? []
  if (!sealed || !head) throw new InvalidArgumentError('A mark looks like 120:3f5a... as `audit verify` prints it.')
  return { sealed: Number(sealed), head }
}

function verify({ kept }: { kept?: Mark }): Promise<void> {
  return withDatabase(async database => {
    while ((await sealAudit(database.client)) > 0);
    const verdict = await verifyAudit(database.client, kept)
    if (verdict.ok) {
      console.log(`The audit trail is whole: ${verdict.sealed} entries.`)
      if (verdict.sealed > 0) console.log(`Keep this mark outside of the database and give it to a later run with --kept: ${verdict.sealed}:${verdict.head}`)
      return
    }
    console.error(`The audit trail is broken at entry ${verdict.entry}: ${verdict.problem}.`)
    console.error('→ Compare the database with a backup from before the change, and find out who had access to it.')
    process.exitCode = 1
  })
}
