import { createHash } from 'node:crypto'
import { z } from 'zod'
import { judge, type Person, type RightsPolicy, type Stake, type Verdict, type Vote } from '#people'
import { Prisma } from '#platform'

const decimal = z
  .string()
  .nullable()
  .transform(text => (text === null ? null : new Prisma.Decimal(text)))
const amounts = z.array(z.tuple([z.string(), decimal]))

/** What a vote was judged by, as plain values. Amounts in the reporting currency; null: no limit, or not convertible. */
export const checksSchema = z.object({
  staffId: z.int(),
  role: z.string(),
  amountLimit: decimal,
  roleLimits: amounts,
  secondVotes: amounts,
  total: decimal,
  kinds: amounts,
  makers: z.array(z.int()).nullable(),
  /** Only where nobody else could give the second vote. */
  alone: z.object({ afterHours: z.number(), hours: z.number(), calledBack: z.boolean() }).optional(),
  verdict: z.string(),
})

/** A vote's checks for keeping beside its decision. */
export function checksOf(
  { id, role, amountLimit }: Person,
  { roleLimits, secondVotes, aloneAfterHours }: RightsPolicy,
  vote: Vote,
  verdict: Verdict,
): Prisma.InputJsonObject {
  const listed = (pairs: Iterable<[string, Prisma.Decimal | null]>) => [...pairs].map(([key, amount]) => [key, text(amount)])
  const alone = vote.vote === 'second' && vote.alone && aloneAfterHours !== undefined ? { ...vote.alone, afterHours: aloneAfterHours } : undefined
  const stake: Stake = vote.vote === 'first' ? vote.stake : { total: null, kinds: [] }
  return {
    staffId: id,
    role,
    amountLimit: text(amountLimit),
    roleLimits: listed(roleLimits),
    secondVotes: listed(secondVotes),
    total: text(stake.total),
    kinds: listed(stake.kinds.map(({ kind, amount }) => [kind, amount])),
    makers: vote.vote === 'second' ? [...vote.makers] : null,
    ...(alone && { alone: { afterHours: alone.afterHours, hours: alone.hours, calledBack: alone.calledBack } }),
    verdict: verdictText(verdict),
  }
}

const text = (amount: Prisma.Decimal | null): string | null => amount?.toString() ?? null
/** What stands for the checks in the audit trail: limits of people are not for everybody who reads it. */
export const checksHash = (checks: object): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(checks).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex')

const verdictText = (verdict: Verdict): string => ('why' in verdict ? `${verdict.kind}: ${verdict.why}` : verdict.kind)

/** What the same vote comes to by the rules of this release. */
export function judgeAgain({ staffId: id, role, amountLimit, roleLimits, secondVotes, total, kinds, makers, alone }: z.output<typeof checksSchema>): string {
  const policy = {
    roleLimits: new Map(roleLimits.flatMap(([of, limit]) => (limit ? [[of, limit] as const] : []))),
    secondVotes: new Map(secondVotes),
    aloneAfterHours: alone?.afterHours,
  }
  const stake = { total, kinds: kinds.map(([kind, amount]) => ({ kind, amount })) }
  return verdictText(judge({ id, role, amountLimit, active: true }, policy, makers ? { vote: 'second', makers, alone } : { vote: 'first', stake }))
}
