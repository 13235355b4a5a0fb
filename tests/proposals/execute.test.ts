import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anOffice, aPromise } from './support.ts'

test('an approved promise is registered with its hold, and its reply waits in the outbox until it can no longer be undone', async t => {
  const office = await anOffice(t)
  const proposalId = await aPromise(office)

  const outcome = await office.proposals.decide({ kind: 'approve', proposalId, staffId: office.jan.id, surface: 'console' })
  await office.work()

  assert.deepEqual(outcome, { kind: 'decided', status: 'approved', undoUntil: new Date('2026-11-23T09:02:00Z') })
  const promise = await office.db.promiseToPay.findFirstOrThrow({ include: { invoices: true } })
  assert.equal(promise.promisedOn?.toISOString().slice(0, 10), '2026-12-04')
  assert.deepEqual(
    promise.invoices.map(({ invoiceId }) => invoiceId),
    [await office.invoiceId('2026-001')],
  )
  assert.deepEqual(await office.standingHolds(), ['promise 2026-001'])
  const hold = await office.db.dunningHold.findFirstOrThrow({ where: { reason: 'promise' } })
  assert.equal(hold.until?.toISOString().slice(0, 10), '2026-12-09')
  const mail = await office.db.outboundMail.findFirstOrThrow()
  assert.deepEqual(
    [mail.to, mail.subject, mail.state, mail.sendAfter.toISOString()],
    [['info@zonneveld.example'], 'Re: Facturen', 'scheduled', '2026-11-23T09:02:00.000Z'],
  )
  assert.match(mail.text, /factuur 2026-001 uiterlijk 4 december 2026/)
  assert.deepEqual(
    (await office.view(proposalId)).actions.map(({ kind, status }) => [kind, status]),
    [
      ['register_promise', 'done'],
      ['send_reply', 'scheduled'],
    ],
  )
})
