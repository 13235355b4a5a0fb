import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createParser, type FolderRole, receive } from '#mail'
import { createBlobs, fixedClock } from '#platform'
import { createTestDatabase } from '../support/database.ts'

const clock = fixedClock('2026-11-23T09:00:00Z')

async function setUp(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-learn-'))
  const { client } = await createTestDatabase(t)
  const parser = createParser({ threads: 1 })
  t.after(async () => {
    await parser.close()
    rmSync(folder, { recursive: true })
  })
  const administration = await client.administration.create({ data: { code: 'A', name: 'Creditor BV' } })
  const debtors = []
  for (const [number, name] of [
    ['1', 'Larkspur Ltd'],
    ['2', 'Pennine Ltd'],
  ] as const) {
    const invoices = {
      create: {
        administrationId: administration.id,
        number: `INV-700${number}`,
        searchNumber: `INV700${number}`,
        dueDate: new Date('2026-10-01'),
        currency: 'EUR',
        amount: 10,
        openAmount: 10,
      },
    }
    debtors.push(await client.debtor.create({ data: { administrationId: administration.id, number, name, searchName: name.toLowerCase(), invoices } }))
  }
  const { id } = await client.mailbox.create({ data: { key: 'ar', address: 'ar@creditor.example', kind: 'maildir', startAt: new Date('2026-12-01') } })
  let uid = 0n
  const arrive = async (role: FolderRole, from: string, to: string, text: string) => {
    uid++
    const source = Buffer.from(`From: ${from}\nTo: ${to}\nSubject: ${text.slice(0, 16)}\nMessage-ID: <${uid}@x.example>\nContent-Type: text/plain\n\n${text}\n`)
    const mails = [{ uid, uidValidity: 1n, internalDate: new Date('2026-11-20'), size: source.length, flags: [], source }]
    const mailbox = { id, ownAddresses: new Set(['ar@creditor.example']), startAt: new Date('2026-12-01') }
    const queue = { send: async () => undefined, sendMany: async () => undefined }
    await receive({ client, queue, blobs: createBlobs(folder), parser, clock }, mailbox, {
      folder: { path: role, role },
      mails,
      cursor: { uidValidity: 1n, lastUid: uid, highestModseq: null },
    })
    return client.message.findFirstOrThrow({ orderBy: { id: 'desc' } })
  }
  return { client, debtors, arrive }
}

test('history teaches contacts: whom a colleague wrote to about an invoice is known when they write themselves', async t => {
  const { client, debtors, arrive } = await setUp(t)

  await arrive('sent', 'ar@creditor.example', 'amy@accountants.example, boss@creditor.example', 'Please see invoice INV-7001.')
  const mail = await arrive('inbox', 'amy@accountants.example', 'ar@creditor.example', 'Could you call me?')

  const contacts = await client.contact.findMany({ select: { debtorId: true, email: true, source: true, verified: true } })
  assert.deepEqual(contacts, [{ debtorId: debtors[0]?.id, email: 'amy@accountants.example', source: 'mail', verified: false }])
  assert.equal(mail.debtorId, debtors[0]?.id)
  assert.equal(mail.linkReason, 'sender')
})

test('an address that was written to about two debtors asks', async t => {
  const { debtors, arrive } = await setUp(t)

  await arrive('sent', 'ar@creditor.example', 'amy@accountants.example', 'Please see invoice INV-7001.')
  await arrive('sent', 'ar@creditor.example', 'amy@accountants.example', 'And a new matter: invoice INV-7002.')
  const mail = await arrive('inbox', 'amy@accountants.example', 'ar@creditor.example', 'Could you call me?')

  assert.equal(mail.debtorId, null)
  assert.deepEqual(new Set((mail.candidates as { debtorId: number }[]).map(({ debtorId }) => debtorId)), new Set(debtors.map(({ id }) => id)))
})

test('who writes to us about somebody else’s invoice does not become their contact', async t => {
  const { client, arrive } = await setUp(t)

  await arrive('inbox', 'stranger@elsewhere.example', 'ar@creditor.example', 'We pay invoice INV-7001 on Friday.')

  assert.equal(await client.contact.count(), 0)
})
