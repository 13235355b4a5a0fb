import { chooseRoute, isDefaultRoute } from '#people'
import type { Db } from '#platform'
import { openAmount } from '../amount-at-stake.ts'
import type { ProposalsDeps } from '../deps.ts'
import { readRoutes, standingOf } from '../route.ts'
import type { EntryView } from './entry.ts'

/**
 * The channel of the route that names what the debtor of an entry is: its administration, party, language, segment or risk. Undefined where
 * none does; a route for everything is for mail.
 */
export async function entryChannel(
  db: Db,
  deps: Pick<ProposalsDeps, 'clock' | 'config' | 'rules'>,
  { debtor: { id } }: Pick<EntryView, 'debtor'>,
): Promise<string | undefined> {
  const routes = (await readRoutes(db)).filter(route => !isDefaultRoute(route))
  if (routes.length === 0) return undefined
  const { language, partyType, administration } = await db.debtor.findUniqueOrThrow({ where: { id }, include: { administration: true } })
  const route = chooseRoute(routes, {
    mailbox: '',
    folders: [],
    language: language ?? administration.language,
    administration: administration.code,
    partyType,
    intents: [],
    amount: await openAmount(db, deps, id, 'all'),
    ...(await standingOf(db, deps, routes, id)),
  })
  return route?.channel
}
