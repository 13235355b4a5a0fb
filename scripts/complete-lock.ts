// A registry may offer only some of the platform packages that a tool lists as optional. npm then leaves the others out of
// the lock file, and `npm ci` refuses that very lock on the next machine. This adds the missing names with the platform they
// are for, so that `npm ci` knows them and skips them. Run it after every `npm install`.
import { readFileSync, writeFileSync } from 'node:fs'

type LockEntry = {
  version?: string
  dev?: boolean
  optional?: boolean
  os?: string[]
  cpu?: string[]
  libc?: string[]
  optionalDependencies?: Record<string, string>
}

const operatingSystems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32']
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64']

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockEntry> }
const isLocked = (name: string) => Object.keys(lock.packages).some(path => path.endsWith(`node_modules/${name}`))

const missing = Object.values(lock.packages)
  .flatMap(entry => Object.entries(entry.optionalDependencies ?? {}).map(([name, version]) => ({ name, version, dev: entry.dev })))
  .filter(({ name }) => !isLocked(name))
let added = 0
for (const { name, version, dev } of missing) {
  const words = name.split(/[/-]/)
  const os = operatingSystems.filter(word => words.includes(word))
  const cpu = processors.filter(word => words.includes(word))
  if (os.length === 0 || cpu.length === 0) continue // an optional package that is not for one platform
  const libc = words.some(word => word.startsWith('musl')) ? ['musl'] : words.some(word => word.startsWith('gnu')) ? ['glibc'] : undefined
  lock.packages[`node_modules/${name}`] = { version, optional: true, os, cpu, ...(dev && { dev }), ...(libc && { libc }) }
  added++
}

// Addresses of the registry at hand do not belong into the lock: npm finds a package by name, version and integrity.
for (const entry of Object.values(lock.packages)) Reflect.deleteProperty(entry, 'resolved')

const paths = Object.keys(lock.packages).toSorted((a, b) => a.localeCompare(b, 'en'))
lock.packages = Object.fromEntries(paths.map(path => [path, lock.packages[path] ?? {}]))
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
console.log(`completed package-lock.json: ${added} platform packages added`)
