import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChat } from '#chat'
import { peopleConfig } from '#people'
import type { Card } from '../../../src/chat/card.ts'
import { aPayWorld } from '../../payments/pay-world.ts'

test('a colleague makes a link for an invoice or for all, sees what came of it, and revokes it; who does not see the debtor finds nothing', async t => {
  const world = await aPayWorld(t)
  const { db, clock, payments, proposals, jan, eve, look, begin, sandbox, debtor, base } = world
  const chat = createChat({
    client: db,
    clock,
    proposals,
    payLinks: payments,
    language: 'en',
    timeZone: 'Europe/Amsterdam',
    publicUrl: base,
    sessionRules: peopleConfig.parse({}),
    reportingCurrency: () => 'EUR',
  })
  const staffOf = (id: number) => db.staff.findUniqueOrThrow({ where: { id } })
  const type = async (text: string, id = jan.id) => chat.command({ staff: await staffOf(id), surface: 'console', text })
  const press = async (card: Card, action: string, index = 0, id = jan.id) => {
    const all = [...card.buttons, ...card.elements.flatMap(element => (element.type === 'pick' ? [element.button] : []))].filter(each => each.action === action)
    const button = all[index] ?? assert.fail(`no button ${action}`)
    return chat.click({ staff: await staffOf(id), surface: 'console', action, data: button.data, values: {} })
  }
  const cardOf = (outcome: Awaited<ReturnType<typeof type>>) => (outcome.kind === 'private' ? outcome.card : assert.fail(JSON.stringify(outcome)))
  const address = (card: Card) => /http:\/\/127\.0\.0\.1:\d+\/pay\/[\w-]{22}/.exec(textOf(card))?.[0] ?? assert.fail('no address')

  const empty = cardOf(await type('/duncan paylink zonneveld'))
  const all = cardOf(await press(empty, 'pay_links.make', 0))
  const one = cardOf(await press(empty, 'pay_links.make', 1))
  const page = await look(address(one))
  const { externalId } = await begin(address(all))
  await sandbox.change(externalId, { status: 'paid' })
  const full = cardOf(await type('/duncan paylink D100'))
  const status = cardOf(await type('/debtor D100'))
  const asks = full.elements.flatMap(element =>
    element.type === 'pick' && element.button.action === 'pay_links.revoke' ? [element.button.confirm?.title] : [],
  )
  const revoked = await press(full, 'pay_links.revoke', 0)
  const again = await press(full, 'pay_links.revoke', 0)
  const gone = await look(address(one))
  const viewer = await type('/duncan paylink D100', eve.id)
  await db.staff.update({ where: { id: jan.id }, data: { administrations: ['elsewhere'] } })
  const unseen = [
    await press(full, 'pay_links.show').catch(() => type('/duncan paylink D100')),
    await press(full, 'pay_links.make'),
    await press(full, 'pay_links.revoke', 1),
  ]

  assert.match(textOf(empty), /No link leads anywhere now/)
  assert.match(page.text, /€\s100,00 nu betalen/)
  assert.match(textOf(full), /opened 1 ×/)
  assert.match(textOf(full), /paid, not in the ledger yet/)
  assert.match(textOf(status), /Paid by link","value":"[^"]*€425\.75 · paid, not in the ledger yet"/)
  assert.deepEqual(asks, ['Revoke this link?', 'Revoke this link?'])
  assert.deepEqual([revoked.kind, again.kind, gone.status], ['done', 'refused', 404])
  assert.equal(viewer.kind, 'refused')
  assert.deepEqual([...new Set(unseen.map(({ kind }) => kind))].includes('done'), false)
  assert.equal(await db.paymentLink.count({ where: { debtorId: debtor.id } }), 2)
  const audited = await db.auditEntry.findMany({ where: { event: { startsWith: 'payment_link.' } }, orderBy: { id: 'asc' } })
  assert.deepEqual(
    audited.map(({ event, actor }) => [event, actor]),
    [
      ['payment_link.made', `staff:${jan.id}`],
      ['payment_link.made', `staff:${jan.id}`],
      ['payment_link.revoked', `staff:${jan.id}`],
    ],
  )
})

const textOf = (card: Card): string => JSON.stringify(card)
