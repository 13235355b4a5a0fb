import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Router } from 'express'
import { openSession, peopleConfig, type Staff } from '#people'
import { fixedClock } from '#platform'
import { buttonRights } from '../../../src/chat/button-rights.ts'
import { routeRights } from '../../../src/chat/console/route-rights.ts'
import { createConsoleClient } from '../../support/console-client.ts'
import { aWorld, type MailPlan } from './sight-world.ts'
import { startConsole } from './start-console.ts'

// Whatever the router has is asked for: a route or a button that somebody adds without its right, or without saying below what of it
// could be somebody else's, fails here.

type Layer = { rawPath?: unknown; route?: { path: string | string[]; methods: Record<string, boolean> }; handle: { stack?: Layer[] } }

/** Every route of a router with all that are mounted in it, as `GET /api/posts/:id`. */
function routesOf(stack: Layer[], prefix = ''): string[] {
  return stack.flatMap(({ rawPath, route, handle }) => {
    if (route) return [route.path].flat().flatMap(path => Object.keys(route.methods).map(method => `${method.toUpperCase()} ${prefix}${path}`))
    return handle.stack ? routesOf(handle.stack, rawPath === '/' ? prefix : prefix + String(rawPath)) : []
  })
}

/** What is there for everybody: pages without data, and the ways to sign in. */
const open = [
  'GET /',
  'GET /debtors',
  'GET /debtors/:id',
  'GET /sign-in',
  'GET /sign-in/service',
  'GET /sign-in/callback',
  'GET /assets/adaptivecards.js',
  'GET /api/words',
  'GET /api/sign-in',
  'POST /api/sign-in',
  'POST /api/sign-out',
]

const split = (route: string): [string, string] => route.split(' ') as [string, string]
const nobody = async () => ({ DUNCAN_OIDC_ISSUER: 'http://127.0.0.1:9', DUNCAN_OIDC_CLIENT_ID: 'duncan', DUNCAN_OIDC_CLIENT_SECRET: 'x' })

test('every route that the console has is open on purpose or in the table of rights, which names no route that is not there; none of these is there for strangers or for other sites', async t => {
  const demo = { personas: async () => [], write: async () => undefined }
  const { router, url, link, eva } = await startConsole(t, [], { demo, people: nobody })
  const routes = routesOf((router as Router & { stack: Layer[] }).stack).map(route => route.replace(/(?<=\w)\/$/, ''))
  const browser = createConsoleClient(url)
  await browser.signIn(await link(eva))
  const wrong: string[] = []

  for (const route of Object.keys(routeRights)) {
    const [method, path] = split(route)
    const there = path.replaceAll(/:\w+/g, '1')
    const ask = (headers: Record<string, string>) => fetch(`${url}/api${there}`, { method, headers, ...(method === 'POST' && { body: '{}' }) })
    const stranger = await ask({ 'x-duncan': '1', cookie: 'duncan_session=made-up' })
    if (stranger.status !== 401 || (await stranger.text()) !== '{"error":"signed_out"}') wrong.push(`${route} answers strangers ${stranger.status}`)
    if (stranger.headers.get('cache-control') !== 'no-store') wrong.push(`${route} may be kept by caches`)
    if (method === 'GET') continue
    const cookie = browser.cookie()
    const forged = [{ cookie }, { cookie, 'x-duncan': '1', origin: 'https://evil.example' }, { cookie, 'x-duncan': '1', 'sec-fetch-site': 'same-site' }]
    for (const headers of forged) if ((await ask(headers)).status !== 403) wrong.push(`${route} is open to ${JSON.stringify(headers)}`)
  }

  assert.deepEqual(wrong, [])
  assert.deepEqual(routes.toSorted(), [...open, ...Object.keys(routeRights).map(route => route.replace(' ', ' /api'))].toSorted())
})

const toldOf = (outcome: unknown, id: number): string => JSON.stringify(outcome).replaceAll(String(id), '#')

