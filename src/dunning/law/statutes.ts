import type { Reference } from './reference-rates.ts'

/** Who owes by law: in business, or as a private person. */
export type Party = 'business' | 'consumer'

/**
 * What a country's law lets a creditor ask for late payment. `changes`: whether the rate follows its reference, or stays what it was on the
 * first day. `counts`: the days of a year that a day is a part of; where no law says so, those that the year has, which never asks for
 * more. `since`: interest runs from the day after the due date, or after the first reminder: a day that an invoice names by itself does
 * not put a consumer in default. `roundedUpTo`: percentage points.
 */
export type InterestLaw = {
  country: string
  party: Party
  reference: Reference
  points: string
  roundedUpTo?: string
  changes: 'half_yearly' | 'never'
  counts: 'actual' | 365
  since: 'due_day' | 'reminder'
  source: string
}

const business = { party: 'business', changes: 'half_yearly', since: 'due_day' } as const
const consumer = { party: 'consumer', changes: 'half_yearly', since: 'reminder' } as const

/** Statutory interest by country and party. France, Poland and the United Kingdom have no rate for consumers here. */
export const interestLaws: readonly InterestLaw[] = [
  { ...business, country: 'NL', reference: 'ecb', points: '8', counts: 'actual', source: 'art. 6:119a and 6:120(2) BW' },
  { ...business, country: 'BE', reference: 'ecb', points: '8', roundedUpTo: '0.5', counts: 'actual', source: 'Law of 2 August 2002, art. 5' },
  { ...business, country: 'DE', reference: 'bundesbank', points: '9', counts: 'actual', source: '§ 288(2) BGB' },
  { ...business, country: 'FR', reference: 'ecb', points: '10', counts: 'actual', source: 'art. L441-10 Code de commerce' },
  { ...business, country: 'PL', reference: 'nbp', points: '10', counts: 365, source: 'Law of 8 March 2013 on late payment, art. 4(3) and 7' },
  {
    ...business,
    country: 'GB',
    reference: 'bank_of_england',
    points: '8',
    changes: 'never', // the rate of the half-year in which the debt became late (SI 2002/1675, art. 4)
    counts: 365,
    source: 'Late Payment of Commercial Debts (Interest) Act 1998',
  },
  { ...consumer, country: 'NL', reference: 'dutch_consumer', points: '0', counts: 'actual', source: 'art. 6:119 BW' },
  { ...consumer, country: 'DE', reference: 'bundesbank', points: '5', counts: 'actual', source: '§ 288(1) BGB' },
]

/** The most that a Belgian consumer may be asked, where the terms of sale name a rate at all. */
export const belgianConsumerCap: InterestLaw = {
  ...consumer,
  country: 'BE',
  reference: 'ecb',
  points: '8',
  roundedUpTo: '0.5',
  counts: 'actual',
  source: 'Code of Economic Law, art. XIX.4, and law of 2 August 2002, art. 5',
}

/** A part of a table of lump sums: for debts below an amount, up to and with it, or for all others. */
export type Band = { below?: string; upTo?: string; amount: string }

/** A lump sum for each invoice that is paid late between businesses. `bandsIn`: currency of the debts that the bands speak of. */
export type LumpSum = { country: string; currency: string; bandsIn?: string; bands: Band[]; source: string }

const forty: Band[] = [{ amount: '40' }]

/** Lump sums for the costs of recovery between businesses; one for each invoice (Court of Justice, C-585/20). */
export const lumpSums: readonly LumpSum[] = [
  { country: 'NL', currency: 'EUR', bands: forty, source: 'art. 6:96(4) BW' },
  { country: 'BE', currency: 'EUR', bands: forty, source: 'Law of 2 August 2002, art. 6' },
  { country: 'DE', currency: 'EUR', bands: forty, source: '§ 288(5) BGB' },
  { country: 'FR', currency: 'EUR', bands: forty, source: 'art. D441-5 Code de commerce' },
  {
    country: 'PL',
    currency: 'EUR',
    bandsIn: 'PLN',
    bands: [{ upTo: '5000', amount: '40' }, { below: '50000', amount: '70' }, { amount: '100' }],
    source: 'Law of 8 March 2013 on late payment, art. 10',
  },
  {
    country: 'GB',
    currency: 'GBP',
    bandsIn: 'GBP',
    bands: [{ below: '1000', amount: '40' }, { below: '10000', amount: '70' }, { amount: '100' }],
    source: 'Late Payment of Commercial Debts (Interest) Act 1998, s. 5A',
  },
]

/** A share of what lies between the limit before and this one, in euro. */
export type Slice = { upTo: string; percent: string }

/** What collecting a claim may cost a private person: slices of the sum that is asked for. */
export const dutchCosts = {
  source: 'Besluit vergoeding voor buitengerechtelijke incassokosten, art. 2',
  least: '40',
  most: '6775',
  slices: [
    { upTo: '2500', percent: '15' },
    { upTo: '5000', percent: '10' },
    { upTo: '10000', percent: '5' },
    { upTo: '200000', percent: '1' },
    { upTo: 'Infinity', percent: '0.5' },
  ] satisfies Slice[],
}

/** The most that terms of sale may ask of a Belgian consumer as damages. The share above 500 euro is to be confirmed. */
export const belgianDamages = {
  source: 'Code of Economic Law, art. XIX.4',
  most: '2000',
  bands: [
    { upTo: '150', base: '20', above: '0', percent: '0' },
    { upTo: '500', base: '30', above: '150', percent: '10' },
    { upTo: 'Infinity', base: '65', above: '500', percent: '5' },
  ],
}
