import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import fc from 'fast-check'
import { anOffice, aPromise } from './support.ts'

// Four parts of 256 races: more than a thousand, of which none takes long.
const parts = ['first', 'second', 'third', 'last']
const proposalsAtOnce = 8
const roundsEach = 32

const decision = fc.record({
  kind: fc.constantFrom('approve', 'reject', 'approve_edited'),
  surface: fc.constantFrom('slack', 'teams', 'console'),
  turns: fc.integer({ min: 0, max: 30 }), // of the event loop, before it is made
})

for (const part of parts) {
  test(`two people decide one proposal at once, each from a surface of their own: one decision, and the other hears whose (${part} quarter)`, async t => {
    const office = await anOffice(t)
    const { db, proposals, jan, mia } = office
    const ids: number[] = []
    for (let index = 0; index < proposalsAtOnce; index++) ids.push(await aPromise(office))
    const pairs = fc.sample(fc.tuple(decision, decision), proposalsAtOnce * roundsEach)
    const wrong: unknown[] = []

    async function race(proposalId: number, pair: (typeof pairs)[number], reply: number): Promise<void> {
      const outcomes = await Promise.all(
        pair.map(async ({ kind, surface, turns }, index) => {
          for (let turn = 0; turn < turns; turn++) await nextTurn()
          const by = { proposalId, staffId: (index === 0 ? jan : mia).id, surface } as const
          if (kind === 'reject') return proposals.decide({ ...by, kind, reason: 'wrong' })
          return proposals.decide({ ...by, kind: 'approve', ...(kind === 'approve_edited' && { edits: [{ actionId: reply, text: 'Beste Piet' }] }) })
        }),
      )
      const select = { status: true, decidedById: true, decisions: { select: { surface: true } } } as const
      const { status, decidedById, decisions } = await db.proposal.findUniqueOrThrow({ where: { id: proposalId }, select })
      const winner = outcomes.findIndex(({ kind }) => kind === 'decided')
      const loser = outcomes[1 - winner]
      const [won, by] = winner === 0 ? [pair[0], jan] : [pair[1], mia]
      const wanted = won.kind === 'reject' ? 'rejected' : 'approved'
      const heard = loser?.kind === 'already_decided' && loser.by === by.name
      const isRight = winner >= 0 && heard && status === wanted && decidedById === by.id && decisions.length === 1 && decisions[0]?.surface === won.surface
      if (!isRight) wrong.push({ pair, outcomes, status, decisions })
      await db.$executeRaw`
        WITH undecided AS (DELETE FROM "Decision" WHERE "proposalId" = ${proposalId}),
          open AS (UPDATE "Proposal" SET status = 'open', "decidedAt" = NULL, "decidedById" = NULL, edited = FALSE WHERE id = ${proposalId})
        UPDATE "ProposedAction" SET status = 'pending', "scheduledFor" = NULL, edited = FALSE WHERE "proposalId" = ${proposalId} AND NOT protective`
    }

    await Promise.all(
      ids.map(async (id, place) => {
        const reply = await db.proposedAction.findFirstOrThrow({ where: { proposalId: id, kind: 'send_reply' }, select: { id: true } })
        for (let round = 0; round < roundsEach; round++) {
          const pair = pairs[place * roundsEach + round]
          if (pair) await race(id, pair, reply.id)
        }
      }),
    )

    assert.deepEqual(wrong.slice(0, 1), [])
  })
}
