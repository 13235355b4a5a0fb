import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { administrationsKind } from '#ledger'
import { createSettings, readSettingsFiles } from '#settings'
import { type ApplyFlags, putInForce } from '../../src/cli/settings/put-in-force.ts'
import { duncan, duncanProcess } from '../support/cli.ts'
import { createTestDatabase } from '../support/database.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const administration = (name: string) => `administrations:
  nord: { name: ${name}, country: NL, language: nl, currency: EUR, timeZone: Europe/Amsterdam }
`
const wrong = 'administrations:\n  nord: { name: A, country: NL, langauge: nl, currency: EUR, timeZone: Europe/Amsterdam }\nmailbox: {}\n'

test('settings are applied, taken back and exported from the command line', async t => {
  const { url, client } = await createTestDatabase(t)
  const file = join(temporaryFolder(t), 'company.yaml')
  const run = (...args: string[]) => duncan(args, { DATABASE_URL: url })
  writeFileSync(file, administration('Nordlicht'))

  const applied = await run('apply', file, '--yes', '--note', 'a beginning')
  writeFileSync(file, administration('Südlicht'))
  await createSettings({ client, kinds: [administrationsKind] }).apply(readSettingsFiles([file]), { actor: 'staff:1' })
  const back = await run('settings', 'rollback', '1', '--yes')
  const history = await run('settings', 'history')
  const exported = await run('export')
  const overwriting = await run('export', join(file, '..'))

  assert.equal(applied.code, 0, applied.err)
  assert.match(back.out, /~ administrations\.nord\.name: "Südlicht" → "Nordlicht"\n.*\nVersion 3 is in force/)
  assert.match(history.out, /^ {3}3 .* cli {2}back to version 1\n {3}2 .* staff:1\n {3}1 .* cli {2}a beginning\n$/)
  assert.equal(overwriting.code, 2)
  assert.match(overwriting.err, /holds company\.yaml already/)
  assert.match(exported.out, /^administrations:\n {2}nord:\n {4}name: Nordlicht\n/)
})

test('a wrong call of a command below another one ends with 64', async () => {
  const { code, err } = await duncanProcess(['settings', 'show', 'newest'])

  assert.equal(code, 64)
  assert.match(err, /A version is a number/)
})

/** `duncan apply` in this process, on administrations alone. */
async function openApply(t: TestContext) {
  const { client } = await createTestDatabase(t)
  const file = join(temporaryFolder(t), 'company.yaml')
  const settings = createSettings({ client, kinds: [administrationsKind] })
  const [out, err] = [t.mock.method(console, 'log', () => undefined), t.mock.method(console, 'error', () => undefined)]
  const said = (calls: typeof out) => calls.mock.calls.splice(0).map(({ arguments: [text] }) => String(text))
  return {
    client,
    apply: async (yaml: string, flags: ApplyFlags) => {
      writeFileSync(file, yaml)
      out.mock.resetCalls()
      err.mock.resetCalls()
      const code = await putInForce(settings, readSettingsFiles([file]), flags)
      return { code, out: said(out).join('\n'), err: said(err).join('\n') }
    },
  }
}

test('what settings change is shown before it is applied', async t => {
  const { apply } = await openApply(t)

  const first = await apply(administration('Nordlicht'), { yes: true })
  const second = await apply(administration('Südlicht'), { yes: true })
  const third = await apply(administration('Südlicht'), { yes: true })

  assert.match(first.out, / {2}\+ administrations\.nord\.name: "Nordlicht"[\s\S]*\n5 added, 0 changed, 0 removed\nVersion 1 is in force/)
  assert.match(second.out, / {2}~ administrations\.nord\.name: "Nordlicht" → "Südlicht"\n0 added, 1 changed, 0 removed\nVersion 2/)
  assert.deepEqual([third.code, third.out], [0, 'Nothing changes: all of this is in force already.'])
})

test('where nobody can be asked, and in a dry run, nothing is applied', async t => {
  const { client, apply } = await openApply(t)

  const dry = await apply(administration('Nordlicht'), { dryRun: true, json: true })
  await assert.rejects(apply(administration('Nordlicht'), { json: true }), { code: 'settings.unconfirmed', remedy: /--yes/ })

  const plan = JSON.parse(dry.out) as { kind: string; base: number; changes: unknown[] }
  assert.deepEqual([dry.code, plan.kind, plan.base, plan.changes.length], [0, 'changes', 0, 5])
  assert.equal(await client.settingsVersion.count(), 0)
})

test('faults are told by file, line and column, and nothing is applied', async t => {
  const { client, apply } = await openApply(t)

  const { code, err } = await apply(wrong, { yes: true })

  assert.equal(code, 1)
  assert.match(err, /company\.yaml:2:33 {2}administrations\.nord\.langauge: is not known here\n {4}→ Did you mean language\?/)
  assert.match(err, /3 faults; nothing was applied\./)
  assert.equal(await client.settingsVersion.count(), 0)
})
