import { markDisputeLate } from '#ledger'
import { debtorsInSight, may, type Staff, sightOf } from '#people'
import { fromInstant, recordAudit, toPlainDate } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { disputeLate } from '../jobs.ts'
import { transaction } from '../propose.ts'

/**
 * Tells somebody else that a debtor was not answered by the day that it was promised, once for that day: the managers who see the debtor,
 * else whoever else may decide on it; with nobody else its owner. Returns how many disputes were told of.
 */
export async function escalateDisputes({ client, clock, queue }: ProposalsDeps): Promise<number> {
  const open = await client.dispute.findMany({
    where: { status: 'open', escalatedAt: null, answerDue: { lt: fromInstant(clock.now()) } },
    select: { id: true, debtorId: true, ownerId: true, answerDue: true, debtor: { select: { administration: { select: { timeZone: true } } } } },
    orderBy: { id: 'asc' },
  })
  const late = open.filter(({ answerDue, debtor }) => toPlainDate(answerDue).until(clock.today(debtor.administration.timeZone)).sign > 0)
  if (late.length === 0) return 0
  const staff = (await client.staff.findMany({ where: { active: true }, orderBy: { id: 'asc' } })).filter(person => may(person, 'decide'))
  let told = 0
  for (const { id, debtorId, ownerId } of late) {
    const seeing: Staff[] = []
    for (const person of staff) if (await client.debtor.count({ where: { id: debtorId, ...debtorsInSight(sightOf(person)) } })) seeing.push(person)
    const others = seeing.filter(person => person.id !== ownerId)
    const leads = others.filter(({ role }) => role === 'manager')
    const people = [leads, others].find(({ length }) => length > 0) ?? seeing
    const at = fromInstant(clock.now())
    told += await client.$transaction(async tx => {
      if (!(await markDisputeLate(tx, id, at))) return 0
      await recordAudit(tx, { actor: 'duncan', event: 'dispute.escalated', subject: `dispute:${id}`, detail: { staff: people.map(person => person.id) } })
      for (const person of people) await queue.send(tx, disputeLate, { disputeId: id, staffId: person.id })
      return 1
    }, transaction)
  }
  return told
}
