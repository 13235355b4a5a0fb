import assert from 'node:assert/strict'
import { test } from 'node:test'
import { placeHold } from '#dunning'
import { aPayWorld } from './pay-world.ts'

const eur = (value: string) => ({ currency: 'EUR', value })

test('what was paid by link keeps reminders away until the ledger shows it, and nobody is asked for it twice', async t => {
  const world = await aPayWorld(t)
  const { db, payments, sandbox, linkOf, look, begin, holds, jobs, invoices } = world
  const { pay } = await linkOf()
  const { externalId, row } = await begin(pay)
  const order = sandbox.payments.get(externalId)
  const told = [...(await sandbox.change(externalId, { status: 'paid' }, 3)), ...(await sandbox.change(externalId, {}))]
  const after = await look(pay)
  const held = await holds()
  await payments.follow()
  const standing = await holds()
  const [first, ...others] = invoices
  await db.invoice.update({ where: { id: first?.id ?? 0 }, data: { status: 'closed', openAmount: 0 } })
  await payments.follow()
  const half = await holds()
  await db.invoice.updateMany({ where: { id: { in: others.map(({ id }) => id) } }, data: { status: 'closed', openAmount: 0 } })
  await payments.follow()
  const settled = await db.onlinePayment.findUniqueOrThrow({ where: { id: row.id } })

  assert.deepEqual([order?.amount, order?.methods, order?.metadata], [eur('425.75'), ['ideal', 'creditcard'], { reference: `duncan-${row.id}` }])
  assert.match(order?.description ?? '', /^Nordlicht BV D100 2026-001 2026-002 2026-003$/)
  assert.deepEqual(told, [200, 200, 200, 200])
  assert.deepEqual(
    held.map(({ invoiceId, amount, until }) => [invoiceId, amount, until]),
    invoices.map(({ id }) => [id, null, null]),
  )
  assert.match(after.text, /Hier is nu niets te betalen/)
  assert.doesNotMatch(after.text, /<form/)
  assert.deepEqual([standing.length, half.length, (await holds()).length], [3, 3, 0])
  assert.ok(settled.settledAt && settled.paidAt)
  assert.equal(jobs.filter(({ name }) => name === 'online_payment.changed').length, 2)
  assert.deepEqual(await world.tasks(), [])
  const link = await db.paymentLink.findFirstOrThrow()
  assert.deepEqual([link.openings, Boolean(link.openedAt), Boolean(link.startedAt), Boolean(link.paidAt)], [2, true, true, true])
})

test('a payment that failed, was canceled or expired changes nothing, and may still be paid late', async t => {
  const { db, sandbox, linkOf, look, begin, holds, clock } = await aPayWorld(t)
  const { pay } = await linkOf()
  const seen: unknown[] = []
  for (const status of ['failed', 'canceled', 'expired'] as const) {
    const { externalId } = await begin(pay)
    await sandbox.change(externalId, { status }, 2)
    const row = await db.onlinePayment.findFirstOrThrow({ where: { externalId } })
    const back = await look(`${pay}/back`)
    seen.push([row.status, /niet afgerond/.test(back.text), /€\s425,75 nu betalen/.test(back.text), (await holds()).length])
  }
  const late = await db.onlinePayment.findFirstOrThrow({ where: { status: 'expired' } })
  await sandbox.change(late.externalId ?? '', { status: 'paid' })
  clock.advance({ hours: 1 })

  assert.deepEqual(seen, [
    ['failed', true, true, 0],
    ['canceled', true, true, 0],
    ['expired', true, true, 0],
  ])
  assert.equal((await holds()).length, 3)
})

test('a call that is lost is made up for: by the way back, and by asking again', async t => {
  const { db, payments, sandbox, linkOf, look, begin, holds, clock, invoices } = await aPayWorld(t)
  const [first, second] = [await linkOf([invoices[0]?.id ?? 0], 1), await linkOf([invoices[1]?.id ?? 0], 2)]
  const one = await begin(first.pay)
  const two = await begin(second.pay)
  const waiting = await look(`${first.pay}/back`)
  await sandbox.change(one.externalId, { status: 'paid' }, 0)
  await sandbox.change(two.externalId, { status: 'paid' }, 0)
  const back = await look(`${first.pay}/back`)
  const afterBack = (await holds()).map(({ invoiceId }) => invoiceId)
  await payments.follow()
  const tooEarly = (await holds()).length
  sandbox.fail(true)
  clock.advance({ minutes: 16 })
  await payments.follow()
  sandbox.fail(false)
  await payments.follow()

  assert.match(waiting.text, /wordt verwerkt/)
  assert.match(back.text, /uw betaling is gelukt/)
  assert.deepEqual(afterBack, [invoices[0]?.id])
  assert.equal(tooEarly, 1)
  assert.equal((await holds()).length, 2)
  assert.equal(await db.onlinePayment.count({ where: { status: 'paid' } }), 2)
})

