import { type LateChargeRules, usableRates } from './late-charges-kind.ts'
import { type Reference, rateOn } from './reference-rates.ts'
import { interestLaws } from './statutes.ts'

/** The references that interest is to be counted from on an ISO day, by the administrations of these countries, and that have no rate that may be used. */
export function missingRates(settings: LateChargeRules, administrations: readonly { code: string; country: string }[], day: string): Reference[] {
  const rates = usableRates(settings)
  const wanted = administrations.flatMap(({ code, country }) => {
    const rules = settings.administrations[code]
    if (!rules) return []
    const asks = { business: rules.interest && rules.rate === undefined, consumer: rules.consumers.interest && rules.consumers.rate === undefined }
    return interestLaws.filter(law => law.country === country && asks[law.party]).map(({ reference }) => reference)
  })
  return [...new Set(wanted)].filter(reference => !rateOn(rates, reference, day)).toSorted()
}
