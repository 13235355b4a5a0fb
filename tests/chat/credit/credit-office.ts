import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { createChat } from '#chat'
import { createCredit } from '#credit'
import { ensureStaff, type Role, type Staff } from '#people'
import { silentLog } from '#platform'
import { creditKind } from '../../../src/credit/rules.ts'
import { createNightWorld, type WorldDebtor } from '../../credit/night/night-world.ts'
import { chatSettings } from '../chat-settings.ts'
import { fakeProposals } from '../fake-proposals.ts'

type Given = NonNullable<Parameters<typeof createNightWorld>[2]>

/** A ledger, a bureau's sandbox and the nights between them, with people who look on and decide in chat. */
export async function aCreditOffice(t: TestContext, debtors: WorldDebtor[], given: Given = {}) {
  const world = await createNightWorld(t, debtors, given)
  const { client, clock, database, sandbox } = world
  const rules = { ...creditKind.schema.parse({ on: true }), ...given.rules }
  const credit = createCredit({
    database,
    clock,
    log: silentLog,
    config: { DUNCAN_CREDITSAFE_URL: sandbox.url, DUNCAN_CREDITSAFE_USERNAME: 'demo', DUNCAN_CREDITSAFE_PASSWORD: 'demo' },
    rules: async () => rules,
    timeZone: 'Europe/Brussels',
    queue: { sendMany: async () => undefined },
    alertRules: async () => ({}),
    segmentsOf: async () => [],
  })
  const proposals = fakeProposals(
    [],
    () => '?',
    () => new Date(clock.now().epochMilliseconds),
  )
  const chat = createChat({ client, clock, proposals, ...chatSettings, credit })
  const idOf = async (number: string) => (await client.debtor.findFirstOrThrow({ where: { number } })).id

  return {
    ...world,
    chat,
    credit,
    rules,
    idOf,
    /** A night, and the cards that it leaves. */
    nightWithCards: async () => {
      const outcome = await world.night()
      await chat.postCreditNight(outcome.runId)
      return outcome
    },
    posts: async (subject: string) =>
      (await client.chatPost.findMany({ where: { subject: { startsWith: subject } }, orderBy: { id: 'asc' } })).map(({ card, subject: of, channel }) => ({
        subject: of,
        channel,
        card: card as unknown as ShownCard,
      })),
    person: async (role: Role, more: Partial<Staff> = {}) => {
      const known = await ensureStaff(client, { key: role, name: `Name of ${role}`, email: `${role}@brightdesk.example`, role, language: 'en' })
      const staff = await client.staff.update({ where: { id: known.id }, data: { administrations: ['*'], ...more } as never })
      const asked = { staff, surface: 'console' }
      const press = (action: string, data: Record<string, string> = {}, values: Record<string, string> = {}) => chat.click({ ...asked, action, data, values })
      const type = (text: string) => chat.command({ ...asked, text })
      return { staff, press, type }
    },
  }
}

type ShownCard = {
  title: string
  subtitle?: string
  status?: { text: string }
  elements: { type: string; text?: string; note?: string }[]
  buttons: { action: string }[]
}
type Outcome = Awaited<ReturnType<ReturnType<typeof createChat>['click']>>

/** The card of an answer that shows one; fails with the answer otherwise. */
export const cardOf = (outcome: Outcome) => (outcome.kind === 'private' || outcome.kind === 'form' ? outcome.card : assert.fail(JSON.stringify(outcome)))
/** What an answer says. */
export const messageOf = (outcome: Outcome): string =>
  outcome.kind === 'done' || outcome.kind === 'refused' ? (outcome.message ?? '') : assert.fail(JSON.stringify(outcome))
/** What a card offers to choose from: text and note. */
export const picksOf = ({ elements }: { elements: readonly object[] }): string[] =>
  elements.flatMap(element =>
    'type' in element && element.type === 'pick' && 'text' in element && 'note' in element ? [[element.text, element.note].map(String).join(' | ')] : [],
  )
