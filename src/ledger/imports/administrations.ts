import type { Clock, Database, Db } from '#platform'
import { DuncanError } from '#platform'

export type Administrations = {
  /** Reserves ids for codes that are new, so that rows are staged with their final id. */
  prepare: (codes: Iterable<string>) => Promise<void>
  /** The administration of a code; an empty code is the only one there is, or `default`. */
  of: (code: string) => { id: number; currency: string }
  /** Notes that a good row belongs to one. A rejected row makes no administration: its code may be another column's text. */
  use: (code: string) => void
  /** Ids of those that good rows belong to. */
  ids: () => number[]
  /** Writes the new ones, inside the run's transaction; returns which staged ids turned out to be others. */
  create: (tx: Db) => Promise<{ created: number; moved: { from: number; to: number }[] }>
  /** The calendar day in each administration's time zone, as a SQL expression over `s.adm`. */
  todaySql: (clock: Clock) => string
}

type Known = { id: number; code: string; currency: string; timeZone: string; isNew: boolean }

const mostNew = 50 // a file that names more new administrations is a file with a wrong column

/** The administrations of the ledger and those that the file adds. */
export async function openAdministrations({ client }: Database, fileName: string): Promise<Administrations> {
  const existing = await client.administration.findMany({ select: { id: true, code: true, currency: true, timeZone: true }, orderBy: { id: 'asc' } })
  const known = new Map<string, Known>(existing.map(each => [each.code, { ...each, isNew: false }]))
  const used = new Set<Known>()
  const fallback = existing.length === 1 ? (existing[0]?.code ?? 'default') : 'default'
  let provisional = -1
  const codeOf = (given: string) => (given === '' ? fallback : given)

  const add = (code: string, id: number): Known => {
    if (known.size - existing.length >= mostNew) {
      const remedy = 'Check which column is mapped to "administration".'
      throw new DuncanError('import.administrations', `${fileName} names more than ${mostNew} administrations that are not known.`, remedy)
    }
    const made = { id, code, currency: 'EUR', timeZone: 'Europe/Amsterdam', isNew: true }
    known.set(code, made)
    return made
  }

  const of = (given: string): Known => {
    const code = codeOf(given)
    return known.get(code) ?? add(code, provisional--)
  }

  return {
    prepare: async codes => {
      for (const code of new Set([...codes].map(codeOf))) {
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
        const { code, id: from, currency } = each
        // Another run may have made it since this file was read.
        let row = await tx.administration.findUnique({ where: { code } })
        if (!row) {
          row = await tx.administration.create({ data: { ...(from > 0 && { id: from }), code, name: code, currency } })
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
