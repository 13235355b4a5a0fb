import type { Click, ClickOutcome } from '../click.ts'
import type { CommandDeps } from '../commands/registry.ts'
import { createParty, linkFound, partyForm } from './add-party.ts'
import { correctNumbers, fixForm, gapsAnswer, gapsAskedOf } from './answer-gaps.ts'
import { type RedrawReview, reviewAnswer, searchCompanies, searchForm, settleReview } from './answer-review.ts'
import { monitorAll, monitorAllForm, setOne } from './set-monitoring.ts'

/** The buttons of who is monitored and which company a debtor is. */
export type PartyAction = (typeof partyActions)[number]
const partyActions = [
  'review.show',
  'review.choose',
  'review.none',
  'review.reopen',
  'review.search',
  'review.find',
  'gaps.show',
  'gap.fix',
  'gap.correct',
  'monitor.on',
  'monitor.off',
  'monitor.all',
  'monitor.confirm',
  'party.open',
  'party.create',
  'party.link',
] as const

export const isPartyAction = (action: string): action is PartyAction => partyActions.some(known => known === action)

/** Answers a button of who is monitored, and which company a debtor is. `debtorId`: 0 where the button names none. */
export function clickParty(
  deps: CommandDeps,
  redraw: RedrawReview,
  pressed: Click & { action: PartyAction },
  debtorId: number,
): Promise<ClickOutcome> | ClickOutcome {
  const { data } = pressed
  const asked = { query: data.query ?? '', count: /^\d{1,7}$/.test(data.count ?? '') ? Number(data.count) : 0 }
  switch (pressed.action) {
    case 'review.show':
      return reviewAnswer(deps, debtorId)
    case 'review.choose':
    case 'review.none':
    case 'review.reopen':
      return settleReview(deps, redraw, pressed, debtorId)
    case 'review.search':
      return searchForm(deps, debtorId)
    case 'review.find':
      return searchCompanies(deps, redraw, pressed, debtorId)
    case 'gaps.show':
      return gapsAnswer(deps, gapsAskedOf(data))
    case 'gap.fix':
      return fixForm(deps, debtorId)
    case 'gap.correct':
      return correctNumbers(deps, redraw, pressed, debtorId)
    case 'monitor.on':
    case 'monitor.off':
      return setOne(deps, pressed, debtorId)
    case 'monitor.all':
      return monitorAllForm(deps, asked)
    case 'monitor.confirm':
      return monitorAll(deps, pressed, asked)
    case 'party.open':
      return partyForm(deps, pressed)
    case 'party.create':
      return createParty(deps, pressed)
    case 'party.link':
      return linkFound(deps, pressed, debtorId)
    default:
      return pressed.action satisfies never
  }
}
