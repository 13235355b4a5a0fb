import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Criterion, ReadValue } from '../../values/criteria.ts'
import { BureauError, type CreditReport } from '../bureau.ts'
import type { Country } from './countries/country.ts'
import { countryOf } from './countries/index.ts'
import { readMoney, readRating, readScore, readText } from './read-value.ts'
import { type ReportBody, reportBodySchema } from './wire.ts'

// Which criteria a section that could not be fetched would have told. Assumed: sections are named as the report's parts are.
const sectionCriteria: Record<string, Criterion[]> = {
  creditscore: ['score', 'international_rating', 'credit_limit', 'contract_limit'],
  companysummary: ['status', 'name', 'insolvency'],
  companyidentification: ['name'],
  contactinformation: ['address'],
  groupstructure: ['parent'],
  paymentdata: ['days_beyond_terms', 'industry_days_beyond_terms'],
  negativeinformation: ['judgments', 'insolvency', 'privileges'],
  additionalinformation: ['days_beyond_terms', 'industry_days_beyond_terms'],
}

// What a report may hold beyond that: told as "available at the bureau", never copied.
const elsewhere = [
  'financialStatements',
  'localFinancialStatements',
  'directors',
  'shareCapitalStructure',
  'groupStructure',
  'negativeInformation',
  'paymentData',
]

/** A report as Duncan keeps it; persons, accounts and everything else in it are left behind. Throws BureauError for a body that is no report. */
export function readReport(companyId: string, country: string, body: unknown): CreditReport {
  const parsed = reportBodySchema.safeParse(body)
  if (!parsed.success || !(parsed.data.report.companySummary || parsed.data.report.creditScore)) {
    throw new BureauError('unreadable', `Creditsafe's report of ${companyId} has neither a summary nor a score`)
  }
  const { report, failedSections, correlationId, dateOfOrder } = parsed.data
  const failed = new Set((failedSections ?? []).flatMap(section => sectionCriteria[section.toLowerCase().replace(/[^a-z]/g, '')] ?? []))
  const basic = report.companyIdentification?.basicInformation
  const name = basic?.registeredCompanyName ?? report.companySummary?.businessName ?? undefined
  return {
    companyId,
    // Half a section may be there although it counts as failed: it is not trusted.
    values: [...commonValues(report, countryOf(country)), ...countryOf(country).read(report)].filter(({ criterion }) => !failed.has(criterion)),
    failed: [...failed],
    identity: {
      name,
      // Assumed: the business name is the one that it trades under.
      tradeName: basic?.businessName && basic.businessName !== name ? basic.businessName : undefined,
      registrationNumber: report.companySummary?.companyRegistrationNumber ?? undefined,
      vatNumber: basic?.vatRegistrationNumber ?? undefined,
      court: basic?.commercialCourt ?? undefined,
      legalForm: basic?.legalForm ?? undefined,
      activity: basic?.principalActivity ?? undefined,
      telephone: report.contactInformation?.mainAddress?.telephone ?? undefined,
      website: report.contactInformation?.websites?.[0],
      foundedOn: dayOf(basic?.companyRegistrationDate ?? basic?.operationsStartDate),
      capital: capitalOf(report.shareCapitalStructure),
    },
    sections: elsewhere.filter(section => isFilled(report[section])),
    orderedAt: readMoment(dateOfOrder) ?? undefinedOrder(companyId),
    correlationId: correlationId ?? undefined,
  }
}

function commonValues(report: ReportBody, { hasIndex }: Country): ReadValue[] {
  const rating = report.creditScore?.currentCreditRating
  const { companySummary: summary, groupStructure: group } = report
  const parent = group?.ultimateParent ?? group?.immediateParent
  return [
    ...readScore(rating?.providerValue, hasIndex),
    ...readRating(rating?.commonValue, rating?.commonDescription),
    ...readMoney('credit_limit', rating?.creditLimit),
    ...readMoney('contract_limit', report.creditScore?.currentContractLimit),
    ...readText('status', statusText(summary?.companyStatus), summary?.companyStatus?.status?.toUpperCase()),
    ...readText('name', report.companyIdentification?.basicInformation?.registeredCompanyName ?? summary?.businessName),
    ...readText('address', addressText(report.contactInformation?.mainAddress)),
    ...readText('parent', parent?.name, parent?.id ?? undefined),
  ]
}

const statusText = (status: NonNullable<ReportBody['companySummary']>['companyStatus']): string | undefined =>
  status?.description && status.status && status.description !== status.status
    ? `${status.status}: ${status.description}`
    : (status?.description ?? status?.status ?? undefined)

const dayOf = (told: string | null | undefined): string | undefined => z.iso.date().safeParse(told?.slice(0, 10)).data

function capitalOf(capital: ReportBody['shareCapitalStructure']): { amount: string; currency: string } | undefined {
  const [told] = readMoney('credit_limit', capital?.issuedShareCapital ?? capital?.nominalShareCapital)
  return told?.value.is === 'money' && told.value.currency ? { amount: told.value.amount, currency: told.value.currency } : undefined
}

type Address = NonNullable<ReportBody['contactInformation']>['mainAddress']

/** An address on one line. */
export function addressText(address: Address): string | undefined {
  if (!address) return undefined
  if (address.simpleValue) return address.simpleValue
  const street = [address.street, address.houseNumber].filter(Boolean).join(' ')
  const city = [address.postalCode ?? address.postCode, address.city].filter(Boolean).join(' ')
  return [street, city].filter(Boolean).join(', ') || undefined
}

/** A moment of the interface; those without a zone are taken as UTC. Undefined for what is no moment. */
export function readMoment(told: string | null | undefined): Temporal.Instant | undefined {
  if (!told) return undefined
  try {
    return Temporal.Instant.from(/(?:Z|[+-]\d{2}:?\d{2})$/i.test(told) ? told : `${told}Z`)
  } catch {
    return undefined
  }
}

function undefinedOrder(companyId: string): never {
  throw new BureauError('unreadable', `Creditsafe's report of ${companyId} does not say when it was ordered`)
}

const isFilled = (section: unknown): boolean =>
  Array.isArray(section) ? section.length > 0 : typeof section === 'object' && section !== null && Object.keys(section).length > 0
