import type { Clock, Database, Db } from '#platform'
import { DuncanError } from '#platform'
import { administrationCode } from '../administrations-kind.ts'
import type { Administration } from './row-currency.ts'

export type Administrations = {
  /** Whether a code is known or could be that of a new one; an empty one is, unless there are several and none is called `default`. */
  accepts: (code: string) => boolean
  /** Reserves ids for codes that are new, so that rows are staged with their final id. */
  prepare: (codes: Iterable<string>) => Promise<void>
  /** The administration of a code; an empty code is the only one there is, or `default`. */
  of: (code: string) => Administration
  /** Notes that a good row belongs to one. A rejected row makes no administration: its code may be another column's text. */
  use: (code: string) => void
  /** Ids of those that good rows belong to. */
  ids: () => number[]
  /** Writes the new ones, inside the run's transaction; returns which staged ids turned out to be others. */
  create: (tx: Db) => Promise<{ created: number; moved: { from: number; to: number }[] }>
  /** The calendar day in each administration's time zone, as a SQL expression over `s.adm`. */
  todaySql: (clock: Clock) => string
}

type Known = Alike & { id: number; code: string; isNew: boolean }
type Alike = { country: string; language: string; currency: string; timeZone: string }

/** Until the settings say more. */
const firstOne: Alike = { country: 'NL', language: 'en', currency: 'EUR', timeZone: 'Europe/Amsterdam' }
const mostNew = 50 // a file that names more new administrations is a file with a wrong column

/** The administrations of the ledger and those that the file adds. */
export async function openAdministrations({ client }: Database, fileName: string): Promise<Administrations> {
  const existing = await client.administration.findMany({
    select: { id: true, code: true, country: true, language: true, currency: true, timeZone: true },
    orderBy: { id: 'asc' },
  })
  const known = new Map<string, Known>(existing.map(each => [each.code, { ...each, isNew: false }]))
  const used = new Set<Known>()
  const fallback = existing.length === 1 ? (existing[0]?.code ?? 'default') : 'default'
  let provisional = -1
  const codeOf = (given: string) => (given === '' ? fallback : given)
  // Of several, a row must say which one it means.
  const accepts = (code: string): boolean => known.has(codeOf(code)) || (code === '' ? existing.length === 0 : administrationCode.test(code))

  const add = (code: string, id: number): Known => {
    if (known.size - existing.length >= mostNew) {
      const remedy = 'Check which column is mapped to "administration".'
      throw new DuncanError('import.administrations', `${fileName} names more than ${mostNew} administrations that are not known.`, remedy)
    }
    const [first = firstOne, ...others] = existing
    // A book in another currency than was meant would make other amounts of the same figures.
    if (others.some(({ currency }) => currency !== first.currency)) {
      const remedy = `Add ${code} under "administrations:" in the settings and run \`duncan apply\`, or check which column is mapped to "administration".`
      throw new DuncanError('import.administrations', `${fileName} names the administration ${code}, which is not known, nor in which currency it is.`, remedy)
    }
    const { country, language, currency, timeZone } = first
    const made = { id, code, country, language, currency, timeZone, isNew: true }
    known.set(code, made)
    return made
  }

  const of = (given: string): Known => {
    const code = codeOf(given)
    return known.get(code) ?? add(code, provisional--)
  }

  return {
    accepts,
    prepare: async codes => {
      for (const code of new Set([...codes].filter(accepts).map(codeOf))) {
        if (known.has(code)) continue
        const [row] = await client.$queryRaw<{ id: number }[]>`SELECT nextval(pg_get_serial_sequence('"Administration"', 'id'))::int AS id`
        add(code, row?.id ?? provisional--)
      }
    },
    of,
    use: given => void used.add(of(given)),
    ids: () => [...used].map(each => each.id),
    create: async tx => {
      const moved: { from: number; to: number }[] = []
      let created = 0
      for (const each of used) {
        if (!each.isNew) continue
        const { code, id: from, country, language, currency, timeZone } = each
        // Another run may have made it since this file was read.
        let row = await tx.administration.findUnique({ where: { code } })
        if (!row) {
          row = await tx.administration.create({ data: { ...(from > 0 && { id: from }), code, name: code, country, language, currency, timeZone } })
          created++
        }
        if (row.id !== from) moved.push({ from, to: row.id })
        Object.assign(each, { id: row.id, timeZone: row.timeZone })
      }
      return { created, moved }
    },
    todaySql: clock => {
      const days = [...used].map(each => `WHEN ${each.id} THEN date '${clock.today(each.timeZone).toString()}'`)
      return days.length === 0 ? 'NULL::date' : `CASE s.adm ${days.join(' ')} END`
    },
  }
}
