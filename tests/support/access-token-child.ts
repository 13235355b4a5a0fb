// A Duncan process that needs a new access token again and again, as if each were refused. Prints the last one.
import { createSecrets, openDatabase, silentLog, systemClock } from '#platform'
import type { OAuthSettings } from '../../src/mail/connections/oauth-settings.ts'
import { createSignIns } from '../../src/mail/connections/sign-ins.ts'

export type AccessTokenProcess = { url: string; key: string; oauth: OAuthSettings; rounds: number }

const { url, key, oauth, rounds } = JSON.parse(process.argv[2] ?? '') as AccessTokenProcess
const database = openDatabase(url, 3)
const secrets = createSecrets({ DUNCAN_SECRET_KEY: key, DUNCAN_DATA_DIR: '/nowhere' })
const accessToken = createSignIns({ client: database.client, secrets, clock: systemClock, log: silentLog }).tokensOf('debtors', oauth)
let token = await accessToken()
for (let round = 0; round < rounds; round++) token = await accessToken(token)
console.log(token)
await database.close()
