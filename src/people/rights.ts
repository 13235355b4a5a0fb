import type { Prisma } from '#platform'

export const roles = ['viewer', 'collector', 'approver', 'manager', 'admin'] as const
export type Role = (typeof roles)[number]

/** What a person may try to do, on whatever surface; every command and button is one of these. */
export const rights = ['look_up', 'decide', 'second_vote', 'note', 'task', 'confirm_import', 'set_autonomy', 'configure', 'connect'] as const
export type Right = (typeof rights)[number]

// A role has what stands here. Only `decide` depends on an amount: the person's own limit, if any.
const granted: Record<Role, readonly Right[]> = {
  viewer: ['look_up'],
  collector: ['look_up', 'decide', 'note', 'task'],
  approver: ['look_up', 'decide', 'second_vote', 'note', 'task'],
  manager: ['look_up', 'decide', 'second_vote', 'note', 'task', 'confirm_import', 'set_autonomy', 'configure'],
  admin: ['look_up', 'decide', 'second_vote', 'note', 'task', 'confirm_import', 'set_autonomy', 'configure', 'connect'],
}

export type Person = { id: number; role: string; active: boolean; amountLimit: Prisma.Decimal | null }

/** Whether a person may do this; `amount` (reporting currency) is what is at stake in a decision. */
export function may(person: Person, right: Right, amount?: Prisma.Decimal): boolean {
  const role = roles.find(name => name === person.role)
  if (!person.active || !role || !granted[role].includes(right)) return false
  return right !== 'decide' || !amount || !person.amountLimit || amount.lte(person.amountLimit)
}
