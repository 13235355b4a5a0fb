import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { Temporal } from 'temporal-polyfill'
import { ensureStaff, planAbsence } from '#people'
import { silentLog } from '#platform'
import { saysAway } from '../../../src/chat/absences/away-status.ts'
import { readStatuses } from '../../../src/chat/platforms/read-statuses.ts'
import { startSlackWorld } from './slack-world.ts'

const says = (text: string) => (value: unknown) => JSON.stringify(value ?? '').includes(text)

/** The world of Slack on a Monday afternoon, in which a task waits for Jan; Eva may set covers as Anna may. */
async function aTeam(t: TestContext) {
  const world = await startSlackWorld(t)
  const { client, chat, connection, staff } = world
  const eva = await ensureStaff(client, { key: 'eva', name: 'Eva Lindner', email: 'eva@creditor.example', role: 'manager', language: 'nl' })
  await client.task.create({ data: { title: 'Ring the harbour', assigneeId: staff.jan.id } })
  const look = async () => chat.askAboutAway(await readStatuses({ client, log: silentLog }, connection.platform))
  const cards = async () =>
    (await client.chatPost.findMany({ where: { subject: { startsWith: 'away:' } }, orderBy: { id: 'asc' } })).map(
      ({ card }) => card as { title: string; buttons: { data: object }[] },
    )
  return { ...world, eva, look, cards }
}

test('a status that says away asks who may set covers, once; the one who says so gets the work until its last day', async t => {
  const { client, chat, slack, driver, user, staff, eva, look, cards } = await aTeam(t)
  slack.setStatus('jan', ':palm_tree:', 'Vacationing &lt;!channel&gt;', '2026-03-06T23:00:00Z')

  await look()
  await look()
  const { params, answer } = await slack.called('chat.postMessage', says('Jan Willems seems to be away until 6 Mar 2026'))
  const asked = await cards()
  const [question] = (await slack.history(String(params.channel))).filter(says('seems to be away'))
  assert.ok(question && String(params.channel).startsWith('D'), 'it is asked of one person alone')
  assert.ok(says('🌴 Vacationing <!channel>')(question.blocks) && says('One thing waits')(question.blocks))
  await driver.command(user.anna, '/actions', 'mine')
  const before = await driver.wasShown(({ blocks }) => blocks !== undefined)
  driver.shown.length = 0
  await driver.press(user.anna, { channel: String(params.channel), ...question, ts: String(answer?.ts) }, 'I cover until 6 Mar 2026')
  await slack.called('chat.update', says('Anna Bos does the work of Jan Willems from 2 Mar 2026 up to and including 6 Mar 2026'))
  await driver.command(user.anna, '/actions', 'mine')
  const after = await driver.wasShown(says('harbour'))
  const again = { staff: eva, surface: 'console', action: 'away.cover', data: { away: `${staff.jan.id}:2026-03-02` }, values: {} }

  assert.deepEqual(
    asked.map(({ title }) => title),
    ['Jan Willems seems to be away until 6 Mar 2026', 'Jan Willems lijkt afwezig tot en met 6 mrt 2026'],
  )
  assert.ok(!says('harbour')(before) && says('harbour')(after), 'the work goes to who covers, and not before')
  assert.deepEqual(await chat.click(again), {
    kind: 'done',
    message: 'Jan Willems is afwezig: Anna Bos doet het werk van Jan Willems van 2 mrt 2026 tot en met 6 mrt 2026.',
  })
  assert.ok(!says('Vacationing')(await cards()), 'what the status said is kept no longer than it is asked about')
  const absences = await client.staffAbsence.findMany()
  assert.deepEqual(
    absences.map(({ staffId, coverId, surface, until }) => [staffId, coverId, surface, until.toISOString().slice(0, 10)]),
    [[staff.jan.id, staff.anna.id, 'slack', '2026-03-06']],
  )
})

