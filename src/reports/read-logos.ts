import { administrationsKind } from '#ledger'
import type { Settings } from '#settings'
import { reportsKind } from './reports-kind.ts'
import type { Logos } from './write-report.ts'

/** The files of the logos, as the settings stand now. */
export async function readLogos(settings: Pick<Settings, 'read'>): Promise<Logos> {
  const administrations = Object.entries(await settings.read(administrationsKind)).flatMap(([code, { logo }]) =>
    logo === undefined ? [] : [[code, logo] as const],
  )
  return { company: (await settings.read(reportsKind)).logo, administrations: Object.fromEntries(administrations) }
}
