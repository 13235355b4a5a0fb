import type { Temporal } from 'temporal-polyfill'
import type { Clock } from '#platform'

const failuresToOpen = 3
const restSeconds = 60

/** Stops asking an endpoint that failed three times in a row; after a minute one call may try again. */
export function createBreaker(clock: Clock) {
  let failures = 0
  let restsUntil: Temporal.Instant | undefined
  return {
    isOpen: (): boolean => restsUntil !== undefined && clock.now().epochMilliseconds < restsUntil.epochMilliseconds,
    succeeded: (): void => {
      failures = 0
      restsUntil = undefined
    },
    failed: (): void => {
      failures += 1
      if (failures >= failuresToOpen) restsUntil = clock.now().add({ seconds: restSeconds })
    },
  }
}
