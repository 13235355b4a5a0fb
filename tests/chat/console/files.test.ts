import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { contentDisposition } from '../../../src/chat/console/files-api.ts'
import { openBrowser } from '../../support/browser.ts'
import { createConsoleClient } from '../../support/console-client.ts'
import { aView } from '../views.ts'
import { startConsole } from './start-console.ts'

const pdf = Buffer.from('%PDF-1.4 as good as a remittance advice')
const source = [
  'From: Petra Visser <p.visser@visserinstallatie.example>',
  'To: debtors@harbourlight.example',
  'Subject: Remittance',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="b"',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'See attached.',
  '--b',
  'Content-Type: text/html; name="../advice.pdf"',
  'Content-Disposition: attachment; filename="../advice.pdf"',
  'Content-Transfer-Encoding: base64',
  '',
  pdf.toString('base64'),
  '--b--',
  '',
].join('\r\n')

async function aStoredMail(t: TestContext) {
  const console = await startConsole(t, [])
  const { client, blobs, url, link, vic } = console
  const { hash: rawHash, size } = await blobs.put(Buffer.from(source))
  const hash = createHash('sha256').update(pdf).digest('hex')
  const attachment = { fileName: '../advice.pdf', contentType: 'text/html', size: pdf.length, hash }
  const message = await client.message.create({
    data: {
      mailboxId: 1,
      rawHash,
      size,
      direction: 'in',
      receivedAt: new Date('2026-03-02'),
      attachments: { create: [attachment, { ...attachment, hash: null }] },
    },
    include: { attachments: { orderBy: { id: 'asc' } } },
  })
  const browser = createConsoleClient(url)
  await browser.signIn(await link(vic))
  const get = async (path: string, cookie = browser.cookie()) => {
    const response = await fetch(`${url}/api/files/${path}`, { headers: { cookie } })
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) }
  }
  return { ...console, message, get }
}

test('files that retention let go are told of with the day, in words and in the thread, though another mailbox may still hold the same source', async t => {
  const { client, chat, proposals, url, link, vic, message, get } = await aStoredMail(t)
  const attachment = message.attachments[0]?.id ?? 0
  proposals.views.set(
    12,
    aView({
      id: 12,
      message: {
        ...aView().message,
        id: message.id,
        attachments: [
          { id: attachment, fileName: 'advice.pdf', contentType: 'application/pdf', size: 9, inline: false },
          { id: attachment, fileName: 'pallet.jpg', contentType: 'image/jpeg', size: 9, inline: false },
        ],
      },
    }),
  )
  await client.proposal.create({ data: { id: 12, messageId: message.id, mailboxId: 1, summary: 'x', status: 'approved' } })
  const post = await chat.postProposal(12)
  const browser = createConsoleClient(url)
  await browser.signIn(await link(vic))
  const mailInThread = async () => JSON.stringify((await browser.get(`/posts/${post?.id}/thread`)).body[0].card)

  const before = await mailInThread()
  await client.message.update({ where: { id: message.id }, data: { rawDeletedAt: new Date('2026-03-01T23:30:00Z') } })
  const after = await mailInThread()
  const gone = [await get(`attachments/${attachment}`), await get(`mails/${message.id}`)]
  await client.staff.update({ where: { id: vic.id }, data: { mailboxes: ['archive'] } })
  const unseen = await get(`mails/${message.id}`)

  assert.match(before, /api\/files\/attachments/)
  assert.ok(before.includes('api/files/pictures') && !after.includes('api/files'))
  assert.match(after, /règle de conservation le 2 mars 2026/)
  for (const { status, body, headers } of gone) {
    assert.deepEqual([status, headers.get('content-type')], [410, 'text/plain; charset=utf-8'])
    assert.match(body.toString(), /règle de conservation le 2 mars 2026/)
  }
  assert.equal(unseen.status, 404)
})

test('an attachment is saved as it was sent, under a harmless name, and never shown as what the mail says it is', async t => {
  const { message, get } = await aStoredMail(t)

  const { status, headers, body } = await get(`attachments/${message.attachments[0]?.id}`)

  assert.deepEqual([status, body.equals(pdf)], [200, true])
  assert.equal(headers.get('content-disposition'), `attachment; filename="_advice.pdf"; filename*=UTF-8''_advice.pdf`)
  assert.deepEqual([headers.get('content-type'), headers.get('x-content-type-options')], ['application/octet-stream', 'nosniff'])
  assert.equal(headers.get('content-security-policy'), "sandbox; default-src 'none'")
})

/** The mail with another file in it. */
const raw = (content: Buffer) => source.replace(pdf.toString('base64'), content.toString('base64'))

