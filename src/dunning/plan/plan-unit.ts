import { Prisma } from '#platform'
import type { DunningRules } from '../dunning-kind.ts'
import { consumerWait, type Told } from '../law/consumer-wait.ts'
import type { DayNumber } from '../path/day-number.ts'
import { type ItemFacts, isOutside, nextStep, type Position, positionOn } from '../path/next-step.ts'
import type { ItemReason } from '../path/reason.ts'
import type { WorkflowVersion } from '../workflow-versions.ts'
import { actedKey, type DebtorFacts, groupKey, type Hold, type Holds, type Touches, touch } from './debtor-facts.ts'
import type { OpenItem } from './planned-items.ts'

/** What a plan of one day is made from; days are numbers. Nothing of it changes while the day is planned, but what is counted: `touches` and `acted`. */
export type Planning = {
  today: DayNumber
  rules: Pick<DunningRules, 'perDay' | 'perWeek'>
  debtors: ReadonlyMap<number, DebtorFacts>
  holds: Holds
  touches: Touches
  /** For whom something is done today already, by track. */
  acted: Set<string>
  /** Who is written to for each central file, by the group's id. */
  leads: ReadonlyMap<number, number>
  versions: ReadonlyMap<number, WorkflowVersion>
  current: ReadonlyMap<string, WorkflowVersion>
  /** Workflows whose items go over to the newest version. */
  moving: ReadonlySet<string>
  /** Where nothing is taken up: the first day for which that is still to be planned. */
  takenUpFrom?: DayNumber | undefined
  /** Whether a debtor fits a search text of a version. */
  matches: (debtorId: number, text: string) => boolean
  usualDaysLate: ReadonlyMap<number, number>
  /** A sum of amounts by currency in the reporting currency; null without a rate. */
  inReporting: (amounts: ReadonlyMap<string, Prisma.Decimal>) => Prisma.Decimal | null
}

/** Where an item stands now. `action`: which of the unit's planned actions it is part of. */
export type PlannedItem = Position & {
  item: OpenItem
  versionId: number | null
  nextOn: DayNumber | null
  reason: ItemReason | null
  /** Where it stands as long as its step is not taken. */
  stood: Position
  /** Its step is to be taken today, unless something of the whole unit is against it. */
  isDue: boolean
  /** The action that takes it up today, and what is asked for by it. */
  action?: PlannedAction
  amount?: Prisma.Decimal
}

export type PlannedAction = {
  debtorId: number
  groupId: number | null
  versionId: number
  step: number
  stepName: string
  type: string
  track: string
}

export type UnitPlan = { items: PlannedItem[]; actions: PlannedAction[] }

/**
 * Plans the day of one debtor, or of the debtors of one central file: where each of its open items stands, and what is to be done today. A private
 * person in it hears alone, as the law owes each its own notice.
 */
export function planUnit(planning: Planning, items: readonly OpenItem[]): UnitPlan {
  const { debtors } = planning
  const isAlone = ({ unit, debtorId }: OpenItem) => unit < 0 && debtors.get(debtorId)?.isConsumer === true
  if (!items.some(isAlone)) return planTogether(planning, items)
  const units = Map.groupBy(items, item => (isAlone(item) ? item.debtorId : item.unit))
  const plans = [...units].map(([unit, own]) => planTogether(planning, unit < 0 ? own : own.map(item => ({ ...item, unit }))))
  return { items: plans.flatMap(plan => plan.items), actions: plans.flatMap(plan => plan.actions) }
}

function planTogether(planning: Planning, items: readonly OpenItem[]): UnitPlan {
  const planned = items.map(item => planItem(planning, item))
  const due = planned.filter(isDue)
  if (due.length === 0) return { items: planned, actions: [] }
  keepSmallSumsOut(planning, planned, due)
  const { takenUpFrom } = planning
  if (takenUpFrom !== undefined) {
    for (const each of due.filter(isDue)) lookAgain(planning, each, null, takenUpFrom)
    return { items: planned, actions: [] }
  }
  return { items: planned, actions: actionsOf(planning, due.filter(isDue)) }
}

const isDue = (planned: PlannedItem): boolean => planned.isDue

