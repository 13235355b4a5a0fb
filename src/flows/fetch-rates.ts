import type { Temporal } from 'temporal-polyfill'
import { storeRates } from '#ledger'
import { type Clock, type DbClient, DuncanError, errorText, type Log, type Ops, toPlainDate } from '#platform'

export type FetchRatesDeps = { client: DbClient; clock: Clock; log: Log; ops: Ops; url: string }

const patience = 30_000 // milliseconds

/**
 * Fetches the ECB's reference rates, where those of the newest day are not here yet, and stores what is new; a server that cannot be
 * reached is told to people and tried again the next time.
 */
export async function fetchRates({ client, clock, log, ops, url }: FetchRatesDeps): Promise<void> {
  const { _max: newest } = await client.currencyRate.aggregate({ _max: { day: true } })
  const isHere = newest.day !== null && toPlainDate(newest.day).toString() >= newestRateDay(clock.now()).toString()
  if (isHere) return ops.resolve('rates:fetch')
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience) })
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`)
    const result = await storeRates(client, response.body.pipeThrough(new TextDecoderStream()), 'the fetched rates', 'duncan')
    log.info(result, 'exchange rates were fetched')
    await ops.resolve('rates:fetch')
  } catch (error) {
    await ops.raise({
      key: 'rates:fetch',
      problem: `Exchange rates could not be fetched: ${reasonOf(error)}`,
      remedy:
        'Check DUNCAN_RATES_URL and the network, or import them: duncan rates import <file>. Without young rates, amounts in other currencies count as above every limit.',
    })
  }
}

/** The newest day whose rates should be out: the ECB sets them on working days at 16:00 in Frankfurt. On a bank holiday it sets none. */
function newestRateDay(now: Temporal.Instant): Temporal.PlainDate {
  const here = now.toZonedDateTimeISO('Europe/Berlin')
  const day = here.hour * 60 + here.minute < 16 * 60 + 30 ? here.toPlainDate().subtract({ days: 1 }) : here.toPlainDate()
  return day.dayOfWeek > 5 ? day.subtract({ days: day.dayOfWeek - 5 }) : day
}

/** The innermost cause says more than the "fetch failed" around it. */
function reasonOf(error: unknown): string {
  const isHollow = error instanceof Error && error.cause instanceof Error && !(error instanceof DuncanError)
  return isHollow ? reasonOf(error.cause) : errorText(error)
}
