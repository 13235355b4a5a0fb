import assert from 'node:assert/strict'
import { test } from 'node:test'
import { systemClock } from '#platform'
import { createSettings } from '#settings'
import { readAppConfig, settingsKinds } from '../../src/app.ts'
import { creditChecks } from '../../src/cli/doctor/credit-checks.ts'
import { createBureauFolder, northernScales } from '../credit/bureaus/bureau-files.ts'
import { aLedger, anItem } from '../search/ledger.ts'
import { duncan } from '../support/cli.ts'
import { createTestDatabase } from '../support/database.ts'

test('credit sync and status tell of every bureau, of the rows that were left out, and of the login that is missing; so does the doctor', async t => {
  const database = await createTestDatabase(t)
  const { client, url } = database
  const { administrationId, debtors } = await aLedger(client, ['Sterk Voorbeeld B.V.', 'Zwak Voorbeeld B.V.'])
  for (const [index, { id }] of debtors.entries()) {
    await client.debtor.update({ where: { id }, data: { country: index === 0 ? 'NL' : 'FR', companyNumber: '99990001' } })
    await anItem(client, { administrationId, debtorId: id }, `F-${index}`, '2026-01-15', '1200')
  }
  const { folder, drop } = createBureauFolder(t, systemClock)
  await drop('scores.csv', 'company_number,score,rating\n99990001,7.7,AAA\n99990002,12,AAA\n')
  const northern = { kind: 'file', path: folder, countries: ['NL'], ...northernScales }
  const sections = { credit: { on: true, bureaus: { creditsafe: { kind: 'creditsafe' }, northern } } }
  await createSettings({ client, kinds: settingsKinds }).apply({ sections, whole: false, placeOf: () => undefined, faults: [] }, { actor: 'test' })

  const synced = await duncan(['credit', 'sync'], { DATABASE_URL: url })
  const status = await duncan(['creditsafe', 'status'], { DATABASE_URL: url })
  const tried = await duncan(['credit', 'alerts', '--days', '30'], { DATABASE_URL: url })
  const checks = await creditChecks(readAppConfig({ DATABASE_URL: url }), database)

  assert.deepEqual([synced.code, status.code, tried.code], [1, 1, 0])
  assert.match(tried.out, /^rule +alerts +kept back +such as\ninsolvency +0 +0\n/)
  assert.match(synced.out, /^2 debtors in scope:\n +1 {2}changed\n +0 {2}unchanged\n +1 {2}failed/)
  assert.match(synced.out, /creditsafe could not be asked: There is no login for Creditsafe\.\n→ Set DUNCAN_CREDITSAFE_USERNAME/)
  assert.match(synced.out, /northern: rows of scores\.csv that were left out: 1\n {2}line 3, score: 12 lies outside of its scale of 0 to 10/)
  assert.match(status.out, /^creditsafe \(all other countries\): There is no login\./)
  assert.match(status.out, /northern \(NL\): Active since .*\n {2}Last run: .*\n {2}Monitored: 1 of 1\.\n/)
  const [creditsafe, files] = checks
  assert.deepEqual([creditsafe?.name, files?.name], ['credit bureau creditsafe', 'credit bureau northern'])
  await assert.rejects(async () => creditsafe?.run(), { code: 'credit.no_login' })
  const found = await files?.run()
  assert.match(typeof found === 'object' ? found.warning : '', /^scores\.csv of .* has 2 companies; rows left out: 1 \(line 3, score/)
})
