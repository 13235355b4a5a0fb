import { setTimeout as sleep } from 'node:timers/promises'
import type { DemoDebtor } from '../company.ts'
import { seededRandom } from '../seeded-random.ts'
import type { BureauCompany } from './company.ts'
import type { Change } from './register.ts'
import { type BureauSandbox, startBureauSandbox } from './sandbox.ts'

/** What happens to the demo's companies, night by night, by the debtor's key. */
const nights: Record<string, Change>[] = [
  { 'nl-2': { status: 'NonActive', statusDescription: 'Bankrupt', score: undefined, creditLimit: undefined }, 'fr-2': { score: 41 } },
  {
    'en-3': { judgments: 2, score: 38, creditLimit: 6_000 },
    'fr-4': { privileges: 1 },
    'nl-6': { score: 44 },
    'pl-5': { name: 'Trans-Odra Logistyka sp. z o.o.' },
  },
  { 'nl-9': { daysBeyondTerms: 41, score: 52 }, 'de-7': { score: 33, creditLimit: 4_500 }, 'en-8': 'gone' },
]

export type DemoBureau = Pick<BureauSandbox, 'url' | 'stop'> & {
  /** Lets the nights pass until the signal ends it; `askBureau` has Duncan ask what is new. */
  letNightsPass: (askBureau: () => Promise<unknown>, signal: AbortSignal) => Promise<void>
}

const [firstNight, betweenNights] = [15_000, 40_000] // milliseconds

/** A credit bureau for the demo that knows its debtors, all but a few; its nights pass in seconds. */
export async function startDemoBureau(debtors: DemoDebtor[], now: () => string): Promise<DemoBureau> {
  const companies = debtors.filter(({ key }) => key !== 'pl-9').flatMap(companiesOf)
  const sandbox = await startBureauSandbox({ companies, now })
  const keys = new Map(debtors.map(debtor => [debtor.key, idOf(debtor)]))

  return {
    url: sandbox.url,
    stop: sandbox.stop,
    letNightsPass: async (askBureau, signal) => {
      // The first one only learns how everybody stands.
      for (const [index, night] of [{}, ...nights].entries()) {
        await sleep(index === 0 ? firstNight : betweenNights, undefined, { signal }).catch(() => undefined)
        if (signal.aborted) return
        for (const [key, change] of Object.entries(night)) sandbox.register.change(keys.get(key) ?? '', change, now())
        await askBureau()
      }
    },
  }
}

/** Most debtors are one company there; of one the number is another company's, and one number is two courts' at once: people have to look. */
function companiesOf(debtor: DemoDebtor): BureauCompany[] {
  const company = asCompany(debtor)
  if (debtor.key === 'nl-10') return [{ ...company, id: 'NL-X-99997310', registrationNumber: '99997310', name: `${debtor.name} Exploitatie` }]
  if (debtor.key !== 'de-4') return [company]
  const namesake = {
    ...company,
    id: `${company.id}-2`,
    name: 'Alpenblick Sportgeräte GmbH',
    street: 'Musterweg 8',
    city: 'Traunstein',
    court: 'Amtsgericht Traunstein',
  }
  return [{ ...company, name: 'Alpenblick Sport & Freizeit GmbH' }, namesake]
}

const idOf = ({ country, companyNumber }: DemoDebtor): string => `${country}-X-${companyNumber.replace(/\W/g, '')}`

function asCompany(debtor: DemoDebtor): BureauCompany {
  const { country, companyNumber, court, name, city, number } = debtor
  const random = seededRandom(Number(number))
  const score = Math.round(35 + random() * 60)
  const creditLimit = Math.round(score * (50 + random() * 900)) * 10
  return {
    id: idOf(debtor),
    country,
    registrationNumber: companyNumber.replace(/\s/g, ''),
    vatNumber: undefined,
    court: court || undefined,
    name,
    street: `Voorbeeldstraat ${1 + Math.floor(random() * 90)}`,
    postalCode: String(10_000 + Math.floor(random() * 80_000)),
    city,
    currency: country === 'GB' ? 'GBP' : country === 'PL' ? 'PLN' : 'EUR',
    legalForm: name.split(' ').at(-1) ?? '',
    foundedOn: `${1950 + (Number(number) % 70)}-0${1 + (Number(number) % 9)}-15`,
    capital: 1_000 * (1 + (Number(number) % 90)),
    score,
    creditLimit,
    contractLimit: Math.round(creditLimit * 1.5),
    daysBeyondTerms: Math.round(random() * 20),
    judgments: 0,
    privileges: 0,
    status: 'Active',
    statusDescription: 'Active',
    parent: undefined,
    lastEventAt: undefined,
  }
}
