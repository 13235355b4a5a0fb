/** A company as the sandbox's register knows it. Amounts in whole units of the currency; all invented. */
export type BureauCompany = {
  /** The bureau's key: BE-X-733313367. */
  id: string
  country: string
  registrationNumber: string
  vatNumber: string | undefined
  court: string | undefined
  name: string
  street: string
  postalCode: string
  city: string
  currency: string
  legalForm: string
  /** The name that it trades under, where that is another one. */
  tradeName?: string
  /** ISO day. */
  foundedOn?: string
  capital?: number
  /** Undefined: not scored. */
  score: number | undefined
  creditLimit: number | undefined
  contractLimit: number | undefined
  daysBeyondTerms: number
  judgments: number
  privileges: number
  status: 'Active' | 'NonActive' | 'Pending' | 'Other'
  statusDescription: string
  parent: string | undefined
  lastEventAt: string | undefined
}

/** Letter of the international rating: A from 71, B from 51, C from 30, D below; E is not scored. */
export function ratingOf({ score }: Pick<BureauCompany, 'score'>): 'A' | 'B' | 'C' | 'D' | 'E' {
  if (score === undefined) return 'E'
  if (score > 70) return 'A'
  if (score > 50) return 'B'
  return score >= 30 ? 'C' : 'D'
}

const ratingWords = { A: 'Very Low Risk', B: 'Low Risk', C: 'Moderate Risk', D: 'High Risk', E: 'Not Scored' }

/** A report's body as the interface sends it: numbers as texts, sentences in the place of amounts, sections that differ by country. */
export function reportBody(company: BureauCompany, order: { correlationId: string; orderedAt: string; failedSections: string[] }): unknown {
  const { country, currency } = company
  const letter = ratingOf(company)
  const failed = new Set(order.failedSections)
  return {
    correlationId: order.correlationId,
    companyId: company.id,
    dateOfOrder: order.orderedAt,
    language: 'en',
    userId: 4711,
    failedSections: order.failedSections,
    report: {
      companyId: company.id,
      language: 'EN',
      companySummary: {
        businessName: company.name,
        country,
        companyNumber: safeNumber(company),
        companyRegistrationNumber: company.registrationNumber,
        companyStatus: { status: company.status, description: company.statusDescription },
      },
      companyIdentification: {
        basicInformation: {
          businessName: company.tradeName ?? company.name,
          registeredCompanyName: company.name,
          companyRegistrationNumber: company.registrationNumber,
          country,
          ...(company.vatNumber && { vatRegistrationNumber: company.vatNumber }),
          ...(company.court && { commercialCourt: company.court }),
          legalForm: { description: company.legalForm },
          ...(company.foundedOn && { companyRegistrationDate: `${company.foundedOn}T00:00:00Z` }),
        },
      },
      ...(!failed.has('CreditScore') && {
        creditScore: {
          currentCreditRating: {
            commonValue: letter,
            commonDescription: ratingWords[letter],
            creditLimit: company.creditLimit === undefined ? { value: 'Credit Limit not applicable' } : { currency, value: String(company.creditLimit) },
            providerValue: { minValue: '0', maxValue: '100', value: company.score === undefined ? 'Not Rated' : String(company.score) },
          },
          ...(company.contractLimit !== undefined && { currentContractLimit: { currency, value: company.contractLimit } }),
        },
      }),
      contactInformation: {
        mainAddress: { simpleValue: `${company.street}, ${company.postalCode} ${company.city}`, postalCode: company.postalCode, city: company.city, country },
      },
      ...(company.capital !== undefined && { shareCapitalStructure: { issuedShareCapital: { currency, value: company.capital } } }),
      ...(company.parent && { groupStructure: { ultimateParent: { id: `${country}-X-PARENT`, country, name: company.parent } } }),
      ...countrySections(company, failed),
      // What a real report is full of and nobody may keep.
      directors: { currentDirectors: [{ name: 'Alex Voorbeeld', dateOfBirth: '1970-01-01T00:00:00Z' }] },
    },
  }
}

function countrySections({ country, daysBeyondTerms, judgments, privileges }: BureauCompany, failed: Set<string>): Record<string, unknown> {
  const sections: Record<string, unknown> = {}
  if (country === 'GB') {
    sections['paymentData'] = { dbt: daysBeyondTerms, industryDBT: 12 }
    sections['negativeInformation'] = { ccjSummary: { numberOfExact: judgments, numberOfPossible: 0 } }
  }
  if (country === 'FR') {
    sections['paymentData'] = { dbt: daysBeyondTerms, industryDbt: '14' }
    sections['negativeInformation'] = {
      judgements: Array.from({ length: judgments }, () => ({ effectiveDate: '2026-01-15T00:00:00Z', court: 'Tribunal de commerce' })),
      preferentialRightsDetails: { statusOfMonitoring: 'Under monitoring', numberOfActivePreferentialRights: privileges },
    }
  }
  if (country === 'NL' || country === 'BE') {
    sections['additionalInformation'] = {
      paymentExpectationsSummary: { paymentExpectationDays: daysBeyondTerms, industryAveragePaymentExpectationDays: 11 },
    }
  }
  for (const [section, name] of [
    ['paymentData', 'PaymentData'],
    ['negativeInformation', 'NegativeInformation'],
  ] as const) {
    if (failed.has(name)) delete sections[section]
  }
  return sections
}

/** Letters and digits of a number alone: how numbers are compared. */
export const digits = (text: string | undefined): string => (text ?? '').toUpperCase().replace(/[^A-Z0-9]/g, '')

/** Creditsafe's own number beside its key. */
export const safeNumber = ({ id, country }: BureauCompany): string => `${country}${id.replace(/\D/g, '').padStart(8, '0').slice(-8)}`
