import { DuncanError } from '#platform'
import type { BureauCheck } from '../credit.ts'
import type { CreditRules } from '../rules.ts'
import { BureauError } from './bureau.ts'
import { type Bureaus, faultOf } from './open-bureau.ts'

/** Asks every bureau of the settings whether it is there, by what costs nothing: Creditsafe for the quotas, a folder for its newest file. */
export function checkBureaus(bureaus: Bureaus, rules: CreditRules): Promise<BureauCheck[]> {
  return Promise.all(Object.keys(rules.bureaus).map(checkBureau))

  async function checkBureau(name: string): Promise<BureauCheck> {
    try {
      const bureau = bureaus.open(name, rules)
      const file = await bureau.file?.()
      return file ? { name, is: 'file', file } : { name, is: 'quotas', quotas: await bureau.quotas() }
    } catch (error) {
      if (error instanceof BureauError) return { name, is: 'fault', fault: faultOf(error, name) }
      if (error instanceof DuncanError) return { name, is: 'fault', fault: error }
      throw error
    }
  }
}
