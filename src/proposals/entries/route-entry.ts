import { chooseRoute, isDefaultRoute } from '#people'
import type { Db } from '#platform'
import { openAmount } from '../amount-at-stake.ts'
import type { ProposalsDeps } from '../deps.ts'
import { readRoutes, standingOf } from '../route.ts'
import type { EntryView } from './entry.ts'

/**
 * The channel of the route that names what the debtor of an entry is: its administration, party, language, segment or risk. Undefined where
 * none does: a route for everything is for mail, and so it is for a follow-up, which is one.
 */
export async function entryChannel(
  db: Db,
  deps: Pick<ProposalsDeps, 'clock' | 'config' | 'rules'>,
  { debtor: { id }, mailbox: key }: Pick<EntryView, 'debtor' | 'mailbox'>,
): Promise<string | undefined> {
  const mailbox = key ?? undefined // it is work of those who read there
  const routes = (await readRoutes(db)).filter(route => mailbox !== undefined || !isDefaultRoute(route))
  if (routes.length === 0) return mailbox
  const { language, partyType, administration } = await db.debtor.findUniqueOrThrow({ where: { id }, include: { administration: true } })
  const route = chooseRoute(routes, {
    mailbox: mailbox ?? '',
    folders: [],
    language: language ?? administration.language,
    administration: administration.code,
    partyType,
    intents: [],
    amount: await openAmount(db, deps, [id], 'all'),
    ...(await standingOf(db, deps, routes, id)),
  })
  return route?.channel ?? mailbox
}
