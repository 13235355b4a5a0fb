import { z } from 'zod'
import type { SettingsKind } from '#settings'
import { staffLanguages } from './staff-kind.ts'

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
  owners: z.array(z.string().min(1)).default([]).describe('Collectors who own what has no collector of its own; of several, who has the fewest open proposals'),
  lead: z.string().min(1).optional().describe('Who hears of what nobody decides; left out: the managers'),
  priority: z.int().default(0).describe('Of several routes that fit the highest counts, then the one with the most conditions, then the alphabet'),
})

const routesSchema = z
  .record(z.string().regex(/^[a-z0-9][a-z0-9_-]{0,59}$/, 'A route has small letters, digits and dashes.'), routeSchema)
  .describe('Where proposals go. A route without conditions is the default; without one, a mailbox has a channel of its own name')

type RoutesSection = z.output<typeof routesSchema>

/** The routes, as settings. */
export const routesKind: SettingsKind<typeof routesSchema> = {
  name: 'routes',
  schema: routesSchema,
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
    const data = Object.entries(section).map(([key, { parties, lead = null, ...route }]) => ({ key, ...route, lead, partyTypes: parties }))
    await tx.route.createMany({ data })
  },
}

const named = (key: string, route: RoutesSection[string], field: 'administrations' | 'mailboxes' | 'segments' | 'owners', kind: string) =>
  route[field].map((value, index) => ({ path: [key, field, index], kind, key: field === 'mailboxes' ? (value.split('/', 1)[0] ?? value) : value }))
