import { Temporal } from 'temporal-polyfill'
import { type Db, fromInstant, Prisma, recordAudit, toPlainDate } from '#platform'
import { calendarOf } from '../calendars-kind.ts'
import type { JudgeDeps } from '../judge-promises.ts'
import { moneyKnownUntil } from '../money-known-until.ts'
import { defaultPromiseRules } from '../promises-kind.ts'
import { addWorkingDays } from '../work-calendar.ts'
import { creditedOf } from './credited.ts'
import { paidOf, planParts, standingPlan, toPayOf } from './payment-plan.ts'

/**
 * Says of every standing payment plan which instalments were kept, which were missed (their day and its grace are over, bank or ledger are known
 * beyond them, and less has been paid than they add up to by then), and what that makes of the plan: running, at risk, finished. An
 * instalment that was missed counts as kept once its money came. A credit note lowers the last instalments: one that it covers is credited, and
 * nobody waits for it. Returns how many plans changed.
 */
export async function judgePlans(tx: Db, { clock, calendars, promises: { graceDays } = defaultPromiseRules }: JudgeDeps): Promise<number> {
  const plans = await tx.paymentPlan.findMany({
    where: { status: { in: standingPlan } },
    orderBy: { id: 'asc' },
    include: { ...planParts, debtor: { select: { administration: true } } },
  })
  const known = new Map<number, Temporal.PlainDate>()
  let changed = 0
  const credits = await creditedOf(
    tx,
    plans.map(({ id }) => id),
  )
  for (const plan of plans) {
    const { administration } = plan.debtor
    const until = known.get(administration.id) ?? (await moneyKnownUntil(tx, administration))
    known.set(administration.id, until)
    const credited = credits.get(plan.id) ?? new Prisma.Decimal(0)
    const paid = paidOf(plan, credited)
    const toPay = toPayOf(plan.instalments, credited)
    const isPaid = plan.invoices.every(({ invoice }) => invoice.status !== 'open')
    let due = new Prisma.Decimal(0)
    const judged = plan.instalments.map(({ id, amount, dueOn, status: before }, at) => {
      const left = toPay[at] ?? amount
      due = due.add(left)
      if (left.isZero()) return { id, before, status: 'credited' }
      const last = addWorkingDays(calendarOf(calendars, administration), toPlainDate(dueOn), graceDays)
      const isOver = Temporal.PlainDate.compare(last, until) < 0
      return { id, before, status: isPaid || paid.gte(due) ? 'kept' : isOver ? 'missed' : 'open' }
    })
    const status = judged.every(({ status: each }) => each === 'kept' || each === 'credited')
      ? 'finished'
      : judged.some(each => each.status === 'missed')
        ? 'at_risk'
        : 'running'
    const turned = judged.filter(each => each.status !== each.before)
    if (turned.length === 0 && status === plan.status) continue
    changed += 1
    const at = fromInstant(clock.now())
    for (const each of turned) {
      await tx.instalment.update({ where: { id: each.id }, data: { status: each.status, judgedAt: each.status === 'open' ? null : at } })
    }
    await tx.paymentPlan.update({ where: { id: plan.id }, data: { status, endedAt: status === 'finished' ? at : null } })
    await recordAudit(tx, {
      actor: 'duncan',
      event: `plan.${status}`,
      subject: `plan:${plan.id}`,
      detail: { debtor: plan.debtorId, before: plan.status, instalments: turned.map(each => ({ id: each.id, status: each.status })) },
    })
  }
  return changed
}
