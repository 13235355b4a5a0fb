import { type Clock, type DbClient, type Log, type MailSignInModel, type Ops, toInstant } from '#platform'
import type { MailboxSettings } from '../mailboxes-kind.ts'
import type { SignIns } from './sign-ins.ts'
import { signInName } from './stored-sign-in.ts'

export type WatchDeps = {
  client: DbClient
  clock: Clock
  log: Log
  ops: Ops
  signIns: SignIns
  /** The mailboxes as they are configured now, each with its secrets or throwing what is missing. */
  mailboxes: () => Promise<readonly (() => MailboxSettings)[]>
  /** How many days before a known end a person hears of it. */
  warningDays: number
}

const everyMinutes = 5
/** Renewed by the watch before it runs out between two looks: mail never waits for a refresh. */
const aheadSeconds = 2 * everyMinutes * 60
const toldAfterHours = 1

/** Looks after the sign-ins while Duncan runs: renews access tokens early and says what is about to go wrong. */
export function watchSignIns(deps: WatchDeps): { stop: () => Promise<void> } {
  let looking = Promise.resolve()
  const look = () => {
    looking = looking.then(() => checkSignIns(deps)).catch((error: unknown) => deps.log.error({ err: error }, 'the sign-ins could not be checked'))
  }
  const timer = setInterval(look, everyMinutes * 60_000)
  look()
  return {
    stop: () => {
      clearInterval(timer)
      return looking
    },
  }
}

/** Renews what is due and raises or closes the alerts of every sign-in. */
export async function checkSignIns(deps: WatchDeps): Promise<void> {
  const { client, ops, signIns, mailboxes } = deps
  const users = Map.groupBy(
    (await mailboxes()).flatMap(usable).filter(({ oauth, paused }) => oauth && !paused),
    ({ key, oauth }) => oauth && signInName(key, oauth),
  )
  const standing = new Map<string, Warning>()
  for (const [name, sharing] of users) {
    const [{ key, oauth } = {}] = sharing
    if (!name || !key || !oauth) continue
    await signIns
      .tokensOf(key, oauth)(undefined, aheadSeconds)
      .catch(() => undefined) // noted in its row
    const row = await client.mailSignIn.findUnique({ where: { name } })
    const works = (await client.mailbox.count({ where: { key: { in: sharing.map(mailbox => mailbox.key) }, status: 'ok' } })) > 0
    // Whoever shares it may know of a rule: the shortest counts.
    const signInDays = sharing.flatMap(mailbox => mailbox.oauth?.signInDays ?? []).toSorted((one, other) => one - other)[0]
    const warning = row && warningOf(row, { key, signInDays, works }, deps)
    if (warning) standing.set(`${alertPrefix}${name}:${warning.about}`, warning)
  }
  const open = await client.opsAlert.findMany({ where: { key: { startsWith: alertPrefix }, resolvedAt: null }, select: { key: true } })
  for (const { key } of open) if (!standing.has(key)) await ops.resolve(key)
  for (const [key, { problem, remedy }] of standing) await ops.raise({ key, problem, remedy })
}

/** A mailbox whose secrets are missing says so itself, when it is opened. */
function usable(settings: () => MailboxSettings): MailboxSettings[] {
  try {
    return [settings()]
  } catch {
    return []
  }
}

const alertPrefix = 'mailbox-sign-in:'
type Warning = { about: 'ended' | 'failing' | 'expires'; problem: string; remedy: string }
type Use = { key: string; signInDays: number | undefined; works: boolean }

/** A mailbox that does not work any more has an alert of its own: here is what it does not say yet. */
function warningOf(row: MailSignInModel, { key, signInDays, works }: Use, { clock, warningDays }: WatchDeps): Warning | undefined {
  const now = clock.now()
  const remedy = `Run \`duncan connect ${key}\`.`
  if (row.endedAt) {
    const problem = `The sign-in of the mailbox ${key} is over (${row.problem}). Mail is read until its open connection ends.`
    return works ? { about: 'ended', problem, remedy } : undefined
  }
  if (row.failingSince && works && toInstant(row.failingSince).add({ hours: toldAfterHours }).epochMilliseconds <= now.epochMilliseconds) {
    const problem = `The sign-in of the mailbox ${key} cannot be refreshed for more than an hour (${row.problem}). Mail is read until its open connection ends.`
    return {
      about: 'failing',
      problem,
      remedy: 'Check the network to the provider and the registration with it; `duncan connect --status` says what is known.',
    }
  }
  const end = endOfSignIn(row, signInDays)
  if (!end || end.epochMilliseconds > now.add({ hours: 24 * warningDays }).epochMilliseconds) return undefined
  const day = end.toZonedDateTimeISO('UTC').toPlainDate().toString()
  return { about: 'expires', problem: `The sign-in of the mailbox ${key} ends on ${day}.`, remedy: `${remedy.slice(0, -1)} before.` }
}

/** When the sign-in ends, as far as the provider or the settings say; the earlier of both. */
export function endOfSignIn({ expiresAt, signedInAt }: MailSignInModel, signInDays: number | undefined) {
  const ends = [...(expiresAt ? [toInstant(expiresAt)] : []), ...(signInDays === undefined ? [] : [toInstant(signedInAt).add({ hours: 24 * signInDays })])]
  return ends.toSorted((a, b) => a.epochMilliseconds - b.epochMilliseconds)[0]
}
