import { draftLanguage } from '#drafting'
import { findStaff, may, type Staff, sightOf } from '#people'
import type { Reader } from '../open-report.ts'
import { isInDomains } from './change-schedule.ts'
import type { PlannerDeps, Schedule } from './schedule.ts'

/**
 * Why somebody got nothing: they do not work here any more, may see nothing, the address is in none of the domains of the settings, nobody
 * who may has looked at what goes outside, the search does not work any more, there is no mailbox to send from, or the file is too large.
 */
export type Withheld = 'inactive' | 'nothing_in_sight' | 'domain' | 'not_confirmed' | 'filter' | 'no_mailbox' | 'too_large' | 'broken'

/** `isStaff`: may sign in, and so get a file by its link. */
export type Recipient = { kind: 'reader'; reader: Reader; address: string; isStaff: boolean } | { kind: 'withheld'; why: Withheld }

const withheld = (why: Withheld): Recipient => ({ kind: 'withheld', why })

/** As whom a recipient reads now: a colleague as themselves, an address outside as who let it go. `recipient`: `staff:3`, or an address. */
export async function recipientOf(deps: PlannerDeps, schedule: Schedule, recipient: string): Promise<Recipient> {
  const { client } = deps.database
  const staffId = /^staff:(\d+)$/.exec(recipient)?.[1]
  if (staffId !== undefined) {
    const staff = await findStaff(client, Number(staffId))
    if (!staff || !may(staff, 'look_up')) return withheld('inactive')
    const reader = readerFor(deps, staff, schedule.own)
    return seesNothing(reader) ? withheld('nothing_in_sight') : { kind: 'reader', reader, address: staff.email, isStaff: true }
  }
  const confirmer = schedule.confirmedById === null ? undefined : await findStaff(client, schedule.confirmedById)
  if (!confirmer || !may(confirmer, 'configure')) return withheld('not_confirmed')
  if (!isInDomains(recipient, (await deps.settings()).domains)) return withheld('domain')
  if (schedule.filter === '') return withheld('filter')
  const reader = readerFor(deps, confirmer, false)
  return seesNothing(reader) ? withheld('nothing_in_sight') : { kind: 'reader', reader, address: recipient, isStaff: false }
}

/** A colleague as the reader of a report: with `own`, of the debtors alone whose collector they are. */
export const readerFor = ({ timeZone, work }: Pick<PlannerDeps, 'timeZone' | 'work'>, staff: Staff, own: boolean): Reader => ({
  sight: { ...sightOf(staff), ...(own && { accounts: staff.key }) },
  language: draftLanguage(staff.language),
  timeZone: staff.timeZone ?? timeZone,
  work: () => work(own ? { ...staff, ownAccounts: true } : staff),
})

const seesNothing = ({ sight: { administrations } }: Reader): boolean => administrations !== 'all' && administrations.length === 0
