import { isValidIBAN } from 'ibantools'
import { z } from 'zod'
import type { Prisma } from '#platform'
import type { SettingsKind } from '#settings'
import { tones } from './tone.ts'

const isCurrency = (code: string) => Intl.supportedValuesOf('currency').includes(code)
const isTimeZone = (zone: string) => zone === 'UTC' || Intl.supportedValuesOf('timeZone').includes(zone)

/** A currency's code (ISO 4217), as settings name it. */
export const currencyCode = z.string().refine(isCurrency, 'must be the code of a currency (ISO 4217), such as EUR')
/** A country's code (ISO 3166-1), as settings name it. */
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'must be the code of a country in two capitals, such as NL')

const administration = z.strictObject({
  name: z.string().min(1).describe('The creditor’s name, as it stands under mails'),
  country: countryCode.describe('Country of the creditor: decides its public holidays'),
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'must be the code of a language in two letters, such as nl')
    .describe('Language of mails to debtors whose own is not known'),
  currency: currencyCode.describe('Currency of the book; invoices keep their own'),
  tone: z.enum(tones).optional().describe('How mails of it sound where neither debtor nor segment says; neutral when left out'),
  iban: z
    .string()
    .transform(text => text.replaceAll(/\s/g, '').toUpperCase())
    .refine(text => isValidIBAN(text), 'must be a valid IBAN')
    .optional()
    .describe('The account that debtors pay to; told to who asks for it, after a person approved. Without it nobody is told bank details'),
  bic: z
    .string()
    .regex(/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/, 'must be a BIC of 8 or 11 letters and digits')
    .optional()
    .describe('Its BIC, where payers abroad need it'),
  accountName: z.string().min(1).max(70).optional().describe('In whose name the account stands; the administration’s name when left out'),
  companyNumber: z
    .string()
    .min(1)
    .max(40)
    .optional()
    .describe('Its number in the register of companies, as it stands on invoices: Belgian consumers must be told it when they are reminded'),
  postalAddress: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe('Street, postcode and town in lines of their own, as they stand on letters; without it letters name no sender’s address'),
  logo: z.string().min(1).optional().describe('PNG or JPEG file of its logo, for reports about it alone'),
  timeZone: z
    .string()
    .refine(isTimeZone, 'must be an IANA time zone, such as Europe/Amsterdam')
    .describe('Where its days begin and end, such as Europe/Amsterdam'),
})

/** The code of an administration, in settings and in files. */
export const administrationCode = /^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/

const schema = z
  .record(z.string().regex(administrationCode, 'must be letters, digits, dots and dashes, at most 40'), administration)
  .describe('Your own companies or books, by the code that ledger files name them with')

/** The creditor's own books. One that debtors hang on cannot be taken out; one that nothing hangs on is removed with its section. */
export const administrationsKind = {
  name: 'administrations',
  schema,
  check: async (db, section) => {
    const inUse = await db.administration.findMany({ where: { code: { notIn: Object.keys(section) }, NOT: unused }, include: { _count: true } })
    return inUse.map(({ code, _count }) => ({
      path: [],
      message: `no longer names ${code}, which holds ${_count.debtors} debtors and ${_count.invoices} invoices`,
      remedy: `Add ${code} again, or give one of these its code: ledger files name it so.`,
    }))
  },
  project: async (tx, section) => {
    for (const [code, written] of Object.entries(section)) {
      const { name, country, language, currency, timeZone } = written // the logo stays in the settings: only reports look at it
      const { tone = null, iban = null, bic = null, accountName = null, companyNumber = null, postalAddress = null } = written
      const fields = { name, country, language, currency, timeZone, tone, iban, bic, accountName, companyNumber, postalAddress }
      await tx.administration.upsert({ where: { code }, create: { code, ...fields }, update: fields })
    }
    await tx.administration.deleteMany({ where: { code: { notIn: Object.keys(section) }, ...unused } })
  },
} satisfies SettingsKind<typeof schema>

const nothing = { none: {} }
/** Nothing hangs on it: no statement, mail or reminder can miss it. */
const unused: Prisma.AdministrationWhereInput = { debtors: nothing, invoices: nothing, orders: nothing, payments: nothing, accounts: nothing }
