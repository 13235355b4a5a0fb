import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkOidc, createOidc, isVouchedFor, peopleConfig } from '#people'
import { type DbClient, fixedClock, silentLog } from '#platform'
import { startSignInService } from '../support/sign-in-service.ts'

const withSettings = (settings: Record<string, string>) =>
  createOidc({
    db: {} as DbClient,
    clock: fixedClock('2026-03-02T09:00:00Z'),
    log: silentLog,
    config: peopleConfig.parse(settings),
    publicUrl: 'https://duncan.example',
  })

test('company sign-in is set up whole or not at all: half of it is a fault that names the settings, as is an address that lets everybody in', () => {
  const half = { DUNCAN_OIDC_ISSUER: 'https://login.creditor.example', DUNCAN_OIDC_CLIENT_ID: 'duncan' }

  assert.throws(() => withSettings(half), { code: 'oidc.settings' })
  const anybody = { ...half, DUNCAN_OIDC_CLIENT_SECRET: 'x' }
  for (const tenant of ['common', 'organizations', 'Consumers'])
    assert.throws(() => withSettings({ ...anybody, DUNCAN_OIDC_ISSUER: `https://login.microsoftonline.com/${tenant}/v2.0` }), /every organisation/)
  assert.ok(withSettings({ ...anybody, DUNCAN_OIDC_ISSUER: 'https://login.microsoftonline.com/1b2c3d4e-0000-4000-8000-000000000001/v2.0' }))
  assert.equal(withSettings({}), undefined)
  assert.equal(withSettings({ ...half, DUNCAN_OIDC_CLIENT_SECRET: 'x', DUNCAN_OIDC_NAME: 'Harbourlight' })?.name, 'Harbourlight')
})

test('an address counts when the service vouches for it now: not for a Google account outside the company, whatever it once verified', () => {
  const google = { iss: 'https://accounts.google.com', email_verified: true }
  const vouched = [
    { email_verified: true },
    { email_verified: 'true' },
    { xms_edov: 1 },
    { ...google, hd: 'creditor.example' },
    google,
    { email_verified: false },
    { xms_edov: 0 },
    {},
  ].map(isVouchedFor)

  assert.deepEqual(vouched, [true, true, true, true, false, false, false, false])
})

test('a service whose address is not encrypted is not asked, but for one on this machine', async () => {
  const oidc = withSettings({ DUNCAN_OIDC_ISSUER: 'http://login.creditor.example', DUNCAN_OIDC_CLIENT_ID: 'duncan', DUNCAN_OIDC_CLIENT_SECRET: 'x' })

  await assert.rejects(async () => oidc?.begin(), { code: 'OAUTH_HTTP_REQUEST_FORBIDDEN' })
})

test('the check of company sign-in names the service that answers, and says what to do when none does', async t => {
  const { issuer } = await startSignInService(t, 'https://duncan.example/sign-in/callback', {})
  const settings = { DUNCAN_OIDC_ISSUER: issuer, DUNCAN_OIDC_CLIENT_ID: 'duncan', DUNCAN_OIDC_CLIENT_SECRET: 'x' }

  assert.equal(await checkOidc(peopleConfig.parse(settings)), issuer)
  assert.equal(await checkOidc(peopleConfig.parse({})), undefined)
  await assert.rejects(checkOidc(peopleConfig.parse({ ...settings, DUNCAN_OIDC_ISSUER: 'http://127.0.0.1:9' })), { code: 'oidc.unreachable' })
})
