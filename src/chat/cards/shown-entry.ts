import type { Sight } from '#people'
import type { Clock, Db } from '#platform'
import { type EntryView, viewEntry } from '#proposals'
import { type NextStep, nextStepOf } from '#search'

/** An entry with what comes next for its debtor beside it. */
export type ShownEntry = EntryView & { next: NextStep | undefined }

/**
 * What the card of an entry shows; undefined when there is none of that id in sight. `told`: what of the next step its readers may know, where that
 * is less. `own`: the entry that is no next step, where it is another one that just went.
 */
export async function shownEntry(
  { client, clock }: { client: Db; clock: Clock },
  sight: Sight,
  id: number,
  { told = sight, own = id }: { told?: Sight; own?: number } = {},
): Promise<ShownEntry | undefined> {
  const view = await viewEntry(client, sight, id)
  return view && { ...view, next: await nextStepOf(client, { sight: told, clock }, view.debtor.id, { kind: 'entry', id: own }) }
}
