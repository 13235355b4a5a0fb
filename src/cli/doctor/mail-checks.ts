import { createSignIns, describeSignIn, type MailboxSection, type MailboxSettings, tellsOfNews, withSecrets } from '#mail'
import { createSecrets, type DbClient, DuncanError, readEnvironment, silentLog, systemClock } from '#platform'
import type { AppConfig } from '../../app.ts'
import { checkReading, checkSending } from '../check-mailbox.ts'
import type { Check, Finding } from './run-checks.ts'

/** Signs in at every mailbox for reading and for sending; sends nothing. */
export function mailChecks(config: AppConfig, client: DbClient, mailboxes: Record<string, MailboxSection>): Check[] {
  const entries = Object.entries(mailboxes)
  if (entries.length === 0) {
    const remedy = 'Name one under "mailboxes:" in a settings file and run `duncan apply`, or run `duncan setup --from mailbox`.'
    return [{ name: 'mailboxes', run: () => Promise.reject(new DuncanError('doctor.mailboxes', 'none is connected, so no mail is read.', remedy)) }]
  }
  const signIns = createSignIns({ client, secrets: createSecrets(config), clock: systemClock, log: silentLog })
  return entries.flatMap(([key, mailbox]) => {
    const connected = () => signIns.attach(withSecrets(key, mailbox, readEnvironment()))
    return [
      { name: `mailbox ${key}`, run: async () => readingOf(mailbox, await checkReading(connected())) },
      { name: `news from ${key}`, run: () => newsOf(connected()) },
      { name: `sending from ${key}`, run: async () => checkSending(connected()) },
      ...(mailbox.oauth ? [{ name: `sign-in of ${key}`, run: () => signInOf(client, key, mailbox.oauth) }] : []),
    ]
  })
}

function readingOf({ startAt, smtp, paused }: MailboxSection, found: string): Finding {
  if (paused) return { warning: `${found}; it is paused, so nothing new is read.`, remedy: 'Take "paused" out of its settings when it shall be read.' }
  if (startAt && startAt > systemClock.now().toString())
    return { warning: `${found}; nothing is proposed before ${startAt}.`, remedy: 'Correct startAt in its settings.' }
  const filesCopies = smtp !== undefined && smtp.sentCopy === 'append'
  if (filesCopies && !found.includes('(sent)'))
    return { warning: `${found}; none of them holds sent mail, so copies are not filed.`, remedy: 'Name it as sentFolder in the settings of the mailbox.' }
  return startAt ? `${found}; proposes about mail since ${startAt.slice(0, 10)}` : found
}

async function newsOf(settings: MailboxSettings): Promise<Finding> {
  if (await tellsOfNews(settings, silentLog)) return 'tells of new mail at once'
  const every = settings.pollSeconds ?? 30
  return {
    warning: `does not tell of new mail (no IDLE), so it is looked at every ${every} seconds.`,
    remedy: 'Nothing is lost by that; switch IDLE on at the mail server, or set pollSeconds, if mails are seen too late.',
  }
}

async function signInOf(client: DbClient, key: string, oauth: MailboxSection['oauth']): Promise<Finding> {
  const state = oauth && (await describeSignIn(client, key, oauth))
  if (!state || state.state === 'missing') throw new DuncanError('doctor.sign_in', 'nobody is signed in.', `Run \`duncan connect ${key}\`.`)
  if (state.state === 'over') throw new DuncanError('doctor.sign_in', `it is over: ${state.problem}`, `Run \`duncan connect ${key}\`.`)
  if (state.state === 'failing') return { warning: `it cannot be refreshed: ${state.problem}`, remedy: `If that stays, run \`duncan connect ${key}\`.` }
  return 'works'
}
