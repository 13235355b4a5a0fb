import { Temporal } from 'temporal-polyfill'
import { calendarOf, moneyKnownUntil } from '#ledger'
import { type Db, fromInstant } from '#platform'
import { actionSchemas } from '../action.ts'
import type { ProposalsDeps } from '../deps.ts'
import { openEntry } from '../entries/open.ts'
import { type FollowUpKind, whetherToFollow } from './whether-to-follow.ts'

type Due = {
  about: FollowUpKind
  refId: number
  debtorId: number
  administration: { id: number; code: string; country: string; timeZone: string; importedAt: Date | null }
}

/** Claims whose days to arrive ended longer ago are not followed up any more: Duncan was not there, or the ledger is not kept. */
const latestDays = 21

/**
 * Opens a proposal, once for each, about every promise that was found not kept, every claimed payment that did not come in its days, and every
 * instalment that was missed, where people work today. What there is nothing to tell of any more is left. Returns how many were opened.
 */
export async function followUp(deps: ProposalsDeps): Promise<number> {
  const { client, clock, rules, log } = deps
  let opened = 0
  for (const { about, refId, debtorId, administration } of await dueFollowUps(client, deps)) {
    const today = clock.today(administration.timeZone)
    if (!calendarOf(rules().calendars, administration).isWorkingDay(today)) continue
    const found = await whetherToFollow(client, about, refId, today.toString())
    if (found) {
      const content = { kind: 'follow_up' as const, about, refId, invoiceIds: found.invoiceIds, mail: null }
      const outcome = await openEntry(deps, { debtorId, content, key: `follow_up ${about} ${refId}`, why: found.why })
      // An old ledger, or words that may not leave: the next morning may be another one.
      if (outcome.kind === 'invalid' && outcome.problem.code !== 'nothing_open') {
        log.warn({ about, ref: refId, code: outcome.problem.code }, 'something could not be followed up')
        continue
      }
      if (outcome.kind === 'entered') opened += 1
    }
    await markFollowed(client, about, refId, fromInstant(clock.now()))
  }
  return opened
}

const administration = { select: { id: true, code: true, country: true, timeZone: true, importedAt: true } } as const

async function dueFollowUps(db: ProposalsDeps['client'], { clock, config }: ProposalsDeps): Promise<Due[]> {
  const judged = { judgedAt: { not: null }, followedAt: null }
  const promises = await db.promiseToPay.findMany({
    where: { status: { in: ['broken', 'partly_kept'] }, ...judged },
    orderBy: { id: 'asc' },
    select: { id: true, debtorId: true, debtor: { select: { administration } } },
  })
  const instalments = await db.instalment.findMany({
    where: { status: 'missed', ...judged, plan: { status: 'at_risk' } },
    orderBy: { id: 'asc' },
    select: { id: true, plan: { select: { debtorId: true, debtor: { select: { administration } } } } },
  })
  return [
    ...promises.map(({ id, debtorId, debtor }) => ({ about: 'promise' as const, refId: id, debtorId, administration: debtor.administration })),
    ...instalments.map(({ id, plan }) => ({ about: 'instalment' as const, refId: id, debtorId: plan.debtorId, administration: plan.debtor.administration })),
    ...(await dueClaims(db, clock.today(config.DUNCAN_TIME_ZONE))),
  ]
}

/** Claimed payments whose days to arrive are over, where bank or ledger are known beyond them. */
async function dueClaims(db: ProposalsDeps['client'], today: Temporal.PlainDate): Promise<Due[]> {
  const oldest = today.subtract({ days: latestDays })
  const rows = await db.$queryRaw<{ id: number; debtorId: number; payload: unknown }[]>`
    SELECT a.id, p."debtorId", a.payload FROM "ProposedAction" a JOIN "Proposal" p ON p.id = a."proposalId"
    WHERE a.kind = 'mark_payment_claimed' AND a.status = 'done' AND p."debtorId" IS NOT NULL
      AND a.payload ->> 'holdUntil' < ${today.toString()} AND a.payload ->> 'holdUntil' >= ${oldest.toString()}
      AND NOT EXISTS (SELECT FROM "DebtorEntry" e WHERE e."formKey" = 'follow_up payment_claim ' || a.id)
    ORDER BY a.id`
  const debtors = await db.debtor.findMany({ where: { id: { in: rows.map(({ debtorId }) => debtorId) } }, select: { id: true, administration } })
  const due: Due[] = []
  for (const { id, debtorId, payload } of rows) {
    const debtor = debtors.find(each => each.id === debtorId)
    const { holdUntil } = actionSchemas.mark_payment_claimed.parse(payload)
    if (!debtor || Temporal.PlainDate.compare(await moneyKnownUntil(db, debtor.administration), holdUntil) <= 0) continue
    due.push({ about: 'payment_claim', refId: id, debtorId, administration: debtor.administration })
  }
  return due
}

/** A claim is marked by its entry alone: it is asked again each morning until its days are long over. */
async function markFollowed(db: Db, about: FollowUpKind, id: number, followedAt: Date): Promise<void> {
  if (about === 'promise') await db.promiseToPay.update({ where: { id }, data: { followedAt } })
  if (about === 'instalment') await db.instalment.update({ where: { id }, data: { followedAt } })
}
