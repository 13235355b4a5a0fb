import { z } from 'zod'
import { Prisma } from '#platform'
import type { SettingsKind } from '#settings'
import { settingsAmount } from './rights-kind.ts'
import { type Route, riskSigns, unreachableRoutes } from './routes.ts'
import { staffLanguages } from './staff-kind.ts'

const amountSchema = z
  .strictObject({
    from: settingsAmount.optional().describe('From this amount on, in the reporting currency'),
    below: settingsAmount.optional().describe('Only less than this amount, in the reporting currency'),
  })
  .refine(({ from, below }) => from !== undefined || below !== undefined, 'An amount has from, below or both.')
  .refine(({ from, below }) => from === undefined || below === undefined || new Prisma.Decimal(from).lt(below), 'from must be less than below.')

const routeSchema = z.strictObject({
  channel: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, 'A channel has small letters, digits and dashes: debtors-nl.')
    .refine(name => name !== 'ops', 'The channel ops is for alerts about Duncan itself.')
    .refine(name => name !== 'payments', 'The channel payments is for bank payments; call this one debtors-payments.')
    .describe('Channel that the proposals go to'),
  mailboxes: z.array(z.string().min(1)).default([]).describe('Only mail of these mailboxes, as key or key/folder'),
  administrations: z.array(z.string().min(1)).default([]).describe('Only debtors of these administrations'),
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/))
    .default([])
    .describe(`Only mails in these languages, such as ${staffLanguages.join(', ')}`),
  segments: z.array(z.string().min(1)).default([]).describe('Only debtors of these segments'),
  parties: z
    .array(z.enum(['debtor', 'prospect', 'supplier']))
    .default([])
    .describe('Only these kinds of party: a route for suppliers leads to the purchasing channel'),
  intents: z.array(z.string().min(1)).default([]).describe('Only mails with one of these intents, such as dispute or promise_to_pay'),
  amount: amountSchema
    .optional()
    .describe('Only so much at stake: what is open of the invoices that the proposed actions touch; what cannot be converted counts as more than any amount'),
  risks: z
    .array(z.enum(riskSigns))
    .default([])
    .describe(
      'Only debtors with one of these signs: an item more than 90 days overdue, paid more than 30 days late on average, a broken promise, an open dispute',
    ),
  owners: z.array(z.string().min(1)).default([]).describe('Collectors who own what has no collector of its own; of several, who has the fewest open proposals'),
  lead: z.string().min(1).optional().describe('Who hears of what nobody decides; left out: the managers'),
  priority: z
    .int()
    .default(0)
    .describe('Routes are asked in an order, and the first that fits is taken: the highest priority, then the most conditions, then the alphabet'),
})

type RouteSetting = z.output<typeof routeSchema>

const routeKey = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,59}$/, 'A route has small letters, digits and dashes.')

/** Intents are named by who reads mails. A route that no proposal can come to is a fault: it says something that is not so. */
const routesSchema = (intents: readonly string[]) =>
  z
    .record(routeKey, routeSchema)
    .superRefine((section, context) => {
      for (const [key, route] of Object.entries(section)) {
        for (const [index, intent] of route.intents.entries()) {
          if (!intents.includes(intent))
            context.addIssue({
              code: 'custom',
              path: [key, 'intents', index],
              message: 'is no intent',
              params: { remedy: `Name one of ${intents.join(', ')}.` },
            })
        }
      }
      for (const { key, behind } of unreachableRoutes(Object.entries(section).map(routeOf))) {
        const remedy = `Give ${key} a higher priority or a condition that ${behind} does not have, or take one of them out.`
        context.addIssue({ code: 'custom', path: [key], message: `gets nothing: ${behind} is asked before it and takes all that it would`, params: { remedy } })
      }
    })
    .describe('Where proposals go. A route without conditions is the default; without one, a mailbox has a channel of its own name')

/** The routes, as settings. `intents`: those that a mail can have. */
export const routesKind = (intents: readonly string[]): SettingsKind<ReturnType<typeof routesSchema>> => ({
  name: 'routes',
  schema: routesSchema(intents),
  references: section =>
    Object.entries(section).flatMap(([key, route]) => [
      ...named(key, route, 'administrations', 'administrations'),
      ...named(key, route, 'mailboxes', 'mailboxes'),
      ...named(key, route, 'segments', 'segments'),
      ...named(key, route, 'owners', 'staff'),
      ...(route.lead ? [{ path: [key, 'lead'], kind: 'staff', key: route.lead }] : []),
    ]),
  project: async (tx, section) => {
    await tx.route.deleteMany()
    await tx.route.createMany({ data: Object.entries(section).map(routeOf) })
  },
})

const amountOf = (given: number | string | undefined) => (given === undefined ? null : new Prisma.Decimal(given))

function routeOf([key, { parties, amount, lead, ...route }]: [string, RouteSetting]): Route {
  return { key, ...route, lead: lead ?? null, partyTypes: parties, amountFrom: amountOf(amount?.from), amountBelow: amountOf(amount?.below) }
}

const named = (key: string, route: RouteSetting, field: 'administrations' | 'mailboxes' | 'segments' | 'owners', kind: string) =>
  route[field].map((value, index) => ({ path: [key, field, index], kind, key: field === 'mailboxes' ? (value.split('/', 1)[0] ?? value) : value }))
