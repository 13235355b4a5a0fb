import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { createMaildirOutbox } from '../../../src/mail/transports/maildir.ts'
import { checkSmtp, createSmtpTransport, type SmtpServer } from '../../../src/mail/transports/smtp.ts'
import { selfSignedCertificate } from '../../support/certificate.ts'
import { type SmtpBehaviour, startSmtpServer } from '../../support/smtp-server.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'

const source = Buffer.from('Subject: Invoice 2026-0412\r\n\r\n.\r\nDear Ann,\r\n..\r\n')
const envelope = { from: 'debtors@acme.example', recipients: ['ann@debtor.example'] }

/** A server with TLS that knows one user. */
async function aSecureServer(t: TestContext, options: SmtpBehaviour['options'] = {}) {
  const { key, cert } = selfSignedCertificate(temporaryFolder(t))
  const logins: string[] = []
  const server = await startSmtpServer(t, {
    options: {
      key,
      cert,
      disabledCommands: [],
      authOptional: false,
      authMethods: ['PLAIN', 'XOAUTH2'],
      onAuth: ({ method, username, password, accessToken }, _session, callback) => {
        logins.push(`${method} ${username} ${password ?? accessToken}`)
        const isKnown = password === 'secret' || accessToken === 'token-2'
        callback(isKnown ? null : Object.assign(new Error('5.7.8 authentication failed'), { responseCode: 535 }), isKnown ? { user: username } : undefined)
      },
      ...options,
    },
  })
  const transport = (settings: Partial<SmtpServer> = {}) =>
    createSmtpTransport({ host: 'localhost', port: server.port, user: 'duncan', password: 'secret', ca: cert, ...settings })
  return { ...server, logins, transport }
}

describe('the SMTP transport', () => {
  test('hands over the very bytes, dots and all', async t => {
    const server = await startSmtpServer(t)

    const outcome = await createSmtpTransport({ host: '127.0.0.1', port: server.port, tls: 'none' }).send(source, envelope)

    assert.deepEqual(outcome, { kind: 'accepted', refused: [] })
    assert.deepEqual(server.accepted, [{ ...envelope, source }])
  })

  test('demands STARTTLS unless told otherwise, and logs in with the password', async t => {
    const { transport, accepted, logins } = await aSecureServer(t)

    assert.equal((await transport().send(source, envelope)).kind, 'accepted')

    assert.equal(accepted.length, 1)
    assert.deepEqual(logins, ['PLAIN duncan secret'])
  })

  test('speaks TLS from the first byte where the settings say so', async t => {
    const { transport, accepted } = await aSecureServer(t, { secure: true })

    assert.equal((await transport({ tls: 'implicit' }).send(source, envelope)).kind, 'accepted')

    assert.equal(accepted.length, 1)
  })

  test('gives a refused access token back for another, once', async t => {
    const { transport, logins } = await aSecureServer(t)
    const returned: (string | undefined)[] = []
    const tokens = ['token-1', 'token-2', 'token-3', 'token-4']
    const { send } = transport({ password: undefined, accessToken: async refused => tokens[returned.push(refused) - 1] ?? assert.fail() })

    const outcomes = [await send(source, envelope), await send(source, envelope)]

    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ['accepted', 'refused'],
    )
    assert.deepEqual(logins, ['XOAUTH2 duncan token-1', 'XOAUTH2 duncan token-2', 'XOAUTH2 duncan token-3', 'XOAUTH2 duncan token-4'])
    assert.deepEqual(returned, [undefined, 'token-1', undefined, 'token-3'])
  })

  test('sends nothing to a server whose certificate nobody vouches for, and can try again once that is put right', async t => {
    const { transport, accepted, logins } = await aSecureServer(t)

    const outcome = await transport({ ca: undefined }).send(source, envelope)

    assert.deepEqual([outcome.kind, outcome.kind === 'refused' && outcome.permanent], ['refused', false])
    assert.match(outcome.kind === 'refused' ? outcome.problem : '', /self-signed/)
    assert.deepEqual([accepted, logins], [[], []])
  })

  test('sends nothing in clear text when the server offers no TLS', async t => {
    const server = await startSmtpServer(t)

    const outcome = await createSmtpTransport({ host: '127.0.0.1', port: server.port }).send(source, envelope)

    assert.deepEqual([outcome.kind, outcome.kind === 'refused' && outcome.permanent], ['refused', false])
    assert.equal(server.accepted.length, 0)
  })

  test('does not give a mail up because of a wrong password, and does not repeat the password', async t => {
    const { transport } = await aSecureServer(t)

    const outcome = await transport({ password: 'hunter2' }).send(source, envelope)

    assert.ok(outcome.kind === 'refused' && !outcome.permanent)
    assert.match(outcome.problem, /535/)
    assert.equal(outcome.problem.includes('hunter2'), false)
  })

  test('refuses to give a password to a distant server without TLS, also when it is only tried out', async () => {
    const distant = { host: '127.acme.example', port: 25, tls: 'none', user: 'duncan', password: 'secret' } as const

    assert.throws(() => createSmtpTransport(distant), { code: 'smtp.plain' })
    await assert.rejects(checkSmtp(distant), { code: 'smtp.plain' })
  })

  test('says which setting trusts a private certificate, and which one takes a server without TLS', async t => {
    const { transport: _, port } = await aSecureServer(t)
    const plain = await startSmtpServer(t)

    await assert.rejects(checkSmtp({ host: 'localhost', port }), { code: 'smtp.unreachable', message: /self-signed certificate/, remedy: /caFile/ })
    await assert.rejects(checkSmtp({ host: 'localhost', port: plain.port }), { code: 'smtp.unreachable', remedy: /tls/ })
  })

  test('gives a mail up that is larger than the server takes', async t => {
    const server = await startSmtpServer(t, { options: { size: 10 } })

    const outcome = await createSmtpTransport({ host: '127.0.0.1', port: server.port, tls: 'none' }).send(source, envelope)

    assert.ok(outcome.kind === 'refused' && outcome.permanent)
    assert.equal(server.accepted.length, 0)
  })
})

describe('the Maildir outbox', () => {
  test('delivers the very bytes, and the same mail once', async t => {
    const folder = join(temporaryFolder(t), 'outbox')
    const outbox = createMaildirOutbox(folder)

    const outcomes = [await outbox.send(source, envelope), await outbox.send(source, envelope)]

    assert.deepEqual(
      outcomes.map(({ kind }) => kind),
      ['accepted', 'accepted'],
    )
    const [name = assert.fail(), ...more] = readdirSync(join(folder, 'new'))
    assert.deepEqual(more, [])
    assert.deepEqual(readFileSync(join(folder, 'new', name)), source)
    assert.deepEqual(readdirSync(join(folder, 'tmp')), [])
  })

  test('that cannot be written leaves the mail for later', async t => {
    const folder = join(temporaryFolder(t), 'in-the-way')
    writeFileSync(folder, '')

    const outcome = await createMaildirOutbox(folder).send(source, envelope)

    assert.ok(outcome.kind === 'refused' && !outcome.permanent)
  })
})
