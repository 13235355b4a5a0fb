import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parse } from 'yaml'
import { z } from 'zod'
import { appConfig } from '../src/app.ts'

// No Docker is needed here: what can be known from the files is checked, the image itself is built elsewhere.

const root = join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(join(root, file), 'utf8')
const packageJson = z
  .object({ scripts: z.record(z.string(), z.string()), engines: z.object({ node: z.string() }), license: z.string() })
  .parse(JSON.parse(read('package.json')))
const defaultPort = String(appConfig.parse({}).DUNCAN_HTTP_PORT)

/** The instructions of the Dockerfile, continued lines joined, by stage. */
const stages = read('Dockerfile')
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter(line => /^[A-Z]/.test(line))
  .map(line => ({ word: line.split(' ')[0] ?? '', rest: line.slice(line.indexOf(' ') + 1).trim() }))
  .reduce<{ word: string; rest: string }[][]>(
    (all, each) => (each.word === 'FROM' ? [...all, [each]] : [...all.slice(0, -1), [...(all.at(-1) ?? []), each]]),
    [],
  )
const last = stages.at(-1) ?? []
const inLast = (word: string) => last.filter(each => each.word === word).map(({ rest }) => rest)

test('the image copies files that exist and that the build sees, runs scripts that exist, on the Node that Duncan wants', () => {
  const ignored = read('.dockerignore').split('\n')
  const copied = stages.flat().filter(({ word, rest }) => word === 'COPY' && !rest.startsWith('--from='))
  const sources = copied.flatMap(({ rest }) => rest.split(/\s+/).slice(0, -1))
  const scripts = [...read('Dockerfile').matchAll(/npm run (?:-s )?(\S+)/g)].map(match => match[1] ?? '')
  const major = packageJson.engines.node.replaceAll(/\D/g, '')

  for (const source of sources) {
    assert.ok(existsSync(join(root, source)), `${source} exists`)
    assert.ok(ignored.includes(`!${source.split('/')[0]}`), `${source} is not kept out by .dockerignore`)
  }
  for (const script of scripts) assert.ok(packageJson.scripts[script], `npm run ${script}`)
  for (const [from] of stages) assert.match(from?.rest ?? '', new RegExp(`^node:${major}-slim`))
})

test('the image has what the program reads at run time, and neither tests nor secrets', () => {
  const copied = inLast('COPY').join('\n')

  for (const needed of ['prisma/migrations', 'prompts', 'src', 'src/generated', 'node_modules', 'package.json']) assert.ok(copied.includes(needed), needed)
  assert.match(read('.dockerignore'), /^\*$/m)
  for (const kept of ['tests', '.env', 'data', 'bench', '.git']) assert.doesNotMatch(read('.dockerignore'), new RegExp(`^!${kept}$`, 'm'))
})

test('the image runs as nobody special, listens on the port that is the default, and asks itself how it is without curl', () => {
  const [healthcheck] = inLast('HEALTHCHECK')

  assert.deepEqual(inLast('USER'), ['node'])
  assert.deepEqual(inLast('EXPOSE'), [defaultPort])
  assert.ok(existsSync(join(root, z.tuple([z.literal('node'), z.string()]).parse(JSON.parse(inLast('ENTRYPOINT')[0] ?? ''))[1])))
  assert.match(healthcheck ?? '', new RegExp(`CMD \\["node", .*\\|\\| ${defaultPort}\\}/healthz`))
  assert.doesNotMatch(healthcheck ?? '', /curl|wget/)
  assert.match(inLast('LABEL')[0] ?? '', new RegExp(`licenses="${packageJson.license}"`))
})

const service = z.looseObject({
  image: z.string(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])),
  volumes: z.array(z.string()),
  ports: z.array(z.string()).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  profiles: z.array(z.string()).optional(),
  read_only: z.boolean().optional(),
  init: z.boolean().optional(),
  env_file: z.string().optional(),
  healthcheck: z.unknown().optional(),
})
const compose = z
  .object({ services: z.object({ duncan: service, worker: service, database: service }), volumes: z.record(z.string(), z.unknown()) })
  .parse(parse(read('compose.yaml'), { merge: true }))

test('compose starts Duncan once the database is healthy, and takes every secret from the environment', () => {
  const { duncan, worker, database } = compose.services
  const { DATABASE_URL, ...others } = duncan.environment

  assert.deepEqual(duncan.depends_on, { database: { condition: 'service_healthy' } })
  assert.ok(database.healthcheck)
  assert.match(String(DATABASE_URL), /^postgresql:\/\/duncan:\$\{POSTGRES_PASSWORD:\?[^}]+\}@database:5432\/duncan$/)
  assert.match(String(database.environment.POSTGRES_PASSWORD), /^\$\{POSTGRES_PASSWORD:\?/)
  assert.equal(duncan.env_file, '.env')
  for (const name of Object.keys(others)) assert.ok(name in appConfig.shape, `${name} is a setting`)
  assert.ok(Number(/^postgres:(\d+)/.exec(database.image)?.[1]) >= 16)
  assert.deepEqual([worker.profiles, worker.ports, worker.volumes], [['worker'], undefined, duncan.volumes])
})

test('compose opens the console to this machine only, on a read-only root with its data in named volumes', () => {
  const { duncan, database } = compose.services

  assert.deepEqual(duncan.ports, [`127.0.0.1:${defaultPort}:${duncan.environment.DUNCAN_HTTP_PORT}`])
  assert.deepEqual([duncan.read_only, duncan.init], [true, true])
  assert.equal(database.ports, undefined)
  for (const volume of [...duncan.volumes, ...database.volumes]) assert.ok((volume.split(':')[0] ?? '') in compose.volumes, volume)
  assert.equal(duncan.volumes[0]?.split(':')[1], duncan.environment.DUNCAN_DATA_DIR)
})
