import type { MailboxSettings } from '../mailboxes-kind.ts'
import { createAccessToken, type RenewAccessToken, type TokenDeps } from './access-token.ts'
import { createOAuthClient } from './oauth-client.ts'
import type { OAuthSettings } from './oauth-settings.ts'
import { signInName } from './stored-sign-in.ts'

export type SignIns = {
  /** The mailbox with access tokens where its settings say oauth: for reading, and for sending where smtp has a user without a password. */
  attach: <M extends MailboxSettings>(mailbox: M) => M
  /** The access tokens of a mailbox with oauth. */
  tokensOf: (mailboxKey: string, oauth: OAuthSettings) => RenewAccessToken
}

/** The stored sign-ins of this process's mailboxes: all connections that use one share its refreshes. */
export function createSignIns(deps: TokenDeps): SignIns {
  const known = new Map<string, RenewAccessToken>()

  function tokensOf(mailboxKey: string, oauth: OAuthSettings): RenewAccessToken {
    // Settings may change while Duncan runs: another registration is another client.
    const id = JSON.stringify([signInName(mailboxKey, oauth), mailboxKey, oauth])
    const tokens = known.get(id) ?? createAccessToken(deps, signInName(mailboxKey, oauth), mailboxKey, createOAuthClient(oauth))
    known.set(id, tokens)
    return tokens
  }

  return {
    tokensOf,
    attach: mailbox => {
      const { key, oauth, smtp } = mailbox
      if (!oauth) return mailbox
      const accessToken = tokensOf(key, oauth)
      const sends = smtp?.user !== undefined && smtp.passwordEnv === undefined
      return { ...mailbox, accessToken, ...(sends && { smtp: { ...smtp, accessToken } }) }
    },
  }
}
