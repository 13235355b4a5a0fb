import type { Temporal } from 'temporal-polyfill'
import { searchNumber } from '#ledger'
import { debtorsInSight, type Sight } from '#people'
import { type Db, toPlainDate } from '#platform'
import { type Workflow, workflowSchema } from '../workflows-kind.ts'

/** The version of a workflow: the title that it had then, and the version of the settings that brought it. */
type RanOn = { workflow: string; title: string; settingsVersion: number }

/** A step of an invoice: `planned` is its day; `test`: the experiment that it was part of, and its variant. */
type InvoiceStep = RanOn & {
  step: Workflow['steps'][number] | undefined
  stepName: string
  type: string
  status: string
  planned: Temporal.PlainDate
  done: Temporal.PlainDate | null
  test: { experiment: string; variant: string } | undefined
}

/** An invoice with the version that it runs through now (undefined: none, or it is settled) and every step that it was part of, oldest first. */
type InvoiceSteps = { number: string; administration: string; debtor: { id: number; name: string }; now: RanOn | undefined; steps: InvoiceStep[] }

/** What dunning did about the invoices of that number in sight, and by which version of which workflow. */
export async function stepsOfInvoice(db: Db, sight: Sight, number: string): Promise<InvoiceSteps[]> {
  const invoices = await db.invoice.findMany({
    where: { searchNumber: searchNumber(number), kind: 'invoice', debtor: debtorsInSight(sight) },
    include: { administration: { select: { name: true } }, debtor: { select: { id: true, name: true } } },
    orderBy: { id: 'asc' },
    take: 5,
  })
  return Promise.all(
    invoices.map(async invoice => {
      const place = await db.dunningItem.findUnique({ where: { invoiceId: invoice.id }, select: { versionId: true } })
      const version = place?.versionId && (await db.workflowVersion.findUnique({ where: { id: place.versionId } }))
      return {
        number: invoice.number,
        administration: invoice.administration.name,
        debtor: invoice.debtor,
        now: version && invoice.status === 'open' ? ranOn(version) : undefined,
        steps: await stepsOf(db, invoice.id),
      }
    }),
  )
}

async function stepsOf(db: Db, invoiceId: number): Promise<InvoiceStep[]> {
  const items = await db.dunningActionItem.findMany({ where: { invoiceId }, include: { action: { include: { version: true } } }, orderBy: { actionId: 'asc' } })
  const tests = await db.experimentAction.findMany({ where: { actionId: { in: items.map(({ actionId }) => actionId) } } })
  return items.map(({ actionId, step, stepName, action: { version, type, status, plannedOn, doneOn } }) => ({
    ...ranOn(version),
    step: workflowSchema.parse(version.content).steps[step],
    stepName,
    type,
    status,
    planned: toPlainDate(plannedOn),
    done: doneOn && toPlainDate(doneOn),
    test: tests.find(test => test.actionId === actionId),
  }))
}

const ranOn = ({ workflow, settingsVersion, content }: { workflow: string; settingsVersion: number; content: unknown }): RanOn => ({
  workflow,
  title: workflowSchema.parse(content).title,
  settingsVersion,
})

/** Every version of a workflow that items began on, oldest first, with how many open items still follow it. */
export async function workflowVersions(db: Db, workflow: string): Promise<(RanOn & { since: Date; steps: string[]; items: number })[]> {
  const rows = await db.workflowVersion.findMany({ where: { workflow }, orderBy: { id: 'asc' } })
  const ids = rows.map(({ id }) => id)
  const counted = await db.dunningItem.groupBy({ by: ['versionId'], where: { versionId: { in: ids } }, _count: true })
  return rows.map(({ createdAt, ...version }) => ({
    ...ranOn(version),
    since: createdAt,
    steps: workflowSchema.parse(version.content).steps.map(({ name }) => name),
    items: counted.find(({ versionId }) => versionId === version.id)?._count ?? 0,
  }))
}
