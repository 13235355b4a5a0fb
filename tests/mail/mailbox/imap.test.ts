import assert from 'node:assert/strict'
import { buffer } from 'node:stream/consumers'
import { suite, type TestContext, test } from 'node:test'
import { DuncanError, silentLog } from '#platform'
import { handledKeyword, openImapMailbox } from '../../../src/mail/mailbox/imap.ts'
import type { ImapSettings } from '../../../src/mail/mailbox/imap-connection.ts'
import { uidSet } from '../../../src/mail/mailbox/imap-fetch.ts'
import type { FetchedMail, Folder, FolderCursor } from '../../../src/mail/mailbox/mailbox.ts'
import { type Dovecot, startDovecot, withoutDovecot } from '../../support/dovecot.ts'
import { aMail } from '../../support/maildir.ts'

const inbox: Folder = { path: 'INBOX', role: 'inbox' }
const start: FolderCursor = { uidValidity: null, lastUid: 0n, highestModseq: null }

const settings = (dovecot: Dovecot, user: string, more: Partial<ImapSettings> = {}): ImapSettings => ({
  host: '127.0.0.1',
  port: dovecot.port,
  auth: { user, password: 'secret' },
  folders: ['INBOX'],
  tls: 'none',
  ...more,
})

async function open(t: TestContext, given: ImapSettings) {
  const mailbox = await openImapMailbox(given, silentLog)
  t.after(() => mailbox.close())
  return mailbox
}

const refusal = async (given: ImapSettings): Promise<DuncanError> => {
  const error = await openImapMailbox(given, silentLog).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof DuncanError)
  return error
}

test('a set of UIDs is written in ranges', () => {
  assert.equal(uidSet([1, 2, 3, 7, 9, 10]), '1:3,7,9:10')
})

test('a distant server without TLS gets no password', async () => {
  const { code } = await refusal({ host: '127.acme.example', port: 143, auth: { user: 'ar', password: 'secret' }, folders: ['INBOX'], tls: 'none' })

  assert.equal(code, 'mailbox.plain')
})