test('a picture of a mail is shown where the browser can do no more than draw it: one by its first bytes, small enough, and in sight', async t => {
  const { client, blobs, message, vic, get } = await aStoredMail(t)
  const png = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')
  const aPicture = async (content: Buffer, contentType: string, size = content.length) => {
    const { hash: rawHash } = await blobs.put(Buffer.from(`X-Said: ${contentType} ${size}\r\n${raw(content)}`))
    const attachment = { fileName: 'pallet.png', contentType, size, hash: createHash('sha256').update(content).digest('hex') }
    const mail = { mailboxId: 1, rawHash, size: 1, direction: 'in', receivedAt: new Date('2026-03-02'), attachments: { create: [attachment] } }
    const { attachments } = await client.message.create({ data: mail, include: { attachments: true } })
    return get(`pictures/${attachments[0]?.id}`)
  }
  const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')

  const { status, headers, body } = await aPicture(png, 'image/jpeg')
  const refused = [
    await aPicture(script, 'image/png'),
    await aPicture(script, 'image/svg+xml'),
    await aPicture(png, 'text/html'),
    await aPicture(png, 'image/png', 2 ** 24),
  ]
  const { id } = await client.attachment.findFirstOrThrow({ where: { contentType: 'image/jpeg' } })
  await client.staff.update({ where: { id: vic.id }, data: { mailboxes: ['archive'] } })

  assert.deepEqual([status, body.equals(png)], [200, true])
  assert.deepEqual([headers.get('content-type'), headers.get('x-content-type-options')], ['image/png', 'nosniff'])
  assert.equal(headers.get('content-security-policy'), "sandbox; default-src 'none'")
  assert.match(headers.get('cache-control') ?? '', /no-store/)
  assert.deepEqual(
    [...refused.map(answer => answer.status), (await get(`pictures/${id}`)).status, (await get(`pictures/${message.attachments[0]?.id}`)).status],
    Array(6).fill(404),
  )
})

test('files are for who is signed in, and what is not there is not found', async t => {
  const { client, message, get } = await aStoredMail(t)
  const [first, unreadable] = message.attachments
  await client.attachment.update({ where: { id: unreadable?.id ?? 0 }, data: { hash: 'f'.repeat(64) } })

  assert.equal((await get(`attachments/${first?.id}`, '')).status, 401)
  assert.equal((await get(`attachments/${unreadable?.id}`)).status, 404)
  assert.equal((await get('attachments/999')).status, 404)
  assert.equal((await get('attachments/..%2f..%2fetc')).status, 400)
  await client.attachment.update({ where: { id: first?.id ?? 0 }, data: { size: 2 ** 30 } })
  assert.equal((await get(`attachments/${first?.id}`)).status, 413)
})

test('in the browser: who opens a link to a file signs in and gets it; who comes from a chat and is signed in gets it at once', async t => {
  const browser = await openBrowser(t)
  if (!browser) return
  const { url, link, vic, message } = await aStoredMail(t)
  const file = `${url}/api/files/attachments/${message.attachments[0]?.id}`
  const page = await browser.newPage()
  const fileName = async (go: () => Promise<unknown>) => {
    const download = page.waitForEvent('download')
    await go()
    return (await download).suggestedFilename()
  }
  await page.route('http://chat.example/', route => route.fulfill({ contentType: 'text/html', body: `<a href="${file}">advice.pdf</a>` }))

  await page.goto(file)
  await page.getByText('Open the link that Duncan printed').waitFor()
  const afterSignIn = await fileName(async () => page.goto(await link(vic)))
  await page.goto('http://chat.example/')
  const fromChat = await fileName(() => page.getByRole('link').click())
  await page.goto(`${url}/sign-in?to=${encodeURIComponent('//evil.example/api/files/1')}`)
  await page.waitForURL(`${url}/`)

  assert.deepEqual([afterSignIn, fromChat], ['_advice.pdf', '_advice.pdf'])
})

test('the mail as it came, and the copy that a reply would carry, can be looked at before deciding', async t => {
  const { client, blobs, message, get } = await aStoredMail(t)
  const { hash } = await blobs.put(pdf)
  const payload = { attachments: [{ fileName: 'F 1.pdf', contentType: 'application/pdf', hash }] }
  const proposal = await client.proposal.create({ data: { messageId: message.id, mailboxId: 1, summary: 'x' } })
  const action = await client.proposedAction.create({ data: { proposalId: proposal.id, position: 0, kind: 'send_invoice_copies', payload } })

  const copy = await get(`actions/${action.id}/0`)
  const mail = await get(`mails/${message.id}`)

  assert.deepEqual([copy.status, copy.headers.get('content-type'), copy.body.equals(pdf)], [200, 'application/pdf', true])
  assert.match(copy.headers.get('content-disposition') ?? '', /^inline; filename="F 1.pdf"/)
  assert.equal((await get(`actions/${action.id}/1`)).status, 404)
  assert.equal(mail.body.toString(), source)
})

test('a file’s name stays readable in every script and cannot break out of the header', () => {
  const header = contentDisposition('attachment', 'Zażółć "x"\r\nSet-Cookie: a\u202egpj.exe')

  assert.ok(!/[\r\n]/.test(header))
  assert.equal(header.match(/filename="([^"]*)"/)?.[1], 'Za____ _x___Set-Cookie_ a_gpj.exe')
  assert.equal(decodeURIComponent(header.split("UTF-8''")[1] ?? ''), 'Zażółć _x___Set-Cookie_ a_gpj.exe')
  assert.match(contentDisposition('inline', '...'), /filename="file"/)
})
