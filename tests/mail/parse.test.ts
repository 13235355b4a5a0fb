import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createParser } from '#mail'
import { parseMail } from '../../src/mail/parse-mail.ts'
import { aMail, temporaryFolder } from '../support/maildir.ts'

const parse = (source: string | Buffer) => parseMail(Buffer.isBuffer(source) ? source : Buffer.from(source))

function parts(boundary: string, bodies: string[], type = 'mixed', headers: Record<string, string> = {}): string {
  const text = `${bodies.map(body => `--${boundary}\r\n${body}\r\n`).join('')}--${boundary}--`
  return aMail({ 'MIME-Version': '1.0', 'Content-Type': `multipart/${type}; boundary="${boundary}"`, ...headers, text })
}

/** A thread that dies on a mail that says so, for good or by never coming back. */
function fragileWorker(t: TestContext): URL {
  const file = join(temporaryFolder(t), 'fragile-worker.ts')
  const real = new URL('../../src/mail/parse-mail.ts', import.meta.url)
  writeFileSync(
    file,
    `import { parentPort, workerData } from 'node:worker_threads'
     import { parseMail } from '${real.href}'
     const answer = async ({ id, source }) => {
       Atomics.store(new Int32Array(workerData.at), 0, id)
       const text = Buffer.from(source).toString()
       if (text.includes('DIE')) process.exit(1)
       if (text.includes('HANG')) for (;;);
       parentPort.postMessage([{ id, mail: await parseMail(Buffer.from(source)), facts: { kind: 'mail', bounced: [], replyText: '', references: {} } }])
     }
     let turn = Promise.resolve()
     parentPort.on('message', requests => { for (const request of requests) turn = turn.then(() => answer(request)) })`,
  )
  return new URL(`file://${file}`)
}

test('reads who wrote what to whom, with addresses in lower case', async () => {
  const mail = await parse(
    aMail({
      From: '=?utf-8?Q?J=C3=B6rg?= <Joerg@Bau.EXAMPLE>',
      Cc: 'Team: a@b.example, "C, D" <c@d.example>;, e@f.example',
      'Reply-To': 'Buch@bau.example',
      References: '<a@x.example>\r\n <b@x.example>',
      'In-Reply-To': '<b@x.example>',
      'Message-ID': '<m@x.example>',
    }),
  )

  assert.deepEqual(mail.from, { address: 'joerg@bau.example', name: 'Jörg' })
  assert.deepEqual(
    mail.cc.map(({ address }) => address),
    ['a@b.example', 'c@d.example', 'e@f.example'],
  )
  assert.deepEqual(
    mail.replyTo.map(({ address }) => address),
    ['buch@bau.example'],
  )
  assert.deepEqual(mail.references, ['<a@x.example>', '<b@x.example>'])
  assert.deepEqual([mail.internetMessageId, mail.inReplyTo], ['<m@x.example>', '<b@x.example>'])
  assert.equal(mail.sentAt, '2026-03-02T08:00:00.000Z')
  assert.equal(mail.problem, undefined)
})

test('an HTML mail gives its text, without links and images', async () => {
  const mail = await parse(
    aMail({
      'Content-Type': 'text/html; charset=utf-8',
      text: '<style>p{}</style><p>Wij betalen <b>vrijdag</b>.</p><img src="x"><a href="https://track.example/1">Meer</a>',
    }),
  )

  assert.equal(mail.text.trim().replace(/\s+/g, ' '), 'Wij betalen vrijdag. Meer')
  assert.match(mail.html ?? '', /<b>vrijdag/)
})

