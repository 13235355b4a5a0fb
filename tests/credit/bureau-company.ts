import type { BureauCompany } from '../../src/demo/bureau/company.ts'

/** A healthy Dutch company of the sandbox; everything can be another. */
export const aCompany = (given: Partial<BureauCompany> = {}): BureauCompany => ({
  id: 'NL-X-99990001',
  country: 'NL',
  registrationNumber: '99990001',
  vatNumber: undefined,
  court: undefined,
  name: 'Zeilmakerij Voorbeeld B.V.',
  street: 'Havenkade 3',
  postalCode: '8600 AA',
  city: 'Sneek',
  currency: 'EUR',
  legalForm: 'Besloten vennootschap',
  score: 68,
  creditLimit: 25_000,
  contractLimit: 40_000,
  daysBeyondTerms: 9,
  judgments: 0,
  privileges: 0,
  status: 'Active',
  statusDescription: 'Active',
  parent: undefined,
  lastEventAt: undefined,
  ...given,
})
