import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Page } from 'playwright-core'
import { type Clock, fixedClock } from '#platform'
import { openBrowser } from '../../support/browser.ts'
import { startSignInService } from '../../support/sign-in-service.ts'
import { serve, startConsole } from './start-console.ts'

const jan = { email: 'Jan@harbourlight.example', email_verified: true }

/** A console whose people sign in by the company's service; `claims`: what the service says of whom. */
async function aCompany(t: TestContext, claims: Parameters<typeof startSignInService>[2], clock?: Clock) {
  let service: Awaited<ReturnType<typeof startSignInService>> | undefined
  const people = async (url: string) => {
    service = await startSignInService(t, `${url}/sign-in/callback`, claims)
    return { DUNCAN_OIDC_ISSUER: service.issuer, DUNCAN_OIDC_CLIENT_ID: 'duncan', DUNCAN_OIDC_CLIENT_SECRET: service.secret, DUNCAN_OIDC_NAME: 'Harbourlight' }
  }
  const console = await startConsole(t, [], { people, ...(clock && { clock }) })
  assert.ok(service)
  return { ...console, service }
}

async function signInAs(page: Page, url: string, name: string): Promise<void> {
  await page.goto(`${url}/sign-in`)
  await page.getByRole('link', { name: 'Sign in with Harbourlight' }).click()
  await page.locator('input[name=login]').fill(name)
  await page.locator('input[name=password]').fill('any')
  await page.locator('button[type=submit]').click()
  await page.locator('button[type=submit]').click() // the service asks whether Duncan may know the address
}

/** What a browser without a page gets: where it is sent, and the cookie that it must bring back. */
async function ask(url: string, path: string, cookie = '') {
  const response = await fetch(`${url}${path}`, { redirect: 'manual', headers: { cookie } })
  const set = response.headers.getSetCookie().map(line => line.split(';')[0] ?? '')
  return { status: response.status, location: response.headers.get('location') ?? '', cookies: response.headers.getSetCookie(), cookie: set.join('; ') }
}

test('in the browser: somebody signs in by the company’s service, sees where they are signed in, and signs out', async t => {
  const browser = await openBrowser(t)
  if (!browser) return
  const { client, url, service } = await aCompany(t, { jan })
  const page = await browser.newPage()

  await signInAs(page, url, 'jan')
  await page.getByText('Jan Willems').waitFor()
  const sessions = await client.session.findMany()
  await page.getByRole('button', { name: 'Where you are signed in' }).click()
  await page.getByRole('dialog').getByText('by company sign-in').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('heading', { name: 'Sign in to Duncan' }).waitFor()

  assert.deepEqual(
    sessions.map(({ via, browser: name }) => [via, name]),
    [['oidc', 'Chrome, Linux']],
  )
  assert.deepEqual([await client.session.count(), await client.signInAttempt.count()], [0, 0])
  const asked = service.requests.find(({ pathname }) => pathname === '/auth')?.searchParams
  assert.deepEqual([asked?.get('response_type'), asked?.get('code_challenge_method'), asked?.get('scope')], ['code', 'S256', 'openid email'])
  assert.ok(asked?.get('state') && asked.get('nonce') && asked.get('code_challenge'))
})

test('in the browser: who is unknown here, was switched off, or has no verified address is told so, and gets no account; the domain owner’s word is enough', async t => {
  const browser = await openBrowser(t)
  if (!browser) return
  const email = 'eva@harbourlight.example'
  const { client, url, vic } = await aCompany(t, {
    stranger: { email: 'stranger@harbourlight.example', email_verified: true },
    unverified: { email, email_verified: false },
    eva: { email, xms_edov: true },
    vic: { email: 'vic@harbourlight.example', email_verified: true },
  })
  await client.staff.update({ where: { id: vic.id }, data: { active: false } })
  const told: string[] = []

  for (const name of ['stranger', 'unverified', 'vic']) {
    const page = await (await browser.newContext()).newPage()
    await signInAs(page, url, name)
    await page.getByRole('alert').waitFor()
    told.push((await page.getByRole('alert').innerText()).split(',')[0] ?? '')
  }

  const notHere = 'You are signed in with your company'
  assert.deepEqual(told, [notHere, 'Your company’s sign-in does not confirm your mail address', notHere])
  assert.deepEqual([await client.staff.count(), await client.session.count()], [3, 0])
  const page = await (await browser.newContext()).newPage()
  await signInAs(page, url, 'eva')
  await page.getByText('Eva Adams').waitFor()
})

