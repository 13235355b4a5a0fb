import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { globSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, test } from 'node:test'
import { createBlobs } from '#platform'
import { temporaryFolder } from '../support/temporary-folder.ts'

const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex')
const filesIn = (folder: string) => globSync('**/*', { cwd: folder, withFileTypes: true }).filter(entry => entry.isFile())

describe('the blob store', () => {
  test('keeps a buffer and a stream of the same content as one file named by its hash', async t => {
    const folder = temporaryFolder(t)
    const blobs = createBlobs(folder)
    const content = randomBytes(300_000)

    const one = await blobs.put(content)
    const other = await blobs.put(Readable.from([content.subarray(0, 100_000), content.subarray(100_000)]))

    assert.deepEqual(
      [one, other],
      [
        { hash: sha256(content), size: 300_000 },
        { hash: sha256(content), size: 300_000 },
      ],
    )
    assert.equal(filesIn(folder).length, 1)
    assert.deepEqual(await blobs.read(one.hash), content)
    assert.deepEqual(await buffer(blobs.stream(one.hash)), content)
    assert.equal(await blobs.size(one.hash), 300_000)
  })

  test('keeps an empty file', async t => {
    const blobs = createBlobs(temporaryFolder(t))

    const { hash, size } = await blobs.put(Readable.from([]))

    assert.equal(size, 0)
    assert.deepEqual(await blobs.read(hash), Buffer.alloc(0))
  })

  test('takes the same content from many at once', async t => {
    const folder = temporaryFolder(t)
    const stores = [createBlobs(folder), createBlobs(folder)]
    const content = randomBytes(50_000)

    const put = await Promise.all(
      Array.from({ length: 40 }, (_, index) => stores[index % 2]?.put(index % 4 < 2 ? content : Readable.from([content])) ?? assert.fail()),
    )

    assert.equal(new Set(put.map(({ hash }) => hash)).size, 1)
    assert.equal(filesIn(folder).length, 1)
    assert.deepEqual(await stores[0]?.read(sha256(content)), content)
  })

  test('writes a file anew that a power failure cut short', async t => {
    const blobs = createBlobs(temporaryFolder(t))
    const { hash } = await blobs.put(Buffer.from('the whole mail'))
    writeFileSync(blobs.path(hash), 'the wh')

    await blobs.put(Buffer.from('the whole mail'))

    assert.equal(String(await blobs.read(hash)), 'the whole mail')
  })

  test('leaves nothing of a stream that breaks off', async t => {
    const folder = temporaryFolder(t)
    const blobs = createBlobs(folder)
    const breaking = Readable.from(
      (async function* () {
        yield randomBytes(100_000)
        throw new Error('the connection was cut')
      })(),
    )

    await assert.rejects(blobs.put(breaking), /the connection was cut/)

    assert.deepEqual(filesIn(folder), [])
  })

  test('says what is not there', async t => {
    const blobs = createBlobs(temporaryFolder(t))
    const missing = sha256(Buffer.from('missing'))

    assert.deepEqual([await blobs.has(missing), await blobs.size(missing)], [false, undefined])
    await assert.rejects(blobs.read(missing), { code: 'ENOENT' })
    await assert.rejects(buffer(blobs.stream(missing)), { code: 'ENOENT' })
  })

  test('reads nothing outside its folder', async t => {
    const folder = temporaryFolder(t)
    writeFileSync(join(folder, 'secret'), 'x')
    const blobs = createBlobs(join(folder, 'blobs'))

    await assert.rejects(blobs.read('../../secret'), { code: 'blob.name' })
    assert.throws(() => blobs.path('ab/../../../secret'), { code: 'blob.name' })
  })

  test('works again when its folder can be made after all', async t => {
    const folder = temporaryFolder(t)
    writeFileSync(join(folder, 'in-the-way'), '')
    const blobs = createBlobs(join(folder, 'in-the-way'))
    await assert.rejects(blobs.put(Buffer.from('a')))

    rmSync(join(folder, 'in-the-way'))

    assert.equal((await blobs.put(Buffer.from('a'))).size, 1)
  })
})
