import { Prisma } from '#platform'
import type { CreditRules } from '../rules.ts'

/** The bureau that serves a country (ISO 3166-1), by its name in the settings: the one that names it, else the one that names none. Undefined where there is no such bureau. */
export function bureauOf({ bureaus, notCovered }: Pick<CreditRules, 'bureaus' | 'notCovered'>, country: string): string | undefined {
  if (notCovered.includes(country)) return undefined
  const all = Object.entries(bureaus)
  const named = all.find(([, { countries }]) => countries?.includes(country))
  return (named ?? all.find(([, { countries }]) => countries === undefined))?.[0]
}

/** The bureau of debtors that no other one serves, or whose country nobody knows: the one that names no countries, else the first one, which tells that they are not monitored. */
export function restBureau({ bureaus }: Pick<CreditRules, 'bureaus'>): string {
  const all = Object.entries(bureaus)
  return (all.find(([, { countries }]) => countries === undefined) ?? all[0])?.[0] ?? 'creditsafe'
}

/**
 * An SQL condition on a debtor `d`: a bureau's runs take care of it. Each debtor is one bureau's: those that no bureau serves, or whose
 * country nobody knows, are the one's without countries, else the first one's, which tells that they are not monitored.
 */
export function servedBy({ bureaus }: Pick<CreditRules, 'bureaus'>, name: string): Prisma.Sql {
  const others = Object.entries(bureaus).flatMap(([other, { countries }]) => (other === name ? [] : (countries ?? [])))
  return restBureau({ bureaus }) === name
    ? Prisma.sql`(d.country IS NULL OR d.country <> ALL(${others}::text[]))`
    : Prisma.sql`(d.country = ANY(${bureaus[name]?.countries ?? []}::text[]))`
}

/** The page of a company at its bureau, for people who have an account there; undefined where the bureau has none. */
export function companyLink(
  { bureaus, link }: Pick<CreditRules, 'bureaus' | 'link'>,
  { bureau, bureauId }: { bureau: string; bureauId: string },
): string | undefined {
  const own = bureaus[bureau]
  return (own?.kind === 'file' ? own.link : link)?.replace('{id}', encodeURIComponent(bureauId))
}
