import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { type TestContext, test } from 'node:test'
import { openImapMailbox } from '#mail'
import { silentLog } from '#platform'

/** A server that offers XOAUTH2 only, notes what it is given and refuses it. */
async function startTokenServer(t: TestContext, answer = 'NO [AUTHENTICATIONFAILED] expired'): Promise<{ port: number; given: string[] }> {
  const given: string[] = []
  const server = createServer(socket => {
    socket.on('error', () => undefined)
    socket.write('* OK [CAPABILITY IMAP4rev1 AUTH=XOAUTH2 SASL-IR] ready\r\n')
    socket.on('data', chunk => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        const [tag, command, mechanism, response = ''] = line.split(' ')
        if (command === 'AUTHENTICATE' && mechanism === 'XOAUTH2') {
          given.push(Buffer.from(response, 'base64').toString().replaceAll('\x01', ' ').trim())
          socket.write(`${tag} ${answer}\r\n`)
        } else {
          socket.write(`${tag} OK done\r\n`)
        }
      }
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.after(() => new Promise(resolve => server.close(resolve)))
  const address = server.address()
  return { port: typeof address === 'object' && address ? address.port : 0, given }
}

const token = async () => 'token'

test('gives a refused access token back for another, once, and then says what to check', async t => {
  const { port, given } = await startTokenServer(t)
  const returned: (string | undefined)[] = []
  const accessToken = async (refused?: string) => `token-${returned.push(refused)}`
  const open = () => openImapMailbox({ host: '127.0.0.1', port, auth: { user: 'ar@seller.example', accessToken }, folders: ['INBOX'], tls: 'none' }, silentLog)

  await assert.rejects(open, { code: 'mailbox.token_refused', remedy: /duncan connect/ })

  assert.deepEqual(given, ['user=ar@seller.example auth=Bearer token-1', 'user=ar@seller.example auth=Bearer token-2'])
  assert.deepEqual(returned, [undefined, 'token-1'])
})

test('does not take a server that is in trouble for one that refuses the token', async t => {
  const { port, given } = await startTokenServer(t, 'NO [UNAVAILABLE] Temporary authentication failure')

  const opened = openImapMailbox(
    { host: '127.0.0.1', port, auth: { user: 'ar@seller.example', accessToken: token }, folders: ['INBOX'], tls: 'none' },
    silentLog,
  )

  await assert.rejects(opened, { code: 'mailbox.unavailable' })
  assert.equal(given.length, 1)
})
