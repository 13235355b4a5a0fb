import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { endHold, placeHold } from '#dunning'
import { addWorkingDays, cancelPromise, openDispute, registerPromise, type WorkCalendar, withdrawDispute } from '#ledger'
import { type Db, fromInstant, type Prisma } from '#platform'
import { answerWithin } from '../handlers/dispute.ts'
import { grace } from '../handlers/promise-to-pay.ts'
import type { EntryContent } from './entry.ts'

const resultSchema = z.object({ promiseId: z.int().optional(), disputeId: z.int().optional(), holdIds: z.array(z.int()) })

/** Does what was entered, as the action of a proposal would, and returns what it made. `today`: the administration's. */
export async function carryOut(
  tx: Db,
  debtorId: number,
  content: EntryContent,
  { today, calendar }: { today: Temporal.PlainDate; calendar: WorkCalendar },
): Promise<Prisma.InputJsonObject> {
  const { invoiceIds } = content
  switch (content.kind) {
    case 'promise': {
      const { promisedOn, amount, currency } = content
      const promiseId = await registerPromise(tx, { debtorId, promisedOn, amount, currency, invoiceIds, conditional: false })
      const until = addWorkingDays(calendar, Temporal.PlainDate.from(promisedOn), grace)
      return { promiseId, holdIds: await placeHold(tx, { debtorId, invoiceIds, reason: 'promise', until }) }
    }
    case 'dispute': {
      const { reason, text } = content
      const answerDue = addWorkingDays(calendar, today, answerWithin).toString()
      const disputeId = await openDispute(tx, { debtorId, invoiceIds, reason, text, answerDue })
      return { disputeId, holdIds: await placeHold(tx, { debtorId, invoiceIds, reason: 'dispute' }) }
    }
    case 'hold':
      return { holdIds: await placeHold(tx, { debtorId, invoiceIds, reason: 'staff', until: Temporal.PlainDate.from(content.until) }) }
    default:
      return content satisfies never
  }
}

/** Takes back what an entry made; false when a promise was kept or broken, or a dispute resolved, meanwhile. */
export async function takeEntryBack(tx: Db, result: unknown, now: Temporal.Instant): Promise<boolean> {
  const { promiseId, disputeId, holdIds } = resultSchema.parse(result)
  if (promiseId !== undefined && !(await cancelPromise(tx, { id: promiseId }))) return false
  if (disputeId !== undefined && !(await withdrawDispute(tx, { id: disputeId }))) return false
  await endHold(tx, { ids: holdIds }, fromInstant(now))
  return true
}
