import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { Provider } from 'oidc-provider'

type Claims = { email?: string; email_verified?: boolean; xms_edov?: boolean }

/** A company's sign-in service on loopback. Whoever types a name into its own pages gets the claims of that name; `claims` may change. */
export async function startSignInService(t: TestContext, redirectUri: string, claims: Record<string, Claims>) {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const secret = 'a-secret-of-the-tests'
  const requests: URL[] = []
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'duncan',
        client_secret: secret,
        redirect_uris: [redirectUri],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified', 'xms_edov'] },
    pkce: { required: () => true },
    cookies: { keys: ['keys-of-the-tests'] },
    features: { devInteractions: { enabled: true } },
    ttl: { Session: 600, Interaction: 600, Grant: 600, AuthorizationCode: 60, AccessToken: 600, IdToken: 600 },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ sub, ...claims[sub] }) }),
  })
  const handle = provider.callback()
  server.on('request', (request, response) => {
    requests.push(new URL(request.url ?? '/', issuer))
    void handle(request, response)
  })
  t.after(async () => {
    server.closeAllConnections()
    await new Promise(resolve => server.close(resolve))
  })
  return { issuer, secret, requests }
}
