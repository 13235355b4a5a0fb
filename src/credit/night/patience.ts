import type { Log } from '#platform'
import { BureauError, type BureauProblem } from '../bureaus/bureau.ts'

/** So many failures in a row are no fault of single companies: the run stops, and goes on when it is tried again. */
const mostFailures = 12

const ofOneCompany: BureauProblem[] = ['unknown', 'forbidden', 'faulty']

/**
 * Lets single companies fail. Returns what does a piece of work and returns the fault when the bureau could not do it; it throws BureauError
 * when the login is refused, and when the bureau fails again and again. Other faults are thrown as they are.
 */
export function createPatience(log: Log): (subject: object, work: () => Promise<void>) => Promise<BureauError | undefined> {
  let failures = 0
  return async (subject, work) => {
    try {
      await work()
      failures = 0
      return undefined
    } catch (error) {
      if (!(error instanceof BureauError) || error.problem === 'refused') throw error
      log.warn({ ...subject, problem: error.problem, correlationId: error.correlationId }, 'the credit bureau could not be asked for one company')
      // An answer about this one company: the bureau itself is there.
      failures = ofOneCompany.includes(error.problem) ? 0 : failures + 1
      if (failures >= mostFailures) throw error
      return error
    }
  }
}
