import { coversToday, digestDue, lastWorkingDay, may, readPreference, type Staff, sightOf, takeDigest } from '#people'
import { type Db, fromInstant } from '#platform'
import { proposalsInSight } from '#proposals'
import { type CardElement, cardSchema } from '../card.ts'
import { aloneLine } from '../cards/alone-line.ts'
import { amountConcerned } from '../cards/amount-concerned.ts'
import { type CardContext, cardTitle } from '../cards/proposal-card.ts'
import { channelsOf, ownChannel } from '../channels.ts'
import { countHandled } from '../commands/handled.ts'
import { openTasks } from '../commands/task-list.ts'
import { ownersActedFor } from '../commands/waiting.ts'
import { writePost } from '../posts.ts'
import { waitingReminders } from '../reminders/waiting-reminders.ts'
import { workingDaysOf } from '../working-days.ts'
import { linesOf } from '../worklist/item-lines.ts'
import { countWork, readWorklist, type WorklistDeps } from '../worklist/read-worklist.ts'
import type { PostProposalDeps } from './post-proposal.ts'
import { isToDecide, reminderSubject, unsent } from './post-reminder.ts'
import { type RestDeps, restOf } from './rest-of.ts'

export type PostDigestsDeps = Omit<PostProposalDeps, 'context'> &
  RestDeps &
  Pick<WorklistDeps, 'reportingCurrency'> & { contextIn: (language: string) => CardContext }

const mostLines = 10

/**
 * Writes the morning list of everybody whose list is due now: what waits for them, and what came while they were not to be disturbed.
 * One private post per person and day, however many processes ask; none where nothing waits and nothing was settled, and none for who is
 * away: the list of who does their work has it. Returns how many.
 */
export async function postDigests(deps: PostDigestsDeps): Promise<number> {
  const { client } = deps
  const wanted = { active: true, OR: [{ preference: null }, { preference: { digestAt: { not: null } } }] }
  const people = await client.staff.findMany({ where: wanted, include: { preference: { select: { staffId: true } } }, orderBy: { id: 'asc' } })
  const away = await coversToday(client, deps.clock, deps.timeZone)
  let written = 0
  // Who never chose gets one where there is something for them to decide.
  for (const staff of people.filter(({ id }) => !away.has(id))) if ((staff.preference || may(staff, 'decide')) && (await postDigest(deps, staff))) written += 1
  return written
}

async function postDigest(deps: PostDigestsDeps, staff: Staff): Promise<boolean> {
  const { client, clock, surface, calendars, contextIn } = deps
  const zone = staff.timeZone ?? deps.timeZone
  const worksOn = await workingDaysOf(client, calendars(), staff)
  const day = digestDue(await readPreference(client, staff.id), clock.now(), zone, worksOn)
  if (!day) return false
  const context = contextIn(staff.language)
  const [channel = ownChannel(staff)] = await channelsOf(client, staff)
  const held = await heldReminders(deps, staff)
  const before = lastWorkingDay(day, worksOn)
  const since = { day: before.toString(), from: fromInstant(before.toZonedDateTime(zone).toInstant()) }
  const card = await digestCard({ ...deps, context }, staff, held, since)
  const notBefore = await restOf(deps, staff) // a list that was chosen to come in the quiet hours comes at their end
  return client.$transaction(async tx => {
    if (!(await takeDigest(tx, staff.id, day)) || !card) return false
    await foldReminders(tx, held)
    await writePost(tx, clock, { surface, channel, subject: `digest:${day.toString()}`, privateTo: staff.id, sight: sightOf(staff), notBefore }, card)
    return true
  })
}

