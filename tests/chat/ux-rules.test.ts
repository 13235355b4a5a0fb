import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Button } from '@slack/types'
import { decisionLines } from '../../src/chat/cards/decision-lines.ts'
import { proposalCard } from '../../src/chat/cards/proposal-card.ts'
import { renderCard } from '../../src/chat/console/render-card.ts'
import { cardContext } from '../../src/chat/context.ts'
import { renderMessage } from '../../src/chat/slack/render-card.ts'
import { renderMessage as renderForTeams } from '../../src/chat/teams/render-card.ts'
import { wordsOf } from '../../src/chat/words/index.ts'
import { eventually } from '../support/app.ts'
import { type Sample, sampleCards } from './sample-cards.ts'
import { startSlackWorld } from './slack/slack-world.ts'
import { aPromise, approved, aReply, aView } from './views.ts'

// What people may rely on, on every surface and in every language.

const languages = ['en', 'nl', 'fr', 'de', 'pl']
const standing = (language: string): Sample[] => sampleCards(language).filter(({ on }) => on !== 'form')
const deps = (language: string) => ({ words: wordsOf(language).platforms, publicUrl: 'https://duncan.example' })
type Action = { type: string; mode?: string; style?: string; title: string }

test('at most three buttons are in sight, one of them at most is the one that is meant, and the menu stands last, once', () => {
  for (const language of languages) {
    for (const { name, card } of standing(language)) {
      const where = `${language}: ${name}`
      const rows = renderMessage(card, 'post', deps(language)).blocks.filter(({ type }) => type === 'actions')
      const foot = rows.flatMap(row => (row.type === 'actions' && row.block_id?.startsWith('buttons.') ? row.elements : []))
      const teams = (renderForTeams(card, { on: 'post' }, deps(language)).card.actions ?? []) as Action[]
      const console = renderCard(card).actions as Action[]
      const kinds = foot.map(({ type }) => type)

      assert.ok(kinds.filter(kind => kind === 'button').length <= 3, where)
      assert.ok(kinds.lastIndexOf('button') < kinds.indexOf('overflow') || !kinds.includes('overflow'), where)
      assert.ok(kinds.filter(kind => kind === 'overflow').length <= 1, where)
      assert.ok(foot.filter(element => (element as Button).style === 'primary').length <= 1, where)
      for (const actions of [teams, console]) {
        const modes = actions.map(({ mode }) => mode)
        assert.ok(modes.filter(mode => mode !== 'secondary').length <= 3, where)
        assert.ok(!modes.includes('secondary') || modes.lastIndexOf('primary') < modes.indexOf('secondary'), where)
      }
    }
  }
})

test('a button in red asks first, in words that say what and to whom; what is meant is never red', () => {
  for (const language of languages) {
    const buttons = standing(language).flatMap(({ card }) => [...card.buttons, ...card.more])
    const red = buttons.filter(({ style }) => style === 'danger')

    assert.ok(red.length > 0)
    for (const { confirm, label } of red) assert.ok(confirm, `${language}: ${label}`)
    for (const { confirm, label } of buttons) {
      if (!confirm) continue
      assert.ok(confirm.title.length <= 100 && confirm.text.length <= 300 && confirm.yes.length <= 30, `${language}: ${label}`)
    }
    const again = buttons.find(({ action }) => action === 'action.send_again')
    assert.ok(again?.confirm?.text.includes('p.visser@visserinstallatie.example'), language)
  }
})

test('nothing is told by a colour alone: a tone stands with its word on every surface, and before it on Slack with a mark', () => {
  for (const { name, card } of standing('en')) {
    if (!card.status) continue
    const drawn = [renderMessage(card, 'post', deps('en')).blocks, renderForTeams(card, { on: 'post' }, deps('en')).card, renderCard(card)]

    for (const surface of drawn) assert.ok(JSON.stringify(surface).includes(card.status.text), name)
    assert.match(JSON.stringify(drawn[0]), new RegExp(`(✅|🔸|❗|▫️) ${card.status.text}`), name)
  }
})

