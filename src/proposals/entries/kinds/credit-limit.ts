import { z } from 'zod'
import { limitsOf, setInternalLimit, takeLimitBack } from '#ledger'
import { fromInstant, Prisma } from '#platform'
import type { EntryRules } from './kind.ts'

const money = z.object({ amount: z.string().regex(/^\d{1,15}(\.\d{1,3})?$/), currency: z.string().regex(/^[A-Z]{3}$/) })
/** `before`: our own limit as it stood when this was opened; null: there was none. */
const schema = z.object({ kind: z.literal('credit_limit'), ...money.shape, before: money.nullable().default(null) })
const resultSchema = z.object({ limitId: z.int(), beforeId: z.int().nullable() })

/** Our own credit limit for the debtor. */
export const creditLimit = {
  schema,
  right: 'decide_risk',
  actionKinds: ['set_credit_limit'],
  isOnly: true,
  prepare: async ({ tx, debtor }, content) => {
    const stands = (await limitsOf(tx, [debtor.id])).get(debtor.id)?.internal
    const before = stands ? { amount: stands.amount.toString(), currency: stands.currency } : null
    const isSo = stands?.currency === content.currency && stands.amount.equals(content.amount)
    return isSo ? { code: 'nothing_changes' } : { ...content, before }
  },
  // What one would allow to be owed counts as what an approval is about, also where it is less than before.
  stake: ({ amount, currency }) => [{ amount: new Prisma.Decimal(amount), currency }],
  carryOut: ({ tx, debtor, now }, { amount, currency }, { staffId }) =>
    setInternalLimit(tx, { debtorId: debtor.id, amount: new Prisma.Decimal(amount), currency, staffId, at: fromInstant(now) }),
  takeBack: ({ tx, now }, result) => takeLimitBack(tx, resultSchema.parse(result), fromInstant(now)),
} satisfies EntryRules<z.infer<typeof schema>>
