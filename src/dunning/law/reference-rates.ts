/** What statutory rates are counted from, a number of points above. */
export const references = ['ecb', 'bundesbank', 'nbp', 'bank_of_england', 'dutch_consumer'] as const
export type Reference = (typeof references)[number]

/** A reference rate in percent a year on ISO days, first and last included. One that is not confirmed is used only where the settings say so. */
export type ReferenceRate = { reference: Reference; from: string; until: string; percentage: string; source: string; confirmed: boolean }

type Row = [from: string, until: string, percentage: string, confirmed?: 'to be confirmed']

const rows = (reference: Reference, source: string, list: Row[]): ReferenceRate[] =>
  list.map(([from, until, percentage, doubt]) => ({ reference, from, until, percentage, source, confirmed: doubt === undefined }))

/** The rates that Duncan ships. A row ends where the next half-year must be looked up: nothing goes on by itself. */
export const shippedRates: readonly ReferenceRate[] = [
  ...rows('ecb', 'European Central Bank, rate of its main refinancing operations on 1 January and 1 July (Directive 2011/7/EU, art. 2(7))', [
    ['2020-01-01', '2022-12-31', '0.00'],
    ['2023-01-01', '2023-06-30', '2.50'],
    ['2023-07-01', '2023-12-31', '4.00'],
    ['2024-01-01', '2024-06-30', '4.50'],
    ['2024-07-01', '2024-12-31', '4.25'],
    ['2025-01-01', '2025-06-30', '3.15'],
    ['2025-07-01', '2025-12-31', '2.15'],
    ['2026-01-01', '2026-06-30', '2.15'],
    ['2026-07-01', '2026-12-31', '2.40', 'to be confirmed'],
  ]),
  ...rows('bundesbank', 'Deutsche Bundesbank, base rate (§ 247 BGB)', [
    ['2020-01-01', '2022-12-31', '-0.88'],
    ['2023-01-01', '2023-06-30', '1.62'],
    ['2023-07-01', '2023-12-31', '3.12'],
    ['2024-01-01', '2024-06-30', '3.62'],
    ['2024-07-01', '2024-12-31', '3.37'],
    ['2025-01-01', '2025-06-30', '2.27'],
    ['2025-07-01', '2025-12-31', '1.27'],
    ['2026-01-01', '2026-06-30', '1.27'],
    ['2026-07-01', '2026-12-31', '1.52', 'to be confirmed'],
  ]),
  ...rows('nbp', 'Narodowy Bank Polski, reference rate on 1 January and 1 July (law of 8 March 2013 on late payment, art. 11b)', [
    ['2020-01-01', '2020-06-30', '1.50'],
    ['2020-07-01', '2021-12-31', '0.10'],
    ['2022-01-01', '2022-06-30', '1.75'],
    ['2022-07-01', '2022-12-31', '6.00'],
    ['2023-01-01', '2023-12-31', '6.75'],
    ['2024-01-01', '2025-06-30', '5.75'],
    ['2025-07-01', '2025-12-31', '5.25', 'to be confirmed'],
    ['2026-01-01', '2026-06-30', '4.00', 'to be confirmed'],
  ]),
  ...rows('bank_of_england', 'Bank of England, official rate on 31 December and 30 June (SI 2002/1675)', [
    ['2020-01-01', '2020-06-30', '0.75'],
    ['2020-07-01', '2021-12-31', '0.10'],
    ['2022-01-01', '2022-06-30', '0.25'],
    ['2022-07-01', '2022-12-31', '1.25'],
    ['2023-01-01', '2023-06-30', '3.50'],
    ['2023-07-01', '2023-12-31', '5.00'],
    ['2024-01-01', '2024-12-31', '5.25'],
    ['2025-01-01', '2025-06-30', '4.75'],
    ['2025-07-01', '2025-12-31', '4.25', 'to be confirmed'],
    ['2026-01-01', '2026-06-30', '3.75'],
    ['2026-07-01', '2026-12-31', '3.75', 'to be confirmed'],
  ]),
  ...rows('dutch_consumer', 'Besluit wettelijke rente (art. 6:119 and 6:120(1) BW)', [
    ['2020-01-01', '2022-12-31', '2.00'],
    ['2023-01-01', '2023-06-30', '4.00'],
    ['2023-07-01', '2023-12-31', '6.00'],
    ['2024-01-01', '2024-12-31', '7.00'],
    ['2025-01-01', '2025-12-31', '6.00', 'to be confirmed'],
    ['2026-01-01', '2026-12-31', '4.00', 'to be confirmed'],
  ]),
]

/** The rate of a reference on an ISO day; of several the last of the list, so that what the settings add comes after what is shipped. */
export const rateOn = (rates: readonly ReferenceRate[], reference: Reference, day: string): ReferenceRate | undefined =>
  rates.findLast(row => row.reference === reference && row.from <= day && day <= row.until)