const mailAt = (mailbox: number, debtor: number): MailPlan => ({ mailbox, folders: [0], debtors: [debtor], thread: 0, direction: 'in' })

test('what is out of somebody’s sight answers every route and every button as if it were not there', async t => {
  const roles = ['viewer', 'collector', 'approver', 'manager', 'admin']
  const sight = { administrations: ['adm-a'], mailboxes: ['box-a'] }
  const world = await aWorld(
    t,
    [mailAt(0, 0), mailAt(1, 4)],
    roles.map(role => ({ ...sight, role })),
    false,
  )
  const { client, chat, url, link, mails, debtors } = world
  const [, hidden] = mails
  const debtor = debtors[4]
  assert.ok(hidden && debtor && hidden.proposalId !== null)
  const post = await client.chatPost.findFirstOrThrow({ where: { subject: `proposal:${hidden.proposalId}` } })
  const action = await client.proposedAction.findFirstOrThrow({ where: { proposalId: hidden.proposalId } })
  const owner = await client.staff.create({ data: { id: 990_001, key: 'owner', name: 'Owner', email: 'owner@creditor.example', role: 'collector' } })
  const sessions = { client, clock: fixedClock('2026-11-23T09:00:00Z'), rules: peopleConfig.parse({}) }
  await openSession(sessions, owner.id, { via: 'link', browser: 'Firefox, Linux' })
  const { tokenHash } = await client.session.findFirstOrThrow({ where: { staffId: owner.id } })
  const session = await client.session.update({ where: { tokenHash }, data: { id: 990_002 } })
  const { administrationId } = await client.debtor.findUniqueOrThrow({ where: { id: debtor.id } })
  const payment = await client.payment.create({
    data: {
      administrationId,
      debtorId: debtor.id,
      id: 990_003,
      reference: 'x',
      amount: 5,
      currency: 'EUR',
      receivedOn: new Date('2026-11-20'),
      source: 'bank',
      status: 'review',
    },
  })

  const handedOver = { kind: 'hand_over', actionId: 1, invoiceIds: [] }
  const entry = { debtorId: debtor.id, kind: 'hand_over', status: 'proposed', surface: 'duncan', formKey: 'x', payload: handedOver }
  const { id: entryId } = await client.debtorEntry.create({ data: entry })

  const absent = 987_654
  // Of every route with an id: an address of something hidden, and the same of nothing.
  const addresses: Record<string, [string, string]> = {
    'GET /channels/:channel/posts': ['/channels/box-b/posts', '/channels/nowhere/posts'],
    'GET /posts/:id': [`/posts/${post.id}`, `/posts/${absent}`],
    'GET /posts/:id/thread': [`/posts/${post.id}/thread`, `/posts/${absent}/thread`],
    'POST /posts/:id/thread': [`/posts/${post.id}/thread`, `/posts/${absent}/thread`],
    'POST /posts/:id/share': [`/posts/${post.id}/share`, `/posts/${absent}/share`],
    'DELETE /posts/:id': [`/posts/${post.id}`, `/posts/${absent}`],
    'DELETE /sessions/:id': [`/sessions/${session.id}`, `/sessions/${absent}`],
    'GET /debtors/:id': [`/debtors/${debtor.id}`, `/debtors/${absent}`],
    'GET /files/attachments/:id': [`/files/attachments/${hidden.attachmentId}`, `/files/attachments/${absent}`],
    'GET /files/pictures/:id': [`/files/pictures/${hidden.attachmentId}`, `/files/pictures/${absent}`],
    'GET /files/mails/:id': [`/files/mails/${hidden.id}`, `/files/mails/${absent}`],
    'GET /files/reports/:report': ['/files/reports/999', `/files/reports/${absent}`],
    'GET /files/actions/:id/:index': [`/files/actions/${action.id}/0`, `/files/actions/${absent}/0`],
    'GET /files/entries/:id': [`/files/entries/${entryId}`, `/files/entries/${absent}`],
    'GET /seen': [`/seen?ids=${post.id}`, `/seen?ids=${absent}`],
    'GET /debtors': [`/debtors?q=${debtor.number}`, '/debtors?q=DEB0000000'],
  }
  const withIds = Object.keys(routeRights).filter(route => route.includes(':') && !route.includes('/demo/'))
  assert.deepEqual(
    withIds.filter(route => !(route in addresses)),
    [],
    'a route with an id says here what could be somebody else’s',
  )
  const known = {
    proposal: hidden.proposalId,
    action: action.id,
    debtor: debtor.id,
    payment: payment.id,
    original: payment.id,
    session: session.id,
    staff: owner.id,
  }
  const wrong: string[] = []

  for (const person of world.people) {
    const browser = createConsoleClient(url)
    await browser.signIn(await link(person))
    for (const [route, [there, nowhere]] of Object.entries(addresses)) {
      const [method] = split(route)
      const body = method === 'POST' ? { text: 'x' } : undefined
      const [first, second] = [await browser.call(method, there, body), await browser.call(method, nowhere, body)]
      const told = [first, second].map(({ status, body: answer }) => JSON.stringify([status, answer]).replaceAll(debtor.number, 'DEB0000000'))
      if (told[0] !== told[1]) wrong.push(`${person.role}: ${route} tells ${told[0]} instead of ${told[1]}`)
    }
    for (const pressed of Object.keys(buttonRights)) {
      // Administrators see everybody's sessions.
      if (pressed === 'session.end' && person.role === 'admin') continue
      const press = (ids: Record<string, number>) =>
        chat.click({
          staff: person,
          surface: 'console',
          action: pressed,
          data: { ...Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, String(id)])), version: '0', candidate: '0', query: 'DEB0000000' },
          values: { owner: '1', reason: 'x', day: '2027-01-01', numbers: '1' },
        })
      const [there, nowhere] = [await press(known), await press(Object.fromEntries(Object.keys(known).map(name => [name, absent])))]
      const answers = [Object.values(known).reduce((text, id) => toldOf(JSON.parse(text), id), JSON.stringify(there)), toldOf(nowhere, absent)]
      if (answers[0] !== answers[1]) wrong.push(`${person.role}: ${pressed} tells ${answers[0]} instead of ${answers[1]}`)
    }
  }

  assert.deepEqual(wrong, [])
  assert.deepEqual([await client.decision.count(), await client.session.count({ where: { staffId: owner.id } })], [0, 1], 'nothing was done')
  assert.equal((await client.payment.findUniqueOrThrow({ where: { id: payment.id } })).status, 'review')
})

