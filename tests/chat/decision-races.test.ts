import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { proposalCard } from '../../src/chat/cards/proposal-card.ts'
import { proposalVersion } from '../../src/chat/cards/proposal-version.ts'
import { createChat } from '../../src/chat/chat.ts'
import type { ClickOutcome } from '../../src/chat/click.ts'
import { cardContext } from '../../src/chat/context.ts'
import { createDesk } from '../../src/chat/platforms/create-desk.ts'
import { asPost } from '../../src/chat/posts.ts'
import { anOffice, aPromise } from '../proposals/support.ts'
import { chatSettings } from './chat-settings.ts'

/** How many are tried: many more take minutes. `DUNCAN_RACES=1000 node --test …` */
const races = Number(process.env.DUNCAN_RACES ?? 12)

type State = 'open' | 'snoozed' | 'approved' | 'rejected' | 'expired'
const waiting = ['open', 'snoozed']

/** The state that decisions lead to, one after the other; fails for one that could not be made where it stands. */
function replay(kinds: string[]): State {
  let state: State = 'open'
  for (const kind of kinds) {
    assert.ok(kind === 'undo' ? state === 'approved' : waiting.includes(state), `${kind} after ${state} in ${kinds.join(', ')}`)
    if (kind === 'approve') state = 'approved'
    if (kind === 'reject') state = 'rejected'
    if (kind === 'snooze') state = 'snoozed'
    if (kind === 'undo') state = 'open'
  }
  return state
}

type Step = { who: 'jan' | 'mia'; what: string; surface: string; afterMs: number }

const step: fc.Arbitrary<Step> = fc.record({
  who: fc.constantFrom('jan', 'mia'),
  what: fc.constantFrom('approve', 'approve', 'reject_for', 'save_edited', 'snooze_until', 'undo', 'expire'),
  surface: fc.constantFrom('slack', 'teams', 'console'),
  afterMs: fc.integer({ min: 0, max: 40 }),
})

test('however two people’s clicks and its expiry fall together, each that is told “done” is one decision that was possible then, and the card says what came of it', async t => {
  const office = await anOffice(t, { DUNCAN_EXPIRE_DAYS: 30 })
  const { db, clock, proposals } = office
  const chat = createChat({ client: db, clock, proposals, ...chatSettings })
  const desk = createDesk({ client: db, clock, chat, platform: () => undefined, linksByEmail: () => false })
  const context = cardContext(chatSettings.language, chatSettings.timeZone)

  async function race(steps: Step[]): Promise<void> {
    const id = await aPromise(office)
    await db.proposal.update({ where: { id }, data: { waitingSince: new Date('2026-10-01T00:00:00Z') } })
    await chat.postProposal(id)
    const view = await office.view(id)
    const data = { proposal: String(id), version: proposalVersion(view) }
    const reply = view.actions.find(({ kind }) => kind === 'send_reply')
    const values = { reason: 'wrong', day: '2026-12-01', [`${reply?.id}.text`]: 'Beste Piet' }
    const take = async ({ who, what, surface, afterMs }: Step): Promise<ClickOutcome | undefined> => {
      await sleep(afterMs)
      if (what !== 'expire') return desk.click({ staff: office[who], surface, action: `proposal.${what}`, data, values })
      await proposals.due()
      return undefined
    }

    const outcomes = (await Promise.all(steps.map(take))).filter(outcome => outcome !== undefined)

    const decisions = await db.decision.findMany({ where: { proposalId: id }, orderBy: { id: 'asc' } })
    const { status } = await db.proposal.findUniqueOrThrow({ where: { id } })
    const led = replay(decisions.map(({ kind }) => kind))
    assert.equal(status, status === 'expired' && waiting.includes(led) ? 'expired' : led)
    assert.equal(outcomes.filter(({ kind }) => kind === 'done').length, decisions.length)
    for (const outcome of outcomes) assert.ok(outcome.kind === 'done' || (outcome.kind === 'refused' && outcome.message !== ''), outcome.kind)
    if (status === 'expired') return // its card is drawn by the job that is told of it
    const post = asPost(await db.chatPost.findFirstOrThrow({ where: { subject: `proposal:${id}`, parentId: null } }))
    assert.deepEqual(post.card, proposalCard(await office.view(id), context))
  }

  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), race), { numRuns: races, endOnFailure: true })
})
