import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { noPolicy } from '#people'
import { Prisma } from '#platform'
import { actionStatuses, type Problem, type ProposalView, proposalStatuses } from '#proposals'
import { confirmForm, reviewForm } from '../../../src/chat/bulk/forms.ts'
import { alikeOf, readLikeness } from '../../../src/chat/bulk/likeness.ts'
import { countLines, type ReceiptLine } from '../../../src/chat/bulk/outcome.ts'
import type { BulkView } from '../../../src/chat/bulk/read-bulk.ts'
import { bulkCard, foldedCard, receiptCard } from '../../../src/chat/cards/bulk-card.ts'
import { cardContext } from '../../../src/chat/context.ts'
import { renderMessage as slackMessage } from '../../../src/chat/slack/render-card.ts'
import { renderForm } from '../../../src/chat/slack/render-view.ts'
import { sizeOf } from '../../../src/chat/teams/limits.ts'
import { renderMessage as teamsMessage } from '../../../src/chat/teams/render-card.ts'
import { languages } from '../../../src/chat/words/index.ts'
import { cardProblems } from '../../support/adaptive-card.ts'
import { messageProblems, viewProblems } from '../../support/slack-lengths.ts'
import { slackSchemas } from '../../support/slack-schema.ts'
import type { Modal } from '../../support/slack-types.ts'
import { aPromise, aReply, aView } from '../views.ts'

const reply = (change: Partial<ReturnType<typeof aReply>> = {}) => aReply({ position: 0, ...change })
const statement = (change: Partial<ProposalView> = {}): ProposalView =>
  aView({ intents: [{ intent: 'statement_request', confidence: 0.95 }], actions: [reply()], message: { ...aView().message, attachments: [] }, ...change })
const twoPeople = (above: string | null) => ({ ...noPolicy, secondVotes: new Map([['send_reply', above === null ? null : new Prisma.Decimal(above)]]) })
const keyOf = (view: ProposalView, policy = noPolicy) => alikeOf(view, policy)?.key

test('only what is plain is alike: one action as it was planned, nothing that a person should look at first, nothing for two people', () => {
  const { debtor } = statement()
  const apart: Record<string, Partial<ProposalView>> = {
    'two actions': { actions: [aPromise(), reply()] },
    'nothing to do': { actions: [] },
    'decided already': { status: 'snoozed' },
    'a second vote is awaited': { status: 'awaiting_second' },
    'two intents': { intents: [...statement().intents, { intent: 'promise_to_pay', confidence: 0.6 }] },
    'not sure enough': { intents: [{ intent: 'statement_request', confidence: 0.69 }] },
    'a matter for a person': { intents: [{ intent: 'payment_details_question', confidence: 0.95 }] },
    quarantined: { quarantine: [{ kind: 'bank_change', code: 'presses' }] },
    'a warning': { warnings: [{ kind: 'stale_ledger', detail: '' }] },
    'engines differ': { disagreements: ['x'] },
    'needs a person': { needsPerson: 'unclear' },
    'a claim': { claim: { kind: 'unknown', bankDataUntil: null, payments: [], stillOpen: [] } },
    'files that nobody has read': { message: aView().message },
    edited: { edited: true },
    'edited action': { actions: [reply({ edited: true })] },
    unticked: { actions: [reply({ ticked: false })] },
    protective: { actions: [reply({ protective: true })] },
    'carried over from another mail': { actions: [reply({ messageId: 6 })] },
    'to be written': { actions: [reply({ payload: { ...reply().payload, template: 'blank' } })] },
    'no debtor': { debtor: null },
    'an amount without a rate': { atStake: null },
    'a note pinned to the debtor': { debtor: debtor && { ...debtor, pinnedNote: 'call first' } },
  }
  const other: Record<string, Partial<ProposalView>> = {
    'another language': { actions: [reply({ payload: { ...reply().payload, language: 'de' } })] },
    'another text': { actions: [reply({ payload: { ...reply().payload, template: 'statement' } })] },
    'less sure': { intents: [{ intent: 'statement_request', confidence: 0.8 }] },
    'another mailbox': { message: { ...statement().message, mailboxKey: 'other' } },
  }

  for (const [why, change] of Object.entries(apart)) assert.equal(keyOf(statement(change)), undefined, why)
  for (const [why, change] of Object.entries(other)) assert.notEqual(keyOf(statement(change)), keyOf(statement()), why)
  assert.equal(keyOf(statement({ id: 13, atStake: { currency: 'EUR', amount: '9.00' } })), keyOf(statement()))
  assert.equal(keyOf(statement(), twoPeople(null)), undefined)
  assert.equal(keyOf(statement(), twoPeople('1209.99')), undefined)
  assert.equal(keyOf(statement(), twoPeople('1210.00')), keyOf(statement()), 'a limit holds what is exactly at it')
})

