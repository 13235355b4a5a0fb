import { creditFactsOf, filedMails } from '#credit'
import { debtorsInSight, mailInSight, sightOf } from '#people'
import { Prisma } from '#platform'
import { entriesWaitingOf } from '#proposals'
import { debtorOverview, type LookUpHit, lookUp, nextStepOf } from '#search'
import { cardFor } from '../button-rights.ts'
import { debtorCard } from '../cards/debtor-card.ts'
import { dunningLines } from '../cards/dunning-lines.ts'
import { inboxCard } from '../cards/inbox-card.ts'
import type { PickAction } from '../cards/similar-picks.ts'
import type { ClickOutcome } from '../click.ts'
import { creditLine } from '../credit/credit-line.ts'
import { monitoringShown } from '../credit/monitoring-shown.ts'
import { waitingPaymentLines } from '../pay-links/pay-link-cards.ts'
import { assignedTo } from '../workflows/click-workflow.ts'
import { assignedText } from '../workflows/workflow-card.ts'
import { type Picking, pickDebtor, pickPageLength } from './pick-debtor.ts'
import type { CommandDeps } from './registry.ts'

const inboxLength = 10
const waitingLength = 5
const similarLength = 5

/** `/debtor`: the status card of the one debtor that is meant, or all that could be. */
export const debtorCommand = (deps: CommandDeps, query: string): Promise<ClickOutcome> => oneDebtor(deps, query, 'debtor.show', debtorAnswer)

/** `/inbox`: the mails of the one debtor that is meant, or all debtors that could be. */
export const inboxCommand = (deps: CommandDeps, query: string): Promise<ClickOutcome> => oneDebtor(deps, query, 'debtor.inbox', inboxAnswer)

const typedAs: Record<PickAction, string> = {
  'debtor.show': '/debtor',
  'debtor.inbox': '/inbox',
  'note.open': '/duncan note',
  'entry.promise': '/duncan promise',
  'entry.dispute': '/duncan dispute',
  'entry.hold': '/duncan hold',
  'entry.insurance_report': '/duncan insurance',
  'entry.credit_limit': '/duncan limit',
  'entry.workflow': '/duncan workflow',
  'risk.debtor': '/risk',
  'debtor.why': '/duncan why',
  'credit.company': '/duncan company',
  'tag.open': '/duncan tag',
  'tone.open': '/duncan tone',
  'mail.open': '/duncan mail',
  'mail.list': '/duncan move',
  'plan.show': '/duncan plan',
  'group.show': '/duncan group',
  'pay_links.show': '/duncan paylink',
}

type Answer = (deps: CommandDeps, debtorId: number, similar: LookUpHit[]) => Promise<ClickOutcome>

/** The answer for the one debtor that is meant, or a picker that leads to it by `action`. */
export async function oneDebtor(deps: CommandDeps, query: string, action: PickAction, answer: Answer): Promise<ClickOutcome> {
  const { words } = deps.context
  if (query === '') return { kind: 'refused', message: words.command.missingQuery(typedAs[action]) }
  const { meant, hits } = await lookUp(deps.client, sightOf(deps.staff), query, { limit: similarLength + 1 })
  if (!meant) return pickAnswer(deps, { query, page: 0, action })
  return answer(
    deps,
    meant.id,
    hits.filter(({ id }) => id !== meant.id),
  )
}

/** A page of the debtors that a look-up could mean. */
export async function pickAnswer({ client, staff, context }: CommandDeps, picking: Picking): Promise<ClickOutcome> {
  const page = Math.max(0, picking.page)
  const found = await lookUp(client, sightOf(staff), picking.query, { limit: pickPageLength, offset: page * pickPageLength })
  const title = context.words.command.pickTitle(picking.query.slice(0, 60))
  return { kind: 'private', card: pickDebtor({ ...picking, page }, found, title, context) }
}

/** The status card of a debtor as of today, and what else could have been meant. */
export async function debtorAnswer(deps: CommandDeps, debtorId: number, similar: LookUpHit[] = []): Promise<ClickOutcome> {
  const { client, clock, staff, proposals, context } = deps
  const overview = await debtorOverview(client, { sight: sightOf(staff), clock }, debtorId)
  if (!overview) return { kind: 'refused', message: context.words.outcome.gone }
  const waiting = await Promise.all(overview.proposals.slice(0, waitingLength).map(({ id }) => proposals.view(id, { brief: true })))
  const views = waiting.filter(view => view !== undefined)
  const facts = await creditFactsOf(client, sightOf(staff), debtorId)
  const assigned = await assignedTo(deps, debtorId)
  const beside = {
    waiting: views,
    similar,
    credit: facts && creditLine(facts, context),
    monitoring: await monitoringShown(deps, debtorId),
    workflow: assigned && assignedText(assigned, context),
    entries: await entriesWaitingOf(client, sightOf(staff), debtorId),
    dunning: await dunningLines(client, staff, debtorId, context),
    paidByLink: await waitingPaymentLines(client, debtorId, context),
  }
  return { kind: 'private', card: cardFor(staff, debtorCard(overview, beside, context)) }
}

/** The newest mails of a debtor in sight, in and out; also what was written to its central file. */
export async function inboxAnswer({ client, clock, staff, context }: CommandDeps, debtorId: number, similar: LookUpHit[] = []): Promise<ClickOutcome> {
  const sight = sightOf(staff)

  const debtor = await client.debtor.findFirst({ where: { id: debtorId, ...debtorsInSight(sight) }, select: { id: true, name: true, number: true } })
  if (!debtor) return { kind: 'refused', message: context.words.outcome.gone }
  const mails = await client.$queryRaw<
    { id: number; direction: string; threadId: number | null; subject: string; at: Date; from: string | null; text: string }[]
  >`
    SELECT m.id, m.direction, m."threadId", m.subject, m."receivedAt" AS at, COALESCE(m."fromName", m."fromAddress") AS "from", m."replyText" AS text FROM "Message" m
    WHERE (m."debtorId" = ${debtorId} OR m."alsoDebtorIds" @> ARRAY[${debtorId}]::int[]) AND ${mailInSight(sight, Prisma.sql`m`)} ORDER BY m."receivedAt" DESC, m.id DESC LIMIT ${inboxLength}`
  const filed = await filedMails(
    client,
    mails.map(({ id }) => id),
  )
  const lines = mails.map(mail => ({ ...mail, from: mail.from ?? '?', bureau: filed.get(mail.id) }))
  const next = await nextStepOf(client, { sight, clock }, debtorId)
  return { kind: 'private', card: cardFor(staff, inboxCard({ ...debtor, next }, lines, similar, context)) }
}
