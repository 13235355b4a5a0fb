import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { type TestContext, test } from 'node:test'
import { createAsk } from '../../src/cli/setup/ask.ts'
import { readAnswers } from '../../src/cli/setup/read-answers.ts'
import { writeEnv } from '../../src/cli/setup/write-env.ts'
import { createTestDatabase } from '../support/database.ts'
import { startDovecot, withoutDovecot } from '../support/dovecot.ts'
import { startSmtpServer } from '../support/smtp-server.ts'

const main = join(import.meta.dirname, '../../src/cli/main.ts')

function aFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-setup-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Runs `duncan` in a folder of its own, where its `.env` is. */
async function duncanIn(folder: string, args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', DUNCAN_SENDER_CHECK: 'headers' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise<number | null>(resolve => child.once('exit', resolve))
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended])
  return { code, out, err }
}

const messy = [
  'Offene Posten;;;;;',
  '',
  'Kd-Nr.;Firma;E-Mail;RgNr;Fälligkeit;Offener Betrag',
  '0017;Müller & Söhne;buchhaltung@mueller.example;R-1;25.02.2026;"1.234,50 €"',
  '0018;Bäckerei Öz;info@oez.example;R-2;03.03.2026;99,00',
  '0018;Bäckerei Öz;info@oez.example;R-3;bald;1,00',
  'Summe;;;;;1.334,50',
]

test('setup goes from nothing to a ledger, people and a mailbox that works, and can be run again', { skip: withoutDovecot() }, async t => {
  const [folder, dovecot, smtp, { url, client }] = [aFolder(t), await startDovecot(t), await startSmtpServer(t), await createTestDatabase(t)]
  mkdirSync(join(folder, 'pdf'))
  writeFileSync(join(folder, 'offen.csv'), Buffer.from(`${messy.join('\r\n')}\r\n`.replaceAll('€', '\u0080'), 'latin1'))
  const user = dovecot.user()
  const answers = (port: number) => `database: { kind: server, url: "${url}" }
company: { name: Lindenau Werkzeuge GmbH, country: DE }
people:
  - { name: Jana Weiß, email: jana@lindenau.example }
  - { name: Piotr Zieliński, email: piotr@lindenau.example, role: collector }
ledger: { file: offen.csv }
folders: { invoiceCopies: pdf }
mailbox:
  kind: imap
  address: mahnung@lindenau.example
  host: 127.0.0.1
  port: ${port}
  tls: none
  user: ${user}
  password: secret
  smtp: { host: 127.0.0.1, port: ${smtp.port}, tls: none, user: "" }
`
  writeFileSync(join(folder, 'answers.yaml'), answers(1))

  const failed = await duncanIn(folder, ['setup', '--answers', 'answers.yaml'])
  writeFileSync(join(folder, 'answers.yaml'), answers(dovecot.port))
  const done = await duncanIn(folder, ['setup', '--answers', 'answers.yaml'])

  assert.equal(failed.code, 2, failed.out)
  assert.match(failed.err, /127\.0\.0\.1:1/)
  assert.match(failed.out, /Read as windows-1252, columns separated by ;, columns named on line 3, decimals after ","/)
  assert.equal(done.code, 0, done.out + done.err)
  assert.match(done.out, /✓ Open items: done already/)
  assert.match(done.out, /✓ mailbox mahnung: signed in/)
  assert.doesNotMatch(failed.out + failed.err + done.out + done.err, /secret/)
  assert.deepEqual(
    (await client.debtor.findMany({ orderBy: { number: 'asc' }, include: { administration: true } })).map(({ number, name, administration }) => [
      number,
      name,
      administration.code,
    ]),
    [
      ['0017', 'Müller & Söhne', 'lindenau'],
      ['0018', 'Bäckerei Öz', 'lindenau'],
    ],
  )
  assert.deepEqual(
    (await client.staff.findMany({ orderBy: { id: 'asc' } })).map(({ key, role }) => [key, role]),
    [
      ['jana', 'admin'],
      ['piotr', 'collector'],
    ],
  )
  assert.equal(statSync(join(folder, '.env')).mode & 0o777, 0o600)
  assert.match(readFileSync(join(folder, '.env'), 'utf8'), /^MAHNUNG_PASSWORD=secret$/m)
  assert.ok(existsSync(join(folder, 'ledger-mapping.yaml')))
})

test('without a terminal a missing answer is named, with every way to give it', async () => {
  const ask = createAsk(new Map([['company.country', 'Holland']]), false)

  await assert.rejects(ask.text('company.name', 'Name?'), {
    code: 'setup.answer',
    message: /company\.name/,
    remedy: /--set company\.name=.*DUNCAN_SETUP_COMPANY_NAME/,
  })
  await assert.rejects(ask.choose('company.country', 'Country?', [{ value: 'NL', name: 'Netherlands' }]), { message: /choose from NL/ })
  assert.equal(await ask.confirm('start', 'Start?', false), false)
})

test('answers come from a file, above it the environment, above that flags', t => {
  const file = join(aFolder(t), 'answers.yaml')
  writeFileSync(file, 'company: { name: File, country: NL, code: A }\npeople: [{ name: Jana }]\n')

  const answers = readAnswers(file, ['company.code=C'], {
    DUNCAN_SETUP_COMPANY_COUNTRY: 'BE',
    DUNCAN_SETUP_COMPANY_CODE: 'B',
    DUNCAN_SETUP_MAILBOX_STARTAT: '2026-01-01',
  })

  assert.deepEqual(Object.fromEntries(answers), {
    'company.name': 'File',
    'company.country': 'BE',
    'company.code': 'C',
    'people.0.name': 'Jana',
    'mailbox.startat': '2026-01-01',
  })
})

test('the env file keeps its other lines and other values unless somebody agrees, and survives any password', async t => {
  const file = join(aFolder(t), '.env')
  writeFileSync(file, '# mine\nDUNCAN_HTTP_PORT=4000\nDATABASE_URL=postgres://old\n')
  const asked: string[] = []
  const ask = { confirm: async (key: string) => Boolean(asked.push(key)) && false }

  const kept = await writeEnv(file, { DATABASE_URL: 'postgres://new', A_PASSWORD: `p#'w "x $y`, DUNCAN_HTTP_PORT: '4000' }, ask)

  assert.deepEqual([kept, asked], [['DATABASE_URL'], ['overwrite.DATABASE_URL']])
  const written = readFileSync(file, 'utf8')
  assert.match(written, /^# mine\nDUNCAN_HTTP_PORT=4000\nDATABASE_URL=postgres:\/\/old\n/)
  assert.ok(written.includes(`\`p#'w "x $y\``))
  await assert.rejects(writeEnv(file, { A_PASSWORD: 'two\nlines' }, { confirm: async () => true }), { code: 'setup.env' })
})
