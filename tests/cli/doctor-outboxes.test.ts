import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { test } from 'node:test'
import { readAppConfig } from '../../src/app.ts'
import { outboxChecks } from '../../src/cli/doctor/outbox-checks.ts'
import { runAll } from '../../src/cli/doctor/run-checks.ts'
import { createTestDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('doctor looks at the folders for letters, SMS and files for collection, and at the SMS gateway without sending', async t => {
  const { client } = await createTestDatabase(t)
  const folder = temporaryFolder(t)
  const asked: string[] = []
  let status = 204
  const gateway = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.authorization}`)
    response.writeHead(status).end()
  }).listen(0, '127.0.0.1')
  await once(gateway, 'listening')
  t.after(() => gateway.close())
  const url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`
  const told = async (env: Record<string, string> = {}) => {
    const verdicts = await runAll(outboxChecks(readAppConfig({ DUNCAN_DATA_DIR: folder, ...env }), client))
    return verdicts.map(({ name, state, message }) => `${state} ${name}: ${message.replaceAll(folder, '').replaceAll(url, 'URL')}`)
  }
  const online = { DUNCAN_SMS_URL: url, DUNCAN_SMS_TOKEN: 'secret' }

  const fresh = await told()
  writeFileSync(join(folder, 'file'), '')
  const wrong = await told({ DUNCAN_PRINT_OUTBOX: join(folder, 'not-connected'), DUNCAN_HAND_OVER_FOLDER: join(folder, 'file'), ...online })
  mkdirSync(join(folder, 'outbox/print'), { recursive: true })
  for (const name of ['old.pdf', 'new.pdf', 'of-somebody-else.pdf']) writeFileSync(join(folder, 'outbox/print', name), '')
  const sent = { debtorId: 1, channel: 'letter', state: 'sent', sendAfter: new Date(0) }
  await client.dispatch.create({ data: { ...sent, entryId: 1, name: 'old.pdf', sentAt: new Date(0) } })
  await client.dispatch.create({ data: { ...sent, entryId: 2, name: 'new.pdf', sentAt: new Date() } })
  status = 401
  const lying = await told(online)
  gateway.close()
  gateway.closeAllConnections()
  const gone = await told(online)

  assert.deepEqual(fresh, [
    'ok letters: /outbox/print is made with the first one',
    'ok files for collection: /outbox/hand-over is made with the first one',
    'ok SMS without a gateway: /outbox/sms is made with the first one',
  ])
  assert.deepEqual(wrong, [
    'warn letters: /not-connected is not there.',
    'fail files for collection: /file cannot be used: it is no folder.',
    'ok SMS gateway: URL answers; nothing was sent',
  ])
  assert.deepEqual([lying[0], lying[2]], ['warn letters: 1 of more than a week ago still lie in /outbox/print.', 'warn SMS gateway: URL answers with 401.'])
  assert.match(gone[2] ?? '', /^fail SMS gateway: URL does not answer/)
  assert.deepEqual(asked, ['OPTIONS Bearer secret', 'OPTIONS Bearer secret'])
})
