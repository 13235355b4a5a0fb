import assert from 'node:assert/strict'
import { test } from 'node:test'
import { aView } from '../views.ts'
import { startSlackWorld } from './slack-world.ts'

test('a card stands in its channel once, is approved with a button, and says in the same message who did it', async t => {
  const { slack, driver, user, cardSaying, proposals } = await startSlackWorld(t, [aView({ id: 12 })])
  const card = await cardSaying('Approve and send')

  const answer = await driver.press(user.jan, card, 'Approve and send')

  assert.equal(answer.status, 200)
  const after = await cardSaying('Approved by Jan Willems')
  assert.equal(after.ts, card.ts)
  assert.equal(proposals.requests.length, 1)
  assert.ok(!JSON.stringify(after.blocks).includes('Approve and send'))
  assert.equal((await slack.history(slack.channel)).length, 1)
})