test('what is refunded or charged back lets reminders go on for that part, and somebody is asked to look', async t => {
  const { db, debtor, jan, payments, sandbox, linkOf, look, begin, holds, tasks, clock } = await aPayWorld(t)
  await db.debtor.update({ where: { id: debtor.id }, data: { collector: 'jan' } })
  const { pay } = await linkOf()
  const { externalId } = await begin(pay)
  await sandbox.change(externalId, { status: 'paid' })
  await sandbox.change(externalId, { amountRefunded: eur('100.00') }, 2)
  const partly = (await holds()).map(({ amount }) => amount?.toFixed(2) ?? null)
  const page = await look(pay)
  clock.advance({ hours: 25 })
  await db.administration.updateMany({ data: { importedAt: new Date(clock.now().epochMilliseconds) } })
  await sandbox.change(externalId, { amountChargedBack: eur('325.75') }, 0)
  await payments.follow() // a day later it is asked about without a call
  const all = await holds()
  const again = await look(pay)

  assert.deepEqual(partly, [null, '225.75'])
  assert.match(page.text, /€\s100,00 nu betalen/)
  assert.match(page.text, /€\s225,75 is online betaald/)
  assert.deepEqual(all, [])
  assert.match(again.text, /€\s425,75 nu betalen/)
  assert.deepEqual(await tasks(), [
    { code: 'online_payment', what: 'taken_back', amount: '100', currency: 'EUR' },
    { code: 'online_payment', what: 'taken_back', amount: '325.75', currency: 'EUR' },
  ])
  assert.deepEqual([...new Set((await db.task.findMany()).map(({ assigneeId }) => assigneeId))], [jan.id])
})

test('what the ledger does not show after its days is looked for by a person, once, and still keeps reminders away', async t => {
  const { payments, sandbox, linkOf, begin, holds, tasks, clock } = await aPayWorld(t, { rules: { ledgerDays: 5 } })
  const { externalId } = await begin((await linkOf()).pay)
  await sandbox.change(externalId, { status: 'paid' })
  clock.advance({ hours: 24 * 4 })
  await payments.follow()
  const before = await tasks()
  clock.advance({ hours: 25 })
  await payments.follow()
  await payments.follow()

  assert.deepEqual(before, [])
  assert.deepEqual(await tasks(), [{ code: 'online_payment', what: 'not_in_ledger', amount: '425.75', currency: 'EUR' }])
  assert.equal((await holds()).length, 3)
})

test('two payments of the same are both kept, and somebody is asked to give one back', async t => {
  const { db, sandbox, linkOf, look, press, begin, tasks, clock } = await aPayWorld(t)
  const { pay } = await linkOf()
  const page = await look(pay)
  const both = await Promise.all([press(pay, page.text), press(pay, page.text)])
  const one = await begin(pay)
  clock.advance({ minutes: 11 }) // longer than a payment is gone on with
  const other = await begin(pay)
  await sandbox.change(one.externalId, { status: 'paid' })
  await sandbox.change(other.externalId, { status: 'paid' })

  const begun = new Set([...both.map(({ location }) => location.split('/').at(-1)), one.externalId])
  assert.ok(begun.size <= 2, 'a press that finds one begun goes on with it')
  assert.notEqual(one.externalId, other.externalId)
  assert.deepEqual(await tasks(), [{ code: 'online_payment', what: 'paid_twice', amount: '425.75', currency: 'EUR' }])
  assert.equal(await db.onlinePayment.count({ where: { status: 'paid' } }), 2)
})

test('nothing is believed that another payment tells, and a webhook of an unknown id is answered like any other', async t => {
  const { db, base, sandbox, linkOf, begin, holds } = await aPayWorld(t)
  const { externalId, row } = await begin((await linkOf()).pay)
  const payment = sandbox.payments.get(externalId) ?? assert.fail()
  const hear = async (body: URLSearchParams | string, provider = 'mollie') => (await fetch(`${base}/pay/webhook/${provider}`, { method: 'POST', body })).status
  payment.amount = eur('1.00')
  await sandbox.change(externalId, { status: 'paid' })
  payment.amount = eur('425.75')
  payment.metadata = { reference: 'duncan-999' }
  await sandbox.change(externalId, {})
  const unbelieved = [(await db.onlinePayment.findUniqueOrThrow({ where: { id: row.id } })).status, (await holds()).length]
  const answers = [
    await hear(new URLSearchParams({ id: 'tr_unknown' })),
    await hear(new URLSearchParams({ id: externalId }), 'another'),
    await hear(new URLSearchParams({ id: externalId, status: 'paid', amount: '425.75' })),
    await hear('not a form'),
  ]
  const stillOpen = (await holds()).length
  sandbox.fail(true)
  const away = await hear(new URLSearchParams({ id: externalId }))

  assert.deepEqual(unbelieved, ['open', 0])
  assert.deepEqual(answers, [200, 200, 200, 200])
  assert.equal(stillOpen, 0)
  assert.equal(away, 503) // it calls again later
})

