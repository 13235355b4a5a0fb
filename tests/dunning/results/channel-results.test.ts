import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { fullSight } from '#people'
import { type DbClient, Prisma } from '#platform'
import { actionOutcomes, type ResultScope, readChannelResults, windows } from '../../../src/dunning/results/channel-results.ts'
import { readLinkResults } from '../../../src/dunning/results/link-results.ts'
import { readPromiseResults } from '../../../src/dunning/results/promise-results.ts'
import { aLedger, anItem } from '../../search/ledger.ts'
import { createTestDatabase, emptyTestDatabase } from '../../support/database.ts'
import { doneActions, pay } from './done-actions.ts'

const today = '2026-06-30'
const scopeOf = (from: string, more: Partial<ResultScope> = {}): ResultScope => ({
  context: { sight: fullSight, today: Temporal.PlainDate.from(today) },
  from: Temporal.PlainDate.from(from),
  ...more,
})

async function aBook(client: DbClient, names: string[]) {
  const { administrationId, debtors } = await aLedger(client, names)
  await client.administration.update({ where: { id: administrationId }, data: { importedAt: new Date(`${today}T05:00:00Z`) } })
  const ids = debtors.map(({ id }) => id)
  let number = 0
  const item = async (debtorId: number, amount = '100.00', currency = 'EUR') => {
    number += 1
    const { id } = await anItem(client, { administrationId, debtorId }, `I${number}`, '2026-04-01', amount, currency)
    return { id, amount, currency }
  }
  return { ids, item, done: await doneActions(client) }
}

const dayOf = (day: number) => Temporal.PlainDate.from('2026-05-01').add({ days: day }).toString()

const some = (outcomes: Record<string, number>) => Object.fromEntries(Object.entries(outcomes).filter(([, count]) => count > 0))