test('an answer counts once, in the browser that asked, with the state that it took along', async t => {
  const { url, client, service } = await aCompany(t, { jan })
  const start = async () => {
    const { location, cookie, cookies } = await ask(url, '/sign-in/service')
    return { state: new URL(location).searchParams.get('state') ?? '', cookie, cookies }
  }
  const [first, second, third] = [await start(), await start(), await start()]

  const answers = [
    await ask(url, `/sign-in/callback?code=x&state=${first.state}`),
    await ask(url, `/sign-in/callback?code=x&state=${second.state}`, first.cookie),
    await ask(url, `/sign-in/callback?code=x&state=${first.state}`, first.cookie),
    await ask(url, `/sign-in/callback?error=access_denied&iss=${service.issuer}&state=${third.state}`, third.cookie),
    await ask(url, `/sign-in/callback?code=invented&iss=${service.issuer}&state=${second.state}`, second.cookie),
  ]

  assert.deepEqual(
    answers.map(({ status, location }) => `${status} ${location}`),
    ['expired', 'failed', 'expired', 'refused', 'failed'].map(kind => `303 /sign-in?problem=${kind}`),
  )
  assert.match(first.cookies[0] ?? '', /^duncan_sign_in=[\w-]{40,}; Max-Age=600; Path=\/sign-in; Expires=[^;]+; HttpOnly; SameSite=Lax$/)
  assert.deepEqual([await client.session.count(), await client.signInAttempt.count()], [0, 0])
})

test('an attempt is worth nothing after ten minutes', async t => {
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const { url, client } = await aCompany(t, { jan }, clock)
  const { location, cookie } = await ask(url, '/sign-in/service')
  clock.advance({ minutes: 10 })

  const late = await ask(url, `/sign-in/callback?code=x&state=${new URL(location).searchParams.get('state')}`, cookie)

  assert.equal(late.location, '/sign-in?problem=expired')
  assert.equal(await client.signInAttempt.count(), 0)
})

const nobodyThere = async () => ({ DUNCAN_OIDC_ISSUER: 'http://127.0.0.1:9', DUNCAN_OIDC_CLIENT_ID: 'duncan', DUNCAN_OIDC_CLIENT_SECRET: 'x' })

test('a service that does not answer leads back to the page; without one there is no such way in', async t => {
  const [dead, none] = [await startConsole(t, [], { people: nobodyThere }), await startConsole(t, [])]

  const unreachable = await ask(dead.url, '/sign-in/service')
  const ways = await Promise.all([dead, none].map(async ({ url }) => (await fetch(`${url}/api/sign-in`)).json()))

  assert.equal(unreachable.location, '/sign-in?problem=unreachable')
  assert.deepEqual(ways, [{ service: '' }, { service: null }])
  assert.equal((await ask(none.url, '/sign-in/service')).status, 404)
})

const knock = (at: string, token = 'a-token-that-nobody-ever-made') => {
  const headers = { 'x-duncan': '1', origin: at, 'content-type': 'application/json' }
  return fetch(`${at}/api/sign-in`, { method: 'POST', headers, body: JSON.stringify({ token }) })
}

test('who tries too many wrong links waits for the next minute, at every process; a right link lets in all the same', async t => {
  const clock = fixedClock('2026-03-02T13:03:00Z')
  const { url, link, eva, database, chat, blobs, client } = await startConsole(t, [], { clock })
  const other = await serve(database, clock, chat, blobs)
  t.after(other.close)
  const statuses: number[] = []

  for (let turn = 0; turn < 31; turn++) statuses.push((await knock(turn % 2 ? url : other.url)).status)
  const refused = await knock(url)
  const right = await knock(other.url, new URL(await link(eva)).hash.slice(1))
  clock.advance({ minutes: 1 })
  const later = await knock(url)

  assert.deepEqual([statuses[29], statuses[30], refused.headers.get('retry-after'), right.status, later.status], [401, 429, '60', 204, 401])
  assert.ok(!JSON.stringify(await client.signInCount.findMany()).includes('127.0.0.1'), 'the address itself is not kept')
})
