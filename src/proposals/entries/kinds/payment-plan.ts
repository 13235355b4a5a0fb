import { z } from 'zod'
import { policyWarningSchema } from '#credit'
import { endHold, placeHold } from '#dunning'
import { agreePlan, endPlan, instalmentProblem } from '#ledger'
import { fromInstant, Prisma } from '#platform'
import { lastDayOf } from '../../policy-of.ts'
import type { EntryRules } from './kind.ts'
import { invoiceIds, namedInvoices, policyFor } from './named-invoices.ts'

const decimal = z.string().regex(/^\d+(\.\d+)?$/)
/** `total`: what is open of its invoices, in `currency`; filled in when it is looked up. */
const schema = z.object({
  kind: z.literal('payment_plan'),
  invoiceIds,
  instalments: z.array(z.object({ dueOn: z.iso.date(), amount: decimal })),
  currency: z.string().default(''),
  total: decimal.default('0'),
  insurance: policyWarningSchema.optional(),
})
const resultSchema = z.object({ planId: z.int(), holdIds: z.array(z.int()) })

/** A payment plan that a colleague agreed themselves, with its hold. */
export const paymentPlan = {
  schema,
  right: 'decide',
  actionKinds: ['agree_payment_plan'],
  isOnly: false,
  prepare: async (work, content, typed) => {
    const problem = instalmentProblem(content.instalments, work.today.toString())
    if (problem === 'day_is_over') return { code: 'day_is_over' }
    if (problem) return { code: 'instalments' }
    const found = await namedInvoices(work, typed)
    if ('code' in found) return found
    const wanted = content.invoiceIds.length > 0 ? content.invoiceIds : found.named
    const ids = wanted.length > 0 ? wanted : found.open.filter(({ kind }) => kind === 'invoice').map(({ id }) => id)
    const open = await work.tx.invoice.findMany({ where: { debtorId: work.debtor.id, id: { in: ids }, status: 'open' } })
    const [currency, ...others] = new Set(open.map(invoice => invoice.currency))
    const total = open.reduce((sum, { openAmount }) => sum.add(openAmount), new Prisma.Decimal(0))
    if (currency === undefined || !total.gt(0)) return { code: 'nothing_open' }
    if (others.length > 0) return { code: 'currencies' }
    const other = await work.tx.paymentPlan.count({
      where: { debtorId: work.debtor.id, status: { in: ['running', 'at_risk'] }, invoices: { some: { invoiceId: { in: ids } } } },
    })
    if (other > 0) return { code: 'plan_exists' }
    const planned = open.map(({ id }) => id).toSorted((a, b) => a - b)
    const insurance = await policyFor(work, planned, lastDayOf(content.instalments))
    return { ...content, currency, total: total.toFixed(2), invoiceIds: planned, insurance }
  },
  carryOut: async ({ tx, debtor, now }, content) => {
    const about = { debtorId: debtor.id, invoiceIds: content.invoiceIds }
    const planId = await agreePlan(tx, { ...about, instalments: content.instalments, at: fromInstant(now) })
    return { planId, holdIds: await placeHold(tx, { ...about, reason: 'payment_plan' }) }
  },
  takeBack: async ({ tx, now }, result) => {
    const { planId, holdIds } = resultSchema.parse(result)
    if (!(await endPlan(tx, { id: planId }, 'cancelled', fromInstant(now)))) return false
    await endHold(tx, { ids: holdIds }, fromInstant(now))
    return true
  },
} satisfies EntryRules<z.infer<typeof schema>>
