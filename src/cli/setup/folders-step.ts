import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Setup } from './context.ts'
import { writeEnv } from './write-env.ts'

/** Folders that other programs fill: copies of invoices, and exports for the daily import. */
export async function nameFolders({ ask, say, envFile }: Setup): Promise<void> {
  const copies = await ask.text('folders.invoiceCopies', 'Folder with PDF copies of invoices, named by number; empty if there is none', {
    isOptional: true,
    check: asFolder,
  })
  const imports = await ask.text('folders.imports', 'Folder into which your ERP drops exports; empty if there is none', { isOptional: true, check: asFolder })
  const values = { ...(copies && { DUNCAN_INVOICE_COPIES: resolve(copies) }), ...(imports && { DUNCAN_IMPORT_FOLDER: resolve(imports) }) }
  await writeEnv(envFile, values, ask)
  say(copies ? `✓ invoice copies from ${copies}` : '! Without invoice copies, requests for one wait for a person.')
  if (imports) say(`✓ exports in ${imports} are imported every five minutes; put the mapping file beside them`)
}

/** What is wrong with a path that should be a folder. */
export const asFolder = (text: string): string | undefined =>
  statSync(text, { throwIfNoEntry: false })?.isDirectory() ? undefined : 'there is no such folder.'
