import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkTeams } from '#chat'
import { silentLog } from '#platform'
import { readAppConfig } from '../../src/app.ts'
import { chatChecks } from '../../src/cli/doctor/chat-checks.ts'
import { runAll } from '../../src/cli/doctor/run-checks.ts'
import { createTestDatabase } from '../support/database.ts'
import { clientId, startTeamsConnector, tenant } from '../support/teams-connector.ts'

const channel = '19:collections@thread.tacv2'
const settings = { clientId, clientSecret: 'not used', managedIdentity: undefined, tenant }

test('the check of Teams looks at the token, its tenant and each channel, and says what to fix', async t => {
  const connector = await startTeamsConnector(t)
  const token = (claims: object) => async () => connector.token({ aud: 'https://api.botframework.com', ...claims })
  const look = (given: () => Promise<string>) => checkTeams(settings, [channel, '19:gone@thread.tacv2'], silentLog, { ...connector.peer, token: given })
  connector.readBy({ id: '29:anna' })
  connector.close('19:gone@thread.tacv2')

  const whole = await look(token({ tid: tenant.toUpperCase() }))
  const [, foreign] = await look(token({ tid: 'ffffffff-0000-4000-8000-000000000000' }))
  const none = await look(() => Promise.reject(new Error('invalid_client: AADSTS7000215')))

  assert.deepEqual(
    whole.map(({ what, ok }) => [what, ok]),
    [
      ['token', true],
      ['tenant', true],
      [`channel ${channel}`, true],
      ['channel 19:gone@thread.tacv2', false],
    ],
  )
  assert.match(JSON.stringify(whole[3]), /404.*Add the app to the team/)
  assert.match(JSON.stringify(foreign), /The token is of ffffffff.*DUNCAN_TEAMS_TENANT/)
  assert.match(JSON.stringify(none), /DUNCAN_TEAMS_CLIENT_ID/)
  assert.equal(none.length, 1)
})

test('doctor says where environment and settings differ, and which platform is routed to but not connected', async t => {
  const connector = await startTeamsConnector(t)
  const { client } = await createTestDatabase(t)
  const config = readAppConfig({
    DUNCAN_TEAMS_CLIENT_ID: clientId,
    DUNCAN_TEAMS_TENANT: tenant,
    DUNCAN_TEAMS_TEST_CONNECTOR: connector.serviceUrl,
    DUNCAN_PUBLIC_URL: 'http://duncan.example',
  })
  const apply = (workspace: string) =>
    client.settingsVersion.create({
      data: {
        actor: 'cli',
        content: { chat: { teams: { workspace, channels: { debtors: channel } }, slack: { workspace: 'T1', channels: { debtors: 'C1' } } } },
      },
    })
  const verdicts = async () => new Map((await runAll(await chatChecks(config, client))).map(verdict => [verdict.name, verdict]))

  await apply('another-tenant')
  const differing = await verdicts()
  await apply(tenant.toUpperCase())
  const same = await verdicts()

  assert.match(differing.get('Teams channels')?.message ?? '', new RegExp(`DUNCAN_TEAMS_TENANT is ${tenant}, chat.teams.workspace is another-tenant`))
  assert.equal(differing.get('Teams channels')?.state, 'fail')
  assert.match(same.get('Teams channels')?.message ?? '', /1 show cards/)
  assert.equal(same.get(`Teams channel ${channel}`)?.state, 'ok')
  assert.match(same.get('Slack')?.remedy ?? '', /DUNCAN_SLACK_BOT_TOKEN/)
  assert.equal(same.get('way in from Teams')?.state, 'ok', 'a connector of tests is on this machine')
})
