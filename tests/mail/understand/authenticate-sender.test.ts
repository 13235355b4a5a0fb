// oxlint-disable unicorn/consistent-function-scoping -- each test says how it asks
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { dkimSign } from 'mailauth'
import { authenticateSender, hasOneSender } from '../../../src/mail/authenticate-sender.ts'

const source = (lines: string[] = []) =>
  Buffer.from(
    [...lines, 'From: Jan <jan@acme.example>', 'To: debtors@us.example', 'Subject: Betaling', 'Date: Fri, 20 Nov 2026 10:00:00 +0100', '', 'Betaald.', ''].join(
      '\r\n',
    ),
  )
const headersOf = (mail: Buffer) =>
  mail
    .toString()
    .split('\r\n\r\n')[0]
    ?.replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
    .map(line => ({ name: line.slice(0, line.indexOf(':')).toLowerCase(), value: line.slice(line.indexOf(':') + 1).trim() })) ?? []

type Zone = Record<string, string[]>
const resolver = (zone: Zone) => async (name: string, type: string) => {
  const records = zone[`${type} ${name}`]
  if (!records) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
  return type === 'TXT' ? records.map(record => [record]) : records
}
const noDns = async (): Promise<string[][]> => {
  throw Object.assign(new Error('no server'), { code: 'ECONNREFUSED' })
}

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
})
async function signed(domain: string): Promise<Buffer> {
  const mail = source()
  const signature = { signingDomain: domain, selector: 's', privateKey: keys.privateKey }
  const { signatures } = await dkimSign(mail, { ...signature, signatureData: [signature] })
  return Buffer.concat([Buffer.from(signatures), mail])
}
const key: Zone = { 'TXT s._domainkey.acme.example': [`v=DKIM1; k=rsa; p=${keys.publicKey.toString('base64')}`] }
const policy: Zone = { 'TXT _dmarc.acme.example': ['v=DMARC1; p=reject'] }
const path: Zone = { 'TXT acme.example': ['v=spf1 ip4:192.0.2.10 -all'] }
const received = (ip: string) => [
  `Return-Path: <jan@acme.example>`,
  `Received: from mail.acme.example (mail.acme.example [${ip}]) by mx.us.example with ESMTP; Fri, 20 Nov 2026 10:00:00 +0100`,
]

test("a mail that its sender's domain signed passes; one that was changed on the way fails", async () => {
  const mail = await signed('acme.example')
  const changed = Buffer.from(mail.toString().replace('Betaald.', 'Nieuwe rekening.'))

  const [whole, broken, without] = [
    await authenticateSender(mail, { headers: headersOf(mail), resolver: resolver({ ...key, ...policy }) }),
    await authenticateSender(changed, { headers: headersOf(changed), resolver: resolver({ ...key, ...policy }) }),
    await authenticateSender(mail, { headers: headersOf(mail), resolver: resolver(key) }),
  ]

  assert.equal(whole.verdict, 'pass')
  assert.equal(broken.verdict, 'fail')
  assert.equal(without.verdict, 'pass')
})

test('a signature of another domain proves nothing about the sender', async () => {
  const mail = await signed('mallory.example')
  const zone = { 'TXT s._domainkey.mallory.example': key['TXT s._domainkey.acme.example'] ?? [] }

  const { verdict } = await authenticateSender(mail, { headers: headersOf(mail), resolver: resolver(zone) })
  const withPolicy = await authenticateSender(mail, { headers: headersOf(mail), resolver: resolver({ ...zone, ...policy }) })

  assert.equal(verdict, 'unknown')
  assert.equal(withPolicy.verdict, 'fail')
})

test('SPF counts for the client that our own server saw, and only then', async () => {
  const [good, bad] = [source(received('192.0.2.10')), source(received('198.51.100.7'))]
  const ask = (mail: Buffer, trustedServers: string[]) =>
    authenticateSender(mail, { headers: headersOf(mail), trustedServers, resolver: resolver({ ...path, ...policy }) })

  const verdicts = [await ask(good, ['mx.us.example']), await ask(bad, ['mx.us.example']), await ask(good, []), await ask(bad, [])].map(
    ({ verdict }) => verdict,
  )

  assert.deepEqual(verdicts, ['pass', 'fail', 'unknown', 'unknown'])
})

test('without DNS, or without an answer in time, nothing passes and nothing fails', async () => {
  const mail = await signed('acme.example')

  const dead = await authenticateSender(mail, { headers: headersOf(mail), resolver: noDns })
  const silent = await authenticateSender(mail, { headers: headersOf(mail), resolver: () => new Promise(() => undefined), timeLimitMilliseconds: 20 })
  const empty = await authenticateSender(mail, { headers: headersOf(mail), resolver: resolver({}) })

  assert.deepEqual([dead.verdict, silent.verdict, empty.verdict], ['unknown', 'unknown', 'unknown'])
})

test('what our own server wrote is believed, what others wrote in its place is not', async () => {
  const results = (id: string, text: string) => source([`Authentication-Results: ${id}; ${text}`])
  const ask = (mail: Buffer) => authenticateSender(mail, { headers: headersOf(mail), trustedServers: ['mx.us.example'], resolver: resolver({}) })

  const verdicts = [
    await ask(results('mx.us.example', 'dkim=pass header.d=acme.example; spf=pass; dmarc=pass header.from=acme.example')),
    await ask(results('mx.us.example', 'dkim=none; dmarc=fail (p=reject) header.from=acme.example')),
    await ask(results('mx.us.example', 'dkim=pass header.d=mallory.example; dmarc=none')),
    await ask(results('mx.us.example', 'dkim=none (said: ; dmarc=pass); dmarc=none')),
    await ask(results('mx.mallory.example', 'dmarc=pass header.from=acme.example')),
    // As one says that reads "<jan@acme.example> <eve@mallory.example>" from its end.
    await ask(results('mx.us.example', 'dmarc=pass (p=none) header.from=mallory.example')),
    await ask(results('mx.us.example', 'dmarc=pass header.from=notacme.example')),
  ].map(({ verdict }) => verdict)

  assert.deepEqual(verdicts, ['pass', 'fail', 'unknown', 'unknown', 'unknown', 'unknown', 'unknown'])
})

test('a mail has one sender or nobody’s word', () => {
  const mail = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n\r\nFrom: below@acme.example`)
  const one = [mail('From: Jan <jan@acme.example>'), mail('To: a@us.example', 'FROM :', ' "Willems, Jan"', '\t<jan@acme.example>')]
  const other = [
    mail('To: a@us.example'),
    mail('From: jan@acme.example, eve@evil.example'),
    mail('From: jan@acme.example', 'From: eve@evil.example'),
    mail('From:'),
  ]

  assert.deepEqual([one.map(hasOneSender), other.map(hasOneSender)], [one.map(() => true), other.map(() => false)])
})
