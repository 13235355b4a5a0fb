import { alertChannels } from '#credit'
import { isDefaultRoute, mailboxOf, may, type Route, type Sight, type Staff, seesAll, sightOf } from '#people'
import type { DbClient } from '#platform'
import { opsChannel } from './approvals/post-ops.ts'
import { paymentsChannel } from './approvals/post-payments.ts'

/** Where a person's own answers go who is in no other channel. No route or mailbox can be called so. */
export const ownChannel = ({ key }: Pick<Staff, 'key'>): string => `@${key}`

/** The channels that a person is in: those of whose proposals everything that is routed there is in their sight. */
export async function channelsOf(client: DbClient, staff: Staff): Promise<string[]> {
  const known = await readKnown(client)
  const sight = sightOf(staff)
  const shown = channelNames(known).filter(channel => audience(known, channel).every(part => seesPart(sight, known, part)))
  // A mailbox may be called as one of them is.
  return [
    ...new Set([
      ...shown,
      ...(may(staff, 'decide') && sight.accounts === undefined ? [paymentsChannel, ...(await ownAlertChannels(client, known))] : []),
      ...(seesAll(sight) ? [opsChannel] : []),
    ]),
  ]
}

/** Every channel that something may come to. */
export const everyChannel = async (client: DbClient): Promise<string[]> => [
  ...new Set([...channelNames(await readKnown(client)), paymentsChannel, ...(await alertChannels(client)), opsChannel]),
]

/** The channels of credit alerts; one that proposals come to as well is for who sees all of those. */
async function ownAlertChannels(client: DbClient, known: Known): Promise<string[]> {
  const routed = channelNames(known)
  return (await alertChannels(client)).filter(channel => !routed.includes(channel))
}

type Known = { routes: Route[]; mailboxes: { key: string; inboxes: string[] }[]; administrations: string[] }
type Part = { mailboxes: readonly string[]; administrations: readonly string[] }

async function readKnown(client: DbClient): Promise<Known> {
  const [routes, mailboxes, administrations] = await Promise.all([
    client.route.findMany({ orderBy: { key: 'asc' } }),
    client.mailbox.findMany({ orderBy: { id: 'asc' }, select: { key: true, folders: { where: { role: 'inbox' }, select: { path: true } } } }),
    client.administration.findMany({ select: { code: true } }),
  ])
  return {
    routes,
    mailboxes: mailboxes.map(({ key, folders }) => ({ key, inboxes: folders.map(({ path }) => `${key}/${path}`) })),
    administrations: administrations.map(({ code }) => code),
  }
}

/** Channels of routes, and of mailboxes whose mail may take none. */
function channelNames({ routes, mailboxes }: Known): string[] {
  const own = routes.some(isDefaultRoute) ? [] : mailboxes.map(({ key }) => key)
  return [...new Set([...routes.map(({ channel }) => channel), ...own])]
}

/** What may come to a channel, part by part. */
function audience({ routes, mailboxes, administrations }: Known, channel: string): Part[] {
  const all = mailboxes.map(({ key }) => key)
  const routed = routes
    .filter(route => route.channel === channel)
    .map(route => ({
      mailboxes: route.mailboxes.length > 0 ? route.mailboxes : all,
      administrations: route.administrations.length > 0 ? route.administrations : administrations,
    }))
  const unrouted = !routes.some(isDefaultRoute) && all.includes(channel) ? [{ mailboxes: [channel], administrations }] : []
  return [...routed, ...unrouted]
}

function seesPart(sight: Sight, { mailboxes }: Known, part: Part): boolean {
  const seesPlace = (place: string): boolean => {
    if (sight.mailboxes === 'all' || sight.mailboxes.includes(place) || sight.mailboxes.includes(mailboxOf(place))) return true
    // Cards come from the folders that mail arrives in: who sees each of them sees all that is proposed.
    const inboxes = mailboxes.find(({ key }) => key === place)?.inboxes ?? []
    return inboxes.length > 0 && inboxes.every(folder => sight.mailboxes.includes(folder))
  }
  const { administrations, accounts } = sight
  if (accounts !== undefined) return false // everybody's debtors come to a channel
  return part.mailboxes.every(seesPlace) && (administrations === 'all' || part.administrations.every(code => administrations.includes(code)))
}
