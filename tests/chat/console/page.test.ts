import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser } from '../../support/browser.ts'
import { aPromise, aReply, aView } from '../views.ts'
import { startConsole } from './start-console.ts'

const hostile = '<img src=x onerror="document.title=1"> **bold** [link](https://evil.example) & <b>loud</b>'

test('in the browser: sign in by the link, read a hostile mail as plain text, edit the reply, approve, see the final state live', async t => {
  const browser = await openBrowser(t)
  if (!browser) return
  const message = { ...aView().message, replyText: hostile, subject: hostile }
  const evidence = [{ start: 0, end: hostile.length, text: hostile }]
  const { url, link, jan, eva, proposals } = await startConsole(t, [aView({ id: 12, message, actions: [aPromise({ evidence }), aReply()] })])
  const page = await browser.newPage()
  const colleague = await (await browser.newContext()).newPage()
  const complaints: string[] = []
  for (const each of [page, colleague]) {
    each.on('pageerror', error => complaints.push(error.message))
    each.on('console', line => line.type() === 'error' && complaints.push(line.text()))
    each.on('request', request => !request.url().startsWith(url) && complaints.push(`asked ${request.url()}`))
  }

  await page.goto(await link(jan))
  await colleague.goto(await link(eva))
  const card = page.locator('article.post')
  await card.getByText('Needs a decision').waitFor()
  await colleague.locator('article.post').getByText('Needs a decision').waitFor()
  const quote = await card.locator('.ac-richTextBlock').filter({ hasText: 'onerror' }).innerText()
  const markup = await card.locator('img:not(.avatar), b, a').count()
  await card.getByRole('button', { name: 'Edit', exact: true }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Reply' }).fill('Dear Petra,\n\nThank you.')
  await dialog.getByRole('button', { name: 'Approve as edited' }).click()
  await card.getByText('Approved by Jan Willems, 14:03, edited').waitFor()
  await colleague.getByText('Approved by Jan Willems, 14:03, edited').waitFor() // nobody reloaded anything

  assert.equal(quote, `“${hostile}”`)
  assert.equal(markup, 0)
  assert.equal(await dialog.isVisible(), false)
  const [request] = proposals.requests
  assert.ok(request?.kind === 'approve')
  assert.deepEqual([request.ticked, request.edits], [[1, 2], [{ actionId: 2, text: 'Dear Petra,\n\nThank you.' }]])
  assert.deepEqual(complaints, [], 'no script error, no refusal by the content policy, no request to another host')
})

test('in the browser: a command answers privately, a picker leads to the card, the thread shows the mail, all by keyboard', async t => {
  const browser = await openBrowser(t)
  if (!browser) return
  const { link, jan, client } = await startConsole(t, [aView({ id: 12 })])
  const administration = await client.administration.create({ data: { code: 'HL', name: 'Harbourlight' } })
  for (const [number, name] of [
    ['1', 'Visser A'],
    ['2', 'Visser B'],
  ] as const) {
    await client.debtor.create({ data: { administrationId: administration.id, number, name, searchName: name.toLowerCase() } })
  }
  const page = await browser.newPage({ viewport: { width: 380, height: 700 } })

  await page.goto(await link(jan))
  await page.locator('article.post').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('debtor visser')
  await page.keyboard.press('Enter')
  const answer = page.locator('article.private')
  await answer.getByText('2 found. Which one?').waitFor()
  await answer.getByRole('button', { name: 'Visser B' }).focus()
  await page.keyboard.press('Enter')
  await answer.getByText('Open balance').waitFor()
  await page.locator('.thread-open').first().focus()
  await page.keyboard.press('Enter')
  await page.locator('#thread').getByText('We will pay invoice 2026-0412 on Friday 6 March.').waitFor()
  const wider = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
  await page.keyboard.press('Escape')

  assert.equal(await page.locator('#thread').isVisible(), false)
  assert.equal(wider, 0, 'nothing sticks out at a width of 380 pixels')
})

test('in the browser: a card that is redrawn keeps a tick that is not sent yet, and the undo button goes by itself at its deadline', async t => {
  const browser = await openBrowser(t)
  if (!browser) return
  const { link, jan, chat, proposals } = await startConsole(t, [aView({ id: 12 })])
  const page = await browser.newPage()
  await page.goto(await link(jan))
  const card = page.locator('article.post')
  await card.getByRole('checkbox').first().uncheck()

  proposals.views.set(12, aView({ id: 12, owner: { id: 99, name: 'Eva Adams' } }))
  await chat.postProposal(12)
  await card.getByText('Eva Adams').waitFor()
  const kept = await card.getByRole('checkbox').first().isChecked()
  const undoUntil = new Date(Date.now() + 6000)
  proposals.views.set(12, aView({ id: 12, status: 'approved', undoUntil, actions: [aReply({ status: 'scheduled', scheduledFor: undoUntil })] }))
  await chat.postProposal(12)
  await card.locator('button', { hasText: /Undo \(until .*\) · \d s/ }).waitFor()
  await card.locator('button', { hasText: 'Undo' }).waitFor({ state: 'detached' }) // nothing was posted again

  assert.equal(kept, false)
})