test('who decided stays on the card, whatever is drawn later', () => {
  const later = (['done', 'failed', 'unknown', 'scheduled', 'claimed', 'undone', 'skipped'] as const).map(status => aReply({ status }))
  const second = { firstVoteBy: { id: 6, name: 'Eva Lindner' } }
  const decisions = approved().decisions ?? []
  const [vote] = decisions
  assert.ok(vote)
  const both = {
    ...approved(),
    ...second,
    decisions: [
      { ...vote, by: { id: 6, name: 'Eva Lindner' } },
      { ...vote, kind: 'second_vote' as const },
    ],
  }

  for (const language of languages) {
    const context = cardContext(language, 'Europe/Amsterdam')
    for (const reply of later) {
      for (const view of [aView({ ...approved(), edited: true, actions: [aPromise({ status: 'done' }), reply] }), aView({ ...both, actions: [reply] })]) {
        const card = proposalCard(view, context)
        const [first = '', ...others] = decisionLines(view, context.words, context.format)
        for (const drawn of [renderMessage(card, 'post', deps(language)).blocks, renderForTeams(card, { on: 'post' }, deps(language)).card]) {
          assert.ok(JSON.stringify(drawn).includes(first) && first.includes('Jan Willems') && first.includes('14:03'), `${language}: ${reply.status}`)
          for (const line of others) assert.ok(JSON.stringify(drawn).includes(line) && line.includes('Eva Lindner'), `${language}: ${reply.status}`)
        }
      }
    }
  }
})

test('a decision stands although the edit of its card fails, and the card follows when it can', async t => {
  const { slack, driver, user, cardSaying, proposals } = await startSlackWorld(t, [aView({ id: 12 })])
  const card = await cardSaying('Approve and send')
  slack.fail('chat.update', { kind: 'busy', retryAfter: 0 }, { kind: 'busy', retryAfter: 0 })

  await driver.press(user.jan, card, 'Approve and send')

  await eventually('it is decided', () => (proposals.views.get(12)?.status === 'approved' ? true : undefined))
  assert.equal(proposals.requests.length, 1)
  const shown = async () => JSON.stringify((await slack.history(slack.channel)).find(({ ts }) => ts === card.ts)?.blocks)
  await eventually('the card says so', async () => (await shown()).includes('Approved by Jan Willems') || undefined)
  assert.deepEqual(
    slack
      .callsOf('chat.update')
      .slice(0, 2)
      .map(({ answer }) => answer),
    [undefined, undefined],
    'two edits got nowhere',
  )
})

test('on Teams a button is an Action.Execute of a card that every client knows, drawn for everybody alike', () => {
  for (const { card } of standing('en')) {
    const { card: drawn } = renderForTeams(card, { on: 'post', mark: '1.1' }, deps('en'))
    const actions = JSON.stringify(drawn).match(/"type":"Action\.(\w+)"/g) ?? []

    assert.equal(drawn.version, '1.5')
    assert.ok(!('refresh' in drawn))
    assert.ok(actions.every(type => /Execute|ShowCard|OpenUrl/.test(type)))
  }
})

/**
 * What a bureau knows of a debtor's company, which company that is, how a decision or a score came about, which workflow it is on,
 * what a grant is about, and what stands in for a card: nothing waits on these. */
const reference = [
  'credit: a supplier',
  'credit company',
  'credit history',
  'credit criterion',
  'credit northern, strong',
  'credit northern, weak',
  'party: which company',
  'party: no company',
  'party: none of these',
  'party: company chosen',
  'autonomy ended',
  'step: one asks again',
  'one of those alike',
  'an own score',
  'why a person is asked',
  'why Duncan decided alone',
  'workflow: another one is suggested',
]
const subjects = ['debtor', 'proposal', 'entry', 'call', 'task', 'dispute']

test('every card about one debtor says what comes next for it, or why nothing does', () => {
  for (const language of languages) {
    const label = wordsOf(language).debtorCard.nextIs('')
    const says = ({ card }: Sample) => card.elements.some(element => element.type === 'text' && element.text.startsWith(label))
    const isOfOne = ({ card }: Sample) =>
      subjects.some(subject => new Set([...card.buttons, ...card.more].flatMap(({ data }) => data[subject] ?? [])).size === 1)
    const silent = standing(language).filter(sample => isOfOne(sample) && !says(sample))

    assert.deepEqual(silent.map(({ name }) => name).toSorted(), reference.toSorted(), language)
  }
})
