import { webApi } from '@slack/bolt'
import type { Log } from '#platform'
import type { SlackSettings } from './config.ts'
import { quietLogger } from './quiet-logger.ts'

/** Slack's interface, asked as Duncan's bot. `requestMs`: after how long without an answer a request is given up. */
export const slackClient = (settings: SlackSettings, log: Log, requestMs = 10_000): webApi.WebClient =>
  new webApi.WebClient(settings.botToken, {
    slackApiUrl: settings.apiUrl,
    logger: quietLogger(log),
    timeout: requestMs,
    // Delivery tries again, and knows what may stand already; the SDK would write a card twice when only the answer was lost.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  })
