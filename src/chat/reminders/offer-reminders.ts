import { type Staff, sightOf } from '#people'
import { fromInstant } from '#platform'
import { viewEntries } from '#proposals'
import { refusalOf } from '../commands/entry.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { type ListAsked, writeAsked } from '../worklist/asked.ts'
import { type Offer, whyRead } from './reminder-cards.ts'
import { type Reminder, type ReminderKind, readKind, remindersAmong, waitingReminders, writeKind } from './waiting-reminders.ts'

/** The most that are approved at once: nobody looks through more, and every platform can draw as many ticks. */
const mostTogether = 80
const mostSamples = 3

/**
 * Offers a person the reminders of one kind that wait in a list, as things stand now: each is drawn anew first, and asked whether this
 * person's vote alone decides it. What is offered is kept, so that nothing is approved that they were not shown. Undefined when none waits.
 */
export async function offerReminders(deps: CommandDeps, staff: Staff, asked: ListAsked, kind: ReminderKind): Promise<Offer | undefined> {
  const { client, clock, proposals, surface } = deps
  const ofKind = ((await waitingReminders(deps, staff, asked)) ?? []).filter(each => writeKind(each.kind) === writeKind(kind))
  const plain = ofKind.filter(({ why }) => why === null)
  const ids = plain.slice(0, mostTogether).map(({ id }) => id)
  const ready = new Map((await proposals.readyEntries({ staffId: staff.id, entryIds: ids })).map(each => [each.entryId, each]))
  // Their figures may be others by now.
  const now = await inOrder(deps, ids)
  const chosen: Reminder[] = []
  const out: Offer['out'] = ofKind.flatMap(each => (each.why === null ? [] : [{ ...each, whyOut: whyRead(each.why, deps.context) }]))
  for (const reminder of now) {
    const found = ready.get(reminder.id)
    if (found?.kind === 'ready' && reminder.why === null && found.version === reminder.version) chosen.push(reminder)
    else if (found?.kind === 'second_vote') out.push({ ...reminder, whyOut: deps.context.words.reminders.whyOut.second_vote })
    else if (found?.kind === 'refused') out.push({ ...reminder, whyOut: refusalOf({ kind: 'invalid', problem: found.problem }, deps.context) })
    else if (reminder.why) out.push({ ...reminder, whyOut: whyRead(reminder.why, deps.context) })
  }
  if (chosen.length + out.length === 0) return undefined
  const results = chosen.map(({ id, version }) => ({ entryId: id, version }))
  const offer = { staffId: staff.id, surface, list: writeAsked(asked), kind: writeKind(kind), createdAt: fromInstant(clock.now()) }
  const run = await client.$transaction(async tx => {
    await tx.reminderRun.deleteMany({ where: { staffId: staff.id, status: 'offered' } })
    return tx.reminderRun.create({ data: { ...offer, results: { create: results } } })
  })
  return { runId: run.id, list: offer.list, kind, chosen, out, all: ofKind.length, samples: await samplesOf(deps, staff, chosen) }
}

/** What this person was offered last and has not approved yet, as it stands now; undefined for everything else. */
export async function standingOffer(deps: CommandDeps, staff: Staff, runId: number): Promise<Offer | undefined> {
  const { client, context } = deps
  const run = await client.reminderRun.findFirst({ where: { id: runId, staffId: staff.id, status: 'offered' }, include: { results: true } })
  const kind = run && readKind(run.kind)
  if (!run || !kind) return undefined
  const reminders = await inOrder(
    deps,
    run.results.map(({ entryId }) => entryId),
  )
  const isOffered = ({ id, version, why }: Reminder) => why === null && run.results.some(result => result.entryId === id && result.version === version)
  const isOut = ({ id }: Reminder) => run.results.some(result => result.entryId === id && result.excluded)
  const chosen = reminders.filter(each => isOffered(each) && !isOut(each))
  const out = reminders.filter(each => isOffered(each) && isOut(each)).map(each => ({ ...each, whyOut: context.words.reminders.whyOut.unticked }))
  return { runId, list: run.list, kind, chosen, out, all: chosen.length + out.length, samples: await samplesOf(deps, staff, chosen) }
}

/** The largest amount first. */
const inOrder = ({ client }: CommandDeps, ids: number[]): Promise<Reminder[]> => remindersAmong(client, ids)

/** One of each language, the largest first: what is looked at stands for the others. */
async function samplesOf({ client }: CommandDeps, staff: Staff, chosen: Reminder[]): Promise<Offer['samples']> {
  const first = chosen.filter(({ language }, index) => chosen.findIndex(each => each.language === language) === index).slice(0, mostSamples)
  return viewEntries(
    client,
    sightOf(staff),
    first.map(({ id }) => id),
  )
}