async function digestCard(deps: PostDigestsDeps & { context: CardContext }, staff: Staff, rested: Held[], since: { day: string; from: Date }) {
  const { client, proposals, context } = deps
  const { words, format } = context
  const whose = { owners: await ownersActedFor(deps, staff), orNobody: true }
  const [handled, needs] = [await countHandled(client, staff, whose, since.from), await countWork(deps, staff, whose)]
  const seen = await proposalsInSight(
    client,
    sightOf(staff),
    rested.map(({ proposalId }) => proposalId),
  )
  const held = [...seen]
  const alone = await aloneLine(client, staff, since, context)
  if (handled === 0 && needs === 0 && held.length === 0 && !alone) return undefined
  const reminders = (await waitingReminders(deps, staff, { whose: 'mine', sort: 'oldest', promise: false })) ?? []
  const queue = await readWorklist(deps, staff, { whose: 'mine', sort: 'risk', promise: false }, { page: 0, length: mostLines + held.length })
  const waiting = (queue?.items ?? []).filter(({ kind, id }) => kind !== 'proposal' || !seen.has(id)).slice(0, mostLines)
  const queueLines = (await linesOf({ ...deps, staff }, waiting, 'mine risk')).map(({ item, text, sums, extra, button }): CardElement => {
    const amounts = sums.map(({ amount, currency }) => format.money(amount, currency)).join(' + ')
    return {
      type: 'pick',
      text,
      note: [amounts, extra, words.daily.openSince(format.dateTime(item.at))].filter(Boolean).join(' · '),
      verb: words.daily.open,
      button,
    }
  })

  async function lines(ids: number[]): Promise<CardElement[]> {
    const views = (await Promise.all(ids.map(id => proposals.view(id, { brief: true })))).filter(view => view !== undefined).filter(isToDecide)
    return views.map(view => {
      const amounts = amountConcerned(view).map(({ amount, currency }) => format.money(amount, currency))
      const note = [amounts.join(' + '), words.daily.openSince(format.dateTime(view.createdAt))].filter(Boolean).join(' · ')
      const button = { action: 'proposal.show', label: words.button.openProposal, style: 'default' as const, data: { proposal: String(view.id), list: 'mine' } }
      return { type: 'pick' as const, text: cardTitle(view, words), note, verb: words.daily.open, button }
    })
  }

  const insurer = (await openTasks({ ...deps, staff }, { whose: 'mine', due: false })).filter(({ about }) => about?.code.startsWith('insurance_')).length
  const heldLines = await lines(held.slice(0, mostLines))
  const shown = heldLines.length + queueLines.length
  const title = words.daily.goodMorning(staff.name)
  const subtitle = words.daily.since(needs, handled, format.day(since.day))
  return cardSchema.parse({
    title,
    subtitle,
    elements: [
      ...(insurer > 0 ? [{ type: 'text' as const, text: words.insurance.mustHear(insurer), tone: 'warning' as const }] : []),
      ...(heldLines.length > 0 ? [heading(words.daily.held), ...heldLines] : []),
      ...(queueLines.length > 0 ? [heading(words.home.queue), ...queueLines] : []),
      ...(shown === 0 ? [heading(words.home.nothing)] : []),
      ...(alone ? [{ type: 'text' as const, text: `${words.dunning.day.label}: ${alone}`, weight: 'subtle' as const }] : []),
    ],
    buttons: [
      ...(needs > 0 ? [{ action: 'actions.show', label: words.home.open, data: { list: 'mine risk', page: '0' }, style: 'primary' as const }] : []),
      ...(reminders.length > 1 ? [{ action: 'reminders.list', label: words.reminders.together, data: { list: 'mine' } }] : []),
      { action: 'home.settings', label: words.home.change },
    ],
    fallback: `${title}: ${subtitle}`,
  })
}

const heading = (text: string) => ({ type: 'text' as const, text, weight: 'strong' as const })

type Held = { copyId: number; proposalId: number }

/** Reminders of this person that wait for their quiet hours to end. */
async function heldReminders({ client }: PostDigestsDeps, staff: Staff): Promise<Held[]> {
  const copies = await client.chatCopy.findMany({
    where: { ...unsent, post: { privateTo: staff.id, subject: { startsWith: reminderSubject('') } } },
    select: { id: true, post: { select: { subject: true } } },
    orderBy: { id: 'asc' },
  })
  return copies.map(({ id, post }) => ({ copyId: id, proposalId: Number(post.subject.slice(reminderSubject('').length)) }))
}

/** The list has told of them: they come by themselves no more. */
async function foldReminders(tx: Db, held: Held[]): Promise<void> {
  await tx.chatCopy.deleteMany({ where: { ...unsent, id: { in: held.map(({ copyId }) => copyId) } } })
}
