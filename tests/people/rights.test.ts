import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decidedKinds, judge, may, noPolicy, type Right, type RightsPolicy, type Role, readRightsPolicy, rights, rightsKind, roles } from '#people'
import { Prisma } from '#platform'
import { createTestDatabase } from '../support/database.ts'

// The whole table, written out a second time on purpose: a change of rights must be made twice, knowingly.
const expected: Record<Role, Record<Right, boolean>> = {
  viewer: row(['look_up']),
  collector: row(['look_up', 'decide', 'note', 'task']),
  approver: row(['look_up', 'decide', 'second_vote', 'note', 'task']),
  manager: row(['look_up', 'decide', 'second_vote', 'note', 'task', 'decide_risk', 'confirm_import', 'set_autonomy', 'configure']),
  admin: row(['look_up', 'decide', 'second_vote', 'note', 'task', 'decide_risk', 'confirm_import', 'set_autonomy', 'configure', 'connect']),
}

const euros = (amount: string | null) => (amount === null ? null : new Prisma.Decimal(amount))
const aPerson = (role: string, amountLimit: string | null = null, active = true) => ({ id: 1, role, active, amountLimit: euros(amountLimit) })
const stake = (amount: string | null, kind = 'send_reply') => ({ total: euros(amount), kinds: [{ kind, amount: euros(amount) }] })
const aPolicy = (fields: Partial<RightsPolicy>): RightsPolicy => ({ ...noPolicy, ...fields })

test('every role has exactly the rights of the table; somebody who left, and a role that nobody knows, has none', () => {
  const found = Object.fromEntries(roles.map(role => [role, row(rights.filter(right => may(aPerson(role), right)))]))

  assert.deepEqual(found, expected)
  assert.deepEqual(
    rights.filter(right => may(aPerson('admin', null, false), right) || may(aPerson('superuser'), right)),
    [],
  )
})

// below, at and above a limit of 5000, and an amount that cannot be converted
const amounts = ['4999.99', '5000', '5000.01', null] as const

test('role by vote by amount: who decides alone, whose vote counts as the first of two, who is refused', () => {
  const limited = aPolicy({ roleLimits: new Map([['collector', new Prisma.Decimal(5000)]]) })
  const found: Record<string, string[]> = {}
  for (const role of roles) {
    const verdicts = (limit: string | null, policy = noPolicy) =>
      amounts.map(amount => judge(aPerson(role, limit), policy, { vote: 'first', stake: stake(amount) }).kind)
    found[`${role}, no limit`] = verdicts(null)
    found[`${role}, own limit`] = verdicts('5000')
    found[`${role}, own limit above the role’s`] = verdicts('9000', limited)
    found[`${role}, the role’s limit`] = verdicts(null, limited)
    found[`${role}, second vote`] = [judge(aPerson(role), noPolicy, { vote: 'second', makers: [2, 3] }).kind]
    found[`${role}, second vote on own`] = [judge(aPerson(role), noPolicy, { vote: 'second', makers: [2, 1] }).kind]
  }

  const [all, upTo, refused] = [times('allowed'), ['allowed', 'allowed', 'needs_second', 'needs_second'], times('refused')]
  const highOwn = ['allowed', 'allowed', 'allowed', 'needs_second']
  const rows: [Role, string[], string[], string[], string[], string[]][] = [
    ['viewer', refused, refused, refused, refused, ['refused']],
    ['collector', all, upTo, highOwn, upTo, ['refused']],
    ['approver', all, upTo, highOwn, all, ['allowed']],
    ['manager', all, upTo, highOwn, all, ['allowed']],
    ['admin', all, upTo, highOwn, all, ['allowed']],
  ]
  for (const [role, none, own, ownAbove, ofRole, second] of rows) {
    assert.deepEqual(found[`${role}, no limit`], none)
    assert.deepEqual(found[`${role}, own limit`], own)
    assert.deepEqual(found[`${role}, own limit above the role’s`], ownAbove)
    assert.deepEqual(found[`${role}, the role’s limit`], ofRole)
    assert.deepEqual(found[`${role}, second vote`], second)
    assert.deepEqual(found[`${role}, second vote on own`], ['refused'])
  }
})

test('every kind of action can take two people: above an amount of its own, or always, whatever the limit of the first one', () => {
  for (const kind of decidedKinds) {
    const above = aPolicy({ secondVotes: new Map([[kind, new Prisma.Decimal(5000)]]) })
    const always = aPolicy({ secondVotes: new Map([[kind, null]]) })
    const verdicts = (policy: RightsPolicy, of: string = kind) =>
      amounts.map(amount => judge(aPerson('admin'), policy, { vote: 'first', stake: stake(amount, of) }).kind)

    assert.deepEqual(verdicts(above), ['allowed', 'allowed', 'needs_second', 'needs_second'], kind)
    assert.deepEqual(verdicts(always), times('needs_second'), kind)
    assert.deepEqual(verdicts(always, kind === 'create_task' ? 'send_reply' : 'create_task'), times('allowed'), kind)
  }
})

test('who left is refused every vote', () => {
  const left = aPerson('admin', null, false)

  assert.deepEqual(judge(left, noPolicy, { vote: 'first', stake: stake('1') }), { kind: 'refused', why: 'not_active' })
  assert.deepEqual(judge(left, noPolicy, { vote: 'second', makers: [] }), { kind: 'refused', why: 'not_active' })
})

test('limits of roles and second votes stand in the settings and are read back as they were written', async t => {
  const { client } = await createTestDatabase(t)
  const section = rightsKind.schema.parse({
    limits: { collector: 5000, approver: '25000.50' },
    secondVote: { above: { send_reply: 10_000 }, always: ['update_contact'] },
  })

  await client.$transaction(async tx => rightsKind.project?.(tx, section))

  const policy = await readRightsPolicy(client)
  assert.deepEqual(
    [...policy.roleLimits].map(([role, amount]) => `${role} ${amount.toFixed(2)}`).toSorted((a, b) => (a < b ? -1 : 1)),
    ['approver 25000.50', 'collector 5000.00'],
  )
  assert.deepEqual([policy.secondVotes.get('send_reply')?.toFixed(2), policy.secondVotes.get('update_contact')], ['10000.00', null])
  assert.deepEqual(rightsKind.schema.parse({}), { limits: {}, secondVote: { above: {}, always: [] } })
  assert.equal(rightsKind.schema.safeParse({ secondVote: { always: ['send_flowers'] } }).success, false, 'a kind that does not exist protects nothing')
})

function row(granted: readonly Right[]): Record<Right, boolean> {
  return Object.fromEntries(rights.map(right => [right, granted.includes(right)])) as Record<Right, boolean>
}

function times(verdict: string): string[] {
  return amounts.map(() => verdict)
}

const own = (policy: Partial<RightsPolicy>, alone?: { hours: number; calledBack: boolean }) => {
  const verdict = judge(aPerson('admin'), aPolicy(policy), { vote: 'second', makers: [1], alone })
  return 'why' in verdict ? verdict.why : verdict.kind
}

test('a second vote of one’s own counts only with a call and the hours that the settings name', () => {
  assert.deepEqual(
    [
      own({}, { hours: 99, calledBack: true }),
      own({ aloneAfterHours: 24 }),
      own({ aloneAfterHours: 24 }, { hours: 23.9, calledBack: true }),
      own({ aloneAfterHours: 24 }, { hours: 99, calledBack: false }),
      own({ aloneAfterHours: 24 }, { hours: 24, calledBack: true }),
    ],
    ['own_decision', 'own_decision', 'call_back_first', 'call_back_first', 'allowed'],
  )
})
