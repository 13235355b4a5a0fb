import { type Db, type Prisma, toPlainDate } from '#platform'
import { varyStep } from './experiments/vary-step.ts'
import { type Workflow, type WorkflowStep, workflowSchema } from './workflows-kind.ts'

export type ActionItem = {
  invoiceId: number
  debtorId: number
  debtorNumber: string
  /** Code of its administration. */
  administration: string
  number: string
  invoiceDate: Date | null
  paymentReference: string | null
  dueDate: Date
  /** What is asked for of it, in its currency: what is open now, less what holds keep back. */
  amount: Prisma.Decimal
  currency: string
  /** The name of its own step, which may be one further back than the one that leads. */
  stepName: string
  /** Whether that step tells what delay costs. */
  isCharged: boolean
  /** Calendar days since its due date, on the day for which the action was planned. */
  daysLate: number
}

/** An action with all that writing its mail or making its call takes. */
export type WrittenAction = {
  id: number
  debtorId: number
  groupId: number | null
  type: string
  status: string
  plannedOn: Date
  workflow: Pick<Workflow, 'title'> & { key: string }
  /** As the variant of its experiment has it, where it is part of one. */
  step: WorkflowStep
  /** The steps of its items, by name, with the text that each would have. */
  stages: { step: string; template: string }[]
  items: ActionItem[]
  /** Whose debtor it is; undefined for nobody's. */
  collectorId: number | undefined
}

/** An action by its id, with the items that are still open of it, of a central file those of who is still in it; undefined when there is none. */
export async function dunningActionOf(db: Db, id: number): Promise<WrittenAction | undefined> {
  const action = await db.dunningAction.findUnique({ where: { id }, include: { version: true, items: { orderBy: { invoiceId: 'asc' } } } })
  if (!action) return undefined
  const workflow = workflowSchema.parse(action.version.content)
  const planned = workflow.steps[action.step]
  if (!planned) return undefined
  const step = await varyStep(db, id, planned)
  const invoices = await db.invoice.findMany({
    where: { id: { in: action.items.map(({ invoiceId }) => invoiceId) }, status: 'open', ...(await ofGroup(db, action)) },
    orderBy: [{ dueDate: 'asc' }, { id: 'asc' }],
    include: { administration: { select: { code: true } }, debtor: { select: { number: true } } },
  })
  const held = await db.dunningHold.findMany({ where: { invoiceId: { in: invoices.map(invoice => invoice.id) }, endedAt: null, amount: { not: null } } })
  const { collector } = await db.debtor.findUniqueOrThrow({ where: { id: action.debtorId }, select: { collector: true } })
  const person = collector === null ? null : await db.staff.findUnique({ where: { key: collector }, select: { id: true, active: true } })
  const { debtorId, groupId, type, status, plannedOn } = action
  const items = invoices.flatMap((invoice): ActionItem[] => {
    const stepName = action.items.find(each => each.invoiceId === invoice.id)?.stepName ?? step.name
    const parts = held.filter(hold => hold.invoiceId === invoice.id).flatMap(hold => hold.amount ?? [])
    const amount = parts.reduce((left, part) => left.sub(part), invoice.openAmount)
    const daysLate = toPlainDate(invoice.dueDate).until(toPlainDate(plannedOn), { largestUnit: 'day' }).days
    const { id: invoiceId, number, invoiceDate, paymentReference, dueDate, currency, debtorId: owner } = invoice
    const administration = invoice.administration.code
    const debtorNumber = invoice.debtor.number
    const isCharged = workflow.steps.some(({ name, charges }) => name === stepName && charges !== 'none')
    if (amount.lte(0)) return []
    return [
      {
        invoiceId,
        debtorId: owner,
        debtorNumber,
        administration,
        number,
        invoiceDate,
        paymentReference,
        dueDate,
        amount,
        currency,
        stepName,
        isCharged,
        daysLate,
      },
    ]
  })
  return {
    id,
    debtorId,
    groupId,
    type,
    status,
    plannedOn,
    workflow: { key: action.version.workflow, title: workflow.title },
    step,
    stages: workflow.steps.map(({ name, template = '' }) => ({ step: name, template: (name === step.name ? step.template : template) ?? '' })),
    items,
    collectorId: person?.active ? person.id : undefined,
  }
}

/** Nobody reads of a debtor that is not, or not any more, in the central file that is written to. */
async function ofGroup(db: Db, { groupId, debtorId }: { groupId: number | null; debtorId: number }) {
  if (groupId === null) return { debtorId }
  const isLedStill = (await db.debtor.count({ where: { id: debtorId, groupId } })) > 0
  return { debtor: isLedStill ? { groupId } : { id: -1 } }
}

/** The entries that ask for a decision on unfinished actions with items of these debtors, also where their central file is written to as a whole. */
export async function openEntriesOf(db: Db, debtorIds: readonly number[]): Promise<number[]> {
  const rows = await db.$queryRaw<{ entryId: number }[]>`
    SELECT DISTINCT a."entryId" FROM "DunningItem" n JOIN "DunningAction" a ON a.id = n."actionId" AND a."entryId" IS NOT NULL
    WHERE n."debtorId" = ANY(${[...debtorIds]}::int[])`
  return rows.map(({ entryId }) => entryId)
}
