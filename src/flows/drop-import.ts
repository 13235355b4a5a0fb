import { type ImportDeps, importDropFolder } from '#ledger'
import type { Ops } from '#platform'

/** Imports what the ERP dropped; a file that failed, or that waits for a confirmation, is told to people. */
export async function importDropped(deps: ImportDeps, ops: Ops, folder: string): Promise<void> {
  for (const { name, movedTo, outcome } of await importDropFolder(deps, folder)) {
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
    }
  }
}
