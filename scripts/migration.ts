// Authors migrations without Prisma's schema engine binary, which closed networks cannot download: the engine also comes as
// WebAssembly. `npm run migration -- create <name>` writes the difference between the migrations and prisma/ as a new
// migration, `npm run migration -- check` ends with code 2 when there is one.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, type SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { ensureDatabase, migrate, startEmbeddedPostgres } from '#platform'

type SchemaFile = { path: string; content: string }
type Source = { tag: 'schemaDatasource' | 'schemaDatamodel'; files: SchemaFile[]; configDir: string }
type DiffRequest = {
  from: Source
  to: Source
  script: boolean
  exitCode: boolean | null
  shadowDatabaseUrl: null
  filters: { externalTables: string[]; externalEnums: string[] }
}
type Engine = { diff: (request: DiffRequest) => Promise<{ stdout: string }> }
type WasmApi = { Module: new (bytes: Uint8Array) => object; Instance: new (module: object, imports: object) => { exports: { __wbindgen_start?: () => void } } }
type EngineBindings = {
  __wbg_set_wasm: (exports: object) => void
  SchemaEngine: { new: (options: object, log: () => void, factory: object) => Promise<Engine> }
}

// The engine reads catalog columns of PostgreSQL's one-byte type "char" (oid 18), which the adapter refuses: hand them over
// as text and name their type afterwards.
const charOid = 18
class CatalogPool extends pg.Pool {
  charColumns: number[] = []
  // biome-ignore lint: pg.Pool.query has ten overloads
  override async query(...input: any[]): Promise<any> {
    const result = await super.query(...(input as [string]))
    this.charColumns = result.fields.flatMap((field, index) => (field.dataTypeID === charOid ? [index] : []))
    for (const index of this.charColumns) Object.assign(result.fields[index] ?? {}, { dataTypeID: 25 })
    return result
  }
}
class CatalogAdapter extends PrismaPg {
  readonly pool: CatalogPool
  constructor(pool: CatalogPool) {
    super(pool)
    this.pool = pool
  }
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect()
    const queryRaw = adapter.queryRaw.bind(adapter)
    adapter.queryRaw = async query => {
      const result = await queryRaw(query)
      for (const index of this.pool.charColumns) result.columnTypes[index] = ColumnTypeEnum.Character
      return result
    }
    return adapter
  }
}
Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(message) } })

const migrations = 'prisma/migrations'
const [command, name] = process.argv.slice(2)
if (command !== 'check' && !(command === 'create' && name)) {
  console.error('usage: npm run migration -- create <name> | check')
  process.exit(64)
}

const server = await startEmbeddedPostgres('data/postgres')
const scratch = `migration_${process.pid}`
const url = await ensureDatabase(server, scratch)
try {
  mkdirSync(migrations, { recursive: true })
  await migrate(url)
  const sql = await missingSql(url)
  if (!sql) console.log('The migrations match the schema.')
  else if (command === 'check') {
    console.error(`The schema has changes without a migration; run \`npm run migration -- create <name>\`:\n${sql}`)
    process.exitCode = 2
  } else {
    const folder = `${migrations}/${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}_${name}`
    mkdirSync(folder, { recursive: true })
    writeFileSync(`${folder}/migration.sql`, sql)
    writeFileSync(`${migrations}/migration_lock.toml`, 'provider = "postgresql"\n')
    console.log(`wrote ${folder}/migration.sql; read it before you commit it`)
  }
} finally {
  const client = new pg.Client({ connectionString: server.url('postgres') })
  await client.connect()
  await client.query(`DROP DATABASE ${scratch} WITH (FORCE)`)
  await client.end()
  await server.stop()
}
process.exit() // the engine keeps a handle open

/** What the database at this URL lacks of the schema, as SQL; empty when nothing. */
async function missingSql(database: string): Promise<string> {
  const models = readdirSync('prisma/models').map(file => join('prisma/models', file))
  const files = ['prisma/schema.prisma', ...models].map(path => ({ path, content: readFileSync(path, 'utf8') }))
  const engine = await loadEngine(files, new CatalogAdapter(new CatalogPool({ connectionString: database })))
  const { stdout } = await engine.diff({
    from: { tag: 'schemaDatasource', files, configDir: '.' },
    to: { tag: 'schemaDatamodel', files, configDir: '.' },
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  })
  return /empty migration/i.test(stdout) ? '' : stdout.trim()
}

async function loadEngine(files: SchemaFile[], factory: SqlMigrationAwareDriverAdapterFactory): Promise<Engine> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')) // its exports hide the two files
  const bindings = (await import(`${folder}/schema_engine_bg.js`)) as EngineBindings
  // @types/node declares WebAssembly only together with the DOM library.
  const { Module, Instance } = Reflect.get(globalThis, 'WebAssembly') as WasmApi
  const { exports } = new Instance(new Module(readFileSync(`${folder}/schema_engine_bg.wasm`)), { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(exports)
  exports.__wbindgen_start?.()
  return bindings.SchemaEngine.new({ datamodels: files.map(file => [file.path, file.content]) }, () => undefined, bindMigrationAwareSqlAdapterFactory(factory))
}
