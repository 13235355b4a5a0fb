import { stepGrantOf, type WrittenAction, wantedBehaviour } from '#dunning'
import { type Db, fromInstant, Prisma } from '#platform'
import { lowest } from '../autonomy/combination.ts'
import { isStopped } from '../autonomy/debtor-stopped.ts'
import type { AutonomyLevel } from '../autonomy-kind.ts'
import type { ProposalsDeps } from '../deps.ts'
import { type Entering, judgeFirst, stakeOf } from '../entries/entering.ts'
import type { EntryContent } from '../entries/kinds/index.ts'
import { undecided } from '../propose.ts'
import { legalTexts } from './channel.ts'
import type { StepFacts } from './judge-step.ts'

/** Everything that decides whether a step leaves alone, as of now. */
export async function stepFacts(entering: Entering, action: WrittenAction, content: Extract<EntryContent, { kind: 'dunning' }>): Promise<StepFacts> {
  const { tx, deps } = entering
  const debtorIds = [...new Set([action.debtorId, ...action.items.map(({ debtorId }) => debtorId)])]
  const { granted, grantId } = await grantedTo(tx, deps, action)
  const total = await stakeOf(entering, content)
  const verdict = await judgeFirst(entering, collector, content)
  const { autonomy } = deps.rules()
  return {
    actionId: action.id,
    isOn: autonomy.on,
    granted,
    grantId,
    alwaysPerson: isAlwaysPersons(action),
    nobodyToWriteTo: (content.mail ?? content.letter ?? content.sms) === null,
    othersWait: await hasUndecidedMail(tx, debtorIds),
    debtorStopped: await isStopped(tx, debtorIds, ['handed_over']),
    aboveLimit: total === null || total.gt(new Prisma.Decimal(autonomy.limit)),
    needsSecondVote: verdict.kind !== 'allowed',
    dayIsFull: (await leftAloneToday(tx, deps)) >= autonomy.remindersPerDay,
  }
}

/** What a step may do now: the lowest of its own behaviour on the version that its items run through, of what stands granted, and of the ceiling. */
export async function grantedTo(
  db: Db,
  { rules }: Pick<ProposalsDeps, 'rules'>,
  { workflow, step }: Pick<WrittenAction, 'workflow' | 'step'>,
): Promise<{ granted: AutonomyLevel; grantId: number | null }> {
  const grant = await stepGrantOf(db, { workflow: workflow.key, step: step.name })
  const { autonomy } = rules()
  const ceiling = autonomy.on ? (autonomy.send_reminder ?? 'ask') : 'ask'
  return { granted: lowest([wantedBehaviour(step), ceiling, (grant?.level ?? 'ask') as AutonomyLevel]), grantId: grant?.id ?? null }
}

/** Duncan decides with the rights of a collector and no more. */
const collector = { id: 0, role: 'collector', active: true, amountLimit: null }

/** Texts before a legal step, and whatever names interest or costs. */
function isAlwaysPersons({ step, stages, items }: WrittenAction): boolean {
  const textOf = (name: string) => stages.find(each => each.step === name)?.template ?? ''
  return (
    step.charges !== 'none' ||
    items.some(({ isCharged, stepName }) => isCharged || legalTexts.includes(textOf(stepName))) ||
    legalTexts.includes(step.template ?? '')
  )
}

/** Whether a mail of one of these debtors was not read yet, or waits for a decision. */
async function hasUndecidedMail(tx: Db, debtorIds: number[]): Promise<boolean> {
  const debtorId = { in: debtorIds }
  if ((await tx.proposal.count({ where: { debtorId, status: { in: [...undecided] } } })) > 0) return true
  return (await tx.message.count({ where: { debtorId, direction: 'in', history: false, status: 'received' } })) > 0
}

/** How many reminders were let go alone on this day of the installation, whatever became of them. */
async function leftAloneToday(tx: Db, { clock, config: { DUNCAN_TIME_ZONE: timeZone } }: ProposalsDeps): Promise<number> {
  const from = fromInstant(clock.today(timeZone).toZonedDateTime(timeZone).toInstant())
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM "DebtorEntry" e WHERE e.kind = 'dunning' AND e."decidedById" IS NULL AND e."decidedAt" >= ${from} AND e.autonomy ->> 'level' <> 'ask'`
  return row?.count ?? 0
}