test('what came of each action is told once: money counts for the last action before it, answers of the day for that day', async t => {
  const { client } = await createTestDatabase(t)
  const { ids, item, done } = await aBook(client, ['Paid', 'Late', 'Partly', 'Promises', 'Disputes', 'Bounces', 'Credited', 'Gone', 'Silent', 'New'])
  const [paid = 0, late = 0, partly = 0, promises = 0, disputes = 0, bounces = 0, credited = 0, gone = 0, silent = 0, fresh = 0] = ids
  const mail = async (debtorId: number, on = '2026-05-04', amount?: string, currency?: string) => {
    const one = await item(debtorId, amount, currency)
    return { item: one.id, action: await done({ debtorId, on, items: [one] }) }
  }
  // On the day itself it was on its way; the day after it counts. What the ERP tells of the same money is not counted again.
  const first = await mail(paid)
  await pay(client, first.item, '2026-05-05', '100.00')
  await client.payment.create({
    data: {
      ...(await client.payment.findFirstOrThrow({ select: { administrationId: true, debtorId: true, currency: true, amount: true, receivedOn: true } })),
      source: 'ledger',
      reference: 'erp 1',
      allocations: { create: { invoiceId: first.item, amount: '100.00' } },
    },
  })
  // Reminded, called on the tenth day, paid on the day of the call: the reminder's. On the day after it would be the call's.
  const second = await mail(late, '2026-05-04', '100.00', 'GBP')
  await done({ debtorId: late, on: '2026-05-14', items: [{ id: second.item, amount: '100.00', currency: 'GBP' }], type: 'call', step: 'call' })
  await pay(client, second.item, '2026-05-14', '40.00')
  await pay(client, second.item, '2026-05-15', '60.00')
  await pay(client, (await mail(partly)).item, '2026-05-20', '30.00')
  const promised = await mail(promises)
  await client.promiseToPay.create({
    data: {
      debtorId: promises,
      status: 'broken',
      promisedOn: new Date('2026-05-20'),
      saidOn: new Date('2026-05-04'),
      invoices: { create: { invoiceId: promised.item } },
    },
  })
  await mail(disputes)
  await client.dispute.create({
    data: { debtorId: disputes, reason: 'price', ownerId: 1, answerDue: new Date('2030-01-01'), createdAt: new Date('2026-05-16T08:00:00Z') },
  })
  const returned = await mail(bounces)
  const box = await client.mailbox.create({ data: { key: 'd', address: 'd@harbourlight.example', kind: 'maildir', startAt: new Date('2026-01-01') } })
  await client.dunningAction.update({ where: { id: returned.action }, data: { entryId: 77 } })
  await client.outboundMail.create({
    data: {
      mailboxId: box.id,
      internetMessageId: '<1@x.example>',
      entryId: 77,
      to: ['gone@b.example'],
      subject: 's',
      text: 't',
      state: 'sent',
      sendAfter: new Date('2026-05-04T08:00:00Z'),
      sentAt: new Date('2026-05-04T08:00:00Z'),
    },
  })
  const bounced = { kind: 'bounce', findings: { bounce: [{ recipient: 'Gone@B.example', permanent: true }] }, receivedAt: new Date('2026-05-04T08:01:00Z') }
  await client.message.create({ data: { mailboxId: box.id, rawHash: 'b', size: 1, direction: 'in', ...bounced } })
  await client.invoice.update({
    where: { id: (await mail(credited)).item },
    data: { status: 'closed', closedReason: 'credited', openAmount: 0, closedOn: new Date('2026-05-06') },
  })
  await client.invoice.update({
    where: { id: (await mail(gone)).item },
    data: { status: 'closed', closedReason: 'missing_from_import', openAmount: 0, closedOn: new Date('2026-05-25') },
  })
  await mail(silent)
  await pay(client, (await mail(fresh, '2026-06-29')).item, '2026-06-30', '100.00')
  await mail(silent, '2026-01-05') // before the period
  await done({ debtorId: silent, on: '2026-05-05', items: [await item(silent)], status: 'open' })

  const { channels, steps } = await readChannelResults(client, scopeOf('2026-05-01'))
  const [mails, calls] = channels
  const part = await readChannelResults(client, scopeOf('2026-05-01', { debtors: new Set([paid, silent]) }))
  const unseen = await readChannelResults(
    client,
    scopeOf('2026-05-01', { context: { sight: { administrations: ['other'], mailboxes: 'all' }, today: Temporal.PlainDate.from(today) } }),
  )

  assert.deepEqual(
    [mails?.channel, mails?.sent, calls?.channel, calls?.sent, steps.map(({ workflow, step, sent }) => `${workflow} ${step} ${sent}`)],
    ['email', 10, 'call', 1, ['standard call 1', 'standard first 10']],
  )
  assert.deepEqual(some(mails?.outcomes[7] ?? {}), { paid: 1, promised: 1, bounced: 1, credited: 1, nothing: 5, running: 1 })
  assert.deepEqual(some(mails?.outcomes[14] ?? {}), { paid: 1, partly: 1, disputed: 1, promised: 1, bounced: 1, credited: 1, nothing: 3, running: 1 })
  assert.deepEqual(some(mails?.outcomes[30] ?? {}), { paid: 2, partly: 2, disputed: 1, promised: 1, bounced: 1, credited: 1, nothing: 1, running: 1 })
  assert.deepEqual(some(calls?.outcomes[7] ?? {}), { partly: 1 }) // it asked for all 100, of which 60 came after it
  const sums = (mails?.amounts ?? []).map(({ currency, items, asked, windows: within }) => [
    currency,
    items,
    asked.toFixed(),
    within[30].asked.toFixed(),
    within[30].came.toFixed(),
  ])
  assert.deepEqual(sums, [
    ['EUR', 9, '900', '800', '230'],
    ['GBP', 1, '100', '100', '40'],
  ])
  assert.deepEqual([part.channels[0]?.sent, some(part.channels[0]?.outcomes[30] ?? {})], [2, { paid: 1, nothing: 1 }])
  assert.deepEqual(unseen.channels, [])
})