test('what was paid by a page of ours and is not known here is told to people: by the call, and without one once a day', async t => {
  const { db, base, payments, sandbox, linkOf, begin, clock } = await aPayWorld(t)
  const { externalId } = await begin((await linkOf()).pay)
  const { externalId: lost } = await begin((await linkOf(undefined, 2)).pay)
  for (const id of [externalId, lost]) await sandbox.change(id, { status: 'paid' }, 0)
  const known = await db.onlinePayment.findMany({ include: { items: true } })
  await db.onlinePayment.deleteMany() // an older backup
  const hear = (id: string, from: string) =>
    fetch(`${base}/pay/webhook/mollie`, { method: 'POST', body: new URLSearchParams({ id }), headers: { 'x-forwarded-for': from } })
  const foreign = sandbox.payments.get(lost) ?? assert.fail()
  foreign.webhookUrl = 'https://shop.example/paid' // the same account serves a shop
  const tries: number[] = []
  for (let count = 0; count < 30; count += 1) tries.push((await hear('tr_invented', '192.0.2.9')).status)
  await hear(lost, '192.0.2.1')
  const none = await db.opsAlert.count()
  const told = (await hear(externalId, '192.0.2.1')).status
  const [alert] = await db.opsAlert.findMany()
  for (const { items, ...row } of known)
    await db.onlinePayment.create({ data: { ...row, items: { create: items.map(({ invoiceId, amount, openThen }) => ({ invoiceId, amount, openThen })) } } })
  await payments.tellUnknown()
  const solved = await db.opsAlert.count({ where: { resolvedAt: null } })
  await db.onlinePayment.deleteMany()
  await payments.tellUnknown()
  const again = await db.opsAlert.count({ where: { resolvedAt: null } })
  clock.advance({ hours: 24 * 31 })
  await payments.tellUnknown()

  assert.deepEqual([tries[0], tries.at(-1), told, none], [200, 429, 200, 0])
  assert.match(alert?.problem ?? '', new RegExp(`: ${externalId} \\(EUR 425\\.75\\)\\. Reminders`))
  assert.deepEqual([solved, again, await db.opsAlert.count({ where: { resolvedAt: null } })], [0, 1, 0])
})

test('what is disputed or in a payment plan is not asked for, and is said', async t => {
  const { db, debtor, linkOf, look, begin, sandbox, invoices } = await aPayWorld(t)
  const { pay, all } = await linkOf()
  const [first, second, third] = invoices.map(({ id }) => id)
  await placeHold(db, { debtorId: debtor.id, invoiceIds: [second ?? 0], reason: 'dispute', amount: '50.50' })
  await db.paymentPlan.create({
    data: { debtorId: debtor.id, status: 'running', currency: 'EUR', total: '75.25', invoices: { create: { invoiceId: third ?? 0 } } },
  })
  await db.promiseToPay.create({ data: { debtorId: debtor.id, promisedOn: new Date('2026-12-04'), invoices: { create: { invoiceId: first ?? 0 } } } })
  const page = await look(pay)
  const { externalId } = await begin(pay)
  await db.invoice.update({ where: { id: second ?? 0 }, data: { openAmount: '100.50' } })
  const old = await fetch(pay, { method: 'POST', body: new URLSearchParams({ currency: 'EUR', amount: '300' }) })
  const changed = await old.text()
  await db.invoice.create({
    data: { ...creditNote, administrationId: debtor.administrationId, debtorId: debtor.id },
  })
  const everything = await look(all)
  await placeHold(db, { debtorId: debtor.id, invoiceIds: [second ?? 0], reason: 'handed_over' })
  const elsewhere = await look(all)
  await placeHold(db, { debtorId: debtor.id, invoiceIds: [], reason: 'insolvency' })
  const insolvent = await look(all)
  await db.dunningHold.updateMany({ where: { reason: 'insolvency' }, data: { endedAt: new Date() } })
  await placeHold(db, { debtorId: debtor.id, invoiceIds: [], reason: 'dispute' })
  const none = await look(pay)

  assert.match(page.text, /€\s300,00 nu betalen/)
  assert.match(page.text, /€\s50,50 is betwist/)
  assert.match(page.text, /In uw betalingsregeling/)
  assert.match(page.text, /Toegezegd: betaald op 4 december 2026/)
  assert.equal(sandbox.payments.get(externalId)?.amount.value, '300.00')
  assert.match(changed, /Het bedrag is veranderd/)
  assert.match(changed, /€\s150,00 nu betalen/)
  assert.match(everything.text, /€\s130,00 nu betalen/)
  assert.match(everything.text, /Creditnota/)
  assert.match(elsewhere.text, /€\s80,00 nu betalen/)
  assert.match(elsewhere.text, /Wordt elders afgehandeld/)
  assert.doesNotMatch(insolvent.text, /<form|IBAN/)
  assert.match(none.text, /Hier is nu niets te betalen/)
})

const creditNote = {
  number: 'C-1',
  searchNumber: 'C1',
  kind: 'credit_note',
  dueDate: new Date('2026-11-01'),
  currency: 'EUR',
  amount: '-20.00',
  openAmount: '-20.00',
}
