import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../support/app.ts'
import { startTeamsConnector } from '../support/teams-connector.ts'
import { startSlackWorld } from './slack/slack-world.ts'
import { isPut, says, teamsPeople } from './teams/teams-people.ts'
import { connectTeams, people } from './teams/teams-world.ts'
import { aView } from './views.ts'

const races = 20
/** As many as are worked on at a time. */
const atOnce = 4

test('of a press in Slack and one in Teams at once one decides; the other is told in private who did, and both cards end right', async t => {
  const { slack, driver, user, cardSaying, proposals, ...world } = await startSlackWorld(t)
  const hooks: (() => unknown)[] = []
  t.after(async () => {
    for (const hook of hooks.toReversed()) await hook()
  })
  const after = { after: (hook: () => unknown) => void hooks.push(hook) }
  const connector = await startTeamsConnector(after)
  connector.readBy(...(['anna', 'jan', 'vic'] as const).map(name => ({ id: `29:${name}`, aadObjectId: people[name] })))
  const besides = { slack: { workspace: slack.team, channels: { debtors: slack.channel } } }
  const { url } = await connectTeams(after, { ...world, besides }, { peer: connector.peer })
  const { press, posted } = teamsPeople(connector, url)

  async function race(id: number): Promise<string> {
    proposals.views.set(id, aView({ id, message: { ...aView().message, subject: `Race ${id}.` } }))
    await world.chat.postProposal(id)
    const [onSlack, { card }] = await Promise.all([cardSaying(`Race ${id}.`), posted(`Race ${id}.`)])
    const root = await eventually('the card stands in Teams', async () => {
      const copy = await world.client.chatCopy.findFirst({ where: { platform: 'teams', post: { subject: `proposal:${id}` } } })
      return copy?.externalId ?? undefined
    })
    const [, answer] = await Promise.all([driver.press(user.jan, onSlack, 'Approve and send'), press('anna', card, 'Approve and send', { root })])

    const decided = () => proposals.views.get(id)
    await eventually('it is decided', () => decided()?.decidedBy ?? undefined)
    const winner = decided()?.decidedBy?.name ?? ''
    await connector.called(call => isPut(`Approved by ${winner}`)(call) && call.path.endsWith(`/${root}`))
    await eventually('the card in Slack is right', async () => {
      const shown = (await slack.history(slack.channel)).find(({ ts }) => ts === onSlack.ts)?.blocks
      return (says(`Approved by ${winner}`)(shown) && !says('Working…')(shown)) || undefined
    })
    assert.equal(decided()?.decisions.length, 1)
    if (winner === 'Jan Willems') assert.ok(says('Already decided')(answer.value) && says('Approved by Jan Willems')(answer.value))
    else assert.ok(says('Approved by Anna Bos')(answer.value) && !says('Already decided')(answer.value))
    return winner
  }

  const winners: string[] = []
  for (let from = 1; from <= races; from += atOnce) winners.push(...(await Promise.all(Array.from({ length: atOnce }, (_none, index) => race(from + index)))))

  const lostOnSlack = winners.filter(name => name === 'Anna Bos').length
  await eventually(
    'who lost in Slack is told',
    () => driver.shown.filter(({ text = '' }) => text.startsWith('Already decided')).length === lostOnSlack || undefined,
  )
  assert.equal(winners.length, races)
})