test('who works is not asked about again until their status is another; without a status, an answer or a right nothing happens', async t => {
  const { client, chat, clock, slack, staff, look, cards } = await aTeam(t)
  const press = (who: typeof staff.anna, action: string, day = '2026-03-02') =>
    chat.click({ staff: who, surface: 'console', action, data: { away: `${staff.jan.id}:${day}`, until: '2030-01-01' }, values: {} })

  slack.setStatus('jan', ':house_with_garden:', 'Working remotely')
  slack.setStatus('vic', ':palm_tree:', 'Vacationing') // decides nothing
  await look()
  slack.setStatus('jan', ':face_with_thermometer:', 'Out sick')
  slack.fail('users.info', { kind: 'status', status: 503, arrives: false })
  await look()
  assert.deepEqual(await cards(), [])

  await look()
  const refused = [await press(staff.jan, 'away.cover'), await press(staff.vic, 'away.works'), await press(staff.anna, 'away.works', '2026-03-01')]
  const works = [await press(staff.anna, 'away.works'), await press(staff.anna, 'away.cover')]
  await look()
  const settled = await cards()
  slack.setStatus('jan', '', '')
  await look()
  clock.set('2026-03-09T07:00:00Z')
  slack.setStatus('jan', ':face_with_thermometer:', 'Out sick')
  await look()
  const covered = await press(staff.anna, 'away.cover', '2026-03-09')

  assert.ok(refused.every(({ kind }) => kind === 'refused'))
  assert.deepEqual(
    works.map(outcome => ('message' in outcome ? outcome.message : outcome.kind)),
    Array(2).fill('Jan Willems works: Anna Bos says so. Nothing more is asked about this status.'),
  )
  assert.deepEqual([settled.length, settled.filter(({ buttons }) => buttons.length > 0).length], [2, 0])
  assert.equal((await cards()).length, 4, 'the same status of another week is another absence')
  assert.equal(covered.kind, 'done')
  const { until } = await client.staffAbsence.findFirstOrThrow()
  assert.equal(until.toISOString().slice(0, 10), '2026-03-10', 'without an end, up to the next working day')
})

test('a cover reaches no further than an absence that is planned; one that is typed answers the question, and its end asks it again', async t => {
  const { client, chat, clock, slack, staff, eva, look, cards } = await aTeam(t)
  const planned = { staffId: staff.jan.id, coverId: eva.id, from: Temporal.PlainDate.from('2026-03-05'), until: Temporal.PlainDate.from('2026-03-09') }
  await planAbsence({ client, clock, timeZone: 'Europe/Amsterdam' }, planned, { staffId: eva.id, surface: 'console' })
  slack.setStatus('jan', ':palm_tree:', '', '2026-03-06T23:00:00Z')
  const press = (action: string) => chat.click({ staff: staff.anna, surface: 'console', action, data: { away: `${staff.jan.id}:2026-03-02` }, values: {} })
  const type = (text: string) => chat.command({ staff: staff.anna, surface: 'console', text })
  const asking = async () => (await cards()).filter(({ buttons }) => buttons.length > 0).length

  await look()
  await press('away.cover')
  const until = (await client.staffAbsence.findFirstOrThrow({ where: { coverId: staff.anna.id } })).until
  await look()
  await type('/duncan cover end for @jan')
  await look()
  const again = await asking()
  await type('/duncan cover @eva until 2026-03-03 for @jan')
  const late = await press('away.works')
  await look()

  assert.equal(until.toISOString().slice(0, 10), '2026-03-04')
  assert.deepEqual([again, await asking()], [2, 0])
  assert.match('message' in late ? (late.message ?? '') : '', /^Jan Willems is away: Eva Lindner does the work/)
})

test('what a status says is read in five languages; a pause, or work elsewhere, is no absence', () => {
  const now = Temporal.Instant.from('2026-03-02T07:00:00Z')
  const read = (text: string, emoji = '', hours?: number) => saysAway({ text, emoji, until: hours === undefined ? undefined : now.add({ hours }) }, now)
  const away = [
    'Out sick',
    'On parental leave',
    'PTO',
    'Not working today',
    'Away until Friday',
    'Met verlof',
    'Zomervakantie',
    'Ziek',
    'En congés',
    'Arrêt maladie',
  ]
  const also = ['Im Urlaub', 'Krankgeschrieben', 'Nicht im Büro', 'Außer Haus', 'Na urlopie', 'Chora', 'Poza biurem']
  const here = [
    'Working remotely',
    'In a meeting',
    'Back from holiday',
    'Away from keyboard',
    'Thuiswerken',
    'Télétravail',
    'Home Office',
    'Praca zdalna',
    'Im Ziekenhuis-Projekt',
    '',
  ]

  assert.deepEqual(
    [...away, ...also].filter(text => !read(text)),
    [],
  )
  assert.deepEqual(
    here.filter(text => read(text)),
    [],
  )
  assert.deepEqual(
    [read('', 'palm_tree'), read('', 'on_vacation'), read('', 'bus'), read('Out sick', '', 2), read('Out sick', '', 9)],
    [true, true, false, false, true],
  )
})
