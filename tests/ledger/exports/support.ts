import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type ExportOutcome, type ExportSettings, exportSettingsSchema, runExport } from '#ledger'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { aLedger } from '../support.ts'

type Given = Partial<Omit<ExportSettings, 'csv'>> & { csv?: Partial<NonNullable<ExportSettings['csv']>> }

/** A ledger with an export folder beside it. */
export async function aLedgerToExport(t: Pick<TestContext, 'after'>) {
  const ledger = await aLedger(t)
  const folder = temporaryFolder(t)
  return {
    ...ledger,
    folder,
    export: (given: Given = {}) =>
      runExport(ledger.deps, { name: 'erp', settings: exportSettingsSchema.parse({ folder, contents: ['open_items'], ...given }), actor: 'cli' }),
    /** The text of the only file of a run, or of the one of a content. */
    read: (outcome: ExportOutcome, content?: string): string => readFileSync(join(folder, fileOf(outcome, content)), 'utf8'),
    names: () => readdirSync(folder).toSorted(),
  }
}

/** The name of the file of a content; without one, of the first. */
export function fileOf(outcome: ExportOutcome, content?: string): string {
  if (outcome.kind !== 'done') throw new Error('the export was busy')
  const found = outcome.files.find(({ contents }) => content === undefined || contents.includes(content))
  if (!found) throw new Error(`no file of ${content}`)
  return found.file
}
