import type { Prisma } from '#platform'

export const roles = ['viewer', 'collector', 'approver', 'manager', 'admin'] as const
export type Role = (typeof roles)[number]

/** What a person may try to do, on whatever surface; every command, button and route of a page is one of these. */
export const rights = ['look_up', 'decide', 'second_vote', 'note', 'task', 'decide_risk', 'confirm_import', 'set_autonomy', 'configure', 'connect'] as const
export type Right = (typeof rights)[number]

// The one table of role and right. What a decision's amount adds to it stands in `judge` below.
const granted: Record<Role, readonly Right[]> = {
  viewer: ['look_up'],
  collector: ['look_up', 'decide', 'note', 'task'],
  approver: ['look_up', 'decide', 'second_vote', 'note', 'task'],
  manager: ['look_up', 'decide', 'second_vote', 'note', 'task', 'decide_risk', 'confirm_import', 'set_autonomy', 'configure'],
  admin: ['look_up', 'decide', 'second_vote', 'note', 'task', 'decide_risk', 'confirm_import', 'set_autonomy', 'configure', 'connect'],
}

export type Person = { id: number; role: string; active: boolean; amountLimit: Prisma.Decimal | null }

/** Whether a person may do this; for a decision, `judge` also asks about amounts and a second vote. */
export function may(person: Pick<Person, 'role' | 'active'>, right: Right): boolean {
  const role = roles.find(name => name === person.role)
  return person.active && role !== undefined && granted[role].includes(right)
}

/** The kinds of action that people decide on, as settings name them. */
export const decidedKinds = [
  'send_reply',
  'send_invoice_copies',
  'register_promise',
  'agree_payment_plan',
  'place_hold',
  'open_dispute',
  'mark_payment_claimed',
  'mark_address_bounced',
  'register_absence',
  'update_contact',
  'register_po_number',
  'create_task',
  'close_dispute',
  'allocate_payment', // what a bank payment is for
  'set_credit_limit',
  'switch_workflow',
  'change_master_data',
  'group_debtors',
  'report_to_insurer',
  'beyond_insurance', // a promise or plan beyond what a credit insurance policy allows
  'hand_over', // a debtor's file to a collection agency or a lawyer
] as const
export type DecidedKind = (typeof decidedKinds)[number]

/** What the settings add to the table: limits of roles, and kinds of action that take two people. Amounts in the reporting currency. */
export type RightsPolicy = {
  roleLimits: ReadonlyMap<string, Prisma.Decimal>
  /** By kind of action: above which amount a second person must agree; null: always. */
  secondVotes: ReadonlyMap<string, Prisma.Decimal | null>
  /**
   * After how many hours whoever gave the first vote on a mail about bank details may give the second one as well, in an office where
   * nobody else may; without it never.
   */
  aloneAfterHours?: number | undefined
}

/** Without settings: no role has a limit, no kind of action takes two people. */
export const noPolicy: RightsPolicy = { roleLimits: new Map(), secondVotes: new Map() }

/** What takes two people under every policy: it speaks of new bank details, whatever the amount. */
export const bankChange = 'bank_change'

/** What is at stake in a decision, in the reporting currency; null where an amount cannot be converted: that counts as above everything. */
export type Stake = { total: Prisma.Decimal | null; kinds: readonly { kind: string; amount: Prisma.Decimal | null }[] }

/** `second`: the vote that a first one waits for. `makers`: who gave the first vote, and who wrote what is voted on. */
export type Vote = { vote: 'first'; stake: Stake } | { vote: 'second'; makers: readonly number[]; alone?: Alone | undefined }

/** Of a second vote that nobody else may give, on what takes two people for its bank details only: how long ago the first one was, and whether the call-back is noted. */
export type Alone = { hours: number; calledBack: boolean }

export type Verdict =
  | { kind: 'allowed' }
  /** The vote counts as the first of two. */
  | { kind: 'needs_second'; why: 'own_limit' | 'action_kind' }
  | { kind: 'refused'; why: 'not_active' | 'no_right' | 'own_decision' | 'call_back_first' }

/** Whether a person's vote for a proposal decides it, counts as the first of two, or is refused. */
export function judge(person: Person, policy: RightsPolicy, vote: Vote): Verdict {
  if (!person.active) return { kind: 'refused', why: 'not_active' }
  if (vote.vote === 'second') {
    if (!may(person, 'second_vote')) return { kind: 'refused', why: 'no_right' }
    return vote.makers.includes(person.id) ? judgeOwn(policy, vote.alone) : { kind: 'allowed' }
  }
  if (!may(person, 'decide')) return { kind: 'refused', why: 'no_right' }
  const { total, kinds } = vote.stake
  if (isAbove(total, limitOf(person, policy))) return { kind: 'needs_second', why: 'own_limit' }
  const takesTwo = kinds.some(({ kind, amount }) => {
    if (kind === bankChange) return true
    const above = policy.secondVotes.get(kind)
    return above === null || (above !== undefined && isAbove(amount, above))
  })
  return takesTwo ? { kind: 'needs_second', why: 'action_kind' } : { kind: 'allowed' }
}

/** Nobody checks their own work, but where nobody else can: then a call and a night between the votes stand for the second person. */
function judgeOwn({ aloneAfterHours }: RightsPolicy, alone: Alone | undefined): Verdict {
  if (aloneAfterHours === undefined || !alone) return { kind: 'refused', why: 'own_decision' }
  return alone.calledBack && alone.hours >= aloneAfterHours ? { kind: 'allowed' } : { kind: 'refused', why: 'call_back_first' }
}

/** Up to which total a person decides alone (reporting currency); null: no limit. Their own limit counts before that of their role. */
export const limitOf = ({ role, amountLimit }: Pick<Person, 'role' | 'amountLimit'>, { roleLimits }: RightsPolicy): Prisma.Decimal | null =>
  amountLimit ?? roleLimits.get(role) ?? null

// A limit holds what is exactly at it.
const isAbove = (amount: Prisma.Decimal | null, limit: Prisma.Decimal | null): boolean => limit !== null && (amount === null || amount.gt(limit))
