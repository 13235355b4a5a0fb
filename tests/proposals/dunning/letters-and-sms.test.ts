import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import { followActions } from '#dunning'
import { fullSight, sightOf } from '#people'
import { type ProposalsConfig, viewEntry } from '#proposals'
import { mobileNumber } from '../../../src/proposals/dunning/mobile-number.ts'
import { anOffice, codesOf } from '../support.ts'
import { aDueStep } from './due-step.ts'

const steps = {
  letter: { type: 'letter', template: 'reminder_second' },
  sms: { type: 'sms', template: 'sms_reminder' },
  hand_over: { type: 'hand_over' },
}

/** An office with one step of a workflow due for all that its debtor owes; `reach`: what is known of the debtor's contact. */
async function aStep(t: TestContext, type: keyof typeof steps, { config = {}, reach = {} }: { config?: Partial<ProposalsConfig>; reach?: object } = {}) {
  const office = await anOffice(t, config)
  const { db, clock, debtor, proposals, jan, administration } = office
  await db.administration.update({ where: { id: administration.id }, data: { iban: 'NL02ABNA0123456789', postalAddress: 'Kade 1\n1012 AB Amsterdam' } })
  await db.contact.updateMany({ where: { debtorId: debtor.id }, data: { address: 'Kasweg 4\n2675 AB Honselersdijk', phone: '06-1234 5678', ...reach } })
  const { action, takeUp } = await aDueStep(office, steps[type])
  const entryId = await takeUp()
  const card = async () => (await viewEntry(db, fullSight, entryId)) ?? assert.fail('no entry')
  const vote = (kind: 'approve' | 'undo') => proposals.voteOnEntry({ entryId, staffId: jan.id, surface: 'console', kind })
  const settle = (verdict: 'sent' | 'resend' | 'give_up') => proposals.settleEntryMail({ entryId, staffId: jan.id, surface: 'console' }, verdict)
  const later = async (seconds: number) => {
    clock.set(clock.now().add({ seconds }).toString())
    const sent = await proposals.sendDispatches()
    await followActions(db, clock.now())
    return sent
  }
  const state = async () => (await db.dunningAction.findUniqueOrThrow({ where: { id: action.id } })).status
  return { ...office, action, card, vote, settle, later, state }
}

test('a letter waits out the undo window, is written once, and takes its step', async t => {
  const { folder, card, vote, settle, later, state, db } = await aStep(t, 'letter')
  const drafted = await card()
  const other = await aStep(t, 'letter')
  await other.vote('approve')
  await other.vote('undo')
  const undone = [await other.later(200), (await other.card()).mail?.state, await other.state()]
  await vote('approve')
  const early = [await later(60), (await card()).mail?.state]
  const sent = [await later(61), await later(61)]
  const print = join(folder, 'outbox/print')
  const [name, ...others] = readdirSync(print)

  assert.ok(drafted.content.kind === 'dunning' && drafted.content.letter)
  const { to, table, transfers } = drafted.content.letter
  assert.deepEqual(to, ['Kwekerij Zonneveld BV', 'Piet Zon', 'Kasweg 4', '2675 AB Honselersdijk'])
  assert.deepEqual(
    [table?.totals, transfers.map(({ amount, text }) => [amount, text])],
    [[{ amount: '425.75', currency: 'EUR' }], [['425.75', '2026-001, 2026-002, 2026-003']]],
  )
  assert.deepEqual(
    [undone, early, sent],
    [
      [0, 'cancelled', 'withdrawn'],
      [0, 'scheduled'],
      [1, 0],
    ],
  )
  assert.match(name ?? '', /^2026-11-23_D100_\d+\.pdf$/)
  assert.deepEqual(others, [])
  assert.match(readFileSync(join(print, name ?? ''), 'latin1'), /^%PDF-/)
  assert.deepEqual([(await card()).mail?.state, await state(), await settle('sent')], ['sent', 'done', { kind: 'changed' }])
  assert.deepEqual(
    (await db.dunningItem.findMany()).map(({ step, remindedBy }) => [step, remindedBy]),
    [1, 2, 3].map(() => [1, 'letter']),
  )
})

