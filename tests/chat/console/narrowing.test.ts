import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cardSchema } from '#chat'
import { ensureStaff } from '#people'
import { writePost } from '../../../src/chat/posts.ts'
import { openBrowser } from '../../support/browser.ts'
import { createConsoleClient } from '../../support/console-client.ts'
import { aView } from '../views.ts'
import { startConsole } from './start-console.ts'

const aCard = (title: string) => cardSchema.parse({ title, elements: [], fallback: title })

test('of two people with the same sight only the one whose role is in a channel hears of it, whoever listens first', async t => {
  const { client, clock, url, link, jan, vic } = await startConsole(t, [])
  await client.staff.updateMany({ data: { administrations: ['HL'] } })
  const listen = async (staff: typeof jan) => {
    const browser = createConsoleClient(url)
    await browser.signIn(await link(staff))
    const events = await browser.events()
    t.after(events.close)
    await events.next('hello')
    return { browser, events }
  }
  const viewer = await listen(vic)
  const collector = await listen(jan)

  const sight = { administrations: ['HL'], mailboxes: [] }
  const payments = await writePost(client, clock, { surface: 'console', channel: 'payments', subject: 'payments:1', sight }, aCard('Payments'))
  const own = { surface: 'console', channel: 'debtors', subject: 'answer', sight }
  const last = await writePost(client, clock, { ...own, privateTo: vic.id }, aCard('Yours'))

  assert.equal((await collector.events.next('post')).id, payments.id)
  assert.equal((await viewer.events.next('post')).id, last.id, 'of the payments the viewer heard nothing')
  assert.deepEqual((await viewer.browser.get('/channels/payments/posts')).body.posts, [])
  assert.equal((await collector.browser.get('/channels/payments/posts')).body.posts.length, 1)
})

test('an open page is told that its person’s rights are others now, and asks which of its cards are still theirs', async t => {
  const { client, url, link, eva, recheck } = await startConsole(t, [aView({ id: 12 })])
  const browser = createConsoleClient(url)
  await browser.signIn(await link(eva))
  const events = await browser.events()
  t.after(events.close)
  const { as: before } = await events.next('hello')
  const { rights } = (await browser.get('/me')).body
  const { id } = (await browser.get('/channels/debtors/posts')).body.posts[0]
  const seen = async () => (await browser.get(`/seen?ids=${id},987654`)).body

  recheck()
  const same = (await events.next('beat')).as
  const wide = await seen()
  await client.staff.update({ where: { id: eva.id }, data: { mailboxes: ['archive'] } })
  recheck()
  const narrowed = (await events.next('beat')).as

  assert.deepEqual([rights, same], [before, before])
  assert.notEqual(narrowed, before)
  assert.deepEqual([wide, await seen()], [[id], []])
})

test('in the browser: a page that lies open loses the cards of somebody whose sight becomes narrower, and everything when they leave', async t => {
  const browser = await openBrowser(t)
  if (!browser) return
  const { client, url, link, eva, recheck } = await startConsole(t, [aView({ id: 12 }), aView({ id: 13 })])
  const page = await browser.newPage()
  await page.goto(await link(eva))
  await page.locator('article.post').nth(1).waitFor()
  await page.locator('.thread-open').first().click()
  await page.locator('#thread').getByText('We will pay invoice 2026-0412').waitFor()
  await page.getByText('Live', { exact: true }).waitFor()

  // One card goes to a channel and a mailbox of others; nothing tells the page by its number.
  await client.chatPost.updateMany({ where: { subject: 'proposal:12' }, data: { privateTo: eva.id + 1000 } })
  recheck()
  await page.locator('article.post').nth(1).waitFor({ state: 'detached' })
  await page.locator('#thread').waitFor({ state: 'hidden' })
  const left = await page.locator('article.post').count()
  await client.staff.update({ where: { id: eva.id }, data: { mailboxes: ['archive'], administrations: ['HL'] } })
  recheck()
  await page.locator('article.post').first().waitFor({ state: 'detached' })
  await page.getByText('Nothing here yet').waitFor()
  const ada = await ensureStaff(client, { key: 'ada', name: 'Ada', email: 'ada@harbourlight.example', role: 'admin' })
  await page.goto(await link(ada))
  await page.locator('article.post').first().waitFor()
  await page.getByText('Live', { exact: true }).waitFor()
  await client.staff.update({ where: { id: ada.id }, data: { active: false } })
  recheck()
  await page.waitForURL(`${url}/sign-in`)

  assert.equal(left, 1)
})
