import { createZip } from '#platform'
import type { ProposalsDeps } from '../../deps.ts'
import { type Left, writeOnce } from '../outbox-file.ts'
import { packageParts } from './package-parts.ts'

/** Writes all that a collection agency or a lawyer needs of these invoices as one zip file. */
export const writePackage = (deps: ProposalsDeps, { invoiceIds }: { invoiceIds: number[] }, path: string): Promise<Left> =>
  writeOnce(path, async file => {
    const zip = createZip(async bytes => void (await file.write(bytes)))
    for await (const part of packageParts(deps, invoiceIds)) {
      if (part.kind === 'missing') continue
      const entry = zip.open(part.name)
      await entry.write(await part.read())
      await entry.end()
    }
    await zip.end()
  })