test('a letter is stopped by money that came, and sent again where its folder can be written again', async t => {
  const { folder, db, card, vote, settle, later, debtor, proposals } = await aStep(t, 'letter')
  await vote('approve')
  await db.invoice.updateMany({ where: { number: '2026-001' }, data: { status: 'closed', openAmount: '0', closedReason: 'paid' } })
  await proposals.paymentsChanged([debtor.id])
  const redrawn = await card()
  writeFileSync(join(folder, 'outbox'), 'a file where the folder should be')
  await vote('approve')
  await later(121)
  const failed = await card()
  await db.dispatch.updateMany({ data: { state: 'sending', claimedAt: new Date('2026-11-23') } })
  await later(1)
  const lost = await card()
  await settle('resend')
  // A debtor that wrote meanwhile is answered first.
  await db.message.create({ data: { ...(await aMail(db)), debtorId: debtor.id } })
  await later(1)

  assert.equal(redrawn.status, 'proposed')
  assert.deepEqual(redrawn.invoices, ['2026-002', '2026-003'])
  assert.deepEqual([failed.mail?.state, failed.mail?.problems], ['failed', [{ code: 'file_not_written', fault: 'ENOTDIR' }]])
  assert.equal(lost.mail?.state, 'unknown')
  assert.equal(codesOf((await card()).mail?.problems), 'stopped,new_mail')
})

async function aMail(db: Awaited<ReturnType<typeof anOffice>>['db']) {
  const { id } = await db.mailbox.findFirstOrThrow()
  return {
    mailboxId: id,
    rawHash: 'new',
    size: 1,
    direction: 'in',
    fromAddress: 'info@zonneveld.example',
    to: [],
    cc: [],
    subject: '',
    receivedAt: new Date('2026-11-23'),
  }
}

