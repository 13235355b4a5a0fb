import type { Prisma, RouteModel } from '#platform'

export type Route = RouteModel

/** What the ledger knows that makes a debtor a risk: each is a search, so that it can be looked up too. */
export const riskSigns = ['long_overdue', 'pays_late', 'broken_promise', 'dispute'] as const
export type RiskSign = (typeof riskSigns)[number]

/** What a route may ask about; `administration` and `partyType` are null while the debtor is not known. */
export type Routed = {
  /** The key of the mailbox, and the paths of the folders that the mail lies in. */
  mailbox: string
  folders: readonly string[]
  language: string
  administration: string | null
  partyType: string | null
  segments: readonly string[]
  intents: readonly string[]
  risks: readonly RiskSign[]
  /** What is at stake in the reporting currency; null where it cannot be converted, which counts as more than any amount. */
  amount: Prisma.Decimal | null
}

/** The route that a proposal takes: the first in order that fits; undefined when none does. */
export const chooseRoute = (routes: readonly Route[], routed: Routed): Route | undefined => inOrder(routes).find(route => fits(route, routed))

/** The routes that get nothing, whatever comes, since one that is asked before takes all that they would: their keys, and that one's. */
export function unreachableRoutes(routes: readonly Route[]): { key: string; behind: string }[] {
  const ordered = inOrder(routes)
  return ordered.flatMap((route, index) => {
    const wider = ordered.slice(0, index).find(earlier => takesAllOf(earlier, route))
    return wider ? [{ key: route.key, behind: wider.key }] : []
  })
}

/** Whether a route takes whatever comes. */
export const isDefaultRoute = (route: Route): boolean => conditions(route) === 0

/** As they are asked: by priority, then those with the most conditions, then by the alphabet. */
const inOrder = (routes: readonly Route[]): Route[] =>
  routes.toSorted((a, b) => b.priority - a.priority || conditions(b) - conditions(a) || (a.key < b.key ? -1 : 1))

function fits(route: Route, routed: Routed): boolean {
  const { amountFrom, amountBelow } = route
  const places = [routed.mailbox, ...routed.folders.map(path => `${routed.mailbox}/${path}`)]
  return (
    allows(route.mailboxes, places) &&
    allows(route.administrations, [routed.administration]) &&
    allows(route.languages, [routed.language]) &&
    allows(route.partyTypes, [routed.partyType]) &&
    allows(route.segments, routed.segments) &&
    allows(route.intents, routed.intents) &&
    allows(route.risks, routed.risks) &&
    (amountFrom === null || routed.amount === null || routed.amount.gte(amountFrom)) &&
    (amountBelow === null || (routed.amount !== null && routed.amount.lt(amountBelow)))
  )
}

const allows = (condition: readonly string[], values: readonly (string | null)[]): boolean =>
  condition.length === 0 || values.some(value => value !== null && condition.includes(value))

const lists = ['mailboxes', 'administrations', 'languages', 'partyTypes', 'segments', 'intents', 'risks'] as const satisfies (keyof Route)[]

const conditions = (route: Route): number =>
  lists.filter(list => route[list].length > 0).length + (route.amountFrom !== null || route.amountBelow !== null ? 1 : 0)

/** Whether whatever fits the narrower route fits the wider one. */
function takesAllOf(wider: Route, narrower: Route): boolean {
  const isWider = (list: (typeof lists)[number]): boolean => {
    // A mailbox takes what any of its folders does.
    const takes = (value: string): boolean => wider[list].includes(value) || (list === 'mailboxes' && wider[list].includes(value.split('/', 1)[0] ?? value))
    return wider[list].length === 0 || (narrower[list].length > 0 && narrower[list].every(takes))
  }
  return (
    lists.every(isWider) &&
    (wider.amountFrom === null || (narrower.amountFrom !== null && narrower.amountFrom.gte(wider.amountFrom))) &&
    (wider.amountBelow === null || (narrower.amountBelow !== null && narrower.amountBelow.lte(wider.amountBelow)))
  )
}
