import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { crc32, inflateRawSync } from 'node:zlib'
import { createBlobs, recordAudit } from '#platform'
import { findPerson } from '../../src/cli/contact-export/find-person.ts'
import { writePersonFiles } from '../../src/cli/contact-export/write-files.ts'
import { zipFolder } from '../../src/cli/contact-export/zip-folder.ts'
import { openBrowser } from '../support/browser.ts'
import { duncan } from '../support/cli.ts'
import { createTestDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { tables, tablesOfSchema } from './personal-data.ts'

const hostile = `<script>document.title='owned'</script><img src=x onerror="document.title='owned'">`
const invoice = Buffer.from('PDF of a remittance')

/** One person, Els Bos, of two debtors, in everything that a mail leads to; and Jan Vos, whose data is his own. */
async function aCompany(t: TestContext) {
  const database = await createTestDatabase(t)
  const folder = temporaryFolder(t)
  const { client: db } = database
  const blobs = createBlobs(join(folder, 'blobs'))
  const book = await db.administration.create({ data: { code: 'NL01', name: 'Noord BV' } })
  const debtor = (number: string, name: string) => db.debtor.create({ data: { administrationId: book.id, number, name, searchName: name.toLowerCase() } })
  const [aar, linde] = [await debtor('1', 'De Aar'), await debtor('2', 'De Linde')]
  const els = await db.contact.create({
    data: { debtorId: aar.id, name: 'Els Bos', email: 'els@aar.example', phone: '038 555', imported: { email: 'els.old@aar.example' } },
  })
  await db.contact.create({ data: { debtorId: linde.id, email: 'els@aar.example' } })
  await db.contact.create({ data: { debtorId: aar.id, name: 'Jan Vos', email: 'jan@aar.example' } })

  const source = `From: els@aar.example\r\nSubject: Betaling\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\n${hostile}\r\n--x\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename="../../betaald.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${invoice.toString('base64')}\r\n--x--\r\n`
  const raw = await blobs.put(Buffer.from(source))
  const mailbox = await db.mailbox.create({ data: { key: 'debtors', address: 'ar@noord.example', kind: 'imap', startAt: new Date(0) } })
  const mail = (from: string, text: string, rawHash: string, attachments: object = {}) =>
    db.message.create({
      data: {
        mailboxId: mailbox.id,
        rawHash,
        size: 1,
        direction: 'in',
        fromAddress: from,
        to: ['ar@noord.example'],
        subject: 'Betaling',
        text,
        receivedAt: new Date('2026-03-01T09:00:00Z'),
        ...attachments,
      },
    })
  const hash = createHash('sha256').update(invoice).digest('hex')
  const fromEls = await mail('els@aar.example', hostile, raw.hash, {
    attachments: { create: { fileName: '../../betaald.pdf', contentType: 'application/pdf', size: invoice.length, hash } },
  })
  await mail('els.old@aar.example', 'van mijn vorige adres', 'f'.repeat(64)) // its source is not kept any more
  await mail('jan@aar.example', `${'geheim van Jan. '.repeat(20)} Bel els bos daarover.`, 'e'.repeat(64))
  await mail('jan@aar.example', 'niets over haar, ook niet over Els alleen', 'd'.repeat(64))
  await db.reading.create({ data: { messageId: fromEls.id, engine: 'local', reading: { intents: ['payment_made'] } } })
  const proposal = await db.proposal.create({
    data: {
      messageId: fromEls.id,
      mailboxId: mailbox.id,
      summary: 'payment_made',
      actions: { create: { position: 0, kind: 'add_note', payload: { text: 'noot' } } },
      decisions: { create: { kind: 'approve', surface: 'console' } },
    },
    include: { actions: true },
  })
  await db.note.create({ data: { debtorId: aar.id, text: 'Els Bos belt terug', actionId: proposal.actions[0]?.id ?? 0 } })
  await db.note.create({ data: { debtorId: aar.id, text: 'Jan Vos belt terug' } })
  await db.promiseToPay.create({ data: { debtorId: aar.id, messageId: fromEls.id, amount: '12.50', currency: 'EUR', evidence: 'vrijdag' } })
  await db.chatPost.create({
    data: { surface: 'console', channel: 'ar', subject: `proposal:${proposal.id}`, card: { elements: [{ type: 'quote', text: hostile }] } },
  })
  await db.chatPost.create({ data: { surface: 'console', channel: 'ar', subject: 'proposal:999', card: { elements: [{ type: 'text', text: 'Jan Vos' }] } } })
  await recordAudit(db, { actor: 'duncan', event: 'contact.changed', subject: 'action:999', content: { email: 'els.old@aar.example' } })
  await recordAudit(db, { actor: 'duncan', event: 'contact.changed', subject: 'action:998', content: { email: 'jan@aar.example' } })
  return { database, db, folder, blobs, aar, els, fromEls }
}

/** What `data.json` of this person says. */
async function dataOf({ db, blobs, folder }: Pick<Awaited<ReturnType<typeof aCompany>>, 'db' | 'blobs' | 'folder'>, asked: string, out: string) {
  const written = await writePersonFiles({ client: db, blobs }, join(folder, out), await findPerson(db, [asked]), '2026-03-02T08:00:00Z')
  return { ...written, text: readFileSync(join(folder, out, 'data.json'), 'utf8') }
}

test('everything on a person is found by either address or the id, of every debtor, and nothing of a colleague of theirs', async t => {
  const company = await aCompany(t)
  const { db, aar } = company
  await db.contact.create({ data: { debtorId: aar.id, name: 'Piet Smit', email: 'piet@aar.example', standIn: 'Els Bos', absentUntil: new Date('2026-04-01') } })
  await db.note.create({ data: { debtorId: aar.id, text: 'schreef aan nels@aar.example en aan els@aar.example.org, en belde Els Bosman' } })
  const payment = { administrationId: aar.administrationId, receivedOn: new Date('2026-03-01'), currency: 'EUR', amount: '1' }
  await db.payment.create({ data: { ...payment, reference: 'B1', payerName: 'ELS BOS', payerIban: 'NL00ELSB' } })
  await db.payment.create({ data: { ...payment, reference: 'B2', payerName: 'Piet Smit', payerIban: 'NL00PIET', text: 'namens Els Bos' } })

  const { counts, text } = await dataOf(company, String(company.els.id), 'by-id')
  const byOld = await dataOf(company, 'ELS.old@aar.example', 'by-address')

  const found = Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
  const one = { mentions: 1, readings: 1, proposals: 1, promises: 1, notes: 1, posts: 1, audit: 1, standIns: 1, payments: 1, paymentMentions: 1 }
  assert.deepEqual(found, { contacts: 2, mails: 2, ...one })
  assert.deepEqual(byOld.counts, counts)
  assert.doesNotMatch(text, /jan@aar\.example|Jan Vos|piet@aar|NL00PIET|Bosman/)
  const { mentions } = JSON.parse(text) as { mentions: { excerpts: string[] }[] }
  assert.ok((mentions[0]?.excerpts[0]?.length ?? 0) < 300)
  await assert.rejects(findPerson(db, ['99999']), { code: 'contact.unknown' })
})

test('of every table it is said whether it holds something on a person, and each that does gives all its columns', async t => {
  const company = await aCompany(t)
  const { db, aar, els, fromEls } = company
  const names = 'van Els Bos'
  await db.debtor.update({ where: { id: aar.id }, data: { name: 'Els Bos', group: { create: { name: 'Groep' } } } })
  const days = { from: new Date('2026-03-01'), until: new Date('2026-03-02'), surface: 'console' }
  const jan = await db.staff.create({ data: { key: 'jan', name: 'Jan', email: 'jan@noord.example' } })
  await db.staff.create({
    data: {
      key: 'els',
      name: 'Els',
      email: 'els@aar.example',
      sessions: { create: { tokenHash: 'x', expiresAt: new Date() } },
      absences: { create: { coverId: jan.id, ...days } },
      preference: { create: {} },
      chatAccounts: { create: { platform: 'slack', workspace: 'T1', userId: 'U1', proof: 'code' } },
    },
  })
  const now = new Date()
  await db.mailSignIn.create({
    data: { name: 'debtors', provider: 'custom', clientId: 'x', account: 'els@aar.example', signedInAt: now, refreshedAt: now, accessExpiresAt: now },
  })
  const mail = { mailboxId: fromEls.mailboxId, internetMessageId: '<1@noord.example>', subject: 'Antwoord', text: 'Dag', sendAfter: now }
  await db.outboundMail.create({ data: { ...mail, to: ['els@aar.example'] } })
  const happened = { create: { kind: 'opened', at: now } }
  await db.dispute.create({ data: { debtorId: aar.id, reason: 'price', text: names, ownerId: 1, answerDue: new Date('2030-01-01'), events: happened } })
  await db.task.create({ data: { debtorId: aar.id, title: names } })
  const change = { to: ['els@aar.example'], cc: [] }
  const learned = { rule: 'recipients', about: 'els@aar.example', change, proposalId: 1, staffId: jan.id, createdAt: new Date() }
  await db.correction.create({ data: { ...learned, debtorId: aar.id, forgottenAt: new Date(), forgottenById: jan.id } })
  await db.debtorEntry.create({
    data: { debtorId: aar.id, kind: 'dispute', payload: { text: names }, staffId: jan.id, formKey: 'x', surface: 'console', status: 'done' },
  })
  const payment = { administrationId: aar.administrationId, reference: 'B1', receivedOn: now, currency: 'EUR', amount: '1' }
  await db.payment.create({ data: { ...payment, payerName: 'Els Bos' } })
  await db.savedSearch.create({ data: { owner: 'cli', name: 'x', key: 'x', query: 'email:els@aar.example' } })
  await db.opsAlert.create({ data: { key: 'x', problem: names, remedy: 'x' } })
  await db.settingsVersion.create({ data: { actor: 'cli', content: { note: `x\nEls Bos` } } })

  const data = JSON.parse((await dataOf(company, String(els.id), 'all')).text) as Record<string, unknown>

  for (const { name, columns, texts } of tablesOfSchema()) {
    const table = tables[name] ?? assert.fail(`the table ${name} is new: say in personal-data.ts whether it holds something on a person`)
    if ('free' in table) assert.equal(texts.join(' '), table.texts, `a text of ${name} is new: does it hold something on a person?`)
    else {
      const row = rowAt([data], table.at.split('.')) ?? assert.fail(`nothing of ${name} is exported`)
      assert.deepEqual(
        columns.filter(column => !(column in row) && !table.left?.includes(column)),
        [],
        name,
      ) // prettier-ignore
    }
  }
  assert.deepEqual(
    Object.keys(tables).toSorted(),
    tablesOfSchema()
      .map(({ name }) => name)
      .toSorted(),
  ) // prettier-ignore
})

/** The first object that stands at a path, lists being walked through. */
function rowAt(given: unknown[], [name, ...rest]: string[]): object | undefined {
  const objects = given.flat().filter(each => typeof each === 'object' && each !== null)
  if (name === undefined) return objects[0]
  return rowAt(
    objects.map(each => (each as Record<string, unknown>)[name]),
    rest,
  )
}

test('who shares the address of an office with others is not taken for them', async t => {
  const { db, aar, els } = await aCompany(t)
  const office = { debtorId: aar.id, imported: { email: 'info@aar.example' } }
  await db.contact.update({ where: { id: els.id }, data: office })
  const piet = await db.contact.create({ data: { ...office, name: 'Piet Smit', email: 'piet@aar.example' } })
  const same = await db.contact.create({ data: { debtorId: aar.id, name: 'els  bos', email: 'els@home.example' } })

  const byId = await findPerson(db, [String(els.id)])
  const both = await findPerson(db, [String(els.id), String(same.id)])

  assert.deepEqual([byId.addresses, byId.names], [['els@aar.example', 'info@aar.example'], ['Els Bos']])
  assert.ok(!byId.contactIds.includes(piet.id) && both.addresses.includes('els@home.example'))
  await assert.rejects(findPerson(db, ['info@aar.example']), { code: 'contact.several', message: new RegExp(`contacts ${els.id}, ${piet.id}\\.`) })
})

test('the folder holds mails, attachments and a page that runs nothing; what is not kept any more is said', async t => {
  const company = await aCompany(t)
  const { folder, els, fromEls } = company
  const out = join(folder, 'out')

  const { text } = await dataOf(company, String(els.id), 'out')

  assert.match(readFileSync(join(out, `mails/in-${fromEls.id}.eml`), 'utf8'), /^From: els@aar\.example/)
  const attachment = `attachments/in-${fromEls.id}-1-_.._betaald.pdf`
  assert.deepEqual(readFileSync(join(out, attachment)), invoice)
  assert.equal(statSync(join(out, 'data.json')).mode & 0o077, 0)
  const { missingFiles } = JSON.parse(text) as { missingFiles: string[] }
  assert.equal(missingFiles.length, 1)
  await assert.rejects(dataOf(company, String(els.id), 'out'), { code: 'contact.folder' })
  assert.ok(statSync(join(out, 'data.json')).isFile()) // what stood there stays
  const browser = await openBrowser(t)
  if (!browser) return
  const page = await browser.newPage({ viewport: { width: 1200, height: 1600 } })
  await page.goto(pathToFileURL(join(out, 'index.html')).href)
  assert.equal(await page.title(), 'Data held on els@aar.example')
  assert.equal(await page.locator('script, img').count(), 0)
  await page.getByText('Betaling').first().click()
  assert.ok(await page.getByText(hostile).first().isVisible())
  assert.equal(await page.getByRole('link', { name: /betaald/ }).getAttribute('href'), attachment)
  assert.ok(await page.getByText('not kept any more').isVisible())
  if (process.env.DUNCAN_SHOTS) await page.screenshot({ path: join(process.env.DUNCAN_SHOTS, 'contact-export.png'), fullPage: true })
})

test('a zip file holds the same files', async t => {
  const folder = temporaryFolder(t)
  const from = join(folder, 'from')
  mkdirSync(join(from, 'mails'), { recursive: true })
  writeFileSync(join(from, 'data.json'), '{"é":1}')
  writeFileSync(join(from, 'mails/in-1.eml'), 'a'.repeat(100_000))

  await zipFolder(from, join(folder, 'a.zip'))

  const zip = readFileSync(join(folder, 'a.zip'))
  const entry = zip.readUInt32LE(zip.length - 6) // where the directory begins
  const [sum, packed, size, nameLength] = [zip.readUInt32LE(entry + 16), zip.readUInt32LE(entry + 20), zip.readUInt32LE(entry + 24), 9]
  const content = inflateRawSync(zip.subarray(30 + nameLength, 30 + nameLength + packed))
  assert.deepEqual([zip.readUInt32LE(0), zip.readUInt32LE(entry), zip.readUInt16LE(zip.length - 12)], [0x04034b50, 0x02014b50, 2])
  assert.equal(zip.toString('utf8', entry + 46, entry + 46 + nameLength), 'data.json')
  assert.deepEqual([content.toString(), sum, size], ['{"é":1}', crc32(content), content.length])
  assert.ok(zip.length < 2000)
  await assert.rejects(zipFolder(from, join(folder, 'a.zip')), { code: 'contact.zip' })
})

test('duncan contact export says what it found and what it does not cover, and is recorded', async t => {
  const { db, database, folder, els } = await aCompany(t)

  const { code, out, err } = await duncan(['contact', 'export', 'els@aar.example', '--out', join(folder, 'els.zip')], {
    DATABASE_URL: database.url,
    DUNCAN_DATA_DIR: folder,
  })

  assert.deepEqual([code, err], [0, ''])
  assert.match(out, /els\.zip\n {2}contacts: 2\n {2}mails: 2\n[\s\S]*filesMissing: 1\nNot covered:\n {2}- backups/)
  const entry = await db.auditEntry.findFirstOrThrow({ where: { event: 'contact.exported' }, include: { content: true } })
  assert.equal(entry.subject, `contact:${els.id}`)
  assert.doesNotMatch(JSON.stringify(entry.detail), /aar\.example/)
  assert.deepEqual(entry.content?.content, { addresses: ['els@aar.example', 'els.old@aar.example'] })
})
