import { may, sightOf } from '#people'
import { fromInstant, recordAudit, type StaffModel, toInstant } from '#platform'
import type { ProposalsDeps } from './deps.ts'
import { proposalChanged, proposalReminder } from './jobs.ts'
import { transaction } from './propose.ts'
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
  mailbox: string
  administration: string | null
  timeZone: string | null
}

/**
 * Tells the owners of proposals that have waited too long, and later the leads: managers who see the debtor's administration and the
 * mailbox (administrators where there are none). One without an owner to tell goes to the leads at once. Returns how many were told of.
 */
export async function remindUndecided(deps: ProposalsDeps): Promise<number> {
  const { client, clock, config } = deps
  const { DUNCAN_REMIND_OWNER_HOURS: ownerHours, DUNCAN_REMIND_LEAD_HOURS: leadHours } = config
  if (ownerHours === 0 && leadHours === 0) return 0
  // Nothing has waited more working hours than hours.
  const before = fromInstant(clock.now().subtract({ minutes: Math.floor(Math.min(...[ownerHours, leadHours].filter(hours => hours > 0)) * 60) }))
  const proposals = await client.$queryRaw<Waiting[]>`
    SELECT p.id, p.status, p."ownerId", p."firstVoteById", p."waitingSince", p."ownerRemindedAt", b.key AS mailbox, a.code AS administration, a."timeZone"
    FROM "Proposal" p JOIN "Mailbox" b ON b.id = p."mailboxId"
      LEFT JOIN "Debtor" d ON d.id = p."debtorId" LEFT JOIN "Administration" a ON a.id = d."administrationId"
    WHERE p.status = ANY(${[...waiting]}) AND p."leadRemindedAt" IS NULL AND p."waitingSince" <= ${before}
      AND (${leadHours > 0} OR p."ownerRemindedAt" IS NULL)
    ORDER BY p."waitingSince"`
  const office = officeDay(config.DUNCAN_OFFICE_HOURS)
  if (proposals.length === 0 || !office) return 0
  const staff = await client.staff.findMany({ where: { active: true }, orderBy: { id: 'asc' } })
  let told = 0
  for (const proposal of proposals) {
    const minutes = workingMinutes(toInstant(proposal.waitingSince), clock.now(), proposal.timeZone ?? 'UTC', office)
    const owner = ownerToTell(proposal, staff)
    const isOwnersTurn = ownerHours > 0 && proposal.ownerRemindedAt === null && minutes >= ownerHours * 60
    if (leadHours > 0 && (minutes >= leadHours * 60 || (isOwnersTurn && !owner))) told += await tell(deps, proposal, 'lead', leads(proposal, staff))
    else if (isOwnersTurn && owner) told += await tell(deps, proposal, 'owner', [owner])
  }
  return told
}

/** The owner, if they may still decide it. A second vote is not theirs to give. */
const ownerToTell = (proposal: Waiting, staff: StaffModel[]): StaffModel | undefined =>
  proposal.status === 'open' ? staff.find(person => person.id === proposal.ownerId && may(person, 'decide') && sees(person, proposal)) : undefined

function leads(proposal: Waiting, staff: StaffModel[]): StaffModel[] {
  const seeing = staff.filter(person => sees(person, proposal) && person.id !== proposal.firstVoteById)
  const managers = seeing.filter(({ role }) => role === 'manager')
  return managers.length > 0 ? managers : seeing.filter(({ role }) => role === 'admin')
}

/** What nobody knows the debtor of could be any administration's. */
function sees(person: StaffModel, { mailbox, administration }: Waiting): boolean {
  const { administrations, mailboxes } = sightOf(person)
  const isInSight = administrations === 'all' || (administration !== null && administrations.includes(administration))
  return isInSight && (mailboxes === 'all' || mailboxes.includes(mailbox))
}

/** Records who is told in the transaction that enqueues it; 0 when somebody decided, or told them, meanwhile. */
function tell({ client, queue, clock }: ProposalsDeps, { id, waitingSince, ownerRemindedAt }: Waiting, whom: 'owner' | 'lead', people: StaffModel[]) {
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
