import type { HoldReason } from '../holds.ts'

/**
 * Why an item has no next step, or why it does not simply wait for its day.
 * `held:…`: a hold of that reason stands. `patience`: its debtor always pays by a day that has not come. `legal_wait`: the law gives the
 * debtor until then. `absence`: whoever takes its mail is away. `contact_budget`: its person heard enough from us. `in_action`: something about
 * it waits to be done. `no_workflow`: its debtor is on none. `through`: every step was taken. `below_minimum`: too little is open.
 * `credit_note`: nothing is asked for. `stale_ledger`: the ledger is too old to ask by. `unconverted`: no rate tells whether it is enough.
 */
export type ItemReason =
  | `held:${HoldReason}`
  | 'patience'
  | 'legal_wait'
  | 'absence'
  | 'contact_budget'
  | 'in_action'
  | 'no_workflow'
  | 'through'
  | 'below_minimum'
  | 'credit_note'
  | 'stale_ledger'
  | 'unconverted'
