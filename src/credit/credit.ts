import { type Clock, type Database, DuncanError, type Log, type Queue } from '#platform'
import { type AlertRule, defaultAlertRules } from './alerts/alert-rule.ts'
import { type RaiseDeps, raiseAlerts } from './alerts/raise-alerts.ts'
import { type AskBureau, createAskBureau } from './ask-bureau.ts'
import { type Bureau, BureauError } from './bureau.ts'
import type { CreditConfig } from './config.ts'
import type { NightCounts } from './count-night.ts'
import { createConnection } from './creditsafe/connection.ts'
import { creditsafeNumbers } from './creditsafe/countries/index.ts'
import { createCreditsafe } from './creditsafe/creditsafe.ts'
import { createLoginMemory } from './login-memory.ts'
import { setMonitoring, type Wish, type WishOutcome } from './monitoring.ts'
import { type NightDeps, type NightTrigger, runNight } from './night.ts'
import { type AddOutcome, addParty, linkParty, type NewParty, type PartyLink } from './parties/add-party.ts'
import type { CreditRules } from './rules.ts'
import { type CreditStatus, creditStatus } from './status.ts'

export type CreditDeps = {
  database: Pick<Database, 'client' | 'pool'>
  clock: Clock
  log: Log
  config: CreditConfig
  /** As the settings stand now. */
  rules: () => Promise<CreditRules>
  /** IANA time zone of days such as an item's closing day. */
  timeZone: string
  queue: Pick<Queue, 'sendMany'>
  /** The alert rules of the settings; where there are none, those that Duncan comes with hold. */
  alertRules: () => Promise<Record<string, AlertRule>>
  segmentsOf: RaiseDeps['segmentsOf']
}

/** `off`: switched off in the settings. `running`: another process is at it. */
export type SyncOutcome = { outcome: 'done'; runId: number; counts: NightCounts } | { outcome: 'off' } | { outcome: 'running' }

export type Credit = AskBureau & {
  /** As the settings stand now. */
  rules: () => Promise<CreditRules>
  /** Keeps a person's word on which debtors are monitored; the next night acts on it. */
  setMonitoring: (wish: Wish) => Promise<WishOutcome>
  /** Adds a debtor, prospect or supplier from a company that somebody found; one that is there already is not added again. */
  addParty: (party: NewParty) => Promise<AddOutcome>
  /** Links a debtor that is there already to a company that somebody found; false when there is no such debtor. */
  linkParty: (link: PartyLink) => Promise<boolean>
  /** Asks the bureau for everything new. Throws DuncanError `credit.*` when it cannot be asked; a run that broke off goes on at the next call. */
  sync: (trigger: NightTrigger) => Promise<SyncOutcome>
  status: () => Promise<CreditStatus>
}

/** Credit risk of the debtors, by the bureau of the settings. Nothing is asked while it is switched off. */
export function createCredit({ database, clock, log, config, rules, timeZone, queue, alertRules, segmentsOf }: CreditDeps): Credit {
  const { client, pool } = database
  // One for the life of the process: it holds the token.
  let bureau: Bureau | undefined

  function connect({ portfolio }: CreditRules): Bureau {
    const { DUNCAN_CREDITSAFE_URL: url, DUNCAN_CREDITSAFE_USERNAME: username, DUNCAN_CREDITSAFE_PASSWORD: password } = config
    if (!username || !password) {
      throw new DuncanError(
        'credit.no_login',
        'There is no login for Creditsafe.',
        'Set DUNCAN_CREDITSAFE_USERNAME and DUNCAN_CREDITSAFE_PASSWORD, or credit.on: false.',
      )
    }
    const memory = createLoginMemory(client, clock, 'creditsafe', { username, password })
    return (bureau ??= createCreditsafe(createConnection({ url, username, password, memory, clock, log }), portfolio))
  }

  return {
    ...createAskBureau({ client, clock, log, rules, bureauFor: (_country, current) => connect(current), numbers: creditsafeNumbers }),
    rules,
    setMonitoring: async wish => setMonitoring({ client, clock, rules: await rules(), numbers: creditsafeNumbers, timeZone }, wish),
    addParty: party => addParty({ client, clock, numbers: creditsafeNumbers }, party),
    linkParty: link => linkParty({ client, clock, numbers: creditsafeNumbers }, link),
    status: async () => creditStatus({ client, clock, rules: await rules(), timeZone, hasLogin: config.DUNCAN_CREDITSAFE_USERNAME !== undefined }),
    sync: async trigger => {
      const current = await rules()
      if (!current.on) return { outcome: 'off' }
      const connection = await pool.connect()
      try {
        const { rows } = await connection.query<{ taken: boolean }>("SELECT pg_try_advisory_lock(hashtext('credit night')) AS taken")
        if (!rows[0]?.taken) return { outcome: 'running' }
        const own = await alertRules()
        const alerts = { clock, queue, rules: Object.keys(own).length > 0 ? own : defaultAlertRules, segmentsOf, supplierChannel: current.supplierChannel }
        const onChanges: NightDeps['onChanges'] = (tx, changes) => raiseAlerts(tx, alerts, changes)
        const deps = { client, clock, log, bureau: connect(current), numbers: creditsafeNumbers, rules: current, timeZone, onChanges }
        return { outcome: 'done', ...(await runNight(deps, trigger)) }
      } catch (error) {
        throw error instanceof BureauError ? faultOf(error) : error
      } finally {
        connection.release(true) // ends the connection, and the lock with it
      }
    },
  }
}

/** A bureau that cannot be asked, in a form that an operator can act on. */
function faultOf(error: BureauError): DuncanError {
  const wait = 'It is tried again by itself, and goes on where it stopped. `duncan creditsafe status` shows how far it came.'
  if (error.problem === 'refused') {
    return new DuncanError(
      'credit.refused',
      error.message,
      'Correct DUNCAN_CREDITSAFE_USERNAME and DUNCAN_CREDITSAFE_PASSWORD; three bad logins can lock the account.',
      {
        cause: error,
      },
    )
  }
  if (error.problem === 'forbidden') {
    return new DuncanError('credit.forbidden', error.message, 'See in the contract that this account may monitor companies and order reports.', {
      cause: error,
    })
  }
  return new DuncanError('credit.away', error.message, wait, { cause: error })
}
