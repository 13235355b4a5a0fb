import { creditChannel } from '#credit'
import { findStaff, fullSight, listStaff, may, type Staff, sightOf } from '#people'
import type { Clock, DbClient } from '#platform'
import { type EntryView, viewEntry } from '#proposals'
import { entryCard } from '../cards/entry-card.ts'
import type { CardContext } from '../cards/proposal-card.ts'
import { shownEntry } from '../cards/shown-entry.ts'
import { ownChannel } from '../channels.ts'
import { entryList } from '../commands/entry-list.ts'
import { putPost } from '../posts.ts'
import type { ProposalsPort } from './port.ts'
import { type RestDeps, restOf } from './rest-of.ts'

export type PostEntryDeps = RestDeps & {
  client: DbClient
  clock: Clock
  surface: string
  proposals: Pick<ProposalsPort, 'entryChannel'>
  context: CardContext
  contextIn: (language: string) => CardContext
}

type Redraw = { redrawAlert: (alertId: number) => Promise<void> }

const mostTold = 10

/** Draws what is to be seen of an entry: the card of its channel where it was opened, else those of who may give the second vote; returns these. */
export async function postEntry(deps: PostEntryDeps & Redraw, entryId: number): Promise<Staff[]> {
  const view = await viewEntry(deps.client, fullSight, entryId)
  if (!view) return []
  await tellResponsible(deps, view)
  if (!view.why) return tellVoters(deps, view)
  await postInChannel(deps, view)
  // The alert that it was chosen on says what waits.
  if (view.why.code === 'alert') await deps.redrawAlert(view.why.alertId)
  return []
}

async function postInChannel(deps: PostEntryDeps, view: EntryView): Promise<void> {
  const { client, clock, surface, proposals, context } = deps
  const subject = `entry:${view.id}`
  const isOpen = view.status === 'proposed' || view.status === 'awaiting_second'
  // One that waited in the list alone gets no card by being settled; reminders are many, and wait there.
  // One that leaves alone after the undo window is told, so that somebody may stop it.
  const isToStop = view.autonomy?.level === 'send_after_undo' && view.mail?.state === 'scheduled'
  if ((!isOpen || view.content.kind === 'dunning') && !isToStop && (await client.chatPost.count({ where: { surface, subject, privateTo: null } })) === 0) return
  const administrations = [...new Set([view.debtor, ...view.members].map(({ administration }) => administration))]
  const sight = { administrations, mailboxes: view.mailbox === null ? [] : [view.mailbox] }
  const channel = (await proposals.entryChannel(view)) ?? creditChannel
  // Who reads a channel may not know of other mails.
  const shown = await shownEntry(deps, fullSight, view.id, { told: { ...sight, mailboxes: [] } })
  if (shown) await putPost(client, clock, { surface, channel, subject, sight }, entryCard(shown, undefined, context))
}

/** Tells who sent a mail, alone and in their language, that it did not leave, or may not have; redraws what they were told when it stands otherwise. */
async function tellResponsible(deps: PostEntryDeps, { id, mail, responsible }: EntryView): Promise<void> {
  const { client, clock, surface, contextIn } = deps
  const person = responsible === null ? null : await findStaff(client, responsible)
  const view = person?.active ? await shownEntry(deps, sightOf(person), id) : undefined
  if (!person || !view || !mail) return
  const subject = `entry:${id}`
  const isTold = (await client.chatPost.count({ where: { surface, subject, privateTo: person.id } })) > 0
  if (mail.state !== 'failed' && mail.state !== 'unknown' && !isTold) return
  const place = { surface, channel: ownChannel(person), subject, privateTo: person.id, sight: sightOf(person), notBefore: await restOf(deps, person) }
  await putPost(client, clock, place, entryCard(view, person.id, contextIn(person.language)))
}

/** Tells those who may give the second vote, each alone and in their language, and redraws what they were told when it stands otherwise. */
async function tellVoters(deps: PostEntryDeps, { id, makers }: EntryView): Promise<Staff[]> {
  const { client, clock, surface, contextIn } = deps
  const subject = `entry:${id}`
  const known = await client.chatPost.findMany({ where: { surface, subject, privateTo: { not: null } }, select: { privateTo: true } })
  const told: Staff[] = []
  for (const person of (await listStaff(client)).filter(each => may(each, 'second_vote'))) {
    const view = await shownEntry(deps, sightOf(person), id)
    const isToAsk = view?.status === 'awaiting_second' && told.length < mostTold
    if (!view || makers.includes(person.id) || !(isToAsk || known.some(({ privateTo }) => privateTo === person.id))) continue
    const place = { surface, channel: ownChannel(person), subject, privateTo: person.id, sight: sightOf(person), notBefore: await restOf(deps, person) }
    await putPost(client, clock, place, entryCard(view, person.id, contextIn(person.language)))
    told.push(person)
  }
  return told
}

/** Tells one person, privately, what waits for their decision for too long. */
export async function postEntryReminder(deps: PostEntryDeps, staffId: number): Promise<void> {
  const { client, clock, surface, contextIn } = deps
  const person = (await listStaff(client)).find(({ id, active }) => id === staffId && active)
  if (!person) return
  const card = await entryList(client, person, contextIn(person.language))
  if (!card) return
  const place = {
    surface,
    channel: ownChannel(person),
    // One a day: a post that stands would only be written over, and ring nobody.
    subject: `entries:${clock.today(deps.timeZone).toString()}`,
    privateTo: person.id,
    sight: sightOf(person),
    notBefore: await restOf(deps, person),
  }
  await putPost(client, clock, place, card)
}
