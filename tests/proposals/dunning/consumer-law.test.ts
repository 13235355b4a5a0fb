import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { lateChargesKind, placeHold } from '#dunning'
import { fullSight } from '#people'
import { shippedRules, viewEntry } from '#proposals'
import { anOffice } from '../support.ts'
import { aDueStep } from './due-step.ts'

const asked = { interest: true, compensation: true, consumers: { interest: true, costs: ['NL', 'BE'] } }
const lateCharges = lateChargesKind.schema.parse({ administrations: { nordlicht: asked } })

/** The first notice to a private person, as it waits for a decision; one of the three invoices was promised. */
async function aNotice(t: TestContext, country: 'BE' | 'NL') {
  const office = await anOffice(t, {}, { ...shippedRules, lateCharges })
  const { db, debtor, proposals, jan, administration, invoiceId } = office
  await db.administration.update({ where: { id: administration.id }, data: { country, companyNumber: '0403.019.261' } })
  await db.debtor.update({ where: { id: debtor.id }, data: { country, legalForm: 'Particulier' } })
  await placeHold(db, { debtorId: debtor.id, invoiceIds: [await invoiceId('2026-003')], reason: 'promise' })
  const { takeUp } = await aDueStep(office, { type: 'email', template: 'consumer_notice', charges: 'announce' }, ['2026-001', '2026-002'])
  const entryId = await takeUp()
  const content = (await viewEntry(db, fullSight, entryId))?.content
  assert.ok(content?.kind === 'dunning' && content.mail)
  const { mail } = content
  const approve = (text: string) =>
    proposals.voteOnEntry({
      kind: 'approve',
      entryId,
      staffId: jan.id,
      surface: 'console',
      content: { ...content, mail: { ...mail, text, written: true } },
    })
  return { content, text: mail.text, approve }
}

const noLaw = ['interest 2026-001 no_law', 'interest 2026-002 no_law']

test('a first notice that a person edited is refused with every fault, and leaves with what the law wants in other words', async t => {
  const cases = [
    ['BE', /14 kalenderdagen|0403\.019\.261/g, ['creditor_number', 'term']],
    ['NL', /14 dagen|€\s52,5\d/g, ['damages', 'term', 'delivery']],
  ] as const
  for (const [country, cut, fields] of cases) {
    const { content, text, approve } = await aNotice(t, country)
    const short = text.replaceAll(cut, '')
    assert.notEqual(short, text)

    const refused = await approve(short)
    const approved = await approve(`${text}\n\nBel ons gerust.`)

    const faults = fields.map(field => ({ kind: 'missing', field }))
    assert.deepEqual(refused, { kind: 'invalid', problem: { code: 'consumer_law', faults } }, country)
    assert.equal(approved.kind, 'entered')
    assert.deepEqual(content.leftOut, [{ number: '2026-003', why: 'promise' }])
    // A Belgian private person owes interest only where it was agreed; a Dutch one from this first reminder on, which is no fault.
    assert.deepEqual(
      content.untold?.map(({ what, invoice, why }) => `${what} ${invoice} ${why}`),
      country === 'BE' ? noLaw : undefined,
    )
  }
})
