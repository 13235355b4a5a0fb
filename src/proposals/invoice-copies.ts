import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { searchNumber } from '#ledger'
import type { Blobs, Db } from '#platform'
import { createFileSearch } from './file-search.ts'

export type InvoiceCopy = { fileName: string; contentType: string; hash: string; invoiceId: number }
type CopiedInvoice = { id: number; number: string; debtorId: number; administrationCode: string }

/** Finds the PDF of an invoice and keeps it in the blob store; undefined when there is none that is surely this invoice's. */
export type FindInvoiceCopy = (db: Db, invoice: CopiedInvoice) => Promise<InvoiceCopy | undefined>

const largestCopy = 15 * 1024 * 1024

/**
 * Looks for copies in a folder by file name = invoice number, in the administration's own subfolder (its code) first. In the
 * folder itself a number that several debtors have is nobody's: their file names cannot be told apart.
 */
export function createInvoiceCopies(folder: string | undefined, blobs: Pick<Blobs, 'put'>): FindInvoiceCopy {
  const fileIn = createFileSearch()
  return async (db, invoice) => {
    if (folder === undefined) return undefined
    if (searchNumber(invoice.number) === '') return undefined
    const own = await fileIn(join(folder, searchableName(invoice.administrationCode)), invoice.number)
    const file = own ?? ((await isSharedNumber(db, invoice)) ? undefined : await fileIn(folder, invoice.number))
    if (file === undefined) return undefined
    const content = await readPdf(file)
    if (content === undefined) return undefined
    const { hash } = await blobs.put(content)
    return { fileName: `${invoice.number.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_')}.pdf`, contentType: 'application/pdf', hash, invoiceId: invoice.id }
  }
}

/** A code from the ledger never leaves the folder. */
const searchableName = (code: string) => code.replaceAll(/[^\p{L}\p{N}_-]+/gu, '_')

async function isSharedNumber(db: Db, { number, debtorId }: CopiedInvoice): Promise<boolean> {
  return (await db.invoice.findFirst({ where: { searchNumber: searchNumber(number), debtorId: { not: debtorId } }, select: { id: true } })) !== null
}

async function readPdf(path: string): Promise<Buffer | undefined> {
  const file = await stat(path).catch(() => undefined)
  if (!file?.isFile() || file.size > largestCopy) return undefined
  const content = await readFile(path)
  return content.subarray(0, 1024).includes('%PDF-') ? content : undefined
}