test('an answer counts for the day on which it came where the books are kept, and of a central file only what the asker sees', async t => {
  const { client } = await createTestDatabase(t)
  const { ids, item, done } = await aBook(client, ['Seen', 'Other'])
  const [seen = 0, other = 0] = ids
  const [own, theirs] = [await item(seen), await item(other, '70.00')]
  await client.debtor.update({ where: { id: seen }, data: { collector: 'anna' } })
  await done({ debtorId: seen, on: '2026-05-04', items: [own, theirs] })
  await done({ debtorId: seen, on: '2026-05-09', items: [own, theirs], type: 'call', step: 'call' })
  // Half past midnight of the ninth in Amsterdam, which is still the eighth in UTC.
  const createdAt = new Date('2026-05-08T22:30:00Z')
  await client.dispute.create({ data: { debtorId: seen, reason: 'price', ownerId: 1, answerDue: new Date(today), createdAt } })
  await pay(client, theirs.id, '2026-05-10', '70.00')
  // What the ledger took off on the day of a payment of its own is money of that day, too.
  await pay(client, own.id, '2026-05-10', '20.00')
  await client.invoice.update({ where: { id: own.id }, data: { openAmount: '50.00', ledgerOpenSince: new Date('2026-05-10') } })

  const { channels } = await readChannelResults(client, scopeOf('2026-05-01'))
  const sight = { administrations: 'all', mailboxes: 'all', accounts: 'anna' } as const
  const { channels: annas } = await readChannelResults(client, scopeOf('2026-05-01', { context: { sight, today: Temporal.PlainDate.from(today) } }))

  const told = (of: typeof channels) =>
    of.map(({ channel, outcomes, amounts }) => [
      channel,
      some(outcomes[7]),
      ...amounts.map(({ windows: w }) => `${w[7].came.toFixed()} of ${w[7].asked.toFixed()}`),
    ])
  assert.deepEqual(told(channels), [
    ['email', { nothing: 1 }, '0 of 170'],
    ['call', { partly: 1 }, '120 of 170'],
  ])
  assert.deepEqual(told(annas), [
    ['email', { nothing: 1 }, '0 of 100'],
    ['call', { partly: 1 }, '50 of 100'],
  ])
})

test('for any history every action has one outcome, money counts once, and the sums are those of a plain count', async t => {
  const database = await createTestDatabase(t)
  const { client } = database
  const event = fc.record({
    kind: fc.constantFrom('act', 'act', 'pay', 'pay', 'promise', 'dispute'),
    debtor: fc.nat(1),
    item: fc.nat(2),
    day: fc.nat(60),
    cents: fc.integer({ min: 1, max: 12_000 }),
    channel: fc.constantFrom('email', 'call', 'sms'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 14 }), async events => {
      await emptyTestDatabase(database)
      const { ids, item, done } = await aBook(client, ['One', 'Two'])
      const items = await Promise.all(ids.map(async id => [await item(id), await item(id, '50.00', 'GBP'), await item(id)]))
      const acts: { id: number; day: number; items: { id: number; amount: string }[] }[] = []
      const paid: { invoice: number; day: number; cents: number }[] = []
      for (const { kind, debtor, item: which, day, cents, channel } of events.toSorted((a, b) => a.day - b.day)) {
        const [debtorId = 0, one = assert.fail()] = [ids[debtor], items[debtor]?.[which]]
        if (kind === 'act') {
          const about = (items[debtor] ?? []).slice(0, which + 1)
          acts.push({ id: await done({ debtorId, on: dayOf(day), items: about, type: channel, step: channel }), day, items: about })
        }
        if (kind === 'pay') {
          await pay(client, one.id, dayOf(day), (cents / 100).toFixed(2))
          paid.push({ invoice: one.id, day, cents })
        }
        if (kind === 'promise') await client.promiseToPay.create({ data: { debtorId, saidOn: new Date(dayOf(day)), promisedOn: new Date(dayOf(day)) } })
        if (kind === 'dispute')
          await client.dispute.create({
            data: { debtorId, reason: 'price', ownerId: 1, answerDue: new Date(today), createdAt: new Date(`${dayOf(day)}T12:00:00Z`) },
          })
      }

      const { channels, steps } = await readChannelResults(client, scopeOf('2026-05-01'))

      const sent = channels.reduce((sum, channel) => sum + channel.sent, 0)
      assert.equal(sent, acts.length)
      assert.equal(
        steps.reduce((sum, step) => sum + step.sent, 0),
        acts.length,
      )
      for (const days of windows) {
        for (const { outcomes, sent: all } of channels)
          assert.equal(
            actionOutcomes.reduce((sum, outcome) => sum + outcomes[days][outcome], 0),
            all,
          )
        // The plain count: each payment goes to the last action about its invoice on an earlier day, if that is not too long ago.
        const came = new Map<string, number>()
        for (const { invoice, day, cents } of paid) {
          const last = acts.filter(act => act.day < day && act.items.some(({ id }) => id === invoice)).at(-1)
          if (last && day <= last.day + days && dayOf(last.day + days) <= today)
            came.set(`${last.id} ${invoice}`, (came.get(`${last.id} ${invoice}`) ?? 0) + cents)
        }
        const expected = acts.flatMap(({ id, items: about }) => about.map(each => Math.min(Number(each.amount) * 100, came.get(`${id} ${each.id}`) ?? 0)))
        const told = channels.flatMap(({ amounts }) => amounts.map(({ windows: within }) => within[days].came))
        assert.equal(
          told
            .reduce((sum, amount) => sum.add(amount), new Prisma.Decimal(0))
            .mul(100)
            .toFixed(0),
          String(expected.reduce((sum, each) => sum + each, 0)),
        )
      }
    }),
    { numRuns: 12 },
  )
})

