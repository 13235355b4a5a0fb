import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'

export type Dovecot = {
  /** Plain IMAP on loopback. */
  port: number
  /** TLS from the first byte, with the self-signed certificate `ca`. */
  tlsPort: number
  ca: string
  /** A new user of this server, with the password `secret` and an empty mailbox. */
  user: () => string
  /** Another mail client's connection, to look at the mailbox as a colleague does. Closed when the test ends. */
  connect: (user: string) => Promise<ImapFlow>
  /** Where a user's Maildir lies. */
  maildir: (user: string) => string
  stop: () => Promise<void>
}

/** Access tokens are taken too: the provider is asked whose they are. One mechanism, so that a test knows what was spoken. */
export type TokenLogin = { introspection: string; mechanism: 'xoauth2' | 'oauthbearer' }

const nobody = 65_534
const isDovecotInstalled = spawnSync('dovecot', ['--version']).status === 0

/** Tests that need Dovecot give this as their `skip`: it says loudly what is missing, and in CI nothing may be missing. */
export function withoutDovecot(): string | false {
  if (isDovecotInstalled) return false
  const message = 'Dovecot is missing, IMAP is NOT tested. Install it: apt-get install dovecot-imapd'
  if (process.env.CI === 'true') throw new Error(message)
  console.error(`\n!!! ${message}\n`)
  return message
}

const nameOf = (database: 'passwd' | 'group', id: number): string =>
  spawnSync('getent', [database, String(id)])
    .stdout.toString()
    .split(':')[0] ?? String(id)

/** Starts a Dovecot of its own on free ports of loopback; stopped when the test ends. */
export async function startDovecot(
  t: { after: (stop: () => Promise<void>) => void },
  { maildirs = {}, tokens }: { maildirs?: Record<string, (folder: string) => void>; tokens?: TokenLogin } = {},
): Promise<Dovecot> {
  const folder = mkdtempSync(join(tmpdir(), 'duncan-dovecot-'))
  const isRoot = process.getuid?.() === 0
  const ids = isRoot ? { uid: nobody, gid: nobody } : { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 }
  const [port, tlsPort] = [await freePort(), await freePort()]
  const users: string[] = Object.keys(maildirs)
  const writeUsers = () => writeFileSync(join(folder, 'users'), users.map(user => `${user}:{PLAIN}secret::::::\n`).join(''))
  const maildir = (user: string) => join(folder, 'mail', user, 'Maildir')

  chmodSync(folder, 0o755)
  for (const sub of ['run', 'mail', 'log']) mkdirSync(join(folder, sub))
  writeUsers()
  for (const [user, fill] of Object.entries(maildirs)) {
    for (const sub of ['tmp', 'new', 'cur']) mkdirSync(join(maildir(user), sub), { recursive: true })
    fill(maildir(user))
  }
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1']
  spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '30',
    ...subject,
    '-keyout',
    join(folder, 'key.pem'),
    '-out',
    join(folder, 'cert.pem'),
  ])
  writeFileSync(join(folder, 'dovecot.conf'), configuration(folder, port, tlsPort, nameOf('passwd', ids.uid), nameOf('group', ids.gid), ids, tokens))
  if (tokens) writeFileSync(join(folder, 'oauth2.conf'), tokenConfiguration(tokens))
  if (isRoot) spawnSync('chown', ['-R', `${ids.uid}:${ids.gid}`, folder])

  const command = ['dovecot', '-F', '-c', join(folder, 'dovecot.conf')]
  const dropped = isRoot ? ['setpriv', `--reuid=${ids.uid}`, `--regid=${ids.gid}`, '--clear-groups', ...command] : command
  const server = spawn(dropped[0] ?? '', dropped.slice(1), { stdio: 'ignore' })
  await untilListening(port, server, join(folder, 'log/dovecot.log'))

  const clients: ImapFlow[] = []
  const stop = async () => {
    for (const client of clients) client.close()
    if (server.exitCode === null && server.signalCode === null) {
      server.kill()
      await new Promise(resolve => server.once('exit', resolve))
    }
    rmSync(folder, { recursive: true, force: true })
  }
  t.after(stop)
  return {
    port,
    tlsPort,
    ca: readFileSync(join(folder, 'cert.pem'), 'utf8'),
    user: () => {
      const user = `user${users.length + 1}`
      users.push(user)
      writeUsers()
      if (isRoot) chownSync(join(folder, 'users'), ids.uid, ids.gid)
      return user
    },
    connect: async user => {
      const client = new ImapFlow({
        host: '127.0.0.1',
        port,
        secure: false,
        doSTARTTLS: false,
        auth: { user, pass: 'secret' },
        logger: false,
        autoIdleDelay: 50,
      })
      client.on('error', () => undefined)
      await client.connect()
      clients.push(client)
      return client
    },
    maildir,
    stop,
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

async function untilListening(port: number, server: ChildProcess, logFile: string): Promise<void> {
  for (let tries = 0; tries < 200 && server.exitCode === null; tries++) {
    const isUp = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false))
      socket.on('connect', () => socket.destroy())
    })
    if (isUp) return
    await sleep(50)
  }
  throw new Error(`Dovecot did not start:\n${readFileSync(logFile, 'utf8')}`)
}

const tokenPassdb = (folder: string, { mechanism }: TokenLogin) => `
passdb {
  driver = oauth2
  mechanisms = ${mechanism}
  args = ${folder}/oauth2.conf
}
`

const tokenConfiguration = ({ introspection }: TokenLogin) => `
introspection_mode = post
introspection_url = ${introspection}
username_attribute = mailbox
active_attribute = active
active_value = true
`

const configuration = (
  folder: string,
  port: number,
  tlsPort: number,
  user: string,
  group: string,
  { uid, gid }: { uid: number; gid: number },
  tokens?: TokenLogin,
) => `
base_dir = ${folder}/run
state_dir = ${folder}/run
log_path = ${folder}/log/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
disable_plaintext_auth = no
auth_mechanisms = plain login ${tokens?.mechanism ?? ''}
auth_failure_delay = 0
mail_home = ${folder}/mail/%u
mail_location = maildir:~/Maildir
mail_uid = ${uid}
mail_gid = ${gid}
first_valid_uid = ${uid}
first_valid_gid = ${gid}
mail_max_userip_connections = 200
mail_fsync = never
ssl = yes
ssl_cert = <${folder}/cert.pem
ssl_key = <${folder}/key.pem
${tokens ? tokenPassdb(folder, tokens) : ''}
passdb {
  driver = passwd-file
  args = scheme=PLAIN username_format=%u ${folder}/users
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u allow_all_users=yes
}
namespace inbox {
  inbox = yes
  separator = /
  mailbox Sent {
    auto = create
    special_use = \\Sent
  }
  mailbox Archive {
    auto = create
  }
}
service imap-login {
  chroot =
  process_min_avail = 1
  service_count = 0
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
service anvil {
  chroot =
  # Without it every refused login makes the next one from this address wait for seconds.
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
`