function planItem(planning: Planning, item: OpenItem): PlannedItem {
  const { stored } = item
  const debtor = planning.debtors.get(item.debtorId)
  const before = stored ?? { step: 0, shift: 0, lastOn: null }
  const stands = (
    versionId: number | null,
    nextOn: DayNumber | null,
    reason: ItemReason | null,
    { step, shift, lastOn }: Position = before,
    stood: Position = before,
  ): PlannedItem => ({ item, versionId, step, shift, lastOn, stood, nextOn, reason, isDue: false })
  const known = stored?.versionId ?? null
  if (stored && stored.actionId !== null) return stands(known, stored.nextOn, 'in_action')
  if (item.isCreditNote) return stands(known, null, 'credit_note')
  const version = debtor && versionFor(planning, debtor, stored?.versionId ?? null)
  if (!version) return stands(known, null, 'no_workflow')

  const facts = factsOf(planning, item, debtor, version)
  const { steps } = version.workflow
  const isSwitched = known !== null && known !== version.id
  const stood = isSwitched ? positionOn(steps, before, facts) : before
  const next = nextStep(steps, stood, facts)
  if (next.kind === 'through') return stands(version.id, null, 'through', next.position)
  if (next.kind === 'waits')
    return stands(version.id, next.on, next.for === 'held' ? `held:${heldBy(planning, item)?.reason as 'promise'}` : (next.for ?? null), next.position)
  if (debtor.isStale) return stands(version.id, debtor.calendar.rollOn(planning.today + 1), 'stale_ledger', stood)
  return { ...stands(version.id, planning.today, null, next.position, stood), isDue: true }
}

/** The version that the item runs through: the one it began on while its debtor is on that workflow, else the newest of its debtor's. */
function versionFor({ versions, current, moving }: Planning, { workflow }: DebtorFacts, begunOn: number | null): WorkflowVersion | undefined {
  const begun = begunOn === null ? undefined : versions.get(begunOn)
  if (begun && begun.key === workflow && !moving.has(workflow)) return begun
  return workflow === undefined ? undefined : current.get(workflow)
}

function factsOf(planning: Planning, item: OpenItem, debtor: DebtorFacts, { workflow }: WorkflowVersion): ItemFacts & { dueOn: DayNumber } {
  const { today, debtors, usualDaysLate, matches } = planning
  const { calendar } = debtor
  const usual = workflow.patienceDays > 0 ? usualDaysLate.get(debtor.id) : undefined
  const { backOn } = debtors.get(addressedOf(planning, item)) ?? debtor
  const branch = workflow.branches.find(({ when }) => matches(debtor.id, when))
  return {
    dueOn: item.dueOn,
    today,
    calendar,
    heldBefore: heldBy(planning, item)?.before ?? null,
    patientBefore: usual !== undefined && usual <= workflow.patienceDays ? item.dueOn + usual + 1 : null,
    absence: backOn === null ? null : { backOn, days: workflow.absenceDays },
    legalFrom: index => {
      const step = workflow.steps[index]
      return debtor.isConsumer && step ? consumerWait(debtor.country, step, item.stored ?? toldNothing) : null
    },
    fits: index => {
      const conditions = workflow.steps[index]?.conditions
      return conditions === undefined || matches(debtor.id, conditions)
    },
    branch: branch && workflow.steps.findIndex(({ name }) => name === branch.to),
  }
}

const toldNothing: Told = { remindedOn: null, remindedBy: null, announcedOn: null, announcedBy: null }

/** The hold that keeps all of an item back longest, on itself or on its debtor; a part that is all of it counts, too. */
function heldBy({ holds }: Planning, item: OpenItem): Hold | undefined {
  const [own, debtors] = [holds.items.get(item.invoiceId), holds.debtors.get(item.debtorId)]
  if (own && debtors) return own.before > debtors.before ? own : debtors
  return own ?? debtors ?? (isAllInParts(holds, item) ? { reason: 'dispute', before: Infinity } : undefined)
}

const isAllInParts = (holds: Holds, item: OpenItem): boolean => holds.parts.has(item.invoiceId) && amountAsked(holds, item).lte(0)

/** What is asked for of an item: what is open, less the parts that holds keep back. */
function amountAsked({ parts }: Holds, { invoiceId, openAmount }: OpenItem): Prisma.Decimal {
  return (parts.get(invoiceId) ?? []).reduce((amount, part) => amount.sub(part), new Prisma.Decimal(openAmount))
}

/** Below what a workflow finds worth the trouble nothing is done: all that is overdue of the unit counts, credit notes too. */
function keepSmallSumsOut(planning: Planning, planned: readonly PlannedItem[], due: readonly PlannedItem[]): void {
  const { versions, today, inReporting } = planning
  const least = due.flatMap(({ versionId }) => versions.get(versionId ?? 0)?.workflow.minimumAmount ?? [])
  if (least.length === 0) return
  const sums = new Map<string, Prisma.Decimal>()
  for (const { item } of planned) {
    if (item.dueOn < today) sums.set(item.currency, (sums.get(item.currency) ?? new Prisma.Decimal(0)).add(item.openAmount))
  }
  const total = inReporting(sums)
  for (const each of due) {
    const minimum = versions.get(each.versionId ?? 0)?.workflow.minimumAmount
    if (minimum === undefined) continue
    if (total !== null && total.gte(minimum)) continue
    lookAgain(planning, each, total === null ? 'unconverted' : 'below_minimum')
  }
}

