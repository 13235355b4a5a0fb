import { dunningActionOf, endStepGrant } from '#dunning'
import { cancelMail } from '#mail'
import { type Db, type DebtorEntryModel, fromInstant, Prisma } from '#platform'
import type { ProposalsDeps } from '../deps.ts'
import { debtorFor, type Entering, settle } from '../entries/entering.ts'
import { entryContentSchema } from '../entries/kinds/index.ts'
import { stepEnded } from '../jobs.ts'
import type { Problem } from '../problem.ts'
import { transaction } from '../propose.ts'
import { asJson } from '../store.ts'
import { officeTime } from './decide-step.ts'
import { cancelDispatch } from './dispatch.ts'
import { type StepAutonomy, stepAutonomySchema } from './judge-step.ts'
import { grantedTo } from './step-facts.ts'

type Decided = Pick<DebtorEntryModel, 'status' | 'decidedById' | 'autonomy'>

/** By what Duncan let an entry's text leave alone; undefined for one that a person decided, or has to. */
export function decidedAlone({ status, decidedById, autonomy }: Decided): StepAutonomy | undefined {
  const kept = status === 'done' && decidedById === null ? stepAutonomySchema.safeParse(autonomy).data : undefined
  return kept?.level === 'ask' ? undefined : kept
}

/** Why what Duncan let leave alone must not leave on its word any more; undefined when it may. */
export async function whyStepNotAlone(db: Db, deps: ProposalsDeps, entry: DebtorEntryModel, debtor: Entering['debtor']): Promise<Problem | undefined> {
  if (!decidedAlone(entry)) return undefined
  const content = entryContentSchema.parse(entry.payload)
  const action = content.kind === 'dunning' ? await dunningActionOf(db, content.actionId) : undefined
  if (!action || (await grantedTo(db, deps, action)).granted === 'ask') return ended
  const now = deps.clock.now()
  return officeTime({ deps, debtor }, now).equals(now) ? undefined : { code: 'hours_over' }
}

const ended: Problem = { code: 'grant_ended' }

/** Gives an entry that was to leave alone back to people, unless it has left or may have; false when it has, or when a person decided it. */
export async function giveBack(tx: Db, deps: ProposalsDeps, entryId: number, why: readonly Problem[]): Promise<boolean> {
  await tx.$queryRaw`SELECT id FROM "DebtorEntry" WHERE id = ${entryId} FOR UPDATE`
  const entry = await tx.debtorEntry.findUniqueOrThrow({ where: { id: entryId } })
  const alone = decidedAlone(entry)
  const debtor = await debtorFor(tx, undefined, entry.debtorId)
  if (!alone || !debtor || !(await staysHere(tx, entryId))) return false
  const autonomy = asJson({ ...alone, level: 'ask', calledBack: [...why] } satisfies StepAutonomy)
  await settle({ tx, deps, debtor, surface: 'duncan' }, entry, 'proposed', {
    autonomy,
    result: Prisma.DbNull,
    version: entry.version + 1,
    event: 'entry.called_back',
  })
  return true
}

/** Stops what it sends; true where that surely has not left. */
async function staysHere(tx: Db, entryId: number): Promise<boolean> {
  const mail = await tx.outboundMail.findUnique({ where: { entryId }, select: { id: true, state: true } })
  if (mail) return mail.state === 'failed' || cancelMail(tx, mail.id)
  const dispatch = await tx.dispatch.findUnique({ where: { entryId }, select: { id: true } })
  return dispatch !== null && cancelDispatch(tx, dispatch.id)
}

/** Gives back everything that was to leave alone and may not any more: its grant ended, or the settings allow less. Returns how much came back. */
export async function giveBackEnded(deps: ProposalsDeps): Promise<number> {
  const { client } = deps
  const rows = await client.$queryRaw<{ id: number }[]>`
    SELECT e.id FROM "DebtorEntry" e LEFT JOIN "OutboundMail" m ON m."entryId" = e.id LEFT JOIN "Dispatch" x ON x."entryId" = e.id
    WHERE e.kind = 'dunning' AND e.status = 'done' AND e."decidedById" IS NULL AND (m.state = 'scheduled' OR x.state = 'scheduled') ORDER BY e.id`
  let count = 0
  for (const { id } of rows) {
    const isBack = await client.$transaction(async tx => {
      const entry = await tx.debtorEntry.findUniqueOrThrow({ where: { id } })
      const content = entryContentSchema.parse(entry.payload)
      const action = content.kind === 'dunning' ? await dunningActionOf(tx, content.actionId) : undefined
      return action && (await grantedTo(tx, deps, action)).granted === 'ask' ? giveBack(tx, deps, id, [ended]) : false
    }, transaction)
    if (isBack) count += 1
  }
  return count
}

/** One bad case: what a person stopped, corrected or called wrong makes its step ask again until a person gives it back; who granted it is told. */
export async function demoteStep({ tx, deps, person }: Entering, entryId: number, { grantId }: StepAutonomy): Promise<void> {
  if (grantId === null || !person) return
  const ending = { actor: 'duncan', at: fromInstant(deps.clock.now()), staffId: person.id, entryId }
  if (await endStepGrant(tx, grantId, 'bad_case', ending)) await deps.queue.send(tx, stepEnded, { grantId })
}
