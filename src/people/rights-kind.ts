import { z } from 'zod'
import { type Db, Prisma } from '#platform'
import type { SettingsKind } from '#settings'
import { bankChange, decidedKinds, type RightsPolicy, roles } from './rights.ts'

/** An amount as settings write it: a number, or digits in quotes when it is too long for one. */
export const settingsAmount = z
  .union([z.number().min(0).max(1e12), z.string().regex(/^\d{1,15}(\.\d{1,3})?$/, 'Write an amount as 5000 or "5000.00".')])
  .describe('Amount in the reporting currency')

const deciding = roles.filter(role => role !== 'viewer')

const rightsSchema = z
  .strictObject({
    limits: z
      .partialRecord(z.enum(deciding), settingsAmount)
      .default({})
      .describe('Up to which total each role decides alone; a limit of the person’s own counts before it, a role that is not named has none'),
    secondVote: z
      .strictObject({
        above: z
          .partialRecord(z.enum(decidedKinds), settingsAmount)
          .default({})
          .describe('Per kind of action: above which amount a second person must agree, whatever the limit of the first one'),
        always: z.array(z.enum(decidedKinds)).default([]).describe('Kinds of action that always take two people'),
        bankChangeAloneAfterHours: z
          .int()
          .min(24)
          .max(720)
          .optional()
          .describe(
            'For an office where nobody else may give the second vote: after how many hours whoever gave the first vote on a mail about bank details may give the second one too, once a note with the debtor says that it was called back on a number on file. Without it, such a mail always takes two people',
          ),
      })
      .prefault({})
      .describe('Which actions take two people'),
  })
  .describe('What roles may decide alone, and what takes two people')

/** Limits of roles and second votes, as settings. */
export const rightsKind: SettingsKind<typeof rightsSchema> = {
  name: 'rights',
  schema: rightsSchema,
  project: async (tx, { limits, secondVote }) => {
    await tx.roleLimit.deleteMany()
    await tx.roleLimit.createMany({ data: Object.entries(limits).map(([role, amount]) => ({ role, amount: new Prisma.Decimal(String(amount)) })) })
    const rules = new Map<string, Prisma.Decimal | null>(Object.entries(secondVote.above).map(([kind, amount]) => [kind, new Prisma.Decimal(String(amount))]))
    for (const kind of secondVote.always) rules.set(kind, null)
    const aloneAfterHours = secondVote.bankChangeAloneAfterHours
    await tx.secondVoteRule.deleteMany()
    await tx.secondVoteRule.createMany({ data: [...rules].map(([actionKind, above]) => ({ actionKind, above })) })
    if (aloneAfterHours !== undefined) await tx.secondVoteRule.create({ data: { actionKind: bankChange, aloneAfterHours } })
  },
}

/** Limits and second votes as they stand now. */
export async function readRightsPolicy(db: Db): Promise<RightsPolicy> {
  const [limits, rules] = [await db.roleLimit.findMany(), await db.secondVoteRule.findMany()]
  return {
    roleLimits: new Map(limits.map(({ role, amount }) => [role, amount])),
    secondVotes: new Map(rules.filter(({ actionKind }) => actionKind !== bankChange).map(({ actionKind, above }) => [actionKind, above])),
    aloneAfterHours: rules.find(({ actionKind }) => actionKind === bankChange)?.aloneAfterHours ?? undefined,
  }
}
