import type { Credit } from '#credit'
import { DuncanError, type Log, type Ops } from '#platform'

/**
 * The night's run at the credit bureau. A login that is refused, or a right that is missing, is told to people and not tried again
 * tonight; a bureau that is away makes the job fail, so that it comes again and goes on where the run stopped.
 */
export async function creditNight({
  credit,
  ops,
  log,
  postNight,
}: {
  credit: Credit
  ops: Ops
  log: Log
  postNight: (runId: number) => Promise<unknown>
}): Promise<void> {
  try {
    const result = await credit.sync('night')
    if (result.outcome === 'running') return log.info('another process is asking the credit bureau')
    await ops.resolve('credit:creditsafe')
    if (result.outcome === 'done') await postNight(result.runId)
  } catch (error) {
    if (!(error instanceof DuncanError)) throw error
    await ops.raise({ key: 'credit:creditsafe', problem: error.message, remedy: error.remedy })
    if (error.code === 'credit.away') throw error
  }
}
