// Draws cards about as Teams' desktop client does, for the people who make them to look at:
// `node scripts/preview-teams.ts <file.png> [language] [part of a name] [width]`. A phone is about 340 wide. It needs Chromium (CHROMIUM_PATH).
// The Adaptive Cards library draws no charts of Teams: they are told in words. Teams itself shows the last truth.
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import { renderMessage } from '../src/chat/teams/render-card.ts'
import { wordsOf } from '../src/chat/words/index.ts'
import { type Sample, sampleCards } from '../tests/chat/sample-cards.ts'

const [, , file = 'teams.png', language = 'en', wanted = '', width = '560'] = process.argv
const deps = { words: wordsOf(language).platforms, publicUrl: 'https://duncan.example' }

/** The sample as the messages of Teams that draw it. `notice`: why a click on it was refused. */
function drawSample({ name, on, card, notice }: Sample & { notice?: string }): { name: string; cards: object[] } {
  const whole = { ...card, elements: card.elements.map(element => (element.type === 'image' ? { ...element, shown: picture } : element)) }
  const { card: first, rest } = renderMessage(whole, { on: on === 'home' ? 'answer' : on }, deps, {
    notice,
    ...(on === 'answer' && { share: { text: '/actions' } }),
  })
  return { name, cards: [first, ...rest.map(part => part.card)] }
}

// Any picture will do.
const picture = 'data:image/gif;base64,R0lGODlhAQABAIAAAJmqu////yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=='

const color = (normal: string, subtle = normal) => ({ default: normal, subtle, highlightColors: { default: '#fff4b8', subtle: '#fff4b8' } })
const foregroundColors = {
  default: color('#242424', '#616161'),
  accent: color('#5b5fc7'),
  good: color('#237b4b'),
  warning: color('#835c00'),
  attention: color('#c4314b'),
}
const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors })
const hostConfig = {
  supportsInteractivity: true,
  fontFamily: '"Segoe UI", "DejaVu Sans", sans-serif',
  fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 300, default: 400, bolder: 600 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 20, padding: 16 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  containerStyles: {
    default: style('#ffffff'),
    emphasis: style('#f5f5f5'),
    accent: style('#e8ebfa'),
    good: style('#e7f2da'),
    warning: style('#fbf6d9'),
    attention: style('#fcf4f6'),
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline' },
  },
  inputs: { label: { requiredInputs: { weight: 'bolder', suffix: ' *' }, optionalInputs: { weight: 'bolder' } } },
}
const css = `body{font:14px/1.4 "Segoe UI","DejaVu Sans",sans-serif;background:#ebebeb;columns:3 ${width}px;column-gap:24px;margin:16px}section{break-inside:avoid}
h6{margin:16px 0 4px;color:#777;font-size:11px;text-transform:uppercase}.card{background:#fff;border-radius:6px;box-shadow:0 1px 2px #0003;margin-bottom:6px;width:${width}px}
button.ac-pushButton{font:600 14px "Segoe UI","DejaVu Sans",sans-serif;padding:5px 12px;border:1px solid #d1d1d1;border-radius:4px;background:#fff}.style-positive{background:#5b5fc7!important;color:#fff}
.style-destructive{color:#c4314b!important}input,textarea,select{font:inherit;padding:6px;border:1px solid #d1d1d1;border-radius:4px;width:100%;box-sizing:border-box}input[type=checkbox]{width:auto}textarea{min-height:90px}.ac-actionSet{flex-wrap:wrap;row-gap:8px}`

const all = sampleCards(language)
const [open] = all
const refused = open ? [{ ...open, name: 'refused', notice: wordsOf(language).outcome.stale }] : []
const samples = [...all, ...refused].filter(({ name }) => name.includes(wanted)).map(drawSample)
const library = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.min.js')
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] })
try {
  const page = await browser.newPage({ viewport: { width: 3 * (Number(width) + 24) + 32, height: 900 } })
  await page.setContent(`<!doctype html><style>${css}</style>`)
  await page.addScriptTag({ path: library })
  await page.evaluate(
    ({ drawings, config }) => {
      // oxlint-disable-next-line no-explicit-any -- what a page has, and a classic script in it
      const { document, AdaptiveCards } = globalThis as any
      const { AdaptiveCard, HostConfig } = AdaptiveCards
      // Teams draws titles of toggles literally, and so are they drawn here.
      AdaptiveCard.useMarkdownInRadioButtonAndCheckbox = false
      for (const { name, cards } of drawings) {
        const section = document.body.appendChild(document.createElement('section'))
        section.appendChild(document.createElement('h6')).textContent = name
        for (const json of cards) {
          const card = new AdaptiveCard()
          card.hostConfig = new HostConfig(config)
          card.parse(json)
          const frame = section.appendChild(document.createElement('div'))
          frame.className = 'card'
          const drawn = card.render()
          if (drawn) frame.append(drawn)
        }
      }
    },
    { drawings: samples, config: hostConfig },
  )
  await page.screenshot({ path: file, fullPage: true })
} finally {
  await browser.close()
}
