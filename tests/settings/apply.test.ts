import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { z } from 'zod'
import { recordAudit } from '#platform'
import { createSettings, findVersion, listVersions, newestVersion, readSettingsFiles, type SettingsKind, type SettingsSource, sourceOfVersion } from '#settings'
import { eventually } from '../support/app.ts'
import { createTestDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { books, readers } from './invented-kinds.ts'

/** Projects each book into the audit trail, so that a test sees which ones arrived; refuses a book called `broken`. */
const projecting = {
  ...books,
  project: async (tx, section) => {
    for (const key of Object.keys(section)) {
      await recordAudit(tx, { actor: 'duncan', event: 'book.projected', subject: `book:${key}` })
      if (key === 'broken') throw new Error('this book cannot be projected')
    }
  },
} satisfies SettingsKind<typeof books.schema>

async function openSettings(t: TestContext, kinds: SettingsKind[] = [projecting, readers]) {
  const folder = temporaryFolder(t)
  const { client } = await createTestDatabase(t)
  const settings = createSettings({ client, kinds })
  const source = (yaml: string): SettingsSource => {
    const file = join(folder, 'settings.yaml')
    writeFileSync(file, yaml)
    return readSettingsFiles([file])
  }
  const apply = (yaml: string, options: { base?: number; note?: string } = {}) => settings.apply(source(yaml), { actor: 'cli', ...options })
  const applied = async (yaml: string): Promise<number> => {
    const outcome = await apply(yaml)
    assert.equal(outcome.kind, 'applied', JSON.stringify(outcome))
    return outcome.kind === 'applied' ? outcome.version : 0
  }
  return { client, settings, source, apply, applied }
}

const nl = 'books:\n  nl: { title: North }\n'

test('settings that are applied are in force, with their tables and an audit entry', async t => {
  const { client, settings, apply } = await openSettings(t)

  const outcome = await apply(nl, { note: 'a first book' })

  assert.deepEqual(outcome, { kind: 'applied', version: 1, changes: [{ path: 'books.nl.title', after: 'North' }] })
  assert.deepEqual(await settings.read(books), { nl: { title: 'North', currency: 'EUR' } })
  const audit = await client.auditEntry.findMany({ orderBy: { id: 'asc' }, include: { content: true } })
  assert.deepEqual(
    audit.map(({ actor, event, subject }) => [actor, event, subject]),
    [
      ['duncan', 'book.projected', 'book:nl'],
      ['cli', 'settings.applied', 'settings:1'],
    ],
  )
  assert.deepEqual(audit[1]?.detail, { from: 0, changes: 1, kinds: ['books'] })
  assert.deepEqual(audit[1]?.content?.content, { changes: [{ path: 'books.nl.title', after: 'North' }] })
  assert.deepEqual(
    (await listVersions(client)).map(({ version, actor, note }) => ({ version, actor, note })),
    [{ version: 1, actor: 'cli', note: 'a first book' }],
  )
})

test('a kind that stands in no file stays, one that does is replaced whole', async t => {
  const { client, applied } = await openSettings(t)
  await applied(`${nl}readers:\n  jan: { name: Jan, role: admin }\n`)

  await applied('books:\n  be: { title: South }\n')

  const current = await newestVersion(client)
  assert.deepEqual(current?.content, { books: { be: { title: 'South' } }, readers: { jan: { name: 'Jan', role: 'admin' } } })
})

test('what is in force already makes no version, whatever the order of its keys', async t => {
  const { client, apply, applied } = await openSettings(t)
  await applied('books:\n  nl: { title: A, currency: EUR }\n  be: { title: B }\n')

  const outcome = await apply('books:\n  be: { title: B }\n  nl: { currency: EUR, title: A }\n')

  assert.deepEqual(outcome, { kind: 'unchanged', version: 1 })
  assert.equal((await listVersions(client)).length, 1)
})

test('a table that cannot follow leaves nothing behind', async t => {
  const { client, settings, apply, applied } = await openSettings(t)
  await applied(nl)

  await assert.rejects(apply('books:\n  nl: { title: North }\n  broken: { title: X }\n'), /cannot be projected/)

  assert.deepEqual(Object.keys(await settings.read(books)), ['nl'])
  assert.equal((await listVersions(client)).length, 1)
  assert.equal(await client.auditEntry.count(), 2)
})

test('going back applies an older version as a new one, and ends the kinds that it did not have', async t => {
  const { client, settings, applied } = await openSettings(t)
  const first = await applied(nl)
  await applied('books:\n  be: { title: South }\nreaders:\n  jan: { name: Jan, role: admin }\n')

  const old = await findVersion(client, first)
  assert.ok(old)
  const outcome = await settings.apply(sourceOfVersion(old), { actor: 'staff:1', note: 'back to 1' })

  assert.ok(outcome.kind === 'applied' && outcome.version === 3)
  assert.deepEqual((await newestVersion(client))?.content, { books: { nl: { title: 'North' } } })
  assert.deepEqual(await settings.read(readers), {})
})

test('going back to a version that names what this release does not know is refused with the place', async t => {
  const { client, settings, applied } = await openSettings(t)
  await applied(nl)
  const { id } = await client.settingsVersion.create({ data: { actor: 'cli', content: { books: { nl: { title: 'North', colour: 'red' } } } } })
  await applied('books:\n  nl: { title: New }\n')

  const old = await findVersion(client, id)
  assert.ok(old)
  const plan = await settings.plan(sourceOfVersion(old))

  assert.ok(plan.kind === 'refused')
  assert.deepEqual(
    plan.faults.map(({ file, path, message }) => [file, path, message]),
    [[`version ${id}`, 'books.nl.colour', 'is not known here']],
  )
})

test('a kind that this release no longer knows stands in no way, and ends with the next change', async t => {
  const { client, settings, applied } = await openSettings(t)
  const { id } = await client.settingsVersion.create({ data: { actor: 'cli', content: { books: { nl: { title: 'North' } }, pigeons: { coo: 1 } } } })

  await applied('books:\n  nl: { title: New }\n')
  const back = await settings.plan(sourceOfVersion((await findVersion(client, id)) ?? assert.fail()))

  assert.deepEqual((await newestVersion(client))?.content, { books: { nl: { title: 'New' } } })
  assert.deepEqual(back.kind === 'changes' && back.changes, [{ path: 'books.nl.title', before: 'New', after: 'North' }])
})

test('a stored version that this release refuses is named with its path and how to mend it', async t => {
  const { client, settings } = await openSettings(t)
  await client.settingsVersion.create({ data: { actor: 'cli', content: { books: { nl: { titel: 'North' } } } } })

  await assert.rejects(settings.read(books), { code: 'settings.outdated', message: /books\.nl\.title: is missing/, remedy: /duncan export --kind books/ })
})

test('of two who looked at the same version one is told that the other was first', async t => {
  const { settings, apply, source, applied } = await openSettings(t)
  const base = await applied(nl)
  const plan = await settings.plan(source('books:\n  nl: { title: Mine }\n'))
  assert.ok(plan.kind === 'changes' && plan.base === base)

  const theirs = await apply('books:\n  nl: { title: Theirs }\n', { base })
  const mine = await apply('books:\n  nl: { title: Mine }\n', { base })

  assert.equal(theirs.kind, 'applied')
  assert.deepEqual(mine, { kind: 'overtaken', version: base + 1 })
  assert.equal((await settings.read(books)).nl?.title, 'Theirs')
})

test('settings applied at the same moment all take effect, one after the other', async t => {
  const { client, source, settings } = await openSettings(t)
  const wishes = ['books:\n  nl: { title: A }\n', 'readers:\n  jan: { name: Jan, role: admin }\n'].map(source)

  const outcomes = await Promise.all(wishes.map(wish => settings.apply(wish, { actor: 'cli' })))

  assert.deepEqual(
    outcomes.map(({ kind }) => kind),
    ['applied', 'applied'],
  )
  assert.deepEqual(Object.keys((await newestVersion(client))?.content ?? {}).toSorted(), ['books', 'readers'])
})

test('a running process hears of every version that another one applies, also when its own work fails once', async t => {
  const { client, settings, applied } = await openSettings(t)
  const other = createSettings({ client, kinds: [books] })
  const seen: string[][] = []
  const faults: unknown[] = []
  await applied(nl)
  const watch = await other.watch(
    async () => {
      const keys = Object.keys(await other.read(books))
      if (keys.includes('be') && faults.length === 0) throw new Error('not now')
      seen.push(keys)
    },
    { onFault: fault => faults.push(fault), everyMilliseconds: 5 },
  )
  t.after(() => watch.stop())

  await applied('books:\n  be: { title: South }\n')
  await eventually('the new book was seen', () => seen.find(keys => keys.includes('be')))

  assert.deepEqual(seen, [['nl'], ['be']])
  assert.equal(faults.length, 1)
  assert.deepEqual(Object.keys(await settings.read(books)), ['be'])
})

test('what the database holds against a section is a fault at its place, and nothing is applied', async t => {
  const guarded = {
    name: 'books',
    schema: z.record(z.string(), z.strictObject({ title: z.string() })),
    check: async () => [{ path: ['nl', 'title'], message: 'is in use', remedy: 'Keep it.' }],
  } satisfies SettingsKind
  const { client, apply } = await openSettings(t, [guarded])

  const outcome = await apply(nl)

  assert.ok(outcome.kind === 'refused')
  assert.deepEqual(
    outcome.faults.map(({ line, path, message }) => [line, path, message]),
    [[2, 'books.nl.title', 'is in use']],
  )
  assert.equal((await listVersions(client)).length, 0)
})
