import { type DunningPlace, dunningPlaceOf, type ItemsPlace } from '#dunning'
import { type Staff, sightOf } from '#people'
import type { Db } from '#platform'
import { type EntryView, viewEntries } from '#proposals'
import type { Words } from '../words/index.ts'
import { oneLine } from './cut.ts'
import type { CardContext } from './proposal-card.ts'
import { leftAlone } from './step-lines.ts'
import { stepName } from './step-name.ts'

const mostLines = 4

/** What comes next for the open items of a debtor, alike ones together: the step, its day, and why it waits. */
export function nextLines({ next }: DunningPlace, context: CardContext): string[] {
  return next.slice(0, mostLines).map(place => nextLine(place, context))
}

function nextLine({ items, step, on, reason }: ItemsPlace, { words, format }: CardContext): string {
  const say = words.dunning.place
  const what = step && reason !== 'no_workflow' && reason !== 'credit_note' ? stepName(step, words) : undefined
  const day = on && what ? say.onDay(what, format.day(on.toString())) : what
  return [day, reason && reasonText(reason, words), say.items(items)].filter(Boolean).join(' · ')
}

/** Why an item does not simply wait for its day, as a reader says it. */
function reasonText(reason: NonNullable<ItemsPlace['reason']>, { dunning, debtorCard: { waitReason } }: Words): string {
  const held = /^held:(.+)$/.exec(reason)?.[1]
  if (held !== undefined) return waitReason[held as keyof typeof waitReason] ?? held
  return dunning.itemReasons[reason as keyof typeof dunning.itemReasons] ?? reason
}

/** What was done about a debtor last, with who let it leave; `entries`: those of its steps. */
export function pastLines({ steps }: DunningPlace, entries: readonly EntryView[], { words, format }: CardContext): string[] {
  const say = words.dunning.place
  return steps.map(({ step, status, plannedOn, doneOn, entryId }) => {
    const entry = entries.find(({ id }) => id === entryId)
    const day = format.day((doneOn ?? plannedOn).toString())
    const who = entry && (leftAlone(entry) ? words.dunning.alone : entry.decidedBy && entry.status === 'done' ? say.decidedBy(entry.decidedBy) : undefined)
    return [`${day}: ${stepName(step, words)}`, say.statuses[status] ?? status, who].filter(Boolean).join(' · ')
  })
}

/** Which workflows in which version of the settings its items follow. */
export function versionLines({ next }: DunningPlace, { words }: CardContext): string[] {
  const known = next.flatMap(({ workflow, settingsVersion }) =>
    workflow === undefined ? [] : [words.dunning.place.version(oneLine(workflow, 60), String(settingsVersion))],
  )
  return [...new Set(known)]
}

/** The same of a debtor as one list: what comes next, then what was done last. */
export async function dunningLines(db: Db, staff: Staff, debtorId: number, context: CardContext): Promise<string[]> {
  const place = await dunningPlaceOf(db, debtorId)
  return [...nextLines(place, context), ...pastLines(place, await entriesOf(db, staff, place), context)]
}

/** The entries of what was done last, of those in sight. */
export const entriesOf = (db: Db, staff: Staff, { steps }: DunningPlace): Promise<EntryView[]> =>
  viewEntries(
    db,
    sightOf(staff),
    steps.flatMap(({ entryId }) => entryId ?? []),
  )
