import type { Db } from '#platform'

export type LearnedContact = { debtorId: number; email: string; name: string }

/**
 * Notes addresses that our own people wrote to about a debtor, as contacts that nobody verified: their mails are linked by
 * them, but nothing is sent to them on that ground. An address learned for two debtors belongs to both, so its mails ask.
 */
export async function learnContacts(tx: Db, learned: LearnedContact[]): Promise<number> {
  if (learned.length === 0) return 0
  return tx.$executeRaw`
    INSERT INTO "Contact" ("debtorId", email, name, source, verified)
    SELECT DISTINCT ON (l."debtorId", l.email) l."debtorId", l.email, NULLIF(l.name, ''), 'mail', false
    FROM jsonb_to_recordset(${JSON.stringify(learned)}::jsonb) AS l("debtorId" int, email text, name text)
    WHERE NOT EXISTS (SELECT FROM "Contact" c WHERE c."debtorId" = l."debtorId" AND c.email = l.email)`
}
