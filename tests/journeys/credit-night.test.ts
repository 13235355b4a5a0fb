import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { creditSync } from '#flows'
import { createSettings } from '#settings'
import { settingsKinds } from '../../src/app.ts'
import { startBureauSandbox } from '../../src/demo/bureau/sandbox.ts'
import { aCompany } from '../credit/bureau-company.ts'
import { aBureauMail } from '../credit/bureau-mails/a-bureau-mail.ts'
import { createTestApp, eventually, signIn } from '../support/app.ts'
import { aMail, deliver } from '../support/maildir.ts'

test('a night at the bureau: a bankruptcy stands on a card of its own at once, the rest on the card of the night, and one click settles it for everybody', async t => {
  const french = aCompany({ id: 'FR-X-99900001100011', country: 'FR', registrationNumber: '99900001100011', name: 'Ateliers Exemple SAS' })
  const dutch = aCompany({ name: 'Zeilmakerij Voorbeeld B.V.', score: 72 })
  const sandbox = await startBureauSandbox({ companies: [french, dutch], now: () => new Date().toISOString() })
  t.after(() => sandbox.stop())
  const login = { DUNCAN_CREDITSAFE_URL: sandbox.url, DUNCAN_CREDITSAFE_USERNAME: 'demo', DUNCAN_CREDITSAFE_PASSWORD: 'demo' }
  const ownServer = { DUNCAN_SENDER_CHECK: 'headers', DUNCAN_TRUSTED_SERVERS: 'mx.creditor.example' }
  const { app, folder, loadLedger } = await createTestApp(t, { settings: { ...login, ...ownServer } })
  const { client } = app.database
  await loadLedger(`administration,debtor_number,debtor_name,country,company_number,invoice_number,due_date,amount,currency
BD,10007,Ateliers Exemple SAS,FR,999000011,F-1,2026-01-10,4200.00,EUR
BD,10014,Zeilmakerij Voorbeeld B.V.,NL,99990001,F-2,2026-01-10,1800.00,EUR
BD,10021,Geen Nummer B.V.,NL,,F-3,2026-01-10,100.00,EUR
`)
  const settings = createSettings({ client, kinds: settingsKinds })
  const debtors = { kind: 'maildir', address: 'ar@creditor.example', path: join(folder, 'debtors'), pollSeconds: 0.2 }
  await settings.apply({ sections: { credit: { on: true }, mailboxes: { debtors } }, whole: false, placeOf: () => undefined, faults: [] }, { actor: 'test' })
  await app.start()
  const night = () => app.queue.send(client, creditSync, {}, { key: creditSync.name })
  const posts = async (subject: string) => client.chatPost.findMany({ where: { surface: 'console', subject: { startsWith: subject } }, orderBy: { id: 'asc' } })

  await night()
  const [first] = await eventually('the first night is over', async () => nonEmpty(await posts('credit-night:')))
  sandbox.register.change(
    french.id,
    { status: 'NonActive', statusDescription: 'Receivership', score: undefined, creditLimit: undefined },
    new Date().toISOString(),
  )
  sandbox.register.change(dutch.id, { score: 51 }, new Date().toISOString())
  await night()
  const [alert] = await eventually('the bankruptcy stands', async () => nonEmpty(await posts('alert:')))
  const [, second] = await eventually('the second night is over', async () => ((await posts('credit-night:')).length > 1 ? posts('credit-night:') : undefined))

  assert.match(JSON.stringify(first?.card), /2 of 3 debtors changed/)
  const card = JSON.stringify(alert?.card)
  for (const told of ['Ateliers Exemple SAS: insolvency reported', '4,200.00', 'Receivership', 'E, not scored', '10007']) assert.ok(card.includes(told), told)
  const digest = JSON.stringify(second?.card)
  for (const told of ['Zeilmakerij Voorbeeld B.V.', '72 of 100', '51 of 100']) assert.ok(digest.includes(told), told)

  const anna = await signIn(app, 'anna')
  const shown = (await anna.posts('credit')).find(({ subject }) => subject === alert?.subject) ?? assert.fail('the card is not in its channel')
  const settled = await anna.press(shown, 'credit', 'alert.acknowledge')
  const again = await anna.press(shown, 'credit', 'alert.acknowledge')
  const [after] = await posts('alert:')
  assert.deepEqual([settled.kind, again.kind], ['done', 'refused'])
  assert.match(JSON.stringify(after?.card), /Seen by Anna Bos/)

  sandbox.register.change(dutch.id, { status: 'NonActive', statusDescription: 'Bankruptcy', score: undefined }, new Date().toISOString())
  const told = { From: 'Alerts <alerts@mail.creditsafe.com>', Subject: 'Alert', Date: new Date().toUTCString(), text: aBureauMail(dutch, 'Event: bankruptcy') }
  deliver(join(folder, 'debtors'), aMail({ 'Authentication-Results': 'mx.creditor.example; dmarc=pass header.from=mail.creditsafe.com', ...told }))
  const [, mailed] = await eventually('what the mail told is on a card without waiting for the night', async () =>
    (await posts('alert:')).length > 1 ? posts('alert:') : undefined,
  )
  deliver(join(folder, 'debtors'), aMail(told)) // anybody can write a sender
  const forged = await eventually('a mail that does not prove its sender is an ordinary one', async () => (await client.proposal.findFirst()) ?? undefined)

  const [own] = await client.message.findMany({ orderBy: { id: 'asc' }, include: { attachments: true } })
  assert.ok(JSON.stringify(mailed?.card).includes('Zeilmakerij Voorbeeld B.V.: insolvency reported'), JSON.stringify(mailed?.card))
  assert.deepEqual([await client.proposal.count(), forged.messageId !== own?.id, own?.linkReason], [1, true, 'company_number'])
  const { postId } = await anna.call<{ postId: number }>('POST', '/command', { channel: 'credit', text: '/inbox Zeilmakerij' })
  const inbox = await client.chatPost.findUniqueOrThrow({ where: { id: postId } })
  assert.match(JSON.stringify(inbox.card), /mail of the credit bureau, filed/)
})

const nonEmpty = <T>(rows: T[]): T[] | undefined => (rows.length > 0 ? rows : undefined)
