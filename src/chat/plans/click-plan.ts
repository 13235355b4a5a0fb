import { randomUUID } from 'node:crypto'
import { insuranceOf } from '#credit'
import { calendarOf, planInstalments, plansOf } from '#ledger'
import { debtorsInSight, sightOf } from '#people'
import { Prisma } from '#platform'
import { nextStepOf } from '#search'
import type { Click, ClickOutcome } from '../click.ts'
import { oneDebtor } from '../commands/debtor.ts'
import { enterContent, type PostEntry } from '../commands/entry.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { extensionLimit } from '../insurance/insurance-line.ts'
import { plansCard } from './plan-card.ts'
import { planForm, readPlan } from './plan-form.ts'

const actions = ['plan.show', 'plan.agree', 'plan.save', 'plan.end'] as const
/** The buttons of payment plans. */
export type PlanAction = (typeof actions)[number]

export const isPlanAction = (action: string): action is PlanAction => actions.some(known => known === action)

/** `/duncan plan`: the payment plans of the one debtor that is meant, or all debtors that could be. */
export const planCommand = (deps: CommandDeps, query: string): Promise<ClickOutcome> =>
  oneDebtor(deps, query, 'plan.show', (own, debtorId) => plansAnswer(own, debtorId))

/** Answers a button of payment plans. */
export async function clickPlan(deps: CommandDeps, post: PostEntry, pressed: Click & { action: PlanAction }, debtorId: number): Promise<ClickOutcome> {
  const { words } = deps.context
  switch (pressed.action) {
    case 'plan.show':
      return plansAnswer(deps, debtorId)
    case 'plan.agree':
      return openPlanForm(deps, debtorId)
    case 'plan.save': {
      const read = readPlan(pressed.values, deps.context)
      if (!read) return { kind: 'refused', message: words.outcome.invalid(words.plans.instalments('').replace(' ()', '')) }
      return enterContent(deps, post, { debtorId, formKey: pressed.data.form ?? '', ...read })
    }
    case 'plan.end': {
      const isEnded = await deps.proposals.endPaymentPlan({ planId: Number(pressed.data.plan), staffId: deps.staff.id, surface: deps.surface })
      return isEnded ? plansAnswer(deps, debtorId, words.plans.ended) : { kind: 'refused', message: words.plans.cannotEnd }
    }
    default:
      return pressed.action satisfies never
  }
}

async function plansAnswer({ client, clock, staff, context }: CommandDeps, debtorId: number, told?: string): Promise<ClickOutcome> {
  const debtor = await client.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sightOf(staff)) }, select: { id: true, number: true, name: true } })
  if (!debtor) return { kind: 'refused', message: context.words.outcome.gone }
  const next = await nextStepOf(client, { sight: sightOf(staff), clock }, debtorId)
  return { kind: 'private', card: plansCard(debtor, await plansOf(client, debtorId), next, context, told) }
}

/** The form, filled in with equal instalments of what is overdue, or of all that is open. */
async function openPlanForm({ client, clock, staff, context, calendars, proposals }: CommandDeps, debtorId: number): Promise<ClickOutcome> {
  const { words, format } = context
  const debtor = await client.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sightOf(staff)) }, include: { administration: true } })
  if (!debtor) return { kind: 'refused', message: words.outcome.gone }
  const today = clock.today(debtor.administration.timeZone)
  const open = await client.invoice.findMany({
    where: { debtorId, status: 'open', kind: 'invoice', openAmount: { gt: 0 }, plans: { none: { plan: { status: { in: ['running', 'at_risk'] } } } } },
    orderBy: [{ dueDate: 'asc' }, { id: 'asc' }],
  })
  const overdue = open.filter(({ dueDate }) => dueDate.toISOString().slice(0, 10) < today.toString())
  const about = overdue.length > 0 ? overdue : open
  const [first] = about
  if (!first) return { kind: 'refused', message: words.entries.nothingOpen }
  const own = about.filter(({ currency }) => currency === first.currency)
  const total = own.reduce((sum, { openAmount }) => sum.add(openAmount), new Prisma.Decimal(0))
  const calendar = calendarOf(calendars(), debtor.administration)
  const instalments = planInstalments({ total, asked: { dates: [] }, today, calendar, usualCount: proposals.usualInstalments() })
  const asked = {
    debtor,
    currency: first.currency,
    open: [words.entries.open(format.money(total.toFixed(2), first.currency), own.length), extensionLimit(await insuranceOf(client, today, debtorId), context)]
      .filter(Boolean)
      .join(' · '),
    instalments,
    invoices: own.map(({ number }) => number),
  }
  return { kind: 'form', card: planForm(asked, randomUUID(), context) }
}
