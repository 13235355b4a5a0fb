import { z } from 'zod'
import { insuredItems, reportOverdue, takeReportBack } from '#credit'
import { fromInstant } from '#platform'
import type { EntryRules } from './kind.ts'
import { invoiceIds, namedInvoices } from './named-invoices.ts'

/** `policyId`, `insurer`: of the policy that covers them; looked up when it is entered. */
const schema = z.object({
  kind: z.literal('insurance_report'),
  reportedOn: z.iso.date(),
  reference: z.string().trim().max(60).optional(),
  invoiceIds,
  policyId: z.string().default(''),
  insurer: z.string().default(''),
})
const resultSchema = z.object({ reportId: z.int() })

/** That overdue items were reported to the credit insurer; without numbers all that are overdue and not reported. */
export const insuranceReport = {
  schema,
  right: 'decide',
  actionKinds: ['report_to_insurer'],
  isOnly: false,
  prepare: async (work, content, typed) => {
    const { tx, today, debtor } = work
    if (content.reportedOn > today.toString()) return { code: 'day_to_come' }
    const found = await namedInvoices(work, typed)
    if ('code' in found) return found
    const wanted = content.invoiceIds.length > 0 ? content.invoiceIds : found.named
    const items = (await insuredItems(tx, today, { debtorIds: [debtor.id] })).filter(({ reportedOn }) => !reportedOn)
    const chosen = items.filter(({ invoiceId, dueOn }) => (wanted.length > 0 ? wanted.includes(invoiceId) : today.since(dueOn).sign > 0))
    const [first] = chosen
    if (!first) return { code: 'nothing_to_report' }
    return { ...content, invoiceIds: chosen.map(({ invoiceId }) => invoiceId), policyId: first.policy.id, insurer: first.policy.insurer }
  },
  carryOut: async ({ tx, debtor, now }, { invoiceIds: ids, policyId, reportedOn, reference }, { staffId }) => ({
    reportId: await reportOverdue(tx, { debtorId: debtor.id, policyId, invoiceIds: ids, reportedOn, reference, staffId, at: fromInstant(now) }),
  }),
  takeBack: ({ tx, now }, result) => takeReportBack(tx, resultSchema.parse(result).reportId, fromInstant(now)),
} satisfies EntryRules<z.infer<typeof schema>>
