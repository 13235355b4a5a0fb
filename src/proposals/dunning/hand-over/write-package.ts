import { createZip } from '#platform'
import type { ProposalsDeps } from '../../deps.ts'
import { type Left, writeOnce } from '../outbox-file.ts'
import { fileTexts } from './file-texts.ts'

type Given = { actionId: number; invoiceIds: number[] }

/**
 * Writes all that a collection agency or a lawyer needs as one zip file: its items with the working of what delay costs, the statement of
 * account, notes, copies of invoices and the mails of the debtor. `contents.txt` says what was not found.
 */
export async function writePackage(deps: ProposalsDeps, debtorId: number, { invoiceIds }: Given, path: string): Promise<Left> {
  const { client, blobs, findCopy, clock, rules } = deps
  const debtor = await client.debtor.findUniqueOrThrow({ where: { id: debtorId }, include: { administration: true } })
  const invoices = await client.invoice.findMany({ where: { id: { in: invoiceIds } }, orderBy: [{ dueDate: 'asc' }, { id: 'asc' }] })
  const messages = await client.message.findMany({
    where: { debtorId },
    select: { id: true, rawHash: true, direction: true, receivedAt: true },
    orderBy: { id: 'asc' },
  })
  return writeOnce(path, async file => {
    const zip = createZip(async bytes => void (await file.write(bytes)))
    const put = async (name: string, content: Buffer) => {
      const entry = zip.open(name)
      await entry.write(content)
      await entry.end()
    }
    const missing: string[] = []
    const texts = await fileTexts({ db: client, rules: rules(), today: clock.today(debtor.administration.timeZone) }, debtor, invoices)
    for (const [name, text] of Object.entries(texts)) await put(name, Buffer.from(text))
    for (const invoice of invoices) {
      const { id, number } = invoice
      const copy = await findCopy(client, { id, number, debtorId, administrationCode: debtor.administration.code })
      if (copy) await put(`invoices/${copy.fileName}`, await blobs.read(copy.hash))
      else missing.push(`the copy of invoice ${number}`)
    }
    for (const { id, rawHash, direction, receivedAt } of messages) {
      const name = `mails/${receivedAt.toISOString().slice(0, 10)}_${direction}_${id}.eml`
      if ((await blobs.size(rawHash)) === undefined) missing.push(name)
      else await put(name, await blobs.read(rawHash))
    }
    const found = missing.length === 0 ? 'Everything was found.' : `Not found:\n${missing.join('\n')}`
    await put(
      'contents.txt',
      Buffer.from(`${debtor.administration.name}: ${debtor.number} ${debtor.name}\n${invoices.length} items, ${messages.length} mails\n\n${found}\n`),
    )
    await zip.end()
  })
}
