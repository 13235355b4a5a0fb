/**
 * SQL that names every file of the blob store that some row still needs: raw mails that are kept, mails that were or will be sent with
 * what is attached to them, and the copies of invoices that a proposal offers. What was sent, and what a proposal offered, goes
 * together with the raw mail that it belongs to, and a private mail when it has left. A backup copies these; what stands nowhere here is collected.
 */
export const namedBlobs = `
  WITH sent AS (
    SELECT "rawHash", attachments FROM "OutboundMail" o
    WHERE NOT (o.private AND o.state = 'sent') AND NOT EXISTS (SELECT FROM "Message" m WHERE m."mailboxId" = o."mailboxId" AND m."rawHash" = o."rawHash" AND m."rawDeletedAt" IS NOT NULL)
  ), offered AS (
    SELECT p.id, p.basis FROM "Proposal" p JOIN "Message" m ON m.id = p."messageId" AND m."rawDeletedAt" IS NULL
  )
  SELECT "rawHash" AS hash FROM "Message" WHERE "rawDeletedAt" IS NULL
  UNION ALL SELECT "rawHash" FROM sent WHERE "rawHash" IS NOT NULL
  UNION ALL SELECT file ->> 'hash' FROM sent, jsonb_array_elements(attachments) AS file
  UNION ALL SELECT (regexp_matches(basis::text, '"hash": "([0-9a-f]{64})"', 'g'))[1] FROM offered
  UNION ALL SELECT (regexp_matches(payload::text, '"hash": "([0-9a-f]{64})"', 'g'))[1] FROM "ProposedAction" a JOIN offered ON offered.id = a."proposalId"`
