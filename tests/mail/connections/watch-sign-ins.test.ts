import assert from 'node:assert/strict'
import { suite, type TestContext, test } from 'node:test'
import { mailboxesKind, withSecrets } from '#mail'
import { createOps, createQueue, opsRaised, silentLog } from '#platform'
import { createSignIns } from '../../../src/mail/connections/sign-ins.ts'
import { checkSignIns } from '../../../src/mail/connections/watch-sign-ins.ts'
import { duncanClient } from '../../support/identity-provider.ts'
import { aSignedInMailbox, type SignedIn } from '../../support/signed-in.ts'

type Options = NonNullable<Parameters<typeof aSignedInMailbox>[1]>

async function watched(t: TestContext, { signInDays, ...options }: Options & { signInDays?: number } = {}) {
  const hooks: (() => unknown)[] = []
  const mailbox: SignedIn = await aSignedInMailbox({ after: hook => void hooks.push(hook as () => unknown) }, options)
  const { database, clock, secrets, idp } = mailbox
  const queue = createQueue(database, silentLog, [opsRaised])
  await queue.start()
  t.after(async () => {
    await queue.stop() // before its database
    for (const hook of hooks) await hook()
  })
  const section = mailboxesKind.schema.parse({
    debtors: {
      kind: 'imap',
      address: 'debtors@creditor.example',
      host: 'imap.creditor.example',
      user: 'debtors@creditor.example',
      oauth: { provider: 'custom', issuer: idp.issuer, scopes: ['offline_access'], clientId: 'duncan', clientSecretEnv: 'CLIENT_SECRET', signInDays },
    },
  })
  const settings = () => withSecrets('debtors', section.debtors ?? assert.fail(), { CLIENT_SECRET: duncanClient.client_secret })
  const signIns = createSignIns({ client: database.client, secrets, clock, log: silentLog, waits: [] })
  const ops = createOps(database.client, queue)
  await database.client.mailbox.create({ data: { key: 'debtors', address: 'debtors@creditor.example', kind: 'imap', startAt: new Date(), status: 'ok' } })
  const check = async () => {
    await checkSignIns({ client: database.client, clock, log: silentLog, ops, signIns, warningDays: 7, mailboxes: async () => [settings] })
    return database.client.opsAlert.findMany({ where: { resolvedAt: null } })
  }
  return { ...mailbox, check, client: database.client }
}

suite('the watch over sign-ins', () => {
  test('renews an access token before anybody has to wait for it', async t => {
    const { check, clock, idp } = await watched(t)

    clock.advance({ minutes: 40 })
    await check()
    const early = [...idp.asked]
    clock.advance({ minutes: 12 })
    const alerts = await check()

    assert.deepEqual([early, idp.asked, alerts], [[], ['refresh_token'], []])
  })

  test('tells a week before a sign-in ends, once, and is content when somebody signs in again', async t => {
    const day = 86_400
    const { check, clock, signIn, client } = await watched(t, { refreshSeconds: 30 * day })

    clock.advance({ hours: 24 * 20 })
    await client.mailSignIn.updateMany({
      data: { expiresAt: new Date(clock.now().add({ hours: 24 * 8 }).epochMilliseconds), accessExpiresAt: new Date('2100-01-01') },
    })
    const eightDays = await check()
    clock.advance({ hours: 25 })
    const sixDays = await check()
    const again = await check()
    await signIn()
    const renewed = await check()

    assert.deepEqual(eightDays, [])
    assert.match(sixDays[0]?.problem ?? '', /^The sign-in of the mailbox debtors ends on \d{4}-\d\d-\d\d\.$/)
    assert.equal(sixDays[0]?.remedy, 'Run `duncan connect debtors` before.')
    assert.deepEqual(
      again.map(({ id }) => id),
      sixDays.map(({ id }) => id),
    )
    assert.deepEqual(renewed, [])
  })

  test('takes the end that the provider tells with a token', async t => {
    const { check } = await watched(t, { refreshSeconds: 5 * 86_400 })

    const alerts = await check()

    assert.equal(alerts.length, 1)
  })

  test('takes the rule of a provider that does not tell from the settings', async t => {
    const { check, clock } = await watched(t, { signInDays: 90 })

    clock.advance({ hours: 24 * 82 })
    const before = await check()
    clock.advance({ hours: 24 * 2 })
    const alerts = await check()

    assert.deepEqual(before, [])
    assert.match(alerts[0]?.problem ?? '', /ends on/)
  })

  test('tells of a refresh that fails for an hour while the mailbox still works', async t => {
    const { check, clock, idp } = await watched(t)
    const down = () => idp.faults.push({ status: 503 })

    clock.advance({ minutes: 55 })
    down()
    const first = await check()
    clock.advance({ minutes: 61 })
    down()
    const hourLater = await check()
    const back = await check()

    assert.deepEqual(first, [])
    assert.match(hourLater[0]?.problem ?? '', /cannot be refreshed for more than an hour \(it answered 503\)/)
    assert.deepEqual(back, [])
  })

  test('tells of a sign-in that was taken back while the mailbox still works; one that fails speaks for itself', async t => {
    const { check, clock, idp, client } = await watched(t)

    clock.advance({ minutes: 55 })
    idp.revokeAll()
    const working = await check()
    await client.mailbox.updateMany({ data: { status: 'failing' } })
    const failing = await check()

    assert.deepEqual(
      working.map(({ problem, remedy }) => [/is over \(invalid_grant\)/.test(problem), remedy]),
      [[true, 'Run `duncan connect debtors`.']],
    )
    assert.deepEqual(failing, [])
  })
})
