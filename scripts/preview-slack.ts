// Draws cards about as Slack's desktop client does, for the people who make them to look at: `node scripts/preview-slack.ts <file.png>`.
// It needs Chromium (CHROMIUM_PATH). Slack's own Block Kit Builder shows the last truth; this shows what reads in two seconds.
import type { ActionsBlockElement, HomeView, KnownBlock, ModalView, RichTextBlock, RichTextElement } from '@slack/types'
import { chromium } from 'playwright-core'
import { confirmForm, reviewForm } from '../src/chat/bulk/forms.ts'
import type { BulkView } from '../src/chat/bulk/read-bulk.ts'
import { type Card, cardSchema } from '../src/chat/card.ts'
import { bulkCard, foldedCard, receiptCard } from '../src/chat/cards/bulk-card.ts'
import { opsCard } from '../src/chat/cards/ops-card.ts'
import { proposalCard } from '../src/chat/cards/proposal-card.ts'
import { mailCard } from '../src/chat/cards/thread-cards.ts'
import { pickDebtor } from '../src/chat/commands/pick-debtor.ts'
import { cardContext } from '../src/chat/context.ts'
import { editForm } from '../src/chat/forms/edit-form.ts'
import { rejectForm } from '../src/chat/forms/small-forms.ts'
import { renderMessage } from '../src/chat/slack/render-card.ts'
import { renderForm, renderHome } from '../src/chat/slack/render-view.ts'
import { approved, aReply, aView } from '../tests/chat/views.ts'

const context = cardContext('en', 'Europe/Amsterdam')
const deps = { words: context.words.platforms, publicUrl: 'https://duncan.example' }

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>')

function drawRun(run: RichTextElement): string {
  const style = 'style' in run ? run.style : undefined
  const text = run.type === 'link' ? `<a>${escape(run.text ?? run.url)}</a>` : run.type === 'text' ? escape(run.text) : ''
  return style?.bold ? `<b>${text}</b>` : style?.italic ? `<i>${text}</i>` : text
}

function drawRich({ elements }: RichTextBlock): string {
  return elements
    .map(element => {
      if (element.type === 'rich_text_list') return `<ul>${element.elements.map(item => `<li>${item.elements.map(drawRun).join('')}</li>`).join('')}</ul>`
      const inside = element.elements.map(drawRun).join('')
      if (element.type === 'rich_text_preformatted') return `<pre>${inside}</pre>`
      return element.type === 'rich_text_quote' ? `<blockquote>${inside}</blockquote>` : `<div>${inside}</div>`
    })
    .join('')
}

function drawControl(element: ActionsBlockElement): string {
  switch (element.type) {
    case 'button':
      return `<button class="${element.style ?? ''}">${escape(element.text.text)}</button>`
    case 'overflow':
      return `<button title="${element.options.map(({ text }) => text.text).join(', ')}">⋯</button><small>${element.options.map(({ text }) => escape(text.text)).join(' · ')}</small>`
    case 'checkboxes':
      return element.options
        .map(
          ({ text, description }) =>
            `<label>${element.initial_options?.length ? '☑' : '☐'} ${escape(text.text)} <small>${escape(description?.text ?? '')}</small></label>`,
        )
        .join('')
    case 'static_select':
      return `<span class="box">${escape(element.initial_option?.text.text ?? 'Select')} ▾</span>`
    case 'datepicker':
      return `<span class="box">📅 ${element.initial_date ?? 'Select a date'}</span>`
    default:
      return element.type
  }
}

function drawBlock(block: KnownBlock): string {
  switch (block.type) {
    case 'header':
      return `<h3>${escape(block.text.text)}</h3>`
    case 'context':
      return `<p class="context">${block.elements.map(element => ('text' in element ? escape(element.text) : '')).join('&ensp;')}</p>`
    case 'rich_text':
      return drawRich(block)
    case 'section':
      return `<div class="section"><span>${escape(block.text?.text ?? '')}</span>${block.accessory ? drawControl(block.accessory as ActionsBlockElement) : ''}</div>`
    case 'actions':
      return `<div class="actions">${block.elements.map(drawControl).join('')}</div>`
    case 'divider':
      return '<hr>'
    case 'table':
      return `<table>${block.rows
        .map(
          (row, at) =>
            `<tr>${row.map((cell, column) => `<td align="${block.column_settings?.[column]?.align ?? 'left'}">${at === 0 ? '<b>' : ''}${cell.type === 'raw_text' ? escape(cell.text) : ''}</td>`).join('')}</tr>`,
        )
        .join('')}</table>`
    case 'input': {
      const { element, label } = block
      if (element.type === 'plain_text_input')
        return `<p class="label">${escape(label.text)}</p><span class="box ${element.multiline ? 'tall' : ''}">${escape(element.initial_value ?? '')}</span>`
      return `<p class="label">${escape(label.text)}</p>${drawControl(element as ActionsBlockElement)}`
    }
    default:
      return `<p>${block.type}</p>`
  }
}

