import { type Staff, sightOf } from '#people'
import type { Clock } from '#platform'
import type { SearchContext } from '#search'
import type { CardContext } from './cards/proposal-card.ts'

/** What a search of this person may see, as of today where they are. */
export function searchContext({ staff, clock, context }: { staff: Staff; clock: Clock; context: CardContext }): SearchContext {
  const { timeZone } = context.format
  return { sight: sightOf(staff), today: clock.today(timeZone), timeZone }
}
