import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Staff } from '#people'
import type { ButtonAction } from '../../../src/chat/button-rights.ts'
import { createConsoleClient } from '../../support/console-client.ts'
import { administrationOf, administrations, aWorld, debtorCount, type MailPlan, mailboxes, placesOf, type WorldMail } from './sight-world.ts'

type World = Awaited<ReturnType<typeof aWorld>>

const mailPlan: fc.Arbitrary<MailPlan> = fc.record({
  mailbox: fc.nat(mailboxes.length - 1),
  folders: fc.subarray([0, 1]),
  debtors: fc.uniqueArray(fc.nat(debtorCount - 1), { maxLength: 2 }),
  thread: fc.nat(2),
  direction: fc.constantFrom('in', 'in', 'in', 'out'),
})
const places = mailboxes.flatMap(key => [key, `${key}/INBOX`, `${key}/Archive/2026`])
const staffPlan = fc.record({
  administrations: fc.oneof(fc.constant<string[]>(['*']), fc.subarray(administrations)),
  mailboxes: fc.oneof(fc.constant<string[]>(['*']), fc.subarray(places)),
  role: fc.constantFrom('viewer', 'collector', 'manager', 'admin'),
})

// What a person may see, said once more in the words of the rule.
const seesDebtor = ({ administrations: codes }: Staff, debtor: number) => codes.includes('*') || codes.includes(administrationOf(debtor))
const seesMail = (staff: Staff, mail: WorldMail) =>
  (staff.mailboxes.includes('*') || placesOf(mail).some(place => staff.mailboxes.includes(place))) && mail.debtors.every(debtor => seesDebtor(staff, debtor))

type Answer = { asked: string; answer: string }

/** Asks for everything by every way there is, with every id and name that there is; returns each question with its answer. */
async function askEverything({ url, link, chat, debtors, mails, client }: World, staff: Staff): Promise<Answer[]> {
  const browser = createConsoleClient(url)
  await browser.signIn(await link(staff))
  const answers: Answer[] = []
  const get = async (path: string) => void answers.push({ asked: path, answer: JSON.stringify((await browser.get(path)).body) })
  const channel = 'box-a'
  const outcome = async (asked: string, path: string, body: unknown) => {
    const { body: told } = await browser.post(path, body)
    // A private answer is a post, which is read like any other.
    const card = told.kind === 'private' ? (await browser.get(`/posts/${told.postId}`)).body : undefined
    answers.push({ asked, answer: JSON.stringify([told, card]) })
  }
  const type = (text: string) => outcome(text, '/command', { channel, text })
  const press = (action: string, data: Record<string, string>, values: Record<string, string> = {}) =>
    outcome(`${action} ${JSON.stringify([data, values])}`, '/click', { postId: null, channel, action, data, values })
  const download = async (file: string) => {
    const response = await fetch(`${url}/api/files/${file}`, { headers: { cookie: browser.cookie() } })
    answers.push({ asked: file, answer: (await response.text()) + (response.headers.get('content-disposition') ?? '') })
  }

  const shared = await client.chatPost.findMany({ where: { privateTo: null, parentId: null }, select: { id: true } })
  const questions = [
    ...['/me', '/channels', ...[...mailboxes, 'books-a', 'archive', 'ops'].map(key => `/channels/${key}/posts`)].map(path => () => get(path)),
    ...shared.flatMap(({ id }) => [() => get(`/posts/${id}`), () => get(`/posts/${id}/thread`)]),
    ...['/debtor kwekerij', '/duncan find kwekerij', '/duncan find open:>0', '/actions mine', '/actions team', '/duncan cover', '/duncan staff'].map(
      text => () => type(text),
    ),
    // Of each administration's two debtors one is asked for by id, the other by what it is called.
    ...debtors.flatMap(({ id, number, name, invoice, index }) =>
      index % 2 === 0
        ? [() => get(`/debtors/${id}`), () => press('debtor.show', { debtor: String(id) }), () => press('debtor.inbox', { debtor: String(id) })]
        : [() => type(`/debtor ${number}`), () => type(`/inbox ${name}`), () => type(`/duncan find ${invoice}`)],
    ),
    ...mails.flatMap(({ id, proposalId, attachmentId }) => [
      () => download(`attachments/${attachmentId}`),
      () => download(`mails/${id}`),
      ...(proposalId === null
        ? []
        : [
            () => type(`/duncan why ${proposalId}`),
            ...buttons.map(action => () => press(action, { proposal: String(proposalId), action: '0' }, { query: 'kwekerij' })),
          ]),
    ]),
  ]
  const asking = questions.values()
  await Promise.all(
    Array.from({ length: 6 }, async () => {
      for (const ask of asking) await ask()
    }),
  )
  return [...answers, ...(await hearEverything(browser, { chat, mails, client }))]
}

// A press without the card's version is refused, on a card that is seen, before it decides: nothing changes here.
const buttons = ['proposal.show', 'proposal.edit', 'proposal.link', 'action.undo'] as const satisfies ButtonAction[]

/** What an open page hears while every card is drawn anew. */
async function hearEverything(
  browser: ReturnType<typeof createConsoleClient>,
  { chat, mails, client }: Pick<World, 'chat' | 'mails' | 'client'>,
): Promise<Answer[]> {
  const events = await browser.events()
  await events.next('hello')
  await client.chatPost.updateMany({ where: { subject: { startsWith: 'proposal:' } }, data: { card: { title: 'x', elements: [], fallback: 'x' } } })
  for (const { proposalId } of mails) if (proposalId !== null) await chat.postProposal(proposalId)
  const { body: last } = await browser.post('/command', { channel: 'box-a', text: '/duncan help' })
  const heard: Answer[] = []
  for (;;) {
    const event = await events.next('post')
    heard.push({ asked: 'events', answer: JSON.stringify(event) })
    if (event.id === last.postId) break
  }
  events.close()
  return heard
}

test('no answer of the console holds an id, a name or a text that is out of the asker’s sight, whatever is asked', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(mailPlan, { minLength: 5, maxLength: 5 }),
      fc.array(staffPlan, { minLength: 2, maxLength: 2 }),
      fc.boolean(),
      async (plans, staff, isRouted) => {
        const cleanUp: (() => Promise<void>)[] = []
        const world = await aWorld({ after: hook => void cleanUp.push(hook as () => Promise<void>) }, plans, staff, isRouted)
        try {
          for (const person of world.people) {
            const answers = await askEverything(world, person)
            const hidden = [
              ...world.mails.filter(mail => !seesMail(person, mail)).flatMap(({ tokens }) => tokens),
              ...world.debtors.filter(({ index }) => !seesDebtor(person, index)).flatMap(({ tokens }) => tokens),
            ]
            const leaks = answers.flatMap(({ asked, answer }) =>
              hidden.filter(token => answer.includes(token) && !asked.includes(token)).map(token => `${asked} → ${token}`),
            )
            assert.deepEqual(leaks, [])
            const shown = world.mails.filter(mail => mail.proposalId !== null && seesMail(person, mail))
            const team = answers.find(({ asked }) => asked === '/actions team')
            assert.ok(team, 'it was asked')
            for (const { proposalId } of shown) {
              const why = answers.find(({ asked }) => asked === `/duncan why ${proposalId}`)
              assert.ok(why && !why.answer.includes('refused'), `proposal ${proposalId} is there for who may see it`)
            }
          }
        } finally {
          for (const hook of cleanUp) await hook()
        }
      },
    ),
    { numRuns: 2, endOnFailure: true },
  )
})
