import { createZip, type InvoiceModel } from '#platform'
import type { ProposalsDeps } from '../../deps.ts'
import type { EntryDebtor } from '../../entries/kinds/kind.ts'
import { type Left, writeOnce } from '../outbox-file.ts'
import { fileTexts } from './file-texts.ts'

type Put = (name: string, content: Buffer) => Promise<void>

/**
 * Writes all that a collection agency or a lawyer needs as one zip file: its items with the working of what delay costs, the statement of
 * account, notes, copies of invoices and the mails of the debtor; of a central file in a folder for each debtor. `contents.txt` says what was not found.
 */
export async function writePackage(deps: ProposalsDeps, { invoiceIds }: { invoiceIds: number[] }, path: string): Promise<Left> {
  const { client } = deps
  const invoices = await client.invoice.findMany({ where: { id: { in: invoiceIds } }, orderBy: [{ dueDate: 'asc' }, { id: 'asc' }] })
  const debtors = await client.debtor.findMany({
    where: { id: { in: invoices.map(({ debtorId }) => debtorId) } },
    include: { administration: true },
    orderBy: [{ administration: { code: 'asc' } }, { number: 'asc' }],
  })
  return writeOnce(path, async file => {
    const zip = createZip(async bytes => void (await file.write(bytes)))
    const put: Put = async (name, content) => {
      const entry = zip.open(name)
      await entry.write(content)
      await entry.end()
    }
    const contents: string[] = []
    for (const debtor of debtors) {
      const folder = debtors.length > 1 ? `${folderName(debtor.administration.code)}_${folderName(debtor.number)}/` : ''
      const own = invoices.filter(({ debtorId }) => debtorId === debtor.id)
      contents.push(await putDebtor(deps, debtor, own, (name, content) => put(`${folder}${name}`, content)))
    }
    await put('contents.txt', Buffer.from(contents.join('\n')))
    await zip.end()
  })
}

/** Puts the file of one debtor there; returns what it holds, and what was not found, in a few lines. */
async function putDebtor(deps: ProposalsDeps, debtor: EntryDebtor, invoices: readonly InvoiceModel[], put: Put): Promise<string> {
  const { client, blobs, findCopy, clock, rules } = deps
  const { id: debtorId, administration } = debtor
  const messages = await client.message.findMany({
    where: { debtorId },
    select: { id: true, rawHash: true, direction: true, receivedAt: true },
    orderBy: { id: 'asc' },
  })
  const missing: string[] = []
  const texts = await fileTexts({ db: client, rules: rules(), today: clock.today(administration.timeZone) }, debtor, invoices)
  for (const [name, text] of Object.entries(texts)) await put(name, Buffer.from(text))
  for (const { id, number } of invoices) {
    const copy = await findCopy(client, { id, number, debtorId, administrationCode: administration.code })
    if (copy) await put(`invoices/${copy.fileName}`, await blobs.read(copy.hash))
    else missing.push(`the copy of invoice ${number}`)
  }
  for (const { id, rawHash, direction, receivedAt } of messages) {
    const name = `mails/${receivedAt.toISOString().slice(0, 10)}_${direction}_${id}.eml`
    if ((await blobs.size(rawHash)) === undefined) missing.push(name)
    else await put(name, await blobs.read(rawHash))
  }
  const found = missing.length === 0 ? 'Everything was found.' : `Not found:\n${missing.join('\n')}`
  return `${administration.name}: ${debtor.number} ${debtor.name}\n${invoices.length} items, ${messages.length} mails\n\n${found}\n`
}

/** A number of the ledger as the name of a folder, also where it holds what no folder may be called by. */
const folderName = (text: string): string => text.replaceAll(/[^\p{L}\p{N}-]+/gu, '_').slice(0, 60)