/** What is not done today is looked at again on the next day on which people work; its path is as it was. */
function lookAgain({ today, debtors }: Planning, planned: PlannedItem, reason: ItemReason | null, from = today + 1): void {
  const calendar = debtors.get(planned.item.debtorId)?.calendar
  Object.assign(planned, { ...planned.stood, reason, isDue: false, nextOn: calendar?.rollOn(from) ?? from })
}

function actionsOf(planning: Planning, due: readonly PlannedItem[]): PlannedAction[] {
  const byTrack = Map.groupBy(due, planned => trackOf(planning, planned))
  const actions: PlannedAction[] = []
  for (const [track, all] of byTrack) {
    const items = track === 'outside' ? allOrOneStep(planning, all) : all
    const key = actedKey({ debtorId: leaderOf(planning, items), track })
    const isActed = planning.acted.has(key)
    const isFree = !isActed && (track !== 'outside' || mayTouch(planning, items))
    const taken = new Set(isFree ? items : [])
    for (const planned of all) if (!taken.has(planned)) lookAgain(planning, planned, isActed ? null : 'contact_budget')
    if (!isFree) continue
    planning.acted.add(key)
    actions.push(actionOf(planning, track, items))
  }
  return actions
}

/** What may share one text: all of it, but for a consumer only the items of the step that is furthest, as each step owes an item its own notice. */
function allOrOneStep({ debtors }: Planning, items: readonly PlannedItem[]): readonly PlannedItem[] {
  if (!items.some(({ item }) => debtors.get(item.debtorId)?.isConsumer)) return items
  const leading = furthest(items)
  return items.filter(({ versionId, step }) => versionId === leading.versionId && step === leading.step)
}

const furthest = (items: readonly PlannedItem[]): PlannedItem => items.reduce((best, each) => (each.step > best.step ? each : best))

function stepOf({ versions }: Planning, { versionId, step }: PlannedItem) {
  const found = versions.get(versionId ?? 0)?.workflow.steps[step]
  if (!found) throw new Error(`a due item stands at step ${step} of version ${versionId}, which has none`)
  return found
}

function trackOf(planning: Planning, planned: PlannedItem): string {
  const step = stepOf(planning, planned)
  return isOutside(step) ? 'outside' : step.type
}

/** Whether the person whom these items reach, and the central file that they are of, may hear from us today; then it does. */
function mayTouch(planning: Planning, items: readonly PlannedItem[]): boolean {
  const { debtors, touches, rules } = planning
  const groupId = groupOf(items)
  const people = [debtors.get(leaderOf(planning, items))?.person, groupId === null ? undefined : groupKey(groupId)].filter(each => each !== undefined)
  for (const person of people) {
    const { today, week } = touches.get(person) ?? { today: 0, week: 0 }
    if (today >= rules.perDay || week >= rules.perWeek) return false
  }
  for (const person of people) touch(touches, person)
  return true
}

/** The central file as a whole that these items of one unit are of; null for those of one debtor. */
function groupOf([first]: readonly PlannedItem[]): number | null {
  return first && first.item.unit < 0 ? -first.item.unit : null
}

/** Who is written to about an item: its debtor, or who leads its central file. */
const addressedOf = ({ leads }: Planning, { unit, debtorId }: OpenItem): number => (unit < 0 ? leads.get(-unit) : undefined) ?? debtorId

/** Who hears about these items: their debtor, or who leads its central file. */
function leaderOf({ leads }: Planning, items: readonly PlannedItem[]): number {
  const groupId = groupOf(items)
  const lead = groupId === null ? undefined : leads.get(groupId)
  return lead ?? Math.min(...items.map(({ item }) => item.debtorId))
}

/** One action for all items of a track: the one that is furthest on its path leads, and all of them take their step with it. */
function actionOf(planning: Planning, track: string, items: readonly PlannedItem[]): PlannedAction {
  const leading = furthest(items)
  const { type, name } = stepOf(planning, leading)
  const action: PlannedAction = {
    debtorId: leaderOf(planning, items),
    groupId: groupOf(items),
    versionId: leading.versionId ?? 0,
    step: leading.step,
    stepName: name,
    type,
    track,
  }
  for (const planned of items)
    Object.assign(planned, { nextOn: planning.today, reason: 'in_action', action, amount: amountAsked(planning.holds, planned.item) })
  return action
}
