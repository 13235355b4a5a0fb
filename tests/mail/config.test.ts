import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { readMailboxes } from '#mail'
import { temporaryFolder } from '../support/maildir.ts'

function file(t: TestContext, text: string): string {
  const path = join(temporaryFolder(t), 'mailboxes.yaml')
  writeFileSync(path, text)
  return path
}

const good = `
mailboxes:
  - key: ar-nl
    address: AR@Seller.example
    kind: imap
    host: imap.seller.example
    user: ar@seller.example
    passwordEnv: AR_PASSWORD
    folders: [INBOX, Debtors/2026]
    startAt: 2026-01-31T00:00:00Z
    administration: NL01
    smtp: { host: smtp.seller.example, user: ar@seller.example, passwordEnv: AR_PASSWORD }
  - key: demo
    address: demo@seller.example
    kind: maildir
    path: ./demo
`

test('a mailbox is read with its secrets from the environment and defaults for the rest', t => {
  const path = file(t, good)

  const [imap, maildir] = readMailboxes(path, { AR_PASSWORD: 'pa55' })

  assert.ok(imap?.kind === 'imap' && maildir?.kind === 'maildir')
  assert.deepEqual([imap.address, imap.port, imap.password, imap.startAt], ['ar@seller.example', 993, 'pa55', '2026-01-31T00:00:00Z'])
  assert.deepEqual([imap.smtp?.port, imap.smtp?.password], [587, 'pa55'])
  assert.deepEqual([maildir.path, maildir.folders], [join(path, '../demo'), ['INBOX']])
})

const wrong = (name: string, text: string, expected: RegExp[], env: Record<string, string> = { AR_PASSWORD: 'x' }) => {
  test(`${name} is refused with its place and what to do`, t => {
    const path = file(t, text)

    assert.throws(
      () => readMailboxes(path, env),
      (error: Error & { remedy?: string }) => {
        for (const part of [...expected, /mailboxes\.yaml/]) assert.match(error.message, part)
        assert.match(error.remedy ?? '', /Correct/)
        return true
      },
    )
  })
}

wrong('a file that is no YAML', 'mailboxes:\n  - key: [unclosed\n', [/line \d/])
wrong('an unknown setting', good.replace('host: imap', 'hots: imap'), [/line 3/, /hots/, /host/])
wrong('a port that is none', good.replace('user: ar@seller.example\n    pass', 'port: 99999\n    user: ar@seller.example\n    pass'), [
  /line 7: mailboxes\.0\.port/,
])
wrong('a key used twice', good.replace('key: demo', 'key: ar-nl'), [/line 13: mailboxes\.1\.key: is used twice/])
wrong('a secret that is not set', good, [/line 8: mailboxes\.0\.passwordEnv: the environment variable AR_PASSWORD is not set/], {})
wrong('a date without a time zone', good.replace('2026-01-31T00:00:00Z', '"2026-01-31"'), [/startAt/, /2026-01-31T00:00:00Z/])

test('a file that is not there is refused by its name', () => {
  assert.throws(() => readMailboxes('/nowhere/mailboxes.yaml', {}), { code: 'mailboxes.unreadable' })
})
