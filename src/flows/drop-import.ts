import { type ImportDeps, importDropFolder } from '#ledger'
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
    }
  }
  return dropped.length
}
