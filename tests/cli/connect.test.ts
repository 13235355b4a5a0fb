import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { suite, type TestContext, test } from 'node:test'
import { connectMailbox, describeSignIn, disconnectMailbox, mailboxesKind } from '#mail'
import { createSecrets, newSecretKey, systemClock } from '#platform'
import { createSettings, joinSettingsFiles, parseSettingsFile } from '#settings'
import { duncan } from '../support/cli.ts'
import { createTestDatabase } from '../support/database.ts'
import { startDovecot, withoutDovecot } from '../support/dovecot.ts'
import { duncanClient, startIdentityProvider } from '../support/identity-provider.ts'
import { oauthAt } from '../support/signed-in.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const main = join(import.meta.dirname, '../../src/cli/main.ts')

/** Starts a command and waits until it says something that matches; returns the match and the end of the command. */
async function untilItSays(t: TestContext, args: string[], env: Record<string, string>, wanted: RegExp) {
  const child: ChildProcess = spawn(process.execPath, [main, ...args], { env: { PATH: process.env.PATH ?? '', ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill())
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  let out = ''
  const said = new Promise<RegExpExecArray>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const match = wanted.exec(out)
      if (match) resolve(match)
    })
    void ended.then(() => reject(new Error(`it never said ${wanted}:\n${out}`)))
  })
  const rest = text(child.stdout ?? assert.fail())
  return { match: await said, finished: async () => ({ code: await ended, out: await rest.then(() => out) }) }
}

suite('duncan connect', { skip: withoutDovecot() }, () => {
  test('signs a mailbox in, tries it, and says how it stands', async t => {
    const { client, url } = await createTestDatabase(t)
    const idp = await startIdentityProvider(t, { mailboxOf: () => 'user1' })
    const dovecot = await startDovecot(t, { tokens: { introspection: idp.introspection, mechanism: 'xoauth2' } })
    dovecot.user()
    const mailboxes = `mailboxes:
  debtors:
    kind: imap
    address: debtors@creditor.example
    host: 127.0.0.1
    port: ${dovecot.port}
    tls: none
    user: user1
    oauth: { provider: custom, issuer: "${idp.issuer}", scopes: [openid, offline_access, email], clientId: duncan, clientSecretEnv: CLIENT_SECRET, signInDays: 5 }
  old: { kind: imap, address: old@creditor.example, host: 127.0.0.1, user: old, passwordEnv: OLD_PASSWORD }
`
    const applied = await createSettings({ client, kinds: [mailboxesKind] }).apply(joinSettingsFiles([parseSettingsFile('mailboxes.yaml', mailboxes)]), {
      actor: 'cli',
    })
    assert.equal(applied.kind, 'applied')
    const secretKey = newSecretKey()
    const env = { DATABASE_URL: url, DUNCAN_DATA_DIR: temporaryFolder(t), DUNCAN_SECRET_KEY: secretKey, CLIENT_SECRET: duncanClient.client_secret }

    const browser = await untilItSays(t, ['connect', 'debtors'], env, /^(http\S+)\n\nWaiting at/m)
    await idp.visit(browser.match[1] ?? '', 'ann')
    const byBrowser = await browser.finished()
    const status = await duncan(['connect', '--status'], env)

    assert.equal(byBrowser.code, 0, byBrowser.out)
    assert.match(byBrowser.out, /✓ ann@creditor\.example signed in for debtors@creditor\.example[^]*✓ reading: signed in; folders INBOX, Sent \(sent\)/)
    assert.equal(status.code, 1, 'the other mailbox lacks its password')
    assert.match(status.out, /debtors {2}debtors@creditor\.example\n {2}signs in +custom\n {2}signed in +ann@creditor\.example, \d{4}/)
    assert.match(status.out, /ends +\d{4}-\d\d-\d\d \d\d:\d\d: run `duncan connect debtors` before\n {2}last refresh +\d{4}/)
    assert.match(status.out, /old {2}old@creditor\.example\n {2}signs in +password in OLD_PASSWORD, which is not set/)
    for (const { out } of [byBrowser, status]) for (const hidden of [secretKey, duncanClient.client_secret]) assert.equal(out.includes(hidden), false)
  })
})

const way = (visit: (page: string) => unknown) => ({ kind: 'browser', port: 0, onPage: (page: string) => void visit(page) }) as const

suite('a sign-in', () => {
  test('is forgotten here and at the provider', async t => {
    const { client } = await createTestDatabase(t)
    const idp = await startIdentityProvider(t)
    const deps = { client, secrets: createSecrets({ DUNCAN_SECRET_KEY: newSecretKey(), DUNCAN_DATA_DIR: '/nowhere' }), clock: systemClock }
    const mailbox = { key: 'debtors', oauth: oauthAt(idp.issuer) }
    const typeCode = (place: string, code: string) => void idp.typeCode(place, code, 'ann')
    await connectMailbox(deps, mailbox, { kind: 'device', onCode: typeCode }, 'cli')
    const before = await describeSignIn(client, 'debtors', mailbox.oauth)

    const first = await disconnectMailbox(deps, mailbox, 'cli')
    const second = await disconnectMailbox(deps, mailbox, 'cli')

    assert.deepEqual([before.state, before.account], ['ok', 'ann@creditor.example'])
    assert.deepEqual(first, { forgotten: true, revoked: true })
    assert.deepEqual(second, { forgotten: false, revoked: false })
    assert.equal((await describeSignIn(client, 'debtors', mailbox.oauth)).state, 'missing')
    assert.equal(await client.secret.count(), 0)
  })

  test('is not begun when it could not be kept, or when the mailbox signs in by password', async t => {
    const { client } = await createTestDatabase(t)
    const secrets = createSecrets({ DATABASE_URL: 'postgres://elsewhere', DUNCAN_DATA_DIR: temporaryFolder(t) })
    const deps = { client, secrets, clock: systemClock }
    const never = way(() => assert.fail('nobody should be asked'))

    await assert.rejects(connectMailbox(deps, { key: 'debtors', oauth: oauthAt('http://127.0.0.1:9') }, never, 'cli'), {
      code: 'secrets.no_key',
      remedy: /duncan secrets new-key/,
    })
    await assert.rejects(connectMailbox(deps, { key: 'debtors' }, never, 'cli'), { code: 'connect.no_oauth', remedy: /oauth/ })
  })
})
