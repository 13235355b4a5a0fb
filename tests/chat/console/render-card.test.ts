import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProposalView } from '#proposals'
import { escapeMarkdown } from '../../../src/chat/adaptive/literal.ts'
import { type CardInput, cardSchema } from '../../../src/chat/card.ts'
import { opsCard } from '../../../src/chat/cards/ops-card.ts'
import { proposalCard } from '../../../src/chat/cards/proposal-card.ts'
import { historyCard, mailCard } from '../../../src/chat/cards/thread-cards.ts'
import { renderCard } from '../../../src/chat/console/render-card.ts'
import { cardContext } from '../../../src/chat/context.ts'
import { editForm } from '../../../src/chat/forms/edit-form.ts'
import { rejectForm, snoozeForm } from '../../../src/chat/forms/small-forms.ts'
import { cardProblems } from '../../support/adaptive-card.ts'
import { approved, aReply, aView } from '../views.ts'

const unescape = (text: string) => text.replaceAll(/\\([\\`*_{}[\]()#+\-!~<>&|.])/g, '$1')
const context = cardContext('en', 'Europe/Amsterdam')
const hostile =
  '**bold** [click](https://evil.example) ![x](http://evil.example/p.png) <script>alert(1)</script> {{DATE(2026-01-01)}}\n# head\n1. one\n- two `code` ~x~ & \\ |'
const texts = (json: unknown): string[] => {
  if (Array.isArray(json)) return json.flatMap(texts)
  if (json === null || typeof json !== 'object') return []
  // The parts of a rich text are drawn literally; they are looked at below.
  if ('type' in json && json.type === 'TextRun') return []
  return Object.entries(json).flatMap(([key, value]: [string, unknown]) => (key === 'text' && typeof value === 'string' ? [value] : texts(value)))
}
const runs = (json: unknown): { text: string; highlight?: boolean }[] => {
  if (Array.isArray(json)) return json.flatMap(runs)
  if (json === null || typeof json !== 'object') return []
  return 'type' in json && json.type === 'TextRun' ? [json as unknown as { text: string }] : Object.values(json).flatMap(runs)
}

test('every card is a valid Adaptive Card 1.5 by the library’s own validation', () => {
  const views: Partial<ProposalView>[] = [
    {},
    { ...approved(), actions: [aReply({ status: 'unknown' })] },
    { quarantine: [{ kind: 'injection', code: 'said', text: hostile }], needsPerson: 'quarantine' },
    { status: 'snoozed', snoozedUntil: new Date('2026-03-03T07:00:00Z') },
  ]
  const everything: CardInput = {
    title: 'All',
    elements: [
      { type: 'table', columns: [{ title: 'a' }, { title: 'b', align: 'right' }], rows: [['1', '2']] },
      { type: 'chart', title: 'Open', series: ['Open'], points: [{ label: '1–30', values: [{ value: '1.50', text: '€ 1.50' }] }] },
      { type: 'image', alt: 'Picture: pallet.jpg', name: 'pallet.jpg', note: '12 kB', source: { of: 'message', attachmentId: 1 } },
      { type: 'pick', text: 'one', note: 'two', button: { action: 'debtor.show', label: 'one' } },
      { type: 'divider' },
      { type: 'facts', inline: true, facts: [{ label: 'Open', value: '€ 1' }] },
      { type: 'quote', text: 'We pay on Friday.', marks: [{ start: 10, end: 16 }] },
      { type: 'files', files: [{ name: 'a.pdf', note: '12 kB', source: { of: 'message', attachmentId: 1 } }] },
      { type: 'field', field: { type: 'choice', id: 'c', label: 'C', value: 'x', options: [{ value: 'x', label: 'X' }] } },
      { type: 'field', field: { type: 'text', id: 't', label: 'T', value: '', required: true } },
    ],
    fallback: 'all',
  }
  const alert = { id: 1, key: 'mailbox:debtors', problem: 'It fails', remedy: 'Do this', raisedAt: new Date(), resolvedAt: null }
  const cards = [
    ...views.map(change => proposalCard(aView(change), context)),
    mailCard(aView(), context),
    historyCard([], context),
    opsCard(alert, context),
    editForm(aView(), { recipients: ['a@b.example'], disputeTypes: [] }, {}, context),
    rejectForm(aView(), context),
    snoozeForm(aView(), '2026-03-03', context),
    cardSchema.parse(everything),
  ]

  for (const card of cards) assert.deepEqual(cardProblems(renderCard(card)), [], card.title)
})

const point = (label: string, value: string) => ({ label, values: [{ value, text: `€ ${value}` }] })

test('a chart of the console has its bars in percent of the largest and its figures in words; what cannot be drawn is told', () => {
  const chart = (...points: ReturnType<typeof point>[]) =>
    JSON.stringify(renderCard(cardSchema.parse({ title: 'x', elements: [{ type: 'chart', title: 'Open by age', series: ['Open'], points }], fallback: 'x' })))

  const drawn = chart(point('1–30', '200'), point('31–60', '1'), point('61–90', '0'))
  const told = chart(point('1–30', '200'), point('31–60', '-5'))

  assert.ok(drawn.includes('"points":[{"label":"1–30","percents":[100]},{"label":"31–60","percents":[1]},{"label":"61–90","percents":[0]}]'))
  for (const text of ['€\u00a0200', '€\u00a01', 'Open by age']) assert.ok(drawn.includes(text), text)
  assert.ok(!drawn.includes('€\u00a00'), 'what is nothing needs no words')
  assert.ok(!told.includes('Bars') && told.includes('€\u00a0-5'))
})

test('hostile words of a mail never become markup: each character that could start any is escaped, and nothing is lost', () => {
  const view = aView({
    message: { ...aView().message, subject: hostile, replyText: hostile },
    quarantine: [{ kind: 'injection', code: 'said', text: hostile }],
  })

  const shown = [...texts(renderCard(mailCard(view, context))), ...texts(renderCard(proposalCard(view, context)))]

  for (const text of shown) assert.ok(!/(?<!\\)[*_[\]()`<>{}#~|]/.test(text.replaceAll(/\\\\/g, '')), text)
  assert.ok(shown.some(text => unescape(text) === hostile))
  assert.equal(unescape(escapeMarkdown(hostile)), hostile)
})

test('marked words of a mail stay what they are: no word is lost, the marks are where they were, no date macro is whole', () => {
  const text = `“Pay {{DATE(2026-01-01T00:00:00Z, SHORT)}} and ${hostile}”`
  const marks = [
    { start: 5, end: 9 },
    { start: 7, end: 12 },
  ]

  const drawn = runs(renderCard(cardSchema.parse({ title: 'x', elements: [{ type: 'quote', text, marks }], fallback: 'x' })))

  assert.equal(drawn.map(part => part.text).join(''), text)
  assert.equal(
    drawn
      .filter(({ highlight }) => highlight)
      .map(part => part.text)
      .join(''),
    text.slice(5, 12),
  )
  assert.ok(drawn.every(part => !part.text.includes('{{')))
})

test('words of a mail turn no words of ours around: what switches the direction of text is taken out, wherever it stands', () => {
  const turned = '\u202eevil\u2066 \u200f words\u0000'
  const button = { action: 'proposal.link_to', label: turned }
  const card = cardSchema.parse({
    title: turned,
    subtitle: turned,
    status: { text: turned, tone: 'bad' },
    elements: [
      { type: 'quote', text: `a ${turned}`, marks: [{ start: 1, end: 5 }], source: turned },
      { type: 'letter', label: turned, text: turned, facts: [{ label: turned, value: turned }] },
      { type: 'notice', tone: 'bad', title: turned, lines: [turned] },
      { type: 'files', files: [{ name: turned, note: turned, source: { of: 'message', attachmentId: 1 } }] },
      { type: 'image', alt: turned, name: turned, note: '', source: { of: 'message', attachmentId: 1 } },
      { type: 'chart', title: turned, series: [turned], points: [{ label: turned, values: [{ value: '1', text: turned }] }] },
      { type: 'table', columns: [{ title: turned }], rows: [[turned]] },
      { type: 'field', field: { type: 'choice', id: 'c', label: turned, value: 'x', options: [{ value: 'x', label: turned }] } },
      { type: 'field', field: { type: 'toggle', id: 't', label: turned, value: true } },
      { type: 'pick', text: turned, note: turned, button },
      { type: 'page', label: turned, debtorId: 1 },
      { type: 'link', label: turned, url: 'https://bureau.example/companies/1' },
    ],
    buttons: [button],
    fallback: turned,
  })

  const drawn = JSON.stringify(renderCard(card))

  assert.doesNotMatch(drawn, /[\u200e\u200f\u202a-\u202e\u2066-\u2069]|\\u0000/)
})

const linked = (url: string) => cardSchema.safeParse({ title: 'x', elements: [{ type: 'link', label: 'Open', url }], fallback: 'x' })

test('a link leads to an https page whose address hides nothing, or the card is refused', () => {
  const card = linked('https://bureau.example/companies/NL-X-1')
  const refused = ['http://bureau.example', 'javascript:alert(1)', 'data:text/html,x', 'https://bureau.example/ x', 'https://bureau.ex\u0430mple/\u202e', '//x']

  assert.ok(
    card.success && JSON.stringify(renderCard(card.data)).includes('"type":"Action.OpenUrl","title":"Open ↗","url":"https://bureau.example/companies/NL-X-1"'),
  )
  assert.deepEqual(
    refused.filter(url => linked(url).success),
    [],
  )
})

test('labels and choices, which no renderer reads as markup, are left as they are', () => {
  const field = {
    type: 'choice',
    id: 'to',
    label: 'Amount (EUR)',
    value: 'a-b_c@d.example',
    options: [{ value: 'a-b_c@d.example', label: 'a-b_c@d.example' }],
  } as const

  const drawn = JSON.stringify(renderCard(cardSchema.parse({ title: 'x', elements: [{ type: 'field', field }], fallback: 'x' })))

  assert.ok(drawn.includes('"title":"a-b_c@d.example"') && drawn.includes('"label":"Amount (EUR)"'))
})

test('the amount before a full stop at the start of a line is no list', () => {
  assert.equal(
    escapeMarkdown('12. March\nfrom 3.5 to 4.'),
    String.raw`12\. March
from 3.5 to 4.`,
  )
})

const letter = (text: string) => renderCard(cardSchema.parse({ title: 'x', elements: [{ type: 'letter', label: 'Mail', text }], fallback: 'x' }))

test('lines of a letter that hold columns are a table; a large one, or one of a great many columns, stays as it is written', () => {
  const lines = ['Invoice   Due           Amount', '2026-1    30 January   € 10.00', '2026-22   3 March     € 110.00']

  const [drawn, long, wide] = [
    letter(`Dear Petra,\n\n${lines.join('\n')}\n\nRegards`),
    letter([...lines, ...lines, ...lines, ...lines, ...lines, ...lines, ...lines].join('\n')),
    letter('a  b  c  d  e  f  g  h\n'.repeat(2)),
  ]

  const table = JSON.stringify(drawn)
  assert.deepEqual([table.match(/"type":"TableRow"/g)?.length, /"text":"€ 110.00"[^}]*"horizontalAlignment":"right"/.test(table)], [3, true])
  for (const other of [long, wide]) assert.ok(JSON.stringify(other).includes('"fontType":"monospace"') && !JSON.stringify(other).includes('TableRow'))
  assert.deepEqual([drawn, long, wide].flatMap(cardProblems), [])
})
