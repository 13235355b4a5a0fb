import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { DbClient } from '#platform'
import { aLedger, anItem } from '../../search/ledger.ts'
import { openBrowser } from '../../support/browser.ts'
import { createConsoleClient } from '../../support/console-client.ts'
import { aView } from '../views.ts'
import { startConsole } from './start-console.ts'

/** A debtor of whom there is something to tell in every part of its page, and one with nothing. */
async function aPortfolio(client: DbClient) {
  const { administrationId, debtors } = await aLedger(client, ['Visser Installatie BV', 'Möller Stahlbau GmbH'])
  const [visser = 0, moller = 0] = debtors.map(({ id }) => id)
  const of = { administrationId, debtorId: visser }
  await client.debtor.update({ where: { id: visser }, data: { country: 'NL', legalForm: 'BV', companyNumber: '12345678', collector: 'jan' } })
  for (const [number, due, amount] of [
    ['2026-0412', '2026-04-01', '4200'],
    ['2026-0355', '2026-02-14', '12500.50'],
    ['2026-0298', '2026-01-20', '3100'],
    ['2025-1822', '2025-12-20', '8400'],
    ['2025-1511', '2025-10-02', '950'],
  ] as const)
    await anItem(client, of, number, due, amount)
  await anItem(client, of, '2026-C-12', '2026-02-20', '-250')
  const paid = { ...of, searchNumber: 'X', currency: 'EUR', amount: 10, openAmount: 0, status: 'closed', closedReason: 'paid' }
  await client.invoice.create({ data: { ...paid, number: 'P-1', dueDate: new Date('2026-01-01'), closedOn: new Date('2026-01-23') } })
  await client.promiseToPay.create({ data: { debtorId: visser, status: 'kept', promisedOn: new Date('2026-01-15'), amount: 2000, currency: 'EUR' } })
  await client.promiseToPay.create({ data: { debtorId: visser, status: 'broken', promisedOn: new Date('2026-02-15'), amount: 3100, currency: 'EUR' } })
  await client.dispute.create({ data: { debtorId: visser, reason: 'quality', answerDue: new Date('2026-03-06'), ownerId: 1 } })
  await client.note.create({ data: { debtorId: visser, text: 'Ask for Petra: she signs every payment run', pinned: true } })
  await client.note.create({ data: { debtorId: visser, text: 'Payment runs are on Fridays' } })
  await client.contact.create({ data: { debtorId: visser, name: 'Petra Vos', email: 'petra@visser.example', phone: '+31 20 555 0100' } })
  await client.contact.create({ data: { debtorId: visser, name: 'Old address', email: 'ap@visser.example', emailStatus: 'bounced' } })
  await client.payment.create({ data: { ...of, reference: 'B1', receivedOn: new Date('2026-02-27'), currency: 'EUR', amount: 750 } })
  const mail = { mailboxId: 1, size: 1, debtorId: visser }
  const asked = {
    ...mail,
    id: 70,
    rawHash: 'a',
    direction: 'in',
    subject: 'Question about 2026-0355',
    fromName: 'Petra Vos',
    receivedAt: new Date('2026-03-01T09:12:00Z'),
  }
  await client.message.create({ data: asked })
  await client.message.create({
    data: { ...mail, rawHash: 'b', direction: 'out', subject: 'Statement of account', receivedAt: new Date('2026-02-20T10:00:00Z') },
  })
  await client.proposal.create({ data: { id: 12, messageId: 70, mailboxId: 1, debtorId: visser, summary: 'x', createdAt: new Date('2026-03-01T09:13:00Z') } })
  await client.segment.create({
    data: { key: 'key', title: 'Key accounts', query: 'balance:>20k country:BE,NL,LU', priority: 10, strategy: 'Call before you write' },
  })
  return { visser, moller }
}

