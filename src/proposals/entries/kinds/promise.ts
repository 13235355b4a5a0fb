import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { policyWarningSchema } from '#credit'
import { endHold, placeHold } from '#dunning'
import { cancelPromise, promiseDays, promisePause, promiseRecordFor, registerPromise } from '#ledger'
import { fromInstant, Prisma } from '#platform'
import type { EntryRules } from './kind.ts'
import { invoiceIds, isOver, namedInvoices, policyFor } from './named-invoices.ts'

const schema = z.object({
  kind: z.literal('promise'),
  promisedOn: z.iso.date(),
  amount: z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .optional(),
  currency: z.string().optional(),
  invoiceIds,
  insurance: policyWarningSchema.optional(),
})
const resultSchema = z.object({ promiseId: z.int(), holdIds: z.array(z.int()) })

/** A promise to pay that a colleague heard, with its hold. */
export const promise = {
  schema,
  right: 'decide',
  actionKinds: ['register_promise'],
  isOnly: false,
  prepare: async (work, content, typed) => {
    if (isOver(content.promisedOn, work)) return { code: 'day_is_over' }
    if (content.amount !== undefined && !new Prisma.Decimal(content.amount).gt(0)) return { code: 'amount' }
    const found = await namedInvoices(work, typed)
    if ('code' in found) return found
    // A promise is about what is open now; a hold on the whole debtor is about what comes later too.
    const wanted = content.invoiceIds.length > 0 ? content.invoiceIds : found.named
    const meant = found.open.filter(({ id, kind }) => (wanted.length > 0 ? wanted.includes(id) : kind === 'invoice'))
    const promised = meant.map(({ id }) => id).toSorted((a, b) => a - b)
    if (promised.length === 0) return { code: 'nothing_open' }
    return {
      ...content,
      currency: content.currency ?? work.debtor.administration.currency,
      invoiceIds: promised,
      insurance: await policyFor(work, promised, content.promisedOn),
    }
  },
  carryOut: async ({ tx, debtor, calendar, today, rules }, content) => {
    const named = { debtorId: debtor.id, invoiceIds: content.invoiceIds }
    const record = await promiseRecordFor(tx, { debtorId: debtor.id }, today.toString())
    const { waitUntil, holdUntil } = promiseDays(calendar, today, content.promisedOn, promisePause(rules.promises, record))
    const promiseId = await registerPromise(tx, { ...content, ...named, waitUntil, saidOn: today.toString(), conditional: false })
    const until = Temporal.PlainDate.from(holdUntil)
    return { promiseId, holdIds: await placeHold(tx, { ...named, reason: 'promise', until }) }
  },
  takeBack: async ({ tx, now }, result) => {
    const { promiseId, holdIds } = resultSchema.parse(result)
    if (!(await cancelPromise(tx, { id: promiseId }))) return false
    await endHold(tx, { ids: holdIds }, fromInstant(now))
    return true
  },
} satisfies EntryRules<z.infer<typeof schema>>
