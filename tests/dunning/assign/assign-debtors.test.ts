import assert from 'node:assert/strict'
import test from 'node:test'
import { pino } from 'pino'
import { assignDebtors, assignmentKind, assignWorkflow, workflowOf, workflowsKind } from '../../../src/dunning/index.ts'
import { fullSight } from '../../../src/people/index.ts'
import { fixedClock } from '../../../src/platform/index.ts'
import { readSearchContext } from '../../../src/search/index.ts'
import { createTestDatabase } from '../../support/database.ts'

const timeZone = 'Europe/Amsterdam'
const call = { name: 'call', type: 'call', after: { days: 1 } }
const workflows = workflowsKind.schema.parse({
  standard: { title: 'Standard', steps: [call] },
  short: { title: 'Short', steps: [call] },
  dutch: { title: 'Dutch', administrations: ['NL01'], steps: [call] },
})

async function portfolio(t: Parameters<typeof createTestDatabase>[0]) {
  const { client } = await createTestDatabase(t)
  const clock = fixedClock('2026-05-04T04:00:00Z')
  const administration = await client.administration.create({ data: { code: 'BE01', name: 'Larkfield', country: 'BE' } })
  const add = async (number: string, fields: object) =>
    (await client.debtor.create({ data: { administrationId: administration.id, number, name: `Debtor ${number}`, searchName: `debtor ${number}`, ...fields } }))
      .id
  const assign = (rules: object) =>
    assignDebtors({
      client,
      clock,
      log: pino({ level: 'silent' }),
      rules: assignmentKind.schema.parse(rules),
      workflows,
      search: db => readSearchContext(db, { sight: fullSight, clock, timeZone }),
    })
  const stands = async (id: number) => {
    const { rule, tone, channel } = await client.debtorRule.findUniqueOrThrow({ where: { debtorId: id } })
    return [rule, (await workflowOf(client, id))?.workflow, tone, channel, (await client.debtor.findUniqueOrThrow({ where: { id } })).collector]
  }
  return { client, clock, add, assign, stands }
}

test('the first rule that fits counts, the default fills what it leaves open, and the log names the rule', async t => {
  const { client, add, assign, stands } = await portfolio(t)
  const [belgian, french, other] = [await add('1', { country: 'BE' }), await add('2', { country: 'FR' }), await add('3', { country: 'NL' })]
  const rules = {
    rules: [
      { id: 'benelux', when: 'country:BE', workflow: 'short', tone: 'firm' },
      { id: 'west', when: 'country:BE,FR', channel: 'letter', collector: 'noor' },
      { id: 'foreign-book', when: 'country:NL', workflow: 'dutch' },
    ],
    default: { workflow: 'standard', channel: 'email' },
  }

  const first = await assign(rules)
  const again = await assign(rules)

  assert.deepEqual(await stands(belgian), ['benelux', 'short', 'firm', 'email', null])
  assert.deepEqual(await stands(french), ['west', 'standard', null, 'letter', 'noor'])
  // Its workflow is for another administration: nobody is put on one that is not theirs.
  assert.deepEqual(await stands(other), ['foreign-book', undefined, null, 'email', null])
  assert.deepEqual(
    [first, again],
    [
      { changed: 3, workflows: 2 },
      { changed: 0, workflows: 0 },
    ],
  )
  assert.equal((await workflowOf(client, belgian))?.reason, 'rule:benelux')
  const audit = await client.auditEntry.findMany({ where: { event: 'debtors.assigned' } })
  assert.equal(audit.length, 1)
})

test('what a person assigned, and a collector of the ledger, stay; what a rule gave goes with it', async t => {
  const { client, clock, add, assign, stands } = await portfolio(t)
  const [mine, moving] = [await add('1', { country: 'BE', collector: 'jan', imported: { collector: 'jan' } }), await add('2', { country: 'BE' })]
  const staff = await client.staff.create({ data: { key: 'mia', name: 'Mia', email: 'mia@larkfield.example' } })
  await assignWorkflow(client, { debtorId: mine, workflow: 'short', reason: 'entry:7', staffId: staff.id, at: new Date(clock.now().epochMilliseconds) })

  await assign({ rules: [{ id: 'all', when: 'country:BE', workflow: 'standard', collector: 'noor' }] })
  const during = [await stands(mine), await stands(moving)]
  await assign({ rules: [] })

  assert.deepEqual(during, [
    ['all', 'short', null, null, 'jan'],
    ['all', 'standard', null, null, 'noor'],
  ])
  assert.deepEqual(await stands(mine), ['default', 'short', null, null, 'jan'])
  assert.deepEqual(await stands(moving), ['default', undefined, null, null, null])
})