suite('an IMAP mailbox', { skip: withoutDovecot() }, () => {
  test('hands on the mails after the cursor, oldest first, each with its source', async t => {
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    const colleague = await dovecot.connect(user)
    const sources = ['one', 'two', 'three'].map(text => aMail({ text }))
    for (const source of sources) await colleague.append('INBOX', source)
    const mailbox = await open(t, settings(dovecot, user))

    const mails: FetchedMail[] = []
    let cursor = start
    for await (const batch of mailbox.fetchSince(inbox, start)) {
      mails.push(...batch.mails)
      cursor = batch.cursor
    }
    const later = []
    for await (const batch of mailbox.fetchSince(inbox, cursor)) later.push(batch)

    assert.deepEqual(
      mails.map(({ source }) => String(source as Buffer)),
      sources,
    )
    assert.equal(cursor.lastUid, mails.at(-1)?.uid)
    assert.ok(cursor.highestModseq)
    assert.deepEqual(later, [])
  })

  test('streams a mail that is too large to hold', async t => {
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    const colleague = await dovecot.connect(user)
    const large = aMail({ text: `${'x'.repeat(76)}\r\n`.repeat(60_000) })
    await colleague.append('INBOX', aMail({ text: 'small' }))
    await colleague.append('INBOX', large)
    await colleague.append('INBOX', aMail({ text: 'small too' }))
    const mailbox = await open(t, settings(dovecot, user))

    const sizes: number[] = []
    let streamed = 0
    for await (const { mails } of mailbox.fetchSince(inbox, start)) {
      for (const { source } of mails) {
        if (!Buffer.isBuffer(source)) streamed += 1
        sizes.push(Buffer.isBuffer(source) ? source.length : (await buffer(source)).length)
      }
    }

    assert.equal(streamed, 1)
    assert.equal(sizes[1], large.length)
    assert.equal(sizes.length, 3)
  })

  test('finds the Sent folder by its special use, and refuses a folder that is not there', async t => {
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    const mailbox = await open(t, settings(dovecot, user, { folders: ['INBOX', 'Archive'] }))
    const wrong = await open(t, settings(dovecot, user, { folders: ['Debtors'] }))

    const folders = await mailbox.folders()

    assert.deepEqual(folders, [inbox, { path: 'Archive', role: 'inbox' }, { path: 'Sent', role: 'sent' }])
    await assert.rejects(wrong.folders(), { code: 'mailbox.folder_missing', message: /Debtors/, remedy: /Archive/ })
  })

  test('hears of a new mail while it idles', async t => {
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    const mailbox = await open(t, settings(dovecot, user, { pollSeconds: 3_600 }))
    for await (const _ of mailbox.fetchSince(inbox, start));
    const waiting = mailbox.waitForNews(new AbortController().signal)
    const colleague = await dovecot.connect(user)

    await colleague.append('INBOX', aMail())

    await waiting // without IDLE this would take an hour
  })

  test('hears of a mail that came between the look and the wait', async t => {
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    const mailbox = await open(t, settings(dovecot, user, { pollSeconds: 3_600 }))
    for (const folder of await mailbox.folders()) for await (const _ of mailbox.fetchSince(folder, start));
    const colleague = await dovecot.connect(user)
    await colleague.append('INBOX', aMail())

    await mailbox.waitForNews(new AbortController().signal)
  })

  test('stops waiting when told to', async t => {
    const dovecot = await startDovecot(t)
    const mailbox = await open(t, settings(dovecot, dovecot.user(), { pollSeconds: 3_600 }))
    for await (const _ of mailbox.fetchSince(inbox, start));
    const stop = new AbortController()
    const waiting = mailbox.waitForNews(stop.signal)

    stop.abort()

    await waiting
  })

  test('marks a handled mail so that a colleague sees it', async t => {
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    const colleague = await dovecot.connect(user)
    const appended = await colleague.append('INBOX', aMail())
    const mailbox = await open(t, settings(dovecot, user))

    await mailbox.markHandled(inbox, BigInt((appended && appended.uid) || 0))

    await colleague.mailboxOpen('INBOX')
    const seen = await colleague.fetchOne('1', { flags: true })
    assert.ok(seen && seen.flags?.has(handledKeyword))
  })

  test('files a sent mail where colleagues look for it, and finds it by its Message-ID', async t => {
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    const mailbox = await open(t, settings(dovecot, user))

    await mailbox.fileSent(Buffer.from(aMail({ 'Message-ID': '<out-1@seller.example>' })), new Date('2026-03-02T10:00:00Z'))

    const colleague = await dovecot.connect(user)
    await colleague.mailboxOpen('Sent')
    const filed = await colleague.fetchOne('1', { envelope: true, flags: true })
    assert.ok(filed && filed.envelope?.messageId === '<out-1@seller.example>' && filed.flags?.has('\\Seen'))
    assert.equal(await mailbox.hasSent('<out-1@seller.example>'), true)
    assert.equal(await mailbox.hasSent('<out-2@seller.example>'), false)
  })

  test('says what to do when it cannot be opened', async t => {
    const dovecot = await startDovecot(t)
    const user = dovecot.user()

    const password = await refusal(settings(dovecot, user, { auth: { user, password: 'wrong' } }))
    const host = await refusal(settings(dovecot, user, { host: 'imap.nowhere.invalid', tls: 'starttls' }))
    const port = await refusal(settings(dovecot, user, { port: 1 }))
    const token = await refusal(
      settings(dovecot, user, { auth: { user, accessToken: () => Promise.reject(new DuncanError('mailbox.token', 'over', 'Sign in')) } }),
    )

    assert.deepEqual(
      [password, host, port, token].map(({ code }) => code),
      ['mailbox.auth_failed', 'mailbox.unknown_host', 'mailbox.refused', 'mailbox.token'],
    )
    for (const { remedy } of [password, host, port, token]) assert.match(remedy, /\w{3,}/)
  })

  test('refuses a certificate that nobody vouches for, and takes it with its authority', async t => {
    const dovecot = await startDovecot(t)
    const user = dovecot.user()
    const implicit = settings(dovecot, user, { host: 'localhost', port: dovecot.tlsPort, tls: 'implicit' })
    const upgraded = settings(dovecot, user, { host: 'localhost', tls: 'starttls' })

    const refused = await Promise.all([refusal(implicit), refusal(upgraded)])
    const trusted = await open(t, { ...implicit, ca: dovecot.ca })
    const trustedUpgrade = await open(t, { ...upgraded, ca: dovecot.ca })

    assert.deepEqual(
      refused.map(({ code }) => code),
      ['mailbox.tls', 'mailbox.tls'],
    )
    assert.equal((await trusted.folders()).length, 2)
    assert.equal((await trustedUpgrade.folders()).length, 2)
  })
})
