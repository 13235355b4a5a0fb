import { setTimeout as sleep } from 'node:timers/promises'
import { type Db, DuncanError, type Log, toInstant } from '#platform'
import type { Grant } from './grant.ts'
import type { OAuthClient } from './oauth-client.ts'
import { type OAuthFault, oauthFault } from './oauth-faults.ts'
import { readSignIn, type SignInDeps, type StoredSignIn, storeEnd, storeRefreshed, storeTrouble } from './stored-sign-in.ts'

/**
 * Hands out an access token that is valid now. Given a token that a server just refused, it hands out another.
 * Throws `mailbox.token` when a person must act, `mailbox.token_delayed` when it may pass.
 */
export type AccessToken = (refused?: string) => Promise<string>

export type TokenDeps = SignInDeps & {
  log: Log
  /** Milliseconds between the attempts to refresh; for tests. */
  waits?: readonly number[]
}

/** As above; renews also when no more than `aheadSeconds` are left. */
export type RenewAccessToken = (refused?: string, aheadSeconds?: number) => Promise<string>

const defaultWaits = [500, 2_000]
const usualAheadSeconds = 120
/** How often a sign-in that is over is tried again all the same. */
const triedAgainAfter = { hours: 1 } as const

/**
 * The access tokens of one stored sign-in. Tokens stand in the database, so that all processes use one; however many connections
 * ask, one refresh runs.
 */
export function createAccessToken(deps: TokenDeps, name: string, mailboxKey: string, oauth: OAuthClient): RenewAccessToken {
  const { client, secrets, clock, log, waits = defaultWaits } = deps
  let renewing: Promise<string> | undefined

  const isUsable = ({ accessToken, accessExpiresAt, refreshedAt, endedAt }: StoredSignIn, refused: string | undefined, aheadSeconds: number): boolean => {
    // A token that lives for five minutes only would be renewed at every use.
    const ahead = Math.min(aheadSeconds, (accessExpiresAt.getTime() - refreshedAt.getTime()) / 4_000)
    const isFresh = toInstant(accessExpiresAt).subtract({ milliseconds: Math.round(ahead * 1000) }).epochMilliseconds > clock.now().epochMilliseconds
    return !endedAt && isFresh && accessToken !== refused
  }

  async function current(db: Db): Promise<StoredSignIn> {
    const stored = await readSignIn(db, secrets, name).catch((error: unknown) => {
      if (error instanceof DuncanError) throw new DuncanError('mailbox.token', error.message, error.remedy, { cause: error })
      throw error
    })
    if (!stored) throw new DuncanError('mailbox.token', `Nobody has signed in for the mailbox ${mailboxKey}.`, `Run \`duncan connect ${mailboxKey}\`.`)
    const { endedAt, problem } = stored
    if (endedAt && toInstant(endedAt).add(triedAgainAfter).epochMilliseconds > clock.now().epochMilliseconds)
      throw asError({ kind: 'ended', problem: problem ?? '' })
    return stored
  }

  async function renew(refused: string | undefined, aheadSeconds: number): Promise<string> {
    for (let attempt = 0; ; attempt++) {
      const outcome = await renewOnce(refused, aheadSeconds)
      if (outcome.kind === 'token') return outcome.token
      log.warn({ signIn: name, problem: outcome.problem, attempt }, 'an access token could not be refreshed')
      const wait = waits[attempt]
      if (outcome.kind !== 'passing' || wait === undefined) throw asError(outcome)
      await sleep(wait)
    }
  }

  /**
   * One process at a time asks the provider, under a lock of the row: where each refresh token is good for one use, the slower
   * one would come with a used one, and lose the sign-in for all.
   */
  async function renewOnce(refused: string | undefined, aheadSeconds: number): Promise<OAuthFault | { kind: 'token'; token: string }> {
    let granted: { earlier: StoredSignIn; grant: Grant } | undefined
    try {
      return await client.$transaction(
        async tx => {
          await tx.$queryRaw`SELECT 1 FROM "MailSignIn" WHERE name = ${name} FOR UPDATE`
          const earlier = await current(tx)
          if (isUsable(earlier, refused, aheadSeconds)) return { kind: 'token', token: earlier.accessToken } as const
          const answer = await oauth.refresh(earlier.refreshToken).catch(oauthFault)
          if ('kind' in answer) {
            // "Denied" to a refresh: a policy or an administrator took the right away.
            const isOver = answer.kind === 'ended' || answer.kind === 'denied'
            await (isOver ? storeEnd : storeTrouble)(tx, clock, earlier, answer.problem)
            return answer
          }
          granted = { earlier, grant: answer }
          await storeRefreshed(tx, deps, earlier, answer)
          return { kind: 'token', token: answer.accessToken } as const
        },
        { maxWait: 30_000, timeout: 60_000 },
      )
    } catch (error) {
      if (!granted) throw error
      // The provider may have taken the old refresh token back by now: the new one must not be lost with our transaction.
      const { earlier, grant } = granted
      log.warn({ signIn: name, err: error }, 'refreshed tokens could not be stored; they are stored once more')
      await sleep(1_000)
      await client.$transaction(tx => storeRefreshed(tx, deps, earlier, grant))
      return { kind: 'token', token: grant.accessToken }
    }
  }

  function asError({ kind, problem }: OAuthFault): DuncanError {
    const said = `${oauth.provider.title} said ${problem}`
    if (kind === 'registration') {
      return new DuncanError(
        'mailbox.token',
        `Duncan's registration for the mailbox ${mailboxKey} is refused: ${said}.`,
        'Check clientId and the secret that clientSecretEnv names (secrets run out), then restart Duncan; the sign-in itself is kept.',
      )
    }
    if (kind === 'passing') {
      return new DuncanError(
        'mailbox.token_delayed',
        `The access token of the mailbox ${mailboxKey} could not be refreshed: ${said}.`,
        'Duncan tries again by itself; if it stays so, check the network to the provider.',
      )
    }
    return new DuncanError('mailbox.token', `The sign-in of the mailbox ${mailboxKey} is over: ${said}.`, `Run \`duncan connect ${mailboxKey}\`.`)
  }

  return async (refused, aheadSeconds = usualAheadSeconds) => {
    const stored = await current(client)
    if (isUsable(stored, refused, aheadSeconds)) return stored.accessToken
    renewing ??= renew(refused, aheadSeconds).finally(() => (renewing = undefined))
    return renewing
  }
}
