import { recordAudit } from './audit.ts'
import type { Db, DbClient } from './db.ts'
import { loadSecretKeys, type SecretKey } from './secrets-key.ts'
import { seal, unseal } from './secrets-seal.ts'

/** Texts that stand in the database in sealed form only. They must never reach a log, an error, an audit entry or an export. */
export type Secrets = {
  /** Throws `secrets.no_key` or `secrets.key_file`: asked before a person takes trouble for a secret that could not be kept. */
  requireKey: () => void
  write: (tx: Db, name: string, plain: string) => Promise<void>
  /** Undefined when there is none. Throws `secrets.key_missing` or `secrets.damaged`. */
  read: (db: Db, name: string) => Promise<string | undefined>
  remove: (tx: Db, name: string) => Promise<void>
  /** Seals all that other keys sealed under the first key, or nothing when one of them does not open; returns how many. */
  rotate: (client: DbClient, actor: string) => Promise<{ renewed: number; unchanged: number; keyId: string; otherKeyIds: string[] }>
}

/** Secrets under the installation's keys, which are looked up when the first secret is used: who keeps none needs no key. */
export function createSecrets(config: Parameters<typeof loadSecretKeys>[0]): Secrets {
  let loaded: [SecretKey, ...SecretKey[]] | undefined
  const keys = () => (loaded ??= loadSecretKeys(config))

  return {
    requireKey: () => void keys(),
    write: async (tx, name, plain) => {
      const row = { ...seal(keys()[0], name, plain), changedAt: new Date() }
      await tx.secret.upsert({ where: { name }, create: { name, ...row }, update: row })
    },
    read: async (db, name) => {
      const row = await db.secret.findUnique({ where: { name } })
      return row ? unseal(keys(), name, row) : undefined
    },
    remove: async (tx, name) => void (await tx.secret.deleteMany({ where: { name } })),
    rotate: (client, actor) =>
      client.$transaction(async tx => {
        const [current, ...others] = keys()
        // Locked: a token that is refreshed meanwhile must not be overwritten with its predecessor.
        const rows = await tx.$queryRaw<{ name: string; keyId: string; sealed: Uint8Array<ArrayBuffer> }[]>`
          SELECT name, "keyId", sealed FROM "Secret" ORDER BY name FOR UPDATE`
        const old = rows.filter(({ keyId }) => keyId !== current.id)
        for (const row of old) await tx.secret.update({ where: { name: row.name }, data: seal(current, row.name, unseal(keys(), row.name, row)) })
        const renewed = old.length
        if (renewed > 0) await recordAudit(tx, { actor, event: 'secrets.rotated', subject: `key:${current.id}`, detail: { renewed } })
        return { renewed, unchanged: rows.length - renewed, keyId: current.id, otherKeyIds: others.map(({ id }) => id) }
      }),
  }
}
