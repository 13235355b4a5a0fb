import { describeSignIn, type MailboxSection, type SignInState } from '#mail'
import { type DbClient, readEnvironment } from '#platform'

type MailboxStatus = {
  mailbox: string
  address: string
  signsIn: string
  passwordSet?: boolean
  signIn?: SignInState
  status: string | null
  problem: string | null
}

/** Prints how these mailboxes sign in; returns 1 when a person should act, else 0. */
export async function printConnections(client: DbClient, mailboxes: Record<string, MailboxSection>, timeZone: string, asJson: boolean): Promise<number> {
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
      ...(section.oauth && { signIn: await describeSignIn(client, name, section.oauth) }),
      status: row?.status ?? null,
      problem: row?.problem ?? null,
    })
  }
  console.log(asJson ? JSON.stringify(states, undefined, 2) : states.map(state => statusText(state, timeZone)).join('\n\n'))
  return states.every(({ signIn, passwordSet }) => (signIn?.state ?? 'ok') === 'ok' && passwordSet !== false) ? 0 : 1
}

function statusText({ mailbox, address, signsIn, passwordSet, signIn, status, problem }: MailboxStatus, timeZone: string): string {
  const at = (moment: SignInState['ends']) => moment?.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')
  const lines = [
    `${mailbox}  ${address}`,
    `  signs in      ${signsIn}${passwordSet === false ? ', which is not set' : ''}`,
    ...(signIn ? signInLines(signIn, mailbox, at) : []),
    `  mailbox       ${status ?? 'not read yet'}${problem ? `: ${problem}` : ''}`,
  ]
  return lines.join('\n')
}

function signInLines(
  { state, account, signedIn, refreshed, ends, problem }: SignInState,
  mailbox: string,
  at: (moment: SignInState['ends']) => string | undefined,
): string[] {
  if (state === 'missing') return [`  signed in     nobody; run \`duncan connect ${mailbox}\``]
  const states = { ok: 'works', failing: `cannot be refreshed: ${problem}`, over: `is over: ${problem}; run \`duncan connect ${mailbox}\`` }
  return [
    `  signed in     ${account ?? 'somebody'}, ${at(signedIn)}`,
    `  ends          ${at(ends) ?? 'the provider does not say'}`,
    `  last refresh  ${at(refreshed)}`,
    `  sign-in       ${states[state]}`,
  ]
}