const drawMessage = (title: string, card: Card, kind: 'post' | 'reply' | 'answer', share?: string): string => {
  const { blocks, rest } = renderMessage(card, kind, deps, share)
  return `<h6>${title}</h6>${[blocks, ...rest.map(part => part.blocks)].map(part => `<div class="message"><b>Duncan</b> <small>APP 14:03</small>${part.map(drawBlock).join('')}</div>`).join('')}`
}

const drawView = (name: string, view: ModalView | HomeView): string => {
  const [head, foot] =
    view.type === 'modal'
      ? [`<b>${view.title.text}</b><hr>`, `<hr><button>${view.close?.text}</button> <button class="primary">${view.submit?.text ?? ''}</button>`]
      : ['', '']
  return `<h6>${name}</h6><div class="view">${head}${(view.blocks as KnownBlock[]).map(drawBlock).join('')}${foot}</div>`
}

const alert = {
  id: 1,
  key: 'mailbox:debtors',
  problem: 'The mailbox debtors cannot be read: the password is refused.',
  remedy: 'Set DEBTORS_PASSWORD and restart.',
  raisedAt: new Date('2026-03-02T13:00:00Z'),
  resolvedAt: null,
}
const hits = ['Visser Installatie BV', 'Visser & Zonen NV'].map((name, index) => ({
  id: index,
  number: `1000${index}`,
  name,
  administration: 'NL01',
  by: 'name' as const,
  found: name,
  score: 1,
}))
const table = cardSchema.parse({
  title: 'Visser Installatie BV',
  subtitle: '10001 · Harbourlight Trading',
  status: { text: '€1,210.50 overdue', tone: 'bad' },
  elements: [
    {
      type: 'facts',
      facts: [
        { label: 'Open', value: '€3,410.50 (4)' },
        { label: 'Overdue', value: '€1,210.50 (1)' },
        { label: 'Oldest', value: '31 days' },
        { label: 'Owner', value: 'Jan Willems' },
      ],
    },
    {
      type: 'table',
      columns: [{ title: 'Invoice' }, { title: 'Due' }, { title: 'Open', align: 'right' }],
      rows: [
        ['2026-0412', '30 Jan', '€1,210.50'],
        ['2026-0501', '28 Feb', '€2,200.00'],
      ],
    },
    { type: 'page', label: 'Open the debtor’s page', debtorId: 1 },
  ],
  buttons: [{ action: 'debtor.inbox', label: 'Mails' }],
  fallback: 'x',
})
const quarantine = aView({ quarantine: [{ kind: 'bank_change', reason: 'asks to pay to a new account' }], needsPerson: 'quarantine', actions: [] })
const aLine = (index: number): BulkView['runs'][number]['lines'][number] => ({
  proposalId: index,
  debtor: ['Visser Installatie BV', 'Bakkerij De Korf', 'Kwekerij Zonneveld BV', 'Müller & Söhne GmbH', 'Atelier Dubois SARL'][index % 5] ?? '',
  to: [`administration${index}@debtor.example`],
  invoices: [{ id: index, number: `2026-04${10 + index}`, currency: 'EUR', openAmount: `${index * 317 + 210}.50` }],
  status: 'approved',
  by: 'Jan Willems',
  action: { status: 'scheduled', scheduledFor: new Date('2026-03-02T13:05:00Z'), problem: null, protective: false },
  outcome: index === 4 ? 'changed' : 'approved',
  problem: null,
})
const lines = Array.from({ length: 17 }, (_none, index) => aLine(index))
const likeness = {
  kind: 'send_invoice_copies',
  intent: 'invoice_copy_request',
  template: 'invoice_copies',
  language: 'nl',
  sureness: 'sure',
  administration: 'HL',
  mailbox: 'debtors',
} as const
const bulk: BulkView = { id: 7, channel: 'debtors', likeness, waiting: lines, runs: [] }
const run = { id: 3, by: 'Jan Willems', at: new Date('2026-03-02T13:03:00Z'), isFinished: true, lines }
const pages = [
  [
    drawMessage('a proposal', proposalCard(aView({ id: 12 }), context), 'post'),
    drawMessage('decided', proposalCard(aView({ ...approved(), id: 12 }), context), 'post'),
    drawMessage('quarantined', proposalCard(quarantine, context), 'post'),
    drawMessage('a send that is not known', proposalCard(aView({ ...approved(), actions: [aReply({ status: 'unknown' })] }), context), 'post'),
  ],
  [
    drawMessage('in the thread', mailCard(aView(), context), 'reply'),
    drawMessage('an alert', opsCard(alert, context), 'post'),
    drawMessage(
      'several hits, to the asker alone',
      pickDebtor({ query: 'visser', page: 0, action: 'debtor.show' }, { hits, total: 2, isCut: false } as never, 'More than one debtor fits “visser”', context),
      'answer',
      '{}',
    ),
    drawMessage('an answer', table, 'answer', '{}'),
  ],
  [
    drawView('edit', renderForm(editForm(aView(), ['p.visser@visserinstallatie.example'], {}, context), 'message', deps)),
    drawView('reject', renderForm(rejectForm(aView(), context), 'message', deps)),
    drawView('home', renderHome(table, deps)),
  ],
  [
    drawMessage('alike', bulkCard(bulk, context), 'post'),
    drawMessage('one of them', foldedCard(aView(), context), 'post'),
    drawMessage('approved together', bulkCard({ ...bulk, waiting: [], runs: [run] }, context), 'post'),
    drawMessage('in its thread', receiptCard(likeness, run, context), 'reply'),
    drawView('look through', renderForm(reviewForm({ runId: 3, likeness, lines, above: lines.slice(0, 2), sample: aView() }, context), 'message', deps)),
    drawView('confirm', renderForm(confirmForm({ runId: 3, likeness, lines, leftOut: 2 }, context), 'message', deps)),
  ],
]
const css = `body{font:15px/1.46 Lato,"DejaVu Sans",sans-serif;color:#1d1c1d;background:#fff;display:flex;gap:24px;margin:16px}section{width:620px}h6{margin:18px 0 4px;color:#888;font-size:11px;text-transform:uppercase}
.message,.view{border:1px solid #ddd;border-radius:8px;padding:10px 16px;margin-bottom:6px}.view{background:#fafafa}h3{font-size:18px;margin:6px 0}.context{font-size:13px;color:#616061;margin:4px 0}div{margin:3px 0}
blockquote{border-left:4px solid #ddd;margin:4px 0;padding-left:12px}pre{background:#f6f6f6;border:1px solid #ddd;padding:8px;font-size:12px}.actions{display:flex;gap:8px;flex-wrap:wrap;align-items:center;margin:8px 0}
button{font:inherit;font-weight:bold;border:1px solid #bbb;background:#fff;border-radius:4px;padding:4px 12px}.primary{background:#007a5a;color:#fff}.danger{background:#e01e5a;color:#fff}.section{display:flex;justify-content:space-between;gap:12px;margin:8px 0}
a{color:#1264a3}table{border-collapse:collapse;font-size:13px}td{border:1px solid #ddd;padding:4px 10px}.box{display:block;border:1px solid #aaa;border-radius:4px;padding:6px 10px;background:#fff;white-space:pre-wrap}.tall{min-height:80px}.label{font-weight:bold;margin:10px 0 4px}small{color:#777}ul{margin:2px 0}`

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
try {
  const page = await browser.newPage({ viewport: { width: 2600, height: 900 } })
  await page.setContent(`<style>${css}</style>${pages.map(column => `<section>${column.join('')}</section>`).join('')}`)
  await page.screenshot({ path: process.argv[2] ?? 'slack.png', fullPage: true })
} finally {
  await browser.close()
}
