// Draws cards about as Slack's desktop client does, for the people who make them to look at: `node scripts/preview-slack.ts <file.png> [language] [name]`.
// It needs Chromium (CHROMIUM_PATH). Slack's own Block Kit Builder shows the last truth; this shows what reads in two seconds.
import type { ActionsBlockElement, HomeView, KnownBlock, ModalView, RichTextBlock, RichTextElement } from '@slack/types'
import { chromium } from 'playwright-core'
import { asChart, type ChartBlock } from '../src/chat/slack/draw-chart.ts'
import { renderMessage } from '../src/chat/slack/render-card.ts'
import { renderForm, renderHome } from '../src/chat/slack/render-view.ts'
import { wordsOf } from '../src/chat/words/index.ts'
import { type Sample, sampleCards } from '../tests/chat/sample-cards.ts'

const [, , file = 'slack.png', language = 'en', wanted = ''] = process.argv
const deps = { words: wordsOf(language).platforms, publicUrl: 'https://duncan.example' }

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
  const chart = asChart(block)
  if (chart) return drawChart(chart)
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
    case 'image':
      return `<p class="picture">${escape(block.alt_text)}</p>`
    default:
      return `<p>${block.type}</p>`
  }
}

function drawChart({ title, chart }: ChartBlock): string {
  const largest = Math.max(...chart.series.flatMap(({ data }) => data.map(({ value }) => value)))
  const bars = chart.axis_config.categories.map((label, index) => {
    const heights = chart.series.map(({ data }) => ((data[index]?.value ?? 0) / largest) * 100)
    return `<div>${heights.map(height => `<i style="height:${height}px"></i>`).join('')}<small>${escape(label)}</small></div>`
  })
  return `<div class="chart"><b>${escape(title)}</b><div class="bars">${bars.join('')}</div></div>`
}

const drawMessage = (kind: 'post' | 'reply' | 'answer', card: Sample['card']): string => {
  const { blocks, rest } = renderMessage(card, kind, deps, kind === 'answer' ? '{}' : undefined)
  return [blocks, ...rest.map(part => part.blocks)]
    .map(part => `<div class="message"><b>Duncan</b> <small>APP 14:03</small>${part.map(drawBlock).join('')}</div>`)
    .join('')
}

const drawView = (view: ModalView | HomeView): string => {
  const [head, foot] =
    view.type === 'modal'
      ? [
          `<b>${view.title.text}</b><hr>`,
          `<hr><button>${view.close?.text}</button> ${view.submit ? `<button class="primary">${view.submit.text}</button>` : ''}`,
        ]
      : ['', '']
  return `<div class="view">${head}${(view.blocks as KnownBlock[]).map(drawBlock).join('')}${foot}</div>`
}

function drawSample({ name, on, card }: Sample): string {
  // Slack shows pictures that it was given; here any id stands for one.
  const elements = card.elements.map(element => (element.type === 'image' ? { ...element, shown: 'F0000000000' } : element))
  const whole = { ...card, elements }
  const drawn = on === 'form' ? drawView(renderForm(whole, 'message', deps)) : on === 'home' ? drawView(renderHome(whole, deps)) : drawMessage(on, whole)
  return `<h6>${name}</h6>${drawn}`
}

const css = `body{font:15px/1.46 Lato,"DejaVu Sans",sans-serif;color:#1d1c1d;background:#fff;columns:3 620px;column-gap:24px;margin:16px}section{break-inside:avoid}.chart{border:1px solid #ddd;border-radius:8px;padding:10px;width:440px}.bars{display:flex;gap:8px;align-items:end;height:130px}.bars>div{flex:1;text-align:center}.bars i{display:block;background:#36c}.picture{background:#9ab;height:180px;width:320px;padding:8px}h6{margin:18px 0 4px;color:#888;font-size:11px;text-transform:uppercase}
.message,.view{border:1px solid #ddd;border-radius:8px;padding:10px 16px;margin-bottom:6px}.view{background:#fafafa}h3{font-size:18px;margin:6px 0}.context{font-size:13px;color:#616061;margin:4px 0}div{margin:3px 0}
blockquote{border-left:4px solid #ddd;margin:4px 0;padding-left:12px}pre{background:#f6f6f6;border:1px solid #ddd;padding:8px;font-size:12px}.actions{display:flex;gap:8px;flex-wrap:wrap;align-items:center;margin:8px 0}
button{font:inherit;font-weight:bold;border:1px solid #bbb;background:#fff;border-radius:4px;padding:4px 12px}.primary{background:#007a5a;color:#fff}.danger{background:#e01e5a;color:#fff}.section{display:flex;justify-content:space-between;gap:12px;margin:8px 0}
a{color:#1264a3}table{border-collapse:collapse;font-size:13px}td{border:1px solid #ddd;padding:4px 10px}.box{display:block;border:1px solid #aaa;border-radius:4px;padding:6px 10px;background:#fff;white-space:pre-wrap}.tall{min-height:80px}.label{font-weight:bold;margin:10px 0 4px}small{color:#777}ul{margin:2px 0}`

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
try {
  const page = await browser.newPage({ viewport: { width: 1960, height: 900 } })
  const shown = sampleCards(language).filter(({ name }) => name.includes(wanted))
  const sections = shown.map(sample => `<section>${drawSample(sample)}</section>`)
  await page.setContent(`<!doctype html><style>${css}</style>${sections.join('')}`)
  await page.screenshot({ path: file, fullPage: true })
} finally {
  await browser.close()
}
