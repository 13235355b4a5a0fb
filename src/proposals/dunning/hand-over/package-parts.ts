import type { InvoiceModel } from '#platform'
import type { ProposalsDeps } from '../../deps.ts'
import type { EntryDebtor } from '../../entries/kinds/kind.ts'
import { fileTexts } from './file-texts.ts'

/**
 * One part of the file that goes to a collection agency or a lawyer. `name`: within the file. `messageId`: of the mail that it is. `size` in
 * bytes; nothing is read before `read`. `missing`: it should be there and was not found.
 */
export type PackagePart = { name: string; messageId?: number } & ({ kind: 'there'; size: number; read: () => Promise<Buffer> } | { kind: 'missing' })

type Deps = Pick<ProposalsDeps, 'client' | 'blobs' | 'findCopy' | 'clock' | 'rules'>

/**
 * All that the file of these invoices holds: items with the working of what delay costs, statement of account, notes, copies of invoices and
 * mails; of a central file in a folder for each debtor. Last comes `contents.txt`, which says what was not found.
 */
export async function* packageParts(deps: Deps, invoiceIds: readonly number[]): AsyncGenerator<PackagePart> {
  const { client } = deps
  const invoices = await client.invoice.findMany({ where: { id: { in: [...invoiceIds] } }, orderBy: [{ dueDate: 'asc' }, { id: 'asc' }] })
  const debtors = await client.debtor.findMany({
    where: { id: { in: invoices.map(({ debtorId }) => debtorId) } },
    include: { administration: true },
    orderBy: [{ administration: { code: 'asc' } }, { number: 'asc' }],
  })
  const contents: string[] = []
  for (const debtor of debtors) {
    const folder = debtors.length > 1 ? `${folderName(debtor.administration.code)}_${folderName(debtor.number)}/` : ''
    const own = invoices.filter(({ debtorId }) => debtorId === debtor.id)
    const missing: string[] = []
    let mails = 0
    for await (const part of partsOf(deps, debtor, own)) {
      if (part.messageId !== undefined) mails += 1
      if (part.kind === 'missing') missing.push(part.name)
      yield { ...part, name: `${folder}${part.name}` }
    }
    const found = missing.length === 0 ? 'Everything was found.' : `Not found:\n${missing.join('\n')}`
    contents.push(`${debtor.administration.name}: ${debtor.number} ${debtor.name}\n${own.length} items, ${mails} mails\n\n${found}\n`)
  }
  yield text('contents.txt', contents.join('\n'))
}

async function* partsOf(deps: Deps, debtor: EntryDebtor, invoices: readonly InvoiceModel[]): AsyncGenerator<PackagePart> {
  const { client, blobs, findCopy, clock, rules } = deps
  const { id: debtorId, administration } = debtor
  const texts = await fileTexts({ db: client, rules: rules(), today: clock.today(administration.timeZone) }, debtor, invoices)
  for (const [name, said] of Object.entries(texts)) yield text(name, said)
  for (const { id, number } of invoices) {
    const copy = await findCopy(client, { id, number, debtorId, administrationCode: administration.code })
    yield await stored(`invoices/${copy?.fileName ?? `${folderName(number)}.pdf`}`, copy?.hash)
  }
  const messages = await client.message.findMany({
    where: { debtorId },
    select: { id: true, rawHash: true, direction: true, receivedAt: true },
    orderBy: { id: 'asc' },
  })
  for (const { id: messageId, rawHash, direction, receivedAt } of messages)
    yield { ...(await stored(`mails/${receivedAt.toISOString().slice(0, 10)}_${direction}_${messageId}.eml`, rawHash)), messageId }

  async function stored(name: string, hash: string | undefined): Promise<PackagePart> {
    const size = hash === undefined ? undefined : await blobs.size(hash)
    if (hash === undefined || size === undefined) return { kind: 'missing', name }
    return { kind: 'there', name, size, read: () => blobs.read(hash) }
  }
}

function text(name: string, said: string): PackagePart {
  const content = Buffer.from(said)
  return { kind: 'there', name, size: content.length, read: async () => content }
}

/** A number of the ledger as the name of a folder or a file, also where it holds what none may be called by. */
const folderName = (number: string): string => number.replaceAll(/[^\p{L}\p{N}-]+/gu, '_').slice(0, 60)
