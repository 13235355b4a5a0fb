import { noteImport } from '#dunning'
import { type ImportDeps, importDropFolder, type StatementResult } from '#ledger'
import type { Ops } from '#platform'

/** Imports what the ERP or the bank dropped; a file that failed, or that waits for a confirmation, is told to people. Returns how many files there were. */
export async function importDropped(deps: ImportDeps, ops: Ops, folder: string): Promise<number> {
  const dropped = await importDropFolder(deps, folder)
  for (const { name, movedTo, outcome } of dropped) {
    const key = `import:${name}`
    switch (outcome.kind) {
      case 'failed':
        await ops.raise({
          key,
          problem: `The import of ${name} failed: ${outcome.problem}`,
          remedy: `${outcome.remedy} The file is now ${movedTo}; a report lies beside it.`,
        })
        break
      case 'waiting_confirmation': {
        const problem = `${name} would close ${outcome.closing} of ${outcome.open} open invoices; nothing of it was imported.`
        await ops.raise({ key, problem, remedy: `If that is right: duncan import --confirm ${movedTo}` })
        break
      }
      default:
        await ops.resolve(key)
        if (outcome.kind === 'imported' && 'mode' in outcome && outcome.mode !== 'backfill') await noteImport(deps.database.client, outcome.runId)
        if ('gaps' in outcome) await tellGaps(ops, outcome)
    }
  }
  return dropped.length
}

/** A statement that does not follow the one before means that payments may be missing; the one that was missing closes the alert. */
async function tellGaps(ops: Ops, { statements, gaps }: StatementResult): Promise<void> {
  for (const account of new Set(statements.map(each => each.account))) {
    const gap = gaps.find(each => each.account === account)
    const key = `statement:${account.slice(-4)}`
    if (!gap) await ops.resolve(key)
    else {
      const problem = `Bank statements are missing before number ${gap.number} of ${gap.closedOn} of the account ending in ${account.slice(-4)}. ${gap.problem}.`
      await ops.raise({ key, problem, remedy: 'Download the statements between them and import those.' })
    }
  }
}
