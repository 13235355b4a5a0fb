import { z } from 'zod'
import { BureauError } from '../bureau.ts'

// What Creditsafe's Connect interface puts on the wire, as far as Duncan reads it. The description (1.10.4) and real answers differ:
// numbers come as texts, objects as texts, parts are null or missing. So each part is optional, and one that has another shape than
// expected counts as not told, without harm to its neighbours.

const text = z.union([z.string(), z.number()]).transform(String).nullish().catch(undefined)
const part = <S extends z.ZodRawShape>(shape: S) => z.looseObject(shape).nullish().catch(undefined)
const list = <S extends z.ZodType>(item: S) => z.array(item).nullish().catch(undefined)
const moneyPart = part({ currency: text, value: text })
const flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform(word => word === 'true'), z.int().transform(Boolean)])
  .nullish()
  .catch(undefined)

// The search writes postCode, the report postalCode.
const addressShape = { simpleValue: text, street: text, houseNumber: text, city: text, postalCode: text, postCode: text, telephone: text, country: text }
const companyShape = { id: text, name: text, country: text, status: text }

const rating = part({
  commonValue: text,
  commonDescription: text,
  creditLimit: moneyPart,
  providerValue: part({ value: text, minValue: text, maxValue: text }),
})

export const reportBodySchema = z.looseObject({
  correlationId: text,
  companyId: text,
  dateOfOrder: text,
  failedSections: list(z.string()),
  report: z.looseObject({
    companySummary: part({
      businessName: text,
      country: text,
      companyNumber: text,
      companyRegistrationNumber: text,
      companyStatus: part({ status: text, description: text }),
    }),
    companyIdentification: part({
      basicInformation: part({
        businessName: text,
        registeredCompanyName: text,
        companyRegistrationDate: text,
        operationsStartDate: text,
        vatRegistrationNumber: text,
        legalForm: z
          .union([z.string(), z.looseObject({ description: text }).transform(form => form.description)])
          .nullish()
          .catch(undefined),
        commercialCourt: text,
        principalActivity: z
          .union([
            z.string(),
            z.looseObject({ code: text, description: text }).transform(({ code, description }) => [code, description].filter(Boolean).join(' ') || undefined),
          ])
          .nullish()
          .catch(undefined),
      }),
    }),
    creditScore: part({ currentCreditRating: rating, currentContractLimit: moneyPart }),
    contactInformation: part({ mainAddress: part(addressShape), websites: list(z.string()) }),
    shareCapitalStructure: part({ issuedShareCapital: moneyPart, nominalShareCapital: moneyPart }),
    groupStructure: part({ ultimateParent: part(companyShape), immediateParent: part(companyShape) }),
    // Their content is each country's own: countries/ reads it.
    paymentData: z.unknown().optional(),
    negativeInformation: z.unknown().optional(),
    additionalInformation: z.unknown().optional(),
  }),
})
export type ReportBody = z.output<typeof reportBodySchema>['report']

export const searchBodySchema = z.looseObject({
  totalSize: z.number().nullish().catch(undefined),
  // Where nothing is found the description has an object here.
  companies: list(
    z.looseObject({
      id: z.string(),
      country: text,
      regNo: text,
      name: text,
      status: text,
      officeType: text,
      vatNo: z
        .union([z.string().transform(number => [number]), z.array(z.string())])
        .nullish()
        .catch(undefined),
      address: part(addressShape),
    }),
  ),
  messages: list(z.looseObject({ type: text, code: text })),
})

export const accessBodySchema = z.looseObject({
  countryAccess: part({
    creditsafeConnectOnlineReports: list(z.looseObject({ countryIso2: text, paid: z.number().nullish(), used: z.number().nullish() })),
  }),
})

export const portfoliosBodySchema = z.looseObject({
  data: z.looseObject({
    portfolios: z.array(z.looseObject({ portfolioId: z.number(), name: z.string(), isDefault: flag, emails: list(z.unknown()) })),
  }),
})

export const portfolioBodySchema = z.looseObject({ portfolioId: z.number() })

const pageOf = <S extends z.ZodType>(item: S) => z.looseObject({ data: z.array(item), paging: z.looseObject({ next: z.number().nullish() }).nullish() })

export const listedCompaniesSchema = pageOf(
  z.looseObject({
    id: z.string(),
    name: text,
    countryCode: text,
    creditLimit: text,
    ratingCommon: text,
    ratingLocal: text,
    companyStatus: text,
    dateLastEvent: text,
  }),
)

export const eventsSchema = pageOf(
  z.looseObject({
    company: z.looseObject({ id: z.string(), name: text, countryCode: text }),
    notificationEventId: z.union([z.number(), z.string()]).transform(String),
    eventDate: z.string(),
    processedDate: text,
    oldValue: text,
    newValue: text,
    ruleCode: text,
    ruleName: text,
  }),
)

export const rulesSchema = z.array(
  z.looseObject({ ruleCode: z.number(), ruleCountryCode: text, name: text, ruleTypeName: text, isActive: flag, param0: text, param1: text, param2: text }),
)

/** A body by its schema. Throws BureauError naming what could not be read. */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw new BureauError('unreadable', `Creditsafe's answer with ${what} has another form than it should`, { cause: parsed.error })
  return parsed.data
}
