import { type DbClient, Prisma } from '#platform'

type Item = { id: number; amount: string; currency?: string }
type Done = { debtorId: number; on: string; items: readonly Item[]; type?: string; step?: string; entryId?: number; status?: string }

/** Actions that were done, each for the first step of a workflow `standard` unless it names its own. */
export async function doneActions(client: DbClient) {
  const content = { title: 'Standard', steps: [{ name: 'first', type: 'email', template: 'reminder_first', after: { days: 1 } }] }
  const version = await client.workflowVersion.create({ data: { workflow: 'standard', settingsVersion: 1, content, contentHash: 'x' } })
  return async ({ debtorId, on, items, type = 'email', step = 'first', entryId, status = 'done' }: Done): Promise<number> => {
    const day = new Date(on)
    const count = await client.dunningAction.count({ where: { debtorId } })
    const { id } = await client.dunningAction.create({
      data: {
        debtorId,
        versionId: version.id,
        step: 0,
        stepName: step,
        type,
        track: 'outside',
        // One debtor has one action planned a day.
        plannedOn: new Date(Date.UTC(2000, 0, 1 + count)),
        doneOn: status === 'done' ? day : null,
        status,
        entryId: entryId ?? null,
        items: { create: items.map(item => ({ invoiceId: item.id, step: 0, stepName: step, amount: item.amount, currency: item.currency ?? 'EUR' })) },
      },
    })
    return id
  }
}

/** Money for an invoice, of a payment on a day; what is open of it follows. */
export async function pay(client: DbClient, invoiceId: number, on: string, amount: string, source = 'bank'): Promise<void> {
  const invoice = await client.invoice.findUniqueOrThrow({ where: { id: invoiceId } })
  const { administrationId, debtorId, currency } = invoice
  const reference = `${source} ${invoiceId} ${on} ${await client.payment.count()}`
  const payment = { administrationId, debtorId, source, reference, receivedOn: new Date(on), currency, amount, status: source === 'bank' ? 'matched' : null }
  await client.payment.create({ data: { ...payment, allocations: { create: { invoiceId, amount } } } })
  const openAmount = Prisma.Decimal.max(0, invoice.openAmount.sub(amount))
  const closed = openAmount.isZero() ? { status: 'closed', closedReason: 'paid', closedOn: new Date(on) } : {}
  await client.invoice.update({ where: { id: invoiceId }, data: { openAmount, ...closed } })
}
