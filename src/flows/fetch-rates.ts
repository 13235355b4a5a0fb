import { storeRates } from '#ledger'
import { type DbClient, errorText, type Log, type Ops } from '#platform'

export type FetchRatesDeps = { client: DbClient; log: Log; ops: Ops; url: string }

const patience = 30_000 // milliseconds

/** Fetches the ECB's reference rates and stores what is new; a server that cannot be reached is told to people and tried again the next time. */
export async function fetchRates({ client, log, ops, url }: FetchRatesDeps): Promise<void> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(patience) })
    if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}`)
    const result = await storeRates(client, response.body.pipeThrough(new TextDecoderStream()), 'the fetched rates', 'duncan')
    log.info(result, 'exchange rates were fetched')
    await ops.resolve('rates:fetch')
  } catch (error) {
    await ops.raise({
      key: 'rates:fetch',
      problem: `Exchange rates could not be fetched: ${errorText(error)}`,
      remedy:
        'Check DUNCAN_RATES_URL and the network, or import them: duncan rates import <file>. Without young rates, amounts in other currencies count as above every limit.',
    })
  }
}
