import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createSettings, joinSettingsFiles, parseSettingsFile } from '#settings'
import { settingsKinds } from '../../../src/app.ts'
import { type CardJson, createTestApp, eventually, signIn } from '../../support/app.ts'
import { aMail, deliver } from '../../support/maildir.ts'
import { startSmtpServer } from '../../support/smtp-server.ts'

const debtors = ['Kade Negen BV', 'Bakkerij De Korf', 'Kwekerij Zonneveld BV'].map((name, index) => ({
  name,
  number: `F-2026-041${index}`,
  address: `info@debtor${index}.example`,
}))
const text = (number: string) => `Goedemorgen,\r\n\r\nKunnen jullie mij een kopie sturen van factuur ${number}?\r\n\r\nMilan`
const ledger = [
  'debtor_number,debtor_name,country,language,email,contact_name,invoice_number,invoice_date,due_date,amount',
  ...debtors.map(({ name, number, address }, index) => `200${index},${name},NL,nl,${address},Milan,${number},2026-09-01,2026-10-01,${index + 1}00.00`),
].join('\n')

test('three mails that ask for copies are approved together: a tick taken away, one confirmation, receipts in the thread, two mails sent', async t => {
  const smtp = await startSmtpServer(t)
  const { app, folder, loadLedger } = await createTestApp(t, {})
  const { client } = app.database
  const mailbox = { kind: 'maildir', path: join(folder, 'mailbox'), address: 'debtors@creditor.example', startAt: '2020-01-01T00:00:00Z', pollSeconds: 0.2 }
  const debtorsMailbox = { ...mailbox, smtp: { host: '127.0.0.1', port: smtp.port, tls: 'none' } }
  const yaml = JSON.stringify({ mailboxes: { debtors: debtorsMailbox }, chat: { bulk: { from: 3 } } })
  const applied = await createSettings({ client, kinds: settingsKinds }).apply(joinSettingsFiles([parseSettingsFile('settings.yaml', yaml)]), { actor: 'cli' })
  assert.equal(applied.kind, 'applied', JSON.stringify(applied))
  await loadLedger(ledger)
  for (const { number } of debtors) writeFileSync(join(folder, 'invoices', `${number}.pdf`), '%PDF-1.7\n')
  await app.start()
  const browser = await signIn(app, 'anna')
  for (const { number, address } of debtors) {
    const mail = { From: address, To: 'debtors@creditor.example', Subject: `Kopie ${number}`, Date: new Date().toUTCString(), text: text(number) }
    deliver(join(folder, 'mailbox'), aMail(mail))
  }

  const find = async (said: string) =>
    (await browser.posts('debtors')).find(({ subject, card }) => subject.startsWith('bulk:') && JSON.stringify(card).includes(said))
  const post = await eventually('one card takes them in', () => find('3 alike: send invoice copies'))
  const next = async (from: CardJson, action: string, values: Record<string, string> = {}) =>
    ({ ...post, ...(await browser.press(from, 'debtors', action, values)) }) as unknown as CardJson & { kind: string; message?: string }
  const looked = await next(post, 'bulk.review')
  const second = await client.proposal.findFirstOrThrow({ where: { actions: { some: { payload: { path: ['to'], array_contains: 'info@debtor1.example' } } } } })
  const asked = await next(looked, 'bulk.confirm', { [`item.${second.id}`]: 'false' })
  const done = await next(asked, 'bulk.approve')
  const sent = await eventually('two replies leave', () => (smtp.accepted.length >= 2 ? smtp.accepted : undefined))
  const after = await eventually('the card says what came of it', () => find('Approved by Anna Bos'))
  const thread = await browser.call<CardJson[]>('GET', `/posts/${post.id}/thread`)

  assert.match(JSON.stringify(asked.card), /Approve 2\?.*€400\.00.*Left out, these stay open: 1/)
  assert.equal(done.message, 'Being approved: 2. What becomes of each is told in the thread.')
  assert.deepEqual(sent.flatMap(({ recipients }) => recipients).toSorted(), ['info@debtor0.example', 'info@debtor2.example'])
  assert.ok(JSON.stringify(after.card).includes(': 2 of 2'))
  assert.match(JSON.stringify(thread), /2 of 2: send invoice copies.*Kade Negen BV/)
  assert.ok(!JSON.stringify(thread).includes('Bakkerij De Korf'))
  assert.deepEqual(await client.proposal.findMany({ where: { status: 'open' }, select: { id: true } }), [{ id: second.id }])
})
