import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parseIrregular, parseMail } from '../../src/mail/parse-mail.ts'
import { createPartReader } from '../../src/mail/read-parts.ts'
import { aMail } from '../support/maildir.ts'

const read = createPartReader()
const fixtures = new URL('../fixtures/mails/', import.meta.url)

const body = (headers: Record<string, string>, text: string) => Buffer.from(aMail({ 'MIME-Version': '1.0', ...headers, text }))
const multipart = (type: string, text: string, boundary = 'b') => body({ 'Content-Type': `multipart/${type}; boundary="${boundary}"` }, text)
const plain = 'Content-Type: text/plain; charset=utf-8\r\n\r\nWij betalen vrijdag.'
const html = 'Content-Type: text/html\r\n\r\n<p>Wij betalen vrijdag.</p>'
const file = (headers: string, content: string) => `Content-Type: application/octet-stream; name="a.pdf"\r\n${headers}\r\n\r\n${content}`

const regular: Record<string, Buffer> = {
  'a plain text': body({}, 'één\r\ntwee\r\n\r\n'),
  'an HTML mail': body({ 'Content-Type': 'text/html' }, '<p>Hallo</p>\r\n'),
  'quoted-printable': body({ 'Content-Transfer-Encoding': 'quoted-printable' }, 'b=C3=A9taald =\r\nmorgen  \r\n=3D=e2=82=AC\t\r\n =  \r\nx'),
  'base64 text': body({ 'Content-Transfer-Encoding': 'base64' }, 'aGVsbG8g\r\nd29ybGQ=\r\n'),
  'two kinds of the same words': multipart('alternative', `preamble\r\n--b\r\n${plain}\r\n--b\r\n${html}\r\n--b--\r\nepilogue\r\n--b\r\nmore`),
  'text and HTML one after the other': multipart('mixed', `--b\r\n${plain}\r\n--b\r\n${html}\r\n--b\r\n${plain}\r\n--b--`),
  'HTML with a related picture': multipart(
    'related',
    `--b\r\n${html}\r\n--b\r\n${file('Content-ID: <x>\r\nContent-Transfer-Encoding: base64', 'aGVsbG8=')}\r\n--b--\r\n`,
  ),
  'boundaries that begin alike': multipart(
    'mixed',
    `--b\r\nContent-Type: multipart/alternative; boundary=bb\r\n\r\n--bb\r\n${plain}\r\n--bb\r\n${html}\r\n--bb--\r\n\r\n--b\r\n${file("Content-Disposition: attachment; filename*=utf-8''f%C3%A9.pdf", '%PDF')}\r\n--b--\r\n`,
  ),
  'a text part that is a file': multipart(
    'mixed',
    `--b\r\n${plain}\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nfile\r\n--b--\r\n`,
  ),
  'line feeds alone': Buffer.from(multipart('mixed', `--b\r\n${plain}\r\n\r\n--b\r\n${html}\r\n--b--\r\n`).toString().replaceAll('\r', '')),
  'a part without headers': multipart('mixed', '--b\r\n\r\nbare\r\n--b--\r\n'),
}

const irregular: Record<string, Buffer> = {
  'a multipart that is never closed': multipart('mixed', `--b\r\n${plain}\r\n`),
  'an inner multipart that is never closed': multipart('mixed', `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n${plain}\r\n--b--\r\n`),
  'base64 with foreign characters': body({ 'Content-Transfer-Encoding': 'base64' }, 'aGVs*bG8g\r\nd29y bGQ=\r\n'),
  'base64 that goes on behind its padding': body({ 'Content-Transfer-Encoding': 'base64' }, 'aGVsbG8=\r\nd29ybGQ=\r\n'),
  'an equals sign that means nothing': body({ 'Content-Transfer-Encoding': 'quoted-printable' }, 'a =zz b'),
  'an older character set': body({ 'Content-Type': 'text/plain; charset=iso-8859-2' }, 'Zap'),
  'flowed text': body({ 'Content-Type': 'text/plain; format=flowed' }, 'one \r\ntwo'),
  'a mail in a mail': multipart('mixed', `--b\r\n${plain}\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny\r\n--b--`),
  'no empty line': Buffer.from('Subject: x\r\nFrom: a@b.example'),
}

for (const [what, source] of Object.entries(regular)) {
  test(`reads ${what} as mailparser does`, async () => {
    const quick = read(source)

    assert.ok(quick)
    assert.deepEqual(await parseMail(source), await parseIrregular(source))
  })
}

for (const [what, source] of Object.entries(irregular)) {
  test(`leaves ${what} to mailparser`, async () => {
    const quick = read(source)

    assert.equal(quick, undefined)
  })
}

test('gives what mailparser gives for every mail of the fixtures, most of which are regular', async () => {
  const sources = readdirSync(fixtures, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => readFileSync(`${entry.parentPath}/${entry.name}`))

  for (const source of sources) assert.deepEqual(await parseMail(source), await parseIrregular(source))

  assert.ok(sources.filter(source => read(source)).length > sources.length / 2)
})

test('hostile bodies are given up or read in linear time', () => {
  const hostile = [
    body({ 'Content-Transfer-Encoding': 'base64' }, `${'\r\n'.repeat(1_000_000)}!`),
    body({ 'Content-Transfer-Encoding': 'quoted-printable' }, `${' '.repeat(2_000_000)}x${'= '.repeat(500_000)}`),
    multipart('mixed', '--bx\r\n'.repeat(300_000)),
    multipart('mixed', `--b\r\n\r\n`.repeat(300_000)),
  ]

  for (const source of hostile) assert.equal(read(source), undefined)
})
