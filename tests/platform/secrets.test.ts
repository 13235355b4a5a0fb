import assert from 'node:assert/strict'
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite, test } from 'node:test'
import fc from 'fast-check'
import { createSecrets, newSecretKey, platformConfig, readConfig } from '#platform'
import { loadSecretKeys } from '../../src/platform/secrets-key.ts'
import { seal, unseal } from '../../src/platform/secrets-seal.ts'
import { duncan, duncanProcess } from '../support/cli.ts'
import { createTestDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const withKeys = (...keys: string[]) => ({ DUNCAN_SECRET_KEY: keys.join(','), DATABASE_URL: 'postgres://elsewhere', DUNCAN_DATA_DIR: '/nowhere' })

suite('a sealed secret', () => {
  test('opens under its name with its key, whatever the text, and never looks the same twice', () => {
    const [key] = loadSecretKeys(withKeys(newSecretKey()))

    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'grapheme' }), (name, text) => {
        const [once, again] = [seal(key, name, text), seal(key, name, text)]

        assert.equal(unseal([key], name, once), text)
        assert.notDeepEqual(once.sealed, again.sealed)
      }),
    )
  })

  test('does not open when one bit of it is another, or under another name', () => {
    const [key] = loadSecretKeys(withKeys(newSecretKey()))
    const sealed = seal(key, 'mailbox-sign-in:debtors', 'refresh-token')

    for (let byte = 0; byte < sealed.sealed.length; byte++) {
      const changed = Uint8Array.from(sealed.sealed, (value, index) => (index === byte ? value ^ 1 : value))
      assert.throws(() => unseal([key], 'mailbox-sign-in:debtors', { ...sealed, sealed: changed }), { code: 'secrets.damaged' })
    }
    assert.throws(() => unseal([key], 'mailbox-sign-in:other', sealed), { code: 'secrets.damaged' })
    assert.throws(() => unseal([key], 'mailbox-sign-in:debtors', { ...sealed, sealed: sealed.sealed.slice(0, 5) }), { code: 'secrets.damaged' })
  })

  test('of a key that is not there says which key that is and what to do, and nothing of the secret', () => {
    const [key] = loadSecretKeys(withKeys(newSecretKey()))
    const others = loadSecretKeys(withKeys(newSecretKey(), newSecretKey()))
    const sealed = seal(key, 'mailbox-sign-in:debtors', 'refresh-token')

    assert.throws(
      () => unseal(others, 'mailbox-sign-in:debtors', sealed),
      (error: Error & { code?: string; remedy?: string }) => {
        assert.equal(error.code, 'secrets.key_missing')
        assert.match(error.message, new RegExp(key.id))
        assert.match(error.remedy ?? '', /behind the first/)
        assert.doesNotMatch(JSON.stringify(error) + error.message + error.stack, /refresh-token/)
        return true
      },
    )
  })
})

suite('the keys of an installation', () => {
  test('the embedded database gets a key of its own, which nobody else reads and which stays', t => {
    const folder = join(temporaryFolder(t), 'data')

    const [made] = loadSecretKeys({ DUNCAN_DATA_DIR: folder })
    const [kept] = loadSecretKeys({ DUNCAN_DATA_DIR: folder })

    assert.equal(statSync(join(folder, 'secret.key')).mode & 0o777, 0o600)
    assert.deepEqual(kept, made)
  })

  test('a database elsewhere wants a key from the environment, and no file is made', t => {
    const folder = temporaryFolder(t)

    assert.throws(() => loadSecretKeys({ DUNCAN_DATA_DIR: folder, DATABASE_URL: 'postgres://elsewhere' }), {
      code: 'secrets.no_key',
      remedy: /duncan secrets new-key/,
    })
    assert.equal(existsSync(join(folder, 'secret.key')), false)
  })

  test('a key from the environment goes before the file, which still opens what it sealed', t => {
    const folder = temporaryFolder(t)
    const [old] = loadSecretKeys({ DUNCAN_DATA_DIR: folder })

    const keys = loadSecretKeys({ DUNCAN_DATA_DIR: folder, DUNCAN_SECRET_KEY: newSecretKey() })

    assert.equal(keys.length, 2)
    assert.deepEqual(keys[1], old)
  })

  test('a key file that others can read, or that holds no key, is refused with what to do', t => {
    const folder = temporaryFolder(t)
    loadSecretKeys({ DUNCAN_DATA_DIR: folder })
    const file = join(folder, 'secret.key')

    chmodSync(file, 0o644)
    assert.throws(() => loadSecretKeys({ DUNCAN_DATA_DIR: folder }), { code: 'secrets.key_file', remedy: /chmod 600/ })
    chmodSync(file, 0o600)
    writeFileSync(file, 'half a k')
    assert.throws(() => loadSecretKeys({ DUNCAN_DATA_DIR: folder }), { code: 'secrets.key_file', remedy: /backup/ })
  })

  test('a wrong DUNCAN_SECRET_KEY is refused without being repeated', () => {
    for (const wrong of ['hunter2', `${newSecretKey()},hunter2`, ',']) {
      assert.throws(
        () => readConfig(platformConfig, { DUNCAN_SECRET_KEY: wrong }),
        (error: Error) => /DUNCAN_SECRET_KEY: must be what `duncan secrets new-key` prints/.test(error.message) && !error.message.includes('hunter2'),
      )
    }
  })
})

