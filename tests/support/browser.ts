import { existsSync } from 'node:fs'
import type { TestContext } from 'node:test'
import { type Browser, chromium } from 'playwright-core'

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/**
 * A headless Chromium for one test, closed after it. Undefined when there is none on a developer's machine: the test is then
 * skipped and says how to install it. In CI nothing may be skipped: there it throws.
 */
export async function openBrowser(t: TestContext): Promise<Browser | undefined> {
  const executablePath = [process.env.CHROMIUM_PATH, ...places].find(place => place && existsSync(place))
  if (!executablePath) {
    const hint = 'no Chromium found: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH'
    if (process.env.CI) throw new Error(hint)
    t.skip(hint)
    return undefined
  }
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] })
  t.after(() => browser.close())
  return browser
}
