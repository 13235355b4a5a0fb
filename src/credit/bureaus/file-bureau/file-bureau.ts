import { searchName } from '#ledger'
import type { Clock } from '#platform'
import { type Bureau, BureauError } from '../bureau.ts'
import { companyKey, hasNumber } from '../company-key.ts'
import type { NumberRules } from '../number-rules.ts'
import { type ChosenFile, chooseFile } from './choose-file.ts'
import type { FileBureauSettings } from './file-settings.ts'
import type { FileCompany } from './read-company.ts'
import { type CompanyFile, readFile } from './read-file.ts'

const mostFound = 50
/** With fewer companies than that, half of them may well be gone. */
const fewest = 10

type Opened = { file: ChosenFile; read: CompanyFile; byNumber: Map<string, FileCompany[]> }

type FileBureauDeps = {
  name: string
  settings: FileBureauSettings & { countries?: string[] | undefined }
  clock: Clock
  /** The keys of the companies that are monitored here. */
  monitored: () => Promise<string[]>
}

/** How debtors are looked up in files: by the company number, else by the VAT number. */
export const fileNumbers: NumberRules = {
  keyOf: (_country, { companyNumber, vatNumber }) => companyNumber ?? vatNumber ?? undefined,
  query: (country, registrationNumber) => ({ country, registrationNumber }),
  isSame: hasNumber,
  // Each German court counts anew.
  isShared: country => country === 'DE',
}

/**
 * A bureau whose word lies in files. The newest file is the whole of what it says: its rows are the list that each night compares, and
 * the reports, which cost nothing. Made for one run: the file is read once.
 */
export function createFileBureau({ name, settings, clock, monitored }: FileBureauDeps): Bureau {
  let reading: Promise<Opened> | undefined
  const open = () =>
    (reading ??= (async () => {
      const file = await chooseFile(settings, clock)
      const read = await readFile(file, settings.countries, settings)
      return { file, read, byNumber: byNumberOf(read.companies.values()) }
    })())
  const companies = async () => (await open()).read.companies

  return {
    name,
    isPaid: false,
    quotas: async () => [],
    file: async () => {
      const { file, read } = await open()
      const isOld = clock.now().since(file.changedAt).total('hours') > settings.maxAgeDays * 24
      return { name: file.name, changedAt: file.changedAt, isOld, companies: read.companies.size, faults: read.faults, faultCount: read.faultCount }
    },
    find: async query => {
      const number = 'registrationNumber' in query ? query.registrationNumber : 'vatNumber' in query ? query.vatNumber : undefined
      if (number !== undefined) return (await open()).byNumber.get(numberKey(query.country, number)) ?? []
      return 'name' in query ? byName((await companies()).values(), query) : []
    },
    report: async companyId => {
      const company = (await companies()).get(companyId)
      const { file } = await open()
      if (!company) throw new BureauError('unknown', `${file.name} has no company ${companyId}`)
      if (company.fault !== undefined) throw new BureauError('faulty', `${file.name}: ${company.fault}`)
      const { name: title, registrationNumber, vatNumbers, court, values, date } = company
      const nothing = { legalForm: undefined, activity: undefined, telephone: undefined, website: undefined }
      return {
        companyId,
        values,
        failed: [],
        identity: { name: title, registrationNumber, vatNumber: vatNumbers[0], court, ...nothing },
        sections: [],
        orderedAt: date ? date.toZonedDateTime('UTC').toInstant() : file.changedAt,
        correlationId: undefined,
      }
    },
    portfolio: {
      ensure: async () => {
        await refuseCutOff(await companies())
        return { corrected: [] }
      },
      companies: async function* () {
        for (const { companyId, country, values, fault } of (await companies()).values()) {
          // One whose row is wrong is another one than before, so that it is asked for, and counts as failed.
          yield {
            companyId,
            country,
            values: fault === undefined ? values : [{ criterion: 'status', value: { is: 'none' }, raw: fault }],
            lastEventAt: undefined,
          }
        }
      },
      add: async companyId => ((await companies()).has(companyId) ? 'added' : 'unknown'),
      remove: async () => undefined,
      events: async function* () {},
    },
  }

  async function refuseCutOff(found: Map<string, FileCompany>): Promise<void> {
    const watched = await monitored()
    const left = watched.filter(companyId => found.has(companyId)).length
    if (settings.mayShrink || watched.length < fewest || left * 2 >= watched.length) return
    const { file } = await open()
    throw new BureauError(
      'unreadable',
      `${file.name} has only ${left} of the ${watched.length} monitored companies: it looks cut off. If it is right, set mayShrink for ${name} in the settings`,
    )
  }
}

const numberKey = (country: string, number: string | undefined): string => `${country} ${companyKey(country, number)}`

/** The companies by each of their numbers: a night asks for thousands. */
function byNumberOf(companies: Iterable<FileCompany>): Map<string, FileCompany[]> {
  const found = new Map<string, FileCompany[]>()
  for (const company of companies) {
    const { country, registrationNumber, vatNumbers } = company
    const numbers = [registrationNumber, ...vatNumbers].filter(number => number !== undefined)
    for (const key of new Set(numbers.map(number => numberKey(country, number)))) found.set(key, [...(found.get(key) ?? []), company])
  }
  return found
}

function byName(companies: Iterable<FileCompany>, { country, name }: { country: string; name: string }): FileCompany[] {
  const wanted = searchName(name)
  const found: FileCompany[] = []
  for (const company of companies) {
    if (company.country === country && searchName(company.name).includes(wanted)) found.push(company)
    if (found.length === mostFound) break
  }
  return found
}
