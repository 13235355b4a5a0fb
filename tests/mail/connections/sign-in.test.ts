import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { suite, test } from 'node:test'
import { createOAuthClient } from '../../../src/mail/connections/oauth-client.ts'
import { oauthSettings } from '../../../src/mail/connections/oauth-settings.ts'
import { signInWithBrowser, signInWithDevice } from '../../../src/mail/connections/sign-in.ts'
import { duncanClient, startIdentityProvider } from '../../support/identity-provider.ts'

const registration = { clientId: duncanClient.client_id, clientSecretEnv: 'SECRET' }
const clientOf = (settings: Record<string, unknown>, clientSecret = duncanClient.client_secret) =>
  createOAuthClient({ ...oauthSettings.parse({ ...registration, ...settings }), clientSecret })
const custom = (issuer: string) => ({ provider: 'custom', issuer, scopes: ['openid', 'offline_access', 'email'] })

async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

suite('signing in with a browser', () => {
  test('gives tokens that last, and says who signed in', async t => {
    const idp = await startIdentityProvider(t)

    const grant = await signInWithBrowser(clientOf(custom(idp.issuer)), { port: 0, onPage: page => void idp.visit(page, 'ann') })

    assert.equal(grant.account, 'ann@creditor.example')
    assert.equal(grant.accessSeconds, 3600)
    assert.match(grant.refreshToken, /.{20}/)
    assert.deepEqual(idp.asked, ['authorization_code'])
  })

  test('asks Microsoft for mail by IMAP and SMTP, from a page where another account can be chosen', async t => {
    const scopes = ['https://outlook.office.com/IMAP.AccessAsUser.All', 'https://outlook.office.com/SMTP.Send', 'profile']
    const idp = await startIdentityProvider(t, { path: '/tenant-1/v2.0', scopes })
    const pages: URL[] = []

    const settings = { provider: 'microsoft', tenant: 'tenant-1', authority: new URL(idp.issuer).origin }
    const signedIn = signInWithBrowser(clientOf(settings), {
      port: 0,
      onPage: page => {
        pages.push(new URL(page))
        void idp.visit(page.replace('prompt=select_account', 'prompt=consent'), 'ann')
      },
    })

    assert.match((await signedIn).refreshToken, /.{20}/)
    const { prompt, scope, redirect_uri } = Object.fromEntries(pages[0]?.searchParams ?? [])
    assert.equal(prompt, 'select_account')
    assert.equal(scope, 'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access openid profile')
    assert.match(redirect_uri ?? '', /^http:\/\/localhost:\d+\/$/)
  })

  test('asks Google for a refresh token each time', async t => {
    const idp = await startIdentityProvider(t, { scopes: ['https://mail.google.com/'] })
    const pages: URL[] = []

    const { refreshToken } = await signInWithBrowser(clientOf({ provider: 'google', issuer: idp.issuer }), {
      port: 0,
      onPage: page => {
        pages.push(new URL(page))
        void idp.visit(page, 'ann')
      },
    })

    assert.match(refreshToken, /.{20}/)
    const { prompt, access_type, scope } = Object.fromEntries(pages[0]?.searchParams ?? [])
    assert.deepEqual([prompt, access_type, scope], ['consent', 'offline', 'https://mail.google.com/ openid email'])
  })

  test('does without a published configuration where the settings name the endpoints', async t => {
    const idp = await startIdentityProvider(t)
    const endpoints = { authorization: `${idp.issuer}/auth`, token: `${idp.issuer}/token` }

    const client = clientOf({ ...custom(idp.issuer), endpoints, scopes: ['offline_access'] })
    const { refreshToken } = await signInWithBrowser(client, { port: 0, onPage: page => void idp.visit(page, 'ann') })
    const refreshed = await client.refresh(refreshToken)

    assert.match(refreshed.accessToken, /.{20}/)
    assert.notEqual(refreshed.refreshToken, refreshToken)
  })

  test('lets no other page of the browser answer in the person’s place', async t => {
    const idp = await startIdentityProvider(t)
    const answers: number[] = []

    const { account } = await signInWithBrowser(clientOf(custom(idp.issuer)), {
      port: 0,
      onPage: (page, redirectUri) => {
        const attempts = ['?code=stolen&state=guessed', '?code=stolen', 'favicon.ico', '/', '/:0']
        void Promise.all(attempts.map(async attempt => answers.push((await fetch(redirectUri + attempt)).status))).then(() => idp.visit(page, 'ann'))
      },
    })

    assert.equal(account, 'ann@creditor.example')
    assert.deepEqual(new Set(answers), new Set([400, 404]))
  })

  test('says so when the person refuses, when nobody comes, and when the registration is wrong', async t => {
    const idp = await startIdentityProvider(t)
    const onPage = (page: string) => void idp.visit(page, 'ann')

    const refused = signInWithBrowser(clientOf(custom(idp.issuer)), { port: 0, onPage: page => void idp.visit(page, 'ann', 'refuse') })
    await assert.rejects(refused, { code: 'connect.denied', message: /access_denied/ })
    const late = signInWithBrowser(clientOf(custom(idp.issuer)), { port: 0, timeoutSeconds: 0.05, onPage: () => undefined })
    await assert.rejects(late, { code: 'connect.timeout' })
    const stranger = signInWithBrowser(clientOf(custom(idp.issuer), 'wrong-secret'), { port: 0, onPage })
    await assert.rejects(stranger, (error: Error & { code?: string }) => error.code === 'connect.registration' && !/wrong-secret/.test(error.message))
    const nobody = signInWithBrowser(clientOf(custom(`http://127.0.0.1:${await closedPort()}`)), { port: 0, onPage })
    await assert.rejects(nobody, { code: 'connect.unreachable', message: /ECONNREFUSED/ })
  })
})

suite('signing in by device code', () => {
  test('waits until the code was typed on another device', async t => {
    const idp = await startIdentityProvider(t)

    const grant = await signInWithDevice(clientOf(custom(idp.issuer)), { onCode: (place, code) => void idp.typeCode(place, code, 'ann') })

    assert.equal(grant.account, 'ann@creditor.example')
    assert.match(grant.refreshToken, /.{20}/)
  })

  test('goes on after the network failed and the provider had a bad moment', async t => {
    const idp = await startIdentityProvider(t)
    idp.faults.push('cut', { status: 502 }, { status: 400, body: '{"error":"authorization_pending"}' })

    const grant = await signInWithDevice(clientOf(custom(idp.issuer)), { onCode: (place, code) => void idp.typeCode(place, code, 'ann') })

    assert.match(grant.refreshToken, /.{20}/)
    assert.ok(idp.asked.length >= 4)
  })

  test('says so when the person refuses', async t => {
    const idp = await startIdentityProvider(t)

    const refused = signInWithDevice(clientOf(custom(idp.issuer)), { onCode: (place, code) => void idp.typeCode(place, code, 'ann', 'refuse') })

    await assert.rejects(refused, { code: 'connect.denied' })
  })

  test('is refused for Gmail with another way', async () => {
    const google = clientOf({ provider: 'google' })

    await assert.rejects(signInWithDevice(google, { onCode: () => assert.fail() }), { code: 'connect.no_device', remedy: /ssh -L/ })
  })
})

test('tokens never cross a network in the clear', () => {
  assert.throws(() => oauthSettings.parse({ ...registration, ...custom('http://login.creditor.example') }), /https/)
})
