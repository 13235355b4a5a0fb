import { type Clock, type DbClient, DuncanError, type Log } from '#platform'
import type { CreditConfig } from '../config.ts'
import type { CreditRules } from '../rules.ts'
import { type Bureau, BureauError } from './bureau.ts'
import { type Ask, createConnection } from './creditsafe/connection.ts'
import { creditsafeNumbers } from './creditsafe/countries/index.ts'
import { createCreditsafe } from './creditsafe/creditsafe.ts'
import { createFileBureau, fileNumbers } from './file-bureau/file-bureau.ts'
import { createLoginMemory } from './login-memory.ts'
import type { NumberRules } from './number-rules.ts'
import { bureauOf } from './served-by.ts'

export type LoginState = 'none' | 'refused' | 'fine'

export type Bureaus = {
  /** A bureau of the settings by its name. Throws DuncanError `credit.no_login` where it needs one. */
  open: (name: string, rules: CreditRules) => Bureau
  /** Whether there is a login for Creditsafe, and whether these words were refused. */
  login: () => Promise<LoginState>
}

type OpenDeps = { client: DbClient; clock: Clock; log: Log; config: CreditConfig }

/** The bureaus of the settings. The connection to Creditsafe lives as long as the process: it holds the token. */
export function createBureaus({ client, clock, log, config }: OpenDeps): Bureaus {
  const { DUNCAN_CREDITSAFE_URL: url, DUNCAN_CREDITSAFE_USERNAME: username, DUNCAN_CREDITSAFE_PASSWORD: password } = config
  const login = username && password ? { username, password } : undefined
  const memory = login && createLoginMemory(client, clock, 'creditsafe', login)
  let connection: Ask | undefined

  function ask(): Ask {
    if (!login || !memory) {
      const remedy = 'Set DUNCAN_CREDITSAFE_USERNAME and DUNCAN_CREDITSAFE_PASSWORD, or credit.on: false.'
      throw new DuncanError('credit.no_login', 'There is no login for Creditsafe.', remedy)
    }
    return (connection ??= createConnection({ url, ...login, memory, clock, log }))
  }

  return {
    login: async () => (!memory ? 'none' : (await memory.wasRefused()) ? 'refused' : 'fine'),
    open: (name, { bureaus, portfolio }) => {
      const settings = bureaus[name]
      if (!settings) throw new DuncanError('credit.unknown_bureau', `The settings name no bureau ${name}.`, 'Name it under credit.bureaus.')
      if (settings.kind === 'creditsafe') return createCreditsafe(ask(), portfolio)
      const monitored = async () => {
        const rows = await client.creditCompany.findMany({ where: { bureau: name, monitoring: 'monitored' }, select: { bureauId: true } })
        return rows.map(({ bureauId }) => bureauId)
      }
      return createFileBureau({ name, settings, clock, monitored })
    },
  }
}

/** How debtors are looked up, each at the bureau that serves its country. */
export function numbersOf(rules: CreditRules): NumberRules {
  const at = (country: string): NumberRules => {
    const name = bureauOf(rules, country)
    return name !== undefined && rules.bureaus[name]?.kind === 'file' ? fileNumbers : creditsafeNumbers
  }
  return {
    keyOf: (country, debtor) => at(country).keyOf(country, debtor),
    query: (country, key) => at(country).query(country, key),
    isSame: (country, key, found) => at(country).isSame(country, key, found),
    isShared: country => at(country).isShared(country),
  }
}

const remedies: Partial<Record<string, string>> = {
  refused: 'Correct DUNCAN_CREDITSAFE_USERNAME and DUNCAN_CREDITSAFE_PASSWORD; three bad logins can lock the account.',
  forbidden: 'See in the contract that this account may monitor companies and order reports.',
}

/** A bureau that cannot be asked, in a form that an operator can act on; `credit.away`: trying again later may help. */
export function faultOf(error: BureauError, bureau: string): DuncanError {
  const code = error.problem === 'refused' || error.problem === 'forbidden' ? error.problem : 'away'
  const later = `It is tried again by itself, and goes on where it stopped. \`duncan credit status\` shows how far ${bureau} came.`
  return new DuncanError(`credit.${code}`, error.message, remedies[error.problem] ?? later, { cause: error })
}