test('an SMS is handed to the gateway once, and what it did not answer is left to a person', async t => {
  const asked: { key: unknown; token: unknown; body: string }[] = []
  let answer = 200
  const server = createServer((request, response) => {
    const { 'idempotency-key': key, authorization: token } = request.headers
    request.once('data', (body: Buffer) => {
      asked.push({ key, token, body: body.toString() })
      response.writeHead(answer).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  const config = { DUNCAN_SMS_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`, DUNCAN_SMS_TOKEN: 'abc' }
  const { card, vote, settle, later, state, action } = await aStep(t, 'sms', { config })
  answer = 503
  await vote('approve')
  await later(121)
  const [unknown, again] = [(await card()).mail?.state, await later(600)]
  answer = 401
  await settle('resend')
  await later(1)
  const refused = (await card()).mail
  answer = 202
  await settle('resend')
  await later(1)

  const key = `duncan-dunning-${action.id}`
  assert.deepEqual([unknown, again, refused?.state, refused?.problems], ['unknown', 0, 'failed', [{ code: 'sms_refused', status: 401 }]])
  assert.deepEqual(
    asked.map(each => [each.key, each.token]),
    [1, 2, 3].map(() => [key, 'Bearer abc']),
  )
  const told = JSON.parse(asked[0]?.body ?? '') as { to: string; text: string }
  assert.deepEqual([told.to, /425,75/.test(told.text)], ['+31612345678', true])
  assert.deepEqual([(await card()).mail?.state, await state()], ['sent', 'done'])
})

test('whoever has neither address nor mobile number is called; SMS without a gateway are files', async t => {
  const fixed = await aStep(t, 'sms', { reach: { phone: '020 123 4567' } })
  const unverified = await aStep(t, 'letter', { reach: { verified: false } })
  const filed = await aStep(t, 'sms')
  for (const { vote, later } of [fixed, unverified, filed]) {
    await vote('approve')
    await later(121)
  }

  for (const { db, state } of [fixed, unverified]) {
    const [task] = await db.task.findMany()
    assert.deepEqual([task?.about, await db.dispatch.count(), await state()], [{ code: 'call_reminder' }, 0, 'open'])
    await db.task.updateMany({ data: { status: 'done' } })
  }
  await fixed.later(1)
  assert.equal(await fixed.state(), 'done')
  const [name = ''] = readdirSync(join(filed.folder, 'outbox/sms'))
  assert.match(readFileSync(join(filed.folder, 'outbox/sms', name), 'utf8'), /"to":"\+31612345678"/)
})

test('a mobile number is told from others by the plan of its country', () => {
  for (const [written, country, number] of [
    ['06 1234 5678', 'NL', '+31612345678'],
    ['+31 (0)6-12345678', 'BE', '+31612345678'],
    ['0031612345678', 'PL', '+31612345678'],
    ['0470 12 34 56', 'BE', '+32470123456'],
    ['0171/1234567', 'DE', '+491711234567'],
    ['600 123 456', 'PL', '+48600123456'],
    ['07700 900123', 'GB', '+447700900123'],
    ['+353 87 123 4567', 'NL', '+353871234567'],
    ['020 123 4567', 'NL', undefined],
    ['+32 2 123 45 67', 'NL', undefined],
    ['0871234567', 'IE', undefined],
    ['06 1234 5678 ext 3', 'NL', undefined],
  ] as const)
    assert.equal(mobileNumber(written, country), number, written)
})

test('a file for collection holds all that there is, stops reminders, and can be taken back', async t => {
  const { folder, db, card, vote, later, state, debtor, standingHolds, mail, proposals, jan } = await aStep(t, 'hand_over')
  const copies = join(folder, 'copies')
  mkdirSync(copies)
  await mail('Wij betalen niet.', {})
  await db.message.updateMany({ data: { rawHash: 'a'.repeat(64) } })
  await db.note.create({ data: { debtorId: debtor.id, text: '=HYPERLINK("x"), called twice' } })
  const shown = await proposals.entryFile(fullSight, (await card()).id)
  const sight = sightOf({ ...jan, mailboxes: ['archive'] })
  const partly = await proposals.entryFile(sight, (await card()).id)
  const unseen = await proposals.entryFile(sightOf({ ...jan, administrations: ['other'] }), (await card()).id)
  await vote('approve')
  const held = await standingHolds()
  await later(121)
  assert.deepEqual((await card()).mail?.problems, [])
  const [name = ''] = readdirSync(join(folder, 'outbox/hand-over'))
  const files = unzip(readFileSync(join(folder, 'outbox/hand-over', name)))
  const sent = (await card()).mail?.state
  await vote('undo')

  assert.deepEqual([held, sent, await state()], [['handed_over all'], 'sent', 'done'])
  assert.deepEqual([...files.keys()], ['debtor.csv', 'items.csv', 'charges.csv', 'statement.csv', 'notes.csv', 'contents.txt'])
  assert.match(files.get('items.csv') ?? '', /2026-001,invoice,2026-10-01,2026-10-31,23,100\.00,100\.00,EUR,\r\n[\s\S]*total,,,,,,425\.75,EUR/)
  assert.match(files.get('notes.csv') ?? '', /"'=HYPERLINK\(""x""\), called twice"/)
  assert.match(files.get('contents.txt') ?? '', /invoices\/2026-001\.pdf[\s\S]*mails\/2026-11-23_in_\d+\.eml/)
  assert.ok(shown?.kind === 'hand_over' && partly?.kind === 'hand_over')
  assert.deepEqual(
    shown.parts.map(({ name: part, size }) => [part, size]),
    [...files].map(([part, content]) => [part, Buffer.byteLength(content)]),
    'what was shown before is what was written',
  )
  assert.deepEqual([shown.hiddenMails, shown.missing.length, partly.hiddenMails, partly.missing.length, unseen], [0, 4, 1, 3, undefined])
  assert.deepEqual([await standingHolds(), (await card()).status], [[], 'undone'])
})

/** The files of a zip by their names, read from its directory (APPNOTE.TXT 4.3.12). */
function unzip(zip: Buffer): Map<string, string> {
  const files = new Map<string, string>()
  let at = zip.readUInt32LE(zip.length - 6)
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const [packed, length, start] = [zip.readUInt32LE(at + 20), zip.readUInt16LE(at + 28), zip.readUInt32LE(at + 42)]
    const content = start + 30 + zip.readUInt16LE(start + 26)
    files.set(zip.toString('utf8', at + 46, at + 46 + length), inflateRawSync(zip.subarray(content, content + packed)).toString())
    at += 46 + length
  }
  return files
}