const withPicture = async (page: Page, name: string) => {
  const folder = process.env.DUNCAN_TEST_PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

async function signedIn(t: TestContext, link: string, width: number) {
  const browser = await openBrowser(t)
  if (!browser) return undefined
  const page = await browser.newPage({ viewport: { width, height: 900 } })
  const faults: string[] = []
  page.on('pageerror', error => faults.push(error.message))
  page.on('console', message => message.type() === 'error' && faults.push(message.text()))
  await page.goto(link)
  await page.waitForSelector('#app:not([hidden])')
  return { page, faults }
}

test('the page of a debtor shows what stands, what to do next and why, without a fault, wide and narrow, in every language', async t => {
  const { client, url, jan, link } = await startConsole(t, [aView({ id: 12 })])
  const { visser } = await aPortfolio(client)
  const opened = await signedIn(t, await link(jan), 1180)
  if (!opened) return
  const { page, faults } = opened

  await page.goto(`${url}/debtors/${visser}`)
  await page.waitForSelector('#content[aria-busy="false"]')

  assert.equal(await page.textContent('h1'), 'Visser Installatie BV')
  assert.match((await page.textContent('.next')) ?? '', /Next step.*Decide on proposal 12/)
  assert.deepEqual(await page.locator('.bar-value').allTextContents(), ['€4,200', '€12,251', '€3,100', '€8,400', '€0', '€950'])
  const heights = await page.locator('.bar').evaluateAll(bars => bars.map(bar => Math.round(bar.getBoundingClientRect().height)))
  assert.ok(heights[1] && heights[0] && heights[1] > heights[0] && heights[4] === 0, heights.join(' '))
  assert.match(
    (await page.textContent('#content')) ?? '',
    /Key accounts because balance:>20000 \(€28,900\.50\), country:BE,NL,LU \(NL\).*Call before you write/,
  )
  await withPicture(page, 'debtor-wide')
  for (const language of ['nl', 'fr', 'de', 'pl', 'en']) {
    await client.staff.update({ where: { id: jan.id }, data: { language } })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.reload()
    await page.waitForSelector('#content[aria-busy="false"]')
    const overflow = await page.locator('html').evaluate(html => html.scrollWidth - html.clientWidth)
    assert.equal(overflow, 0, `${language}: nothing sticks out of a narrow page`)
    assert.equal(await page.getAttribute('html', 'lang'), language)
    await withPicture(page, `debtor-narrow-${language}`)
  }
  assert.deepEqual(faults, [])

  await page.click('.next a')
  await page.waitForSelector('.post.pointed, #thread:not([hidden])')
})

test('the list of debtors answers searches, marks what it does not understand, and leads to each page', async t => {
  const { client, jan, link } = await startConsole(t, [])
  await aPortfolio(client)
  const opened = await signedIn(t, await link(jan), 1180)
  if (!opened) return
  const { page, faults } = opened

  await page.fill('#command-text', '/debtor visser')
  await page.press('#command-text', 'Enter')
  await page.waitForSelector('.card a[href="/debtors/1"]')
  await withPicture(page, 'debtor-card')
  await page.click('a[href="/debtors"]')
  await page.waitForSelector('.results')
  await withPicture(page, 'debtors')
  await page.fill('#query', 'overdeu:>10')
  await page.press('#query', 'Enter')
  await page.waitForSelector('.fault')
  await withPicture(page, 'debtors-fault')

  assert.equal(await page.textContent('.fault mark'), 'overdeu')
  assert.match((await page.textContent('.fault')) ?? '', /Did you mean overdue\?/)
  await page.fill('#query', 'overdue:>10k country:NL')
  await page.press('#query', 'Enter')
  await page.waitForSelector('.results')
  assert.deepEqual(await page.locator('.results a').allTextContents(), ['Visser Installatie BV'])
  await page.click('.results a')
  await page.waitForSelector('.figures')
  assert.deepEqual(faults, [])
})

test('a debtor out of sight is not found, neither its page nor in a list', async t => {
  const { client, url, jan, link } = await startConsole(t, [])
  const { visser, moller } = await aPortfolio(client)
  await client.staff.update({ where: { id: jan.id }, data: { administrations: ['XX'] } })
  const browser = createConsoleClient(url)
  await browser.signIn(await link(jan))

  const one = await browser.get(`/debtors/${visser}`)
  const all = await browser.get('/debtors?q=*')
  const odd = await browser.get('/debtors/99999999999999')

  assert.deepEqual([one.status, odd.status, all.status, all.body.rows], [404, 404, 200, []])
  assert.doesNotMatch(JSON.stringify([one.body, all.body]), /Visser|M.ller/)
  assert.ok(moller > 0)
})

test('of a mailbox out of sight a page shows no mail and no proposal', async t => {
  const { client, url, jan, link } = await startConsole(t, [])
  const { visser } = await aPortfolio(client)
  await client.staff.update({ where: { id: jan.id }, data: { mailboxes: ['other'] } })
  const browser = createConsoleClient(url)
  await browser.signIn(await link(jan))

  const { status, body } = await browser.get(`/debtors/${visser}`)

  assert.equal(status, 200)
  assert.doesNotMatch(JSON.stringify(body), /Question about|Statement of account|proposal 12|#12/)
})