test('an attachment gives its name, size and the hash of its decoded content', async () => {
  const mail = await parse(
    parts('b', [
      'Content-Type: text/plain\r\n\r\nSee attached.',
      'Content-Type: application/pdf; name="F 12.pdf"\r\nContent-Disposition: attachment; filename="F 12.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=',
    ]),
  )

  assert.equal(mail.text.trim(), 'See attached.')
  assert.deepEqual(mail.attachments, [
    { fileName: 'F 12.pdf', contentType: 'application/pdf', size: 5, hash: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824', inline: false },
  ])
})

test('a bounce gives the parts of its report, and the returned mail does not mix with its text', async () => {
  const mail = await parse(
    parts(
      'b',
      [
        'Content-Type: text/plain\r\n\r\nIt could not be delivered.',
        'Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; ann@brook.example\r\nAction: failed\r\nStatus: 5.1.1',
        `Content-Type: message/rfc822\r\n\r\n${aMail({ Subject: 'Reminder', text: 'Please pay.' })}`,
      ],
      'report',
    ),
  )

  assert.deepEqual(
    mail.reportParts.map(({ contentType }) => contentType),
    ['message/delivery-status', 'message/rfc822'],
  )
  assert.match(mail.reportParts[0]?.text ?? '', /Status: 5\.1\.1/)
  assert.match(mail.reportParts[1]?.text ?? '', /Subject: Reminder/)
  assert.doesNotMatch(mail.text, /Please pay/)
})

test('text in an older character set is read as it was written', async () => {
  const source = Buffer.concat([
    Buffer.from(aMail({ 'Content-Type': 'text/plain; charset=iso-8859-2', 'Content-Transfer-Encoding': '8bit', text: '' }).trimEnd()),
    Buffer.from('\r\n\r\nZap\xb3acimy w pi\xb1tek', 'latin1'),
  ])

  const mail = await parse(source)

  assert.equal(mail.text.trim(), 'Zapłacimy w piątek')
})

test('NUL bytes and broken surrogates are taken out: the database stores neither', async () => {
  const mail = await parse(aMail({ Subject: 'Pay\0ment', 'Content-Type': 'text/html', text: 'a\0b &#xD800; c' }))

  assert.equal(mail.subject, 'Payment')
  assert.doesNotMatch(mail.text, /\0/)
  assert.ok(mail.text.isWellFormed())
})

test('a Date header that cannot be read is no date', async () => {
  assert.equal((await parse(aMail({ Date: 'yesterday' }))).sentAt, undefined)
  assert.equal((await parse(aMail({ Date: 'Mon, 2 Mar 275759 09:00:00 +0000' }))).sentAt, undefined)
})

test('text in an unknown character set is kept as far as it goes, and said so when it is not legible', async () => {
  const source = Buffer.concat([
    Buffer.from(aMail({ 'Content-Type': 'text/plain; charset=x-nobody-knows', text: 'Betaling volgt.' })),
    Buffer.from('\xe9\xe8\xea\xeb'.repeat(9), 'latin1'),
  ])

  const mail = await parse(source)

  assert.match(mail.text, /Betaling volgt/)
  assert.match(mail.problem ?? '', /character set/)
})

test('a header block without end is given up, keeping what its start says', async () => {
  const mail = await parse(aMail({ Subject: 'Bomb', 'X-Bomb': 'x'.repeat(3_000_000) }))

  assert.equal(mail.subject, 'Bomb')
  assert.equal(mail.from?.address, 'ann@brook.example')
  assert.ok(mail.problem)
})

test('headers that are repeated thousands of times are cut', async () => {
  const mail = await parse(`${'Received: from a by b\r\n'.repeat(5_000)}${aMail({ Subject: 'Behind them' })}`)

  assert.equal(mail.subject, 'Behind them')
  assert.ok(mail.headers.length <= 400)
  assert.match(mail.problem ?? '', /header lines/)
})

test('a mail of 500 parts is read whole', async () => {
  const bodies = Array.from({ length: 500 }, (_, index) => `Content-Type: application/octet-stream; name="${index}.bin"\r\n\r\n${index}`)

  const mail = await parse(parts('b', ['Content-Type: text/plain\r\n\r\nMany.', ...bodies]))

  assert.equal(mail.attachments.length, 500)
  assert.equal(mail.text.trim(), 'Many.')
  assert.equal(mail.problem, undefined)
})

test('a mail of more parts than anybody sends is stored with its problem', async () => {
  const mail = await parse(
    parts(
      'b',
      Array.from({ length: 3_000 }, (_, index) => `Content-Type: application/pdf\r\n\r\n${index}`),
      'mixed',
      { Subject: 'Too many' },
    ),
  )

  assert.equal(mail.subject, 'Too many')
  assert.ok(mail.problem)
})

test('multiparts nested a thousand deep end in a result', async () => {
  const open = Array.from({ length: 1_000 }, (_, depth) => `Content-Type: multipart/mixed; boundary="b${depth}"\r\n\r\n--b${depth}\r\n`).join('')

  const mail = await parse(`Subject: Deep\r\nFrom: a@b.example\r\nMIME-Version: 1.0\r\n${open}Content-Type: text/plain\r\n\r\nbottom`)

  assert.equal(mail.subject, 'Deep')
})

test('a tree whose boundaries never come is read as far as it goes', async () => {
  const mail = await parse(aMail({ 'Content-Type': 'multipart/mixed; boundary="never"', text: '--other\r\nContent-Type: text/plain\r\n\r\nlost' }))

  assert.equal(mail.subject, 'Invoice 2026-0412')
})

test('a mail that breaks off amid the headers of a part is read as far as it goes', async () => {
  const source = 'From: a@b.example\r\nContent-Type: multipart/report; boundary="x"\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHello\r\n--x\r\nContent-Type:'

  const mail = await parseMail(Buffer.from(source))

  assert.equal(mail.text.trim(), 'Hello')
  assert.deepEqual(
    mail.attachments.map(({ contentType }) => contentType),
    ['application/octet-stream'],
  )
})

test('HTML nested beyond measure is read to its limit', async () => {
  const mail = await parse(aMail({ 'Content-Type': 'text/html', text: `${'<div>'.repeat(50_000)}deep` }))

  assert.equal(mail.subject, 'Invoice 2026-0412')
})

test('what is no mail at all is still a mail with a problem', async () => {
  for (const source of ['', '\0\0\0', 'no headers here']) {
    const mail = await parse(source)

    assert.equal(typeof mail.text, 'string')
  }
})

test('a parser reads a file as it reads bytes', async t => {
  const file = join(temporaryFolder(t), 'mail')
  const source = aMail({ text: 'From a file.' })
  writeFileSync(file, source)
  const parser = createParser({ threads: 1 })
  t.after(() => parser.close())

  const [fromFile, fromBytes] = await Promise.all([parser.parse(file), parser.parse(Buffer.from(source))])

  assert.deepEqual(fromFile, fromBytes)
  assert.equal(fromFile.facts.replyText.trim(), 'From a file.')
})

test('a mail of 30 MB is parsed', async t => {
  const parser = createParser({ threads: 1 })
  t.after(() => parser.close())
  const pdf = `${Buffer.alloc(57, 7).toString('base64')}\r\n`.repeat(400_000)
  const file = join(temporaryFolder(t), 'mail')
  writeFileSync(
    file,
    parts('b', ['Content-Type: text/plain\r\n\r\nLarge.', `Content-Type: application/pdf; name="l.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\n${pdf}`]),
  )

  const { mail } = await parser.parse(file)

  assert.equal(mail.text.trim(), 'Large.')
  assert.equal(mail.attachments[0]?.size, 57 * 400_000)
})

test('a mail that takes its thread down gets a problem, and those behind it are parsed', async t => {
  const parser = createParser({ threads: 1, workerFile: fragileWorker(t) })
  t.after(() => parser.close())

  const [first, hostile, last] = await Promise.all(
    [aMail(), aMail({ Subject: 'DIE' }), aMail({ Subject: 'Behind' })].map(source => parser.parse(Buffer.from(source))),
  )

  assert.equal(first?.mail.problem, undefined)
  assert.equal(hostile?.mail.subject, 'DIE')
  assert.match(hostile?.mail.problem ?? '', /brought the parser down/)
  assert.equal(last?.mail.subject, 'Behind')
  assert.equal(last?.mail.problem, undefined)
})

test('a mail that is never done gets a problem when its time is up', async t => {
  const parser = createParser({ threads: 1, workerFile: fragileWorker(t), timeLimitMilliseconds: 3_000 })
  t.after(() => parser.close())

  const [hostile, behind] = await Promise.all([aMail({ Subject: 'HANG' }), aMail({ Subject: 'Behind' })].map(source => parser.parse(Buffer.from(source))))

  assert.match(hostile?.mail.problem ?? '', /longer than/)
  assert.equal(behind?.mail.problem, undefined)
})

test('threads that die of their start blame no mail: who asked hears of it, and mails are read once they start', async t => {
  const file = join(temporaryFolder(t), 'worker.ts')
  writeFileSync(file, `throw new Error('no memory')`)
  const parser = createParser({ threads: 2, workerFile: new URL(`file://${file}`) })
  t.after(() => parser.close())

  await assert.rejects(parser.parse(Buffer.from(aMail())), { code: 'mail.parser', message: /no memory/ })
  writeFileSync(file, `import '${new URL('../../src/mail/parse-worker.ts', import.meta.url).href}'`)
  // A thread may have read the old file just before.
  const ask = () => parser.parse(Buffer.from(aMail({ Subject: 'Waited' })))
  const { mail } = await ask().catch(ask)

  assert.deepEqual([mail.subject, mail.problem], ['Waited', undefined])
})

test('a closed parser refuses, and what it was asked is not left waiting', async () => {
  const parser = createParser({ threads: 1 })
  const asked = parser.parse(Buffer.from(aMail()))

  await Promise.all([assert.rejects(asked), parser.close()])

  await assert.rejects(parser.parse(Buffer.from(aMail())))
})
