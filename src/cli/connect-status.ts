import type { Temporal } from 'temporal-polyfill'
import { describeSignIn, type MailboxSection, type SignInState } from '#mail'
import { type DbClient, readEnvironment, systemClock } from '#platform'
import type { AppConfig } from '../app.ts'

type MailboxStatus = {
  mailbox: string
  address: string
  signsIn: string
  passwordSet?: boolean
  signIn?: SignInState
  /** Within the days that the configuration names. */
  endsSoon?: boolean
  status: string | null
  problem: string | null
}

type StatusConfig = Pick<AppConfig, 'DUNCAN_TIME_ZONE' | 'DUNCAN_SIGN_IN_WARNING_DAYS'>

/** Prints how these mailboxes sign in; returns 1 when a person should act, also when a sign-in ends soon, else 0. */
export async function printConnections(client: DbClient, mailboxes: Record<string, MailboxSection>, config: StatusConfig, asJson: boolean): Promise<number> {
  const soon = systemClock.now().add({ hours: 24 * config.DUNCAN_SIGN_IN_WARNING_DAYS })
  const env = readEnvironment()
  const states: MailboxStatus[] = []
  for (const [name, section] of Object.entries(mailboxes)) {
    const row = await client.mailbox.findUnique({ where: { key: name } })
    const passwordEnv = section.kind === 'imap' ? section.passwordEnv : undefined
    states.push({
      mailbox: name,
      address: section.address,
      signsIn: section.oauth?.provider ?? (passwordEnv ? `password in ${passwordEnv}` : 'nothing to sign in to'),
      ...(passwordEnv && { passwordSet: Boolean(env[passwordEnv]) }),
      ...(section.oauth && withEnd(await describeSignIn(client, name, section.oauth), soon)),
      status: row?.status ?? null,
      problem: row?.problem ?? null,
    })
  }
  console.log(asJson ? JSON.stringify(states, undefined, 2) : states.map(state => statusText(state, config.DUNCAN_TIME_ZONE)).join('\n\n'))
  return states.every(({ signIn, endsSoon, passwordSet }) => (signIn?.state ?? 'ok') === 'ok' && !endsSoon && passwordSet !== false) ? 0 : 1
}

const withEnd = (signIn: SignInState, soon: Temporal.Instant) => ({
  signIn,
  endsSoon: signIn.ends !== undefined && signIn.ends.epochMilliseconds <= soon.epochMilliseconds,
})

function statusText({ mailbox, address, signsIn, passwordSet, signIn, endsSoon = false, status, problem }: MailboxStatus, timeZone: string): string {
  const at = (moment: SignInState['ends']) => moment?.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')
  const lines = [
    `${mailbox}  ${address}`,
    `  signs in      ${signsIn}${passwordSet === false ? ', which is not set' : ''}`,
    ...(signIn ? signInLines(signIn, endsSoon, mailbox, at) : []),
    `  mailbox       ${status ?? 'not read yet'}${problem ? `: ${problem}` : ''}`,
  ]
  return lines.join('\n')
}

function signInLines(
  { state, account, signedIn, refreshed, ends, problem }: SignInState,
  endsSoon: boolean,
  mailbox: string,
  at: (moment: SignInState['ends']) => string | undefined,
): string[] {
  if (state === 'missing') return [`  signed in     nobody; run \`duncan connect ${mailbox}\``]
  const states = { ok: 'works', failing: `cannot be refreshed: ${problem}`, over: `is over: ${problem}; run \`duncan connect ${mailbox}\`` }
  return [
    `  signed in     ${account ?? 'somebody'}, ${at(signedIn)}`,
    `  ends          ${at(ends) ?? 'the provider does not say'}${endsSoon ? `: run \`duncan connect ${mailbox}\` before` : ''}`,
    `  last refresh  ${at(refreshed)}`,
    `  sign-in       ${states[state]}`,
  ]
}
