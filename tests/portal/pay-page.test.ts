import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { draftLanguages } from '#drafting'
import { placeHold } from '#dunning'
import { searchNumber } from '#ledger'
import { Prisma } from '#platform'
import { portalWords } from '../../src/portal/words/index.ts'
import { aPayWorld } from '../payments/pay-world.ts'

test('the page tells who asks for what and how to pay it, in the language of the debtor, and gives nothing away', async t => {
  const { db, debtor, administration, linkOf, look, invoices } = await aPayWorld(t)
  await db.invoice.update({ where: { id: invoices[0]?.id ?? 0 }, data: { number: '<script>alert(1)</script>' } })
  await db.contact.updateMany({ where: { debtorId: debtor.id }, data: { phone: '+31612345678' } })
  const { pay, all } = await linkOf([invoices[0]?.id ?? 0])
  const pages = new Map<string, string>()
  for (const language of draftLanguages) {
    await db.debtor.update({ where: { id: debtor.id }, data: { language } })
    pages.set(language, (await look(pay)).text)
  }
  await db.debtor.update({ where: { id: debtor.id }, data: { language: 'es' } })
  await db.administration.update({ where: { id: administration.id }, data: { language: 'fr' } })
  const { text, headers, status } = await look(pay, { cookie: 'duncan=1' })
  const whole = await look(all)

  for (const language of draftLanguages) {
    const page = pages.get(language) ?? ''
    const words = portalWords[language]
    assert.match(page, new RegExp(`<html lang="${language}">`))
    for (const told of [words.greeting('Nordlicht BV'), 'D100', words.seeAll, words.transfer, 'NL02 ABNA 0123 4567 89', 'iDEAL', words.card, words.scan])
      assert.ok(page.includes(told), `${language}: ${told}`)
  }
  assert.equal(status, 200)
  assert.match(text, /lang="fr"/) // a language without words: the administration's
  assert.match(text, /&lt;script&gt;/)
  assert.doesNotMatch(text, /<script|zonneveld\.example|Piet Zon|31612345678/)
  assert.doesNotMatch(text, /(?:src|href)="(?:https?:)?\/\//) // nothing is loaded from elsewhere
  assert.match(whole.text, /425,75/)
  assert.equal(headers.get('set-cookie'), null)
  assert.equal(headers.get('cache-control'), 'no-store')
  assert.equal(headers.get('x-robots-tag'), 'noindex, nofollow')
  assert.equal(headers.get('referrer-policy'), 'no-referrer')
  assert.match(
    headers.get('content-security-policy') ?? '',
    /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; form-action 'self' https: http:\/\/127/,
  )
  const row = await db.paymentLink.findFirstOrThrow()
  assert.equal(row.openings, 7)
})

test('every link that leads nowhere gets the same page, and who tries many has to wait', async t => {
  const { db, base, clock, linkOf, look } = await aPayWorld(t)
  const { pay } = await linkOf()
  await db.paymentLink.updateMany({ data: { expiresAt: new Date(clock.now().epochMilliseconds) } })
  const expired = await look(pay, from('192.0.2.1'))
  await db.paymentLink.updateMany({ data: { expiresAt: new Date('2027-01-01'), revokedAt: new Date() } })
  const revoked = await look(pay, from('192.0.2.1'))
  const others = [`${base}/pay/unknown`, `${base}/pay/${'x'.repeat(22)}/all`, `${base}/pay/%00/back`, `${base}/pay`]
  const unknown = await Promise.all(others.map(address => look(address, from('192.0.2.2'))))
  const post = await fetch(`${base}/pay/${'x'.repeat(22)}`, { method: 'POST', body: 'a'.repeat(9000), headers: from('192.0.2.3') })
  let tries = 0
  let last = await look(`${base}/pay/no`, from('2001:db8::1'))
  while (last.status === 404 && tries < 50) [tries, last] = [tries + 1, await look(`${base}/pay/no${tries}`, from(`2001:db8::${tries}`))]
  const neighbour = await look(`${base}/pay/no`, from('2001:db8:0:1::1'))
  clock.advance({ seconds: 61 })
  const later = await look(`${base}/pay/no`, from('2001:db8::1'))

  assert.deepEqual(
    [expired, revoked, ...unknown].map(({ status, text }) => [status, text === expired.text]),
    [expired, revoked, ...unknown].map(() => [404, true]),
  )
  assert.match(expired.text, /Dieser Link führt nirgendwohin mehr/)
  assert.ok([404, 415].includes(post.status))
  assert.equal(last.status, 429)
  assert.ok(tries > 10 && tries < 25, `${tries} tries of one subscriber`)
  assert.deepEqual([neighbour.status, later.status], [404, 404])
})

test('an old ledger tells no amounts and takes no money; without a provider the page tells how to transfer', async t => {
  const { linkOf, look, clock } = await aPayWorld(t)
  const { pay } = await linkOf()
  clock.advance({ hours: 27 })
  const stale = await look(pay)
  const pressed = await fetch(pay, { method: 'POST', body: new URLSearchParams({ currency: 'EUR', amount: '425.75' }), redirect: 'manual' })
  const offline = await aPayWorld(t, { isOnline: false })
  const page = await offline.look((await offline.linkOf()).pay)

  assert.match(stale.text, /worden net bijgewerkt/)
  assert.doesNotMatch(stale.text, /€|<form/)
  assert.equal(pressed.status, 200)
  assert.doesNotMatch(page.text, /<form/)
  assert.match(page.text, /Zo kunt u betalen/)
  assert.match(page.text, /data:image\/png;base64/)
})

test('a provider that is away is told of, and the page still says how to pay', async t => {
  const { db, sandbox, linkOf, look, press } = await aPayWorld(t)
  const { pay } = await linkOf()
  const page = await look(pay)
  sandbox.fail(true)
  const failed = await press(pay, page.text)
  sandbox.fail(false)
  const worked = await press(pay, failed.text)

  assert.equal(failed.status, 200)
  assert.match(failed.text, /Online betalen lukt op dit moment niet/)
  assert.match(failed.text, /NL02 ABNA 0123 4567 89/)
  assert.equal(worked.status, 303)
  assert.deepEqual(
    (await db.onlinePayment.findMany({ orderBy: { id: 'asc' } })).map(({ status }) => status),
    ['failed', 'open'],
  )
})

test('the page says of any ledger what is open less what is disputed, planned or underway', async t => {
  const { db, debtor, administration, linkOf, look, begin, sandbox } = await aPayWorld(t)
  const cents = fc.integer({ min: 1, max: 5_000_00 })
  const item = fc.record({ open: cents, disputed: fc.option(fc.nat({ max: 6_000_00 })), isInPlan: fc.boolean(), isPaidOnline: fc.boolean() })
  let runs = 0
  const property = fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 3 }), fc.boolean(), async (items, isAllDisputed) => {
    runs += 1
    await db.paymentPlan.deleteMany({})
    await db.dunningHold.deleteMany({})
    await db.invoice.deleteMany({ where: { debtorId: debtor.id } })
    const made = await db.invoice.createManyAndReturn({
      data: items.map(({ open }, index) => ({
        administrationId: administration.id,
        debtorId: debtor.id,
        number: `P-${runs}-${index}`,
        searchNumber: searchNumber(`P-${runs}-${index}`),
        dueDate: new Date('2026-10-31'),
        currency: 'EUR',
        amount: new Prisma.Decimal(open).div(100),
        openAmount: new Prisma.Decimal(open).div(100),
      })),
      select: { id: true },
    })
    const rows = made.map(({ id }) => id)
    const online = rows.filter((_, index) => items[index]?.isPaidOnline)
    if (online.length > 0) {
      const { externalId } = await begin((await linkOf(online, runs * 2 + 1000)).pay)
      await sandbox.change(externalId, { status: 'paid' })
    }
    for (const [index, { disputed, isInPlan }] of items.entries()) {
      const invoiceId = rows[index] ?? 0
      const amount = disputed === null ? undefined : new Prisma.Decimal(disputed).div(100)
      if (amount?.gt(0)) await placeHold(db, { debtorId: debtor.id, invoiceIds: [invoiceId], reason: 'dispute', amount: amount.toFixed(2) })
      if (isInPlan)
        await db.paymentPlan.create({ data: { debtorId: debtor.id, status: 'running', currency: 'EUR', total: 1, invoices: { create: { invoiceId } } } })
    }
    if (isAllDisputed) await placeHold(db, { debtorId: debtor.id, invoiceIds: [], reason: 'dispute' })

    const page = await look((await linkOf(rows, runs * 2 + 1001)).pay)

    // Told a second time, in cents: what is asked for of each.
    const due = items.reduce((sum, { open, disputed, isInPlan, isPaidOnline }) => {
      const contested = isAllDisputed ? open : Math.min(open, disputed ?? 0)
      return sum + (isInPlan || isPaidOnline ? 0 : open - contested)
    }, 0)
    const shown = /name="amount" value="([^"]+)"/.exec(page.text)?.[1]
    assert.equal(shown === undefined ? 0 : new Prisma.Decimal(shown).mul(100).toNumber(), due)
  })
  await fc.assert(property, { numRuns: 8 })
})

const from = (address: string) => ({ 'x-forwarded-for': address, 'accept-language': 'de' })
