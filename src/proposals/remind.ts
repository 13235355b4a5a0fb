import { coversToday, may, type Staff } from '#people'
import { fromInstant, recordAudit, toInstant } from '#platform'
import type { ProposalsDeps } from './deps.ts'
import { whoSees } from './in-sight.ts'
import { proposalChanged, proposalReminder } from './jobs.ts'
import { transaction } from './propose.ts'
import { readRoutes, routableOf, routeOf } from './route.ts'
import { readProposal } from './store.ts'
import { endUndecidedHold } from './undecided-hold.ts'
import { officeDay, workingMinutes } from './working-hours.ts'

const waiting = ['open', 'awaiting_second'] as const
/** One look closes so many; the next minute's look takes the rest. */
const mostAtOnce = 200

type Waiting = {
  id: number
  status: string
  ownerId: number | null
  firstVoteById: number | null
  waitingSince: Date
  ownerRemindedAt: Date | null
  timeZone: string | null
}

/**
 * Tells the owners of proposals that have waited too long, or who covers them today, and later the leads: that of the proposal's route,
 * else managers who may see it (administrators where there are none). One without an owner to tell goes to the leads at once. Returns
 * how many were told of.
 */
export async function remindUndecided(deps: ProposalsDeps): Promise<number> {
  const { client, clock, config } = deps
  const { DUNCAN_REMIND_OWNER_HOURS: ownerHours, DUNCAN_REMIND_LEAD_HOURS: leadHours } = config
  if (ownerHours === 0 && leadHours === 0) return 0
  // Nothing has waited more working hours than hours.
  const before = fromInstant(clock.now().subtract({ minutes: Math.floor(Math.min(...[ownerHours, leadHours].filter(hours => hours > 0)) * 60) }))
  const proposals = await client.$queryRaw<Waiting[]>`
    SELECT p.id, p.status, p."ownerId", p."firstVoteById", p."waitingSince", p."ownerRemindedAt", a."timeZone"
    FROM "Proposal" p
      LEFT JOIN "Debtor" d ON d.id = p."debtorId" LEFT JOIN "Administration" a ON a.id = d."administrationId"
    WHERE p.status = ANY(${[...waiting]}) AND p."leadRemindedAt" IS NULL AND p."waitingSince" <= ${before}
      AND (${leadHours > 0} OR p."ownerRemindedAt" IS NULL)
    ORDER BY p."waitingSince"`
  const office = officeDay(config.DUNCAN_OFFICE_HOURS)
  if (proposals.length === 0 || !office) return 0
  const staff = await client.staff.findMany({ where: { active: true }, orderBy: { id: 'asc' } })
  const covers = await coversToday(client, clock, config.DUNCAN_TIME_ZONE)
  const routes = await readRoutes(client)
  const sees = await whoSees(
    client,
    staff,
    proposals.map(({ id }) => id),
  )
  let told = 0
  for (const proposal of proposals) {
    const minutes = workingMinutes(toInstant(proposal.waitingSince), clock.now(), proposal.timeZone ?? 'UTC', office)
    const seeing = staff.filter(person => sees(person, proposal.id))
    const owner = ownerToTell(proposal, seeing, covers)
    const isOwnersTurn = ownerHours > 0 && proposal.ownerRemindedAt === null && minutes >= ownerHours * 60
    if (leadHours > 0 && (minutes >= leadHours * 60 || (isOwnersTurn && !owner))) {
      const stored = await readProposal(client, proposal.id)
      const route = stored && (await routeOf(client, deps, routes, routableOf(stored)))
      told += await tell(deps, proposal, 'lead', leads(proposal, seeing, route?.lead ?? null))
    } else if (isOwnersTurn && owner) told += await tell(deps, proposal, 'owner', [owner])
  }
  return told
}

/** The owner, or who does their work today, if they may still decide it. A second vote is not theirs to give. */
function ownerToTell({ status, ownerId }: Waiting, seeing: Staff[], covers: Map<number, number>): Staff | undefined {
  if (status !== 'open' || ownerId === null) return undefined
  const acting = covers.get(ownerId) ?? ownerId
  return seeing.find(person => person.id === acting && may(person, 'decide'))
}

function leads({ firstVoteById }: Waiting, seeing: Staff[], lead: string | null): Staff[] {
  const able = seeing.filter(person => person.id !== firstVoteById && may(person, 'decide'))
  const named = able.filter(({ key }) => key === lead)
  const managers = able.filter(({ role }) => role === 'manager')
  return [named, managers].find(people => people.length > 0) ?? able.filter(({ role }) => role === 'admin')
}

/** Records who is told in the transaction that enqueues it; 0 when somebody decided, or told them, meanwhile. */
function tell({ client, queue, clock }: ProposalsDeps, { id, waitingSince, ownerRemindedAt }: Waiting, whom: 'owner' | 'lead', people: Staff[]) {
  const now = fromInstant(clock.now())
  const staffIds = people.map(person => person.id)
  return client.$transaction(async tx => {
    const { count } = await tx.proposal.updateMany({
      where: { id, status: { in: [...waiting] }, waitingSince, ownerRemindedAt, leadRemindedAt: null },
      data: whom === 'owner' ? { ownerRemindedAt: now } : { leadRemindedAt: now },
    })
    if (count === 0) return 0
    await recordAudit(tx, { actor: 'duncan', event: 'proposal.reminded', subject: `proposal:${id}`, detail: { whom, staff: staffIds } })
    for (const staffId of staffIds) await queue.send(tx, proposalReminder, { proposalId: id, staffId })
    return 1
  }, transaction)
}

/** Closes the proposals that nobody decided on in as many days as a setting gives; returns how many. Protections stand until a person undoes them. */
export async function expireUndecided(deps: ProposalsDeps): Promise<number> {
  const { client, queue, clock, config } = deps
  if (config.DUNCAN_EXPIRE_DAYS === undefined) return 0
  const now = fromInstant(clock.now())
  const before = fromInstant(clock.now().subtract({ hours: config.DUNCAN_EXPIRE_DAYS * 24 }))
  const due = await client.proposal.findMany({ where: { status: { in: [...waiting] }, waitingSince: { lte: before } }, select: { id: true }, take: mostAtOnce })
  let expired = 0
  for (const { id } of due) {
    expired += await client.$transaction(async tx => {
      // Compare-and-set: of a click and this, the first counts.
      const { count } = await tx.proposal.updateMany({
        where: { id, status: { in: [...waiting] }, waitingSince: { lte: before } },
        data: { status: 'expired', decidedAt: now },
      })
      if (count === 0) return 0
      await tx.proposedAction.updateMany({ where: { proposalId: id, status: 'pending' }, data: { status: 'skipped', finishedAt: now } })
      await endUndecidedHold(tx, id, now)
      await recordAudit(tx, { actor: 'duncan', event: 'proposal.expired', subject: `proposal:${id}` })
      await queue.send(tx, proposalChanged, { proposalId: id })
      return 1
    }, transaction)
  }
  return expired
}

/** A proposal begins to wait anew for whoever has it now: nobody was told of that yet. */
export const waitsFrom = (now: Date) => ({ waitingSince: now, ownerRemindedAt: null, leadRemindedAt: null })
