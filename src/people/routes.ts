import type { RouteModel } from '#platform'

export type Route = RouteModel

/** What a route may ask about; `administration` and `partyType` are null while the debtor is not known. */
export type Routed = {
  /** The key of the mailbox, and the paths of the folders that the mail lies in. */
  mailbox: string
  folders: readonly string[]
  language: string
  administration: string | null
  partyType: string | null
  segments: readonly string[]
}

/** The route that a proposal takes: of those that fit, the highest priority, the most conditions, the first key; undefined when none fits. */
export function chooseRoute(routes: readonly Route[], routed: Routed): Route | undefined {
  const fitting = routes.filter(route => fits(route, routed))
  return fitting.toSorted((a, b) => b.priority - a.priority || conditions(b) - conditions(a) || (a.key < b.key ? -1 : 1))[0]
}

/** Whether a route takes whatever comes. */
export const isDefaultRoute = (route: Route): boolean => conditions(route) === 0

function fits({ mailboxes, administrations, languages, segments, partyTypes }: Route, routed: Routed): boolean {
  const places = [routed.mailbox, ...routed.folders.map(path => `${routed.mailbox}/${path}`)]
  return (
    allows(mailboxes, places) &&
    allows(administrations, [routed.administration]) &&
    allows(languages, [routed.language]) &&
    allows(partyTypes, [routed.partyType]) &&
    allows(segments, routed.segments)
  )
}

const allows = (condition: readonly string[], values: readonly (string | null)[]): boolean =>
  condition.length === 0 || values.some(value => value !== null && condition.includes(value))

const conditions = ({ mailboxes, administrations, languages, segments, partyTypes }: Route): number =>
  [mailboxes, administrations, languages, segments, partyTypes].filter(condition => condition.length > 0).length
