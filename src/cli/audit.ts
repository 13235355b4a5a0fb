import { writeFileSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { currentRelease, DuncanError, type Release, sealAudit, verifyAudit } from '#platform'
import { exportDecision, findReplayed, isEqual, type ReplayedStep, replayDecision } from '#proposals'
import { printTable } from './print-table.ts'
import { withDatabase } from './with-database.ts'

export function auditCommand(): Command {
  const audit = new Command('audit')
  audit
    .command('verify')
    .description('recompute the hash chain of the whole audit trail')
    .option('--kept <mark>', 'a mark that an earlier run printed: also finds a chain that was cut off or rebuilt since', parseMark)
    .action(verify)
  audit
    .command('replay')
    .description('plan a proposal and judge its decision again from what was kept, and say whether they come out the same')
    .argument('<decision>', 'number of a decision, or a proposal as proposal:7')
    .option('--json', 'as JSON')
    .action(replay)
  audit
    .command('export')
    .description('everything on one decision as one JSON file, with its part of the hash chain; it holds personal data')
    .argument('<decision>', 'number of a decision, or a proposal as proposal:7')
    .argument('<file>', 'a file that is not there yet')
    .action(exportFile)
  audit.command('decisions').description('the newest decisions with their numbers').option('--limit <count>', 'how many', parseCount, 20).action(decisions)
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

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('A number from 1 to 9999.')
  return Number(text)
}

function replay(named: string, { json }: { json?: boolean }): Promise<void> {
  return withDatabase(async ({ client }) => {
    const replayed = await replayDecision(client, await findReplayed(client, named))
    if (json) console.log(JSON.stringify(replayed))
    else {
      console.log(`Proposal ${replayed.proposalId}, on mail ${replayed.messageId}${replayed.snapshot ? `, kept as ${replayed.snapshot.slice(0, 12)}` : ''}`)
      console.log(`  Planned by ${releaseText(replayed.release)}, done again by ${releaseText(currentRelease())}`)
      for (const step of replayed.steps) console.log(stepText(step))
    }
    if (!isEqual(replayed)) process.exitCode = 1
  })
}

const releaseText = (release: Release | null): string =>
  release ? `Duncan ${release.version}${release.commit ? ` (${release.commit.slice(0, 12)})` : ''}` : 'a release that is not known'

const stepNames = { plan: 'What is proposed', alone: 'Whether Duncan may decide it alone', vote: 'What the vote counts as' }

function stepText(step: ReplayedStep): string {
  const name = `${stepNames[step.step]}${step.decisionId === undefined ? '' : ` (decision ${step.decisionId})`}`
  switch (step.kind) {
    case 'equal':
      return `  = ${name}: the same as then`
    case 'impossible':
      return `  ! ${name}: cannot be done again. ${step.why}`
    case 'differs':
      return [
        `  ! ${name}: differs`,
        ...step.differences.map(({ path, before, after }) => `      ${path}: ${JSON.stringify(before)} then, ${JSON.stringify(after)} now`),
      ].join('\n')
    default:
      return step satisfies never
  }
}

function exportFile(named: string, path: string): Promise<void> {
  return withDatabase(async ({ client }) => {
    while ((await sealAudit(client)) > 0);
    const proposalId = await findReplayed(client, named)
    const { file, replayed } = await exportDecision(client, proposalId)
    try {
      writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`, { flag: 'wx', mode: 0o600 })
    } catch (cause) {
      throw new DuncanError('export.file', `${path} cannot be written.`, 'Name a file that is not there yet, in a folder that is.', { cause })
    }
    console.log(`Proposal ${proposalId} is in ${path}. A replay comes out ${isEqual(replayed) ? 'the same' : 'otherwise: `duncan audit replay` says where'}.`)
  })
}

function decisions({ limit }: { limit: number }): Promise<void> {
  return withDatabase(async ({ client }) => {
    const found = await client.decision.findMany({ orderBy: { id: 'desc' }, take: limit, include: { proposal: { select: { summary: true } } } })
    const rows = found.map(each => [
      String(each.id),
      each.createdAt.toISOString(),
      each.kind,
      each.staffId === null ? 'Duncan' : `staff:${each.staffId}`,
      `proposal:${each.proposalId}`,
      each.proposal.summary,
    ])
    printTable(['Decision', 'When', 'What', 'Who', 'Proposal', 'About'], rows)
  })
}
