import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { templatesKind } from '#drafting'
import { experimentsKind, stepsOfInvoice } from '#dunning'
import { fullSight } from '#people'
import { shippedRules, viewEntry } from '#proposals'
import { anOffice } from '../support.ts'
import { aDueStep } from './due-step.ts'

const templates = templatesKind.schema.parse({ 'reminder_first.short': { nl: 'Kort\n{% if tone == "firm" %}Nu.{% endif %} {{ overview }}' } })
const variants = { b: { template: 'reminder_first.short', tone: 'firm' as const } }

/** The mail of a step that is due in an office, as it is drafted for the debtor with these fields and the variant of an experiment. */
async function theMail(
  t: TestContext,
  { step = {}, debtor: fields = {}, rule, variant }: { step?: object; debtor?: object; rule?: string; variant?: 'a' | 'b' },
) {
  const office = await anOffice(t, {}, { ...shippedRules, templates })
  const { db, debtor } = office
  await db.debtor.update({ where: { id: debtor.id }, data: { language: 'nl', ...fields } })
  if (rule) await db.debtorRule.create({ data: { debtorId: debtor.id, rule: 'r', tone: rule, since: new Date() } })
  const { action, takeUp } = await aDueStep(office, { name: 'first', type: 'email', template: 'reminder_first', ...step }, ['2026-001'])
  if (variant) {
    const plan = { title: 'Short', workflow: 'one', step: 'first', from: '2026-11-01', debtors: 20, variants }
    const { short } = experimentsKind.schema.parse({ short: plan })
    await db.experiment.create({ data: { key: 'short', plan: short ?? {}, startedOn: new Date('2026-11-23') } })
    await db.experimentAction.create({ data: { actionId: action.id, experiment: 'short', unit: `debtor:${debtor.id}`, variant, on: new Date('2026-11-23') } })
  }
  const content = (await viewEntry(db, fullSight, await takeUp()))?.content
  assert.ok(content?.kind === 'dunning' && content.mail)
  return { mail: content.mail, ran: await stepsOfInvoice(db, fullSight, '2026-001') }
}

test('a mail is written as the variant of its debtor says, and the invoice remembers which one and on which version', async t => {
  const [a, b] = [await theMail(t, { variant: 'a' }), await theMail(t, { variant: 'b' })]

  assert.deepEqual([a.mail.tone, b.mail.tone, b.mail.subject], ['neutral', 'firm', 'Kort'])
  assert.match(b.mail.text, /Nu\.[\s\S]*2026-001/)
  assert.doesNotMatch(a.mail.text, /Nu\./)
  const [step] = b.ran[0]?.steps ?? []
  assert.deepEqual(
    [step?.title, step?.settingsVersion, step?.stepName, step?.status, step?.test?.experiment, step?.test?.variant],
    ['One', 4, 'first', 'open', 'short', 'b'],
  )
})

test('the tone of the debtor itself comes before that of the step, and that before the one of its rule', async t => {
  const tones = [
    (await theMail(t, { debtor: { tone: 'friendly' }, step: { tone: 'firm' }, rule: 'neutral' })).mail.tone,
    (await theMail(t, { step: { tone: 'firm' }, rule: 'friendly' })).mail.tone,
    (await theMail(t, { rule: 'friendly' })).mail.tone,
  ]

  assert.deepEqual(tones, ['friendly', 'firm', 'friendly'])
})
