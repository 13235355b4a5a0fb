import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { DuncanError, platformConfig, readConfig, readEnvironment } from '#platform'
import { temporaryFolder } from '../support/temporary-folder.ts'

describe('the configuration', () => {
  test('has a default for everything', () => {
    const config = readConfig(platformConfig, {})

    assert.deepEqual([config.DUNCAN_DATA_DIR, config.DUNCAN_LOG_LEVEL, config.DATABASE_URL], ['data', 'info', undefined])
  })

  test('names every wrong variable and where to correct it', () => {
    const wrong = { DATABASE_URL: 'mysql://localhost/duncan', DUNCAN_LOG_LEVEL: 'loud' }

    assert.throws(
      () => readConfig(platformConfig, wrong),
      (error: unknown) => {
        assert.ok(error instanceof DuncanError)
        assert.equal(error.code, 'config.invalid')
        assert.match(error.message, /^ {2}DATABASE_URL: /m)
        assert.match(error.message, /^ {2}DUNCAN_LOG_LEVEL: /m)
        assert.match(error.remedy, /\.env/)
        return true
      },
    )
  })

  test('does not repeat a secret in its error', () => {
    assert.throws(
      () => readConfig(platformConfig, { DATABASE_URL: 'mysql://duncan:hunter2@localhost/duncan' }),
      (error: Error) => !error.message.includes('hunter2'),
    )
  })

  test('takes the environment before the file, and an empty variable for none', t => {
    const file = join(temporaryFolder(t), '.env')
    writeFileSync(file, 'DUNCAN_DATA_DIR=/from/file\nDUNCAN_LOG_LEVEL=warn\nDATABASE_URL=\n')

    const environment = readEnvironment({ DUNCAN_DATA_DIR: '/from/environment', EMPTY: '' }, file)

    assert.deepEqual(environment, { DUNCAN_DATA_DIR: '/from/environment', DUNCAN_LOG_LEVEL: 'warn' })
  })

  test('needs no file', t => {
    assert.deepEqual(readEnvironment({ A: 'b' }, join(temporaryFolder(t), 'missing')), { A: 'b' })
  })
})