const likeness = readLikeness(keyOf(statement()) ?? '')
const aLine = (proposalId: number, change: Partial<ReceiptLine> = {}): ReceiptLine => ({
  proposalId,
  debtor: `Übersee & Zonen <!channel> ${'x'.repeat(60)} ${proposalId}`,
  to: [`${'very-long-'.repeat(6)}${proposalId}@debtor.example`],
  invoices: Array.from({ length: 6 }, (_none, index) => ({
    id: proposalId * 10 + index,
    number: `INVOICE-2026-${proposalId}-${index}`,
    currency: index % 2 ? 'EUR' : 'USD',
    openAmount: '1234567.89',
  })),
  status: 'approved',
  by: 'Mia',
  decidedBy: 2,
  action: { status: 'done', scheduledFor: null, problems: [], protective: false },
  outcome: 'approved',
  problems: [],
  ...change,
})
const lines = Array.from({ length: 50 }, (_none, index) =>
  aLine(100_000 + index, index % 7 === 0 ? { outcome: 'invalid', problems: [{ code: 'said', text: 'x'.repeat(500) }] } : {}),
)
const run = { id: 3, by: 'Jan', at: new Date('2026-03-02T13:03:00Z'), isFinished: true, lines }
const bulk: BulkView = { id: 7, channel: 'debtors', likeness, waiting: lines, runs: [run] }

test('a card of fifty, its forms and its receipts are taken by Slack and by Teams in five languages, with a tick for every one', () => {
  const schemas = slackSchemas()
  for (const language of languages) {
    const context = cardContext(language, 'Europe/Amsterdam')
    const deps = { words: context.words.platforms, publicUrl: 'https://duncan.example' }
    const review = reviewForm({ runId: 3, likeness, lines, above: lines.slice(0, 9), sample: statement() }, context)
    const ask = confirmForm({ runId: 3, likeness, lines, leftOut: 9 }, context)
    const posts = [bulkCard(bulk, context), bulkCard({ ...bulk, waiting: [] }, context), receiptCard(likeness, run, context), foldedCard(statement(), context)]

    for (const card of posts) {
      const { rest, ...first } = slackMessage(card, 'post', deps)
      for (const { blocks, text } of [first, ...rest]) assert.deepEqual([...schemas.blocks(blocks), ...messageProblems(blocks, text)], [])
      for (const { card: drawn } of [teamsMessage(card, { on: 'post' }, deps)]) assert.deepEqual(cardProblems(drawn), [])
    }
    for (const form of [review, ask]) {
      const [view, { card, rest }] = [renderForm(form, 'message', deps), teamsMessage(form, { on: 'form', mark: '1.2' }, deps)]
      assert.deepEqual([...schemas.modal(view as Modal), ...viewProblems(view), ...cardProblems(card)], [])
      assert.ok(sizeOf(card) < 28_000 && rest.length === 0)
      if (form === ask) continue
      assert.equal(JSON.stringify(view).split('field.toggle.').length - 1, 50, `${language}: ticks on Slack`)
      assert.equal(JSON.stringify(card).split('Input.Toggle').length - 1, 50, `${language}: ticks on Teams`)
    }
    assert.ok(!/undefined|NaN/.test(JSON.stringify([...posts, review, ask])), language)
    assert.match(ask.subtitle ?? '', /(\$|USD).*(€|EUR)/, `${language}: the total by currency`)
  }
})

test('the counts of receipts add up to their lines, whatever became of each', () => {
  const outcomes = [null, 'approved', 'above_limit', 'changed', 'already', 'not_allowed', 'gone', 'invalid', 'stopped'] as const
  const anyLine = fc.record({
    outcome: fc.constantFrom(...outcomes),
    status: fc.constantFrom<string>(...proposalStatuses),
    action: fc.option(
      fc.record({
        status: fc.constantFrom(...actionStatuses),
        scheduledFor: fc.constant(null),
        problems: fc.constant<Problem[]>([]),
        protective: fc.boolean(),
      }),
      { nil: undefined },
    ),
  })
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 50 }), some => {
      const { done, failed, working } = countLines(some)

      assert.equal(done + failed + working, some.length)
      assert.ok(done <= some.filter(({ outcome }) => outcome === 'approved').length, 'nothing is done that was not approved')
      assert.equal(working, some.filter(({ outcome }) => outcome === null).length)
    }),
  )
})
