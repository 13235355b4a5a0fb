import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { mailboxesKind } from '#mail'
import { newSecretKey } from '#platform'
import { newestVersion } from '#settings'
import { type Ask, createAsk } from '../../src/cli/setup/ask.ts'
import { connectMailboxStep } from '../../src/cli/setup/mailbox-step.ts'
import { keepProgress } from '../../src/cli/setup/progress.ts'
import { readAnswers } from '../../src/cli/setup/read-answers.ts'
import { runSteps } from '../../src/cli/setup/steps.ts'
import { createTestDatabase } from '../support/database.ts'
import { startDovecot, withoutDovecot } from '../support/dovecot.ts'
import { duncanClient, startIdentityProvider } from '../support/identity-provider.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** A place to set up in, with answers to every question. */
async function aPlace(t: TestContext) {
  const { client, url, ...rest } = await createTestDatabase(t)
  const folder = temporaryFolder(t)
  for (const name of ['mail/new', 'mail/cur', 'mail/tmp', 'pdf']) mkdirSync(join(folder, name), { recursive: true })
  writeFileSync(join(folder, 'list.csv'), 'Debiteur;Naam;Factuur;Vervaldatum;Bedrag\n007;Hazelaar BV;F1;25-02-2026;1.234,50\n')
  writeFileSync(
    join(folder, 'answers.yaml'),
    `company: { name: Wilgen BV, country: NL, code: 01 }
people:
  - { name: Jana Bos, email: jana@wilgen.example, key: jana }
  - { name: Tom Vis, email: tom@wilgen.example, role: collector, key: tom }
ledger: { file: "${folder}/list.csv", saveMapping: "${folder}/mapping.yaml" }
folders: { invoiceCopies: "${folder}/pdf" }
mailbox: { kind: maildir, address: debiteuren@wilgen.example, key: debiteuren, startAt: 2026-01-01, path: "${folder}/mail" }
`,
  )
  const database = { client, url, ...rest }
  return {
    folder,
    database,
    ask: createAsk(readAnswers(join(folder, 'answers.yaml'), [], {}), false),
    progress: keepProgress(() => join(folder, 'data/setup.json')),
    setup: (ask: Ask) => ({ ask, say: () => undefined, envFile: join(folder, '.env'), database }),
    /** What it comes to, wherever it lies. */
    state: async () => {
      const text = JSON.stringify([
        (await newestVersion(client))?.content,
        readFileSync(join(folder, '.env'), 'utf8'),
        readFileSync(join(folder, 'mapping.yaml'), 'utf8'),
        await client.staff.findMany({ orderBy: { id: 'asc' }, select: { key: true, role: true } }),
        await client.invoice.findMany({
          select: { number: true, amount: true, debtor: { select: { number: true } }, administration: { select: { code: true } } },
        }),
      ])
      return text.replaceAll(folder, '')
    },
  }
}

class Killed extends Error {}

/** Ends at the answer of that number, as a killed process does. */
function killedAt(ask: Ask, most: number): Ask {
  let count = 0
  const answered = () => {
    if (++count > most) throw new Killed()
    return ask
  }
  return {
    ...ask,
    text: async (...question) => answered().text(...question),
    choose: async (key, question, choices, initial) => answered().choose(key, question, choices, initial),
    confirm: async (...question) => answered().confirm(...question),
    secret: async (...question) => answered().secret(...question),
  }
}

test('a setup that is stopped after any answer ends as one that never was, and its codes keep their zeros', async t => {
  const [calm, torn] = [await aPlace(t), await aPlace(t)]
  t.mock.method(console, 'log', () => undefined) // tables

  await runSteps(calm.setup(calm.ask), calm.progress)
  let kills = 0
  for (let most = 1; ; most++) {
    try {
      await runSteps(torn.setup(killedAt(torn.ask, most)), torn.progress)
      break
    } catch (error) {
      if (!(error instanceof Killed)) throw error
      kills++
    }
  }
  writeFileSync(join(torn.folder, 'data/setup.json'), '{"compa') // as a full disk leaves it
  await runSteps(torn.setup(torn.ask), torn.progress)

  assert.ok(kills > 5, `${kills}`)
  assert.equal(await torn.state(), await calm.state())
  assert.match(await calm.state(), /"administration":\{"code":"01"\}/)
  assert.match(await calm.state(), /"path":"\/mail"/)
})

test('going through the company again keeps what somebody has changed since', async t => {
  const { setup, ask, progress, database } = await aPlace(t)
  t.mock.method(console, 'log', () => undefined)
  await runSteps(setup(ask), progress)
  const before = (await newestVersion(database.client))?.content as Record<string, Record<string, object>>
  const [segment = ''] = Object.keys(before.segments ?? {})
  const mine = { ...before, segments: { ...before.segments, [segment]: { ...before.segments?.[segment], title: 'Mine' } } }
  await database.client.settingsVersion.create({ data: { actor: 'cli', content: mine } })

  progress.forget(['company'])
  await runSteps(setup(createAsk(new Map([['company.name', 'Wilgen Nederland BV']]), false)), progress)

  const after = (await newestVersion(database.client))?.content as typeof before
  assert.deepEqual(after.segments, mine.segments)
  assert.deepEqual(Object.keys(after.administrations ?? {}), ['01'])
  assert.match(JSON.stringify(after.administrations), /Wilgen Nederland BV/)
})

test('a mailbox with a sign-in page is signed in inside the setup, and its secret stands in the env file alone', { skip: withoutDovecot() }, async t => {
  const { setup, folder, database } = await aPlace(t)
  const idp = await startIdentityProvider(t, { mailboxOf: () => 'user1' })
  const dovecot = await startDovecot(t, { tokens: { introspection: idp.introspection, mechanism: 'xoauth2' } })
  dovecot.user()
  const said: string[] = []
  process.env.DUNCAN_SECRET_KEY = newSecretKey() // else a key file would be made where the tests run
  t.after(() => delete process.env.DUNCAN_SECRET_KEY)
  t.mock.method(console, 'log', (text: string) => {
    said.push(text)
    const [, place, code] = /open (\S+) and type the code (\S+)/.exec(text) ?? []
    if (place && code) void idp.typeCode(place, code, 'ann')
  })
  const answers = {
    kind: 'oauth',
    address: 'debtors@creditor.example',
    user: 'user1',
    clientId: duncanClient.client_id,
    clientSecret: duncanClient.client_secret,
    issuer: idp.issuer,
    host: '127.0.0.1',
    port: String(dovecot.port),
    tls: 'none',
    'smtp.host': '',
    signIn: 'device',
  }

  await connectMailboxStep(setup(createAsk(new Map(Object.entries(answers).map(([key, value]) => [`mailbox.${key}`.toLowerCase(), value])), false)))

  assert.match(said.join('\n'), /✓ ann@creditor\.example signed in[^]*✓ reading: signed in; folders INBOX/)
  assert.match(readFileSync(join(folder, '.env'), 'utf8'), new RegExp(`^DEBTORS_CLIENT_SECRET=${duncanClient.client_secret}$`, 'm'))
  assert.doesNotMatch(JSON.stringify(await newestVersion(database.client)) + said.join(), new RegExp(duncanClient.client_secret))
  assert.equal(mailboxesKind.schema.safeParse(((await newestVersion(database.client))?.content ?? {}).mailboxes).success, true)
})
