import assert from 'node:assert/strict'
import { join } from 'node:path'
import { suite, type TestContext, test } from 'node:test'
import {
  checkSmtp,
  createMailSync,
  createParser,
  createSignIns,
  createSmtpTransport,
  mailboxesKind,
  mailReceived,
  openConfiguredMailbox,
  withSecrets,
} from '#mail'
import { createBlobs, createOps, createQueue, opsRaised, silentLog, systemClock } from '#platform'
import { eventually } from '../../support/app.ts'
import { selfSignedCertificate } from '../../support/certificate.ts'
import { startDovecot, type TokenLogin, withoutDovecot } from '../../support/dovecot.ts'
import { duncanClient } from '../../support/identity-provider.ts'
import { aMail } from '../../support/maildir.ts'
import { aSignedInMailbox, type SignedIn } from '../../support/signed-in.ts'
import { startSmtpServer } from '../../support/smtp-server.ts'
import { startTcpProxy } from '../../support/tcp-proxy.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

/** Ann may open the mailbox of `user1`, who is nobody that could sign in: a shared mailbox. */
const shared = { mailboxOf: (account: string) => (account === 'ann' ? 'user1' : account) }

const settingsOf = ({ idp }: SignedIn, port: number, smtp?: { port: number; user: string }) => {
  const section = mailboxesKind.schema.parse({
    debtors: {
      kind: 'imap',
      address: 'debtors@creditor.example',
      host: '127.0.0.1',
      port,
      tls: 'none',
      user: 'user1',
      pollSeconds: 0.2,
      startAt: '2020-01-01T00:00:00Z',
      oauth: { provider: 'custom', issuer: idp.issuer, scopes: ['offline_access'], clientId: 'duncan', clientSecretEnv: 'CLIENT_SECRET' },
      ...(smtp && { smtp: { host: 'localhost', ...smtp } }),
    },
  })
  return withSecrets('debtors', section.debtors ?? assert.fail(), { CLIENT_SECRET: duncanClient.client_secret })
}

const signInsOf = ({ database: { client }, secrets }: SignedIn) => createSignIns({ client, secrets, clock: systemClock, log: silentLog, waits: [1] })

async function aDovecotMailbox(
  t: Pick<TestContext, 'after'>,
  mechanism: TokenLogin['mechanism'] = 'xoauth2',
  options: Parameters<typeof aSignedInMailbox>[1] = shared,
) {
  const signedIn = await aSignedInMailbox(t, options)
  const dovecot = await startDovecot(t, { tokens: { introspection: signedIn.idp.introspection, mechanism } })
  assert.equal(dovecot.user(), 'user1')
  const open = async () => openConfiguredMailbox(signInsOf(signedIn).attach(settingsOf(signedIn, dovecot.port)), silentLog)
  return { ...signedIn, dovecot, open }
}

