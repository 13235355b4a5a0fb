import { z } from 'zod'
import type { SettingsKind } from '#settings'
import { keepChannels } from './alerts/alert-channels.ts'
import { bureausSchema } from './bureaus/bureaus-schema.ts'

const channelName = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,79}$/, 'A channel has small letters, digits and dashes.')
const domainName = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'A domain has small letters and dots: bureau.example.')
const countryCode = z.string().regex(/^[A-Z]{2}$/, 'A country has two capitals: NL.')

const schema = z
  .strictObject({
    on: z.boolean().default(false).describe('Whether companies are looked up, monitored and reported on. Off: nothing is asked and nothing is paid'),
    scope: z
      .enum(['outstanding', 'recent', 'all'])
      .default('outstanding')
      .describe('Which debtors are monitored: those with open items, those with open items now or within receivablesDays, or all of them'),
    receivablesDays: z.int().min(0).max(3660).default(180).describe('For the scope "recent": how many days ago the last item may have been closed'),
    parties: z
      .array(z.enum(['debtor', 'supplier', 'prospect']))
      .default(['debtor'])
      .describe('Who is monitored. Suppliers and prospects have no open items: where they are named, all of them are'),
    supplierChannel: channelName.default('purchasing').describe('Where alerts about suppliers go, unless a rule names a channel of its own'),
    remindAfterHours: z
      .int()
      .min(0)
      .max(720)
      .default(24)
      .describe('After how many hours those who decide are told, once, of an urgent alert that nobody has dealt with; 0: never'),
    mailDomains: z
      .array(domainName)
      .default(['creditsafe.com']) // assumed: the domain of the interface and of the web tool
      .describe("Domains that the bureau's own alert mails come from, with all below them; only mails that prove to come from there are believed"),
    limitProposalsFrom: z
      .int()
      .min(0)
      .max(1000)
      .default(100)
      .describe('Above how many percent of the limit that the bureau advises (open items and open orders) that limit is proposed as your own; 0: never'),
    reportAgeDays: z.int().min(1).max(3660).default(365).describe('A report older than that is ordered again although nothing is known to have changed'),
    portfolio: z.string().min(1).max(50).default('Duncan').describe("Name of Duncan's own portfolio at Creditsafe; no other one is touched"),
    bureaus: bureausSchema,
    gapList: z
      .enum(['weekly', 'never'])
      .default('weekly')
      .describe('When the list of debtors that should be monitored and are not stands in the channel credit, with the reasons'),
    riskList: z.enum(['weekly', 'never']).default('weekly').describe('When the list of debtors by exposure at risk stands in the channel credit'),
    notCovered: z.array(countryCode).default([]).describe('Countries whose companies are not looked up'),
    link: z
      .url({ protocol: /^https$/, error: 'An address that begins with https://.' })
      .refine(text => text.includes('{id}'), 'The place of the company is written {id}.')
      .default('https://app.creditsafe.com/companies/{id}')
      .describe("Page of a company at Creditsafe, for people who have an account there; {id} stands for the bureau's key"),
  })
  .describe('Credit risk: which debtors are monitored at the credit bureau')

/** Which debtors are monitored, and how, as settings. */
export const creditKind = {
  name: 'credit',
  schema,
  project: (tx, { parties, supplierChannel }) => keepChannels(tx, 'credit', parties.includes('supplier') ? [supplierChannel] : []),
} satisfies SettingsKind<typeof schema>

export type CreditRules = z.output<typeof schema>
