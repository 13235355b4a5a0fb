import assert from 'node:assert/strict'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { mailboxesKind, withSecrets } from '#mail'

const imap = {
  kind: 'imap',
  address: 'AR@Seller.example',
  host: 'imap.seller.example',
  user: 'ar@seller.example',
  passwordEnv: 'AR_PASSWORD',
  administration: 'NL01',
  smtp: { host: 'smtp.seller.example', user: 'ar@seller.example', passwordEnv: 'AR_PASSWORD' },
}

test('a mailbox gets its secrets from the environment and defaults for the rest', () => {
  const { ar, demo } = mailboxesKind.schema.parse({ ar: imap, demo: { kind: 'maildir', address: 'demo@seller.example', path: 'demo' } })
  assert.ok(ar && demo)

  const [withPassword, maildir] = [withSecrets('ar', ar, { AR_PASSWORD: 'pa55' }), withSecrets('demo', demo, {})]

  assert.ok(withPassword.kind === 'imap' && maildir.kind === 'maildir')
  assert.deepEqual([withPassword.key, withPassword.address, withPassword.port, withPassword.password], ['ar', 'ar@seller.example', 993, 'pa55'])
  assert.deepEqual([withPassword.smtp?.port, withPassword.smtp?.password], [587, 'pa55'])
  assert.deepEqual([maildir.path, maildir.folders], [resolve('demo'), ['INBOX']])
})

test('a secret or a certificate authority that is not there is named, with what to do', () => {
  const { ar, tls } = mailboxesKind.schema.parse({ ar: imap, tls: { ...imap, caFile: '/nowhere/ca.pem' } })
  assert.ok(ar && tls)

  assert.throws(() => withSecrets('ar', ar, {}), { code: 'mailbox.secret_missing', message: /AR_PASSWORD.* mailbox ar /, remedy: /\.env/ })
  assert.throws(() => withSecrets('tls', tls, { AR_PASSWORD: 'x' }), { code: 'mailbox.ca_unreadable', message: /\/nowhere\/ca\.pem/, remedy: /caFile/ })
})

test('a mailbox names the administration that it is for', () => {
  const references = mailboxesKind.references(mailboxesKind.schema.parse({ ar: imap }))

  assert.deepEqual(references, [{ path: ['ar', 'administration'], kind: 'administrations', key: 'NL01' }])
})

const refused = (name: string, change: Record<string, unknown>, path: string) => {
  test(`${name} is refused`, () => {
    const result = mailboxesKind.schema.safeParse({ ar: { ...imap, ...change } })

    assert.deepEqual(
      result.error?.issues.map(issue => [...issue.path, ...('keys' in issue ? issue.keys : [])].join('.')),
      [path],
    )
  })
}

refused('an unknown setting', { hots: 'imap.seller.example' }, 'ar.hots')
refused('a port that is none', { port: 99_999 }, 'ar.port')
refused('a moment without a time zone', { startAt: '2026-01-31' }, 'ar.startAt')
refused('a password in the place of its variable', { passwordEnv: 'hunter2' }, 'ar.passwordEnv')
refused('a mailbox without a password or a sign-in', { passwordEnv: undefined }, 'ar.passwordEnv')