test('promises go by who took them, and pages to pay on by channel, each of its own reminder', async t => {
  const { client } = await createTestDatabase(t)
  const { ids, item, done } = await aBook(client, ['One'])
  const [debtorId = 0] = ids
  const promise = (status: string, more: object = {}) => client.promiseToPay.create({ data: { debtorId, status, promisedOn: new Date('2026-05-20'), ...more } })
  const heard = [await promise('kept'), await promise('broken'), await promise('open')]
  for (const [index, { id }] of heard.entries())
    await client.debtorEntry.create({
      data: {
        debtorId,
        kind: 'promise',
        payload: {},
        staffId: 5,
        formKey: `f${index}`,
        surface: 'console',
        status: 'done',
        result: { promiseId: id, holdIds: [] },
      },
    })
  await promise('partly_kept', { actionId: 9 })
  await promise('kept')
  await promise('cancelled')
  await promise('kept', { promisedOn: new Date('2026-01-20') })
  for (const [index, paidAt] of [new Date('2026-05-05T21:00:00Z'), new Date('2026-05-06T09:00:00Z'), null].entries()) {
    const action = await done({ debtorId, on: '2026-05-04', items: [await item(debtorId)], type: 'sms' })
    const times = { createdAt: new Date('2026-05-04'), expiresAt: new Date('2026-08-04'), openedAt: new Date('2026-05-05'), startedAt: paidAt, paidAt }
    await client.paymentLink.create({
      data: {
        debtorId,
        scope: 'reminder',
        dunningActionId: action,
        seed: `s${index}`,
        tokenHash: `h${index}`,
        base: 'https://pay.harbourlight.example',
        ...times,
      },
    })
  }

  const promises = await readPromiseResults(client, scopeOf('2026-05-01'))
  const links = await readLinkResults(client, scopeOf('2026-05-01'))

  assert.deepEqual(promises, [
    { takenBy: { staffId: 5 }, kept: 1, partlyKept: 0, broken: 1, open: 1 },
    { takenBy: 'unknown', kept: 1, partlyKept: 0, broken: 0, open: 0 },
    { takenBy: 'mail', kept: 0, partlyKept: 1, broken: 0, open: 0 },
  ])
  assert.deepEqual(links, [{ channel: 'sms', sent: 3, opened: 3, started: 2, paid: 2, nextDay: 1 }])
})
