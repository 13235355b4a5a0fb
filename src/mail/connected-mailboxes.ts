import { isDeepStrictEqual } from 'node:util'
import type { Log } from '#platform'
import type { OpenMailbox } from './mailbox/mailbox.ts'
import { openConfiguredMailbox } from './mailbox/open.ts'
import type { MailboxSettings } from './mailboxes-kind.ts'
import type { SendingAccount } from './send.ts'
import type { MailboxConnection } from './sync.ts'
import { createMaildirOutbox } from './transports/maildir.ts'
import { createSmtpTransport } from './transports/smtp.ts'

/** A mailbox as it is wanted: what does not need its secrets, and how to get at those. */
export type WantedMailbox = Pick<MailboxSettings, 'key' | 'address' | 'kind' | 'aliases' | 'startAt' | 'administration' | 'paused'> & {
  /** Everything that is written about it: the mailbox is connected anew when this differs. */
  written: unknown
  /** With its secrets, asked for at each connection. Throws what is missing and how to mend it. */
  settings: () => MailboxSettings
  /** Where its mail goes instead of leaving: the demo's Maildir. */
  outbox?: string | undefined
}

/** The mailboxes of this process, which may change while it runs. */
export type ConnectedMailboxes = {
  /** Takes over what is wanted now; returns a connection each, the same object as before for a mailbox that did not change. */
  replace: (wanted: WantedMailbox[]) => MailboxConnection[]
  open: (key: string) => OpenMailbox | undefined
  /** How mail leaves a mailbox; undefined for one that is not known or that names no server. Throws when a secret is missing. */
  account: (key: string) => SendingAccount | undefined
}

export function createConnectedMailboxes(log: Log): ConnectedMailboxes {
  let current = new Map<string, { wanted: WantedMailbox; connection: MailboxConnection }>()

  const connect = (wanted: WantedMailbox): MailboxConnection => {
    const { key, address, kind, aliases, startAt, administration, paused } = wanted
    return { key, address, kind, aliases, startAt, administration, paused, open: async () => openConfiguredMailbox(wanted.settings(), log) }
  }

  return {
    replace: wanted => {
      const before = current
      current = new Map(
        wanted.map(each => {
          const known = before.get(each.key)
          return [each.key, known && isSame(known.wanted, each) ? known : { wanted: each, connection: connect(each) }]
        }),
      )
      return [...current.values()].map(({ connection }) => connection)
    },
    open: key => current.get(key)?.connection.open,
    account: key => {
      const known = current.get(key)
      if (!known) return undefined
      const { fromName = '', smtp } = known.wanted.settings()
      const transport = known.wanted.outbox ? createMaildirOutbox(known.wanted.outbox) : smtp && createSmtpTransport(smtp)
      return transport && { fromName, transport, sentCopy: smtp?.sentCopy ?? 'append', selfBcc: smtp?.selfBcc ?? false, openMailbox: known.connection.open }
    },
  }
}

const isSame = (a: WantedMailbox, b: WantedMailbox): boolean => a.paused === b.paused && isDeepStrictEqual(a.written, b.written)