suite('an IMAP mailbox with oauth', { skip: withoutDovecot() }, () => {
  for (const mechanism of ['xoauth2', 'oauthbearer'] as const) {
    test(`that is shared opens by ${mechanism.toUpperCase()} with the token of a person who may open it, and with another once that is refused`, async t => {
      const { open, idp } = await aDovecotMailbox(t, mechanism)

      const mailbox = await open()
      t.after(() => mailbox.close())
      const askedBefore = [...idp.asked]
      idp.revokeAccessTokens()
      const again = await open()
      t.after(() => again.close())

      assert.deepEqual(
        (await again.folders()).map(({ path }) => path),
        ['INBOX', 'Sent'],
      )
      assert.deepEqual([askedBefore, idp.asked], [[], ['refresh_token']])
    })
  }

  test('says what to do when the sign-in is over, and when the person may not open the mailbox', async t => {
    const over = await aDovecotMailbox(t)
    const stranger = await aDovecotMailbox(t, 'xoauth2', { mailboxOf: () => 'ann' })

    over.idp.revokeAll()

    await assert.rejects(over.open(), { code: 'mailbox.token', remedy: 'Run `duncan connect debtors`.' })
    await assert.rejects(stranger.open(), { code: 'mailbox.token_refused', remedy: /who signed in may open it/ })
    assert.deepEqual(stranger.idp.asked, ['refresh_token'])
  })

  test('goes on when its token ends in the middle of waiting, tells when the sign-in is over, and comes back', async t => {
    const hooks: (() => unknown)[] = []
    const box = await aDovecotMailbox({ after: hook => void hooks.push(hook as () => unknown) })
    const { database, dovecot, idp } = box
    const proxy = await startTcpProxy({ after: hook => void hooks.unshift(hook as () => unknown) }, dovecot.port)
    const queue = createQueue(database, silentLog, [mailReceived, opsRaised])
    await queue.start()
    const parser = createParser({ threads: 1 })
    const signIns = signInsOf(box)
    const settings = settingsOf(box, proxy.port)
    const sync = createMailSync({
      database,
      queue,
      blobs: createBlobs(join(temporaryFolder(t), 'blobs')),
      parser,
      ops: createOps(database.client, queue),
      clock: systemClock,
      log: silentLog,
      mailboxes: [{ ...settings, open: async () => openConfiguredMailbox(signIns.attach(settings), silentLog) }],
      waits: { firstRetryMilliseconds: 20, longestRetryMilliseconds: 100, signedOutMilliseconds: 50 },
    })
    t.after(async () => {
      for (const stop of [() => sync.stop(), () => parser.close(), () => queue.stop(), ...hooks]) await stop()
    })
    const colleague = await dovecot.connect('user1')
    const received = (text: string) =>
      eventually(`the mail "${text}" is there`, async () => (await database.client.message.findFirst({ where: { text: { contains: text } } })) ?? undefined)

    await sync.start()
    await eventually('the mailbox is read', async () => (await database.client.mailbox.findFirst({ where: { status: 'ok' } })) ?? undefined)
    idp.revokeAccessTokens() // what a server does at the end of a token: it hangs up, and wants another
    proxy.breakNow('end')
    await colleague.append('INBOX', aMail({ text: 'after the token ended' }))
    await received('after the token ended')
    const refreshes = idp.asked.length

    idp.revokeAll()
    proxy.breakNow('reset')
    const isOver = { status: 'failing', problem: { contains: 'sign-in of the mailbox debtors is over: ' } }
    const failing = await eventually('the sign-in is over', async () => (await database.client.mailbox.findFirst({ where: isOver })) ?? undefined)
    const alert = await eventually(
      'a person is told',
      async () => (await database.client.opsAlert.findFirst({ where: { key: 'mailbox:debtors' } })) ?? undefined,
    )
    await colleague.append('INBOX', aMail({ text: 'while nobody was signed in' }))
    await box.signIn()
    await received('while nobody was signed in')
    await eventually('the alert is closed', async () => (await database.client.opsAlert.findFirst({ where: { resolvedAt: { not: null } } })) ?? undefined)

    assert.equal(refreshes, 1)
    assert.match(failing.problem ?? '', /invalid_grant/)
    assert.equal(alert.remedy, 'Run `duncan connect debtors`.')
  })
})

suite('sending with oauth', () => {
  test('leaves with the token, as the shared mailbox; a refused token is replaced, and a lost sign-in leaves the mail for later', async t => {
    const signedIn = await aSignedInMailbox(t, shared)
    const { key, cert } = selfSignedCertificate(temporaryFolder(t))
    const logins: string[] = []
    const server = await startSmtpServer(t, {
      options: {
        key,
        cert,
        disabledCommands: [],
        authOptional: false,
        authMethods: ['XOAUTH2'],
        onAuth: ({ username = '', accessToken = '' }, _session, callback) => {
          const isKnown = signedIn.idp.mailboxOf(accessToken) === username
          logins.push(`${username} ${isKnown ? 'in' : 'refused'}`)
          callback(isKnown ? null : Object.assign(new Error('5.7.8 authentication failed'), { responseCode: 535 }), isKnown ? { user: username } : undefined)
        },
      },
    })
    const { smtp = assert.fail() } = signInsOf(signedIn).attach(settingsOf(signedIn, 993, { port: server.port, user: 'user1' }))
    const { send } = createSmtpTransport({ ...smtp, ca: cert })
    const envelope = { from: 'debtors@creditor.example', recipients: ['ann@debtor.example'] }

    const first = await send(Buffer.from('Subject: one\r\n\r\n1\r\n'), envelope)
    signedIn.idp.revokeAccessTokens()
    const second = await send(Buffer.from('Subject: two\r\n\r\n2\r\n'), envelope)
    await checkSmtp({ ...smtp, ca: cert })
    signedIn.idp.revokeAll()
    const third = await send(Buffer.from('Subject: three\r\n\r\n3\r\n'), envelope)

    assert.deepEqual([first.kind, second.kind], ['accepted', 'accepted'])
    assert.ok(third.kind === 'refused' && !third.permanent)
    assert.match(third.problem, /sign-in of the mailbox debtors is over/)
    assert.deepEqual(logins, ['user1 in', 'user1 refused', 'user1 in', 'user1 in', 'user1 refused'])
    assert.equal(server.accepted.length, 2)
    await assert.rejects(checkSmtp({ ...smtp, ca: cert }), { code: 'mailbox.token' })
  })
})