test('somebody whose rights ended a moment ago presses in vain, on whatever card they still have before them', async t => {
  const { client, chat, mails, people } = await aWorld(t, [mailAt(0, 0)], [{ administrations: ['*'], mailboxes: ['*'], role: 'collector' }], false)
  const [mail, person] = [mails[0], people[0]]
  assert.ok(mail?.proposalId && person)
  const actionId = (await client.proposedAction.findFirstOrThrow({ where: { proposalId: mail.proposalId } })).id
  const press = async (staff: Staff, action: string) => {
    const data = { proposal: String(mail.proposalId), action: String(actionId) }
    const outcome = await chat.click({ staff, surface: 'console', action, data, values: { reason: 'x' } })
    return outcome.kind
  }
  const kinds: string[] = []

  // The page's request was let in with the rights of the moment before: `person` is as it was then.
  await client.staff.update({ where: { id: person.id }, data: { mailboxes: ['box-b'] } })
  for (const action of ['proposal.approve', 'proposal.reject_for', 'proposal.second_vote', 'action.undo']) kinds.push(await press(person, action))
  await client.staff.update({ where: { id: person.id }, data: { mailboxes: ['*'], active: false } })
  for (const action of ['proposal.approve', 'proposal.reject_for', 'proposal.second_vote', 'action.undo']) kinds.push(await press(person, action))

  assert.deepEqual([...new Set(kinds)], ['refused'])
  assert.equal(await client.decision.count(), 0)
})