suite('secrets in the database', () => {
  test('stand there sealed only, and are gone when they are removed', async t => {
    const { client } = await createTestDatabase(t)
    const secrets = createSecrets(withKeys(newSecretKey()))

    await secrets.write(client, 'a', 'first')
    await secrets.write(client, 'a', 'second')
    const [row] = await client.secret.findMany()
    const read = await secrets.read(client, 'a')
    await secrets.remove(client, 'a')

    assert.equal(read, 'second')
    assert.equal(Buffer.from(row?.sealed ?? '').includes('second'), false)
    assert.equal(await secrets.read(client, 'a'), undefined)
    assert.equal(await client.secret.count(), 0)
  })

  test('a row copied to another name does not open there', async t => {
    const { client } = await createTestDatabase(t)
    const secrets = createSecrets(withKeys(newSecretKey()))
    await secrets.write(client, 'rich', 'token')

    await client.$executeRaw`INSERT INTO "Secret" (name, "keyId", sealed) SELECT 'poor', "keyId", sealed FROM "Secret"`

    await assert.rejects(secrets.read(client, 'poor'), { code: 'secrets.damaged' })
  })

  test('come under the new key, after which the old one is not needed', async t => {
    const database = await createTestDatabase(t)
    const [old, fresh] = [newSecretKey(), newSecretKey()]
    for (const name of ['a', 'b']) await createSecrets(withKeys(old)).write(database.client, name, `text of ${name}`)
    const env = { DATABASE_URL: database.url, DUNCAN_SECRET_KEY: `${fresh},${old}`, DUNCAN_DATA_DIR: temporaryFolder(t) }

    const rotated = await duncan(['secrets', 'rotate'], env)
    const again = await createSecrets(withKeys(fresh)).rotate(database.client, 'test')

    assert.match(rotated.out, /2 secrets sealed anew .*\n.*take them out/)
    assert.deepEqual([again.renewed, again.unchanged], [0, 2])
    const secrets = createSecrets(withKeys(fresh))
    assert.deepEqual([await secrets.read(database.client, 'a'), await secrets.read(database.client, 'b')], ['text of a', 'text of b'])
    await assert.rejects(createSecrets(withKeys(old)).read(database.client, 'a'), { code: 'secrets.key_missing' })
    const [audit, ...more] = await database.client.auditEntry.findMany()
    assert.deepEqual([audit?.event, audit?.detail, more.length], ['secrets.rotated', { renewed: 2 }, 0])
  })

  test('are all left as they were when one of them does not open', async t => {
    const { client } = await createTestDatabase(t)
    const [old, lost, fresh] = [newSecretKey(), newSecretKey(), newSecretKey()]
    await createSecrets(withKeys(old)).write(client, 'a', 'mine')
    await createSecrets(withKeys(lost)).write(client, 'b', 'gone')

    await assert.rejects(createSecrets(withKeys(fresh, old)).rotate(client, 'test'), { code: 'secrets.key_missing', message: /secret b/ })

    assert.equal(await createSecrets(withKeys(old)).read(client, 'a'), 'mine')
  })
})

test('`duncan secrets new-key` prints a key that is taken', async () => {
  const { out } = await duncanProcess(['secrets', 'new-key'])

  assert.equal(readConfig(platformConfig, { DUNCAN_SECRET_KEY: out.trim() }).DUNCAN_SECRET_KEY, out.trim())
  assert.equal(loadSecretKeys(withKeys(out.trim()))[0].bytes.length, 32)
})
