import type { Clock, Database, DuncanError, Log, Queue } from '#platform'
import { type AlertRule, defaultAlertRules } from './alerts/alert-rule.ts'
import { type RaiseDeps, raiseAlerts, wouldFind } from './alerts/raise-alerts.ts'
import { type RuleTried, tryRules } from './alerts/try-rules.ts'
import { type AskBureau, createAskBureau } from './bureaus/ask-bureau.ts'
import type { BureauFile, Quota } from './bureaus/bureau.ts'
import { checkBureaus } from './bureaus/check-bureaus.ts'
import { createBureaus, numbersOf } from './bureaus/open-bureau.ts'
import { bureauOf, restBureau } from './bureaus/served-by.ts'
import type { CreditConfig } from './config.ts'
import { setMonitoring, type Wish, type WishOutcome } from './monitoring.ts'
import { asNews } from './night/carry-over.ts'
import type { NightDeps, NightTrigger } from './night/run-night.ts'
import { type NightsOutcome, runNights } from './night/run-nights.ts'
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
export type SyncOutcome = NightsOutcome | { outcome: 'off' }

/** What can be told of a bureau without asking for a company: its quotas or its newest file, or why it cannot be asked. */
export type BureauCheck = { name: string } & ({ is: 'quotas'; quotas: Quota[] } | { is: 'file'; file: BureauFile } | { is: 'fault'; fault: DuncanError })

export type Credit = AskBureau & {
  /** As the settings stand now. */
  rules: () => Promise<CreditRules>
  /** Keeps a person's word on which debtors are monitored; the next night acts on it. */
  setMonitoring: (wish: Wish) => Promise<WishOutcome>
  /** Adds a debtor, prospect or supplier from a company that somebody found; one that is there already is not added again. */
  addParty: (party: NewParty) => Promise<AddOutcome>
  /** Links a debtor that is there already to a company that somebody found; false when there is no such debtor. */
  linkParty: (link: PartyLink) => Promise<boolean>
  /** Asks every bureau for everything new. What one of them could not do stands in the outcome; a run that broke off goes on at the next call. */
  sync: (trigger: NightTrigger) => Promise<SyncOutcome>
  status: () => Promise<CreditStatus>
  /** How often each alert rule would have told of something in the last days; changes nothing. */
  tryAlertRules: (days: number) => Promise<RuleTried[]>
  /** Asks every bureau whether it is there; nothing is paid. */
  check: () => Promise<BureauCheck[]>
}

/** Credit risk of the debtors, by the bureaus of the settings. Nothing is asked while it is switched off. */
export function createCredit({ database, clock, log, config, rules, timeZone, queue, alertRules, segmentsOf }: CreditDeps): Credit {
  const { client, pool } = database
  const bureaus = createBureaus({ client, clock, log, config })
  const bureauFor = (country: string | null, current: CreditRules) =>
    bureaus.open((country ? bureauOf(current, country) : undefined) ?? restBureau(current), current)

  const rulesInForce = async () => {
    const own = await alertRules()
    return Object.keys(own).length > 0 ? own : defaultAlertRules
  }

  return {
    ...createAskBureau({ client, clock, log, rules, bureauFor, numbersOf }),
    rules,
    setMonitoring: async wish => {
      const current = await rules()
      return setMonitoring({ client, clock, rules: current, numbers: numbersOf(current), timeZone }, wish)
    },
    addParty: async party => addParty({ client, clock, numbers: numbersOf(await rules()) }, party),
    linkParty: async link => linkParty({ client, clock, numbers: numbersOf(await rules()) }, link),
    status: async () => creditStatus({ client, clock, rules: await rules(), timeZone, login: await bureaus.login() }),
    tryAlertRules: async days => tryRules(client, { now: clock.now(), days, rules: await rulesInForce(), segmentsOf }),
    check: async () => checkBureaus(bureaus, await rules()),
    sync: async trigger => {
      const current = await rules()
      if (!current.on) return { outcome: 'off' }
      const alerts = { clock, queue, rules: await rulesInForce(), segmentsOf, supplierChannel: current.supplierChannel }
      // Where a country has moved to another bureau, a first value may be held against what the one before said.
      const hasMoved = (await client.creditFormerLink.count()) > 0
      const concerns: NightDeps['concerns'] = async changes => hasMoved || wouldFind({ pool, rules: alerts.rules, now: clock.now() }, changes)
      const onChanges: NightDeps['onChanges'] = async (tx, changes) => raiseAlerts(tx, alerts, await asNews(tx, changes))
      const deps = { client, clock, log, numbers: numbersOf(current), rules: current, timeZone }
      return runNights({ ...deps, pool, bureaus, onChanges, concerns }, trigger)
    },
  }
}
