import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { suite, test } from 'node:test'
import { pino } from 'pino'
import { type Log, type Secrets, silentLog } from '#platform'
import { createOAuthClient } from '../../../src/mail/connections/oauth-client.ts'
import { createSignIns } from '../../../src/mail/connections/sign-ins.ts'
import { forgetSignIn, readSignIn } from '../../../src/mail/connections/stored-sign-in.ts'
import type { AccessTokenProcess } from '../../support/access-token-child.ts'
import { aSignedInMailbox, oauthAt, type SignedIn } from '../../support/signed-in.ts'

const waits = [1, 1]
const tokensOf = ({ database: { client }, secrets, clock, oauth }: SignedIn, more: { log?: Log; secrets?: Secrets } = {}) =>
  createSignIns({ client, secrets, clock, log: silentLog, waits, ...more }).tokensOf('debtors', oauth)
const stored = async ({ database, secrets }: SignedIn) => (await readSignIn(database.client, secrets, 'debtors')) ?? assert.fail()

suite('the access token of a mailbox', () => {
  test('serves until shortly before its end, and is then refreshed once for all that wait', async t => {
    const mailbox = await aSignedInMailbox(t)
    const accessToken = tokensOf(mailbox)

    const first = await accessToken()
    mailbox.clock.advance({ minutes: 55 })
    const later = await accessToken()
    const askedBefore = [...mailbox.idp.asked]
    mailbox.clock.advance({ minutes: 4 })
    const renewed = await Promise.all(Array.from({ length: 10 }, () => accessToken()))

    assert.equal(later, first)
    assert.deepEqual(askedBefore, [])
    assert.deepEqual(new Set(renewed).size, 1)
    assert.notEqual(renewed[0], first)
    assert.deepEqual(mailbox.idp.asked, ['refresh_token'])
  })

  test('is refreshed again and again where each refresh token is good for one use', async t => {
    const mailbox = await aSignedInMailbox(t)
    const accessToken = tokensOf(mailbox)
    const { refreshToken } = await stored(mailbox)

    for (let day = 0; day < 3; day++) {
      mailbox.clock.advance({ hours: 24 })
      await accessToken()
    }

    assert.equal(mailbox.idp.asked.length, 3)
    const now = await stored(mailbox)
    assert.notEqual(now.refreshToken, refreshToken)
    assert.equal(now.refreshedAt.getTime(), mailbox.clock.now().epochMilliseconds)
  })

  test('keeps the refresh token of a provider that gives no new one', async t => {
    const mailbox = await aSignedInMailbox(t)
    const { refreshToken } = await stored(mailbox)
    mailbox.idp.faults.push({ status: 200, body: '{"access_token":"another","token_type":"Bearer","expires_in":3600}' })

    mailbox.clock.advance({ hours: 2 })
    const token = await tokensOf(mailbox)()

    assert.equal(token, 'another')
    assert.equal((await stored(mailbox)).refreshToken, refreshToken)
  })

  test('that a server refused is replaced, once for all connections that it was refused to', async t => {
    const mailbox = await aSignedInMailbox(t)
    const accessToken = tokensOf(mailbox)
    const refused = await accessToken()

    const others = [...(await Promise.all([accessToken(refused), accessToken(refused)])), await accessToken(refused), await tokensOf(mailbox)(refused)]

    assert.equal(new Set(others).size, 1)
    assert.notEqual(others[0], refused)
    assert.deepEqual(mailbox.idp.asked, ['refresh_token'])
  })

  test('comes all the same when the network fails and the provider has bad moments', async t => {
    const mailbox = await aSignedInMailbox(t)
    mailbox.clock.advance({ hours: 2 })
    mailbox.idp.faults.push('cut', { status: 503 })

    await tokensOf(mailbox)()

    assert.deepEqual(mailbox.idp.asked, ['fault', 'fault', 'refresh_token'])
    assert.equal((await stored(mailbox)).failingSince, null)
  })

  test('of a provider that stays away costs nobody the sign-in', async t => {
    const mailbox = await aSignedInMailbox(t)
    const before = await stored(mailbox)
    mailbox.clock.advance({ hours: 2 })
    mailbox.idp.faults.push('cut', { status: 502 }, { status: 429, body: '{"error":"temporarily_unavailable"}' })
    const accessToken = tokensOf(mailbox)

    await assert.rejects(accessToken(), { code: 'mailbox.token_delayed', message: /temporarily_unavailable/ })
    const failing = await stored(mailbox)
    await accessToken()

    assert.equal(failing.refreshToken, before.refreshToken)
    assert.equal(failing.failingSince?.getTime(), mailbox.clock.now().epochMilliseconds)
    const { failingSince, problem } = await stored(mailbox)
    assert.deepEqual([failingSince, problem], [null, null])
  })

  test('cannot be had when the provider ended the sign-in: it is asked again an hour later only', async t => {
    const mailbox = await aSignedInMailbox(t)
    const accessToken = tokensOf(mailbox)
    mailbox.clock.advance({ hours: 2 })
    mailbox.idp.revokeAll()
    const over = { code: 'mailbox.token', message: /debtors is over: .* invalid_grant/, remedy: 'Run `duncan connect debtors`.' }

    await assert.rejects(accessToken(), over)
    await assert.rejects(accessToken(), over)
    await assert.rejects(tokensOf(mailbox)(), over)
    const asked = [...mailbox.idp.asked]
    mailbox.clock.advance({ minutes: 61 })
    await assert.rejects(accessToken(), over)

    assert.deepEqual([asked.length, mailbox.idp.asked.length], [1, 2])
    const events = await mailbox.database.client.auditEntry.findMany({ orderBy: { id: 'asc' } })
    assert.deepEqual(
      events.map(({ event, subject }) => [event, subject]),
      [
        ['mailbox.signed_in', 'mailbox-sign-in:debtors'],
        ['mailbox.sign_in_ended', 'mailbox-sign-in:debtors'],
      ],
    )
    await mailbox.signIn()
    await accessToken()
  })

  test('is over as well when a policy denies it', async t => {
    const mailbox = await aSignedInMailbox(t)
    const accessToken = tokensOf(mailbox)
    mailbox.clock.advance({ hours: 2 })
    mailbox.idp.faults.push({ status: 400, body: '{"error":"access_denied","error_description":"AADSTS53003: blocked for ann@creditor.example"}' })

    const fault = (await accessToken().catch((error: unknown) => error)) as Error
    await assert.rejects(accessToken(), { code: 'mailbox.token' })

    assert.match(fault.message, /is over: .*access_denied AADSTS53003\.$/)
    assert.deepEqual(mailbox.idp.asked, ['fault'])
    assert.notEqual((await stored(mailbox)).endedAt, null)
  })

  test('waits for a registration to be put right, and keeps the sign-in', async t => {
    const mailbox = await aSignedInMailbox(t)
    mailbox.clock.advance({ hours: 2 })
    const wrong = tokensOf({ ...mailbox, oauth: { ...mailbox.oauth, clientSecret: 'ran-out-last-week' } })

    await assert.rejects(wrong(), (error: Error & { code?: string; remedy?: string }) => {
      assert.equal(error.code, 'mailbox.token')
      assert.match(error.remedy ?? '', /clientSecretEnv/)
      assert.doesNotMatch(error.message, /ran-out/)
      return true
    })

    assert.equal((await stored(mailbox)).endedAt, null)
    await tokensOf(mailbox)()
  })

  test('is had by nobody who never signed in, or was forgotten', async t => {
    const mailbox = await aSignedInMailbox(t)
    const { database, secrets, clock } = mailbox
    const accessToken = tokensOf(mailbox)

    const forgotten = await forgetSignIn({ client: database.client, secrets, clock }, 'debtors', 'cli')

    assert.equal(forgotten, true)
    await assert.rejects(accessToken(), { code: 'mailbox.token', remedy: 'Run `duncan connect debtors`.' })
    assert.equal(await database.client.secret.count(), 0)
  })

  test('is stored once more when the first time failed: the provider took the old refresh token back already', async t => {
    const mailbox = await aSignedInMailbox(t)
    mailbox.clock.advance({ hours: 2 })
    let failures = 0
    const write: Secrets['write'] = (...given) => (failures++ === 0 ? Promise.reject(new Error('disk full')) : mailbox.secrets.write(...given))

    const token = await tokensOf(mailbox, { secrets: { ...mailbox.secrets, write } })()
    const next = await tokensOf(mailbox)(token)

    assert.equal(failures, 2)
    assert.notEqual(next, token)
  })

  test('and its like never show in the log, in errors, in the audit trail, or in the clear in the database', async t => {
    const mailbox = await aSignedInMailbox(t)
    const { database } = mailbox
    const lines: string[] = []
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
    const accessToken = tokensOf(mailbox, { log })
    const { accessToken: first, refreshToken } = await stored(mailbox)

    mailbox.idp.faults.push({ status: 503 })
    const second = await accessToken(first)
    mailbox.idp.revokeAll()
    const fault = await accessToken(second).catch((error: unknown) => error)

    const shown = [...lines, JSON.stringify(await database.client.auditEntry.findMany({ include: { content: true } })), String((fault as Error).stack)]
    const rows = await database.pool.query<{ text: string }>(
      'SELECT encode(sealed, \'escape\') AS text FROM "Secret" UNION ALL SELECT m::text FROM "MailSignIn" m',
    )
    assert.ok(lines.length > 0)
    for (const secret of [first, second, refreshToken, 'client-secret-1']) {
      for (const line of [...shown, ...rows.rows.map(row => row.text)]) assert.equal(line.includes(secret), false)
    }
  })

  test('two processes that refresh at the same time never use one refresh token twice', async t => {
    const mailbox = await aSignedInMailbox(t)
    const { idp, database, key, oauth } = mailbox
    const given: AccessTokenProcess = { url: database.url, key, oauth, rounds: 8 }
    const child = join(import.meta.dirname, '../../support/access-token-child.ts')

    const processes = [1, 2].map(() => spawn(process.execPath, [child, JSON.stringify(given)], { stdio: ['ignore', 'pipe', 'inherit'] }))
    const tokens = await Promise.all(processes.map(({ stdout }) => text(stdout)))

    for (const token of tokens) assert.match(token, /.{20}/)
    assert.ok(idp.asked.length >= 8 && idp.asked.length <= 16, `${idp.asked.length} refreshes`)
    // A refresh token used twice would have ended the whole sign-in.
    await createOAuthClient(oauth).refresh((await stored(mailbox)).refreshToken)
  })
})

test('mailboxes that name one sign-in share it', async t => {
  const mailbox = await aSignedInMailbox(t)
  const oauth = oauthAt(mailbox.idp.issuer, { signIn: 'debtors' })
  const { database, secrets, clock } = mailbox
  const signIns = createSignIns({ client: database.client, secrets, clock, log: silentLog })

  const [own, shared] = [await signIns.tokensOf('debtors', mailbox.oauth)(), await signIns.tokensOf('reminders', oauth)()]

  assert.equal(shared, own)
})
