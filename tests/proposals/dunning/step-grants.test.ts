import assert from 'node:assert/strict'
import { test } from 'node:test'
import { workflowsKind } from '#dunning'
import { autonomyKind, shippedRules, switchAutonomy } from '#proposals'
import { createSettings } from '#settings'
import { anOffice } from '../support.ts'

const workflowsThat = (behaviour: string) => ({
  standard: {
    title: 'Standard',
    steps: [
      { name: 'soft', type: 'email', template: 'reminder_first', behaviour, after: { days: 1 } },
      { name: 'note', type: 'email', template: 'reminder_first', behaviour, audience: 'internal', after: { days: 3 } },
      { name: 'file', type: 'hand_over', behaviour, after: { days: 60 } },
    ],
  },
})

test('applying a workflow grants its steps that write, a manager takes back and gives again, and a switch stops everything', async t => {
  const rules = { ...shippedRules }
  const { db, proposals, jan } = await anOffice(t, {}, rules)
  const mona = await db.staff.create({ data: { key: 'mona', name: 'Mona', email: 'mona@nordlicht.example', role: 'manager' } })
  const settings = createSettings({ client: db, kinds: [workflowsKind, autonomyKind] })
  const apply = async (sections: object, actor = 'cli') => {
    const applied = await settings.apply({ sections, whole: false, faults: [], placeOf: () => ({ file: 'test' }) } as never, { actor })
    rules.workflows = await settings.read(workflowsKind)
    rules.autonomy = await settings.read(autonomyKind)
    return applied.kind
  }
  const steps = async () => (await proposals.steps()).map(({ step, level, asks, ended }) => [step, level, asks, ended?.why].filter(Boolean).join(' '))
  const by = (staffId: number, give: boolean) => proposals.decideStepGrant({ staffId, workflow: 'standard', step: 'soft', give })

  const found = [await apply({ workflows: workflowsThat('act') }), await steps()]
  await apply({ autonomy: { send_reminder: 'send_after_undo' } })
  const granted = await steps()
  const refused = [(await by(jan.id, false)).kind, (await by(mona.id, true)).kind]
  const revoked = [(await by(mona.id, false)).kind, await steps()]
  await apply({ workflows: { ...workflowsThat('act'), other: { ...workflowsThat('ask').standard, title: 'Other' } } })
  const untouched = await steps()
  const given = [(await by(mona.id, true)).kind, await steps()]
  const stopped = [(await switchAutonomy({ client: db, settings }, false, `staff:${mona.id}`)).kind, await settings.read(autonomyKind)]
  await apply({})
  const off = [proposals.decidesAlone(), await steps()]
  await apply({ workflows: workflowsThat('ask') }, `staff:${mona.id}`)
  const last = await db.stepGrant.findMany({ orderBy: { id: 'asc' } })
  const audit = await db.auditEntry.findMany({ where: { subject: { startsWith: 'step:' } }, orderBy: { id: 'asc' } })

  // Without a ceiling nothing leaves alone; a note for colleagues and a file for collection never do.
  assert.deepEqual(found, ['applied', ['soft ask ceiling']])
  assert.deepEqual([granted, refused], [['soft send_after_undo'], ['not_allowed', 'refused']])
  assert.deepEqual([revoked, untouched], [['revoked', ['soft ask to_grant revoked']], ['soft ask to_grant revoked']])
  assert.deepEqual(given, ['granted', ['soft send_after_undo']])
  assert.deepEqual(stopped, ['applied', { ...rules.autonomy, on: false }])
  assert.deepEqual(off, [false, ['soft ask ceiling']])
  assert.deepEqual(
    last.map(({ level, endReason }) => `${level} ${endReason}`),
    ['act revoked', 'act settings', 'ask settings'],
  )
  assert.deepEqual(
    audit.map(({ actor, event }) => `${actor} ${event}`),
    ['cli step.granted', `staff:${mona.id} step.ended`, `staff:${mona.id} step.granted`, `staff:${mona.id} step.ended`],
  )
})
