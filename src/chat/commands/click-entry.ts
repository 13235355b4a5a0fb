import { type Click, type ClickOutcome, idOf } from '../click.ts'
import { openPaid, savePaid } from '../reminders/has-paid.ts'
import { editEntry, entriesAnswer, entryAnswer, openEntryForm, type PostEntry, saveEntry, settleMailClick, voteClick } from './entry.ts'
import type { CommandDeps } from './registry.ts'
import { openRiskEntry, saveRiskEntry } from './risk-entry.ts'

const actions = [
  'entry.promise',
  'entry.dispute',
  'entry.hold',
  'entry.insurance_report',
  'entry.credit_limit',
  'entry.workflow',
  'entry.save_risk',
  'entry.save',
  'entry.list',
  'entry.show',
  'entry.second_vote',
  'entry.withdraw',
  'entry.undo',
  'entry.approve',
  'entry.approve_risk',
  'entry.approve_edited',
  'entry.reject',
  'entry.reject_risk',
  'entry.withdraw_risk',
  'entry.undo_risk',
  'entry.edit',
  'entry.edit_risk',
  'entry.it_left',
  'entry.send_again',
  'entry.give_up',
  'entry.wrong',
  'entry.paid',
  'entry.paid_save',
] as const
/** The buttons of what is entered or opened about a debtor. */
type EntryAction = (typeof actions)[number]

export const isEntryAction = (action: string): action is EntryAction => actions.some(known => known === action)

/** Answers a button of an entry or of a form for one. */
export async function clickEntry(deps: CommandDeps, post: PostEntry, pressed: Click & { action: EntryAction }): Promise<ClickOutcome> {
  const { action, data } = pressed
  switch (action) {
    case 'entry.promise':
      return openEntryForm(deps, 'promise', idOf(data.debtor))
    case 'entry.dispute':
      return openEntryForm(deps, 'dispute', idOf(data.debtor))
    case 'entry.hold':
      return openEntryForm(deps, 'hold', idOf(data.debtor))
    case 'entry.insurance_report':
      return openEntryForm(deps, 'insurance_report', idOf(data.debtor))
    case 'entry.credit_limit':
      return openRiskEntry(deps, 'credit_limit', idOf(data.debtor))
    case 'entry.workflow':
      return openRiskEntry(deps, 'workflow', idOf(data.debtor))
    case 'entry.save_risk':
      return saveRiskEntry(deps, post, pressed)
    case 'entry.save':
      return saveEntry(deps, post, pressed)
    case 'entry.list':
      return entriesAnswer(deps)
    case 'entry.show':
      return entryAnswer(deps, idOf(data.entry))
    case 'entry.second_vote':
    case 'entry.withdraw':
    case 'entry.undo':
    case 'entry.approve':
    case 'entry.approve_risk':
    case 'entry.approve_edited':
    case 'entry.reject':
    case 'entry.reject_risk':
    case 'entry.withdraw_risk':
    case 'entry.undo_risk':
    case 'entry.wrong':
      return voteClick(deps, post, pressed)
    case 'entry.edit':
    case 'entry.edit_risk':
      return editEntry(deps, idOf(data.entry))
    case 'entry.it_left':
      return settleMailClick(deps, post, idOf(data.entry), 'sent')
    case 'entry.send_again':
      return settleMailClick(deps, post, idOf(data.entry), 'resend')
    case 'entry.give_up':
      return settleMailClick(deps, post, idOf(data.entry), 'give_up')
    case 'entry.paid':
      return openPaid(deps, idOf(data.entry))
    case 'entry.paid_save':
      return savePaid(deps, post, pressed)
    default:
      return action satisfies never
  }
}
