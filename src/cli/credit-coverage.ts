import { fullSight } from '#people'
import { type Database, fromInstant, systemClock } from '#platform'
import { type Coverage, coverageOf, coverageStages, readSearchContext } from '#search'

export type CoverageRow = Coverage & { administration: string; code: string }

/** How much of what is open credit bureaus cover now, of each administration and currency. `timeZone`: IANA name, for the day whose rates count. */
export async function readCoverage({ client }: Pick<Database, 'client'>, timeZone: string): Promise<CoverageRow[]> {
  return coverageOf(client, await readSearchContext(client, { sight: fullSight, clock: systemClock, timeZone }), fromInstant(systemClock.now()))
}

const words = { valid: 'valid number', identified: 'company known', monitored: 'monitored', fresh: 'fresh' } as const

/** The same in lines for people. */
export const coverageLines = (rows: readonly CoverageRow[]): string[] =>
  rows.map(row => {
    const shares = coverageStages.map(stage => `${words[stage]} ${row[stage].div(row.open).mul(100).toFixed(0)} %`)
    return `Of ${row.open.toFixed(2)} ${row.currency} open in ${row.code}: ${shares.join(', ')}.`
  })
