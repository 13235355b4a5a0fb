import { type ReadRow, readTable, type TableField } from '#ledger'
import { DuncanError } from '#platform'
import { BureauError } from '../bureau.ts'
import type { ChosenFile } from './choose-file.ts'
import { type CompanyColumn, companyColumns } from './company-columns.ts'
import type { FileBureauSettings } from './file-settings.ts'
import { type FileCompany, readCompany } from './read-company.ts'
import { readJson } from './read-json.ts'

/** What a file says: its companies by their keys, and the rows that were left out, the first of them in words. */
export type CompanyFile = { companies: Map<string, FileCompany>; faults: string[]; faultCount: number }

/** All companies are held in memory while a night runs: some 2 KB each. */
const mostRows = 100_000
const keptFaults = 20

const kinds: Partial<Record<CompanyColumn, TableField['kind']>> = {
  id: 'number',
  company_number: 'number',
  vat_number: 'number',
  country: 'country',
  date: 'date',
  score: 'amount',
  payment_score: 'amount',
  credit_limit: 'amount',
  contract_limit: 'amount',
  currency: 'currency',
  days_beyond_terms: 'amount',
  judgments: 'amount',
  privileges: 'amount',
}
const fields = companyColumns.map((name): TableField => ({ name, kind: kinds[name] ?? 'text' }))

/** Reads a file whole. A row that is wrong loses only itself and is named by its line. Throws BureauError for a file that holds no company that can be read. */
export async function readFile({ path, name }: ChosenFile, countries: readonly string[] | undefined, settings: FileBureauSettings): Promise<CompanyFile> {
  const isJson = /\.json$/i.test(name)
  const read: CompanyFile = { companies: new Map(), faults: [], faultCount: 0 }
  const tell = (line: number, fault: string) => {
    read.faultCount += 1
    if (read.faults.length < keptFaults) read.faults.push(`${isJson ? 'company' : 'line'} ${line}, ${fault}`)
  }
  let rows = 0
  try {
    for await (const batch of isJson ? readJson(path, name, fields, settings) : readTable(path, fields, tableNotation(settings))) {
      rows += batch.length
      if (rows > mostRows) throw new BureauError('unreadable', `${name} has more than ${mostRows} rows`)
      for (const row of batch) take(row)
    }
  } catch (error) {
    if (error instanceof DuncanError) throw new BureauError('unreadable', `${error.message} ${error.remedy}`, { cause: error })
    throw error
  }
  const isAnyGood = [...read.companies.values()].some(({ fault }) => fault === undefined)
  if (rows > 0 && !isAnyGood && read.faultCount > 0) throw new BureauError('unreadable', `No row of ${name} can be read: ${read.faults[0]}`)
  return read

  function take(row: ReadRow): void {
    const outcome = readCompany(row, countries, settings)
    if (outcome.is === 'elsewhere') return
    if (outcome.is === 'lost') return tell(row.line, outcome.fault)
    const { company } = outcome
    if (company.fault !== undefined) tell(row.line, company.fault)
    const twin = read.companies.get(company.companyId)
    const chosen = twin ? newer(twin, company) : company
    if (twin && chosen.fault === sameTwice) tell(row.line, sameTwice)
    read.companies.set(company.companyId, chosen)
  }
}

const sameTwice = 'the company stands there twice with other values, and no date tells which ones hold'

function newer(one: FileCompany, other: FileCompany): FileCompany {
  if (one.date && other.date && !one.date.equals(other.date)) return one.date.since(other.date).sign > 0 ? one : other
  return JSON.stringify(one.values) === JSON.stringify(other.values) ? other : { ...other, fault: sameTwice }
}

function tableNotation({ columns, sheet, delimiter, encoding, decimal, dates }: FileBureauSettings) {
  const named = Object.fromEntries(Object.entries(columns).filter((entry): entry is [string, string] => entry[1] !== undefined))
  return { columns: named, sheet, delimiter, encoding, decimal, dates }
}
