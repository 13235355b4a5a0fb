import { chooseRoute, fullSight, mailInSight, may, type RiskSign, type Route, type Staff, seesAll, sightOf } from '#people'
import { type Db, Prisma } from '#platform'
import { readSearchContext, riskSignsOf, segmentsOf } from '#search'
import { assertedIntents, type Reading } from '#triage'
import { amountAtStake } from './amount-at-stake.ts'
import type { ProposalsDeps } from './deps.ts'
import type { AnyAction, StoredProposal } from './store.ts'

type RouteDeps = Pick<ProposalsDeps, 'clock' | 'config' | 'rules'>

/** What a proposal's route asks about. */
export type Routable = {
  mailboxId: number
  messageId: number
  debtorId: number | null
  reading: Pick<Reading, 'language' | 'intents'>
  actions: readonly AnyAction[]
}

export const routableOf = ({ basis, ...proposal }: StoredProposal): Routable => ({ ...proposal, reading: basis.reading })

export const readRoutes = (db: Db): Promise<Route[]> => db.route.findMany({ orderBy: { key: 'asc' } })

/** The route that a proposal takes as things stand now; undefined when none fits, as when there are none. */
export async function routeOf(db: Db, deps: RouteDeps, routes: Route[], routable: Routable): Promise<Route | undefined> {
  if (routes.length === 0) return undefined
  const { mailboxId, messageId, debtorId, reading, actions } = routable
  const mailbox = await db.mailbox.findUniqueOrThrow({ where: { id: mailboxId }, select: { key: true } })
  const debtor =
    debtorId === null ? null : await db.debtor.findUnique({ where: { id: debtorId }, select: { partyType: true, administration: { select: { code: true } } } })
  const locations = await db.messageLocation.findMany({ where: { messageId }, select: { folder: { select: { path: true } } } })
  const asksAmount = routes.some(({ amountFrom, amountBelow }) => amountFrom !== null || amountBelow !== null)
  return chooseRoute(routes, {
    mailbox: mailbox.key,
    folders: locations.map(({ folder }) => folder.path),
    language: reading.language,
    administration: debtor?.administration.code ?? null,
    partyType: debtor?.partyType ?? null,
    intents: assertedIntents(reading),
    amount: asksAmount ? await amountAtStake(db, deps, { debtorId }, actions) : null,
    ...(await standingOf(db, deps, routes, debtorId)),
  })
}

/** What searches say of the debtor, as far as a route asks. */
export async function standingOf(
  db: Db,
  { clock, config }: Pick<RouteDeps, 'clock' | 'config'>,
  routes: Route[],
  debtorId: number | null,
): Promise<{ segments: string[]; risks: RiskSign[] }> {
  const asksSegments = routes.some(({ segments }) => segments.length > 0)
  const asksRisks = routes.some(({ risks }) => risks.length > 0)
  if (debtorId === null || (!asksSegments && !asksRisks)) return { segments: [], risks: [] }
  const context = await readSearchContext(db, { sight: fullSight, clock, timeZone: config.DUNCAN_TIME_ZONE })
  const segments = asksSegments ? await segmentsOf(db, context, debtorId) : []
  return { segments: segments.map(({ key }) => key), risks: asksRisks ? await riskSignsOf(db, context, debtorId) : [] }
}

/** The channel of a proposal: its route's, or one of its mailbox's name. */
export const channelOf = (route: Route | undefined, mailbox: string): string => route?.channel ?? mailbox

/**
 * Who owns a new proposal: whom people handed others like it to, else the debtor's collector by the import's short name, else the owner of its route who has the fewest open ones;
 * null when there is nobody who may decide it and see it.
 */
export async function ownerOf(db: Db, deps: RouteDeps, routable: Routable, learned?: number): Promise<number | null> {
  const { debtorId, messageId } = routable
  const wished = learned === undefined ? null : await db.staff.findUnique({ where: { id: learned } })
  if (wished && (await mayOwn(db, wished, messageId))) return wished.id
  const collector = debtorId === null ? undefined : await collectorOf(db, debtorId)
  if (collector && (await mayOwn(db, collector, messageId))) return collector.id
  const route = await routeOf(db, deps, await readRoutes(db), routable)
  if (!route || route.owners.length === 0) return null
  const staff = await db.staff.findMany({ where: { key: { in: route.owners } } })
  const able: Staff[] = []
  for (const person of staff) if (await mayOwn(db, person, messageId)) able.push(person)
  const open = await db.proposal.groupBy({
    by: ['ownerId'],
    where: { ownerId: { in: able.map(({ id }) => id) }, status: { in: ['open', 'awaiting_second'] } },
    _count: true,
  })
  const load = ({ id }: Staff) => open.find(({ ownerId }) => ownerId === id)?._count ?? 0
  return able.toSorted((a, b) => load(a) - load(b) || route.owners.indexOf(a.key) - route.owners.indexOf(b.key))[0]?.id ?? null
}

async function mayOwn(db: Db, person: Staff, messageId: number): Promise<boolean> {
  if (!may(person, 'decide')) return false
  const sight = sightOf(person)
  if (seesAll(sight)) return true
  const rows = await db.$queryRaw<{ id: number }[]>`SELECT m.id FROM "Message" m WHERE m.id = ${messageId} AND ${mailInSight(sight, Prisma.raw('m'))}`
  return rows.length > 0
}

async function collectorOf(db: Db, debtorId: number): Promise<Staff | undefined> {
  const [staff] = await db.$queryRaw<Staff[]>`SELECT s.* FROM "Debtor" d JOIN "Staff" s ON s.key = lower(d.collector) WHERE d.id = ${debtorId}`
  return staff
}
