import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startPaymentSandbox } from '#demo'
import { createSettings } from '#settings'
import { readAppConfig, settingsKinds } from '../../src/app.ts'
import { paymentChecks } from '../../src/cli/doctor/payment-checks.ts'
import { runAll, type Verdict } from '../../src/cli/doctor/run-checks.ts'
import { createTestDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

test('doctor looks at the address of the pages to pay on, at the account, at the provider and at the ways to pay', async t => {
  const database = await createTestDatabase(t)
  const folder = temporaryFolder(t)
  const sandbox = await startPaymentSandbox()
  t.after(() => sandbox.stop())
  const settings = createSettings({ client: database.client, kinds: settingsKinds })
  const book = { name: 'Larkspur', country: 'NL', language: 'nl', currency: 'EUR', timeZone: 'Europe/Amsterdam' }
  const apply = (iban: object, methods: string[]) =>
    settings.apply(
      {
        sections: { administrations: { main: { ...book, ...iban } }, paymentLinks: { administrations: { main: {} }, methods: { NL: methods } } },
        whole: false,
        placeOf: () => undefined,
        faults: [],
      },
      { actor: 'test' },
    )
  const verdicts = async (env: Record<string, string>): Promise<Verdict[]> => {
    const config = readAppConfig({ DUNCAN_DATA_DIR: folder, DUNCAN_PAYMENT_URL: sandbox.url, ...env })
    return runAll(await paymentChecks(config, database))
  }
  const online = { DUNCAN_PAY_URL: 'https://pay.larkspur.example', DUNCAN_PAYMENT_KEY: sandbox.key }

  const off = await verdicts({})
  await apply({}, ['ideal', 'barter'])
  const bare = await verdicts({})
  const halfway = await verdicts(online)
  await apply({ iban: 'NL02ABNA0123456789' }, ['ideal'])
  const right = await verdicts(online)
  const refused = await verdicts({ ...online, DUNCAN_PAYMENT_KEY: 'wrong' })

  assert.deepEqual(told(off), ['ok off'])
  assert.match(told(bare).join('\n'), /^warn links lead to http:.*cannot reach.*\nwarn there is none/)
  assert.deepEqual(told(halfway), ['warn pages of main name no account.', 'warn it does not offer barter.'])
  assert.match(told(right).join('\n'), /^ok they lead to https:\/\/pay\.larkspur\.example\/pay\nok answers; offers ideal/)
  assert.match(told(refused)[1] ?? '', /^fail .*HTTP 401/)
})

const told = (found: Verdict[]): string[] => found.map(({ state, message }) => `${state} ${message}`)
