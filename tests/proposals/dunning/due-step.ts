import assert from 'node:assert/strict'
import { workflowsKind } from '#dunning'
import type { anOffice } from '../support.ts'

type Office = Pick<Awaited<ReturnType<typeof anOffice>>, 'db' | 'debtor' | 'proposals'>

/**
 * The action of a step that is due for what an office's debtor owes, or for some of it by number; `takeUp` has it taken up and returns the
 * entry that asks about it.
 */
export async function aDueStep({ db, debtor, proposals }: Office, written: object, numbers?: string[]) {
  const { one = assert.fail() } = workflowsKind.schema.parse({ one: { title: 'One', steps: [{ name: 'due', after: { days: 1 }, ...written }] } })
  const [{ name: stepName, type } = assert.fail()] = one.steps
  const { id: versionId } = await db.workflowVersion.create({ data: { workflow: 'one', settingsVersion: 4, content: one, contentHash: 'x' } })
  const invoices = await db.invoice.findMany({ where: { debtorId: debtor.id, ...(numbers && { number: { in: numbers } }) }, orderBy: { id: 'asc' } })
  const items = invoices.map(({ id, openAmount, currency }) => ({ invoiceId: id, step: 0, stepName, amount: openAmount, currency }))
  const due = { step: 0, stepName, type, track: 'outside', plannedOn: new Date('2026-11-23') }
  const action = await db.dunningAction.create({ data: { debtorId: debtor.id, versionId, ...due, items: { create: items } } })
  await db.dunningItem.createMany({ data: invoices.map(({ id: invoiceId }) => ({ invoiceId, debtorId: debtor.id, versionId, step: 0, actionId: action.id })) })
  const takeUp = async () => {
    await proposals.takeUpDunning(action.id)
    const { entryId } = await db.dunningAction.findUniqueOrThrow({ where: { id: action.id } })
    return entryId ?? assert.fail('nobody is asked')
  }
  return { action, takeUp }
}
